"""A wrong fact: what a reader reports, what operators decide, and how that outlives rereading."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast, get_args

from domain.facts.fact import Comparator, Fact, Moment, Status
from domain.facts.page import page
from domain.text.language import language_of

State = Literal["reported", "kept", "hidden", "corrected"]
"""reported: waits for operators. kept: it is right. hidden, corrected: decided."""

FIELDS = ("subject", "value", "unit", "comparator", "status", "date")
ROLES = ("pool", "cap", "fixed", "per_unit", "rate", "threshold")
"""A measure's amounts are corrected by their role."""


class NotInTheQuote(ValueError):
    """The words of the fact do not say that: no quote, no fact."""


class NoSuchField(ValueError):
    """A fact of this type has no such field, or it takes no such value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was decided of one fact of one article."""

    fact_id: str
    type: str
    quote: str
    """By which it is known again when better rules give it another id."""
    state: State
    changes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A fact that was told and is wrong: for whoever was told it."""

    number: int
    title: str
    url: str
    before: Fact
    after: Fact | None
    """As it reads now; None where it is not shown any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A fact that a reader calls wrong: for operators to decide."""

    number: int
    title: str
    url: str
    fact: Fact


def corrected(facts: Iterable[Fact], decided: Iterable[Correction]) -> dict[str, Correction]:
    """Return what was decided of each of these facts, by their ids.

    A fact that rereading changed is known by its words: the same type and the same quote, where
    only one fact has them.
    """
    every = list(facts)
    found: dict[str, Correction] = {}
    for one in decided:
        same = [fact for fact in every if fact.id == one.fact_id] or _by_words(every, one)
        if len(same) == 1:
            found[same[0].id] = one
    return found


def apply(fact: Fact, changes: Mapping[str, str]) -> Fact:
    """Return a fact with an operator's changes, which were checked when he made them."""
    for name, value in changes.items():
        fact = _set(fact, name, value)
    return fact


def change(fact: Fact, name: str, text: str) -> Mapping[str, str]:
    """Read what an operator says a field should be; return it as it is kept.

    A number, an amount or a day has to stand in the fact's own words.

    Raises:
        NoSuchField: The fact has no such field, or the field takes no such value.
        NotInTheQuote: The words do not say so.
    """
    if name in ("value", *ROLES):
        return {name: _number(fact, name, text)}
    if name == "date":
        return {name: _day(fact, text)}
    if name == "subject":
        return {name: _subject(text)}
    if name not in FIELDS or not _allowed(name, text):
        raise NoSuchField(name)
    return {name: text}


def _by_words(facts: list[Fact], one: Correction) -> list[Fact]:
    return [
        fact
        for fact in facts
        if fact.type == one.type and any(passage.quote == one.quote for passage in fact.evidence)
    ]


def _set(fact: Fact, name: str, value: str) -> Fact:
    if name == "date" and fact.time:
        return replace(fact, time=replace(fact.time, start=value, end=value, precision="day"))
    if name == "date":
        moment = Moment(role="event", start=value, end=value, precision="day", text=value)
        return replace(fact, time=moment)
    if name in ROLES:
        return replace(fact, attributes={**fact.attributes, "amounts": _amounts(fact, name, value)})
    return replace(fact, **cast(dict[str, Any], {name: value}))


def _amounts(fact: Fact, role: str, value: str) -> list[dict[str, Any]]:
    """Put a value into the first amount of a role."""
    given = [dict(one) for one in fact.attributes.get("amounts") or ()]
    first = next((one for one in given if one.get("role") == role), None)
    if first is not None:
        first["value"] = value
    return given


def _number(fact: Fact, name: str, text: str) -> str:
    if name in ROLES and not any(
        one.get("role") == name for one in fact.attributes.get("amounts") or ()
    ):
        raise NoSuchField(name)
    wanted = _value(text)
    if wanted is None:
        raise NoSuchField(name)
    for passage in fact.evidence:
        if any(abs(wanted) == abs(found) for found in _values(passage.quote)):
            return _plain(wanted)
    raise NotInTheQuote(text)


def _values(text: str) -> list[Decimal]:
    """Return every number that a text states, normalised: 500万 is 5000000."""
    read = page(text, "", "en" if language_of(text) == "en" else "zh", None)
    return [
        value for one in read.quantities for value in (one.value, one.high) if value is not None
    ]


def _value(text: str) -> Decimal | None:
    """Read a number as somebody types it: 5000000, 5,000,000, 500万, 500万元, 5 million, 60%."""
    found = _TYPED.fullmatch(text.strip().lower())
    if found is None:
        return None
    return Decimal(found["number"].replace(",", "")) * _SCALES[found["scale"] or ""]


_SCALES: Mapping[str, Decimal] = {
    "": Decimal(1),
    "千": Decimal(10**3),
    "万": Decimal(10**4),
    "百万": Decimal(10**6),
    "million": Decimal(10**6),
    "mln": Decimal(10**6),
    "亿": Decimal(10**8),
    "billion": Decimal(10**9),
    "bln": Decimal(10**9),
    "万亿": Decimal(10**12),
    "trillion": Decimal(10**12),
}
_TYPED = re.compile(
    r"[¥$]?(?P<number>-?\d[\d,]{0,20}(?:\.\d{1,9})?)\s?"
    rf"(?P<scale>{'|'.join(sorted(filter(None, _SCALES), key=len, reverse=True))})?"
    r"\s?(?:元|yuan|cny|%|家|个|项|p)?",
    re.ASCII,
)


def _plain(value: Decimal) -> str:
    written = format(value.normalize(), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _day(fact: Fact, text: str) -> str:
    try:
        wanted = date.fromisoformat(text.strip())
    except ValueError:
        raise NoSuchField("date") from None
    for passage in fact.evidence:
        numbers = [int(one) for one in _digits(passage.quote)]
        if wanted.day in numbers and wanted.month in numbers:
            return wanted.isoformat()
    raise NotInTheQuote(text)


def _digits(text: str) -> list[str]:
    return "".join(one if one.isascii() and one.isdecimal() else " " for one in text).split()


def _subject(text: str) -> str:
    wanted = " ".join(text.split())
    if not wanted or len(wanted) > 120:
        raise NoSuchField("subject")
    return wanted


def _allowed(name: str, text: str) -> bool:
    if name == "comparator":
        return text in get_args(Comparator)
    if name == "status":
        return text in get_args(Status)
    return name == "unit" and (text in _UNITS or (len(text) == 3 and text.isupper()))


_UNITS = frozenset(
    (
        *("percent", "percentage_point", "count", "times", "PFLOPS", "byte", "m2"),
        *("day", "month", "year"),
    )
)
