"""What somebody follows (a document, a body, a place, a programme, a term), and what is news."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from domain.chat import Destination
from domain.documents.document import ChangedField
from domain.facts.fact import Fact
from domain.gazetteer import EntryKind, entries, names
from domain.text.fold import fold

FollowKind = Literal["document", "body", "place", "programme", "term"]

LONGEST_TERM = 40
NAMED: tuple[FollowKind, ...] = ("body", "place", "programme")
"""Known to the gazetteer, by all their names in both languages."""
MOST = 50
"""Of one destination: more would be the whole topic, which `/subscribe` is for."""

_KINDS: dict[EntryKind, FollowKind] = {
    "organisation": "body",
    "facility": "body",
    "programme": "programme",
    "place": "place",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Something that can be followed; `key` tells it from others of its kind."""

    kind: FollowKind
    key: str
    """A document's id, an entry of the gazetteer, or the folded term."""
    label: str
    """As it is shown: the document's title, the name as it was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A wish of one destination, as it is kept."""

    id: int
    destination: Destination
    kind: FollowKind
    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """What became of a document that is followed."""

    document_id: int
    title: str
    field: ChangedField
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new of the things one destination follows, told by one article."""

    article_id: int
    story_id: int | None
    labels: tuple[str, ...]
    """Which of the followed things it is about."""
    developments: tuple[Development, ...] = ()
    facts: tuple[str, ...] = ()
    """Ids of the facts that are new, where the story itself was told before; else none."""
    told_before: bool = False
    """What the story states was told before: only what is new is told now."""


def wish(text: str) -> Wish | None:
    """Return what somebody means by a name: an entry of the gazetteer, or else a term.

    None for what says too little: one Latin letter, a digit, a mark; or too much.
    """
    typed = " ".join(unicodedata.normalize("NFKC", text).split())
    folded = term_key(typed)
    if not _says_something(folded) or len(typed) > LONGEST_TERM:
        return None
    found = names(fold(typed))
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(typed)):
        entry = found[0].entry
        return Wish(kind=_KINDS[entry.kind], key=entry.id, label=typed)
    return Wish(kind="term", key=folded, label=typed)


def entry_label(key: str, language: str) -> str:
    """Return the first name of a gazetteer entry in a language, or its id where it is gone."""
    entry = entries().get(key)
    if entry is None:
        return key
    own, other = (entry.zh, entry.en) if language == "zh" else (entry.en, entry.zh)
    return next(iter((*own, *other)), key)


def term_key(text: str) -> str:
    """Return a term as it is compared: simplified, half-width, in one case."""
    return fold(unicodedata.normalize("NFKC", fold(text))).casefold().strip()


def terms_in(title: str, text: str, terms: Iterable[str]) -> list[str]:
    """Return those folded terms that occur: Latin ones as whole words, Han ones anywhere."""
    words = f"{term_key(title)}\n{term_key(text)}"
    return [term for term in terms if _occurs(term, words)]


def about(fact: Fact, terms: Sequence[str]) -> bool:
    """Tell whether a fact's subject or words hold one of the folded terms."""
    said = "\n".join((fact.subject, *(passage.quote for passage in fact.evidence)))
    return bool(terms_in("", said, terms))


def _says_something(folded: str) -> bool:
    letters = [one for one in folded if one.isalnum()]
    return len(letters) >= 2 and any(one.isalpha() for one in letters)


def _occurs(term: str, words: str) -> bool:
    if not term.isascii():
        return term in words
    return re.search(rf"(?<![a-z0-9]){re.escape(term)}(?![a-z0-9])", words) is not None
