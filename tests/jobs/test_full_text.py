"""Articles in their own words: pages fetched where a source only announces them."""

from datetime import timedelta

import pytest

import db.stories
from domain.article import Article
from jobs.full_text import PAGES, announced, merged
from sources.page import PageText
from tests.builders import NOW, entry
from tests.feed_server import article_page, item, list_page, rss

TITLE = "成都市人工智能先导区算力券申报通知"
PARAGRAPHS = (
    "成都市国家人工智能创新应用先导区现有重点企业90余家，成都超算中心服务机构超过200家。",
    "每年发放不超过1亿元算力券，最高可抵扣不超过60%的算力费用，每家企业每年累计最高500万元。",
    "申报时间截至2026年12月31日17:00，请各有关单位按要求提交材料，逾期不予受理，联系人见附件。",
    "各区（市）县经信部门要加强政策宣传，组织辖区内符合条件的人工智能企业积极申报，并做好初审工作。",
)


@pytest.fixture
def page(feeds):
    return feeds.page("/a/1.html", article_page(TITLE, PARAGRAPHS))


async def stories(watch) -> list[Article]:
    async with watch.database.read() as session:
        return [story.lead.article for story in await db.stories.latest(session, 30)]


async def test_an_announced_article_is_read_in_full_and_keeps_where_each_field_came_from(
    watch, feeds, page
):
    feeds.bodies["/zone.xml"] = rss([item(1, TITLE, "成都人工智能先导区。", link=page)])
    await watch.watches(feeds.url("/zone.xml"))
    report = await watch.polls()
    assert (report.articles, report.relevant) == (1, 1)
    assert report.facts >= 3
    (article,) = await stories(watch)
    assert "最高可抵扣不超过60%" in article.text
    assert article.quality == "full"
    assert article.origins["title"] == "feed"
    assert article.origins["text"] not in ("feed", "")
    assert article.published is not None


@pytest.mark.parametrize("charset", ["gb18030", "big5", "utf-16"])
async def test_a_page_in_any_encoding_is_read(watch, feeds, charset):
    words = [one.replace("）", ")").replace("（", "(") for one in PARAGRAPHS]
    html = article_page(TITLE, words)
    if charset == "big5":
        html = article_page("成都市人工智慧先導區", ["成都市人工智慧先導區重點企業90家。" * 20])
    page = feeds.page("/b.html", html, charset)
    feeds.bodies["/zone.xml"] = rss([item(1, TITLE, "成都人工智能先导区。", link=page)])
    await watch.watches(feeds.url("/zone.xml"))
    await watch.polls()
    (article,) = await stories(watch)
    assert "90" in article.text
    assert article.quality == "full"


async def test_an_unchanged_announcement_does_not_fetch_its_page_again(watch, feeds, page):
    first = item(1, TITLE, "成都人工智能先导区。", link=page)
    feeds.bodies["/zone.xml"] = rss([first])
    await watch.watches(feeds.url("/zone.xml"))
    await watch.polls()
    asked = feeds.requests.count("/a/1.html")
    feeds.bodies["/zone.xml"] = rss([item(2, "Lunch", "Noodles."), first])
    assert (await watch.polls(minutes=15)).articles == 1
    assert feeds.requests.count("/a/1.html") == asked
    (article,) = await stories(watch)
    assert article.revision == 1


@pytest.mark.parametrize("status", [404, 403, 500])
async def test_a_page_that_cannot_be_had_leaves_the_words_of_the_feed(watch, feeds, page, status):
    feeds.statuses["/a/1.html"] = status
    told = "成都市国家人工智能创新应用先导区现有重点企业90余家。"
    feeds.bodies["/zone.xml"] = rss([item(1, TITLE, told, link=page)])
    await watch.watches(feeds.url("/zone.xml"))
    report = await watch.polls()
    assert (report.failed, report.articles) == (0, 1)
    (article,) = await stories(watch)
    assert (article.text, article.quality, article.origins["text"]) == (told, "snippet", "feed")


async def test_a_round_fetches_so_many_pages_of_one_source_and_no_more(watch, feeds):
    links = [
        (feeds.page(f"/a/{n}.html", article_page(f"{TITLE}第{n}号", PARAGRAPHS)), n)
        for n in range(PAGES + 5)
    ]
    items = [item(n, f"{TITLE}第{n}号", "成都人工智能先导区。", link=url) for url, n in links]
    feeds.bodies["/zone.xml"] = rss([])
    source = await watch.watches(feeds.url("/zone.xml"), kind="search")
    feeds.requests.clear()
    feeds.bodies["/zone.xml"] = rss(items)
    assert source
    assert (await watch.polls(minutes=15)).articles == PAGES + 5
    assert sum(path.startswith("/a/") for path in feeds.requests) == PAGES
    kept = await stories(watch)
    assert [one.quality for one in kept].count("snippet") == 5


async def test_a_list_page_brings_whole_articles(watch, feeds):
    for n in range(6):
        feeds.page(f"/art/{n}.html", article_page(f"{TITLE}（第{n}批）", PARAGRAPHS))
    rows = [(f"/art/{n}.html", f"{TITLE}（第{n}批）", f"2026-11-{20 - n}") for n in range(6)]
    url = feeds.page("/list.html", list_page(rows))
    await watch.watches(url)
    report = await watch.polls()
    assert (report.articles, report.relevant) == (6, 6)
    assert {one.quality for one in await stories(watch)} == {"full"}


def test_the_page_counts_only_where_it_says_more():
    told = entry(title="成都市算力…", text="短", published=NOW, url="https://a.example/x")
    page = PageText(
        title="成都市算力券申报通知",
        text="长" * 500,
        published=NOW - timedelta(hours=1),
        origins={"title": "meta ArticleTitle", "text": "body", "published": "meta PubDate"},
    )
    whole = merged(told, page, address="https://b.example/y", timezone="Asia/Shanghai")
    assert (whole.entry.title, whole.entry.text) == (page.title, page.text)
    assert whole.entry.published == NOW
    assert whole.origins == {
        "title": "meta ArticleTitle",
        "text": "body",
        "published": "feed",
    }
    assert whole.canonical_url == "https://b.example/y"
    less = PageText(title="", text="短", quality="snippet")
    assert merged(told, less, address="", timezone="Asia/Shanghai") == announced(told)


def test_another_day_on_the_page_is_believed_before_the_feeds():
    told = entry(text="短", published=NOW)
    page = PageText(title=told.title, text="长" * 500, published=NOW - timedelta(days=40))
    whole = merged(told, page, address="", timezone="Asia/Shanghai")
    assert whole.entry.published == NOW - timedelta(days=40)


def test_a_file_is_an_attachment_and_not_a_page_to_fetch():
    told = announced(entry(title="申报指南", text="", url="https://a.example/f/1.PDF?v=2"))
    assert [one.name for one in told.attachments] == ["申报指南"]
    assert told.quality == "snippet"
