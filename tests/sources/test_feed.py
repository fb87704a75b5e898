"""Every feed format is read into the same plain entries."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.article import Entry
from domain.source import ReadingOptions
from sources.errors import ParseError
from sources.feed import parse as parse_feed
from sources.page import Feed
from tests.sources.killers import feed

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://news.example/feeds/all.xml"
WHEN = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


def parse(body: bytes | str, content_type: str = "", url: str = URL) -> Feed:
    return parse_feed(
        body if isinstance(body, bytes) else body.encode(), content_type, url, now=NOW
    )


def entry_of(item: str, **options) -> Entry:
    """Read one RSS item."""
    found = parse(f'<rss version="2.0"><channel>{item}</channel></rss>', **options)
    (entry,) = found.entries
    return entry


def atom_entry(content: str, attributes: str = "") -> Entry:
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom"{attributes}><title>T</title>
        <entry>{content}</entry></feed>"""
    (entry,) = parse(body).entries
    return entry


RSS_091 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Feed</title><link>https://news.example/</link>
<item><title>Title</title><link>https://news.example/1</link><description>Text</description></item>
</channel></rss>"""

RSS_2 = """<rss version="2.0"><channel><title>Feed</title>
<item><title>Title</title><link>https://news.example/1</link><guid isPermaLink="false">g1</guid>
<pubDate>Fri, 20 Nov 2026 10:30:00 +0800</pubDate><description>Text</description></item>
</channel></rss>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>Feed</title></channel>
<item rdf:about="g1"><title>Title</title><link>https://news.example/1</link>
<dc:date>2026-11-20T10:30:00+08:00</dc:date><description>Text</description></item></rdf:RDF>"""

ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Feed</title>
<entry><title>Title</title><link rel="alternate" type="text/html" href="https://news.example/1"/>
<id>g1</id><issued>2026-11-20T10:30:00+08:00</issued><modified>2026-11-20T10:30:00+08:00</modified>
<summary>Text</summary></entry></feed>"""

ATOM_1 = """<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Feed</a:title>
<a:entry><a:title>Title</a:title><a:link href="https://news.example/1"/><a:id>g1</a:id>
<a:published>2026-11-20T02:30:00Z</a:published><a:updated>2026-11-21T02:30:00Z</a:updated>
<a:summary>Text</a:summary></a:entry></a:feed>"""


@pytest.mark.parametrize("body", [RSS_091, RSS_2, RDF, ATOM_03, ATOM_1])
def test_each_format_gives_the_same_entry(body):
    found = parse(body)
    (entry,) = found.entries
    assert (found.title, found.note) == ("Feed", None)
    assert (entry.title, entry.url, entry.text) == ("Title", "https://news.example/1", "Text")
    assert entry.published == (None if body is RSS_091 else WHEN)
    assert entry.guid == ("" if body is RSS_091 else "g1")


def test_a_feed_without_entries_is_an_empty_feed():
    found = parse('<rss version="2.0"><channel><title>Feed</title></channel></rss>')
    assert (found.title, found.entries) == ("Feed", ())


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a?b=1&amp;c=2", "https://news.example/a?b=1&c=2"),
        ("../a", "https://news.example/a"),
        ("a.html", "https://news.example/feeds/a.html"),
        ("//other.example/a", "https://other.example/a"),
        (" https://other.example/a ", "https://other.example/a"),
        ("https://other.example/新闻", "https://other.example/新闻"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("tg://resolve?domain=x", ""),
        ("https://user:pass@other.example/", ""),
        ("https://[::1", ""),
        ("https://other.example:99999/", ""),
        ("https://other.example/a b", ""),
        ("https:\\\\other.example\\a", ""),
        ("https://other.example/" + "a" * 3000, ""),
    ],
)
def test_links_are_absolute_web_addresses_or_none(link, url):
    assert entry_of(f"<item><title>a</title><link>{link}</link></item>").url == url


def test_a_feed_address_that_is_the_final_one_resolves_links():
    entry = entry_of("<item><link>x</link></item>", url="http://127.0.0.1:8000/sub/feed")
    assert entry.url == "http://127.0.0.1:8000/sub/x"


def test_xml_base_is_obeyed():
    entry = atom_entry('<link href="x"/>', ' xml:base="https://base.example/sub/"')
    assert entry.url == "https://base.example/sub/x"


def test_a_permanent_guid_stands_in_for_a_missing_link():
    assert entry_of("<item><guid>https://a.example/1</guid></item>").url == "https://a.example/1"


def test_a_huge_guid_becomes_its_hash():
    one = entry_of(f"<item><guid>{'a' * 5000}1</guid><title>t</title></item>").guid
    other = entry_of(f"<item><guid>{'a' * 5000}2</guid><title>t</title></item>").guid
    assert one.startswith("sha256:")
    assert one != other
    assert len(one) < 100


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("成都 &amp; AI", "成都 & AI"),
        ("AT&amp;amp;T", "AT&T"),
        ("&lt;b&gt;Bold&lt;/b&gt; news", "Bold news"),
        ("&amp;lt;b&amp;gt;Chengdu&amp;lt;/b&amp;gt; grows", "Chengdu grows"),
        ("<![CDATA[&lt;b&gt;Chengdu&lt;/b&gt;]]>", "Chengdu"),
        ("&amp;lt;script&amp;gt;", "<script>"),
        ("<![CDATA[A <i>B</i>]]>", "A B"),
        ("1 &lt; 2", "1 < 2"),
        ("two\n  lines", "two lines"),
        ("a\u202eb\u200bc", "abc"),
        ("&#x1b;[31mred", "\ufffd[31mred"),
        ("a" * 5000, "a" * 999 + "…"),
    ],
)
def test_titles_are_one_plain_line(title, expected):
    assert entry_of(f"<item><title>{title}</title></item>").title == expected


def test_an_atom_title_is_what_its_type_says():
    assert atom_entry('<title type="html">A &lt;i&gt;B&lt;/i&gt;</title>').title == "A B"
    assert atom_entry('<title type="text">if a &lt; b</title>').title == "if a < b"
    assert atom_entry('<title type="text">&lt;b&gt;Chengdu&lt;/b&gt; AI</title>').title == (
        "Chengdu AI"
    )
    xhtml = '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <i>B</i></div></title>'
    assert atom_entry(xhtml).title == "A B"


def test_an_entry_without_a_title_is_called_by_its_first_words():
    assert entry_of("<item><description>First.&lt;br&gt;Second.</description></item>").title == (
        "First."
    )
    assert entry_of("<item><link>https://a.example/1</link></item>").title == "https://a.example/1"


def test_an_entry_with_nothing_in_it_is_none():
    assert parse('<rss version="2.0"><channel><item/><item> </item></channel></rss>').entries == ()


def test_the_text_is_the_fullest_there_is():
    content = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    entry = entry_of(
        f"<item><title>t</title><description>Short</description><content:encoded {content}>"
        "<![CDATA[<p>Long, and</p><p>in paragraphs</p>]]></content:encoded></item>"
    )
    assert entry.text == "Long, and\nin paragraphs"
    entry = entry_of(
        "<item><title>t</title><description>The longer one</description>"
        f"<content:encoded {content}><![CDATA[<img src='x'>]]></content:encoded></item>"
    )
    assert entry.text == "The longer one"


def test_a_policy_in_html_keeps_its_lines():
    entry = atom_entry(
        '<content type="html">&lt;h3&gt;支持方式&lt;/h3&gt;&lt;p&gt;最高&lt;b&gt;500&lt;/b&gt;万元'
        "&lt;/p&gt;&lt;ol&gt;&lt;li&gt;一&lt;/li&gt;&lt;li&gt;二&lt;/li&gt;&lt;/ol&gt;"
        "&lt;table&gt;&lt;tr&gt;&lt;td&gt;企业&lt;/td&gt;&lt;td&gt;90&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;"
        "</content>"
    )
    assert entry.text == "支持方式\n最高500万元\n一\n二\n企业 | 90"


def test_xhtml_content_is_reduced_too():
    entry = atom_entry(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p><p>b</p></div>'
        "</content>"
    )
    assert entry.text == "a\nb"


def test_content_that_is_no_text_is_left_out():
    assert atom_entry('<title>t</title><content type="image/png">aGVsbG8=</content>').text == ""


def test_text_is_bounded():
    entry = entry_of(f"<item><description>{'成都 ' * 100_000}</description></item>")
    assert len(entry.text) == 100_000 or len(entry.text) == 99_999


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Fri, 20 Nov 2026 10:30:00 +0800", WHEN),
        ("Fri, 20 Nov 2026 02:30:00 GMT", WHEN),
        ("2026-11-20T10:30:00+08:00", WHEN),
        ("2026-11-20 10:30:00", WHEN),
        ("2026-11-20T10:30:00", WHEN),
        ("Fri, 20 Nov 2026 10:30:00", WHEN),
        ("Thu, 19 Nov 2026 21:30:00 EST", WHEN),
        ("2026年11月20日 10:30", WHEN),
        ("2026-11-20", datetime(2026, 11, 19, 16, tzinfo=UTC)),
        ("Tue, 24 Nov 2026 11:00:00 GMT", datetime(2026, 11, 24, 11, tzinfo=UTC)),
        ("Wed, 25 Nov 2026 11:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("Mon, 01 Jan 1601 00:00:00 GMT", None),
        ("Fri, 30 Feb 2026 10:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_aware_and_sensible_or_none(date, published):
    assert (
        entry_of(f"<item><title>t</title><pubDate>{date}</pubDate></item>").published == published
    )


def test_a_date_without_a_zone_is_in_the_zone_of_the_source():
    body = feed(1).replace(b"</item>", b"<pubDate>2026-11-20 02:30</pubDate></item>")
    options = ReadingOptions(timezone="Europe/London")
    assert parse_feed(body, "", URL, now=NOW, options=options).entries[0].published == WHEN


def test_an_entry_that_was_only_updated_was_published_then():
    entry = atom_entry("<title>t</title><updated>2026-11-20T02:30:00Z</updated>")
    assert (entry.published, entry.updated) == (WHEN, WHEN)


@pytest.mark.parametrize(
    ("about", "ttl"),
    [
        ("<ttl>60</ttl>", timedelta(hours=1)),
        ("<ttl> 15 </ttl>", timedelta(minutes=15)),
        ("<ttl>999999</ttl>", timedelta(days=1)),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>an hour</ttl>", None),
        (f"<ttl>{'1' * 5000}</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=1)),
        ("<sy:updatePeriod>Daily</sy:updatePeriod>", timedelta(days=1)),
        ("<sy:updatePeriod>weekly</sy:updatePeriod>", timedelta(days=1)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
         timedelta(minutes=15)),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
         timedelta(days=1)),
        ("<sy:updatePeriod>never</sy:updatePeriod>", None),
        ("<ttl>5</ttl><sy:updatePeriod>daily</sy:updatePeriod>", timedelta(minutes=5)),
        ("", None),
    ],
)  # fmt: skip
def test_a_feed_says_how_long_to_leave_it_alone(about, ttl):
    space = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    found = parse(f'<rss version="2.0" {space}><channel><title>T</title>{about}</channel></rss>')
    assert found.ttl == ttl


@pytest.mark.parametrize(
    ("link", "own"),
    [
        ('<link rel="self" href="https://news.example/new.xml"/>', "https://news.example/new.xml"),
        ('<link rel="self" href="new.xml"/>', "https://news.example/feeds/new.xml"),
        ('<link rel="self" href="javascript:x"/>', None),
        ('<link rel="alternate" href="https://news.example/"/>', None),
        ('<link rel="self"/>', None),
    ],
)
def test_a_feed_says_its_own_address(link, own):
    found = parse(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{link}</feed>')
    assert found.self_url == own


def test_an_operators_charset_wins_over_what_a_feed_says():
    body = feed(2, "成都").decode().encode("gb18030")
    wrong = parse_feed(body, "", URL, now=NOW, options=ReadingOptions(charset="koi8-r"))
    assert wrong.entries[0].text != "成都"
    right = parse_feed(body, "", URL, now=NOW, options=ReadingOptions(charset="GB2312"))
    assert right.entries[0].text == "成都"


def test_a_damaged_feed_gives_what_came_before_the_damage():
    body = feed(8).replace(b"<item><guid>7", b"\n\n<item><a></b><guid>7")
    found = parse(body[: body.index(b"t7")])
    assert len(found.entries) >= 7
    assert found.note is not None
    assert "damaged near line 3" in found.note


def test_a_feed_damaged_before_its_first_entry_is_no_empty_feed():
    with pytest.raises(ParseError, match="damaged near line 2; nothing could be read") as caught:
        parse("<rss version='2.0'><channel>\n<a></b></channel></rss>")
    assert caught.value.code == "broken"


def test_an_undeclared_entity_is_no_damage():
    found = parse(feed(2, "a&nbsp;b &mdash; c"))
    assert found.note is None
    assert found.entries[0].text == "a b — c"


def test_a_doubtful_encoding_is_noted():
    body = feed(1).replace(b"hello", bytes(range(128, 256)) * 10)
    assert "encoding" in (parse(body).note or "")
    assert parse(body).doubtful
    assert not parse(feed(1)).doubtful


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", "big5", "iso-8859-1"])
def test_a_chinese_feed_is_read_whatever_its_label_says(declared):
    body = f'<?xml version="1.0" encoding="{declared}"?>'.encode() + feed(
        2, "成都人工智能创新应用先导区，90家重点企业"
    ).decode().encode("gb18030")
    assert parse(body, f"text/xml; charset={declared}").entries[0].text == (
        "成都人工智能创新应用先导区，90家重点企业"
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"<html><head><title>x</title></head></html>", "web_page"),
        (b'{"items": []}', "json"),
        (b"just words", "not_a_feed"),
        (b"<channels>a</channels>", "not_a_feed"),
    ],
)
def test_what_is_no_feed_is_one_clear_error(body, code):
    with pytest.raises(ParseError) as caught:
        parse(body)
    assert caught.value.code == code
    assert caught.value.url == URL


MARKUP = """<rss version='2.0'> <channel> <item> </item> <title> </title> <link> <guid> <entry>
<feed> <description> </description> <![CDATA[ ]]> <!-- --> <!DOCTYPE [ ]> <?xml ?> &#xD800; &#1;
&amp; &nbsp; &lol; \x00 \xff \ufffe <content type='xhtml'> <pubDate> 9999-99-99 xml:base='x'"""
BYTES = st.binary(max_size=300) | st.lists(
    st.sampled_from(MARKUP.split()) | st.text(max_size=5), max_size=60
).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))


@settings(max_examples=300, deadline=None)
@given(
    body=BYTES, started=st.booleans(), cut=st.integers(0, 400), content_type=st.text(max_size=30)
)
def test_any_bytes_at_all_are_a_feed_or_a_parse_error(body, started, cut, content_type):
    for whole in (body, feed(2)[:cut] + body, b"<rss><channel><item>" + body if started else b""):
        try:
            found = parse(whole, content_type)
        except ParseError as error:
            assert error.reason.isprintable()  # noqa: PT017  # both outcomes are right
        else:
            assert all(_is_clean(entry) for entry in found.entries)


def _is_clean(entry: Entry) -> bool:
    words = entry.guid + entry.url + entry.title + entry.text
    words.encode("utf-8")
    dates = [moment for moment in (entry.published, entry.updated) if moment]
    return "\0" not in words and all(moment.tzinfo is not None for moment in dates)


# feedparser raises over a podcast's chapter that does not say when it starts.
POISON = (
    "<item><title>bad</title><c:chapters xmlns:c='http://podlove.org/simple-chapters'>"
    "<c:chapter/></c:chapters></item>"
)


def test_an_entry_that_the_parser_stumbles_over_costs_itself_and_not_its_feed():
    others = [f"<item><title>{number}</title></item>" for number in range(9)]
    body = "".join([*others[:4], POISON, *others[4:], POISON])
    found = parse(f"<rss version='2.0'><channel>{body}</channel></rss>".encode(), "", URL)
    assert [entry.title for entry in found.entries] == [str(number) for number in range(9)]
    assert found.note == "The feed is damaged: 2 of its entries could not be read."


def test_where_the_parser_stumbles_over_everything_there_is_one_clear_error():
    with pytest.raises(ParseError, match="nothing could be read"):
        parse(f"<rss version='2.0'><channel>{POISON}</channel></rss>".encode(), "", URL)
