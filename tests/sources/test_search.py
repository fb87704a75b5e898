"""A search feed is a feed whose links lead to what was found, marked as a hint."""

import pytest

from sources.errors import ParseError
from sources.search import is_search, parse, unwrapped

PAGE = "https://news.example/a?b=1&c=%E6%88%90"
QUOTED = "https%3A%2F%2Fnews.example%2Fa%3Fb%3D1%26c%3D%25E6%2588%2590"
TWICE = f"https%3A%2F%2Fduckduckgo.com%2Fl%2F%3Fuddg%3D{QUOTED.replace('%', '%25')}"


@pytest.mark.parametrize(
    ("link", "target"),
    [
        (f"https://www.google.com/url?rct=j&sa=t&url={QUOTED}&ct=ga", PAGE),
        (f"https://www.google.com/url?q={QUOTED}", PAGE),
        (f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&url={QUOTED}&c=1", PAGE),
        (f"https://duckduckgo.com/l/?uddg={QUOTED}", PAGE),
        (f"https://r.search.yahoo.com/_ylt=x/RV=2/RE=1/RO=10/RU={QUOTED}/RK=2/RS=x", PAGE),
        (f"https://l.facebook.com/l.php?u={QUOTED}&h=x", PAGE),
        (f"https://www.google.com/url?url={TWICE}", PAGE),
        ("https://news.google.com/rss/articles/CBMiabc?oc=5", None),
        ("https://www.google.com/url?url=javascript%3Aalert(1)", None),
        ("https://www.google.com/url?url=http%3A%2F%2Fuser%3Ap%40a.example", None),
        ("https://www.google.com/url?x=1", None),
        ("https://www.bing.com/ck/a?u=a1aHR0cHM6", None),
        (f"https://evil.example/url?url={QUOTED}", None),
        (f"https://notgoogle.com/url?url={QUOTED}", None),
        (PAGE, None),
        ("", None),
    ],
)  # fmt: skip
def test_known_redirectors_are_led_to_their_target(link, target):
    assert unwrapped(link) == (target or link)


def test_a_search_feed_is_marked_as_discovery_only():
    link = f"https://www.google.com/url?url={QUOTED}".replace("&", "&amp;")
    body = f"<rss version='2.0'><channel><item><title>t</title><link>{link}</link></item>".encode()
    found = parse(body + b"</channel></rss>", "", "https://www.google.com/alerts/feeds/1")
    assert found.discovery_only
    assert found.entries[0].url == PAGE


def test_what_is_no_feed_is_no_search_either():
    with pytest.raises(ParseError):
        parse(b"<html>", "", "https://www.bing.com/search?q=x")


@pytest.mark.parametrize(
    ("url", "search"),
    [
        ("https://news.google.com/rss/search?q=%E6%88%90%E9%83%BD", True),
        ("https://news.google.com/rss/topics/abc", True),
        ("https://www.google.com/alerts/feeds/1/2", True),
        ("https://www.bing.com/news/search?q=x&format=rss", True),
        ("https://news.example/search?q=x", False),
        ("https://googleblog.example/rss", False),
        ("https://blog.google.com/feed", False),
    ],
)
def test_searches_are_told_by_their_address(url, search):
    assert is_search(url) is search
