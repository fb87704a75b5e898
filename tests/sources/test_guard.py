"""The guard lets feeds through unchanged in meaning, and nothing else, in linear time."""

import pytest

from sources.guard import Unsafe, guard, xml
from tests.sources.killers import feed


def through(body: bytes) -> str:
    return xml(guard(body).text).decode("utf-8")


def test_a_proper_feed_passes_word_for_word():
    body = feed(3, "A &amp; B &#20013; &#x4E2D; <![CDATA[<p class='x'>]]>")
    assert through(body).endswith(body.decode())


def test_there_is_one_declaration_and_it_says_utf8():
    body = '<?xml version="1.0" encoding="gbk" standalone="yes"?><rss>中</rss>'.encode("gbk")
    assert through(body) == '<?xml version="1.0" encoding="utf-8"?><rss>中</rss>'


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE rss>",
        '<!DOCTYPE rss PUBLIC "-//N//DTD>" "http://x/y>z">',
        "<!doctype rss [<!ENTITY a 'b]>'> <!-- ]> --> <!ATTLIST rss a CDATA ''>]>",
        "<!-- <a --><!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        '<?xml-stylesheet href="?>',
        "<!-- a --><?php warning ?>\ufeff junk < 5 & <3 ",
        "<!DOCTYPE a><!DOCTYPE b [<!ENTITY % c 'd'>]>",
    ],
)
def test_nothing_before_the_first_element_is_kept_but_its_lines(prolog):
    found = through(f"{prolog}\n\n<rss>a</rss>".encode())
    assert found == '<?xml version="1.0" encoding="utf-8"?>\n\n<rss>a</rss>'


def test_characters_that_xml_forbids_are_dropped_and_bad_references_replaced():
    found = through(
        b"<rss>a\0\x08\x1b\xef\xbf\xbfb &#0; &#xD800; &#x110000; &#9999999999; &#146; &#65;</rss>"
    )
    assert found.endswith("<rss>ab \ufffd \ufffd \ufffd \ufffd ’ &#65;</rss>")


def test_entries_beyond_two_thousand_are_left_out_and_said():
    guarded = guard(feed(10_000))
    assert guarded.text.count("<item>") == 2000
    assert guarded.text.endswith("</item></channel></rss>")
    assert guarded.notes == ("The feed holds 10,000 entries; the first 2,000 count.",)


def test_tags_within_character_data_and_comments_are_no_entries():
    body = feed(2, "<![CDATA[<item><entry>]]><!-- <item> -->" * 1500)
    assert guard(body).notes == ()


def test_a_picture_within_the_text_is_no_giant_tag():
    picture = f'<img src="data:image/png;base64,{"A" * 50_000}"/>'
    assert "<img" in guard(feed(1, picture)).text
    assert "<img" in guard(feed(1, f"<![CDATA[{picture}]]>")).text


def test_long_authors_are_cut_and_short_ones_kept():
    cut = through(f"<rss><author>{'a' * 50_000}</author></rss>".encode())
    assert len(cut) < 1200
    assert cut.endswith("a</author></rss>")
    assert "<author>Ms Li</author>" in through(b"<rss><author>Ms Li</author></rss>")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"<!doctype html><html><p>hello", "web_page"),
        (b"\n<!-- x --><HTML lang='zh'>", "web_page"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "json"),
        (b"  []", "json"),
        (b"hello", "not_a_feed"),
        (b"<opml><body/></opml>", "not_a_feed"),
        (b"<urlset/>", "not_a_feed"),
        (b"<a/>" + b" " * 70_000 + b"<rss/>", "not_a_feed"),
        (b"%PDF-1.7", "not_a_feed"),
        (b"<rss><a " + b'b="" ' * 5000 + b"/></rss>", "tag_too_long"),
        (b"<rss><a b='>' " + b'b="" ' * 5000 + b"/></rss>", "tag_too_long"),
    ],
)
def test_what_is_no_feed_is_told_apart(body, code):
    with pytest.raises(Unsafe) as caught:
        guard(body)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "start", ["<rss>", "<feed xmlns='a'>", "<rdf:RDF>", "<RDF>", "<atom:feed>", "<channel>"]
)
def test_every_kind_of_feed_is_recognised(start):
    assert through(start.encode()).endswith(start)
