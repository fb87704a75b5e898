"""What an edit changed: the few things that a reader of the first version wants to know."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Literal

from domain.facts.fact import Fact
from domain.text.fold import fold

ChangeKind = Literal["title", "number", "date", "amount", "stage", "words"]
"""number: of a document. date: a deadline, a day of issue. amount: any figure with a unit. words:
only the wording, told where nothing else changed."""

MOST = 12
"""Changes that are kept; who rewrites an article changes everything."""
_LONGEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing as it was and as it is; None where it was not there before, or is not any more."""

    kind: ChangeKind
    subject: str
    """What it is about, in the article's words; empty for its title and its wording."""
    before: str | None
    after: str | None
    role: str | None = None
    """Which amount of a measure ("cap"), which date of a document ("effective")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One revision of an article, as far as two of them are compared."""

    title: str
    text: str
    facts: tuple[Fact, ...] = ()


def changes(before: Version, after: Version) -> tuple[Change, ...]:
    """Return what the later version says otherwise, the title first, then as it is stated.

    Facts are compared by what they are about; the wording is told only where no fact changed.
    """
    found = [*_titled(before, after), *_stated(before.facts, after.facts)]
    return tuple(found[:MOST] or _worded(before.text, after.text))


def _titled(before: Version, after: Version) -> list[Change]:
    if _plain(before.title) == _plain(after.title):
        return []
    return [Change(kind="title", subject="", before=before.title, after=after.title)]


def _stated(before: Iterable[Fact], after: Iterable[Fact]) -> list[Change]:
    """Pair what is said about the same thing, in the order in which it is said."""
    earlier, later = _by_subject(before), _by_subject(after)
    found = []
    for about in dict.fromkeys((*later, *earlier)):
        was, now = earlier.get(about, {}), later.get(about, {})
        gone = [value for value in was if value not in now]
        new = [value for value in now if value not in was]
        for old, fresh in zip_longest(gone, new):
            subject = now[fresh] if fresh is not None else was[old]
            kind, _, role = about
            found.append(
                Change(kind=kind, subject=subject, before=old, after=fresh, role=role or None)
            )
    return found


_About = tuple[ChangeKind, str, str]


def _by_subject(facts: Iterable[Fact]) -> dict[_About, dict[str, str]]:
    """What is said of each thing, with its subject in the article's words.

    A subject may hold the very number that was changed: digits do not make it another.
    """
    found: dict[_About, dict[str, str]] = {}
    for fact in facts:
        for kind, role, value in _values(fact):
            about = (kind, f"{fact.type} {_DIGITS.sub('', _plain(fact.subject))}", role)
            found.setdefault(about, {}).setdefault(value, fact.subject)
    return found


_DIGITS = re.compile(r"[\d,.:]+")
_OF_DOCUMENTS: tuple[ChangeKind, ...] = ("number", "stage")


def _values(fact: Fact) -> Iterable[tuple[ChangeKind, str, str]]:
    """What of a fact is worth telling when it changes, with its role where it has one."""
    if fact.type == "policy_document":
        for kind in _OF_DOCUMENTS:
            if fact.attributes.get(kind):
                yield kind, "", str(fact.attributes[kind])
        yield from _dates(fact)
    elif fact.time is not None and fact.type in ("deadline", "event"):
        yield "date", "", " ".join(filter(None, (fact.time.end, fact.time.clock)))
    if fact.value is not None:
        yield "amount", "", _figure(fact.value, fact.value_high, fact.unit)
    for amount in fact.attributes.get("amounts") or ():
        role = str(amount.get("role") or "")
        yield "amount", role, _figure(amount["value"], None, amount.get("unit"))


def _dates(fact: Fact) -> Iterable[tuple[ChangeKind, str, str]]:
    """The days of a document: of issue, from which it holds, until which."""
    given = [fact.time, *(fact.attributes.get("dates") or ())]
    found = {_part(one, "role"): _part(one, "end") for one in given if one is not None}
    for role, day in found.items():
        if role and day:
            yield "date", str(role), str(day)


def _part(moment: Any, name: str) -> Any:
    """Read a moment as the rules made it, or as the database keeps it."""
    return moment.get(name) if isinstance(moment, Mapping) else getattr(moment, name, None)


def _figure(value: str, high: str | None, unit: str | None) -> str:
    figure = f"{value}–{high}" if high else value
    return f"{figure} {unit}" if unit else figure


_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")


def _worded(before: str, after: str) -> tuple[Change, ...]:
    """The first sentence that reads otherwise; spaces and scripts do not count."""
    old, new = _sentences(before), _sentences(after)
    plain_old, plain_new = [_plain(one) for one in old], [_plain(one) for one in new]
    matcher = SequenceMatcher(None, plain_old, plain_new, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            return (
                Change(
                    kind="words",
                    subject="",
                    before=_cut("".join(old[first:last])),
                    after=_cut("".join(new[start:end])),
                ),
            )
    return ()


_MOST_SENTENCES = 400


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in _SENTENCE.findall(text) if one.strip()][:_MOST_SENTENCES]


def _cut(words: str) -> str | None:
    return (words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…") or None


def _plain(text: str) -> str:
    return "".join(fold(text).split()).casefold()
