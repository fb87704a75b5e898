"""What may follow /settings, typed or in a button, and how a mistake is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.choices import NAMES, READERS, Choice, Digest, Incomplete, read
from bot.wishes import Mistake
from domain.chat import WORKDAYS
from domain.highlights import SECTIONS
from domain.preferences import Quiet
from domain.rule import MOST_WORDS, USUAL, Rule


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("time 08:30", Choice("daily", Digest(minute=510))),
        ("daily 8点半", Choice("daily", Digest(minute=510))),
        ("daily weekdays 9am", Choice("daily", Digest(minute=540, days=WORKDAYS))),
        ("daily off", Choice("daily", None)),
        ("时间 下午3点", Choice("daily", Digest(minute=900))),
        ("weekly mon", Choice("weekly", Digest(weekday=0))),
        ("weekly 18:00", Choice("weekly", Digest(minute=1080))),
        ("每周 周五 18:00", Choice("weekly", Digest(minute=1080, weekday=4))),
        ("weekly off", Choice("weekly", None)),
        ("days mon-fri", Choice("days", Digest(days=WORKDAYS))),
        ("days mon, wed, fri", Choice("days", Digest(days=0b0010101))),
        ("days 周一三五", Choice("days", Digest(days=0b0010101))),
        ("days 周一至周五", Choice("days", Digest(days=WORKDAYS))),
        ("days 工作日", Choice("days", Digest(days=WORKDAYS))),
        ("days fri-mon", Choice("days", Digest(days=0b1110001))),
        ("days 1111100", Choice("days", Digest(days=WORKDAYS))),
        ("quiet 22:00-07:00", Choice("quiet", Quiet(start=1320, until=420))),
        ("quiet 10 pm to 7am", Choice("quiet", Quiet(start=1320, until=420))),
        ("免打扰 22点到7点", Choice("quiet", Quiet(start=1320, until=420))),
        ("quiet off", Choice("quiet", None)),
        ("alerts firm", Choice("alerts", "firm")),
        ("提醒 重要", Choice("alerts", "firm")),
        ("alerts all", Choice("alerts", "all")),
        ("alerts off", Choice("alerts", None)),
        ("mute 3", Choice("mute", 3)),
        ("mute 3 days", Choice("mute", 3)),
        ("静音 3天", Choice("mute", 3)),
        ("mute 2 weeks", Choice("mute", 14)),
        ("mute off", Choice("mute", 0)),
        ("silent on", Choice("silent", True)),
        ("silent off", Choice("silent", False)),
        ("zone europe/london", Choice("zone", "Europe/London")),
        ("zone America/New York", Choice("zone", "America/New_York")),
        ("zone utc", Choice("zone", "UTC")),
        ("zone Berlin", Choice("zone", "Europe/Berlin")),
        ("zone new york", Choice("zone", "America/New_York")),
        ("时区 成都", Choice("zone", "Asia/Shanghai")),
        ("language 中文", Choice("language", "zh")),
        ("language en-GB", Choice("language", "en")),
        ("reset", Choice("reset", None)),
    ],
)
def test_choices(text: str, choice: Choice):
    assert read(text) == choice


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("kinds documents, measures", Rule(kinds=("documents", "measures"))),
        ("kinds measures documents", Rule(kinds=("documents", "measures"))),
        ("类型 政策、截止", Rule(kinds=("documents", "deadlines"))),
        ("kinds all", Rule(kinds=SECTIONS)),
        ("minimum 0.8", Rule(minimum=0.8)),
        ("minimum .8", Rule(minimum=0.8)),
        ("minimum 80%", Rule(minimum=0.8)),
        ("minimum off", Rule()),
        ("sources official", Rule(farthest="interpretation")),
        ("official on", Rule(farthest="interpretation")),
        ("official off", Rule()),
        ("sources state", Rule(farthest="state_media")),
        ("articles zh", Rule(languages=("zh",))),
        ("articles all", Rule()),
        ("exclude 招聘, robot*", Rule(exclude=("招聘", "robot*"))),
        ("exclude “pilot zone”", Rule(exclude=("pilot zone",))),
        ("排除 招聘、马拉松", Rule(exclude=("招聘", "马拉松"))),
        ("only 算力", Rule(include=("算力",))),
    ],
)
def test_what_becomes_of_a_rule(text: str, rule: Rule):
    ruling = read(text).value
    assert callable(ruling)
    assert ruling(USUAL) == rule


def ruled(text: str, rule: Rule) -> Rule:
    ruling = read(text).value
    assert callable(ruling)
    after = ruling(rule)
    assert isinstance(after, Rule)
    return after


def test_words_are_added_once_move_to_the_other_list_and_go():
    rule = ruled("exclude b2, c3", ruled("exclude a1, b2", USUAL))
    assert rule.exclude == ("a1", "b2", "c3")
    rule = ruled("include b2", rule)
    assert (rule.include, rule.exclude) == (("b2",), ("a1", "c3"))
    assert ruled("drop A1, b2", rule) == Rule(exclude=("c3",))


def test_a_list_of_words_does_not_grow_without_end():
    full = Rule(exclude=tuple(f"word{number}" for number in range(MOST_WORDS)))
    with pytest.raises(Mistake):
        ruled("exclude onemore", full)
    assert ruled("exclude word3", full) == full


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("colour blue", "colour"),
        ("quiet tonight", "tonight"),
        ("quiet 22:00-25:00", "25:00"),
        ("quiet 22:00-22:00", "22:00-22:00"),
        ("alerts some", "some"),
        ("kinds documents, soup", "soup"),
        ("minimum 2", "2"),
        ("minimum high", "high"),
        ("minimum 101%", "101%"),
        ("sources mine", "mine"),
        ("articles fr", "fr"),
        ("exclude a", "a"),
        ("exclude *", "*"),
        ("exclude " + "x" * 41, "x" * 41),
        ("exclude ,", ","),
        ("days never ever", "never ever"),
        ("days 0000000", "0000000"),
        ("mute forever", "forever"),
        ("mute 0", "0"),
        ("mute 9999", "9999"),
        ("silent maybe", "maybe"),
        ("zone Mars/Phobos", "Mars/Phobos"),
        ("zone ../../etc/passwd", "../../etc/passwd"),
        ("zone CST", "CST"),
        ("language fr", "fr"),
        ("daily soon", "soon"),
    ],
)
def test_mistakes_name_the_word_that_is_wrong(text: str, word: str):
    with pytest.raises(Mistake) as raised:
        read(text)
    assert raised.value.word == word


@pytest.mark.parametrize("name", [name for name in NAMES if name != "reset"])
def test_a_name_alone_asks_for_its_screen(name: str):
    with pytest.raises(Incomplete) as raised:
        read(name)
    assert raised.value.name == name


@given(st.sampled_from(tuple(READERS)), st.text(max_size=60))
def test_any_words_are_a_choice_a_screen_or_a_mistake(name: str, text: str):
    try:
        choice = read(f"{name} {text}")
        if callable(choice.value):
            assert isinstance(choice.value(USUAL), Rule)
    except (Mistake, Incomplete):
        return
    assert choice.name in NAMES
