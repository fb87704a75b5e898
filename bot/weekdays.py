"""Days of the week as people write them, one or several, in both languages. Pure."""

import re

from domain.chat import EVERY_DAY, WEEKEND, WORKDAYS

_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE = ("一二三四五六日", "一二三四五六天")
_NAMED = {
    "everyday": EVERY_DAY,
    "all": EVERY_DAY,
    "每天": EVERY_DAY,
    "每日": EVERY_DAY,
    "weekdays": WORKDAYS,
    "weekday": WORKDAYS,
    "workdays": WORKDAYS,
    "工作日": WORKDAYS,
    "weekend": WEEKEND,
    "weekends": WEEKEND,
    "周末": WEEKEND,
    "双休日": WEEKEND,
}
_RANGE = re.compile(r"(.+?)(?:-|–|—|~|至|到)(.+)")
_BITS = re.compile(r"[01]{7}", re.ASCII)
_SEVERAL = re.compile(r"(?:周|星期)([一二三四五六日天]{2,7})")


def day_of(word: str) -> int | None:
    """Return the day that a word names, 0 for Monday: mon, Wednesday, 周一, 星期天."""
    for number, name in enumerate(_ENGLISH):
        if len(word) >= 3 and name.startswith(word.lower()):
            return number
    for prefix in ("周", "星期"):
        name = word.removeprefix(prefix)
        if name != word and len(name) == 1:
            return _chinese_day(name)
    return None


def days_of(word: str) -> int | None:
    """Return the days that a word names, bit 0 for Monday: weekdays, mon-fri, sat,sun, 周一三五.

    Seven zeros and ones are read too, Monday first: what our own buttons say.
    """
    lowered = word.lower()
    if lowered in _NAMED:
        return _NAMED[lowered]
    if _BITS.fullmatch(lowered):
        return int(lowered[::-1], 2) or None
    found = 0
    for part in re.split("[,、]", lowered):
        days = _part(part)
        if days is None:
            return None
        found |= days
    return found or None


def bits(days: int) -> str:
    """Write days as `days_of` reads them: seven zeros and ones, Monday first."""
    return f"{days:07b}"[::-1]


def _part(word: str) -> int | None:
    if word in _NAMED:
        return _NAMED[word]
    if several := _SEVERAL.fullmatch(word):
        numbers = [_chinese_day(one) for one in several[1]]
        return sum(1 << number for number in set(numbers) if number is not None)
    day = day_of(word)
    return 1 << day if day is not None else _range(word)


def _range(word: str) -> int | None:
    found = _RANGE.fullmatch(word)
    if found is None:
        return None
    first, last = day_of(found[1]), day_of(found[2])
    if last is None:
        last = _chinese_day(found[2])
    if first is None or last is None:
        return None
    length = (last - first) % 7 + 1
    return sum(1 << (first + step) % 7 for step in range(length))


def _chinese_day(name: str) -> int | None:
    return next((days.index(name) for days in _CHINESE if len(name) == 1 and name in days), None)
