"""An article's page becomes its words, and each field says where it was found."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.article import Attachment
from domain.source import ReadingOptions
from sources.article import extract as extract_page
from sources.errors import ParseError
from sources.page import PageText
from tests.sources.article_pages import (
    ARTICLE_PAGES,
    BODY,
    GOVERNMENT,
    PARAGRAPHS,
    TITLE,
    metas,
    page,
)

NOW = datetime(2025, 9, 15, 4, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))
URL = "https://www.chengdu.example/zc/content_1.html"


def extract(html: str | bytes, content_type: str = "text/html", url: str = URL, **options):
    body = html if isinstance(html, bytes) else html.encode()
    return extract_page(body, content_type, url, now=NOW, options=ReadingOptions(**options))


@pytest.mark.parametrize("name", ARTICLE_PAGES)
def test_an_article_is_its_words_and_nothing_around_them(name):
    given = ARTICLE_PAGES[name]
    found = extract(given.html)
    lines = found.text.split("\n")
    assert [line for line in lines if "|" not in line] == list(PARAGRAPHS)
    rows = ["支持方向 | 最高金额（万元）", "算力券 | 500", "示范场景 | 100"]
    assert [line for line in lines if "|" in line] == (rows if given.table else [])
    assert (found.quality, found.doubtful) == ("full", False)


@pytest.mark.parametrize("name", ARTICLE_PAGES)
def test_title_date_and_publisher_are_found_and_say_where(name):
    given = ARTICLE_PAGES[name]
    found = extract(given.html)
    assert found.title == given.title
    assert found.publisher == given.publisher
    assert found.published is not None
    assert found.published.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") == given.published
    assert set(found.origins) == {"title", "text", "published", "publisher"}
    assert {field: found.origins[field] for field in given.origins} == given.origins


LABELS = (
    *("utf-8", "gb2312", "gbk", "gb18030", "x-gbk", "big5", "iso-8859-1"),
    *("us-ascii", "utf-7", "rot13"),
)
PLACES = ("header", "meta charset", "meta http-equiv", "both wrong")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("declared", LABELS)
@pytest.mark.parametrize("real", ["utf-8", "utf-8-sig", "gbk", "gb18030", "big5", "utf-16"])
def test_a_page_is_read_whatever_its_labels_say(real, declared, place):
    title, words = TITLE, "成都人工智能创新应用先导区三年行动计划印发，九十家重点企业参与。"
    if real == "big5":
        title, words = (
            "關於印發行動計畫的通知",
            "成都人工智慧創新應用先導區三年行動計畫印發，九十家重點企業參與。",
        )
    meta = {
        "header": "",
        "meta charset": f"<meta charset='{declared}'>",
        "meta http-equiv": f"<META http-equiv=content-type content='a/b; charset={declared}'>",
        "both wrong": f"<meta charset={declared}>",
    }[place]
    html = f"<html><head>{meta}<title>{title}</title></head><body><h1>{title}</h1><p>{words}</p>"
    header = f"text/html; charset={declared}" if place in {"header", "both wrong"} else "text/html"
    found = extract((html + f"<p>{words}二</p><p>{words}三</p>").encode(real), header)
    assert found.title == title
    assert found.text.split("\n")[0] == words
    assert not found.doubtful


@pytest.mark.parametrize("cut", [1, 2, 3])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_page_that_breaks_off_is_still_read(encoding, cut):
    body = f"<html><meta charset=utf-8><title>{TITLE}</title><p>{'成都市人工智能' * 30}".encode(
        encoding
    )
    found = extract(body[:-cut])
    assert found.title == TITLE
    assert found.text.startswith("成都市人工智能" * 29)


def test_a_long_script_before_the_words_does_not_hide_the_encoding():
    script = f"<script>{'var a = 1;' * 30_000}</script>"
    html = f"<html><head>{script}<title>{TITLE}</title></head><body>{BODY}"
    assert extract(html.encode()[:-1]).title == TITLE
    assert extract(html.encode("gb18030")).title == TITLE


def test_an_operators_charset_wins():
    html = f"<html><meta charset=utf-8><title>{TITLE}</title>{BODY}".encode("gb18030")
    assert extract(html, charset="gbk").title == TITLE
    assert extract(html, charset="cp1252").title != TITLE
    assert extract(html, charset="rot13").title == TITLE  # no encoding of text: not insisted on


def test_a_page_of_which_much_is_unreadable_is_doubtful():
    garbage = bytes(range(128, 256)) * 5
    assert extract(b"<html><title>t</title><p>" + garbage).doubtful
    assert not extract(page(BODY)).doubtful


@pytest.mark.parametrize(
    ("head", "content", "published", "origin"),
    [
        (metas(PubDate="2025-09-11"), "", "2025-09-11 00:00", "meta PubDate"),
        (metas(PubDate="20250911"), "", "2025-09-11 00:00", "meta PubDate"),
        (metas(publishdate="2025-09-11T10:20:00Z"), "", "2025-09-11 18:20", "meta publishdate"),
        (metas(PubDate="unknown"), "<p>发布日期：2025年9月10日</p>", "2025-09-10 00:00",
         "page 发布日期"),
        (metas(PubDate="9999-01-01"), "", None, None),
        ("", "<p>成文日期：2025年9月1日</p><p>发布日期：2025年9月10日</p>", "2025-09-10 00:00",
         "page 发布日期"),
        ("", "<p>申报时间：2025年9月1日</p>", None, None),
        ("", "<p>会议日期：2025年9月1日</p>", None, None),
        ("", "<p>日期：2025-09-10</p>", "2025-09-10 00:00", "page 日期"),
        ("", "<p>Published: 10 September 2025</p>", "2025-09-10 00:00", "page Published"),
        ("", "<p>2025-09-10 08:30　来源：成都日报</p>", "2025-09-10 08:30", "page"),
        ("", "<p>本政策自2025年9月1日起施行。</p>", None, None),
        ("", "<p>2027年9月1日前完成。</p>", None, None),
    ],
)  # fmt: skip
def test_the_date_is_the_one_of_publication_or_none(head, content, published, origin):
    found = extract(
        page(f"<h1>{TITLE}</h1>{content}<div>{'成都市人工智能产业。' * 20}</div>", head=head)
    )
    shown = (
        found.published.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if found.published else None
    )
    assert (shown, found.origins.get("published")) == (published, origin)


def test_the_address_gives_a_day_where_nothing_else_does():
    found = extract(
        "<html><title>t</title><p>words</p>", url="https://a.example/202509/t20250911_12.html"
    )
    assert found.published == datetime(2025, 9, 11, tzinfo=CHINA)
    assert found.origins["published"] == "address"


def test_dates_are_in_the_zone_of_the_source():
    found = extract(page(BODY, head=metas(PubDate="2025-09-11 10:20")), timezone="Europe/London")
    assert found.published == datetime(2025, 9, 11, 9, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("行动方案的通知_成都市人民政府", "行动方案的通知"),
        ("行动方案的通知 - 成都日报", "行动方案的通知"),
        ("行动方案的通知-政策文件", "行动方案的通知-政策文件"),
        ("Chengdu | AI city | China Daily Online", "Chengdu | AI city"),
        ("AI - the new city", "AI - the new city"),
        ("A &amp; B &lt;i&gt;", "A & B <i>"),
        ("a\u202eb\u200bcd\nef", "abcd ef"),
        ("t" * 2000, "t" * 999 + "…"),
    ],
)
def test_the_title_tag_without_the_sites_name(shown, title):
    assert extract(f"<html><title>{shown}</title><body><p>words</p>").title == title


def test_markup_in_a_meta_tag_is_no_title():
    head = metas(ArticleTitle="关于印发&lt;br/&gt;行动方案的通知")
    assert extract(page(BODY, head=head)).title == "关于印发 行动方案的通知"


def test_attachments_have_names_and_absolute_addresses():
    content = (
        "<p><a href='./P020250911.pdf'>1. 申报指南.pdf</a><a href='/f/b.DOCX?x=1'>申报表</a>"
        "<a href='/down?file=%E8%A1%A8.xlsx'></a><a href='/get/3'>附件3：名单.ofd</a>"
        "<a href='c.wps' title='承诺书'></a><a href='d.zip'>d</a>"
        "<a href='./P020250911.pdf'>again</a>"
        "<a href='javascript:x.pdf'>no</a><a href='/page.html'>page</a><a href='/pdf/'>no</a></p>"
    )
    found = extract(page(f"<div id='zoom'>{BODY}{content}</div>", head=GOVERNMENT)).attachments
    base = "https://www.chengdu.example"
    assert found == (
        Attachment(name="1. 申报指南.pdf", url=f"{base}/zc/P020250911.pdf"),
        Attachment(name="申报表", url=f"{base}/f/b.DOCX?x=1"),
        Attachment(name="down", url=f"{base}/down?file=%E8%A1%A8.xlsx"),
        Attachment(name="附件3：名单.ofd", url=f"{base}/get/3"),
        Attachment(name="承诺书", url=f"{base}/zc/c.wps"),
        Attachment(name="d", url=f"{base}/zc/d.zip"),
    )


def test_there_are_not_endless_attachments_and_none_in_the_navigation():
    many = "".join(f"<a href='{n}.pdf'>{n}</a>" for n in range(200))
    assert len(extract(page(f"<div>{many}</div>")).attachments) == 50
    assert extract(page(f"<div class='nav'>{many}</div>")).attachments == ()


@pytest.mark.parametrize(
    "content",
    ["", "<div id='zoom'><p>详见附件</p><a href='a.pdf'>通知.pdf</a></div>", "<p>请开启脚本</p>"],
)
def test_hardly_more_than_a_title_is_a_snippet(content):
    html = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{content}</body></html>"
    assert extract(html).quality == "snippet"


def test_a_page_of_nothing_but_navigation_is_a_snippet():
    assert extract(page("")).quality == "snippet"


def test_plain_text_is_read_as_it_is():
    words = "成都市人工智能产业发展。" * 10
    found = extract(f"{words}\n{words}", "text/plain; charset=utf-8")
    assert found.text == f"{words}\n{words}"
    assert found.quality == "full"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"%PDF-1.7", "not_a_page"),
        (b"PK\x03\x04", "not_a_page"),
        (b"\xff\xd8\xff\xe0", "not_a_page"),
        (b'{"a": 1}', "json"),
        (b'[{"a": 1}]', "json"),
        (b"<?xml version='1.0'?>\n<!-- x --><rss version='2.0'/>", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "feed"),
        (b"x" * (3 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_what_is_no_page_is_one_clear_error(body, code):
    with pytest.raises(ParseError) as caught:
        extract(body)
    assert caught.value.code == code
    assert caught.value.reason.isprintable()


MARKUP = """<html> <head> <title> </title> <meta|name='PubDate'|content='2025-09-11'> <p> </p> <div>
<div|id='zoom'> </div> <a|href='x.pdf'> </a> <table> <tr> <td> <h1> </h1> <time|datetime='x'> <br>
<script|type='application/ld+json'>{"headline":1}</script> 发布时间：2025-09-31 来源：来源 &#xD800;
<base|href='//['> <!-- --> <![CDATA[ ]]> \x00 \xff \ufffe <svg> <math> <template> <noscript>"""
PIECES = [mark.replace("|", " ") for mark in MARKUP.split()]
BYTES = st.binary(max_size=300) | st.lists(
    st.sampled_from(PIECES) | st.text(max_size=5) | st.just("成都市人工智能产业" * 9), max_size=60
).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))


@settings(max_examples=150, deadline=None)
@given(body=BYTES, content_type=st.text(max_size=30))
def test_any_bytes_at_all_are_a_page_text_or_a_parse_error(body, content_type):
    try:
        found = extract(body, content_type)
    except ParseError as error:
        assert error.reason.isprintable()  # noqa: PT017  # both outcomes are right
    else:
        assert _is_clean(found)


def _is_clean(found: PageText) -> bool:
    words = found.title + found.text + found.publisher + "".join(found.origins.values())
    words.encode("utf-8")
    assert found.published is None or found.published.tzinfo is not None
    return "\0" not in words and found.title.isprintable()
