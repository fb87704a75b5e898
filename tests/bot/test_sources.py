"""What operators say about sources, and what comes of it."""

import base64
import json
from dataclasses import replace
from datetime import timedelta

import pytest

import db.audit
import db.sources
from bot.commands.opml import starter
from bot.edits import Mistake, read
from bot.language import words_for
from bot.render import render
from bot.render.trouble import _CODES
from domain.chat import Chat
from domain.notice import Notice, Notices
from domain.source import Source
from jobs.watchdog import watch_over
from sources.errors import FetchError, ParseError
from tests.bot.scene import OPERATOR, READER, Scene, opened
from tests.builders import NOW, source, stored_source
from tests.feed_server import item, rss, serving

NEWS = item(
    1, "Chengdu AI pilot zone grows", "Chengdu's AI pilot zone has over 90 key enterprises. " * 20
)


@pytest.fixture
async def reading(kept, jail):
    """A bot that can read sources."""
    async with opened(kept, jail) as scene:
        yield scene


@pytest.fixture
async def feeds():
    async with serving() as server:
        server.bodies["/zone.xml"] = rss([NEWS])
        yield server


async def sources(scene: Scene) -> list[Source]:
    async with scene.tools.database.read() as session:
        return await db.sources.every(session)


async def test_an_address_is_shown_and_watched_after_a_yes_and_twice_is_harmless(reading, feeds):
    (shown,) = await reading.say(f"/addsource {feeds.url('/zone.xml')}", OPERATOR)
    for part in ("Zone news", "feed", "Chengdu AI pilot zone grows", "23 Nov", "1 fact"):
        assert part in shown
    assert await sources(reading) == []
    message = reading.last_message()
    for _ in range(2):
        await reading.press(message["buttons"]["Watch it"], message["id"], OPERATOR, force=True)
    (watched,) = await sources(reading)
    assert watched.title == "Zone news"
    (known,) = await reading.say(f"/addsource {feeds.url('/zone.xml')}", OPERATOR)
    assert "watched already, as #1" in known


async def test_the_button_that_also_sends_the_newest_watches_the_source_and_says_so(reading, feeds):
    await reading.say(f"/addsource {feeds.url('/zone.xml')}", OPERATOR)
    message = reading.last_message()
    newest = message["buttons"]["Watch it, and send the newest 3"]
    for _ in range(2):
        await reading.press(newest, message["id"], OPERATOR, force=True)
    (watched,) = await sources(reading)
    edited = reading.calls("editMessageText")[0]["params"]["text"]
    assert watched.title == "Zone news"
    assert "The newest about the topic go out now" in edited


async def test_a_list_that_is_not_recognised_is_watched_by_what_is_said_behind_its_address(
    reading, feeds
):
    rows = [{"name": f"成都市人工智能第{n}号公告", "go": f"/{n}.html"} for n in range(3)]
    feeds.bodies["/api"] = json.dumps({"a": {"b": rows}}, ensure_ascii=False).encode()
    feeds.bodies["/page"] = (
        b"<html><body><p><b>One</b> <a href='/1'>The first notice</a></p></body>"
    )
    (refused,) = await reading.say(f"/addsource {feeds.url('/page')}", OPERATOR)
    assert "CSS selector" in refused
    (shown,) = await reading.say(f"/addsource {feeds.url('/page')} selector p a", OPERATOR)
    assert "The first notice" in shown
    words = "fields items=a.b title=name url=go timezone Europe/London"
    (shown,) = await reading.say(f"/addsource {feeds.url('/api')} {words}", OPERATOR)
    assert "第0号公告" in shown
    message = reading.last_message()
    await reading.press(message["buttons"]["Watch it"], message["id"], OPERATOR)
    (watched,) = await sources(reading)
    assert watched.options.fields == {"items": "a.b", "title": "name", "url": "go"}
    assert (watched.kind, watched.options.timezone) == ("json", "Europe/London")


async def test_what_is_said_wrongly_behind_an_address_is_named(reading, feeds):
    (told,) = await reading.say(f"/addsource {feeds.url('/zone.xml')} nonsense", OPERATOR)
    assert "“nonsense” is nothing that can be said of a new source" in told
    (told,) = await reading.say(f"/addsource {feeds.url('/zone.xml')} charset klingon", OPERATOR)
    assert "“klingon” is not an encoding" in told


async def test_operators_are_told_in_their_language_why_an_address_or_a_list_is_refused(
    reading, feeds
):
    chinese = {**OPERATOR, "language_code": "zh"}
    await reading.say("/language zh", chinese)
    (told,) = await reading.say(f"/addsource {feeds.url('/nowhere')}", chinese)
    assert "404" in told
    assert "Check the address" not in told
    lines = (
        b"<opml version='2.0'><body><outline text='M' xmlUrl='mailto:a@b.example'/>"
        b"<outline text='K' xmlUrl='https://a.example/' pw:kind='x' "
        b"xmlns:pw='urn:pilotwatch:opml:1'/>"
        b"</body></opml>"
    )
    document = {"file_name": "a.opml", "base64": base64.b64encode(lines).decode()}
    (told,) = await reading.say("", chinese, document=document)
    assert "K" in told
    assert "不认识类型“x”" in told
    assert "没有 http:// 或 https:// 地址" in told


async def test_where_a_source_has_moved_it_is_followed_by_a_button(scene):
    await scene.say("/start", OPERATOR)
    kept = await stored_source(scene.tools.database, title="Zone", url="https://old.example/feed")
    moved = replace(kept, moved_to="https://other.example/feed", moves=3)
    async with scene.tools.database.write() as session:
        await db.sources.save(session, replace(moved, next_at=scene.clock()))
    await watch_over(scene.tools.database, scene.clock())
    (told,) = await scene.deliver()
    assert "another owner’s" in told
    message = scene.last_message()
    (card,) = await scene.say(f"/source {kept.id}", OPERATOR)
    assert "3 times in a row" in card
    assert "↪️ Follow to its new address" in scene.last_message()["buttons"]
    for _ in range(2):
        await scene.press(message["buttons"]["↪️ Follow #1"], message["id"], OPERATOR, force=True)
        (now,) = await sources(scene)
        assert (now.url, now.moved_to, now.moves) == ("https://other.example/feed", None, 0)
    async with scene.tools.database.read() as session:
        assert (await db.audit.latest(session, 9))[-1].action == "source.address"


async def test_nothing_is_watched_after_a_no(reading, feeds):
    await reading.say(f"/addsource {feeds.url('/zone.xml')}", OPERATOR)
    message = reading.last_message()
    await reading.press(message["buttons"]["Leave it"], message["id"], OPERATOR)
    await reading.press(message["buttons"]["Watch it"], message["id"], OPERATOR, force=True)
    assert "expired" in reading.last_message("editMessageText")["params"]["text"]
    assert await sources(reading) == []


async def test_another_feed_of_the_page_is_a_button_away(reading, feeds):
    feeds.bodies["/b.xml"] = rss([NEWS], "Second")
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' title='{name}' href='/{path}'>"
        for name, path in (("One", "zone.xml"), ("Two", "b.xml"))
    )
    url = feeds.page("/", f"<html><head>{links}</head><body>Welcome</body></html>")
    await reading.say(f"/addsource {url}", OPERATOR)
    message = reading.last_message()
    await reading.press(message["buttons"]["Look at: Two"], message["id"], OPERATOR)
    again = reading.last_message("editMessageText")
    assert "Second" in again["params"]["text"]


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("pause", "state", "paused"),
        ("rename 成都市经信局", "title", "成都市经信局"),
        ("tier official", "tier", "official"),
        ("tier state media", "tier", "state_media"),
        ("language zh-hans", "language", "zh-Hans"),
        ("interval 30", "interval.seconds", 1800),
        ("charset GB18030", "options.charset", "gb18030"),
        ("selector ul.list > li a", "options.selector", "ul.list > li a"),
        (
            "fields items=data.list, title=name",
            "options.fields",
            {"items": "data.list", "title": "name"},
        ),
        ("timezone Europe/London", "options.timezone", "Europe/London"),
        ("fulltext on", "full_text", True),
        ("address https://b.example/list", "url", "https://b.example/list"),
    ],
)
async def test_a_source_is_changed_by_words_and_the_audit_log_knows(scene, words, field, value):
    kept = await stored_source(scene.tools.database)
    (card,) = await scene.say(f"/source {kept.id} {words}", OPERATOR)
    assert f"#{kept.id}" in card
    (after,) = await sources(scene)
    for name in field.split("."):
        after = getattr(after, name)
    assert after == value
    async with scene.tools.database.read() as session:
        (entry,) = await db.audit.latest(session, 1)
    assert (entry.action, entry.actor_id) == (f"source.{words.split()[0]}", OPERATOR["id"])


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("tier best", "“best” is not a tier"),
        ("charset klingon", "“klingon” is not an encoding"),
        ("interval 0", "“0” is not a number of minutes"),
        ("timezone Mars/Phobos", "“Mars/Phobos” is not a time zone"),
        ("timezone Berlni", "did you mean Europe/Berlin?"),
        ("address ftp://a.example/", "is not a web address"),
        ("fields author=x", "“author=x” names no field"),
        ("language fr", "“fr” is not a language"),
        ("rename", "1 to 200 characters"),
        ("fulltext maybe", "neither on nor off"),
        ("paint it black", "“paint” is nothing that can be changed"),
    ],
)
async def test_what_cannot_be_changed_is_said_and_changes_nothing(scene, words, answer):
    kept = await stored_source(scene.tools.database)
    (told,) = await scene.say(f"/source {kept.id} {words}", OPERATOR)
    assert answer in told
    assert await sources(scene) == [kept]


def test_every_mistake_can_be_said_in_every_language():
    for words in ("", "tier x", "charset \ud800", "interval 一", "selector", "address a b"):
        with pytest.raises(Mistake) as mistake:
            read(words, NOW)
        for language in ("en", "zh"):
            assert words_for(language).say(mistake.value.text, **mistake.value.values)


async def test_an_address_that_another_source_has_is_refused(scene):
    first = await stored_source(scene.tools.database, url="https://a.example/feed")
    second = await stored_source(scene.tools.database, url="https://b.example/feed")
    (told,) = await scene.say(f"/source {second.id} address http://a.example/feed/", OPERATOR)
    assert f"watched already, as #{first.id}" in told


async def test_a_source_is_paused_and_resumed_by_buttons(scene):
    kept = await stored_source(scene.tools.database)
    await scene.say(f"/source {kept.id}", OPERATOR)
    message = scene.last_message()
    assert set(message["buttons"]) == {"Pause", "Read it now", "Test", "Remove"}
    for _ in range(2):
        await scene.press(message["buttons"]["Pause"], message["id"], OPERATOR, force=True)
        assert (await sources(scene))[0].state == "paused"
    await scene.press(f"v1:source:{kept.id}.resume", message["id"], OPERATOR)
    assert (await sources(scene))[0].state == "active"


async def test_a_source_is_tested_without_keeping_and_read_on_request(reading, feeds):
    kept = await stored_source(reading.tools.database, url=feeds.url("/zone.xml"))
    (told,) = await reading.say(f"/source {kept.id} test", OPERATOR)
    assert "Chengdu AI pilot zone grows" in told
    assert (await sources(reading))[0].never_read
    (told,) = await reading.say(f"/source {kept.id} poll", OPERATOR)
    assert "1 new article" in told
    feeds.statuses["/zone.xml"] = 404
    (told,) = await reading.say(f"/source {kept.id} test", OPERATOR)
    assert "no page at this address (404)" in told


async def test_a_changed_address_sends_nothing_again(reading, feeds):
    kept = await stored_source(reading.tools.database, url=feeds.url("/zone.xml"))
    await reading.say(f"/source {kept.id} poll", OPERATOR)
    feeds.bodies["/new.xml"] = feeds.bodies["/zone.xml"]
    await reading.say(f"/source {kept.id} address {feeds.url('/new.xml')}", OPERATOR)
    (told,) = await reading.say(f"/source {kept.id} poll", OPERATOR)
    assert "0 new articles" in told


async def test_a_list_of_sources_goes_out_and_comes_back(reading):
    await stored_source(
        reading.tools.database, url="https://a.example/l", title="甲", kind="list", tier="official"
    )
    await reading.say("/exportopml", OPERATOR)
    (sent,) = reading.calls("sendDocument")
    file = reading.sandbox.world.files.by_id(sent["result"]["document"]["file_id"])
    assert file
    await reading.say(f"/source {(await sources(reading))[0].id} remove", OPERATOR)
    message = reading.last_message()
    await reading.press(message["buttons"]["Remove it"], message["id"], OPERATOR)
    assert await sources(reading) == []
    document = {"file_name": "list.opml", "base64": base64.b64encode(file.content).decode()}
    for expected in ("Added: 1; watched already: 0", "Added: 0; watched already: 1"):
        (told,) = await reading.say("", OPERATOR, document=document)
        assert expected in told
    (back,) = await sources(reading)
    assert (back.url, back.title, back.kind, back.tier) == (
        "https://a.example/l", "甲", "list", "official",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "answer"),
    [
        ("list.zip", b"PK", "only read .opml and .xml"),
        ("a.opml", b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml><body/></opml>", "document type"),
        ("a.opml", b"hello", "OPML"),
        ("a.opml", b"<opml>" + b" " * 1_100_000 + b"</opml>", "up to 1 MB"),
    ],
)
async def test_a_file_that_is_no_list_is_refused_in_plain_words(reading, name, content, answer):
    document = {"file_name": name, "base64": base64.b64encode(content).decode()}
    (told,) = await reading.say("/importopml", OPERATOR, document=document)
    assert answer in told
    assert await sources(reading) == []


async def test_a_stranger_may_not_send_lists(scene):
    document = {"file_name": "a.opml", "base64": base64.b64encode(b"<opml/>").decode()}
    (told,) = await scene.say("", READER, document=document)
    assert told == "This is for the operators of this bot only."


async def test_a_first_start_without_sources_offers_the_starter_list_to_operators(scene):
    (hello,) = await scene.say("/start", READER)
    assert "starter list" not in hello
    (hello,) = await scene.say("/start", OPERATOR)
    assert "not verified" in hello
    message = scene.last_message()
    for _ in range(2):
        await scene.press("v1:starter:", message["id"], OPERATOR, force=True)
        assert len(await sources(scene)) == len(starter().sources)
    (hello,) = await scene.say("/start", OPERATOR)
    assert "starter list" not in hello


def test_the_starter_list_has_official_sources_first_in_both_languages():
    listed = starter()
    assert listed.refused == ()
    assert [one.tier for one in listed.sources][:10] == ["official"] * 10
    assert {one.language for one in listed.sources} == {"zh-Hans", "en"}
    assert {"list", "feed", "search"} == {one.kind for one in listed.sources}


async def test_an_incident_reaches_operators_in_their_language_and_nobody_else(scene):
    await scene.say("/subscribe", READER)
    await scene.say("/start", {**OPERATOR, "language_code": "zh"})
    kept = await stored_source(scene.tools.database, title="成都市经信局")
    failing = source(
        id=kept.id, url=kept.url, title=kept.title, failures=3, error="No.", error_code="anti_bot"
    )
    async with scene.tools.database.write() as session:
        await db.sources.save(session, failing)
    await watch_over(scene.tools.database, scene.clock())
    (told,) = await scene.deliver()
    assert "成都市经信局" in told
    assert "反爬" in told
    assert scene.last_message()["params"]["chat_id"] == OPERATOR["id"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_known_failure_has_words_and_an_action(language):
    documented = f"{FetchError.__doc__}{ParseError.__doc__}"
    for code in _CODES:
        notice = Notice(
            source_id=1, title="A", url="https://a.example/", trouble="failing", code=code
        )
        (message,) = render(Notices(notices=(notice,)), Chat(id=1, language=language))
        assert "None" not in message.html
        assert code == "our_fault" or code.startswith("http_") or code in documented
    codes = {"dns", "tls", "timeout", "anti_bot", "empty_list", "selector_empty", "not_a_feed"}
    assert codes <= set(_CODES)


async def test_a_number_that_no_source_has_is_said(reading):
    (answer,) = await reading.say("/source 99", OPERATOR)
    assert "There is no source 99" in answer
    (usage,) = await reading.say("/source x", OPERATOR)
    assert "Say which one by its number" in usage


async def test_of_very_many_sources_those_in_trouble_are_listed_first(scene: Scene):
    for number in range(1, 46):
        await stored_source(scene.tools.database, title=f"Paper {number}")
    async with scene.tools.database.write() as session:
        (ill,) = [one for one in await db.sources.every(session) if one.title == "Paper 44"]
        await db.sources.save(session, replace(ill, error="It is broken.", failures=3))
    told = await scene.say("/sources", OPERATOR)
    assert len(told) <= 3
    assert told[0].index("Paper 44") < told[0].index("Paper 1<")
    assert "… and 15 more." in told[-1]


async def test_what_telegram_puts_off_for_a_moment_is_said_a_moment_later(scene: Scene):
    await scene.say("/help")
    scene.sandbox.fault("sendMessage", chat=READER["id"], times=1, retry_after=1)
    assert any("/subscribe" in one for one in await scene.say("/help"))
    assert [call["status"] for call in scene.calls("sendMessage")][-2:] == [429, 200]


CHINESE_OPERATOR = {**OPERATOR, "language_code": "zh-hans"}


async def test_a_card_says_what_is_set_in_the_operators_language_and_in_plain_numbers(scene: Scene):
    kept = await stored_source(scene.tools.database)
    async with scene.tools.database.write() as session:
        await db.sources.save(session, replace(kept, interval=timedelta(seconds=2)))
    (card,) = await scene.say(f"/source {kept.id}", OPERATOR)
    assert "Read: every 2 seconds" in card
    assert "Articles read in full: no" in card
    assert f"/source {kept.id} interval 30" in card
    await scene.say("/language zh", OPERATOR)
    (card,) = await scene.say(f"/source {kept.id}", OPERATOR)
    for line in ("读取频率：每 2 秒", "编码：自动识别", "类型：", "来源级别：", "读取全文：否"):
        assert line in card
    for raw in ("kind", "tier", "fulltext", "charset", "0.0333"):
        assert raw not in card


async def test_what_failed_in_a_round_is_said_in_the_operators_language(reading, feeds):
    feeds.bodies["/zone.xml"] = rss([NEWS])
    await reading.say(f"/addsource {feeds.url('/zone.xml')}", OPERATOR)
    message = reading.last_message()
    await reading.press(message["buttons"]["Watch it"], message["id"], OPERATOR)
    await reading.say("/language zh", OPERATOR)
    del feeds.bodies["/zone.xml"]
    (told,) = await reading.say("/poll", OPERATOR)
    assert "⚠️ #1 127.0.0.1：该地址没有页面（404）" in told
