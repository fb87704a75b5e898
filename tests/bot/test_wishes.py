"""What may follow /subscribe, and how a mistake is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wishes import USUAL, Mistake, Wish, Wishes, read


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("", USUAL),
        ("   ", USUAL),
        ("instant", Wishes((Wish("instant"),))),
        ("即时", Wishes((Wish("instant"),))),
        ("daily", Wishes((Wish("daily", 540),))),
        ("DAILY 8:05", Wishes((Wish("daily", 485),))),
        ("daily 00:00", Wishes((Wish("daily", 0),))),
        ("每日 09：30", Wishes((Wish("daily", 570),))),
        ("daily 9", Wishes((Wish("daily", 540),))),
        ("daily 9am", Wishes((Wish("daily", 540),))),
        ("daily 9:15 PM", Wishes((Wish("daily", 1275),))),
        ("daily 12am", Wishes((Wish("daily", 0),))),
        ("daily 12 p.m.", Wishes((Wish("daily", 720),))),
        ("daily 9点", Wishes((Wish("daily", 540),))),
        ("每天 9点半", Wishes((Wish("daily", 570),))),
        ("每天 下午3点20分", Wishes((Wish("daily", 920),))),
        ("每日 晚上8:30", Wishes((Wish("daily", 1230),))),
        ("每天9点", Wishes((Wish("daily", 540),))),
        ("周一上午9点半", Wishes((Wish("weekly", 570, 0),))),
        ("每周日18:00", Wishes((Wish("weekly", 1080, 6),))),
        ("9点", Wishes((Wish("daily", 540),))),
        ("9am Europe/London", Wishes((Wish("daily", 540),), "Europe/London")),
        ("周一 09:00", Wishes((Wish("weekly", 540, 0),))),
        ("星期五 9点", Wishes((Wish("weekly", 540, 4),))),
        ("friday", Wishes((Wish("weekly", 540, 4),))),
        ("09:30", Wishes((Wish("daily", 570),))),
        ("weekly", Wishes((Wish("weekly", 540, 0),))),
        ("weekly sun 23:59", Wishes((Wish("weekly", 1439, 6),))),
        ("weekly Wednesday", Wishes((Wish("weekly", 540, 2),))),
        ("weekly 10:00", Wishes((Wish("weekly", 600, 0),))),
        ("每周五 18:00", Wishes((Wish("weekly", 1080, 4),))),
        ("每周 星期天 18:00", Wishes((Wish("weekly", 1080, 6),))),
        ("daily 08:30 Europe/London", Wishes((Wish("daily", 510),), "Europe/London")),
        ("daily Asia/Shanghai", Wishes((Wish("daily", 540),), "Asia/Shanghai")),
        ("daily 08:30 utc", Wishes((Wish("daily", 510),), "UTC")),
    ],
)
def test_wishes(text: str, wished: Wishes):
    assert read(text) == wished


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("daily 25:00", "25:00"),
        ("daily 24:00", "24:00"),
        ("daily 12:60", "12:60"),
        ("daily 24h", "24h"),
        ("daily 13am", "13am"),
        ("daily 0pm", "0pm"),
        ("daily 24", "24"),
        ("daily 25点", "25点"),
        ("daily 晚上12点", "晚上12点"),
        ("daily 9点60", "9点60"),
        ("25:00", "25:00"),
        ("monthly 9", "monthly"),
        ("weekly funday 09:00", "funday"),
        ("weekly mo 09:00", "mo"),
        ("hourly", "hourly"),
        ("daily 09:00 Mars/Phobos", "Mars/Phobos"),
        ("daily 09:00 ../../etc/passwd", "../../etc/passwd"),
        ("daily 09:00 sharp", "sharp"),
        ("daily 09:00 Asia/Shanghai please", "please"),
        ("instant 09:00", "09:00"),
    ],
)
def test_mistakes_name_the_word_that_is_wrong(text: str, word: str):
    with pytest.raises(Mistake) as raised:
        read(text)
    assert raised.value.word == word
    assert word in str(raised.value)


@given(st.text(st.characters()))
def test_any_words_are_a_wish_or_a_mistake(text: str):
    try:
        wishes = read(text).wishes
    except Mistake:
        return
    assert all(0 <= wish.minute < 1440 and 0 <= wish.weekday <= 6 for wish in wishes)
