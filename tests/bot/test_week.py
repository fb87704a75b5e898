"""The picture of a week: what came on which day, what has moved; the caption says the same."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.markup import text_of
from bot.render import render
from domain.delivery import Lane
from domain.digest import Digest, Item, SourceHealth
from domain.ledger.moves import Move
from tests.bot.scene import OPERATOR, READER, Scene
from tests.bot.test_metric import compute
from tests.builders import (
    NOW,
    article,
    chat,
    coverage,
    deadline,
    destination,
    document,
    entry,
    fact,
    new_article,
    owed,
    owing,
    stored_source,
    stored_story,
    story,
)
from tests.domain.ledger.builders import stated

WEEK = timedelta(days=7)


def items(*facts) -> tuple[Item, ...]:
    return tuple(
        Item(
            story=story(
                coverage(article(id=at, url=f"https://news.example/{at}"), facts=(one,)),
                id=at,
                first_seen_at=NOW - timedelta(days=at % 7, hours=1),
            )
        )
        for at, one in enumerate(facts, start=1)
    )


MOVE = Move(before=stated(compute("9800", 2025)), after=stated(compute("18000", 2026)))
FULL = Digest(
    kind="weekly",
    since=NOW - WEEK,
    until=NOW,
    items=items(document(role="primary"), deadline(), fact(), fact(subject="二")),
    health=SourceHealth(watched=4),
    moves=(MOVE,),
)


def test_a_weeks_digest_begins_with_its_picture_and_says_in_words_what_it_shows():
    picture, text = render(FULL, chat())
    assert picture.chart is not None
    assert text_of(picture.html).splitlines() == [
        "📊 The week 16 Nov – 23 Nov",
        "📄 1 document · ⏰ 1 deadline · 🎯 2 with figures",
        "成都市智能算力规模: 9,800 PFLOPS → 18,000 PFLOPS ▲83.7%",
    ]
    assert text.html.startswith("<b>Weekly digest</b>")


def test_it_is_drawn_by_day_and_by_kind():
    (picture, *_) = render(FULL, chat(language="zh"))
    assert picture.chart is not None
    daily, moved = picture.chart.panels
    assert daily.columns[0].text == "16日\n11月"
    assert len(daily.columns) == 8
    assert {one.kind.text: sum(one.counts) for one in daily.shares} == {
        "政策文件": 1,
        "截止日期": 1,
        "目标与数据": 2,
    }
    (bar,) = moved.bars
    assert bar.before == 100.0
    assert bar.value == pytest.approx(183.67, 0.01)
    assert picture.chart.title.plain == "The week 16 Nov – 23 Nov"


def test_each_story_stands_on_the_day_of_the_readers_own_calendar():
    # 22:00 UTC on Saturday is Sunday morning in Chengdu.
    late = replace(FULL.items[0].story, first_seen_at=NOW.replace(day=21, hour=22))
    digest = replace(FULL, items=(Item(story=late), *FULL.items[1:]), moves=())

    def day(timezone: str) -> str:
        (picture, *_) = render(digest, chat(timezone=timezone))
        assert picture.chart is not None
        panel = picture.chart.panels[0]
        return panel.columns[panel.shares[0].counts.index(1)].text

    assert (day("Asia/Shanghai"), day("UTC")) == ("22\nNov", "21\nNov")


@pytest.mark.parametrize(
    ("kind", "days", "number", "pictured"),
    [
        ("daily", 1, 4, False),
        ("weekly", 7, 2, False),
        ("weekly", 7, 3, True),
        ("now", 7, 3, True),
        ("now", 1, 3, False),
        ("now", 40, 4, True),
    ],
)
def test_a_picture_comes_where_there_is_a_week_to_show(kind, days, number, pictured):
    some = FULL.items[:number]
    digest = replace(FULL, kind=kind, since=NOW - timedelta(days=days), items=some, moves=())
    first = render(digest, chat())[0]
    assert (first.chart is not None) is pictured


async def test_it_goes_through_the_outbox_picture_first_and_is_uploaded_once(scene: Scene):
    source = await stored_source(scene.tools.database)
    old = new_article(entry(title="2025"), facts=(compute("9800", 2025),))
    await stored_story(scene.tools.database, old, source_id=source.id, now=NOW - timedelta(days=90))
    for at, one in enumerate((compute("18000", 2026), fact(), deadline())):
        new = new_article(entry(title=f"News {at}"), facts=(one,))
        await stored_story(scene.tools.database, new, source_id=source.id, now=NOW)
    window = {
        "kind": "weekly",
        "since": (NOW - WEEK).isoformat(),
        "until": NOW.isoformat(),
    }
    for person in (READER, OPERATOR):
        await scene.say("/help", person)
        await owing(scene.tools.database, owed(person["id"], payload=window))
    since = scene.seen
    told = await scene.deliver()
    pictures = scene.calls("sendPhoto", since)
    assert [call["status"] for call in pictures] == [200, 200]
    caption = text_of(pictures[0]["params"]["caption"])
    assert "成都市智能算力规模: 9,800 PFLOPS → 18,000 PFLOPS ▲83.7%" in caption
    assert len(told) == 2


async def test_what_telegram_has_is_not_uploaded_again(scene: Scene):
    (picture, *_) = render(FULL, chat())
    for _ in range(2):
        await scene.say("/help")
        at = destination(READER["id"])
        await scene.tools.courier.send(at, picture, Lane.DIGEST)
    pictures = scene.calls("sendPhoto")
    known = pictures[0]["result"]["photo"][-1]["file_id"]
    assert pictures[1]["params"]["photo"] == known
