"""Which figures somebody asks for: the words of either language lead to the same ones."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from domain.facts.stated import Stated
from domain.gazetteer import names
from domain.ledger.figure import HOME, meaning, named_in
from domain.ledger.metrics import Series
from domain.search.phrase import Phrase, occur_in, phrase, plainly
from domain.text.fold import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator of the facts contract and what people call it."""

    id: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    example: str = ""
    """A question that asks for it, for the tests."""
    counter: str = ""
    """A word that does not."""

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.zh, *self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a question asks for; empty for every figure there is."""

    indicator: str | None = None
    """Of a fact this is enough, whatever its words are."""
    groups: tuple[tuple[Phrase, ...], ...] = ()
    """Of each group one phrase has to occur: the names of one thing."""
    named: tuple[Phrase, ...] = field(default=())
    """The names of the indicator; one of them has to occur where the fact has another one."""
    places: frozenset[str] = frozenset()
    """Of where, by the gazetteer; none named: of the city that this is about."""
    things: frozenset[str] = frozenset()
    """What the words mean (`domain.ledger.figure`)."""


@cache
def indicators() -> tuple[Indicator, ...]:
    """Return the indicators that can be asked for by name."""
    text = files("domain.ledger").joinpath("indicators.toml").read_text("utf-8")
    return tuple(
        Indicator(**{**one, "zh": tuple(one["zh"]), "en": tuple(one["en"])})
        for one in tomllib.loads(text)["indicator"]
    )


def read(words: str) -> Wanted:
    """Read a question such as "compute", "成都 算力", "AI companies Chengdu".

    The longest name of an indicator in it says which one; of names of the gazetteer all spellings
    are as good; every further word has to occur as it stands.
    """
    plain = plainly(words)
    indicator, spot = _indicator(plain)
    rest = plain if spot is None else f"{plain[: spot[0]]} {plain[spot[1] :]}"
    groups, rest = _known_names(words, rest)
    fields, rest = _known_things(rest)
    single = (phrase(word, begins=True) for word in rest.split())
    return Wanted(
        indicator=indicator.id if indicator else None,
        groups=(*groups, *fields, *((one,) for one in single if one)),
        named=_phrases(indicator.names) if indicator else (),
        places=frozenset(one.entry.id for one in names(fold(words)) if one.entry.kind == "place"),
        things=meaning(words)[0],
    )


def asked_for(one: Stated, wanted: Wanted) -> bool:
    """Tell whether a figure is one of those that are wanted."""
    fact = one.fact
    texts = [fact.subject, one.article.title, *(said.quote for said in fact.evidence)]
    if place := fact.attributes.get("place"):
        texts.append(str(place))
    groups = [(group, texts) for group in wanted.groups]
    if wanted.named and fact.attributes.get("indicator") != wanted.indicator:
        groups.append((wanted.named, [fact.subject]))
    return all(any(occur_in([name], where) for name in group) for group, where in groups)


def ranked(found: Sequence[Series], wanted: Wanted) -> list[Series]:
    """Put first what is asked for most exactly and of the place meant, then what tells most."""
    return sorted(found, key=lambda one: _rank(one, wanted))


def _rank(one: Series, wanted: Wanted) -> tuple[object, ...]:
    lead = one.points[0].entry.lead.fact
    other = wanted.indicator is not None and lead.attributes.get("indicator") != wanted.indicator
    newest = max(point.entry.lead.article.when.timestamp() for point in one.points)
    figure = one.figure
    missing = len(wanted.things - figure.things)
    elsewhere = figure.place not in (wanted.places or {HOME})
    # Above all what is nobody's in particular: a choice, but not the answer.
    doubt = missing, bool(figure.by), elsewhere
    return other, *doubt, -min(len(one.points), 4), -newest, one.subject


def _indicator(plain: str) -> tuple[Indicator | None, tuple[int, int] | None]:
    """Return the indicator whose name is the longest that occurs, and where."""
    places = (
        (end - start, -start, one, (start, end))
        for one in indicators()
        for name in _phrases(one.names)
        for start, end in name.places(plain)
    )
    best = max(places, key=lambda place: place[:2], default=None)
    return (best[2], best[3]) if best else (None, None)


def _known_names(words: str, rest: str) -> tuple[tuple[tuple[Phrase, ...], ...], str]:
    """Return all spellings of each place or body named, and what is left of the question."""
    groups = []
    for name in names(fold(words)):
        said = plainly(words[name.start : name.end])
        if said.strip() and said in rest:
            rest = rest.replace(said, " ", 1)
            groups.append(_phrases((*name.entry.zh, *name.entry.en)))
    return tuple(groups), rest


def _known_things(rest: str) -> tuple[tuple[tuple[Phrase, ...], ...], str]:
    """Return all names of each thing named ("AI": 人工智能 too), and what is left of the question.

    Words that say nothing ("number of") are asked for by nobody.
    """
    groups = []
    for start, end, thing in reversed(list(named_in(rest))):
        if end - start < _SHORTEST or (thing.role == "filler" and not rest[start:end].isascii()):
            continue
        rest = f"{rest[:start]} {rest[end:]}"
        if thing.role != "filler":
            groups.append(_phrases((*thing.zh, *thing.en)))
    return tuple(groups), rest


_SHORTEST = 2
"""One character of Chinese is a part of too many words."""


def _phrases(names: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(one for one in map(phrase, names) if one)
