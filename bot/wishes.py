"""From the words after /subscribe to what is wished for. Pure."""

import re
import unicodedata
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.language import later
from domain.chat import SubscriptionKind

DEFAULT_MINUTE = 9 * 60

_KINDS: dict[str, SubscriptionKind] = {
    "instant": "instant",
    "alerts": "instant",
    "即时": "instant",
    "daily": "daily",
    "每日": "daily",
    "每天": "daily",
    "weekly": "weekly",
    "每周": "weekly",
}
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE_DAYS = ("一二三四五六日", "一二三四五六天")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?P<half>[ap]\.?m\.?)?", re.ASCII | re.I
)
_CHINESE_TIME = re.compile(
    r"(?P<half>早上|上午|中午|下午|晚上)?(?P<hour>\d{1,2})"
    r"(?:[点时](?P<minute>\d{1,2}|半)?分?|:(?P<after>\d{2}))",
    re.ASCII,
)
_UNSPACED = re.compile(
    r"(每[日天]|每周[一二三四五六日天]?|(?:周|星期)[一二三四五六日天])(?=[早上中下晚\d])"
)
"""每天9点 is written without the space that English has there."""
_LATE = ("下午", "晚上")
_LIKE_A_TIME = re.compile(r"(?:早上|上午|中午|下午|晚上)?\d[\d:.apmh点时分半]*", re.IGNORECASE)


class Wish(NamedTuple):
    """One subscription that is asked for."""

    kind: SubscriptionKind
    minute: int = DEFAULT_MINUTE
    weekday: int = 0


class Wishes(NamedTuple):
    """What is asked for, and in which time zone if that is said."""

    wishes: tuple[Wish, ...]
    timezone: str | None = None


class Mistake(Exception):
    """Words that mean nothing here; `text` says what is wrong and is still to be translated."""

    def __init__(self, text: str, word: str) -> None:
        super().__init__(text.format(word=word))
        self.text = text
        self.word = word


USUAL = Wishes((Wish("daily"), Wish("instant")))


def read(text: str) -> Wishes:
    """Read what follows /subscribe: nothing, "daily 08:30", "weekly mon 09:00 Europe/London".

    Raises:
        Mistake: It cannot be understood.
    """
    tokens = _UNSPACED.sub(r"\1 ", unicodedata.normalize("NFKC", text)).split()
    if not tokens:
        return USUAL
    kind, rest = _kind(tokens)
    weekday, rest = _weekday(rest) if kind == "weekly" else (0, rest)
    minute, rest = _minute(rest) if kind != "instant" else (DEFAULT_MINUTE, rest)
    timezone, rest = _zone(rest) if kind != "instant" else (None, rest)
    if rest:
        raise _not_understood(rest[0])
    return Wishes((Wish(kind, minute, weekday),), timezone)


def kind_of(word: str) -> SubscriptionKind | None:
    """Return the kind of subscription that a word names, in either language."""
    return _KINDS.get(unicodedata.normalize("NFKC", word).strip().lower())


def _kind(tokens: list[str]) -> tuple[SubscriptionKind, list[str]]:
    first = tokens[0].lower()
    if first in _KINDS:
        return _KINDS[first], tokens[1:]
    if first.startswith("每周") and _day(first[1:]) is not None:
        return "weekly", [first[1:], *tokens[1:]]
    if _day(first) is not None:
        return "weekly", tokens
    if _LIKE_A_TIME.fullmatch(first):
        return "daily", tokens
    raise Mistake(
        later("“{word}” is not a kind of subscription; there are daily, weekly and instant."),
        tokens[0],
    )


def _weekday(tokens: list[str]) -> tuple[int, list[str]]:
    if not tokens or _LIKE_A_TIME.fullmatch(tokens[0]):
        return 0, tokens
    day = _day(tokens[0].lower())
    if day is None:
        raise Mistake(
            later("“{word}” is not a weekday; write mon, tue, wed, thu, fri, sat or sun."),
            tokens[0],
        )
    return day, tokens[1:]


def _day(word: str) -> int | None:
    for number, name in enumerate(_ENGLISH_DAYS):
        if len(word) >= 3 and name.startswith(word):
            return number
    for prefix in ("周", "星期"):
        name = word.removeprefix(prefix)
        for days in _CHINESE_DAYS:
            if name != word and len(name) == 1 and name in days:
                return days.index(name)
    return None


def _minute(tokens: list[str]) -> tuple[int, list[str]]:
    if not tokens or not (tokens[0][0].isdecimal() or _LIKE_A_TIME.fullmatch(tokens[0])):
        return DEFAULT_MINUTE, tokens
    word, rest = tokens[0], tokens[1:]
    if rest and rest[0].lower().replace(".", "") in ("am", "pm"):
        word, rest = word + rest[0], rest[1:]
    minute = _time_of_day(word)
    if minute is None:
        raise Mistake(later("“{word}” is not a time of day; write it from 00:00 to 23:59."), word)
    return minute, rest


def _time_of_day(word: str) -> int | None:
    """Read 9, 9:30, 9am, 9点, 下午3点半 as a minute of the day; None for what is no time."""
    found = _TIME.fullmatch(word) or _CHINESE_TIME.fullmatch(word)
    if found is None:
        return None
    said = found.groupdict()
    minutes = said["minute"] or said.get("after") or "0"
    hour, minute = int(said["hour"]), 30 if minutes == "半" else int(minutes)
    half = (said["half"] or "").lower()
    if half.startswith(("a", "p")):
        # Twelve-hour clocks begin with twelve.
        hour = hour % 12 + (12 if half[0] == "p" else 0) if 1 <= hour <= 12 else 24
    elif half in _LATE:
        # 晚上12点 is said for midnight, but of which day: that is asked for in figures.
        hour = hour + 12 if hour < 12 or half == "晚上" else hour
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _zone(tokens: list[str]) -> tuple[str | None, list[str]]:
    if not tokens:
        return None, tokens
    if "/" not in tokens[0] and tokens[0].upper() != "UTC":
        raise _not_understood(tokens[0])
    try:
        return ZoneInfo(tokens[0] if "/" in tokens[0] else "UTC").key, tokens[1:]
    except (LookupError, ValueError, OSError):
        raise Mistake(
            later("“{word}” is not a time zone; write one like Asia/Shanghai or Europe/London."),
            tokens[0],
        ) from None


def _not_understood(word: str) -> Mistake:
    return Mistake(later("“{word}” is one word too many, or not one that I know here."), word)
