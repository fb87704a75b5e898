"""How far to look back: a number of days, a day, a month, a year."""

import re
from datetime import datetime, timedelta

_LONGEST_AGO = 36_500
_BACK = {
    **dict.fromkeys(("today", "今天", "今日"), 0),
    **dict.fromkeys(("yesterday", "昨天", "昨日"), 1),
    "前天": 2,
}
_DAYS = {
    **dict.fromkeys(("", "d", "day", "days", "天", "日"), 1),
    **dict.fromkeys(("w", "week", "weeks", "周"), 7),
    **dict.fromkeys(("m", "month", "months", "月", "个月"), 30),
    **dict.fromkeys(("y", "year", "years", "年"), 365),
}
_UNITS = "|".join(unit for unit in _DAYS if unit)
# Four figures alone are a year.
_AGO = re.compile(rf"(?P<number>[0-9]{{1,4}}) ?(?P<unit>{_UNITS})|(?P<alone>[0-9]{{1,3}})")
_DAY = re.compile(r"([12][0-9]{3})(?:[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2}))?)?[年月日]?")


def since(word: str, now: datetime) -> datetime | None:
    """Read "30d", "30", "3周", "yesterday", "2026-11", "2026年11月23日"; None for anything else.

    Days begin at midnight in the time zone of `now`.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    plain = word.casefold()
    if plain in _BACK:
        return midnight - timedelta(days=_BACK[plain])
    if ago := _AGO.fullmatch(plain):
        days = int(ago["number"] or ago["alone"]) * _DAYS[ago["unit"] or ""]
        return now - timedelta(days=min(days, _LONGEST_AGO))
    if day := _DAY.fullmatch(word):
        year, month, number = (int(part or 1) for part in day.groups())
        try:
            return midnight.replace(year=year, month=month, day=number)
        except ValueError:
            return None
    return None
