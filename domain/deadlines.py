"""Which application windows are open, which is the date that counts, and when to remind of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.facts.stated import Stated
from domain.search.phrase import plainly

REMINDED = (14, 7, 3, 1, 0)
"""Days before the last one on which a reminder comes."""
HOUR = time(9)
"""When it comes, on the chat's clock."""

_MOVED = re.compile(
    r"延长|延期|延至|顺延|推迟|延長|順延|推遲|\bextend|\bpostpon|\bnew deadline\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Something that can be done until a day, as the newest article of its story says."""

    stated: Stated
    story_id: int | None
    before: date | None = None
    """The last day that was told first, where it was moved."""

    @property
    def last(self) -> date:
        """The last day."""
        return last_day(self.stated)

    @property
    def clock(self) -> str | None:
        """Until which hour of it, "17:00", where that is told."""
        return self.stated.fact.time.clock if self.stated.fact.time else None


def last_day(stated: Stated) -> date:
    """Return the last day of a deadline.

    Raises:
        ValueError: The fact has no day.
    """
    if stated.fact.time is None:
        raise ValueError(f"f{stated.number} has no day")
    return date.fromisoformat(stated.fact.time.end)


def windows(told: Iterable[tuple[int | None, Stated]]) -> list[Window]:
    """Return each thing to be done once, the soonest first; `told` are deadlines by story.

    The same thing of one story is told by several articles: the newest one's day counts. A passage
    that speaks of an extension moves every earlier day of its kind in the story.
    """
    found: list[Window] = []
    for story_id, stated in sorted(told, key=lambda one: (one[1].article.when, one[1].number)):
        new = Window(stated=stated, story_id=story_id)
        same = [one for one in found if _is_same(one, new)]
        found = [one for one in found if one not in same]
        earlier = [one.before or one.last for one in same if (one.before or one.last) != new.last]
        before = min(earlier, default=None)
        found.append(Window(stated=stated, story_id=story_id, before=before))
    return sorted(found, key=lambda one: (one.last, one.clock or "24", -one.stated.number))


def reminders(last: date, timezone: str, now: datetime) -> list[tuple[int, datetime]]:
    """Return how many days before the last one reminders still come, and when, the first first."""
    zone = ZoneInfo(timezone)
    days = ((before, last - timedelta(days=before)) for before in REMINDED)
    times = ((before, datetime.combine(day, HOUR, zone).astimezone(UTC)) for before, day in days)
    return [(before, at) for before, at in times if at > now]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wishes to be reminded of; it outlives edits of the article that told it."""

    story_id: int
    kind: str
    about: str
    last: date
    days: int
    """Before the last one, when this reminder comes."""
    moved_from: date | None = None
    """It is told at once that the last day is another one now."""


def wish(window: Window, days: int, moved_from: date | None = None) -> Wish:
    """Return the wish to be reminded of a window so many days before.

    Raises:
        ValueError: Its article is in no story.
    """
    if window.story_id is None:
        raise ValueError(f"f{window.stated.number} is in no story")
    return Wish(
        story_id=window.story_id,
        kind=_kind(window),
        about=_about(window.stated),
        last=window.last,
        days=days,
        moved_from=moved_from,
    )


def meant(wished: Wish, every: Sequence[Window]) -> Window | None:
    """Return the window that a wish is about now; None where there is none (any more)."""
    alike = [one for one in every if _kind(one) == wished.kind]
    same = [one for one in alike if _about(one.stated) == wished.about]
    moved = [one for one in alike if one.before is not None]
    return next(iter([*same, *moved, *(alike if len(alike) == 1 else [])]), None)


def _kind(window: Window) -> str:
    return str(window.stated.fact.attributes.get("kind") or "")


def _is_same(old: Window, new: Window) -> bool:
    kinds = (old.stated.fact.attributes.get("kind"), new.stated.fact.attributes.get("kind"))
    if old.story_id is None or old.story_id != new.story_id or kinds[0] != kinds[1]:
        return False
    if old.stated.article.id != new.stated.article.id and _moves(new.stated):
        return True
    return _about(old.stated) == _about(new.stated)


def _moves(stated: Stated) -> bool:
    return any(_MOVED.search(passage.quote) for passage in stated.fact.evidence)


def _about(stated: Stated) -> str:
    return " ".join(plainly(stated.fact.subject).split())
