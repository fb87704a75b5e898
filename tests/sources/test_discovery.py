"""Any address leads to what can be read there, or says where to look next."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.discovery import MOST_LINKS, discover
from sources.errors import ParseError
from sources.page import Discovery
from tests.sources.killers import feed
from tests.sources.list_pages import LIST_PAGES, TITLES

NOW = datetime(2025, 9, 12, 4, tzinfo=UTC)
URL = "https://news.example/zc/index.html"
LIST = LIST_PAGES["definitions"].html


def at(body: str | bytes, content_type: str = "", url: str = URL) -> Discovery:
    return discover(body if isinstance(body, bytes) else body.encode(), content_type, url, now=NOW)


JSON_FEED = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "t"}]}'
JSON_LIST = '{"data": [{"title": "t", "url": "/1"}]}'


@pytest.mark.parametrize(
    ("body", "url", "kind"),
    [
        (feed(3), URL, "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title></feed>", URL, "feed"),
        (feed(3), "https://news.google.com/rss/search?q=x", "search"),
        (JSON_FEED, URL, "json_feed"),
        (JSON_LIST, URL, "json"),
        (LIST, URL, "list"),
        (LIST.encode("gb18030"), URL, "list"),
        ("<html><body><p>Nothing to follow.</p></body></html>", URL, None),
    ],
)
def test_a_page_is_what_it_can_be_read_as(body, url, kind):
    found = at(body, url=url)
    assert found.kind == kind
    assert (found.feed is not None) == (kind is not None)


def test_a_preview_comes_with_it():
    found = at(LIST)
    assert found.feed is not None
    assert [entry.title for entry in found.feed.entries] == list(TITLES)


def head(*links: str) -> str:
    return f"<html><head>{''.join(links)}</head><body></body></html>"


def urls(html: str) -> list[str]:
    return [link.url for link in at(html).links]


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("<link rel=alternate type=application/rss+xml href=/feed>", "https://news.example/feed"),
        ("<LINK REL='Alternate' TYPE='Application/Atom+XML; x' HREF='a.xml'>",
         "https://news.example/zc/a.xml"),
        ("<link rel='alternate home' type=application/feed+json href='//b.example/f'>",
         "https://b.example/f"),
        ("<link rel=alternate type=text/xml href=/rss.xml>", "https://news.example/rss.xml"),
        ("<link rel=alternate type=text/xml href=/sitemap.xml>", None),
        ("<link rel=alternate hreflang=en href=/en/>", None),
        ("<link rel=stylesheet type=application/rss+xml href=/x>", None),
        ("<link rel=alternate type=application/rss+xml href='javascript:x'>", None),
        ("<link rel=alternate type=application/rss+xml href='index.html'>", None),
        ("<link rel=alternate type=application/rss+xml>", None),
        ("<base href='/b/'><link rel=alternate type=application/rss+xml href=f>",
         "https://news.example/b/f"),
    ],
)  # fmt: skip
def test_feeds_that_the_head_names_are_found(link, url):
    assert urls(head(link)) == ([url] if url else [])


@pytest.mark.parametrize(
    ("href", "looks"),
    [
        ("/rss.xml", True), ("/feed/", True), ("/blog/feed", True), ("/news.rss", True),
        ("/index.php?feed=rss2", True), ("/x?format=rss", True), ("/atom.xml", True),
        ("/rss/zcwj.xml", True), ("/press/", False), ("/feedback", False), ("/about", False),
        ("/feed.json", True), ("/rdf.xml", True), ("/brss", False),
    ],
)  # fmt: skip
def test_anchors_that_look_like_feeds_are_found(href, looks):
    assert bool(urls(f"<html><body><a href='{href}'>RSS</a></body></html>")) is looks


def test_named_feeds_come_before_linked_ones_and_comments_last():
    html = (
        "<html><head><link rel=alternate type=application/rss+xml href=/comments/feed title=C>"
        "<link rel=alternate type=application/rss+xml href=/feed title='成都\u202e新闻'>"
        "</head><body><a href=/rss.xml>RSS</a><a href=/feed>again</a></body></html>"
    )
    found = at(html).links
    assert [link.url.rpartition(".example")[2] for link in found] == [
        "/feed", "/rss.xml", "/comments/feed",
    ]  # fmt: skip
    assert found[0].title == "成都新闻"


def test_feeds_of_a_list_page_are_named_beside_its_list():
    link = "<link rel=alternate type=application/rss+xml href=/feed>"
    found = at(LIST.replace("</head>", f"{link}</head>"))
    assert found.kind == "list"
    assert [one.url for one in found.links] == ["https://news.example/feed"]


def test_there_are_not_endless_links():
    anchors = "".join(f"<a href='/{n}/feed'>x</a>" for n in range(500))
    assert len(at(f"<html><body>{anchors}").links) == MOST_LINKS


def test_well_known_places_are_beside_the_page_and_at_the_root():
    found = at(LIST).well_known
    assert found[0] == "https://news.example/zc/feed"
    assert "https://news.example/rss.xml" in found
    assert all(url.startswith("https://news.example/") for url in found)
    assert len(found) == len(set(found))
    assert (
        at(LIST, url="https://news.example/blog").well_known[0] == "https://news.example/blog/feed"
    )
    assert at(feed(1)).well_known == ()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "not_a_page"),
        (b"\x89PNG\r\n", "not_a_page"),
        (b'{"a": 1', "broken"),
        (b'{"a": 1}', "empty_list"),
        (b"<rss version='2.0'><channel>\n<a></b></channel></rss>", "broken"),
        (b"<rss><a " + b'b="" ' * 5000 + b"/></rss>", "tag_too_long"),
    ],
)
def test_what_is_nothing_to_look_into_is_one_clear_error(body, code):
    with pytest.raises(ParseError) as caught:
        at(body)
    assert caught.value.code == code
    assert caught.value.reason.isprintable()


@settings(max_examples=150, deadline=None)
@given(
    body=st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f"<html>{text}".encode()),
    content_type=st.text(max_size=20),
)
def test_any_bytes_at_all_are_a_discovery_or_a_parse_error(body, content_type):
    try:
        found = at(body, content_type)
    except ParseError as error:
        assert error.reason.isprintable()  # noqa: PT017  # both outcomes are right
    else:
        assert (found.kind is None) == (found.feed is None)
