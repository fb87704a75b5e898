"""What in an article speaks for or against a topic: every place, word and name, in one pass."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from domain.gazetteer import Entry, entries
from domain.text.fold import fold, unfolded
from domain.topics import Topic, topic

Group = Literal[
    "place", "zone", "subject", "rival", "above", "policy", "act", "colour", "company", "beside"
]
"""zone: the place's own programmes and facilities. act: what only public bodies do.
beside: what makes a subject word a mistake."""

OURS: frozenset[Group] = frozenset({"place", "zone"})
REGIONS: frozenset[Group] = OURS | {"rival", "above"}


class Signal(NamedTuple):
    """One thing that counts, and where it stands."""

    start: int
    end: int
    group: Group
    weight: float
    key: str
    """The same for every name of one thing."""


class _Meaning(NamedTuple):
    """What a pattern stands for; without a group it only hides the shorter names in it."""

    written: str
    group: Group | None
    weight: float
    key: str
    latin: bool


def is_possible(text: str, title: str, topic_id: str) -> bool:
    """Tell, at a tenth of the cost of judging, whether any place of the topic is named at all."""
    matcher = _places(topic_id)
    return any(matcher.find_matches_as_indexes(given.lower()) for given in (title, text))


def signals(folded: str, topic_id: str) -> list[Signal]:
    """Return what counts in a folded text, from left to right, without overlaps.

    Latin terms stand at word boundaries (`ai` is not in `training`), short forms in capitals only.
    """
    matcher, meanings = _matcher(topic_id)
    found: list[Signal] = []
    make, append = Signal._make, found.append
    for pattern, start, end in matcher.find_matches_as_indexes(_lowered(folded)):
        written, group, weight, key, latin = meanings[pattern]
        if group is not None and not (latin and not _stands_alone(folded, start, end, written)):
            append(make((start, end, group, weight, key)))
    return found


def _lowered(folded: str) -> str:
    lowered = folded.lower()
    if len(lowered) == len(folded):
        return lowered
    # A few capital letters grow when lowered, and the offsets with them.
    return "".join(character.lower()[:1] or character for character in folded)


_SHORT_FORM = re.compile(r"[A-Z]{2,6}\Z")


def _stands_alone(folded: str, start: int, end: int, written: str) -> bool:
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum()):
        return False
    return not _SHORT_FORM.match(written) or folded[start:end] == written


@cache
def _matcher(topic_id: str) -> tuple[AhoCorasick, tuple[_Meaning, ...]]:
    meanings: dict[str, _Meaning] = {}
    for meaning in _meanings(topic(topic_id)):
        meanings.setdefault(meaning.written.lower(), meaning)
    matcher = AhoCorasick(tuple(meanings), matchkind=MatchKind.LeftmostLongest)
    return matcher, tuple(meanings.values())


def _meaning(written: str, group: Group | None, weight: float, key: str) -> _Meaning:
    folded = fold(written)
    return _Meaning(folded, group, weight, key, folded.isascii())


_PLAIN: Mapping[Group, Callable[[Topic], tuple[str, ...]]] = {
    "company": lambda subject: subject.company,
    "policy": lambda subject: subject.policy,
    "act": lambda subject: subject.acts,
    "colour": lambda subject: subject.colour,
}


def _meanings(subject: Topic) -> Iterator[_Meaning]:
    """Every pattern; of two meanings of one pattern the first holds."""
    for word, weight in subject.words.items():
        yield _meaning(word, "subject", weight, fold(word).lower())
    for entry in subject.names:
        group, weight = _worth(entry, subject)
        for name in (*entry.zh, *entry.en):
            yield _meaning(name, group, weight, entry.id)
    for entry in entries().values():
        group, weight = _worth(entry, subject)
        for name in (*entry.zh, *entry.en):
            own = None if _is_relative(name) else group
            yield _meaning(name, own, weight, entry.id)
    for mistake in subject.mistakes:
        for word in mistake.beside:
            yield _meaning(word, "beside", 1.0, mistake.word.lower())
    for group, words in _PLAIN.items():
        for word in words(subject):
            yield _meaning(word, group, 1.0, fold(word).lower())


def _worth(entry: Entry, subject: Topic) -> tuple[Group | None, float]:
    if entry.id in subject.zones:
        # A programme that several cities have is a word of the subject, and nobody's place.
        own = entry.within in subject.places
        return "zone" if own else "subject", subject.zones[entry.id]
    if entry.id in subject.places:
        return "place", subject.places[entry.id]
    if entry.within in subject.places:
        return "place", 1.5
    if entry.id in subject.rivals:
        return "rival", 1.0
    if entry.id in subject.above:
        return "above", 1.0
    return None, 0.0


def _is_relative(name: str) -> bool:
    """市经信局 is the bureau of whatever city the article is about."""
    return name[0] in "市省区县" or name.startswith("我")


@cache
def _places(topic_id: str) -> AhoCorasick:
    subject = topic(topic_id)
    named = {
        fold(name).lower()
        for entry in (*subject.names, *entries().values())
        if _is_own(entry, subject)
        for name in (*entry.zh, *entry.en)
        if not _is_relative(name)
    }
    shortest = [name for name in named if not any(o in name for o in named if o != name)]
    return AhoCorasick(sorted({way for name in shortest for way in unfolded(name)}))


def _is_own(entry: Entry, subject: Topic) -> bool:
    return entry.id in subject.places or entry.within in subject.places
