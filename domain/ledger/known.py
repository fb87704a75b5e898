"""Whether what a fact says was said before, in whatever language and words."""

from collections.abc import Iterable

from domain.documents import number as numbers
from domain.documents import title as titles
from domain.facts.fact import Fact
from domain.highlights import saying
from domain.ledger.likeness import alike, comparable, compatible, key
from domain.ledger.measures import by_role, equal, sameness

_LIKE = 0.6
"""From here on two subjects in one script are one."""


def is_known(fact: Fact, stated: Iterable[Fact]) -> bool:
    """Tell whether one of the stated facts says the same; a sum, day or name more is news."""
    return any(_says(other, fact) for other in stated)


def _says(known: Fact, new: Fact) -> bool:
    if saying(known) == saying(new):
        return True
    if known.type != new.type:
        return False
    match new.type:
        case "measure":
            return _same_benefit(known, new)
        case "metric" | "target":
            same_day = _days(known) == _days(new)
            return same_day and _same_figure(known, new) and compatible(known, new)
        case "policy_document":
            return _same_document(known, new)
        case "deadline" | "event":
            return _days(new) is not None and _occasion(known) == _occasion(new)
        case _:
            return False


def _same_figure(known: Fact, new: Fact) -> bool:
    """Within one story: where unit, day and value agree already, the words need not be the same."""
    if known.unit != new.unit:
        return False
    if comparable(known.subject, new.subject):
        same = key(known.subject) == key(new.subject)
        return same or alike(known.subject, new.subject) >= _LIKE
    indicator = known.attributes.get("indicator")
    named = indicator not in (None, "other") and indicator == new.attributes.get("indicator")
    return named and known.value == new.value


def _same_benefit(known: Fact, new: Fact) -> bool:
    if not sameness(known, new):
        return False
    mine, theirs = by_role(new), by_role(known)
    return all(role in theirs and equal(amount, theirs[role]) for role, amount in mine.items())


def _same_document(known: Fact, new: Fact) -> bool:
    """Its stage and its dates are told as what became of it."""
    mine, theirs = (numbers.parse(one.attributes.get("number")) for one in (new, known))
    if mine is not None and theirs is not None:
        return numbers.key(mine) == numbers.key(theirs)
    return titles.key(new.subject) == titles.key(known.subject)


def _occasion(fact: Fact) -> tuple[object, ...]:
    clock = fact.time.clock if fact.time else None
    return fact.attributes.get("kind"), _days(fact), clock


def _days(fact: Fact) -> tuple[str, str] | None:
    return (fact.time.start, fact.time.end) if fact.time else None
