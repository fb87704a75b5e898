"""Who asks for a lot at once: bursts are answered, floods get one polite word."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.context import equip
from bot.patience import GROUP, MOST_ASKERS, PERSON, Patience
from tests.bot.scene import GROUP as A_GROUP
from tests.bot.scene import READER, Scene


class Watch:
    """A clock that is turned by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_answered_a_flood_declined_once_and_then_ignored():
    patience = Patience(Watch())
    verdicts = [patience.with_(7, 7) for _ in range(int(PERSON.at_once) + 5)]
    assert verdicts[:-5] == ["answer"] * int(PERSON.at_once)
    assert verdicts[-5:] == ["decline", "ignore", "ignore", "ignore", "ignore"]
    assert patience.with_(8, 8) == "answer"


def test_who_waits_is_answered_again_and_told_politely_again():
    watch = Watch()
    patience = Patience(watch)
    for _ in range(int(PERSON.at_once) + 2):
        patience.with_(7, 7)
    watch.now = 2.0
    assert [patience.with_(7, 7) for _ in range(4)] == ["answer", "answer", "decline", "ignore"]


def test_a_group_is_answered_as_often_as_telegram_lets_it():
    patience = Patience(Watch())
    verdicts = [patience.with_(user, -5) for user in range(1, int(GROUP.at_once) + 3)]
    assert verdicts[-2:] == ["decline", "ignore"]
    assert patience.with_(1, 1) == "answer"
    assert patience.with_(None, -5) == "ignore"


def test_who_was_silent_longest_is_forgotten_first():
    patience = Patience(Watch())
    for user in range(1, MOST_ASKERS + 100):
        patience.with_(user, user)
    assert len(patience._left) == MOST_ASKERS


@given(st.lists(st.floats(0, 10), max_size=200))
def test_in_no_time_more_is_answered_than_the_allowance(pauses: list[float]):
    watch = Watch()
    patience = Patience(watch)
    answered = 0
    for pause in pauses:
        watch.now += pause
        answered += patience.with_(7, 7) == "answer"
    assert answered <= PERSON.at_once + watch.now * PERSON.a_second + 1e-6


def without_refill(scene: Scene) -> None:
    """Let no time pass for the patience of the bot: the machine may be slow."""
    equip(scene.app.bot_data, replace(scene.tools, patience=Patience(Watch())))


async def test_a_flood_of_commands_gets_one_polite_word(scene: Scene):
    without_refill(scene)
    answers = [await scene.say("/nonsense") for _ in range(int(PERSON.at_once) + 30)]
    said = [text for texts in answers for text in texts if "a lot at once" in text]
    assert len(said) == 1
    assert answers[-1] == []


async def test_a_flood_of_presses_is_told_so_once_and_always_answered(scene: Scene):
    without_refill(scene)
    await scene.say("/start")
    sent = scene.last_message()
    presses = [
        await scene.press("v1:lang:en", sent["id"], force=True)
        for _ in range(int(PERSON.at_once) + 20)
    ]
    told = [press.get("text") for press in presses if "a lot at once" in (press.get("text") or "")]
    assert len(told) == 1


async def test_other_words_in_a_group_cost_nothing(scene: Scene):
    for _ in range(int(GROUP.at_once) * 3):
        await scene.say("good morning", READER, chat=A_GROUP)
    assert await scene.say("/help", READER, chat=A_GROUP)
