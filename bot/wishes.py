"""From the words after /subscribe to what is wished for. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from bot import zones
from bot.language import later
from bot.weekdays import day_of, days_of
from domain.chat import EVERY_DAY, SubscriptionKind

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
_AROUND = re.compile(r"\s*([,，、])\s*|\s+([-–—~])\s+")
"""mon, wed and mon - fri are one word each."""
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?P<half>[ap]\.?m\.?)?", re.ASCII | re.I
)
_CHINESE_TIME = re.compile(
    r"(?P<half>早上|上午|中午|下午|晚上)?(?P<hour>\d{1,2})"
    r"(?:[点时](?P<minute>\d{1,2}|半)?分?|:(?P<after>\d{2}))",
    re.ASCII,
)
_UNSPACED = re.compile(
    r"(每[日天]|每周[一二三四五六日天]?|工作日|周末|(?:周|星期)[一二三四五六日天]+"
    r"(?:[至到](?:周|星期)?[一二三四五六日天])?)(?=[早上中下晚\d])"
)
"""每天9点 is written without the space that English has there."""
_LATE = ("下午", "晚上")
_LIKE_A_TIME = re.compile(r"(?:早上|上午|中午|下午|晚上)?\d[\d:.apmh点时分半]*", re.IGNORECASE)


class Wish(NamedTuple):
    """One subscription that is asked for."""

    kind: SubscriptionKind
    minute: int = DEFAULT_MINUTE
    weekday: int = 0
    days: int = EVERY_DAY


class Wishes(NamedTuple):
    """What is asked for, and in which time zone if that is said."""

    wishes: tuple[Wish, ...]
    timezone: str | None = None


class Mistake(Exception):
    """Words that mean nothing here; `text` says what is wrong and is still to be translated."""

    def __init__(self, text: str, word: str, near: Sequence[str] = ()) -> None:
        self.near = ", ".join(near)
        super().__init__(text.format(word=word, near=self.near))
        self.text = text
        self.word = word


USUAL = Wishes((Wish("daily"), Wish("instant")))


def read(text: str) -> Wishes:
    """Read what follows /subscribe: nothing, "daily 08:30", "weekly mon 09:00 Europe/London".

    Raises:
        Mistake: It cannot be understood.
    """
    tokens = words_of(text)
    if not tokens:
        return USUAL
    kind, rest = _kind(tokens)
    if kind == "instant":
        wish, timezone = Wish("instant"), None
    else:
        weekday, rest = _weekday(rest) if kind == "weekly" else (0, rest)
        days, rest = _days(rest) if kind == "daily" else (EVERY_DAY, rest)
        minute, rest = _minute(rest)
        timezone, rest = _zone(rest)
        wish = Wish(kind, minute, weekday, days)
    if rest:
        raise not_understood(rest[0])
    return Wishes((wish,), timezone)


def words_of(text: str) -> list[str]:
    """Cut what was typed into words; days that belong together are one."""
    plain = _AROUND.sub(lambda found: found[1] or "-", unicodedata.normalize("NFKC", text))
    return _UNSPACED.sub(r"\1 ", plain.replace("，", ",")).split()


def kind_of(word: str) -> SubscriptionKind | None:
    """Return the kind of subscription that a word names, in either language."""
    return _KINDS.get(unicodedata.normalize("NFKC", word).strip().lower())


def _kind(tokens: list[str]) -> tuple[SubscriptionKind, list[str]]:
    first = tokens[0].lower()
    if first in _KINDS:
        return _KINDS[first], tokens[1:]
    if first.startswith("每周") and day_of(first[1:]) is not None:
        return "weekly", [first[1:], *tokens[1:]]
    if day_of(first) is not None:
        return "weekly", tokens
    if days_of(first) is not None:
        return "daily", tokens
    if _LIKE_A_TIME.fullmatch(first):
        return "daily", tokens
    raise Mistake(
        later("“{word}” is not a kind of subscription; there are daily, weekly and instant."),
        tokens[0],
    )


def _weekday(tokens: list[str]) -> tuple[int, list[str]]:
    if not tokens or _LIKE_A_TIME.fullmatch(tokens[0]):
        return 0, tokens
    day = day_of(tokens[0].lower())
    if day is None and zones.find(" ".join(tokens)):
        return 0, tokens
    if day is None:
        raise Mistake(
            later("“{word}” is not a weekday; write mon, tue, wed, thu, fri, sat or sun."),
            tokens[0],
        )
    return day, tokens[1:]


def _days(tokens: list[str]) -> tuple[int, list[str]]:
    days = days_of(tokens[0]) if tokens else None
    return (EVERY_DAY, tokens) if days is None else (days, tokens[1:])


def _minute(tokens: list[str]) -> tuple[int, list[str]]:
    if not tokens or not (tokens[0][0].isdecimal() or _LIKE_A_TIME.fullmatch(tokens[0])):
        return DEFAULT_MINUTE, tokens
    word, rest = tokens[0], tokens[1:]
    if rest and rest[0].lower().replace(".", "") in ("am", "pm"):
        word, rest = word + rest[0], rest[1:]
    return minute_of(word), rest


def minute_of(word: str) -> int:
    """Read 9, 9:30, 9am, 9点, 下午3点半 as a minute of the day.

    Raises:
        Mistake: It is no time.
    """
    minute = _time_of_day(word)
    if minute is None:
        raise Mistake(later("“{word}” is not a time of day; write it from 00:00 to 23:59."), word)
    return minute


def _time_of_day(word: str) -> int | None:
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
    if zone := zones.find(" ".join(tokens)):
        return zone, []
    if zone := zones.find(tokens[0]):
        return zone, tokens[1:]
    if "/" not in tokens[0] and not zones.near(" ".join(tokens)):
        raise not_understood(tokens[0])
    return zone_of(" ".join(tokens)), []


def zone_of(word: str) -> str:
    """Return the IANA zone that a word names (`bot.zones`).

    Raises:
        Mistake: There is none.
    """
    if zone := zones.find(word):
        return zone
    if close := zones.near(word):
        raise Mistake(later("“{word}” is not a time zone; did you mean {near}?"), word, close)
    raise Mistake(
        later("“{word}” is not a time zone; write one like Asia/Shanghai or Europe/London."), word
    )


def not_understood(word: str) -> Mistake:
    """Return the mistake for a word that means nothing here."""
    return Mistake(later("“{word}” is one word too many, or not one that I know here."), word)
