"""/broadcast: shown, confirmed, sent once; and bugs that operators are told of once."""

from db.engine import Database
from jobs.faults import report, where
from tests.bot.scene import OPERATOR, READER, Scene

WORDS = "The bot <b>rests</b> tonight & tomorrow"


async def preview(scene: Scene):
    await scene.say("/help")
    await scene.say(f"/broadcast {WORDS}", OPERATOR)
    return scene.last_message()


async def test_nothing_goes_out_before_it_was_seen_and_confirmed(scene: Scene):
    shown = await preview(scene)
    assert "To 2 chats:" in shown["params"]["text"]
    assert await scene.deliver() == []
    await scene.press(shown["buttons"]["Send it"], shown["id"], OPERATOR)
    assert await scene.deliver() == ["The bot &lt;b&gt;rests&lt;/b&gt; tonight &amp; tomorrow"] * 2
    (told,) = await scene.say("/broadcast", OPERATOR)
    assert "2 arrived, 0 to be sent" in told


async def test_a_second_press_sends_nothing(scene: Scene):
    shown = await preview(scene)
    await scene.press(shown["buttons"]["Send it"], shown["id"], OPERATOR)
    await scene.deliver()
    await scene.press(shown["buttons"]["Send it"], shown["id"], OPERATOR, force=True)
    assert "already" in scene.last_message("editMessageText")["params"]["text"]
    assert await scene.deliver() == []


async def test_what_was_dropped_is_not_sent(scene: Scene):
    shown = await preview(scene)
    await scene.press(shown["buttons"]["Drop it"], shown["id"], OPERATOR)
    await scene.press(shown["buttons"]["Send it"], shown["id"], OPERATOR, force=True)
    assert await scene.deliver() == []


def broken() -> ValueError:
    try:
        raise ValueError("words of somebody")
    except ValueError as error:
        return error


async def test_operators_are_told_of_a_bug_once_and_never_in_anybodys_words(scene: Scene):
    await scene.say("/help", OPERATOR)
    await scene.say("/help", READER)
    database: Database = scene.tools.database
    first = await report(database, broken(), scene.clock())
    again = await report(database, broken(), scene.clock.turn(hours=1))
    (told,) = await scene.deliver()
    assert first == again
    assert first in told
    assert "ValueError in tests/bot/test_broadcast.py" in told
    assert "words of somebody" not in told


async def test_another_line_is_another_bug(scene: Scene):
    await scene.say("/help", OPERATOR)
    assert where(broken()) != where(KeyError("x"))
    one = await report(scene.tools.database, broken(), scene.clock())
    other = await report(scene.tools.database, KeyError("x"), scene.clock())
    assert one != other
    assert len(await scene.deliver()) == 2
