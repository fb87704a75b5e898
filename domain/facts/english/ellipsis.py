"""English quantities that leave out what was said before: a unit, a currency, what they count."""

import re
from dataclasses import replace
from decimal import Decimal

from domain.facts.english.comparators import comparator_of
from domain.facts.english.counting import LARGE_YEAR
from domain.facts.english.units import factor_of, value_of
from domain.facts.english.verbs import verbs
from domain.facts.numerals import digits
from domain.facts.quantity import Quantity

_FARTHEST_UNIT = 400


_LARGE = ("million", "billion", "trillion", "bn", "mn", "bln", "mln")


_OPEN_END = re.compile(
    r"\s?(?:[,.;:)]|\Z|\n|(?:and|or|but|in|for|on|while|to|from|last|this|by|against|a year|had|has"
    r"|have|is|was|were|will|if|where|when|a day|per|straight|right away|immediately"
    r"|upfront|up front|once|after|upon|each|apiece|at once|again|plus|until|only|extra|annually"
    r"|monthly|yearly|at (?:the )?most|of (?:that|which|this|it|them)|marks?|threshold|level)\b)"
)


_ANOTHER = re.compile(r"\b(?:another|a further|an additional|an extra)\s\Z", re.IGNORECASE)
""" "5,000 petaflops this year and | another 8,000 next year"."""


def factor_of_unit(folded: str, last: Quantity) -> Decimal:
    """Return what the unit of a quantity multiplies its numeral by."""
    numeral = _NUMERAL.match(folded, last.number_start)
    return last.value / digits(numeral.group()) if numeral and last.value else Decimal(1)


_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")


_AND_AGAIN = re.compile(r"(?:,|\band)\s\Z")
_OR_ELSE = re.compile(r",?\s(?:a (?:year|month) )?(?:or|and|but)\s(?:up to )?")
""" "150,000 yuan, or | 300,000 if they bring a team"."""
_NEXT_RANK = re.compile(
    r"\sfor (?:the |a |each )?[a-z][\w-]*(?: [\w-]+){0,2}(?:,|,? and) (?:up to )?|"
    r"(?: one-off| once| each| apiece)?[,;] (?:and )?(?:for )?(?:the|those|a|an|its)"
    r" [a-z][\w' -]{2,36}? (?:up to |at most )?"
)
""" "Get a subsidy of 1 million yuan, the provincial ones | 500,000"."""
_IN_BRACKET = re.compile(r"\s?\((?:[A-Za-z][\w ]{2,24}):\s(?:about |over )?")
""" "Employees: 18,400 (target 2028: 30,000)"."""
_PLACED = re.compile(r"\s(?:in|at|of|from)\s(?:the\s)?[A-Z]")
""" "312 are in the Hi-tech Zone and | 145 in Tianfu New Area"."""


_OWNED = re.compile(r"[A-Z][\w'-]+\s(?:(?!of\b)[a-z]+\s)?\Z")


def elliptic(folded: str, match: re.Match[str], last: Quantity | None) -> Quantity | None:
    """ "38 billion yuan, those in Hangzhou 29.7 billion": the unit was said before."""
    written = not match["number"][0].isdigit() and not match["scale"]
    if last is None or match["high"] or written:
        return None
    gap = folded[last.end : match.start()]
    if len(gap) > _FARTHEST_UNIT or "\n" in gap or not _OPEN_END.match(folded, match.end()):
        return None
    scale = (match["scale"] or "").lower()
    small = scale in ("thousand", "k") and len(gap) < _NEAR_UNIT
    if last.kind == "money" and (scale in _LARGE or small):
        return in_unit_of(folded, match, last)
    led = _OR_ELSE.fullmatch(gap) or _NEXT_RANK.fullmatch(gap)
    led = led or _ANOTHER.search(folded, max(0, match.start() - 12), match.start())
    if last.kind == "money" and not scale and "," in match["number"] and led:
        return in_unit_of(folded, match, last)
    if _IN_BRACKET.fullmatch(gap) and folded[match.end() : match.end() + 1] == ")":
        unit = factor_of_unit(folded, last)
        shared = in_unit_of(folded, match, last, unit)
        return replace(shared, value=value_of(match["number"]) * unit, counter=last.counter)
    listed = last.kind == "count" and last.counter and len(match["number"]) > 1 and not scale
    listed = listed and "." not in match["number"]
    dated = LARGE_YEAR.match(match["number"]) and "," not in match["number"]
    more = _ANOTHER.search(folded, max(0, match.start() - 12), match.start())
    if more and last.kind in ("compute", "area", "bytes") and not scale:
        return replace(
            in_unit_of(folded, match, last),
            value=value_of(match["number"]) * factor_of_unit(folded, last),
        )
    again = _AND_AGAIN.search(folded, max(0, match.start() - 8), match.start())
    placed = again and not last.counter and _PLACED.match(folded, match.end())
    if placed and last.kind == "count" and not dated and not scale:
        return replace(in_unit_of(folded, match, last), counter=last.counter)
    told = listed and not dated and _TOLD_AGAIN.match(folded, match.end())
    if told and _is_verb_before(folded, match.start()):
        return replace(in_unit_of(folded, match, last), counter=last.counter)
    if listed and not dated and _OWNED.search(folded, max(0, match.start() - 40), match.start()):
        return replace(in_unit_of(folded, match, last), counter=last.counter)
    return None


def ceiling(folded: str, match: re.Match[str], money: Quantity | None) -> Quantity | None:
    """ "Is matched at 10%, with a ceiling of | 5 million": in the money spoken of before."""
    scaled = (match["scale"] or "").lower() in _LARGE
    if money is None or not scaled or match["high"] or match.start() - money.end > _FARTHEST_UNIT:
        return None
    limit = _LIMITING.search(folded, max(0, match.start() - 24), match.start())
    return (
        in_unit_of(folded, match, money) if limit and _OPEN_END.match(folded, match.end()) else None
    )


def unnamed(folded: str, match: re.Match[str], unit: str) -> Quantity | None:
    """ "An annual 120 million from the district": a large number that counts nothing is money.

    It is in the currency that the page speaks of, `unit`.
    """
    scaled = (match["scale"] or "").lower() in _LARGE
    if not scaled or match["high"] or not match["number"][0].isdigit():
        return None
    if not _OPEN_END.match(folded, match.end()):
        return None
    comparator, begin = comparator_of(folded, match, "money")
    return Quantity(
        start=begin,
        number_start=match.start("number"),
        comparator=comparator,
        end=match.end() - (1 if match.group().endswith(" ") else 0),
        kind="money",
        value=value_of(match["number"]) * factor_of(match, "money"),
        unit=unit,
    )


_LIMITING = re.compile(
    r"\b(?:ceiling|cap|limit|maximum|most|up to|capped at|limited to|more than)(?: of)?\s\Z",
    re.IGNORECASE,
)


def same_unit(folded: str, match: re.Match[str], last: Quantity) -> Quantity | None:
    """ "We run 1,450 petaflops and in spring will have | 3,000": of what was measured before."""
    near = match.start() - last.end < _NEAR_UNIT and "\n" not in folded[last.end : match.start()]
    if not near or match["scale"] or not _TOLD_AGAIN.match(folded, match.end()):
        return None
    unit = factor_of_unit(folded, last)
    return replace(in_unit_of(folded, match, last, unit), value=value_of(match["number"]) * unit)


_NEAR_UNIT = 120
_TOLD_AGAIN = re.compile(
    r"\s?(?:[,.;]|\Z|by\b|in\b|at\b|before\b|next\b|this\b|last\b|now\b|today\b"
    r"|(?:more|others|further) (?:by|in|at|before|next|this)\b|more[.,;])"
)
_LAST_WORD = re.compile(r"(?P<word>[a-z]+)\s\Z")
_STEPS = frozenset(("rise", "fall", "grow", "increase", "drop", "score", "rank", "cost", "pay"))


def _is_verb_before(folded: str, start: int) -> bool:
    """ "The plan foresees | 150 by 2030": what a verb takes is of what was counted before."""
    found = _LAST_WORD.search(folded, max(0, start - 20), start)
    verb = verbs().get(found["word"]) if found else None
    return verb is not None and verb.lemma not in _STEPS


def in_unit_of(
    folded: str, match: re.Match[str], last: Quantity, shared: Decimal | None = None
) -> Quantity:
    """ "100 million, 500 million and 1 billion yuan": the unit stands behind the last.

    `shared` is what scale and unit of the last one multiply by; one without a scale takes it.
    """
    own = match["scale"] or (
        last.kind == "money" and "," in match["number"]
    )  # "500,000 and 2 million"
    factor = shared if shared and not own else factor_of(match, last.kind)
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
