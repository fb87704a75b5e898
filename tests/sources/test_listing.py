"""A page that lists publications is read like a feed: the list, all of it, nothing else."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.source import ReadingOptions
from sources.errors import ParseError
from sources.listing import parse as parse_list
from sources.page import Feed
from tests.sources.list_pages import DAYS, FOOTER, LIST_PAGES, NAVIGATION, SIDE, TITLES, lines, page

NOW = datetime(2025, 9, 12, 4, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))
URL = "https://www.chengdu.example/zc/index.html"


def parse(html: str | bytes, content_type: str = "text/html", **options) -> Feed:
    body = html if isinstance(html, bytes) else html.encode()
    return parse_list(body, content_type, URL, now=NOW, options=ReadingOptions(**options))


@pytest.mark.parametrize("name", LIST_PAGES)
def test_the_list_is_found_by_itself(name):
    given = LIST_PAGES[name]
    found = parse(given.html)
    assert [entry.title for entry in found.entries] == list(TITLES[: given.short])
    assert all(entry.url.startswith("https://www.chengdu.example/zc/") for entry in found.entries)
    days = [entry.published and entry.published.astimezone(CHINA) for entry in found.entries]
    if not given.dated:
        assert days == [None] * given.short
    else:
        expected = [(2025, 9, int(day)) for day in DAYS[: given.short]]
        assert [(day.year, day.month, day.day) for day in days if day] == expected


@pytest.mark.parametrize("name", LIST_PAGES)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_list_in_another_encoding_is_the_same_list(name, encoding):
    html = LIST_PAGES[name].html
    entries = parse(html.replace("…", "...").encode(encoding)).entries
    assert [entry.title for entry in entries] == [entry.title for entry in parse(html).entries]


def test_a_page_is_called_what_its_title_says():
    assert parse(LIST_PAGES["definitions"].html).title == "政策文件"


def test_the_summary_of_a_card_is_its_text():
    (first, *_) = parse(
        LIST_PAGES["cards with a picture, a summary and a day above its month"].html
    ).entries
    assert first.text.startswith("近日，市委市政府召开会议")


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><p>Nothing here.</p></body></html>",
        f"<html><body>{NAVIGATION}{FOOTER}</body></html>",
        "<html><body><div id='app'></div><script src='/app.js'></script></body></html>",
        "<html><body><ul><li><a href='#a'>一个很长的页内链接标题</a><span>2025-09-01</span></ul>",
        "<html><body><a href='/1.html'>只有一个很长的链接而没有别的</a></body></html>",
        "<html><body>"
        + "".join(f"<a href='javascript:open({n})'>脚本打开的通知公告{n}</a>" for n in range(9)),
    ],
)
def test_a_page_without_a_list_is_one_clear_error(html):
    with pytest.raises(ParseError, match="selector") as caught:
        parse(html)
    assert caught.value.code == "empty_list"


def test_a_side_column_is_the_list_where_there_is_nothing_else():
    assert len(parse(f"<html><body>{NAVIGATION}{SIDE}{FOOTER}").entries) == 3


TWO = page(
    f"<ul class='a'>{lines('<li><a href=/a/{n}.html>{title}</a><i>2025-09-{day}</i></li>')}</ul>"
    "<ul class='b'><li><a href='/b/1.html'>其他</a></li></ul>"
)


@pytest.mark.parametrize(
    ("selector", "number"),
    [("ul.a a", 6), ("ul.a li", 6), ("ul.a li:nth-child(2) a", 1), ("ul.b li a", 1), (".a i", 6)],
)
def test_a_selector_says_which_links(selector, number):
    if selector == ".a i":
        with pytest.raises(ParseError):
            parse(TWO, selector=selector)
        return
    entries = parse(TWO, selector=selector).entries
    assert len(entries) == number
    if number == 6:
        assert [entry.title for entry in entries] == list(TITLES)
        assert all(entry.published for entry in entries)


@pytest.mark.parametrize(
    ("selector", "code"),
    [
        ("ul.gone a", "selector_empty"),
        ("ul[", "bad_selector"),
        ("a >> b", "bad_selector"),
        ("::x", "bad_selector"),
        ("x" * 5000, "selector_empty"),
        (">" * 5000, "bad_selector"),
    ],
)
def test_a_selector_that_finds_nothing_or_is_none_is_said(selector, code):
    with pytest.raises(ParseError) as caught:
        parse(TWO, selector=selector)
    assert caught.value.code == code
    assert "selector" in caught.value.reason


def test_a_base_is_obeyed_within_its_own_site():
    def url_of(base: str) -> str:
        content = f"<base href='{base}'>" + LIST_PAGES["definitions"].html.replace("/zc/con", "con")
        return parse(content).entries[0].url

    assert url_of("/other/") == "https://www.chengdu.example/other/content_0.html"
    assert url_of("https://gk.chengdu.example/a/") == "https://gk.chengdu.example/a/content_0.html"
    assert url_of("https://evil.example.net/") == "https://www.chengdu.example/zc/content_0.html"


def test_another_zone_is_obeyed_and_an_unknown_one_is_said():
    entries = parse(LIST_PAGES["definitions"].html, timezone="Europe/London").entries
    assert entries[0].published == datetime(2025, 9, 10, 23, tzinfo=UTC)
    with pytest.raises(ParseError, match="Mars/Phobos is not known") as caught:
        parse(LIST_PAGES["definitions"].html, timezone="Mars/Phobos")
    assert caught.value.code == "bad_timezone"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("· 关于印发行动方案的通知", "关于印发行动方案的通知"),
        ("[置顶] 关于印发行动方案的通知", "关于印发行动方案的通知"),
        ("2025-09-01 关于印发行动方案的通知", "关于印发行动方案的通知"),
        ("关于印发行动方案的通知 2025-09-01", "关于印发行动方案的通知"),
        ("关于2025年9月1日会议安排的通知", "关于2025年9月1日会议安排的通知"),
        ("关于举办论坛的通知（2025年9月1日）", "关于举办论坛的通知（2025年9月1日）"),
        ("【公示】关于2025年项目的公示", "【公示】关于2025年项目的公示"),
        ("a\u202eb 关于印发\u200b行动方案的通知", "ab 关于印发行动方案的通知"),
        ("成都<em>AI</em>产业发展", "成都AI产业发展"),
        ("<img alt='图片新闻的标题文字'>", "图片新闻的标题文字"),
    ],
)
def test_titles_are_what_a_reader_takes_for_the_title(shown, expected):
    rows = "".join(f"<li><a href='/{n}.html'>{shown}</a><b>09-0{n}</b></li>" for n in range(1, 5))
    assert parse(f"<html><body><ul>{rows}</ul>").entries[0].title == expected


def test_one_address_is_one_entry():
    row = "<li><a href='/{n}.html'>{title}</a><b>2025-09-{day}</b></li>"
    assert len(parse(f"<ul>{lines(row)}{lines(row)}</ul>").entries) == len(TITLES)


def test_very_long_lists_are_cut_and_said():
    rows = "".join(f"<li><a href='/{n}.html'>通知公告标题{n}</a>2025-09-01" for n in range(2500))
    found = parse(f"<html><body><ul>{rows}</ul>")
    assert len(found.entries) == 2000
    assert found.note == "The list holds 2,500 entries; the first 2,000 count."


def test_a_garbled_page_is_called_doubtful():
    found = parse(
        b"<html><body><ul>"
        + b"".join(
            b"<li><a href='/%d'>" % n + bytes(range(128, 256)) + b"</a>2025-09-01</li>"
            for n in range(5)
        )
    )
    assert found.doubtful
    assert "garbled" in (found.note or "")


MARKUP = """<ul> <li> </li> </ul> <a|href='/1'> <a|href='/2'|title='x'> </a> <table> <tr> <td> </td>
<div|class='nav'> </div> <base|href='//x'> 2025-09-01 昨天 关于印发的通知 <time|datetime='1'>
<span> </span> 99-99 <h3> <img|alt='a'> <dl> <dt> <dd> <!-- --> <script> &#xD800; \x00 \xff"""
BYTES = st.binary(max_size=300) | st.lists(
    st.sampled_from([mark.replace("|", " ") for mark in MARKUP.split()]) | st.text(max_size=5),
    max_size=80,
).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))


@settings(max_examples=200, deadline=None)
@given(body=BYTES, content_type=st.text(max_size=30), selector=st.none() | st.text(max_size=20))
def test_any_bytes_at_all_are_a_list_or_a_parse_error(body, content_type, selector):
    try:
        found = parse(body, content_type, selector=selector)
    except ParseError as error:
        assert error.reason.isprintable()  # noqa: PT017  # both outcomes are right
        return
    for entry in found.entries:
        (entry.title + entry.url + entry.text).encode("utf-8")
        assert entry.published is None or entry.published.tzinfo is not None
