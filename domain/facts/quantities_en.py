"""Quantities in English text: numeral, scale, unit or noun, and the words that compare."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from domain.facts.english.comparators import comparator_of
from domain.facts.english.counting import LARGE_YEAR, counted_of, trimmed
from domain.facts.english.units import QUANTITY, SCALE, factor_of, kind_of, value_of
from domain.facts.english.verbs import verbs
from domain.facts.fact import Comparator
from domain.facts.numerals import ENGLISH_SCALES, digits
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
    r"|model|series|(?<!not )(?<!to )top|tier|class|grade|edition|room|route|step|per|ranked|ranks"
    r"|ranking)\s"
    r"|\bnos?\.\s|[A-Za-z]-?|#|\d[.,:/-]|\b(?:one|two|four|six|nine) (?:in|out of)(?: every)?\s)\Z",
    re.IGNORECASE,
)


_OWN_NOUN = re.compile(r"(?:model|series|class|grade|tier|page|room|route|tower)\s", re.IGNORECASE)
"""Before a sum or a percentage it is a noun of its own: "who trained the model | 20 percent"."""


def quantities(folded: str, skip: tuple[tuple[int, int], ...]) -> tuple[Quantity, ...]:
    """Return the quantities of an English text, outside the spans to skip (dates, titles)."""
    return tuple(_ranged(folded, list(_found(folded, skip))))


def _matches(folded: str, skip: tuple[tuple[int, int], ...]) -> Iterator[re.Match[str]]:
    """The numbers outside the spans; one that begins within a date may not swallow the next."""
    at = begin = 0
    while match := QUANTITY.search(folded, begin):
        number = match.start("number")
        while at < len(skip) and skip[at][1] <= number:
            at += 1
        if match["high"] and _is_step(folded, match):
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


def _found(folded: str, skip: tuple[tuple[int, int], ...]) -> Iterator[Quantity]:
    waiting: list[re.Match[str]] = []
    last: Quantity | None = None
    money: Quantity | None = None
    for match in _matches(folded, skip):
        if waiting and not _LISTED.fullmatch(folded, waiting[-1].end(), match.start()):
            waiting = []
        quantity = _quantity(folded, match) or _elliptic(folded, match, last)
        quantity = quantity or _ceiling(folded, match, money)
        if quantity is None:
            listed = match["scale"] or match["number"][0].isdigit()
            listed = listed and not _OF_YEARS.search(
                folded, max(0, match.start("number") - 6), match.start("number")
            )
            waiting = [*waiting[-6:], match] if listed else []
            continue
        if quantity.kind in _IN_LISTS or (waiting and _is_count_list(folded, waiting, match)):
            factor = factor_of(match, quantity.kind)
            yield from (_shared(folded, one, quantity, factor) for one in waiting)
        waiting = []
        money = quantity if quantity.kind == "money" else money
        bare = quantity.kind == "count" and not quantity.counter and last is not None
        if bare and last and last.kind == "compute":
            quantity = _same_unit(folded, match, last) or quantity
            bare = quantity.kind == "count"
        last = replace(quantity, counter=last.counter) if bare and last else quantity
        yield quantity


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


_FARTHEST_UNIT = 400


_LARGE = ("million", "billion", "trillion", "bn", "mn", "bln", "mln")


_OPEN_END = re.compile(
    r"\s?(?:[,.;:)]|\Z|\n|(?:and|or|but|in|for|on|while|to|from|last|this|by|against|a year|had|has"
    r"|have|is|was|were|will|if|where|when|a day|per)\b)"
)


_ANOTHER = re.compile(r"\b(?:another|a further|an additional|an extra)\s\Z", re.IGNORECASE)
""" "5,000 petaflops this year and | another 8,000 next year"."""


def _unit_of(folded: str, last: Quantity) -> Decimal:
    """What the unit of a quantity multiplies its numeral by."""
    numeral = _NUMERAL.match(folded, last.number_start)
    return last.value / digits(numeral.group()) if numeral and last.value else Decimal(1)


_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")


_AND_AGAIN = re.compile(r"(?:,|\band)\s\Z")
_OR_ELSE = re.compile(r",?\s(?:a (?:year|month) )?(?:or|and|but)\s(?:up to )?")
""" "150,000 yuan, or | 300,000 if they bring a team"."""
_IN_BRACKET = re.compile(r"\s?\((?:[A-Za-z][\w ]{2,24}):\s(?:about |over )?")
""" "Employees: 18,400 (target 2028: 30,000)"."""
_PLACED = re.compile(r"\s(?:in|at|of|from)\s(?:the\s)?[A-Z]")
""" "312 are in the Hi-tech Zone and | 145 in Tianfu New Area"."""


_OWNED = re.compile(r"[A-Z][\w'-]+\s(?:[a-z]+\s)?\Z")


def _elliptic(folded: str, match: re.Match[str], last: Quantity | None) -> Quantity | None:
    """ "38 billion yuan, those in Hangzhou 29.7 billion": the unit was said before."""
    written = not match["number"][0].isdigit() and not match["scale"]
    if last is None or match["high"] or written:
        return None
    gap = folded[last.end : match.start()]
    if len(gap) > _FARTHEST_UNIT or "\n" in gap or not _OPEN_END.match(folded, match.end()):
        return None
    scale = (match["scale"] or "").lower()
    if last.kind == "money" and scale in _LARGE:
        return _shared(folded, match, last)
    if last.kind == "money" and not scale and "," in match["number"] and _OR_ELSE.fullmatch(gap):
        return _shared(folded, match, last)
    if _IN_BRACKET.fullmatch(gap) and folded[match.end() : match.end() + 1] == ")":
        unit = _unit_of(folded, last)
        shared = _shared(folded, match, last, unit)
        return replace(shared, value=value_of(match["number"]) * unit, counter=last.counter)
    listed = last.kind == "count" and last.counter and len(match["number"]) > 1 and not scale
    dated = LARGE_YEAR.match(match["number"]) and "," not in match["number"]
    more = _ANOTHER.search(folded, max(0, match.start() - 12), match.start())
    if more and last.kind in ("compute", "area", "bytes") and not scale:
        return replace(
            _shared(folded, match, last), value=value_of(match["number"]) * _unit_of(folded, last)
        )
    again = _AND_AGAIN.search(folded, max(0, match.start() - 8), match.start())
    placed = again and not last.counter and _PLACED.match(folded, match.end())
    if placed and last.kind == "count" and not dated and not scale:
        return replace(_shared(folded, match, last), counter=last.counter)
    told = listed and not dated and _TOLD_AGAIN.match(folded, match.end())
    if told and _is_verb_before(folded, match.start()):
        return replace(_shared(folded, match, last), counter=last.counter)
    if listed and not dated and _OWNED.search(folded, max(0, match.start() - 40), match.start()):
        return replace(_shared(folded, match, last), counter=last.counter)
    return None


def _ceiling(folded: str, match: re.Match[str], money: Quantity | None) -> Quantity | None:
    """ "Is matched at 10%, with a ceiling of | 5 million": in the money spoken of before."""
    scaled = (match["scale"] or "").lower() in _LARGE
    if money is None or not scaled or match["high"] or match.start() - money.end > _FARTHEST_UNIT:
        return None
    limit = _LIMITING.search(folded, max(0, match.start() - 24), match.start())
    return _shared(folded, match, money) if limit and _OPEN_END.match(folded, match.end()) else None


_LIMITING = re.compile(
    r"\b(?:ceiling|cap|limit|maximum|most|up to|capped at|limited to|more than)(?: of)?\s\Z",
    re.IGNORECASE,
)


def _same_unit(folded: str, match: re.Match[str], last: Quantity) -> Quantity | None:
    """ "We run 1,450 petaflops and in spring will have | 3,000": of what was measured before."""
    near = match.start() - last.end < _NEAR_UNIT and "\n" not in folded[last.end : match.start()]
    if not near or match["scale"] or not _TOLD_AGAIN.match(folded, match.end()):
        return None
    unit = _unit_of(folded, last)
    return replace(_shared(folded, match, last, unit), value=value_of(match["number"]) * unit)


_NEAR_UNIT = 120
_TOLD_AGAIN = re.compile(
    r"\s?(?:[,.;]|\Z|by\b|in\b|at\b|before\b|next\b|this\b|last\b|now\b|today\b"
    r"|(?:more|others|further) (?:by|in|at|before|next|this)\b|more[.,;])"
)
_LAST_WORD = re.compile(r"(?P<word>[a-z]+)\s\Z")
_STEPS = frozenset(
    ("rise", "fall", "grow", "increase", "drop", "add", "score", "rank", "cost", "pay")
)


def _is_verb_before(folded: str, start: int) -> bool:
    """ "The plan foresees | 150 by 2030": what a verb takes is of what was counted before."""
    found = _LAST_WORD.search(folded, max(0, start - 20), start)
    verb = verbs().get(found["word"]) if found else None
    return verb is not None and verb.lemma not in _STEPS


def _shared(
    folded: str, match: re.Match[str], last: Quantity, shared: Decimal | None = None
) -> Quantity:
    """ "100 million, 500 million and 1 billion yuan": the unit stands behind the last.

    `shared` is what scale and unit of the last one multiply by; one without a scale takes it.
    """
    factor = shared if shared and not match["scale"] else factor_of(match, last.kind)
    comparator, begin = comparator_of(folded, match, last.kind)
    return Quantity(
        start=begin,
        number_start=match.start("number"),
        comparator=comparator,
        end=match.end() - (1 if match.group().endswith(" ") else 0),
        kind=last.kind,
        value=value_of(match["number"]) * factor,
        unit=last.unit,
        counter=last.counter if last.kind == "count" else "",
    )


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
    high = digits(match["high"]) * factor if match["high"] else None
    if high is not None and _FROM.search(folded, max(0, match.start() - 16), match.start()):
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
    r"\b(?:[Nn]umber of [^.;:\n]{3,90}?|(?:[Hh]eadcount|[Ss]taff|[Ww]orkforce|[Mm]embership|[Tt]eam)\b[^.;:\n]{0,60}?)\bfrom (?:[a-z]+ ){0,2}(?:\d[\d,]{0,12} to (?:[a-z]+ ){0,2})?\Z"
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
