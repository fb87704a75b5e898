"""/settings, typed and pressed, over HTTP: one screen for each thing, and what it does."""

from datetime import timedelta

import pytest

import db.chats
import db.preferences
import db.subscriptions
from bot.choices import NAMES, read
from bot.language import words_for
from bot.markup import text_of
from bot.render.screens import EXPLAINED, OPTIONS
from domain.chat import WORKDAYS, Destination, Language
from domain.preferences import UNSET, Preferences
from domain.rule import Rule
from jobs.alert import owe_alerts
from tests.bot.scene import FORUM, GROUP, READER, Scene
from tests.builders import NOW, new_article, stored_story

CHINESE = {"id": 2003, "first_name": "小明", "language_code": "zh-hans"}


async def preferences(scene: Scene, chat: int = 2002, thread: int = 0) -> Preferences:
    async with scene.tools.database.read() as session:
        return await db.preferences.of(session, Destination(chat_id=chat, thread_id=thread))


async def standing(scene: Scene, chat: int = 2002, thread: int = 0):
    async with scene.tools.database.read() as session:
        at = Destination(chat_id=chat, thread_id=thread)
        return {one.kind: one for one in await db.subscriptions.of(session, at)}


async def press(scene: Scene, button: str) -> str:
    """Press a button of the settings message; return what stands there then."""
    shown = scene.calls()
    message = next(
        call
        for call in reversed(shown)
        if call["method"] in ("sendMessage", "editMessageText") and call["status"] == 200
    )
    told = scene.last_message(message["method"])
    await scene.press(told["buttons"][button], told["id"])
    return str(scene.last_message("editMessageText")["params"]["text"])


async def test_the_menu_says_everything_that_is_set_and_leads_to_every_screen(scene: Scene):
    (told,) = await scene.say("/settings")
    for line in ("Daily digest: none", "Alerts: none", "Quiet hours: none", "Kinds: all"):
        assert line in told
    buttons = scene.last_message()["buttons"]
    assert sorted(buttons.values()) == sorted(f"v1:set:{name}" for name in OPTIONS)


@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("user", [READER, CHINESE], ids=["en", "zh"])
async def test_every_choice_of_every_screen_can_be_pressed_twice_and_says_it_is_chosen(
    scene: Scene, user
):
    await scene.say("/subscribe", user)
    await scene.say("/settings exclude 招聘", user)
    await scene.say("/settings", user)
    message = scene.last_message()["id"]
    for name in OPTIONS:
        await scene.press(f"v1:set:{name}", message, user, force=True)
        for data in list(_standing_there(scene).values()):
            for _ in range(2):
                await scene.press(data, message, user, force=True)
            texts = _standing_there(scene)
            if name not in ("words", "mute") and data != "v1:set:":
                own = [one for one in texts if one.startswith("✓")]
                assert own, (name, data)
    edits = scene.calls("editMessageText")
    refused = [one for one in edits if one["status"] != 200]
    assert all("not modified" in one["result"]["description"] for one in refused)


def _standing_there(scene: Scene) -> dict[str, str]:
    """Return the buttons of the message as it stands after its last edit that changed something."""
    edits = [one for one in scene.calls("editMessageText") if one["status"] == 200]
    rows = edits[-1]["params"]["reply_markup"]["inline_keyboard"]
    return {one["text"]: one["callback_data"] for row in rows for one in row}


async def test_a_rule_says_what_it_would_have_let_through(scene: Scene):
    for title in ("Robots at work", "Parks", "A robot market"):
        await stored_story(scene.tools.database, new_article(title=title))
    (told,) = await scene.say("/settings exclude robot*, 招聘")
    assert "✅ Saved." in told
    assert "1 of the last 3 articles would have matched." in told
    assert "robot*, 招聘" in text_of(told)
    (told,) = await scene.say("/settings only quantum")
    assert "0 of the last 3 articles would have matched." in told
    assert "may leave you without news" in told
    assert (await preferences(scene)).rule == Rule(include=("quantum",), exclude=("robot*", "招聘"))
    said = await press(scene, "✕ ➕ quantum")
    assert "Only with: none" in said
    assert (await preferences(scene)).rule == Rule(exclude=("robot*", "招聘"))


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/settings quiet 22:00-07:00", "Quiet hours: 22:00-07:00"),
        ("/settings mute 3 days", "Mute: until 26 Nov 2026, 09:00"),
        ("/settings sources official", "Told by: official only"),
        ("/settings articles zh", "Articles in: Chinese only"),
        ("/settings kinds documents, measures", "Kinds: documents, measures"),
        ("/settings minimum 0.8", "Relevance: ≥ 0.80"),
        ("/settings silent on", "Nothing new: silence"),
        ("/settings time 08:30", "Daily digest: every day 08:30; next: Tue 24 Nov, 08:30"),
        ("/settings daily mon,wed 10:00", "Daily digest: Mon, Wed 10:00; next: Mon 23 Nov, 10:00"),
        ("/settings weekly fri 18:00", "Weekly digest: Friday 18:00; next: Fri 27 Nov, 18:00"),
        ("/settings days weekdays", "Its days: Mon–Fri"),
        ("/settings alerts firm", "Alerts: documents, measures and deadlines only"),
        ("/settings zone Europe/London", "Time zone: Europe/London · 01:00"),
        ("/settings language zh", "界面语言: 简体中文"),
        ("/settings quiet", "wait until these hours end"),
        ("/settings exclude", "Never with: none"),
        ("/settings colour blue", "“colour” cannot be set; /settings shows what can be."),
        ("/settings quiet tonight", "“tonight” is no span of hours; write 22:00-07:00."),
        ("/settings exclude a", "“a” is too little, or too much"),
    ],
)
async def test_what_is_typed_and_what_is_said(scene: Scene, said: str, answer: str):
    (told,) = await scene.say(said)
    assert answer in text_of(told).replace("：", ": ")


async def test_a_mistake_comes_with_an_example_and_changes_nothing(scene: Scene):
    (told,) = await scene.say("/settings quiet tonight")
    assert "For example: /settings quiet 22:00-07:00" in text_of(told)
    assert await preferences(scene) == UNSET


async def test_digests_and_alerts_are_begun_changed_and_ended_from_settings(scene: Scene):
    await scene.say("/settings time 07:15")
    await scene.say("/settings days mon-fri")
    await scene.say("/settings weekly sun 20:00")
    await scene.say("/settings alerts all")
    held = await standing(scene)
    assert {one: (at.minute, at.weekday, at.days) for one, at in held.items()} == {
        "daily": (435, 0, WORKDAYS),
        "weekly": (1200, 6, 127),
        "instant": (540, 0, 127),
    }
    await scene.say("/settings daily 08:00")
    assert (await standing(scene))["daily"].days == WORKDAYS
    for name in ("daily", "weekly", "alerts"):
        await scene.say(f"/settings {name} off")
    assert await standing(scene) == {}


@pytest.fixture
async def forum(scene: Scene) -> dict[str, object]:
    """A forum of which the reader is an administrator, with topics 5 and 6."""
    scene.sandbox.member(FORUM, "administrator", user=READER)
    await scene.say("/help", chat=FORUM)
    for number, name in ((5, "Policy"), (6, "资金")):
        scene.sandbox.topic(FORUM, number, name=name)
    await scene.settle()
    return FORUM


async def zones(scene: Scene) -> dict[int, str]:
    found = {thread: await standing(scene, FORUM["id"], thread) for thread in (0, 5, 6)}
    return {thread: held["daily"].timezone for thread, held in found.items()}


async def test_a_new_zone_moves_everything_that_comes_to_the_chat(scene: Scene, forum):
    await scene.say("/subscribe daily 08:00", chat=forum)
    await scene.say("/subscribe daily 09:00", chat=forum, thread=5)
    await scene.say("/settings zone Europe/London", chat=forum)
    for thread, minute in ((0, 480), (5, 540)):
        held = (await standing(scene, FORUM["id"], thread))["daily"]
        assert (held.timezone, held.minute) == ("Europe/London", minute)
        assert held.next_at is not None
        assert held.next_at.hour * 60 + held.next_at.minute == minute


async def test_a_topics_own_zone_moves_what_comes_to_it_and_stays_when_the_chat_moves(
    scene: Scene, forum
):
    for thread in (0, 5, 6):
        await scene.say("/subscribe daily 08:00", chat=forum, thread=thread)
    (told,) = await scene.say("/settings zone Europe/London", chat=forum, thread=5)
    assert "Saved, for this topic" in told
    assert await zones(scene) == {0: "Asia/Shanghai", 5: "Europe/London", 6: "Asia/Shanghai"}
    await scene.say("/settings zone Asia/Tokyo", chat=forum)
    assert await zones(scene) == {0: "Asia/Tokyo", 5: "Europe/London", 6: "Asia/Tokyo"}
    (told,) = await scene.say("/settings zone chat", chat=forum, thread=5)
    assert "Asia/Tokyo · 10:00 (as in the chat)" in text_of(told)
    assert await zones(scene) == dict.fromkeys((0, 5, 6), "Asia/Tokyo")
    await scene.say("/subscribe daily 07:00 Europe/Paris", chat=forum, thread=6)
    assert (await zones(scene))[0] == "Asia/Tokyo"
    assert (await zones(scene))[6] == "Europe/Paris"


async def test_a_topic_is_spoken_to_in_its_own_language_typed_or_pressed(scene: Scene, forum):
    (told,) = await scene.say("/language zh", chat=forum, thread=5)
    assert told == "从现在起，我在这个话题里说中文。"
    assert "What you can ask for" in (await scene.say("/help", chat=forum))[0]
    assert "What you can ask for" in (await scene.say("/help", chat=forum, thread=6))[0]
    (told,) = await scene.say("/nosuchthing@pilotwatch_bot", chat=forum, thread=5)
    assert "/help" in told
    assert "I do not know" not in told
    (told,) = await scene.say("/start", chat=forum, thread=6)
    pressed = scene.last_message()
    await scene.press(pressed["buttons"]["简体中文"], pressed["id"], chat=forum)
    edited = scene.last_message("editMessageText")["params"]["text"]
    assert edited.startswith("从现在起，我在这个话题里说中文。")
    await scene.say("/language zh", chat=forum)
    (told,) = await scene.say("/settings language en", chat=forum, thread=5)
    assert "Language: English" in text_of(told)
    (told,) = await scene.say("/settings 语言 群", chat=forum, thread=5)
    assert "界面语言：简体中文（与群一致）" in text_of(told)


async def test_what_a_topic_does_not_set_is_as_in_its_chat(scene: Scene, forum):
    await scene.say("/settings quiet 22:00-07:00", chat=forum)
    await scene.say("/settings exclude 招聘", chat=forum)
    (told,) = await scene.say("/settings sources official", chat=forum, thread=5)
    (told,) = await scene.say("/settings", chat=forum, thread=5)
    assert "Quiet hours: 22:00-07:00" in told
    assert "招聘" in told
    assert "Told by: official only" in told
    assert "What this topic does not set is as in the chat." in told
    await scene.say("/settings quiet off", chat=forum, thread=5)
    await scene.say("/settings exclude robot*", chat=forum)
    own = await preferences(scene, FORUM["id"], 5)
    assert (own.quiet, own.rule.farthest) == (None, "interpretation")
    assert own.rule.exclude == ("招聘", "robot*")
    await scene.say("/settings language zh", chat=forum, thread=5)
    (told,) = await scene.say("/settings reset", chat=forum, thread=5)
    assert "Everything in this topic is as in the chat again" in told
    assert await preferences(scene, FORUM["id"], 5) == await preferences(scene, FORUM["id"])


async def test_only_a_topic_can_have_something_as_in_the_chat(scene: Scene):
    (told,) = await scene.say("/settings zone chat")
    assert "Only a topic of a forum" in told


async def test_each_topic_has_its_own_settings(scene: Scene, forum):
    (told,) = await scene.say("/settings sources official", chat=FORUM, thread=5)
    assert "official only" in told
    assert (await preferences(scene, FORUM["id"], 5)).rule == Rule(farthest="interpretation")
    assert await preferences(scene, FORUM["id"]) == UNSET
    (told,) = await scene.say("/settings", chat=FORUM, thread=5)
    assert "Settings of this topic" in told


async def test_in_groups_only_administrators_see_and_press_settings(scene: Scene):
    (told,) = await scene.say("/settings mute 3", chat=GROUP)
    assert told == "Only administrators of this group can do that."
    scene.sandbox.member(GROUP, "administrator", user=READER)
    await scene.settle()
    await scene.say("/settings", chat=GROUP)
    message = scene.last_message()["id"]
    scene.sandbox.member(GROUP, "member", user=READER)
    await scene.settle()
    answer = await scene.press("v1:set:mute.3", message, chat=GROUP, force=True)
    assert answer["text"] == "Only administrators of this group can do that."
    assert await preferences(scene, GROUP["id"]) == UNSET


async def test_back_to_the_usual_forgets_every_rule_but_not_what_comes(scene: Scene):
    await scene.say("/subscribe daily 07:00")
    await scene.say("/settings quiet 22:00-07:00")
    await scene.say("/settings")
    said = await press(scene, "Back to the usual")
    assert "Everything is as usual again" in said
    assert "Quiet hours: none" in said
    assert await preferences(scene) == UNSET
    assert (await standing(scene))["daily"].minute == 420


async def test_an_invented_value_of_a_button_changes_nothing(scene: Scene):
    await scene.say("/settings")
    message = scene.last_message()["id"]
    for data in ("v1:set:quiet.99:99", "v1:set:nothing.1", "v1:set:minimum.7", "v1:set:drop.x1"):
        await scene.press(data, message, force=True)
    assert await preferences(scene) == UNSET
    assert set(NAMES) > set(OPTIONS)


async def test_two_taps_from_hello_to_a_digest_at_another_hour(scene: Scene):
    await scene.say("/start")
    message = scene.last_message()
    await scene.press(message["buttons"]["📬 18:00"], message["id"])
    held = await standing(scene)
    assert held["daily"].minute == 1080
    assert "instant" in held
    message = scene.last_message()
    await scene.press(message["buttons"]["🌐 Time zone"], message["id"])
    said = await press(scene, "London 01:00")
    assert "Europe/London" in said
    assert (await standing(scene))["daily"].timezone == "Europe/London"


async def test_latest_says_how_much_newer_is_left_out(scene: Scene):
    for title in ("Robots at work", "Parks"):
        await stored_story(scene.tools.database, new_article(title=title))
    await scene.say("/settings exclude robots")
    (told,) = await scene.say("/latest")
    assert "Parks" in told
    assert "Robots" not in told
    assert "1 story is left out by what is set here" in told


async def test_why_says_which_rule_keeps_a_story_out_and_until_when_it_is_held(scene: Scene):
    number = await stored_story(scene.tools.database, new_article(title="Robots at work"))
    await scene.say("/subscribe")
    await scene.say("/settings exclude robots")
    (told,) = await scene.say(f"/why s{number}")
    assert "Alert: none, “robots” is a word that is never wanted here" in text_of(told)
    assert "Digest: none, “robots” is a word that is never wanted here" in text_of(told)
    await scene.say("/settings drop robots")
    await scene.say("/settings quiet 08:00-12:00")
    (told,) = await scene.say(f"/why s{number}")
    assert "Digest: the next one holds it" in text_of(told)
    async with scene.tools.database.write() as session:
        article = new_article(title="Robots at work", story_id=number)
        assert await owe_alerts(session, [article], scene.clock()) == 1
    (told,) = await scene.say(f"/why s{number}")
    assert "Alert: waits until 23 Nov 2026, 12:00" in text_of(told)
    assert await scene.deliver() == []
    scene.clock.at = NOW + timedelta(hours=3)
    assert len(await scene.deliver()) == 1
    (told,) = await scene.say(f"/why s{number}")
    assert "Alert: delivered 23 Nov 2026, 12:00" in text_of(told)


async def test_the_words_of_the_newest_titles_can_be_excluded_by_a_press(scene: Scene):
    for title in ("Hotpot in Chengdu", "Chengdu AI pilot zone grows"):
        await stored_story(scene.tools.database, new_article(title=title))
    await scene.say("/settings words")
    said = await press(scene, "➖ hotpot")
    assert "1 of the last 2 articles would have matched." in said
    assert (await preferences(scene)).rule == Rule(exclude=("hotpot",))
    assert "➖ hotpot" not in _standing_there(scene)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", EXPLAINED)
def test_every_example_is_understood_as_it_stands(name: str, language: Language):
    _, example = EXPLAINED[name]
    choice = read(words_for(language).plain(example))
    assert choice.name == ("exclude" if name == "words" else name)


async def test_status_says_what_keeps_things_from_coming(scene: Scene):
    for said in ("mute 3 days", "quiet 22:00-07:00", "sources official"):
        await scene.say(f"/settings {said}")
    (told,) = await scene.say("/status")
    assert "Muted until 26 Nov 2026, 09:00; /settings changes that." in told
    assert "Quiet hours: 22:00-07:00" in told
    assert "Not everything is told here" in told
