"""What people and the bot say to each other, over HTTP, through the sandbox."""

import re

import pytest

import db.chats
import db.deliveries
import db.subscriptions
from bot.commands import COMMANDS
from bot.replies import say
from bot.rights import STAFF
from domain.chat import Destination, Subscription
from domain.message import Message
from tests.bot.scene import FORUM, GROUP, OPERATOR, READER, Scene
from tests.builders import deadline, document, entry, fact, new_article, stored_source, stored_story

SPEAKS = ("sendMessage", "sendDocument")
CHINESE = {"id": 2003, "first_name": "小明", "language_code": "zh-hans"}


async def subscriptions(scene: Scene, chat: int = 2002, thread: int = 0) -> list[Subscription]:
    async with scene.tools.database.read() as session:
        return await db.subscriptions.of(session, Destination(chat_id=chat, thread_id=thread))


async def chat_state(scene: Scene, chat: int = 2002) -> str:
    async with scene.tools.database.read() as session:
        known = await db.chats.get(session, chat)
    assert known is not None
    return known.state


async def test_two_taps_from_hello_to_subscribed(scene: Scene):
    (hello,) = await scene.say("/start")
    assert "Chengdu AI pilot zone" in hello
    assert "Asia/Shanghai" in hello
    message = scene.last_message()
    await scene.press(message["buttons"]["Daily 09:00 + alerts"], message["id"])
    told = scene.last_message()["params"]["text"]
    assert "next: Tue 24 Nov, 09:00" in told
    daily, instant = sorted(await subscriptions(scene), key=lambda one: one.kind)
    assert (daily.kind, daily.minute, instant.kind) == ("daily", 540, "instant")


async def test_a_clients_language_is_spoken_from_the_first_word(scene: Scene):
    (hello,) = await scene.say("/start", CHINESE)
    assert "成都人工智能" in hello
    (answer,) = await scene.say("/subscribe weekly mon 25:00", CHINESE)
    assert "“25:00”不是有效的时间" in answer


async def test_the_language_is_changed_by_a_button_and_pressing_it_again_is_no_mistake(
    scene: Scene,
):
    await scene.say("/start")
    message = scene.last_message()
    for _ in range(2):
        await scene.press(message["buttons"]["简体中文"], message["id"])
    edits = scene.calls("editMessageText")
    assert "官方网站" in edits[0]["params"]["text"]
    assert [edit["status"] for edit in edits] == [200, 400]
    assert "not modified" in edits[1]["result"]["description"]
    assert await chat_state(scene) == "active"
    (answer,) = await scene.say("/language en")
    assert "English" in answer


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/subscribe weekly fri 18:30", "A digest every Friday at 18:30; next: Fri 27 Nov, 18:30"),
        ("/subscribe daily 08:00", "A digest every day at 08:00; next: Tue 24 Nov, 08:00"),
        ("/subscribe daily 08:00 Europe/London", "next: Mon 23 Nov, 08:00"),
        ("/subscribe daily 24h", "“24h” is not a time of day"),
        ("/subscribe hourly", "“hourly” is not a kind of subscription"),
        ("/unsubscribe", "There is nothing to stop here"),
        ("/unsubscribe hourly", "“hourly” is not a kind of subscription"),
        ("/latest many", "“many” is not a number from 1 to 20"),
        ("/latest 0", "“0” is not a number from 1 to 20"),
        ("/facts measures", "No such facts yet"),
        ("/subscribe daily 9", "A digest every day at 09:00"),
        ("/subscribe 周一 9点", "A digest every Monday at 09:00"),
        ("/facts 政策", "No such facts yet"),
        ("/" + "x" * 40, "I understand commands"),
        ("/facts s99", "There is no story s99"),
        ("/digest preview", "nothing new since"),
        ("/subscibe", "Did you mean /subscribe?"),
        ("/qwxz", "/help lists what there is."),
        ("hello there", "I understand commands"),
        ("subscribe weekly", "Did you mean /subscribe?"),
        ("/stop", "Did you mean /unsubscribe?"),
        ("/weekly", "Did you mean /subscribe?"),
        ("/digest prewiew", "For example: <code>/digest preview</code>"),
        ("/language klingon", "“klingon” is not a language that I speak"),
        ("/settings qiet 22:00", "For example: <code>/settings quiet 22:00-07:00</code>"),
    ],
)
async def test_questions_and_answers(scene: Scene, said: str, answer: str):
    (told,) = await scene.say(said)
    assert answer in told


@pytest.mark.parametrize(
    "said",
    ["/subscribe {}", "/subscribe weekly {}", "/subscribe daily {}", "/subscribe daily 09:00 {}",
     "/subscribe daily a/{}", "/unsubscribe {}", "/latest {}", "/facts {}", "/language {}"],
)  # fmt: skip
async def test_a_word_of_any_length_is_answered_and_said_back_cut(scene: Scene, said: str):
    for letter in ("x", "长", "😀", "&"):
        (told,) = await scene.say(said.format(letter * 1900))
        assert letter * 41 not in told
    assert all(call["status"] == 200 for call in scene.calls("sendMessage"))


async def test_an_operators_long_words_are_answered_too(scene: Scene):
    for said in ("/addsource https://a.example/", "/addsource ", "/removesource "):
        (told,) = await scene.say(said + "x" * 4000, OPERATOR)
        assert len(told) < 700


async def test_an_answer_that_is_too_long_still_comes(scene: Scene):
    await scene.say("/start")
    await say(scene.tools, Destination(chat_id=2002), Message(html="<b>" + "😀" * 4000 + "</b>"))
    sent = scene.calls("sendMessage")[-1]
    assert sent["status"] == 200
    assert sent["params"]["text"].endswith("😀…")


@pytest.mark.parametrize(
    ("button", "kinds"),
    [
        ("Daily 09:00 + alerts", {"daily", "instant"}),
        ("Daily only", {"daily"}),
        ("Alerts only", {"instant"}),
    ],
)
async def test_a_button_gives_what_it_says_and_nothing_besides(scene: Scene, button, kinds):
    await scene.say("/subscribe")
    await scene.say("/subscribe daily 07:15")
    await scene.say("/subscribe weekly fri 18:00")
    await scene.say("/start")
    message = scene.last_message()
    await scene.press(message["buttons"][button], message["id"])
    told = scene.last_message()["params"]["text"]
    assert "Only this comes here" in told
    assert "The weekly digest has stopped here." in told
    assert ("Alerts have stopped here." in told) == ("instant" not in kinds)
    standing = await subscriptions(scene)
    assert {one.kind for one in standing} == kinds
    assert [one.minute for one in standing if one.kind == "daily"] in ([], [435])
    assert ("every day at 07:15" in told) == ("daily" in kinds)


async def test_typed_subscriptions_are_added(scene: Scene):
    await scene.say("/subscribe instant")
    await scene.say("/subscribe daily 08:00")
    assert {one.kind for one in await subscriptions(scene)} == {"instant", "daily"}


async def test_what_stops_may_be_said_in_chinese(scene: Scene):
    await scene.say("/subscribe", CHINESE)
    (told,) = await scene.say("/unsubscribe 每日", CHINESE)
    assert "每日简报已停止。" in told


async def test_a_subscription_ends_kind_by_kind_or_altogether(scene: Scene):
    await scene.say("/subscribe")
    (told,) = await scene.say("/unsubscribe daily")
    assert "daily digest has stopped" in told
    assert "Alerts, as soon as" in told
    (told,) = await scene.say("/unsubscribe")
    assert "Nothing more comes here" in told
    assert await subscriptions(scene) == []


async def test_subscribing_again_changes_the_time_and_keeps_one_of_each(scene: Scene):
    await scene.say("/subscribe daily 08:00")
    await scene.say("/subscribe daily 10:00")
    assert [one.minute for one in await subscriptions(scene)] == [600]


async def test_a_stranger_gets_one_short_refusal_in_private_and_silence_in_groups(scene: Scene):
    for command in [one for one in COMMANDS if one.who in STAFF]:
        assert await scene.say(f"/{command.name} https://a.example") == [
            "This is for the operators of this bot only."
        ]
        assert await scene.say(f"/{command.name}", chat=GROUP) == []


async def test_an_operator_is_sent_to_the_private_chat(scene: Scene):
    (told,) = await scene.say("/poll", OPERATOR, chat=GROUP)
    assert "only in a private chat" in told


async def test_help_shows_everybody_what_he_may_use(scene: Scene):
    (for_reader,) = await scene.say("/help")
    (for_operator,) = await scene.say("/help", OPERATOR)
    (in_group,) = await scene.say("/help", OPERATOR, chat=GROUP)
    shown = [
        set(re.findall(r"^/(\w+)", text, re.M)) for text in (for_reader, for_operator, in_group)
    ]
    readers = {one.name for one in COMMANDS if one.who not in STAFF}
    private = {one.name for one in COMMANDS if one.where == "private"}
    assert shown == [readers, {one.name for one in COMMANDS}, readers - private]


async def test_help_says_how_to_stop_one_kind_and_how_to_name_a_zone(scene: Scene):
    (told,) = await scene.say("/help")
    assert "/unsubscribe daily|weekly|instant" in told
    assert "/subscribe daily 08:30 Europe/London" in told


async def test_sentences_in_chinese_follow_each_other_without_a_space(scene: Scene):
    for said in ("/subscibe", "/qwxz"):
        (told,) = await scene.say(said, CHINESE)
        assert "。" in told
        assert "。 " not in told


async def test_in_groups_only_administrators_change_what_comes(scene: Scene):
    (told,) = await scene.say("/subscribe", chat=GROUP)
    assert told == "Only administrators of this group can do that."
    assert await subscriptions(scene, GROUP["id"]) == []
    scene.sandbox.member(GROUP, "administrator", user=READER)
    await scene.settle()
    (told,) = await scene.say("/subscribe", chat=GROUP)
    assert "This comes here by itself" in told
    scene.sandbox.member(GROUP, "member", user=READER)
    await scene.settle()
    (told,) = await scene.say("/unsubscribe", chat=GROUP)
    assert told == "Only administrators of this group can do that."


async def test_an_anonymous_administrator_is_one_by_his_press(scene: Scene):
    await scene.say("/help", chat=FORUM)
    scene.sandbox.member(FORUM, "administrator", user=OPERATOR)
    await scene.settle()
    (told,) = await scene.say("/subscribe instant", OPERATOR, chat=FORUM, anonymous=True)
    assert "Press to show that you are one" in told
    await scene.press("v1:prove:", scene.last_message()["id"], OPERATOR, chat=FORUM)
    said = scene.last_message("editMessageText")["params"]["text"]
    assert "This comes here by itself" in said
    assert await scene.say("/poll", OPERATOR, chat=FORUM, anonymous=True) == []


async def test_rights_are_asked_for_again_at_every_press(scene: Scene):
    await scene.say("/start", chat=GROUP)
    message = scene.last_message()
    data = message["buttons"]["Alerts only"]
    answer = await scene.press(data, message["id"], chat=GROUP)
    assert answer["text"] == "Only administrators of this group can do that."
    scene.sandbox.member(GROUP, "administrator", user=READER)
    await scene.settle()
    answer = await scene.press(data, message["id"], chat=GROUP)
    assert "text" not in answer
    assert [one.kind for one in await subscriptions(scene, GROUP["id"])] == ["instant"]


async def test_each_topic_has_its_own_subscriptions(scene: Scene):
    await scene.say("/help", chat=FORUM)
    scene.sandbox.topic(FORUM, 5, name="Policy")
    scene.sandbox.member(FORUM, "administrator", user=READER)
    await scene.settle()
    await scene.say("/subscribe daily 08:00", chat=FORUM, thread=5)
    assert scene.last_message()["params"]["message_thread_id"] in (5, "5")
    assert [one.minute for one in await subscriptions(scene, FORUM["id"], 5)] == [480]
    assert await subscriptions(scene, FORUM["id"]) == []


async def test_groups_hear_nothing_unless_they_ask_us(scene: Scene):
    await scene.say("/help", chat=GROUP)
    assert await scene.say("/qwxz", chat=GROUP) == []
    assert await scene.say("hello", chat=GROUP) == []
    assert await scene.say("/help@other_bot", chat=GROUP) == []
    (told,) = await scene.say(f"/qwxz@{scene.app.bot.username}", chat=GROUP)
    assert "I do not know /qwxz" in told


PERSON = {"id": 2002, "is_bot": False, "first_name": "Rui"}
PRIVATE = {"id": 2002, "type": "private", "first_name": "Rui"}


def message(**more: object) -> dict[str, object]:
    return {"message_id": 900, "date": 1, "chat": PRIVATE, "from": PERSON, "text": "/help", **more}


@pytest.mark.parametrize(
    "update",
    [
        {"edited_message": message(edit_date=2)},
        {"message": message(edit_date=2)},
        {"message": message(forward_origin={"type": "user", "date": 1, "sender_user": PERSON})},
        {"message": message(via_bot={"id": 5, "is_bot": True, "first_name": "B"})},
        {"message": message(is_automatic_forward=True)},
        {"message": message(**{"from": {"id": 6, "is_bot": True, "first_name": "B"}})},
        {"message": {**message(text=None), "caption": "/help"}},
    ],
)
async def test_what_nobody_typed_here_is_no_command(scene: Scene, update: dict[str, object]):
    scene.sandbox.update({key: _without_none(value) for key, value in update.items()})
    assert await scene.settle("sendMessage") == []


def _without_none(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {name: inner for name, inner in value.items() if inner is not None}


async def test_a_chat_that_blocks_us_is_suspended_and_welcome_back(scene: Scene):
    await scene.say("/subscribe")
    scene.sandbox.member(READER["id"], "kicked")
    await scene.settle()
    assert await chat_state(scene) == "suspended"
    assert len(await subscriptions(scene)) == 2
    scene.sandbox.member(READER["id"], "member")
    await scene.settle()
    assert await chat_state(scene) == "active"


async def test_a_group_that_moves_takes_everything_along_whatever_says_so_first(scene: Scene):
    await scene.say("/help", chat=GROUP)
    scene.sandbox.member(GROUP, "administrator", user=READER)
    await scene.settle()
    await scene.say("/subscribe", chat=GROUP)
    old, new = GROUP["id"], -1009
    group = {"id": old, "type": "group", "title": "Zone watchers"}
    super_ = {"id": new, "type": "supergroup", "title": "Zone watchers"}
    left = message(chat=group, text=None, migrate_to_chat_id=new)
    arrived = message(chat=super_, text=None, migrate_from_chat_id=old)
    for said in (left, arrived, left):
        scene.sandbox.update({"message": _without_none(said)})
        await scene.settle()
    assert len(await subscriptions(scene, new)) == 2
    assert await subscriptions(scene, old) == []


@pytest.mark.parametrize(
    "data",
    [
        "",
        "v1:nothing:1",
        "garbage",
        "v1:facts:'; DROP",
        "x" * 64,
        "v1:sub:bogus",
        "v1:lang:xx",
        "v1:facts:x",
        "v1:unwatch:abc",
        "v1:leaf:p8.9.QQ",
        "v1:keep:",
    ],
)
async def test_an_invented_press_is_answered_and_does_nothing(scene: Scene, data: str):
    await scene.say("/start")
    sent = scene.last_message()
    scene.sandbox.press(READER, sent["id"], data or "0", force=True)
    calls = await scene.settle()
    (answer,) = [call for call in calls if call["method"] == "answerCallbackQuery"]
    assert answer["params"]["text"] == "This button is no longer valid."
    assert [call["method"] for call in calls if call["method"].startswith(("send", "edit"))] == []


async def test_a_press_that_telegram_gave_up_on_still_counts(scene: Scene):
    await scene.say("/start")
    sent = scene.last_message()
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    scene.sandbox.fault("answerCallbackQuery", code=400, description=old)
    scene.sandbox.press(READER, sent["id"], "v1:sub:daily")
    await scene.settle()
    assert [one.kind for one in await subscriptions(scene)] == ["daily"]


async def test_an_operator_asked_to_press_by_a_stranger_is_not_fooled(scene: Scene):
    await scene.say("/start")
    sent = scene.last_message()
    answer = await scene.press("v1:unwatch:1", sent["id"], force=True)
    assert answer["text"] == "This is for the operators of this bot only."


async def test_what_fails_is_said_by_a_number_and_nothing_else(
    scene: Scene, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    async def bug(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fact of nobody's business")

    await scene.say("/start")
    monkeypatch.setattr("db.facts.search", bug)
    (told,) = await scene.say("/facts")
    found = re.fullmatch(r"Something failed \(id ([0-9A-F]{4})\)\..*", told)
    assert found
    assert found[1] in caplog.text
    assert "fact" not in told.lower().replace("failed", "")


async def test_a_database_that_is_away_is_said_in_plain_words(
    scene: Scene, caplog: pytest.LogCaptureFixture
):
    await scene.say("/start")
    async with scene.tools.database.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE article_search")
    assert await scene.say("/facts") == ["The database does not answer just now; try again soon."]
    assert "not answered: The database" in caplog.text


async def test_the_digest_comes_through_the_outbox(scene: Scene):
    await scene.say("/subscribe")
    plan = document("成办规〔2025〕6号", "政策措施", role="primary", stage="issued")
    told = new_article(entry(title="A <new> plan"), facts=(plan, fact(), deadline()))
    number = await stored_story(scene.tools.database, told, now=scene.clock())
    scene.clock.turn(minutes=1)
    assert await scene.say("/digest") == []
    (digest,) = await scene.deliver()
    assert "A &lt;new&gt; plan" in digest
    assert "“政策措施”" in digest
    assert scene.last_message()["buttons"] == {"Facts 1": f"v1:facts:s{number}"}


async def test_latest_and_facts_show_stories_with_their_words(scene: Scene):
    facts = tuple(fact(subject=f"figure {number}", value=str(number)) for number in range(1, 12))
    number = await stored_story(
        scene.tools.database, new_article(entry(title="Growth"), facts=facts)
    )
    (latest,) = await scene.say("/latest")
    assert "Growth" in latest
    (found,) = await scene.say("/facts metrics figure")
    assert found.count("<blockquote expandable>“90 key enterprises”") == 8
    sent = scene.last_message()
    await scene.press(sent["buttons"]["9… ›"], sent["id"])
    rest = scene.last_message("editMessageText")
    assert rest["params"]["text"].count("•") == 3
    assert list(rest["buttons"]) == ["‹ 1–8"]
    await scene.press(rest["buttons"]["‹ 1–8"], sent["id"])
    assert scene.last_message("editMessageText")["params"]["text"] == sent["params"]["text"]
    (found,) = await scene.say("/facts figure " + "figure " * 10)
    assert "There are more: use fewer words" in found
    (story,) = await scene.say(f"/facts s{number}")
    assert "figure 1: <b>1 enterprises</b>" in story
    sent = scene.last_message()
    await scene.press(sent["buttons"]["3 more"], sent["id"])
    more = scene.last_message()
    assert more["params"]["text"].count("•") == 3
    assert "3 more" not in more["buttons"]


async def test_latest_turns_its_pages_in_place(scene: Scene):
    for number in range(7):
        await stored_story(scene.tools.database, new_article(entry(title=f"News {number}.")))
    (newest,) = await scene.say("/latest 3")
    assert newest.count("News") == 3
    sent = scene.last_message()
    await scene.press(sent["buttons"]["4… ›"], sent["id"])
    await scene.press(scene.last_message("editMessageText")["buttons"]["7… ›"], sent["id"])
    oldest = scene.last_message("editMessageText")
    assert oldest["params"]["text"].count("News") == 1
    assert "\n7. " in oldest["params"]["text"]
    assert list(oldest["buttons"]) == ["‹ 4–6"]


async def test_sources_are_listed_with_what_is_wrong_and_numbers_for_operators(scene: Scene):
    source = await stored_source(scene.tools.database, title="Zone <Daily>")
    (for_reader,) = await scene.say("/sources")
    (for_operator,) = await scene.say("/sources", OPERATOR)
    assert "Zone &lt;Daily&gt;" in for_reader
    assert "not read yet" in for_reader
    assert f"#{source.id}" not in for_reader
    assert f"#{source.id}" in for_operator


async def test_a_source_is_removed_only_when_that_is_confirmed(scene: Scene):
    source = await stored_source(scene.tools.database, title="Old News")
    (asked,) = await scene.say(f"/removesource {source.id}", OPERATOR)
    assert "Old News" in asked
    sent = scene.last_message()
    await scene.press(sent["buttons"]["Keep it"], sent["id"], OPERATOR)
    assert "Kept" in scene.last_message("editMessageText")["params"]["text"]
    await scene.say(f"/removesource #{source.id}", OPERATOR)
    sent = scene.last_message()
    await scene.press(sent["buttons"]["Remove it"], sent["id"], OPERATOR)
    assert "Removed" in scene.last_message("editMessageText")["params"]["text"]
    (gone,) = await scene.say(f"/removesource {source.id}", OPERATOR)
    assert gone == f"There is no source #{source.id}; /sources lists them."


@pytest.mark.parametrize("user", [OPERATOR, {**OPERATOR, "language_code": "zh"}], ids=["en", "zh"])
@pytest.mark.parametrize(
    "command", [one for one in COMMANDS if one.name != "digest"], ids=lambda one: one.name
)
async def test_every_command_answers_in_an_empty_house(scene: Scene, command, user):
    await scene.say(f"/{command.name}", user)
    (answer,) = [call for call in scene.calls() if call["method"] in SPEAKS]
    assert answer["status"] == 200
