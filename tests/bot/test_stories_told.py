"""/story, /why, /merge, /split and wrong facts, said and pressed in the chat."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

import db.articles
import db.deliveries
import db.facts
import db.stories
from domain.article import Attachment
from domain.chat import Destination
from tests.bot.scene import GROUP, OPERATOR, READER, Scene
from tests.builders import (
    NOW,
    document,
    entry,
    evidence,
    fact,
    new_article,
    owed,
    stored_source,
    stored_story,
    subscribed,
)

CHINESE = {"id": 2003, "first_name": "小明", "language_code": "zh-hans"}
TEXT = "算力券每家企业每年最高500万元。"


def voucher(value="5000", **given):
    quoted = evidence("每家企业每年最高500万元", TEXT)
    about = {"type": "investment", "subject": "算力券上限", "unit": "CNY", "evidence": (quoted,)}
    return fact(**{**about, "value": value, "counted": None, "comparator": "le", **given})


def told(title="算力券来了", *facts, **about):
    return new_article(entry(title=title, text=TEXT, **about), facts=facts or (voucher(),))


async def story_of(scene: Scene, *articles, **about):
    source = await stored_source(scene.tools.database, **about)
    return await stored_story(scene.tools.database, *articles, source_id=source.id)


async def alerted(scene: Scene, story: int, chat: int = 2002):
    """Deliver a story's alert, so that somebody was told."""
    await owed_alert(scene, story, chat)
    return await scene.deliver()


async def owed_alert(scene: Scene, story: int, chat: int):
    async with scene.tools.database.write() as session:
        row = owed(chat, f"alert:s{story}", kind="alert", payload={"story": story}, story_id=story)
        await db.deliveries.owe(session, [row], NOW)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/story", "/story s12"),
        ("/story twelve", "/story s12"),
        ("/story s99", "There is no story s99."),
        ("/why s99", "There is no s99 (any more)."),
        ("/why d99", "There is no d99 (any more)."),
        ("/why f99", "There is no f99 (any more)."),
        ("/why", "Nothing was left out yet"),
        ("/why 火锅", "Nothing bears “火锅” in its title"),
    ],
)
async def test_what_is_not_there_is_answered_with_an_example(scene: Scene, said, answer):
    (text,) = await scene.say(said)
    assert answer in text


async def test_a_story_shows_the_original_first_then_who_else_tells_it(scene: Scene):
    media = await stored_source(scene.tools.database, title="Evening News")
    story = await story_of(scene, told("关于算力券的通知"), tier="official", title="市经信局")
    async with scene.tools.database.write() as session:
        article = replace(told("Vouchers are here"), story_id=story)
        (number,) = await db.articles.add_all(session, media.id, [article], NOW)
        await db.articles.revise(session, number, told("Vouchers are here!"), NOW)
    (text,) = await scene.say(f"/story s{story}")
    assert text.index("关于算力券的通知") < text.index("Vouchers are here!")
    assert "and 1 more source" in text
    assert "Evening News · media" in text
    assert f"a{number} edited" in text
    assert "“每家企业每年最高500万元”" in text
    buttons = scene.last_message()["buttons"]
    assert {"All facts", "Why?", "Wrong fact"} <= set(buttons)


async def test_a_story_names_the_document_it_is_about(scene: Scene):
    story = await story_of(scene, told("政策", document(title="专项政策措施全文", role="primary")))
    await scene.say(f"/story {story}")
    message = scene.last_message()
    assert "📄 “专项政策措施全文” d1" in message["params"]["text"]
    await scene.press(message["buttons"]["📄 专项政策措施全文"], message["id"])
    assert "<code>成办发〔2020〕97号</code>" in scene.last_message()["params"]["text"]


async def test_why_says_what_became_of_it_stage_by_stage(scene: Scene):
    await scene.say("/start")
    await subscribed(scene.tools.database, Destination(chat_id=2002), "instant")
    story = await story_of(scene, told(), title="市经信局")
    await alerted(scene, story)
    (text,) = await scene.say(f"/why s{story}")
    assert "📥 Fetched 23 Nov 2026, 09:00 from 市经信局 · media · a1" in text
    assert "🎯 <b>about the topic</b>: 0.90 for Chengdu AI pilot zone" in text
    assert f"🗂 In story s{story}, alone" in text
    assert "⚡ Alert: delivered 23 Nov 2026, 09:00" in text
    assert "📬 Digest: not asked for here; /subscribe changes that" in text
    assert "＋ place: “Chengdu”" in text


async def test_why_names_what_kept_an_alert_back(scene: Scene):
    await scene.say("/start")
    await subscribed(scene.tools.database, Destination(chat_id=2002), "daily")
    near = await stored_story(scene.tools.database, new_article(band="adjacent"), band="adjacent")
    (text,) = await scene.say(f"/why s{near}")
    assert "⚡ Alert: none, it is only near the topic" in text
    assert "📬 Digest: the next one holds it" in text
    old = await story_of(scene, told(published=NOW - timedelta(days=9)))
    (text,) = await scene.say(f"/why s{old}")
    assert "none, it was published more than three days before" in text
    backlog = await stored_story(scene.tools.database, told(), backlog=True)
    (text,) = await scene.say(f"/why s{backlog}")
    assert "none, it was there when the source was first read" in text


async def test_why_answers_for_what_was_left_out_found_by_its_title(scene: Scene):
    source = await stored_source(scene.tools.database)
    async with scene.tools.database.write() as session:
        for title in ("成都火锅节开幕", "成都火锅店用机器人"):
            article = new_article(title=title, band="off")
            await db.articles.add_all(session, source.id, [article], NOW)
    (text,) = await scene.say("/why 火锅")
    assert text.count("off the topic") == 2
    message = scene.last_message()
    await scene.press(message["buttons"]["a1"], message["id"])
    text = scene.last_message()["params"]["text"]
    assert "Left out: it is in no story, alert or digest." in text
    assert "⚡ Alert: none, it was left out" in text
    (text,) = await scene.say("/why 火锅节")
    assert "<b>off the topic</b>: 0.10" in text
    (text,) = await scene.say("/why", CHINESE)
    assert "近期被排除的文章" in text


async def test_why_of_a_fact_names_its_rule_and_its_words(scene: Scene):
    await story_of(scene, told())
    (text,) = await scene.say("/why f1")
    assert "Fact f1: found by rule <code>metric.count/1</code>, confidence high" in text
    assert "“每家企业每年最高500万元”" in text


async def test_stories_are_merged_and_split_again_by_operators(scene: Scene):
    one, other = await story_of(scene, told("甲")), await story_of(scene, told("乙"))
    (text,) = await scene.say(f"/merge s{one} s{other}", OPERATOR)
    assert text == f"s{other} is part of s{one} now, with 2 articles in all."
    (text,) = await scene.say(f"/merge s{one} s{other}", OPERATOR)
    assert text == "They are one story already."
    (text,) = await scene.say(f"/story s{other}")
    assert f"· s{one}" in text
    await scene.say(f"/story s{one}", OPERATOR)
    message = scene.last_message()
    await scene.press(message["buttons"]["Split …"], message["id"], OPERATOR)
    choice = scene.last_message()
    (button,) = choice["buttons"]
    await scene.press(choice["buttons"][button], choice["id"], OPERATOR)
    parted = scene.last_message()
    assert re.search(r"1 article left s\d+; it is story s\d+ now\.", parted["params"]["text"])
    await scene.press(choice["buttons"][button], choice["id"], OPERATOR)
    assert "nothing to split" in scene.last_message()["params"]["text"]
    await scene.press(parted["buttons"]["Undo"], parted["id"], OPERATOR)
    assert "with 2 articles in all" in scene.last_message()["params"]["text"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/merge", "/merge s12 s15"),
        ("/merge s1", "/merge s12 s15"),
        ("/merge s98 s99", "There is no story s98."),
        ("/split", "/split s12 a34 a35"),
        ("/split s99", "There is no story s99."),
        ("/split s99 a1", "There is no story s99."),
        ("/correct", "/correct f12 value 500万"),
        ("/correct f99", "There is no such fact"),
        ("/correct f99 value 5", "There is no such fact"),
    ],
)
async def test_operators_typos_are_answered_with_an_example(scene: Scene, said, answer):
    (text,) = await scene.say(said, OPERATOR)
    assert answer in text


async def report(scene: Scene, story: int):
    """Let a reader call the only fact of a story wrong; return what operators are asked."""
    await scene.say(f"/story s{story}")
    message = scene.last_message()
    await scene.press(message["buttons"]["Wrong fact"], message["id"])
    choice = scene.last_message()
    assert "Which of these is wrong?" in choice["params"]["text"]
    await scene.press(choice["buttons"]["⚑ 1"], choice["id"])
    assert "The operators are asked about f1" in scene.last_message()["params"]["text"]
    await scene.press(choice["buttons"]["⚑ 1"], choice["id"])
    return await scene.deliver()


async def test_a_wrong_fact_is_hidden_and_who_was_told_is_told_so(scene: Scene):
    await scene.say("/start", OPERATOR)
    await scene.say("/start")
    story = await story_of(scene, told())
    await alerted(scene, story)
    (asked,) = await report(scene, story)
    assert "A reader calls this fact wrong: f1" in asked
    message = scene.last_message()
    await scene.press(message["buttons"]["Hide it"], message["id"], OPERATOR)
    assert "f1 is hidden now" in scene.last_message()["params"]["text"]
    (correction,) = await scene.deliver()
    assert "✏️ <b>Correction</b>" in correction
    assert "It is not shown any more." in correction
    await scene.press(message["buttons"]["Hide it"], message["id"], OPERATOR)
    assert await scene.deliver() == []
    (text,) = await scene.say(f"/facts s{story}")
    assert "No facts were found in it." in text
    assert await scene.say("/facts 算力券") == [
        "No such facts yet. For example: <code>/facts measures 算力</code>"
    ]


async def test_a_wrong_fact_is_put_right_by_its_own_words(scene: Scene):
    await scene.say("/start", OPERATOR)
    await scene.say("/start", CHINESE)
    story = await story_of(scene, told())
    await alerted(scene, story, 2003)
    (text,) = await scene.say("/correct f1 value 600万", OPERATOR)
    assert text == "Its own words do not say that. Hide it instead: no quote, no fact."
    (text,) = await scene.say("/correct f1 colour red", OPERATOR)
    assert "This fact has no “colour”" in text
    (text,) = await scene.say("/correct f1 value 500万", OPERATOR)
    assert "¥5 million" in text
    (correction,) = await scene.deliver()
    assert "更正" in correction
    assert "500万元" in correction
    (text,) = await scene.say("/facts 算力券")
    assert "¥5 million" in text


async def test_a_fact_that_is_right_stays_and_nobody_is_told(scene: Scene):
    await scene.say("/start", OPERATOR)
    await scene.say("/start")
    story = await story_of(scene, told())
    await alerted(scene, story)
    await report(scene, story)
    message = scene.last_message()
    await scene.press(message["buttons"]["It is right"], message["id"], OPERATOR)
    assert scene.last_message()["params"]["text"] == "f1 stays as it is."
    assert await scene.deliver() == []


async def test_only_operators_decide(scene: Scene):
    await story_of(scene, told())
    await scene.say("/start")
    message = scene.last_message()
    for verb in ("hide", "right"):
        answer = await scene.press(f"v1:{verb}:f1", message["id"], READER, force=True)
        assert answer["text"] == "This is for the operators of this bot only."
    async with scene.tools.database.read() as session:
        assert await db.facts.get(session, 1) is not None


async def test_a_story_is_shown_in_a_group_too(scene: Scene):
    story = await story_of(scene, told())
    await scene.say("/help", chat=GROUP)
    (text,) = await scene.say(f"/story s{story}", chat=GROUP)
    assert "算力券来了" in text


async def test_a_story_is_found_by_any_id_in_it(scene: Scene):
    database = scene.tools.database
    number = await stored_story(database, new_article(title="Sandboxes", facts=[fact()]))
    async with database.read() as session:
        (story,) = await db.stories.by_ids(session, [number])
        (stated,) = await db.facts.search(session, limit=1)
    article = story.lead.article.id
    for name in (f"s{number}", str(number), f"a{article}", f"f{stated.number}", f"Ａ{article}"):
        (answer,) = await scene.say(f"/story {name}")
        assert "Sandboxes" in answer, name
    (answer,) = await scene.say(f"/facts a{article}")
    assert "Sandboxes" in answer
    for command in ("/story a99", "/facts a99", "/story f99"):
        (answer,) = await scene.say(command)
        assert "is in no story" in answer, command


async def test_why_does_not_take_a_digest_that_passed_a_backlog_over_for_one_that_told_it(
    scene: Scene,
):
    database = scene.tools.database
    await scene.say("/start")
    old = new_article(published=NOW - timedelta(days=40))
    story = await stored_story(database, old, backlog=True, now=NOW)
    window = {
        "kind": "now",
        "since": (NOW - timedelta(hours=1)).isoformat(),
        "until": (NOW + timedelta(hours=1)).isoformat(),
    }
    async with database.write() as session:
        row = owed(READER["id"], payload=window)
        await db.deliveries.owe(session, [row], NOW)
    (text,) = await scene.say(f"/why s{story}")
    assert "Digest: none, it was there when the source was first read" in text


async def test_a_story_lists_the_files_of_its_articles_and_says_where_only_an_announcement_was_read(
    scene: Scene,
):
    files = tuple(
        Attachment(name=f"附件{n}.pdf", url=f"https://www.chengdu.gov.cn/{n}.pdf") for n in range(5)
    )
    origins = {"title": "meta ArticleTitle", "text": "feed"}
    notice = replace(told("通知"), attachments=files, quality="snippet", origins=origins)
    story = await story_of(scene, notice)
    (text,) = await scene.say(f"/story s{story}")
    places = [text.index(file.name) for file in files]
    assert places == sorted(places)
    assert places[2] < text.index("<blockquote") < places[3]
    assert 'href="https://www.chengdu.gov.cn/4.pdf"' in text
    assert "Only its announcement could be read" in text
    (why,) = await scene.say(f"/why s{story}")
    assert "title: meta ArticleTitle" in why


async def test_why_says_that_a_text_could_not_be_judged(scene: Scene):
    poison = replace(told("有毒"), unread="The article could not be read in 5 s.")
    story = await story_of(scene, poison)
    (why,) = await scene.say(f"/why s{story}")
    assert "/reprocess tries again. The article could not be read in 5 s." in why
    (card,) = await scene.say("/source 1", OPERATOR)
    assert "1 article could not be judged" in card


async def test_all_facts_are_those_of_the_original_and_what_others_add_under_their_names(
    scene: Scene,
):
    story = await story_of(scene, told("关于算力券的通知"), tier="official", title="市经信局")
    media = await stored_source(scene.tools.database, title="Evening News")
    more = told("Vouchers are here", voucher(subject="the cap"), voucher("7000", subject="pool"))
    async with scene.tools.database.write() as session:
        await db.articles.add_all(session, media.id, [replace(more, story_id=story)], NOW)
    (text,) = await scene.say(f"/facts s{story}")
    assert text.index("算力券上限") < text.index("▸") < text.index("pool")
    assert "Vouchers are here" in text
    assert "the cap" not in text
