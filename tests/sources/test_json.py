"""JSON Feeds and JSON lists become the same plain entries."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.source import ReadingOptions
from sources import json_feed, json_list
from sources.errors import ParseError
from sources.page import Feed

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://news.example/feeds/list.json"
WHEN = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


def encoded(value: object, encoding: str = "utf-8") -> bytes:
    return json.dumps(value, ensure_ascii=False).encode(encoding)


def parse_feed(value: object, content_type: str = "") -> Feed:
    body = value if isinstance(value, bytes) else encoded(value)
    return json_feed.parse(body, content_type, URL, now=NOW)


def parse_list(value: object, content_type: str = "", **options) -> Feed:
    body = value if isinstance(value, bytes) else encoded(value)
    return json_list.parse(body, content_type, URL, now=NOW, options=ReadingOptions(**options))


def a_feed(*items: object, version: str = "1.1", **more) -> dict[str, object]:
    about = {"version": f"https://jsonfeed.org/version/{version}", "title": "Feed"}
    return {**about, "items": list(items), **more}


ITEM = {
    "id": "g1",
    "url": "https://news.example/1",
    "title": "Title &amp; more",
    "content_html": "<p>One</p><p>Two</p>",
    "date_published": "2026-11-20T10:30:00+08:00",
    "date_modified": "2026-11-21T02:30:00Z",
}


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_each_version_gives_the_same_entry(version):
    found = parse_feed(a_feed(ITEM, version=version, feed_url="https://news.example/feed.json"))
    (entry,) = found.entries
    assert (found.title, found.self_url) == ("Feed", "https://news.example/feed.json")
    assert (entry.guid, entry.url, entry.title) == ("g1", "https://news.example/1", "Title & more")
    assert (entry.text, entry.published) == ("One\nTwo", WHEN)
    assert entry.updated == WHEN + timedelta(days=1)


@pytest.mark.parametrize(
    ("item", "title", "text", "url"),
    [
        ({"id": 7, "content_text": "First.\nSecond."}, "First.", "First.\nSecond.", ""),
        ({"title": "t", "summary": "long enough", "content_text": "no"}, "t", "long enough", ""),
        ({"title": "t", "url": "/a"}, "t", "", "https://news.example/a"),
        ({"title": "t", "external_url": "https://b.example/"}, "t", "", "https://b.example/"),
        ({"title": "t", "url": "javascript:x"}, "t", "", ""),
        ({"title": "t\u202e\nu"}, "t u", "", ""),
        ({"title": "a" * 5000}, "a" * 999 + "…", "", ""),
        ({"title": ["no"], "url": "https://a.example/"}, "https://a.example/", "", None),
    ],
)
def test_an_item_is_what_can_be_read_of_it(item, title, text, url):
    (entry,) = parse_feed(a_feed(item)).entries
    assert (entry.title, entry.text) == (title, text)
    if url is not None:
        assert entry.url == url


def test_what_is_no_item_is_none():
    assert parse_feed(a_feed({}, None, 5, "x", [], {"title": None})).entries == ()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"<html>", "web_page"),
        (b"hello", "not_json"),
        (b"5", "not_json"),
        (b'{"items": []}', "not_a_feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 5}', "not_a_feed"),
        (b"[1, 2]", "not_a_feed"),
        (b'{"version": "https://jsonfeed.org/version/1",\n"items": [', "broken"),
        (b"[" * 200_000, "broken"),
        (b'{"a":' * 200_000, "broken"),
        (b'{"a": ' + b"1" * 5000 + b"}", "broken"),
    ],
)
def test_what_is_no_json_feed_is_one_clear_error(body, code):
    with pytest.raises(ParseError) as caught:
        parse_feed(body)
    assert caught.value.code == code
    assert caught.value.reason.isprintable()


def test_damage_is_placed():
    with pytest.raises(ParseError, match="damaged near line 3"):
        parse_feed(b'{\n"version": 1,\n"items" }')


ROWS = [
    {"id": 3, "docTitle": "关于印发行动方案的通知", "docPubUrl": "./t3.html",
     "docRelTime": "2026-11-20 10:30:00", "docAbstract": "<p>摘要</p>"},
    {"id": 2, "docTitle": "关于公示的公告", "docPubUrl": "/t2.html",
     "docRelTime": "2026-11-19 10:30:00", "docAbstract": None},
]  # fmt: skip
LISTS = {
    "a list": ROWS,
    "under data": {"code": 0, "data": ROWS},
    "deeper": {"code": 0, "data": {"page": {"total": 2, "list": ROWS}}},
    "beside other lists": {
        "menu": [{"id": n, "name": f"栏目{n}"} for n in range(9)],
        "data": {"rows": ROWS, "tags": ["a", "b"]},
    },
}


@pytest.mark.parametrize("name", LISTS)
def test_the_list_and_its_fields_are_found_by_themselves(name):
    first, second = parse_list(LISTS[name]).entries
    assert (first.guid, first.title) == ("3", "关于印发行动方案的通知")
    assert (first.url, first.text) == ("https://news.example/feeds/t3.html", "摘要")
    assert first.published == WHEN
    assert (second.url, second.text) == ("https://news.example/t2.html", "")


@pytest.mark.parametrize(
    "names",
    [
        ("title", "url", "date", "content"),
        ("Title", "URL", "PubDate", "Summary"),
        ("name", "link", "publish_time", "description"),
        ("bt", "href", "fbsj", "memo"),
        ("标题", "链接", "发布时间", "摘要"),
    ],
)
def test_many_names_are_known(names):
    values = ("T", "https://a.example/1", "2026-11-20 10:30", "text")
    (entry,) = parse_list([dict(zip(names, values, strict=True))]).entries
    assert (entry.title, entry.url, entry.published, entry.text) == (
        "T", "https://a.example/1", WHEN, "text",
    )  # fmt: skip


def test_an_operators_fields_win():
    value = {"a": {"b": [{"x": {"t": ["T"]}, "title": "wrong", "u": "/1", "d": 1795141800000}]}}
    fields = {"items": "a.b", "title": "x.t.0", "url": "u", "date": "d"}
    (entry,) = parse_list(value, fields=fields).entries
    assert (entry.title, entry.url) == ("T", "https://news.example/1")
    assert entry.published == datetime.fromtimestamp(1795141800, UTC)


@pytest.mark.parametrize(
    "date", [1795141800, 1795141800000, "1795141800", "1795141800000", "2026-11-20 10:30", 20261120]
)
def test_dates_come_in_numbers_and_words(date):
    (entry,) = parse_list([{"title": "t", "url": "/", "date": date}]).entries
    assert entry.published is not None
    assert entry.published.year == 2026


@pytest.mark.parametrize(
    ("value", "fields", "code"),
    [
        ({}, {}, "empty_list"),
        ([], {}, "empty_list"),
        ([1, 2], {}, "empty_list"),
        ({"code": 500, "message": "error"}, {}, "empty_list"),
        ([{"foo": 1, "url": "/"}], {}, "empty_list"),
        ({"data": ROWS}, {"items": "rows"}, "no_field"),
        ({"data": {"a": 1}}, {"items": "data.a.b.0"}, "no_field"),
        (ROWS, {"title": "nothing"}, "no_field"),
    ],
)
def test_no_list_is_one_clear_error(value, fields, code):
    with pytest.raises(ParseError, match=r"field|name") as caught:
        parse_list(value, fields=fields)
    assert caught.value.code == code


def test_the_error_says_which_names_there_are():
    with pytest.raises(ParseError, match="id, docTitle, docPubUrl"):
        parse_list(ROWS, fields={"title": "nothing"})


@pytest.mark.parametrize("wrapped", ["callback({});", "/**/jQuery_1.x({})", " $cb( {} ) ;\n"])
def test_a_call_around_the_list_is_taken_off(wrapped):
    body = wrapped.replace("{}", encoded(ROWS).decode()).encode()
    assert len(parse_list(body).entries) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5"])
@pytest.mark.parametrize("declared", ["utf-8", "gbk", "iso-8859-1", ""])
def test_a_list_is_read_whatever_its_label_says(encoding, declared):
    title = "關於公布的公告內容" if encoding == "big5" else "关于印发行动方案的通知"
    rows = [{"title": title * 3, "url": "/1", "date": "2026-11-20"}] * 3
    found = parse_list(encoded(rows, encoding), f"application/json; charset={declared}")
    assert found.entries[0].title == title * 3


def test_long_lists_are_cut_and_said():
    found = parse_list([{"title": f"t{n}", "url": f"/{n}"} for n in range(2345)])
    assert len(found.entries) == 2000
    assert found.note == "The list holds 2,345 entries; the first 2,000 count."


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(
            st.sampled_from(
                ["title", "url", "date", "items", "content", "id", "version", "a.b", ""]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)


@settings(max_examples=200, deadline=None)
@given(value=VALUES | st.binary(max_size=100), fields=st.dictionaries(
    st.sampled_from(["items", "title", "url", "date", "text"]), st.text(max_size=12)
))  # fmt: skip
def test_any_value_at_all_is_a_list_or_a_parse_error(value, fields):
    for parse in (parse_feed, lambda given: parse_list(given, fields=fields)):
        try:
            found = parse(value)
        except ParseError as error:
            assert error.reason.isprintable()  # noqa: PT017  # both outcomes are right
            continue
        for entry in found.entries:
            (entry.guid + entry.title + entry.url + entry.text).encode("utf-8")
