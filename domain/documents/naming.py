"""The documents that one article names, and how they stand to each other."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, cast

from domain.documents import title as titles
from domain.documents.document import STAGES, Claim, Role, Stage
from domain.documents.signoff import signed
from domain.documents.title import STEPS
from domain.facts.fact import Fact, Moment
from domain.text.fold import fold

Relation = Literal["cites", "implements", "repeals"]

_CLAUSE = re.compile(
    r"[\s)】〕》]{0,3}(?:的|中)?(?P<clause>第[零一二三四五六七八九十百\d]{1,5}[条章节](?:之[一二三])?"
    r"(?:第?[(（]?[零一二三四五六七八九十\d]{1,4}[)）]?[款项条])*)"
)
_CLAUSE_EN = re.compile(
    r"\b(?P<clause>(?:Article|Clause|Section)s? \d{1,3}(?:\(\w{1,3}\))?)\sof\s(?:the\s)?[\"“]?\Z"
)
_BASIS = re.compile(
    r"(?:根据|依据|按照|按|依照|为落实|为贯彻|落实|贯彻|执行)[^。;\n]{0,60}\Z"
    r"|\b(?:under|pursuant to|according to|in accordance with|in line with|based on)\s"
    r"[^.\n]{0,60}\Z",
    re.IGNORECASE,
)
_NEAR = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A document as one article names it."""

    claim: Claim
    clause: str | None = None
    """Which part of it the article points to: 第七条第（一）款."""
    basis: bool = False
    """What the article says it acts upon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One document of an article stands to another, both by their place among the namings."""

    source: int
    target: int
    relation: Relation
    clause: str | None = None


def namings(title: str, text: str, facts: Iterable[Fact]) -> tuple[Naming, ...]:
    """Return the documents of an article's facts; the first may be the article itself.

    A notice, list or reading of a policy is a document of its own even where its text does not
    repeat its title: then the policy in its title is what it acts upon, not what it is.
    """
    found = [_naming(fact, title, text) for fact in facts if fact.type == "policy_document"]
    found = [one for one in found if titles.key(one.claim.title) or one.claim.number]
    if not _is_own(title, found):
        return tuple(_signed(one, text) for one in found)
    own = Claim(title=title, kind=_KINDS.get(titles.step(title)), role="primary", first_hand=True)
    acted = [_acted_upon(one, title) for one in found]
    return (_signed(Naming(claim=replace(own, stage="issued")), text), *acted)


def _signed(named: Naming, text: str) -> Naming:
    """Fill in who issues the article's own document, and when, from what stands below it."""
    claim = named.claim
    if not claim.first_hand or (claim.issuers and claim.issued_on):
        return named
    below = signed(text)
    if below is None:
        return named
    known = replace(
        claim, issuers=claim.issuers or below.issuers, issued_on=claim.issued_on or below.day
    )
    return replace(named, claim=known)


def links(found: Sequence[Naming]) -> tuple[Link, ...]:
    """Return how the article's own document stands to those it names; nothing where it has many."""
    own = [at for at, one in enumerate(found) if one.claim.role == "primary"]
    if len(own) != 1:
        return ()
    (source,) = own
    others = [(at, one) for at, one in enumerate(found) if at != source]
    return tuple(
        Link(
            source=source,
            target=at,
            relation=_relation(found[source].claim, one, alone=len(others) == 1),
            clause=one.clause,
        )
        for at, one in others
    )


_KINDS: Mapping[str, str] = {
    "interpretation": "interpretation",
    "list": "notice",
    "notice": "notice",
    "rules": "rules",
}


def _relation(own: Claim, named: Naming, *, alone: bool) -> Relation:
    """A step further down the chain carries out what it acts upon, or the only one it names."""
    if named.claim.stage == "repealed":
        return "repeals"
    later = STEPS.index(titles.step(own.title)) > STEPS.index(titles.step(named.claim.title))
    within = titles.key(named.claim.title) in titles.key(own.title)
    return "implements" if later and (named.basis or within or alone) else "cites"


def _is_own(title: str, found: Sequence[Naming]) -> bool:
    """Tell whether the article itself is a document that no fact of it names."""
    if titles.step(title) == "policy" or titles.is_wrapping(title) or not found:
        return False
    own = titles.key(title)
    return len(own) >= titles.SPECIFIC and all(
        titles.key(one.claim.title) != own and titles.step(one.claim.title) != titles.step(title)
        for one in found
        if one.claim.role == "primary"
    )


def _acted_upon(named: Naming, title: str) -> Naming:
    within = titles.key(named.claim.title) in titles.key(title)
    claim = replace(named.claim, role="cited", first_hand=False)
    return replace(named, claim=claim, basis=named.basis or within)


def _naming(fact: Fact, title: str, text: str) -> Naming:
    about = fact.attributes
    role: Role = "primary" if about.get("role") == "primary" else "cited"
    stage, number = about.get("stage"), _text(about.get("number"))
    claim = Claim(
        title=_own_title(fact.subject, title, number),
        number=number,
        alias=_text(about.get("alias")),
        kind=_text(about.get("kind")),
        stage=cast(Stage, stage) if stage in STAGES else None,
        issuers=tuple(str(name) for name in about.get("issuers") or ()),
        issued_on=_day(fact.time, "event"),
        effective_on=_dated(about.get("dates"), "effective") or _day(fact.time, "effective"),
        expires_on=_dated(about.get("dates"), "expiry", last=True),
        role=role,
        first_hand=role == "primary" and titles.key(fact.subject) == titles.key(title),
    )
    passages = [one for one in fact.evidence if one.field == "text"]
    clauses = [_clause(text, one.start, one.end) for one in passages]
    return Naming(
        claim=claim,
        clause=next((clause for clause in clauses if clause), None),
        basis=any(
            _BASIS.search(fold(text[max(0, one.start - _NEAR) : one.start])) for one in passages
        ),
    )


def _own_title(subject: str, title: str, number: str | None) -> str:
    """Return a document's title; a number under a headline has none but itself.

    Where a text names only a number, the page's title stands for the document's.
    """
    headline = bool(number) and subject == title and not titles.is_documents(title)
    return number or subject if headline else subject


def _clause(text: str, start: int, end: int) -> str | None:
    behind = _CLAUSE.match(text, end)
    if behind:
        return behind["clause"]
    before = _CLAUSE_EN.search(text[max(0, start - 40) : start])
    return before["clause"] if before else None


def _dated(dates: Any, role: str, *, last: bool = False) -> date | None:
    moments = [one for one in dates or () if _part(one, "role") == role]
    days = [_iso(_part(one, "end" if last else "start")) for one in moments]
    return next((day for day in days if day), None)


def _day(moment: Moment | None, role: str) -> date | None:
    return _iso(moment.start) if moment and moment.role == role else None


def _part(moment: Any, name: str) -> Any:
    """Read a moment as the rules made it, or as the database keeps it."""
    return moment.get(name) if isinstance(moment, Mapping) else getattr(moment, name, None)


def _iso(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
