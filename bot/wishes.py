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
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_LIKE_A_TIME = re.compile(r"[\d:.apmh点时]+", re.IGNORECASE)


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
    tokens = unicodedata.normalize("NFKC", text).split()
    if not tokens:
        return USUAL
    kind, rest = _kind(tokens)
    weekday, rest = _weekday(rest) if kind == "weekly" else (0, rest)
    minute, rest = _minute(rest) if kind != "instant" else (DEFAULT_MINUTE, rest)
    timezone, rest = _zone(rest) if kind != "instant" else (None, rest)
    if rest:
        raise _not_understood(rest[0])
    return Wishes((Wish(kind, minute, weekday),), timezone)


def _kind(tokens: list[str]) -> tuple[SubscriptionKind, list[str]]:
    first = tokens[0].lower()
    if first in _KINDS:
        return _KINDS[first], tokens[1:]
    if first.startswith("每周") and _day(first[1:]) is not None:
        return "weekly", [first[1:], *tokens[1:]]
    if _TIME.fullmatch(first):
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
    if not tokens or not tokens[0][0].isdecimal():
        return DEFAULT_MINUTE, tokens
    found = _TIME.fullmatch(tokens[0])
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise Mistake(
            later("“{word}” is not a time of day; write it from 00:00 to 23:59."), tokens[0]
        )
    return int(found[1]) * 60 + int(found[2]), tokens[1:]


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
