"""What is read the quick way is what feedparser reads, to the letter, or is left to feedparser."""

from html import escape
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import quick
from sources.feed import parse
from sources.guard import guard
from sources.understanding import _parse

URL = "https://news.example/feed.xml"
KEYS = ("id", "title", "summary", "link", "published", "published_parsed", "updated")
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:a="http://www.w3.org/2005/Atom" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)


def rss(*items: str, version: str = "2.0") -> str:
    told = "".join(f"<item>{item}</item>\n" for item in items)
    return f'<rss version="{version}" {NAMESPACES}><channel><title>T</title>{told}</channel></rss>'


def atom(*entries: str) -> str:
    told = "".join(f"<entry>{entry}</entry>\n" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}><title>T</title>{told}</feed>'


def quickly(feed: str):
    """Return what is read the quick way, and what feedparser makes of the same."""
    guarded = guard(feed.encode())
    plainly = _parse(guarded.text)
    return quick.entries(guarded.text, len(guarded.entries), plainly.version), plainly.entries


def asked(raw):
    """Return of an entry what the feed's parser asks for."""
    found = {key: raw.get(key) for key in KEYS}
    for key in ("title_detail", "summary_detail"):
        found[key] = (raw.get(key) or {}).get("type")
    contents = raw.get("content") or ()
    found["content"] = [(content["type"], content["value"]) for content in contents]
    return found


PLAIN = {
    "RSS": rss(
        "<title>One</title><link>https://a.example/1?b=1&amp;c=2</link>"
        '<guid isPermaLink="false">x1</guid><pubDate>Mon, 23 Nov 2026 10:00:00 +0800</pubDate>'
        "<description><![CDATA[<p>Short</p>]]></description><category>news</category>"
        "<content:encoded><![CDATA[<p>Long &amp; <b>whole</b></p>]]></content:encoded>"
        "<dc:creator>A. Writer</dc:creator><slash:comments>4</slash:comments>"
        '<media:thumbnail url="https://a.example/1.jpg"/>'
    ),
    "a guid that is a link": rss("<title>One</title><guid>https://a.example/1</guid>"),
    "a link after its guid": rss(
        "<guid>https://a.example/g</guid><link>https://a.example/l</link>"
    ),
    "a whole text before the short one": rss(
        "<content:encoded>&lt;p&gt;Long</content:encoded><description>Short</description>"
    ),
    "a title that looks like HTML": rss("<title>&lt;b&gt;Bold&lt;/b&gt; &amp;amp; more</title>"),
    "a title that is text": rss("<title>if a &lt; b &amp; c</title>"),
    "names in capitals": rss("<TITLE>One</TITLE><PubDate>2026-11-23</PubDate>"),
    "Atom": atom(
        '<title type="html">&lt;i&gt;One&lt;/i&gt;</title><id>tag:a.example,2026:1</id>'
        '<link rel="self" href="https://a.example/self"/><link href="https://a.example/1"/>'
        "<published>2026-11-23T10:00:00+08:00</published><updated>2026-11-24T10:00:00Z</updated>"
        "<author><name>A</name><email>a@b.example</email></author>"
        '<summary type="text">Short</summary><content type="html">&lt;p&gt;Long</content>'
    ),
    "an Atom id that stands in for a link": atom("<id>https://a.example/1</id><title>One</title>"),
    "Latin that was UTF-8": rss("<title>caf\u00c3\u00a9</title>"),
    "Windows' quotes": rss("<title>\u0093One\u0094 \u4e2d</title>"),
    "Atom's link in RSS": rss('<title>One</title><a:link href="https://a.example/1"/>'),
}


@pytest.mark.parametrize("name", PLAIN)
def test_the_plain_forms_are_read_as_feedparser_reads_them(name):
    read, expected = quickly(PLAIN[name])
    assert read is not None
    assert [asked(raw) for raw in read] == [asked(raw) for raw in expected]


LEFT = {
    "xhtml": atom(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A</div></content>'
    ),
    "markup in a title": rss("<title>One <b>bold</b></title>"),
    "a second title": rss("<title>One</title><title>Two</title>"),
    "a title within media": rss("<media:content><media:title>M</media:title></media:content>"),
    "an unknown element": rss("<title>One</title><itunes:summary>S</itunes:summary>"),
    "a base of its own": atom('<title xml:base="https://b.example/">One</title>'),
    "content elsewhere": atom('<content src="https://a.example/1.mp4"/>'),
    "two whole texts": atom("<content></content><content:encoded></content:encoded>"),
    "base64": atom('<content type="application/pdf">QUJD</content>'),
    "a typed title in RSS": rss('<title type="html">One</title>'),
    "a source of Atom's": atom("<title>One</title><source><title>Other</title></source>"),
    "a date of a third kind": rss("<title>One</title><created>2026-11-23</created>"),
}


@pytest.mark.parametrize("name", LEFT)
def test_what_is_not_plain_is_left_to_feedparser_and_costs_its_neighbours_nothing(name):
    read, _ = quickly(LEFT[name])
    assert read is None or read == [None]
    make = atom if "<feed" in LEFT[name] else rss
    inner = LEFT[name].split("<item>" if make is rss else "<entry>")[1]
    inner = inner.split("</item>" if make is rss else "</entry>")[0]
    feed = make("<title>A</title>", inner, "<title>Z</title>", "<title>Y</title>")
    assert entries(feed) == slowly(feed)


@pytest.mark.parametrize(
    "feed",
    [
        rss("<title>One</title>").replace("<channel>", '<channel xml:base="https://b.example/">'),
        rss("<title>One</title>", '<b:title xmlns:b="http://www.w3.org/2005/Atom">Two</b:title>'),
        rss("<title>One & two</title>"),
        rss("<title>One &nbsp; two</title>"),
        rss("<title>One</title>").replace("</channel>", ""),
        rss("<title>One</title><item><title>Two</title></item>"),
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><item><title>One</title></item></rdf:RDF>',
    ],
)
def test_a_feed_that_is_not_plain_as_a_whole_is_left_to_feedparser(feed):
    assert quickly(feed)[0] is None
    assert entries(feed) == slowly(feed)


def entries(feed: str):
    read = parse(feed.encode(), "", URL)
    return read.title, read.entries, read.note


def slowly(feed: str):
    with mock.patch("sources.understanding.quick.entries", return_value=None):
        return entries(feed)


WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    st.sampled_from([
        "<p>One</p>", "a &amp; b", "<b>bold</b> &copy;", "http://a.example/?x=1&y=2", "/relative",
        "Mon, 23 Nov 2026 10:00:00 +0800", "2026-11-23T10:00:00Z", "2026年11月23日",
        "caf\u00c3\u00a9", " \n words \t", "\u0093quoted\u0094", "&#8217;",
        "http:////a.example/", "http://[bad", "成都",
    ]),
)  # fmt: skip
NAMES = st.sampled_from([
    "title", "link", "guid", "id", "pubDate", "published", "updated", "description", "summary",
    "content", "content:encoded", "dc:creator", "dc:date", "category", "author", "comments",
    "enclosure", "a:link", "media:content", "media:title", "itunes:summary", "TITLE", "created",
])  # fmt: skip
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["type", "rel", "href", "isPermaLink", "url", "mode", "xml:lang", "xml:base"]),
    st.sampled_from(["html", "text", "xhtml", "TEXT/HTML", "alternate", "self", "false", "true",
                     "https://a.example/x", "/x", "zh"]),
    max_size=2,
)  # fmt: skip


@st.composite
def children(draw) -> str:
    name, words = draw(NAMES), draw(WORDS)
    attributes = draw(st.one_of(st.just({}), ATTRIBUTES))
    said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    inside = f"<![CDATA[{words}]]>" if draw(st.booleans()) and "]]>" not in words else escape(words)
    return f"<{name}{said}>{inside}</{name}>"


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from([rss, atom]),
    st.lists(st.lists(children(), max_size=7).map("".join), min_size=1, max_size=5),
)
def test_any_feed_gives_the_same_entries_both_ways(make, items):
    feed = make(*items)
    read, expected = quickly(feed)
    if read is not None:
        assert len(read) == len(expected)
        for ours, theirs in zip(read, expected, strict=True):
            assert ours is None or asked(ours) == asked(theirs)
    assert entries(feed) == slowly(feed)
