"""A row of the ledger: what the best source states, with those who confirm or contradict it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.facts.stated import Stated
from domain.source import TIERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is stated, by one source or many."""

    lead: Stated
    """As the source nearest to the original puts it; of those, the earliest."""
    confirmed: tuple[Stated, ...] = ()
    """By further articles that say the same."""
    disputed: tuple[Stated, ...] = ()
    """By those that say otherwise; both are shown, nobody decides."""

    @property
    def every(self) -> tuple[Stated, ...]:
        """All who state it."""
        return (self.lead, *self.confirmed, *self.disputed)

    @property
    def sources(self) -> int:
        """How many sources say the same, the leading one among them."""
        return len({one.article.source_id for one in (self.lead, *self.confirmed)})


def precedence(stated: Stated) -> tuple[int, datetime, int, int]:
    """Sort the original first: by tier, then by time."""
    article = stated.article
    return TIERS.index(article.tier), article.when, article.id, stated.number


def joined(
    stated: Iterable[Stated],
    same: Callable[[Stated, Stated], float],
    agree: Callable[[Stated, Stated], bool],
) -> tuple[Entry, ...]:
    """Gather what is said of one thing; `same` says how surely two are one, 0 for not at all.

    What one article says twice stays two things, unless it says exactly the same.
    """
    groups: list[list[Stated]] = []
    for one in sorted(stated, key=precedence):
        best = max(groups, key=lambda group: _sameness(group, one, same), default=None)
        if best is None or not _sameness(best, one, same):
            groups.append([one])
        else:
            best.append(one)
    return tuple(_entry(group, agree) for group in groups)


def _sameness(
    group: Sequence[Stated], one: Stated, same: Callable[[Stated, Stated], float]
) -> float:
    if any(
        other.article.id == one.article.id and not _says_the_same(other, one) for other in group
    ):
        return 0.0
    return same(group[0], one)


def _says_the_same(one: Stated, other: Stated) -> bool:
    mine, theirs = one.fact, other.fact
    return (mine.subject, mine.value, mine.time, mine.attributes.get("amounts")) == (
        theirs.subject,
        theirs.value,
        theirs.time,
        theirs.attributes.get("amounts"),
    )


def _entry(group: Sequence[Stated], agree: Callable[[Stated, Stated], bool]) -> Entry:
    lead, *rest = group
    return Entry(
        lead=lead,
        confirmed=tuple(one for one in rest if agree(lead, one)),
        disputed=tuple(one for one in rest if not agree(lead, one)),
    )
