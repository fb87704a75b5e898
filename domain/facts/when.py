"""A time as it stands in a text: the days it covers, and what part it plays in its sentence."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.facts.fact import Moment, Precision, TimeRole

Part = Literal["point", "horizon", "as_of", "since", "before", "base", "period", "ahead"]
"""point: 于2025年9月. horizon: 到2027年. as_of: 截至. since: 自…起. before: …前.
base: 较2019年, what something is compared with. period: 1-9月, 2024—2026年. ahead: 未来三年."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A mention of a time; offsets into the text, days inclusive."""

    start: int
    end: int
    first: date
    last: date
    precision: Precision
    part: Part = "point"
    clock: str | None = None
    explicit: bool = True
    """Its year is written, not inferred."""
    titled: bool = False
    """It stands in the title, not in the text."""

    def moment(self, role: TimeRole, text: str) -> Moment:
        """Return it as a fact's time; `text` is what it was read in."""
        return Moment(
            role=role,
            start=self.first.isoformat(),
            end=self.last.isoformat(),
            precision=self.precision,
            text=text[self.start : self.end].strip(),
            clock=self.clock,
        )


def day(year: int, month: int, number: int) -> tuple[date, date] | None:
    """Return the day twice, or None where there is no such day."""
    try:
        the_day = date(year, month, number)
    except ValueError:
        return None
    return the_day, the_day


def months(year: int, first: int, last: int) -> tuple[date, date]:
    """Return the days from the first of one month to the end of another of the same year."""
    following = date(year + last // 12, last % 12 + 1, 1)
    return date(year, first, 1), following - timedelta(days=1)


def quarter(year: int, number: int) -> tuple[date, date]:
    """Return the days of a quarter, 1 to 4."""
    return months(year, 3 * number - 2, 3 * number)


def years(first: int, last: int) -> tuple[date, date]:
    """Return the days from one year's first to another's last."""
    return date(first, 1, 1), date(last, 12, 31)


def plus_months(start: date, count: int) -> date:
    """Return the same day `count` months on, or the last one of a shorter month."""
    total = start.month - 1 + count
    year, month = start.year + total // 12, total % 12 + 1
    last = months(year, month, month)[1]
    return last if start.day > last.day else date(year, month, start.day)
