"""Dates as pages write them, Chinese ones first: text in, an aware moment out, or None.

Every pattern is bounded and is tried on a short piece of text: general date parsers take
seconds for hostile strings, and read 1700亿元 as a year.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

LONGEST = 64
"""Characters of text in which one date is looked for."""
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Before the web nothing was published on it."""
AHEAD = timedelta(days=1)
"""Zones that were forgotten and clocks that are wrong; what is later is no publication date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date within a text, and where it stands there."""

    moment: datetime
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What is needed to understand a date: the zone of dates without one, and the present."""

    zone: tzinfo
    now: datetime
    """Aware."""

    def sensible(self, moment: datetime) -> bool:
        """Whether something can have been published then."""
        return EARLIEST <= moment <= self.now + AHEAD

    @property
    def today(self) -> datetime:
        """This day's midnight in the zone."""
        here = self.now.astimezone(self.zone)
        return here.replace(hour=0, minute=0, second=0, microsecond=0)


def calendar(name: str, now: datetime | None) -> Calendar:
    """Return the calendar of a source whose dates are in the zone of that IANA name.

    Raises:
        ValueError: There is no such zone.
    """
    try:
        zone = ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        reason = f"The time zone {name[:40]} is not known; use one like Asia/Shanghai."
        raise ValueError(reason) from error
    return Calendar(zone=zone, now=now or datetime.now(UTC))


def date_in(text: str, when: Calendar) -> datetime | None:
    """Return the first sensible date of a short text; only LONGEST characters are looked at."""
    found = find(text[:LONGEST], when)
    return found.moment if found else None


def find(text: str, when: Calendar, *, whole: bool = False) -> Dated | None:
    """Return the first sensible date of a text with its place in it.

    Fuller forms win over shorter ones: 2025-09-11 holds 09-11, too. With `whole`, only dates
    count that have a year. The text should be short; each form is one linear pass over it.
    """
    plain = _plain(text)
    for pattern, read in _WHOLE if whole else _FORMS:
        for found in pattern.finditer(plain):
            moment = _moment(read, found, when)
            if moment is not None:
                end = found.start() + len(found.group().rstrip())
                return Dated(moment=moment, start=found.start(), end=end)
    return None


def from_number(value: float, when: Calendar) -> datetime | None:
    """Return the moment that a number of seconds or milliseconds since 1970 stands for."""
    seconds = value / 1000 if abs(value) > 1e11 else value
    try:
        moment = datetime.fromtimestamp(seconds, when.zone)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if when.sensible(moment) else None


def from_address(url: str, when: Calendar) -> datetime | None:
    """Return the day that is part of an address: /2025/9/11/, /202509/t20250911_1.html."""
    found = _IN_ADDRESS.search(url)
    if found is None:
        return None
    year, month, day = (part for part in found.groups() if part)
    try:
        moment = _day(when, int(year), int(month), int(day))
    except ValueError:
        return None
    return moment if when.sensible(moment) else None


Reader = Callable[[re.Match[str], Calendar], datetime | None]


def _moment(read: Reader, found: re.Match[str], when: Calendar) -> datetime | None:
    try:
        moment = read(found, when)
    except (ValueError, OverflowError):
        return None
    return moment if moment is not None and when.sensible(moment) else None


def _plain(text: str) -> str:
    """Full-width digits and signs become plain ones, one for one, so that places stay."""
    return text if text.isascii() else "".join(_narrow(character) for character in text)


def _narrow(character: str) -> str:
    if character < "\u3000":
        return " " if character == "\xa0" else character
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def _day(
    when: Calendar, year: int, month: int, day: int, clock: tuple[int, int, int] = (0, 0, 0)
) -> datetime:
    return datetime(year, month, day, *clock, tzinfo=when.zone)


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    parts = found.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if (parts.get("half") or parts.get("noon") or "").lower() in _AFTERNOON and hour < 12:
        hour += 12
    possible = hour < 24 and minute < 60 and second < 60
    return (hour, minute, second) if possible else (0, 0, 0)


_AFTERNOON = frozenset({"pm", "p.m.", "下午", "晚上"})


def _full(found: re.Match[str], when: Calendar) -> datetime:
    parts = found.groupdict()
    moment = _day(when, int(parts["year"]), _month(parts), int(parts["day"]), _clock(found))
    offset = parts.get("offset")
    return moment.replace(tzinfo=_zone(offset)).astimezone(when.zone) if offset else moment


def _month(parts: dict[str, str]) -> int:
    name = parts["month"]
    return int(name) if name.isdigit() else 1 + _MONTHS.index(name[:3].lower())


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def _zone(offset: str) -> tzinfo:
    if not offset.startswith(("+", "-")):
        return UTC
    digits = offset[1:].replace(":", "")
    east = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-east if offset[0] == "-" else east)


def _yearless(found: re.Match[str], when: Calendar) -> datetime | None:
    """The latest day of that name that is not in the future."""
    month, day = _month(found.groupdict()), int(found["day"])
    for year in range(when.today.year + 1, when.today.year - 5, -1):  # 29 February is rare
        try:
            moment = _day(when, year, month, day, _clock(found))
        except ValueError:
            continue
        if moment <= when.now + AHEAD:
            return moment
    return None


def _ago(found: re.Match[str], when: Calendar) -> datetime:
    return (when.now - int(found["number"]) * _UNITS[found["unit"].lower()]).astimezone(when.zone)


_UNITS = {
    **dict.fromkeys(("秒", "second"), timedelta(seconds=1)),
    **dict.fromkeys(("分", "分钟", "minute", "min"), timedelta(minutes=1)),
    **dict.fromkeys(("小时", "hour"), timedelta(hours=1)),
    **dict.fromkeys(("天", "日", "day"), timedelta(days=1)),
    **dict.fromkeys(("周", "week"), timedelta(weeks=1)),
}


def _named(found: re.Match[str], when: Calendar) -> datetime:
    day = when.today - timedelta(days=_NAMED[found["name"].lower()])
    hour, minute, second = _clock(found)
    return day.replace(hour=hour, minute=minute, second=second)


_NAMED = {"刚刚": 0, "今天": 0, "今日": 0, "today": 0, "just now": 0} | {
    "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2,
}  # fmt: skip


def _in_numerals(found: re.Match[str], when: Calendar) -> datetime:
    year = int("".join(str(_NUMERALS[sign]) for sign in found["year"]))
    return _day(when, year, _numeral(found["month"]), _numeral(found["day"]))


def _numeral(text: str) -> int:
    """Up to 99: 九, 十一, 二十, 三十一, 廿八."""
    tens, ten, ones = text.replace("廿", "二十").rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


_NUMERALS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "○": 0, "O": 0, "0": 0,
}  # fmt: skip

_CLOCK = (
    r"(?:\s{0,4}(?:T|,|上午|(?P<half>下午|晚上))?\s{0,4}(?P<hour>[0-2]?[0-9])\s?[:时]\s?"
    r"(?P<minute>[0-5][0-9])(?:\s?[:分]\s?(?P<second>[0-5][0-9]))?(?:\.[0-9]{1,9})?"
    r"\s?(?P<noon>[AaPp]\.?[Mm]\.?)?\s?(?P<offset>[Zz]\b|GMT|UTC|[+-][01][0-9]:?[0-5][0-9])?)?"
)
_YEAR = r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_DAY = r"(?P<day>0?[1-9]|[12][0-9]|3[01])"
_NAME = r"(?P<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6})"  # Sept, too


def _form(pattern: str, read: Reader) -> tuple[re.Pattern[str], Reader]:
    return re.compile(pattern, re.IGNORECASE), read


_HAN = "一二三四五六七八九十"

_WHOLE = (
    _form(
        rf"{_YEAR}\s?(?P<sign>[-/.年])\s?{_MONTH}\s?(?:(?P=sign)|月)\s?{_DAY}(?![0-9])\s?日?{_CLOCK}",
        _full,
    ),
    _form(
        rf"(?<![0-9]){_DAY}(?:st|nd|rd|th)?\s{{1,3}}{_NAME}\.?,?\s{{1,3}}{_YEAR}(?![0-9]){_CLOCK}",
        _full,
    ),
    _form(
        rf"\b{_NAME}\.?\s{{1,3}}{_DAY}(?:st|nd|rd|th)?,?\s{{1,3}}{_YEAR}(?![0-9]){_CLOCK}", _full
    ),
    _form(
        rf"(?P<year>[二一][〇○零Oo0{_HAN}]{{3}})年(?P<month>[{_HAN}]{{1,2}})月(?P<day>[{_HAN}廿]{{1,3}})日",
        _in_numerals,
    ),
    _form(
        rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])"
        r"(?:\s?(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9])(?P<second>[0-5][0-9])?)?(?![0-9])",
        _full,
    ),
    # A day set large above its month, the way cards show it.
    _form(rf"(?<![0-9:/.-]){_DAY}日?\s{{1,4}}/?\s?{_YEAR}\s?[-/.年]\s?{_MONTH}(?![0-9])月?", _full),
    _form(rf"{_YEAR}\s?[-/.年]\s?{_MONTH}月?\s{{1,4}}{_DAY}(?![0-9:])日?", _full),
    _form(rf"(?<![0-9]){_MONTH}[-/.月]{_DAY}日?\s{{1,4}}{_YEAR}(?![0-9])年?", _full),
)
"""Dates with a year, the plainest first."""

_NUMBER = r"(?<![0-9])(?P<number>[0-9]{1,3})"

_FORMS = (
    *_WHOLE,
    _form(rf"{_NUMBER}\s?个?(?P<unit>秒|分钟?|小时|天|日|周)\s?(?:之|以)?前", _ago),
    _form(rf"{_NUMBER} (?P<unit>second|min|minute|hour|day|week)s? ago", _ago),
    _form(rf"(?P<name>刚刚|今天|今日|昨天|昨日|前天|just now|today|yesterday){_CLOCK}", _named),
    _form(rf"(?<![0-9/.:-]){_MONTH}\s?月\s{{0,4}}{_DAY}(?![0-9])\s?日?{_CLOCK}", _yearless),
    _form(rf"(?<![0-9/.:-]){_MONTH}\s?[-/]\s?{_DAY}(?![0-9/.-]){_CLOCK}", _yearless),
    _form(rf"(?<![0-9/.:-]){_DAY}日?\s{{1,4}}{_MONTH}\s?月", _yearless),
    _form(rf"\A[\s\[(]{{0,4}}(?P<month>0[1-9]|1[0-2])\.{_DAY}[\s\])]{{0,4}}\Z", _yearless),
    _form(rf"\b{_NAME}\.?\s{{1,3}}{_DAY}(?![0-9])", _yearless),
    _form(rf"(?<![0-9]){_DAY}\s{{1,3}}{_NAME}\b", _yearless),
)

_IN_ADDRESS = re.compile(
    r"(?<![0-9])(20[0-9]{2})[-/_]?(0?[1-9]|1[0-2])[-/_](0?[1-9]|[12][0-9]|3[01])(?![0-9])"
    r"|(?<![0-9])(20[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
