"""Dates and times as each language writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names

from bot.language import Words
from bot.markup import Html, escape
from bot.safe_text import cut, one_line
from domain.chat import Language
from domain.facts.fact import Moment, Precision

_DAY: dict[Language, str] = {"en": "d MMM yyyy", "zh": "yyyy年M月d日"}
_WEEKDAY: dict[Language, str] = {"en": "EEE d MMM", "zh": "M月d日EEE"}
_DAY_OF_YEAR: dict[Language, str] = {"en": "d MMM", "zh": "M月d日"}
_MONTH: dict[Language, str] = {"en": "MMM yyyy", "zh": "yyyy年M月"}
_QUARTER: dict[Language, str] = {"en": "'Q'Q yyyy", "zh": "yyyy年第Q季度"}
_YEAR: dict[Language, str] = {"en": "yyyy", "zh": "yyyy年"}
_PATTERNS = {"day": _DAY, "month": _MONTH, "quarter": _QUARTER, "year": _YEAR}


def day(value: date, words: Words) -> str:
    """Write "28 Aug 2025", "2025年8月28日"."""
    return _written(value, _DAY, words)


def day_of_year(value: date, words: Words) -> str:
    """Write a day of this year: "28 Aug", "8月28日"."""
    return _written(value, _DAY_OF_YEAR, words)


def day_and_month(value: date, words: Words) -> tuple[str, str]:
    """Write both for themselves: "28" and "Aug", "28日" and "8月"."""
    number = _written(value, {"en": "d", "zh": "d日"}, words)
    return number, _written(value, {"en": "MMM", "zh": "M月"}, words)


def month(value: date, words: Words) -> str:
    """Write "Aug 2025", "2025年8月"."""
    return _written(value, _MONTH, words)


def local_time(value: datetime, timezone: str, words: Words) -> str:
    """Write a moment on the reader's own clock: "23 Nov 2026, 17:05"."""
    local = value.astimezone(ZoneInfo(timezone))
    comma = " " if words.language == "zh" else ", "
    return f"{day(local, words)}{comma}{local:%H:%M}"


def local_day(value: datetime, timezone: str, words: Words) -> str:
    """Write the day of a moment on the reader's own calendar: "23 Nov 2026"."""
    return day(value.astimezone(ZoneInfo(timezone)), words)


def short_time(value: datetime, now: datetime, timezone: str, words: Words) -> str:
    """Write a moment for a narrow line: "23 Nov 17:05"; of another year only its day."""
    local = value.astimezone(ZoneInfo(timezone))
    if local.year != now.astimezone(ZoneInfo(timezone)).year:
        return day(local, words)
    return f"{_written(local, _DAY_OF_YEAR, words)} {local:%H:%M}"


def soon(value: datetime, timezone: str, words: Words) -> str:
    """Write a near moment by its weekday: "Tue 24 Nov, 09:00", "11月24日周二 09:00"."""
    local = value.astimezone(ZoneInfo(timezone))
    comma = " " if words.language == "zh" else ", "
    return f"{_written(local, _WEEKDAY, words)}{comma}{local:%H:%M}"


def clock(value: datetime, timezone: str) -> str:
    """Write the time of day there: "17:05"."""
    return f"{value.astimezone(ZoneInfo(timezone)):%H:%M}"


def weekday(number: int, words: Words) -> str:
    """Write a weekday, 0 being Monday: "Monday", "星期一"."""
    return str(get_day_names(locale=words.language)[number])


def weekdays(days: int, words: Words) -> str:
    """Write several days of the week, bit 0 being Monday: "Mon–Fri", "Mon, Wed, Fri"."""
    numbers = [number for number in range(7) if days >> number & 1]
    names = get_day_names("abbreviated", locale=words.language)
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return words.plain("{first}–{last}", first=names[numbers[0]], last=names[numbers[-1]])
    return words.plain(", ").join(str(names[number]) for number in numbers)


def span(moment: Moment, words: Words) -> Html:
    """Write the time of a fact as exactly as the text gave it, without its role."""
    try:
        start, end = date.fromisoformat(moment.start), date.fromisoformat(moment.end)
    except ValueError:
        return escape(cut(one_line(moment.text), 40))
    written = _span(start, end, moment.precision, words)
    return Html(f"{written} {escape(cut(one_line(moment.clock), 12))}" if moment.clock else written)


def _span(start: date, end: date, precision: Precision, words: Words) -> str:
    if precision == "half" and end.month <= 6:
        return words.say("H1 {year}", year=start.year)
    if precision == "half":
        return words.say("H2 {year}", year=start.year)
    if precision == "plan" or (precision == "year" and start.year != end.year):
        return words.say("{first}–{last}", first=start.year, last=end.year)
    pattern = _PATTERNS[precision]
    first, last = _written(start, pattern, words), _written(end, pattern, words)
    return first if first == last else f"{first} – {last}"


def _written(value: date, pattern: dict[Language, str], words: Words) -> str:
    return format_date(value, pattern[words.language], locale=words.language)
