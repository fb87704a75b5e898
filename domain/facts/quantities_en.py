"""Quantities in English text: numeral, scale, unit or noun, and the words that compare."""

import re
from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

from domain.facts.english.comparators import comparator_of
from domain.facts.english.counting import LARGE_YEAR, counted_of, trimmed
from domain.facts.english.ellipsis import (
    ceiling,
    elliptic,
    factor_of_unit,
    in_unit_of,
    same_unit,
    unnamed,
)
from domain.facts.english.fractions import fractions
from domain.facts.english.units import QUANTITY, SCALE, factor_of, kind_of, value_of
from domain.facts.english.verbs import verbs
from domain.facts.fact import Comparator
from domain.facts.numerals import ENGLISH_SCALES
from domain.facts.quantity import Quantity, QuantityKind
from domain.facts.rules import words

_PER = re.compile(
    (
        r"\s?(?:/|\s(?:per|for\s(?:each|every)|each|an?)\s)\s?(?P<per>[a-z]{3"
        r",14}(?:\s(?:meter|metre|per\s[a-z]{3,8}|project))?)"
    ),
    re.IGNORECASE,
)


_FALLING = frozenset(
    (
        "down",
        "minus",
        "off",
        *(word for word, verb in verbs().items() if verb.lemma in words("en", "falling_verbs")),
    )
)


_JOINS = re.compile(
    r"(?P<verb>[a-z]+)(?:\s(?:by|of|as much as|about|around|roughly|nearly|almost|some|over"
    r"|more than|another|a further)){0,3}\s*\Z",
    re.IGNORECASE,
)


_HEADED = re.compile(
    r"\b(?:(?:total |combined |overall )?number of|total|tally|count|list)\b", re.IGNORECASE
)


_NAME_BEFORE = re.compile(
    r"(?:\b(?:no|nos|item|question|annex|appendix|lot|article|section|phase|chapter|version|tower|gate|flight|page|figure|table"
    r"|round|stage|part|level|line|terminal|wave|track|day|week|model|series"
    r"|(?<!not )(?<!to )top|tier|class|grade|edition|room|route|step|per|ranked|ranks"
    r"|ranking)[ ]"
    r"|\bnos?\.\s|[A-Za-z]-?|#|\d[.,:/-]|\b(?:one|two|four|six|nine) (?:in|out of)(?: every)?\s)\Z",
    re.IGNORECASE,
)


_OWN_NOUN = re.compile(
    r"(?:model|series|class|grade|tier|page|room|route|tower|top)\s", re.IGNORECASE
)
"""Before a sum or a percentage it is a noun of its own: "who trained the model | 20 percent"."""


def quantities(folded: str, skip: tuple[tuple[int, int], ...]) -> tuple[Quantity, ...]:
    """Return the quantities of an English text, outside the spans to skip (dates, titles)."""
    found = list(_ranged(folded, list(_found(folded, skip))))
    begun = {one.number_start for one in found}
    shares = (one for one in fractions(folded) if one.number_start not in begun)
    return tuple(sorted((*found, *shares), key=attrgetter("number_start")))


def _matches(folded: str, skip: tuple[tuple[int, int], ...]) -> Iterator[re.Match[str]]:
    """The numbers outside the spans; one that begins within a date may not swallow the next."""
    at = begin = 0
    while match := QUANTITY.search(folded, begin):
        number = match.start("number")
        while at < len(skip) and skip[at][1] <= number:
            at += 1
        if match["high"] and (_is_step(folded, match) or _is_pair(folded, match)):
            match = QUANTITY.search(folded, match.start(), match.start("high")) or match
        skipped = at < len(skip) and skip[at][0] <= number
        if not skipped:
            yield match
        begin = min(match.end(), skip[at][1]) if skipped else match.end()


_BY = re.compile(r"\bby (?:about |around |some |nearly )?\Z", re.IGNORECASE)


def _is_step(folded: str, match: re.Match[str]) -> bool:
    """ "Grew by 4,300 to 61,000": a step and where it led, no range."""
    plain = not (match["scale"] or match["money"] or match["percent"] or match["point"])
    return plain and bool(_BY.search(folded, max(0, match.start() - 16), match.start()))


def _is_pair(folded: str, match: re.Match[str]) -> bool:
    """ "Two and three", which is no range as "between three and five" is."""
    gap = folded[match.end("number") : match.start("high")].split()
    between = _BETWEEN.search(folded, max(0, match.start() - 24), match.start("number"))
    return gap[:1] == ["and"] and not between and not match["number"][0].isdigit()


def _found(folded: str, skip: tuple[tuple[int, int], ...]) -> Iterator[Quantity]:
    waiting: list[re.Match[str]] = []
    last: Quantity | None = None
    money: Quantity | None = None
    currency = _currency(folded)
    for match in _matches(folded, skip):
        waiting = _still_waiting(folded, waiting, match)
        quantity = _quantity(folded, match) or elliptic(folded, match, last)
        quantity = quantity or ceiling(folded, match, money) or unnamed(folded, match, currency)
        if quantity is None:
            listed = match["scale"] or match["number"][0].isdigit()
            listed = listed and not _OF_YEARS.search(
                folded, max(0, match.start("number") - 6), match.start("number")
            )
            waiting = [*waiting[-6:], match] if listed else []
            continue
        if quantity.kind in _IN_LISTS or (waiting and _is_count_list(folded, waiting, match)):
            factor = factor_of(match, quantity.kind)
            yield from (in_unit_of(folded, one, quantity, factor) for one in waiting)
        waiting = []
        money = quantity if quantity.kind == "money" else money
        bare = quantity.kind == "count" and not quantity.counter and last is not None
        changed = bare and last is not None and folded[last.end : match.start()].strip() == "to"
        if changed and last and last.kind != "count":
            quantity = in_unit_of(folded, match, last, factor_of_unit(folded, last))
            bare = False
        if bare and last and last.kind == "compute":
            quantity = same_unit(folded, match, last) or quantity
            bare = quantity.kind == "count"
        last = replace(quantity, counter=last.counter) if bare and last else quantity
        yield quantity


_YUAN = re.compile(r"\b(?:yuan|RMB|CNY|renminbi)\b|[¥￥]", re.IGNORECASE)
_OTHER = re.compile(r"\b(?P<name>USD|EUR|HKD|GBP|JPY|SGD)\b|(?P<sign>US\$|HK\$|[€£])")
_SIGNS = {"US$": "USD", "HK$": "HKD", "€": "EUR", "£": "GBP"}


def _currency(folded: str) -> str:
    """The currency that a page speaks of: the yuan, where it speaks of another alone that one."""
    other = None if _YUAN.search(folded) else _OTHER.search(folded)
    return (other["name"] or _SIGNS[other["sign"]]) if other else "CNY"


_IN_LISTS = ("money", "percent", "compute")


def _is_count_list(folded: str, waiting: list[re.Match[str]], match: re.Match[str]) -> bool:
    """ "1,320, 2,410 and 1,176 firms": an "and" before the last, digits and no years before it."""
    gap = folded[waiting[-1].end() : match.start()]
    plain = all(
        one["number"][0].isdigit() and not LARGE_YEAR.match(one["number"]) for one in waiting
    )
    return bool(re.search(r"\b(?:and|or)\b", gap)) and plain and match["number"][0].isdigit()


_OF_YEARS = re.compile(r"years?\s\Z", re.IGNORECASE)


_LISTED = re.compile(r",?\s?(?:and|or)?\s?")
_NAMED_LIST = re.compile(r"[,;]\s[a-z][\w'-]*\s(?:[a-z][\w'-]*\s)?")


def _still_waiting(
    folded: str, waiting: list[re.Match[str]], match: re.Match[str]
) -> list[re.Match[str]]:
    """The numbers that may still get their unit from one that follows.

    "1,000, 2,000 and 3,000 yuan"; "gold 800,000, silver 500,000, bronze 300,000 yuan", where only
    numbers written alike are of one list: "in phase 2, worth 3 million yuan".
    """
    if not waiting or _LISTED.fullmatch(folded, waiting[-1].end(), match.start()):
        return waiting
    alike = "," in match["number"] and not match["scale"]
    if alike and _NAMED_LIST.fullmatch(folded, waiting[-1].end(), match.start()):
        return [one for one in waiting if "," in one["number"]]
    return []


_BETWEEN = re.compile(
    r"\b(?:between|(?:rang(?:e|es|ing)|var(?:y|ies|ying)) from)\s(?:about |around |some )?\Z",
    re.IGNORECASE,
)


_TO = re.compile(r"\s?(?:to|-)\s?")


_SCALE_WORD = re.compile(rf"\d[\s-]?(?P<scale>{SCALE})\b", re.IGNORECASE)


def _ranged(folded: str, found: list[Quantity]) -> Iterator[Quantity]:
    """ "Between A and B", "A million to B million": two numbers that are one range."""
    low: Quantity | None = None
    for one in found:
        whole = low and _range(folded, low, one)
        if whole:
            yield whole
            low = None
            continue
        if low:
            yield low
        low = one
    if low:
        yield low


def _range(folded: str, low: Quantity, top: Quantity) -> Quantity | None:
    if low.unit != top.unit or low.high or top.high or top.comparator != "eq":
        return None
    gap = folded[low.end : top.start]
    between = _BETWEEN.search(folded, max(0, low.start - 24), low.number_start)
    if not (between and gap.strip() in ("and", "to")) and not (
        low.kind == "money" and _is_to(folded, low, gap)
    ):
        return None
    bottom = low.value
    scales = [_SCALE_WORD.search(folded, one.number_start, one.end) for one in (low, top)]
    if scales[1] and not scales[0]:
        shared = bottom * ENGLISH_SCALES[scales[1]["scale"].lower()]
        bottom = shared if shared < top.value else bottom
    if not bottom < top.value:
        return None
    return replace(
        low, value=bottom, high=top.value, comparator="range", end=top.end, counter=top.counter
    )


def _is_to(folded: str, low: Quantity, gap: str) -> bool:
    """Not "from A to B", which is a change."""
    changed = re.search(r"\b(?:from|up|by)\s\Z", folded[max(0, low.start - 8) : low.start])
    changed = changed or _ENLARGED.search(folded, max(0, low.start - 80), low.start)
    return bool(_TO.fullmatch(gap)) and not changed


_ENLARGED = re.compile(
    r"\b(?:enlarg|expand|increas|rais|lift|doubl|boost|cut|reduc|lower)\w* [^.;,\n]{2,60} of \Z",
    re.IGNORECASE,
)
""" "Enlarge the fund of 10 billion to 20 billion"."""


def _quantity(folded: str, match: re.Match[str]) -> Quantity | None:
    number = match.start("number")
    symbol = match["symbol"]
    kind, unit = kind_of(match)
    named = None if symbol else _NAME_BEFORE.search(folded, max(0, number - 12), number)
    if named and not (kind in ("money", "percent") and _OWN_NOUN.match(named.group())):
        return None
    end, counter = match.end(), ""
    if kind is None:
        kind, unit, end, counter = counted_of(folded, match)
        if kind is None and not _is_changed_count(folded, match):
            return None
        if kind is None:
            kind, unit, end = "count", "count", match.end()
    factor = factor_of(match, kind)
    value = value_of(match["number"]) * factor
    high = value_of(match["high"]) * factor if match["high"] else None
    joined = folded[match.end("number") : match.start("high")] if match["high"] else ""
    changed = "to" in joined.split() and _FROM.search(
        folded, max(0, match.start() - 16), match.start()
    )
    if high is not None and changed:
        number, value, high = match.start("high"), high, None  # "from 100 to 170": a change
    if high is not None and (high <= value or (kind == "count" and not counter)):
        return None
    comparator, begin = comparator_of(folded, match, kind)
    if match["high"] and high is None:
        comparator, begin = "eq", number  # what is said of the first is not said of the second
    end = trimmed(folded, match.start(), end)
    per = _PER.match(folded, end) if kind == "money" else None
    return Quantity(
        start=begin,
        number_start=match.start("symbol") if symbol else number,
        end=end,
        kind=kind,
        value=value,
        high=high,
        unit=unit,
        comparator="range" if high is not None else comparator,
        counter=counter,
        per=per["per"] if per else "",
        negative=_is_fall(folded, kind, comparator, begin),
        written=not match["number"][0].isdigit(),
    )


_CHANGED = re.compile(
    r"\b(?:[Nn]umber of [^.;:\n]{3,90}?|(?:[Hh]eadcount|[Ss]taff|[Ww]orkforce"
    r"|[Mm]embership|[Tt]eam)\b[^.;:\n]{0,60}?)\bfrom"
    r" (?:[a-z]+ ){0,2}(?:\d[\d,]{0,12} to (?:[a-z]+ ){0,2})?\Z"
)


def _is_changed_count(folded: str, match: re.Match[str]) -> bool:
    """ "The number of firms is to grow from 120 to | 300"."""
    whole = match["high"] or not _FROM.search(folded, max(0, match.start() - 16), match.start())
    digit = match["number"][0].isdigit() and not match["scale"]
    begin = max(0, match.start() - 140)
    return bool(whole and digit and _CHANGED.search(folded, begin, match.start()))


_FROM = re.compile(r"\bfrom\s(?:about |around |some |roughly )?\Z", re.IGNORECASE)


def _is_fall(folded: str, kind: QuantityKind, comparator: Comparator, begin: int) -> bool:
    """ "Fell 12 percent" is minus 12; "dropped below 50 percent" is where it stands."""
    if kind != "percent":
        return False
    led = _JOINS.search(folded, max(0, begin - 30), begin)
    return led is not None and led["verb"].lower() in _FALLING and comparator not in ("lt", "le")
