"""A policy document: what sources claim of it, and what is settled from that."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeVar

from domain.documents import number as numbers
from domain.documents import title as titles
from domain.documents.number import DocumentNumber
from domain.documents.title import Step
from domain.source import TIERS, Tier

Role = Literal["primary", "cited"]
Stage = Literal["draft", "issued", "revised", "repealed"]
STAGES: tuple[Stage, ...] = ("draft", "issued", "revised", "repealed")
Status = Literal["draft", "announced", "in_force", "expired", "repealed", "issued", "unknown"]
"""issued: it tells or calls for something, and is not the kind that is in force."""

ChangedField = Literal["announced", "number", "stage", "issued_on", "effective_on", "expires_on"]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one article says of a document; each part only as good as who says it."""

    title: str
    number: str | None = None
    alias: str | None = None
    kind: str | None = None
    stage: Stage | None = None
    issuers: tuple[str, ...] = ()
    issued_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    role: Role = "cited"
    tier: Tier = "media"
    first_hand: bool = False
    """The article is the document: not a report of it."""

    @property
    def parsed(self) -> DocumentNumber | None:
        """The number in its parts."""
        return numbers.parse(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One entry of the register."""

    id: int = 0
    title: str
    number: str | None = None
    variants: tuple[str, ...] = ()
    """The number as it is written elsewhere, by mistake as far as anybody can tell."""
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    stage: Stage | None = None
    issuers: tuple[str, ...] = ()
    issued_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None

    @property
    def step(self) -> Step:
        """Where it stands in the chain from a policy to who got something."""
        return titles.step(self.title)

    def status(self, today: date) -> Status:
        """Return how it stands on a day: what is issued may not be in force yet, or any more."""
        if self.stage in ("draft", "repealed"):
            return self.stage
        if self.step in ("notice", "list", "interpretation") and self.stage:
            return "issued"
        if self.expires_on and self.expires_on < today:
            return "expired"
        if self.effective_on and self.effective_on > today:
            return "announced"
        return "in_force" if self.stage else "unknown"


def settle(claims: Iterable[Claim]) -> Document:
    """Return what the claims amount to: the official original's word first, then the many's.

    Raises ValueError where there is no claim at all.
    """
    ordered = _final(sorted(claims, key=_trust))
    if not ordered:
        raise ValueError("a document that nobody names")
    title = _best_title(ordered)
    number = _number(ordered)
    named = [name for one in ordered for name in (one.title, one.alias or "")]
    return Document(
        title=title,
        number=number,
        variants=_others(_written(ordered), number),
        aliases=_others(named, title),
        kind=_first(ordered, lambda one: None if one.kind == "other" else one.kind)
        or _first(ordered, lambda one: one.kind),
        stage=_stage(ordered),
        issuers=_first(ordered, lambda one: one.issuers or None) or (),
        issued_on=_first(ordered, lambda one: one.issued_on),
        effective_on=_first(ordered, lambda one: one.effective_on),
        expires_on=_first(ordered, lambda one: one.expires_on),
    )


def _final(ordered: list[Claim]) -> list[Claim]:
    """Put what was said of the draft behind what is said of what became of it.

    The dates of a draft are those of its consultation, or of what it hoped for.
    """
    final = [one for one in ordered if one.stage != "draft"]
    if not any(one.role == "primary" for one in final):
        return ordered
    drafts = [one for one in ordered if one.stage == "draft"]
    return [
        *final,
        *(replace(one, issued_on=None, effective_on=None, expires_on=None) for one in drafts),
    ]


def _trust(claim: Claim) -> tuple[bool, int, bool]:
    """Sort the document itself first, then reports of it, then those who merely name it."""
    official = claim.tier in ("official", "interpretation")
    return not (claim.first_hand and official), _rank(claim), not claim.first_hand


def _rank(claim: Claim) -> int:
    return TIERS.index(claim.tier) + (0 if claim.role == "primary" else len(TIERS))


def _first(claims: Sequence[Claim], part: Callable[[Claim], Item | None]) -> Item | None:
    return next((found for one in claims if (found := part(one)) is not None), None)


def _best_title(ordered: Sequence[Claim]) -> str:
    """Prefer a title to a bare number, and the document's own to the notice that hands it on."""
    bare = [one.title for one in ordered if one.title and numbers.parse(one.title) is None]
    plain = [title for title in bare if not titles.is_wrapping(title)]
    return next(iter((*plain, *bare, *(one.title for one in ordered))), "")


def _number(ordered: Sequence[Claim]) -> str | None:
    """Among equally trusted claims the more frequent number; an open one only where none is."""
    given = [(one, parsed) for one in ordered if (parsed := one.parsed) is not None]
    final = [(one, parsed) for one, parsed in given if not parsed.is_open] or given
    if not final:
        return _first(ordered, lambda one: one.number)
    best = _trust(final[0][0])
    votes = Counter(numbers.key(parsed) for one, parsed in final if _trust(one) == best)
    chosen = votes.most_common(1)[0][0]
    same = [parsed for _, parsed in final if numbers.key(parsed) == chosen]
    # 成经信规〔2024〕3号 rather than Cheng Jing Xin Gui 〔2024〕 No. 3, whoever says it first.
    return str(next((one for one in same if str(one).endswith("号")), same[0]))


def _written(ordered: Sequence[Claim]) -> list[str]:
    parsed = [one.parsed for one in ordered]
    return [str(one) for one in parsed if one is not None and not one.is_open]


def _others(said: Iterable[str], chosen: str | None) -> tuple[str, ...]:
    """Return what else is said, each once however it is written."""
    kept = {_same(chosen or "")}
    found = []
    for one in said:
        if one and _same(one) not in kept:
            kept.add(_same(one))
            found.append(one)
    return tuple(found)


def _same(text: str) -> str:
    parsed = numbers.parse(text)
    return numbers.key(parsed) if parsed else titles.key(text)


def _stage(ordered: Sequence[Claim]) -> Stage | None:
    """Return the furthest stage that those tell who tell of the document itself.

    That it was repealed stands in another one, so that the word of any better source counts.
    """
    said = [one for one in ordered if one.stage]
    if any(one.stage == "repealed" and one.tier in TIERS[:3] for one in said):
        return "repealed"
    primary = [one for one in said if one.role == "primary"] or said
    return max((one.stage for one in primary if one.stage), key=STAGES.index, default=None)


def changes(before: Document, after: Document) -> tuple[tuple[ChangedField, str | None, str], ...]:
    """Return what became of a document, as (field, before, after); dates that were not known stay
    unsaid, for they are not news of themselves; nor is that it was issued later than its draft.
    """
    found: list[tuple[ChangedField, str | None, str]] = []
    if after.stage and before.stage and after.stage != before.stage:
        found.append(("stage", before.stage, after.stage))
    if after.number and _same(after.number) != _same(before.number or "") and before.stage:
        found.append(("number", before.number, after.number))
    dated: tuple[tuple[ChangedField, date | None, date | None], ...] = (
        ("issued_on", before.issued_on, after.issued_on),
        ("effective_on", before.effective_on, after.effective_on),
        ("expires_on", before.expires_on, after.expires_on),
    )
    found += [
        (field, old.isoformat(), new.isoformat())
        for field, old, new in dated
        if old and new and old != new and not (field == "issued_on" and before.stage == "draft")
    ]
    return tuple(found)
