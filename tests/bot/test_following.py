"""Following: what is said in the chat, and what then comes by itself, once."""

import re
from dataclasses import replace

import pytest

import db.articles
import db.chats
import db.deliveries
import db.follows
import db.stories
from domain.chat import Destination
from domain.delivery import Lane, Owed
from domain.follow import Wish
from domain.reading import read
from jobs.news import Arrived, owe_news
from tests.bot.scene import GROUP, READER, Scene
from tests.builders import (
    NOW,
    TOPIC,
    document,
    entry,
    evidence,
    fact,
    new_article,
    relevance,
    stored_source,
)

CHINESE = {"id": 2003, "first_name": "小明", "language_code": "zh-hans"}
TITLE = "成都市促进人工智能产业发展专项政策"
TEXT = "成都市发放算力补贴1000万元。"


def about_vouchers(*facts, title="算力补贴来了", text=TEXT, **about):
    return new_article(entry(title=title, text=text), facts=facts, **about)


async def arrives(scene: Scene, article, source=None, story=None, **about):
    """Keep a new article and owe what is news of it; return its number and story."""
    database = scene.tools.database
    at = source or (await stored_source(database, **about)).id
    async with database.write() as session:
        number = story or await db.stories.add(
            session, topic=TOPIC, band="core", backlog=False, now=NOW
        )
        (kept,) = await db.articles.add_all(session, at, [new_article_in(article, number)], NOW)
        told = Arrived(article_id=kept, story_id=number, article=new_article_in(article, number))
        await owe_news(session, [told], NOW)
    return kept, number


def new_article_in(article, story):
    return replace(article, story_id=story)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/follow", "Say what to follow"),
        ("/follow a", "too little, or too much"),
        ("/follow " + "长" * 60, "too little, or too much"),
        ("/follow 97", "too little, or too much"),
        ("/follow 算力补贴", "Followed from now on (term): <b>算力补贴</b>"),
        ("/follow 算力券", "(programme): <b>算力券</b>"),
        ("/follow 成都科学城", "(place): <b>成都科学城</b>"),
        ("/follow d99", "too little, or too much"),
        ("/following", "Nothing is followed here"),
        ("/unfollow", "Nothing is followed here"),
        ("/unfollow 算力补贴", "“算力补贴” is not followed here"),
    ],
)
async def test_what_is_said_is_answered(scene: Scene, said: str, answer: str):
    (told,) = await scene.say(said)
    assert answer in told


async def test_what_is_followed_is_listed_once_and_ended_by_a_button(scene: Scene):
    await scene.say("/follow 算力补贴")
    (again,) = await scene.say("/follow 算力补贴")
    assert "followed here already" in again
    await scene.say("/follow Chengdu Science City")
    (listed,) = await scene.say("/following")
    assert "1. <b>算力补贴</b> · term" in listed
    assert "2. <b>Chengdu Science City</b>" in listed
    message = scene.last_message()
    await scene.press(message["buttons"]["🔕 1"], message["id"])
    assert "Not followed any more: <b>算力补贴</b>" in scene.last_message()["params"]["text"]
    await scene.press(message["buttons"]["🔕 1"], message["id"])
    assert "not followed here (any more)" in scene.last_message()["params"]["text"]
    (answer,) = await scene.say("/unfollow 成都科学城")
    assert "Not followed any more: <b>Chengdu Science City</b>" in answer
    undo = scene.last_message()
    await scene.press(undo["buttons"]["Undo"], undo["id"])
    (listed,) = await scene.say("/following")
    assert "1. <b>Chengdu Science City</b>" in listed


async def test_somebody_elses_follow_cannot_be_ended(scene: Scene):
    await scene.say("/follow 算力补贴")
    await scene.say("/following")
    data = scene.last_message()["buttons"]["🔕 1"]
    await scene.say("/help", CHINESE)
    await scene.press(data, scene.last_message()["id"], CHINESE, force=True)
    (listed,) = await scene.say("/following")
    assert "算力补贴" in listed


async def test_in_a_group_its_administrators_decide(scene: Scene):
    await scene.say("/help", chat=GROUP)
    (answer,) = await scene.say("/follow 算力补贴", READER, chat=GROUP)
    assert answer == "Only administrators of this group can do that."


async def test_a_mention_comes_once_in_the_readers_language(scene: Scene):
    await scene.say("/follow 算力补贴")
    await scene.say("/follow 算力补贴", CHINESE)
    quoted = evidence("算力补贴1000万元", TEXT)
    _, story = await arrives(
        scene,
        about_vouchers(
            fact(
                type="investment",
                subject="算力补贴",
                value="10000000",
                unit="CNY",
                evidence=(quoted,),
            )
        ),
    )
    english, chinese = await scene.deliver()
    assert english.startswith("🔔 <b>算力补贴</b>")
    assert "¥10 million" in english
    assert "1000万元" in chinese
    buttons = scene.last_message()["buttons"]
    assert set(buttons) == {"报道", "事实有误", "👍 相关", "👎 不相关", "🔖 收藏"}
    await arrives(scene, about_vouchers(title="算力补贴又来了"), story=story)
    assert await scene.deliver() == []


async def test_a_change_of_a_followed_document_comes_with_what_it_was(scene: Scene):
    draft = document(None, TITLE + "（征求意见稿）", role="primary", stage="draft")
    final = document(title=TITLE, role="primary", stage="issued")
    await arrives(scene, about_vouchers(draft), tier="official")
    await scene.say("/follow d1")
    await arrives(scene, about_vouchers(final, title="正式印发"), tier="official")
    (told,) = await scene.deliver()
    assert "status: draft for comment → issued" in told
    assert "number: 成办发〔2020〕97号" in told
    message = scene.last_message()
    (button,) = (data for text, data in message["buttons"].items() if text.startswith("📄"))
    await scene.press(button, message["id"])
    assert "<code>成办发〔2020〕97号</code>" in scene.last_message()["params"]["text"]


async def test_a_followed_draft_is_called_what_it_became(scene: Scene):
    draft = document(None, TITLE + "（征求意见稿）", role="primary", stage="draft")
    await arrives(scene, about_vouchers(draft), tier="official")
    await scene.say("/follow d1")
    final = document(title=TITLE, role="primary", stage="issued")
    await arrives(scene, about_vouchers(final), tier="official")
    (told,) = await scene.deliver()
    assert told.startswith("🔔 <b>成办发〔2020〕97号</b>")


async def test_an_edit_tells_what_it_changed_and_not_again_what_was_told(scene: Scene):
    def stated(effective):
        dates = [{"role": "effective", "start": effective, "end": effective}]
        return document(title=TITLE, role="primary", stage="issued", dates=dates)

    before = stated("2026-12-10")
    number, story = await arrives(scene, about_vouchers(before), tier="official")
    await scene.say("/follow d1")
    edited = new_article_in(about_vouchers(stated("2026-12-15")), story)
    later = scene.clock.turn(hours=1)
    async with scene.tools.database.write() as session:
        await db.articles.revise(session, number, edited, later)
        told = Arrived(
            article_id=number, story_id=story, article=edited, revision=2, said=(before,)
        )
        await owe_news(session, [told], later)
    (text,) = await scene.deliver()
    assert "in force from: 10 Dec 2026 → 15 Dec 2026" in text
    assert "announced" not in text
    assert "Several" not in text


async def test_what_an_alert_told_is_not_repeated_with_what_became_of_the_document(scene: Scene):
    draft = document(None, TITLE + "（征求意见稿）", role="primary", stage="draft")
    await arrives(scene, about_vouchers(draft), tier="official")
    await scene.say("/follow d1")
    final = document(title=TITLE, role="primary", stage="issued")
    paid = fact(type="investment", subject="算力补贴", value="10000000", unit="CNY")
    database = scene.tools.database
    source = await stored_source(database, tier="official", url="https://two.example/feed")
    async with database.write() as session:
        story = await db.stories.add(session, topic=TOPIC, band="core", backlog=False, now=NOW)
        article = new_article_in(about_vouchers(final, paid), story)
        (kept,) = await db.articles.add_all(session, source.id, [article], NOW)
        alert = Owed(
            destination=Destination(chat_id=2002),
            kind="alert",
            key=f"alert:s{story}",
            lane=Lane.ALERT,
            payload={"story_id": story},
            story_id=story,
        )
        await db.deliveries.owe(session, [alert], NOW)
        await owe_news(session, [Arrived(article_id=kept, story_id=story, article=article)], NOW)
    texts = await scene.deliver()
    (told,) = (text for text in texts if text.startswith("🔔"))
    assert "draft for comment → issued" in told
    assert "¥10 million" not in told


async def test_a_followed_thing_is_told_wherever_and_whatever_it_is_called(scene: Scene):
    await scene.say("/follow Chengdu Science City")
    text = "成都科学城新增人工智能企业20家。"
    reading = read(text, title="成都科学城发布数据", published="2026-11-22")
    article = about_vouchers(title="成都科学城发布数据", text=text)
    article = replace(article, reading=replace(reading, relevance=(relevance(),)))
    await arrives(scene, article)
    (told,) = await scene.deliver()
    assert re.match("🔔 <b>Chengdu Science City</b>", told)


async def test_wishes_of_unreachable_chats_wait_for_nobody(scene: Scene):
    await scene.say("/follow 算力补贴")
    async with scene.tools.database.write() as session:
        await db.chats.suspend(session, 2002, "blocked", NOW)
    await arrives(scene, about_vouchers())
    assert await scene.deliver() == []


async def test_more_than_fifty_are_refused(scene: Scene):
    await scene.say("/help")
    async with scene.tools.database.write() as session:
        for number in range(50):
            wish = Wish(kind="term", key=f"词{number}", label=f"词{number}")
            await db.follows.put(session, Destination(chat_id=2002), wish, NOW)
    (answer,) = await scene.say("/follow 算力补贴")
    assert answer == "More than 50 cannot be followed here."
    assert len(await scene.say("/following")) == 1
