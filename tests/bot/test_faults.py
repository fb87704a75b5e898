"""Whatever fails in a handler: people get a number, operators one word of it, and the bot lives."""

import json
import logging
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

import bot.dispatch
from bot.commands import COMMANDS, PRESSED
from bot.logs import set_up_logging
from bot.settings import Settings
from db.engine import Database
from jobs.concerning import concerned, concerning
from jobs.faults import AT_ONCE, report
from tests.bot.scene import OPERATOR, READER, Scene
from tests.bot.test_who_may import ARGUMENTS
from tests.builders import NOW
from tests.db.counting import rows_in

ROOT = Path(__file__).parents[2]
PRIVATE_WORDS = "Xanthippe wrote this herself"


async def broken(*_: object) -> None:
    raise RuntimeError(PRIVATE_WORDS)


def failure(number: int) -> Exception:
    """Return an error that came up at a place of its own."""
    namespace: dict[str, object] = {}
    code = "\n" * number + "def fail(): raise LookupError('x')\n"
    exec(compile(code, str(ROOT / "somewhere.py"), "exec"), namespace)  # noqa: S102 - our own two lines
    try:
        namespace["fail"]()  # type: ignore[operator]
    except LookupError as error:
        return error
    raise AssertionError


async def test_whatever_handler_fails_the_bot_lives(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    await scene.say("/help", OPERATOR)
    sent = scene.last_message()
    commands = tuple(replace(one, run=broken) for one in COMMANDS)
    pressed = tuple(replace(one, run=broken) for one in PRESSED)
    monkeypatch.setattr(bot.dispatch, "COMMANDS", commands)
    monkeypatch.setattr(bot.dispatch, "PRESSED", pressed)
    moments = count(10**9, 60)
    monkeypatch.setattr(scene.tools.patience, "_clock", lambda: float(next(moments)))
    for command in commands:
        (told,) = await scene.say(f"/{command.name}", OPERATOR)
        assert told.startswith("Something failed (id "), command.name
        assert PRIVATE_WORDS not in told
    for button in pressed:
        data = f"v1:{button.verb}:{ARGUMENTS[button.verb]}"
        await scene.press(data, sent["id"], OPERATOR, force=True)
        assert scene.last_message()["params"]["text"].startswith("Something failed"), button.verb
    (notice,) = await scene.deliver()  # one place, one bug, however often
    assert PRIVATE_WORDS not in notice
    monkeypatch.undo()
    assert await scene.say("/help", READER)


async def test_a_storm_of_bugs_is_a_handful_of_messages(scene: Scene):
    await scene.say("/help", OPERATOR)
    for number in range(40):
        await report(scene.tools.database, failure(number), scene.clock())
    assert len(await scene.deliver()) == AT_ONCE
    assert await rows_in(scene.tools.database, "fault") == 40
    await report(scene.tools.database, failure(99), scene.clock.turn(minutes=6))
    assert len(await scene.deliver()) == 1


async def test_word_of_a_bug_that_cannot_be_delivered_is_no_new_bug(scene: Scene):
    await scene.say("/help", OPERATOR)
    scene.sandbox.fault("sendMessage", chat=OPERATOR["id"], times=50, code=403)
    await report(scene.tools.database, failure(1), scene.clock())
    assert len(await scene.deliver()) == 1  # tried, and refused
    for _ in range(3):
        scene.clock.turn(minutes=10)
        await scene.outbox.sweep()
        assert await scene.deliver() == []
    assert await rows_in(scene.tools.database, "fault") == 1


async def test_a_bug_in_telling_of_bugs_ends_with_itself(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    def cannot(*_: object) -> None:
        raise RuntimeError("no words for it")

    await scene.say("/help", OPERATOR)
    monkeypatch.setattr(scene.outbox._courier, "compose", cannot)
    await report(scene.tools.database, failure(1), scene.clock())
    for _ in range(4):
        scene.clock.turn(minutes=10)
        await scene.deliver()
    assert await rows_in(scene.tools.database, "fault") == 2
    counts = "SELECT count(*) FROM delivery"
    async with scene.tools.database.engine.connect() as connection:
        assert (await connection.exec_driver_sql(counts)).scalar_one() == 2


async def test_an_operator_who_has_not_begun_a_chat_is_not_written_to(kept: Database):
    number = await report(kept, failure(1), NOW)
    assert len(number) == 4
    assert await rows_in(kept, "delivery") == 0


async def test_log_lines_of_machines_say_what_was_worked_on(log_stream):
    set_up_logging(Settings.read({"LOG_FORMAT": "json"}), log_stream)
    with concerning(source=3), concerning(job="poll"):
        logging.getLogger("jobs.poll").info("read")
    logging.getLogger("jobs.poll").info("done")
    first, second = map(json.loads, log_stream.getvalue().splitlines())
    assert (first["source"], first["job"]) == (3, "poll")
    assert "source" not in second
    assert concerned() == {}


async def test_names_and_words_of_people_are_in_no_log_line(scene: Scene, caplog):
    caplog.set_level(logging.DEBUG)
    person = {"id": 70_077, "first_name": "Xanthippe", "username": "xanthippe_of_athens"}
    for words in ("Xanthippe asks something", "/search Xanthippe", "/nonsense Xanthippe", "/help"):
        await scene.say(words, person)
    group = {"id": -70_078, "type": "group", "title": "Friends of Xanthippe"}
    await scene.say("/latest", person, chat=group)
    scene.sandbox.fault("sendMessage", chat=70_077, times=1, code=403)
    await scene.say("/status", person)
    ours = [one for one in caplog.records if one.name.partition(".")[0] in ("bot", "jobs", "db")]
    assert ours
    assert [one.getMessage() for one in ours if "xanthippe" in one.getMessage().lower()] == []
