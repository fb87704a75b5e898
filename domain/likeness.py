"""Whether two articles tell one story, by what they say: never by their titles alone."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.documents import title as titles
from domain.gazetteer import entries
from domain.signature import Signature, weight
from domain.text.fold import fold

GATE = timedelta(days=10)
"""Articles further apart tell different stories, though they may state the same facts."""
COPY_GATE = timedelta(days=16)
"""A reprint may come later than what is told in other words."""

# Fitted, then rounded, on the odd stories of the development file and on all pairs of labelled
# articles, which are stories of their own (docs/quality.md). "elsewhere" is stricter than fitted:
# districts and cities word their notices alike.
_WEIGHTS = {
    "all": 5.75,
    "opening": 5.5,
    "across": 3.8,
    "rare": 1.35,
    "exact": 0.85,
    "elsewhere": -3.0,
    "copied": 2.5,
}
_BASE = -8.0
SAME = -0.9
"""From this likeness on two articles tell one story."""
_DAILY = 0.2
_FRESH_DAYS = 2.0
_COPY = 0.6
_SERIES_COPY = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An article as far as it is compared with others."""

    story_id: int
    source_id: int
    title: str
    at: datetime
    signature: Signature


def same_story(new: Telling, others: Iterable[Telling]) -> int | None:
    """Return the story of the article that is most like the new one; None where it begins one."""
    if new.signature.is_roundup:
        return None
    known = list(others)
    # A report of both would bring two acts into one story.
    barred = {other.story_id for other in known if _are_two_acts(new.title, other.title)}
    rated = [
        (likeness(new, other), other.at, other.story_id)
        for other in known
        if other.story_id not in barred
    ]
    best = max(rated, default=None)
    return best[2] if best and best[0] >= SAME else None


_FACTS_FEWEST = 2
_FACTS_WEIGHT = 4.0


def same_facts(stated: Mapping[int, Collection[str]]) -> dict[int, Collection[str]]:
    """Return the stories that share enough exact facts to be worth a link, whenever they ran."""
    return {
        story: keys
        for story, keys in stated.items()
        if len(keys) >= _FACTS_FEWEST and _sum(keys) >= _FACTS_WEIGHT
    }


def likeness(a: Telling, b: Telling) -> float:
    """Return how much speaks for one story: `SAME` is enough; -inf where it cannot be one."""
    share = copied(a.signature, b.signature)
    apart = abs(a.at - b.at)
    if b.signature.is_roundup or apart > (COPY_GATE if share >= _COPY else GATE):
        return float("-inf")
    if (a.source_id == b.source_id and _is_form(a, b, share)) or _are_two_acts(a.title, b.title):
        return float("-inf")
    if a.signature.is_draft != b.signature.is_draft:
        return float("-inf")  # A draft and what becomes of it say nearly the same.
    given = traits(a.signature, b.signature)
    total = _BASE + sum(_WEIGHTS[name] * value for name, value in given.items())
    return total - _DAILY * max(0.0, apart / timedelta(days=1) - _FRESH_DAYS)


def _is_form(a: Telling, b: Telling, share: float) -> bool:
    """One source's notices under one title, or in the same words under another, fill in a form.

    Only the same words and figures under the same title are the same article once more.
    """
    if _plain(a.title) == _plain(b.title):
        return share < _SERIES_COPY or _figures(a) != _figures(b)
    return share >= _COPY or _letters(a.title) == _letters(b.title)


def _are_two_acts(one: str, other: str) -> bool:
    """The rules for a policy and the call that carries it out repeat it, and are no report of it.

    Its readings and lists of questions are: they say what the policy says.
    """
    if not (titles.is_formal(one) and titles.is_formal(other)):
        return False
    return "interpretation" not in (titles.step(one), titles.step(other)) and titles.differ(
        one, other
    )


def _figures(given: Telling) -> set[str]:
    return {key for key in given.signature.keys if key[0] in "nd#"}


def _plain(title: str) -> str:
    return "".join(fold(title).split()).casefold()


def _letters(title: str) -> str:
    return "".join(one for one in _plain(title) if one.isalpha())


def copied(a: Signature, b: Signature) -> float:
    """Return the share of the shorter text that stands in the other, 0 to 1, as sampled."""
    if not a.sample or not b.sample or a.chinese != b.chinese:
        return 0.0
    # The smallest hashes of both together are a fair sample of both; of a text that lies wholly in
    # a longer one, all that fall below the longer one's last hash are in it.
    last = min(a.sample[-1], b.sample[-1])
    ours = {one for one in a.sample if one <= last}
    theirs = {one for one in b.sample if one <= last}
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def traits(a: Signature, b: Signature) -> dict[str, float]:
    """Return the numbers by which two articles are compared; `likeness` says what each weighs."""
    opening = set(a.opening) & set(b.opening)
    keys = _without_citations(set(a.keys) & set(b.keys), opening)
    ours, theirs = keys & set(a.opening), keys & set(b.opening)
    across, crossed = ours | theirs, _sum(ours) + _sum(theirs)
    rare = [key for key in keys if weight(key) >= 1.25 or (key[0] == "n" and key in opening)]
    exact = [key for key in across if key[0] != "c" and weight(key) >= 0.9]
    return {
        "all": _sum(keys) / max(6.0, min(_sum(a.keys), _sum(b.keys))),
        "opening": _sum(opening) / max(4.0, min(_sum(a.opening), _sum(b.opening))),
        "across": crossed / max(8.0, _sum(a.opening) + _sum(b.opening)),
        "rare": min(3, len(rare)) / 3,
        "exact": min(3, len(exact)) / 3,
        "elsewhere": float(_elsewhere(a, b)),
        "copied": _telling_copy(a, b, keys),
    }


def _without_citations(shared: set[str], opening: set[str]) -> set[str]:
    """A document makes one story of two articles that both begin with it: many cite it besides."""
    return {key for key in shared if key[0] not in "#t" or key in opening}


def _telling_copy(a: Signature, b: Signature, shared: set[str]) -> float:
    """Notices are copied from one form: only a copy that also says the same counts."""
    smaller = min(_sum(a.keys), _sum(b.keys))
    if _elsewhere(a, b) or _sum(shared) < _SAYS_THE_SAME * smaller:
        return 0.0
    return copied(a, b)


_SAYS_THE_SAME = 0.45


def _sum(keys: Iterable[str]) -> float:
    return sum(map(weight, keys))


def _elsewhere(a: Signature, b: Signature) -> bool:
    """One opens in Jinjiang, the other in the Hi-tech Zone; or in Jinan and in Chengdu."""
    return _apart(_districts(a), _districts(b)) or _apart(_cities(a), _cities(b))


def _apart(ours: set[str], theirs: set[str]) -> bool:
    return bool(ours) and bool(theirs) and not ours & theirs


# Districts lie within cities; what lies within these is a city itself.
_WIDE = frozenset({"", "china", "sichuan", "chengdu-chongqing"})


def _districts(given: Signature) -> set[str]:
    return {name for name, within in _places(given) if within not in _WIDE}


def _cities(given: Signature) -> set[str]:
    return {name if within in _WIDE else within for name, within in _places(given)} - _WIDE


def _places(given: Signature) -> list[tuple[str, str]]:
    known = entries()
    named = (known.get(key[2:]) for key in given.opening if key[0] == "e")
    return [(one.id, one.within) for one in named if one and one.kind == "place"]
