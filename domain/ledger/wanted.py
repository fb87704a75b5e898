"""Which figures somebody asks for: the words of either language lead to the same ones."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from domain.facts.stated import Stated
from domain.gazetteer import names
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
    single = (phrase(word, begins=True) for word in rest.split())
    return Wanted(
        indicator=indicator.id if indicator else None,
        groups=(*groups, *((one,) for one in single if one)),
        named=_phrases(indicator.names) if indicator else (),
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
    """Put first what has the wanted indicator, then what tells most, then what is newest."""
    return sorted(found, key=lambda one: _rank(one, wanted))


def _rank(one: Series, wanted: Wanted) -> tuple[bool, int, float, str]:
    lead = one.points[0].entry.lead.fact
    other = wanted.indicator is not None and lead.attributes.get("indicator") != wanted.indicator
    newest = max(point.entry.lead.article.when.timestamp() for point in one.points)
    return other, -min(len(one.points), 4), -newest, one.subject


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


def _phrases(names: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(one for one in map(phrase, names) if one)
