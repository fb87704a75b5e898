"""Which document of the register an article means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.documents import number as numbers
from domain.documents import title as titles
from domain.documents.document import Claim, Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document of the register with all the names by which it is found."""

    document: Document
    keys: frozenset[str]
    first_hand: bool = False
    """The document itself was read, from an official source."""


def keys(claim: Claim) -> tuple[str, ...]:
    """Return what a claim's document is found by: its number, its title, a telling alias."""
    found = []
    parsed = claim.parsed
    if parsed is not None and not parsed.is_open:
        found.append(numbers.key(parsed))
    elif parsed is None and claim.number:
        found.append(titles.key(claim.number))
    found.append(titles.key(claim.title))
    if claim.alias and titles.is_specific(claim.alias):
        found.append(titles.key(claim.alias))
    return tuple(dict.fromkeys(one for one in found if one))


def find(claim: Claim, entries: Sequence[Entry]) -> Entry | None:
    """Return the document that a claim is about, among those that share a key or look alike.

    The number decides, unless the title says that it was mistyped; the title decides where the
    numbers do not contradict it: two numbers far apart under one title are two versions.
    """
    numbered = [entry for entry in entries if _same_number(claim, entry)]
    titled = [entry for entry in entries if set(_names(claim)) & entry.keys]
    return _first(
        (entry for entry in numbered if entry in titled or not _contradicts(claim, entry)),
        (entry for entry in reversed(titled) if _may_be(claim, entry)),
        iter(numbered),
        (entry for entry in entries if _is_its_draft(claim, entry)),
    )


def same(claim: Claim, entry: Entry, entries: Sequence[Entry]) -> list[Entry]:
    """Return the other entries that a claim shows to be the same document.

    One was known by its number alone, the other by its title, and the claim has both.
    """
    names = set(keys(claim))
    return [
        other
        for other in entries
        if other.document.id != entry.document.id
        and names & other.keys
        and not _versions(entry, other)
        and not _contradicts(claim, other)
    ]


def _versions(one: Entry, other: Entry) -> bool:
    """Tell whether two documents under one title are two by their numbers, and no slip of one."""
    mine, theirs = numbers.parse(one.document.number), numbers.parse(other.document.number)
    if mine is None or theirs is None:
        both = (one.document.number, other.document.number)
        return None not in both and len(set(both)) == 2
    if mine.is_open or theirs.is_open or numbers.key(mine) == numbers.key(theirs):
        return False
    return (one.first_hand and other.first_hand) or not numbers.is_slip(mine, theirs)


def _first(*found: Iterable[Entry]) -> Entry | None:
    return next((entry for entries in found for entry in entries), None)


def _names(claim: Claim) -> tuple[str, ...]:
    alias = claim.alias if claim.alias and titles.is_specific(claim.alias) else ""
    return tuple(key for key in (titles.key(claim.title), titles.key(alias)) if key)


def _same_number(claim: Claim, entry: Entry) -> bool:
    mine, theirs = claim.parsed, numbers.parse(entry.document.number)
    if mine is None or theirs is None:
        return bool(claim.number) and claim.number == entry.document.number
    return not mine.is_open and numbers.key(mine) == numbers.key(theirs)


def _contradicts(claim: Claim, entry: Entry) -> bool:
    """Tell whether both titles say enough to be sure that they are not one."""
    if numbers.parse(claim.title) or numbers.parse(entry.document.title):
        return False  # where only a number stands, no title says otherwise
    mine, theirs = titles.key(claim.title), titles.key(entry.document.title)
    if min(len(mine), len(theirs)) < titles.SPECIFIC or mine.isascii() != theirs.isascii():
        return False
    return mine not in theirs and theirs not in mine and not titles.alike(mine, theirs)


def _may_be(claim: Claim, entry: Entry) -> bool:
    mine, theirs = claim.parsed, numbers.parse(entry.document.number)
    if mine is None or theirs is None:
        return not (claim.number and entry.document.number and mine is None and theirs is None)
    if mine.is_open or theirs.is_open or numbers.key(mine) == numbers.key(theirs):
        return True
    both = entry.first_hand and claim.first_hand and claim.tier == "official"
    return numbers.is_slip(mine, theirs) and not both


def _is_its_draft(claim: Claim, entry: Entry) -> bool:
    """A draft and what became of it differ by a word of the title; never two final documents."""
    if "draft" not in (claim.stage, entry.document.stage) or claim.stage == entry.document.stage:
        return False
    theirs = titles.key(entry.document.title)
    return titles.alike(titles.key(claim.title), theirs) and _may_be(claim, entry)
