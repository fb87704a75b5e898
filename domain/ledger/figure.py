"""Which figure a stated value is of: what of, where, in which unit. Pure, and the same for ever.

Two values belong to one series only where all of this agrees. What is unclear sets a figure apart:
two choices too many are told at a glance, two things in one line are not.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from domain.facts.fact import Fact
from domain.facts.stated import Stated
from domain.gazetteer import Entry, entries, names
from domain.ledger.likeness import key
from domain.text.fold import fold

Role = Literal["field", "kind", "quality", "flow", "filler"]

HOME = "chengdu"
"""Which city is meant by "the city" where an article's title names no other one."""
_COLLECTIVES = {
    "city": re.compile(r"[全我本该]市|市内|\b(?:the )?city(?:wide|'s)?\b", re.I),
    "province": re.compile(r"[全我本该]省|省内|\b(?:the )?province\b", re.I),
    "country": re.compile(r"[全我]国|国内|\bnationwide\b|\bthe country\b", re.I),
    "district": re.compile(r"[全我本该]区|[区园谷]内|\bthe (?:district|zone|park)\b", re.I),
}
_MORE = re.compile(
    r"(?:净增|新增|新设|新登记|多了|多出|增加(?!到|至)|减少(?!到|至)|再添"
    r"|\bnet increase of|\badding|\badded|\ban increase of|\bup by)[^0-9]{0,12}\Z",
    re.I,
)
_PART = re.compile(r"(?:其中|\bof (?:which|these|them))[^0-9]{0,8}\Z", re.I)
"""What stands before a number that is what came or went, or a part of what was named before."""
_LABEL = re.compile(r"\A[^:：]{1,40}[:：]\s*")
_CLASSIFIERS = frozenset("家个户款台条项名人次起件套张座只种所")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One entry of `things.toml`."""

    id: str
    role: Role
    zh: tuple[str, ...]
    en: tuple[str, ...]
    example: str
    counter: str


class Figure(NamedTuple):
    """What two values have in common that are of one figure."""

    things: frozenset[str]
    """What it is of, in no language."""
    rest: str
    """What its words say besides, in their own."""
    indicator: str
    """Where its words name no kind of thing, what the reading took it for."""
    place: str
    """By the gazetteer where that knows it; "" where nobody says."""
    unit: str | None
    by: str = ""
    """Whose figure it is, where that is all that holds it together: a source, or one article."""


@cache
def things() -> tuple[Thing, ...]:
    """Return what the words of figures are known to mean."""
    text = files("domain.ledger").joinpath("things.toml").read_text("utf-8")
    return tuple(
        Thing(**{**one, "zh": tuple(one["zh"]), "en": tuple(one["en"])})
        for one in tomllib.loads(text)["thing"]
    )


def figure_of(stated: Stated) -> Figure:
    """Return which figure a stated value is of."""
    fact = stated.fact
    said, rest = _said_of(fact.subject, fact.counted or "")
    said |= _share(fact)
    place = _place(stated)
    roles = {_roles()[one] for one in said if one in _roles()}
    is_kind = bool(roles & {"kind", "field"})
    return Figure(
        things=said,
        rest=rest,
        indicator="" if is_kind else str(fact.attributes.get("indicator") or ""),
        place=place,
        unit=fact.unit,
        by=_by(stated, place, is_specific=bool(rest) or bool(roles & {"field", "quality"})),
    )


def _by(stated: Stated, place: str, *, is_specific: bool) -> str:
    """Companies of no known kind, or of no known place, are not everybody's same companies."""
    if not is_specific:
        return f"a{stated.article.id}"
    return "" if place else f"source {stated.article.source_id}"


def _share(fact: Fact) -> frozenset[str]:
    """Return whether a number is of what came or went, or of a part, by the words before it."""
    quote = fold(fact.evidence[0].quote)
    first = re.search(r"\d", quote)
    before = quote[: first.start()] if first else quote
    found = {name for name, said in (("new", _MORE), ("part", _PART)) if said.search(before)}
    return frozenset(found)


def _said_of(subject: str, counted: str) -> tuple[frozenset[str], str]:
    """Return what a subject and the noun that is counted mean, and what they say besides."""
    said, rest = meaning(subject)
    noun = counted.strip()
    if noun and noun not in _CLASSIFIERS:
        more, besides = meaning(noun)
        if noun not in subject:
            rest = f"{rest} {besides}".strip() if besides not in rest else rest
        said |= more
    return said, rest


@lru_cache(maxsize=4096)
def meaning(words: str) -> tuple[frozenset[str], str]:
    """Return the things that words mean, and the rest of them; places are neither."""
    text = fold(words)
    label = _LABEL.match(text)
    if label and _is_place(label[0].rstrip(":： ")):
        text = text[label.end() :]
    text = _without_places(text)
    found, rest, last = set(), [], 0
    for match in _pattern().finditer(text):
        rest.append(text[last : match.start()])
        last = match.end()
        found.add(_owners()[match[0].casefold()])
    rest.append(text[last:])
    return frozenset(found - {"nothing"}), key(" ".join(rest))


def in_words(figure: Figure, language: Literal["en", "zh"]) -> str:
    """Say what a figure is of by the names of its things; "" where that would not be all of it."""
    if figure.rest:
        return ""
    chosen = [one for one in things() if one.id in figure.things]
    chosen.sort(key=lambda one: ("flow", "quality", "field", "kind").index(one.role))
    named = [(one.zh if language == "zh" else one.en)[0] for one in chosen]
    return "".join(named) if language == "zh" else " ".join(named)


def named_in(text: str) -> Iterator[tuple[int, int, Thing]]:
    """Yield the things that a folded text names, and where."""
    by_id = {one.id: one for one in things()}
    for match in _pattern().finditer(text):
        yield match.start(), match.end(), by_id[_owners()[match[0].casefold()]]


def _without_places(text: str) -> str:
    """Take places out; what else has a name (a computing centre) is part of what it is of."""
    for name in reversed(names(text)):
        if name.entry.kind == "place":
            text = f"{text[: name.start]} {text[name.end :]}"
    return text


def _place(stated: Stated) -> str:
    """Return where a figure is of: by the reading, its words, its quote, or the title."""
    fact = stated.fact
    written = str(fact.attributes.get("place") or "")
    title = stated.article.title
    if written and written != fact.subject:
        return _meant(written, title) or _named(written)
    told = (fact.subject, *(one.quote for one in fact.evidence[:1]), title)
    return next((place for words in told if (place := _meant(words, title))), "")


def _meant(words: str, title: str) -> str:
    """Return the one place that words name; "" where they name none, or several."""
    places = set(_places(words))
    if places:
        return min(places) if len(places) == 1 else ""
    for level, pattern in _COLLECTIVES.items():
        if pattern.search(fold(words)):
            return _collective(level, title)
    return ""


_LONGEST_PLACE = 24


def _collective(level: str, title: str) -> str:
    """Return which city, province, country or district is meant by "the city" and the like."""
    of_title = [entries()[one] for one in _places(title)]
    fitting = [one.id for one in of_title if _level(one) == level]
    if len(set(fitting)) == 1:
        return fitting[0]
    return {"city": HOME, "province": "sichuan", "country": "china"}.get(level, "")


def _level(entry: Entry) -> str:
    if entry.id == "china":
        return "country"
    if entry.within == HOME:
        return "district"
    return "province" if entry.id == "sichuan" else "city"


@lru_cache(maxsize=4096)
def _places(words: str) -> tuple[str, ...]:
    return tuple(one.entry.id for one in names(fold(words)) if one.entry.kind == "place")


def _is_place(words: str) -> bool:
    return any(one.end - one.start == len(words) for one in names(words))


def _named(written: str) -> str:
    """Return what to call a place that the gazetteer does not know, if it looks like one."""
    folded = fold(written).strip()
    if not folded or len(folded) > _LONGEST_PLACE or _pattern().search(folded):
        return ""
    return key(re.sub(r"(?<=..)[市区县]\Z", "", folded))


@cache
def _owners() -> Mapping[str, str]:
    return {fold(name).casefold(): one.id for one in things() for name in (*one.zh, *one.en)}


@cache
def _roles() -> Mapping[str, Role]:
    return {one.id: one.role for one in things()}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_owners(), key=len, reverse=True)
    return re.compile("|".join(map(_written, longest_first)), re.I)


def _written(name: str) -> str:
    """A Latin word stands alone, or against characters: AI企业, not "aid"."""
    if not name.isascii():
        return re.escape(name)
    return rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])"


def examples() -> Iterator[tuple[str, str, str]]:
    """Yield each entry's id with its example and its counter-example, for the tests."""
    return ((one.id, one.example, one.counter) for one in things())
