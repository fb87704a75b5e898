"""Numbers that only a benefit gives a meaning: half, 50万 without 元, bare cells below a unit."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from domain.facts.benefit_places import Place
from domain.facts.comparators_zh import compared
from domain.facts.numerals import digits, han, scale
from domain.facts.page import Page
from domain.facts.quantity import Quantity, QuantityKind
from domain.text.sought import Sought

_HALVED = Sought(
    r"(?:第[二三四五六、]{1,5}年|后[一二三两]年|减)?"
    r"(?P<number>(?<![一二三两四五六\d])减半|半价|[对五]折(?!算)|一半(?!以)|四分之[一三])"
)
_WORDS = {"四分之一": 25, "四分之三": 75}
_BARE = Sought(
    r"(?<![\d.第年月])(?<!\d,)(?P<number>\d{1,3},\d{3}|\d{1,5}(?:\.\d{1,2})?)\s?(?P<scale>[万千亿])"
    r"(?=\s?(?:[,。;!?、)(/~\n\"'+:]|\Z|以[上下内]|封顶|不等|的|起|给|用于|做|投|安家|奖|补|资|到手|(?:每|一)[家人户年款个]))"
)
_THOUSANDTH = Sought(
    r"(?P<number>(?<![\d.])\d{1,3}(?:\.\d{1,2})?)\s?‰"
    r"|千分之(?P<words>[一二三四五六七八九]|\d{1,3}(?:\.\d{1,2})?)(?!点)"
)
"""1‰, 千分之五, as percent."""
_SPOKEN = Sought(
    r"(?<![零一二两三四五六七八九十百千万第几数多上])(?P<number>(?:[一二两三四五六七八九十百]{1,5}(?:点[零一二三四五六七八九]{1,2})?"
    r"|(?<![\d.,])\d{1,4}(?:\.\d{1,2})?)(?=个亿|[万](?=[,。;!?、)]|\Z)))个?(?P<scale>[万亿])"
    r"(?=\s?(?:[,。;!?、)\n]|\Z|的|起|给|用|专|做|投|加|涨|提|降|封顶|以[上内]|奖|补|资|专|到))"
)
"""两个亿, 三点五个亿, 五十万: as people say it."""
_CELL = re.compile(
    r"\A\s?(?:最高|不超过|≤)?\s?(?P<number>\d{1,3}(?:,?\d{3}){0,3}(?:\.\d{1,2})?)(?=\s*(?:\Z|\())"
)


def unwritten(page: Page, place: Place) -> Iterator[Quantity]:
    """Yield the numbers of a place that the scanner of quantities leaves out."""
    start, end = place.sentence.start, place.sentence.end
    known = {one.number_start for one in page.quantities_in(start, end)}
    for match in _HALVED.finditer(page.folded, start, end):
        if match.start("number") not in known:
            value = Decimal(_WORDS.get(match["number"], 50))
            yield _quantity(match.span("number"), value, "percent", "percent")
    for match in _THOUSANDTH.finditer(page.folded, start, end):
        word = match["number"] or match["words"]
        value = (Decimal(word) if word[0].isdigit() else han(word)) / 10
        yield _quantity(match.span(), value, "percent", "percent")
    bare: set[int] = set()
    for match in _BARE.finditer(page.folded, start, end):
        if match.start() not in known:
            bare.add(match.start())
            value = digits(match["number"]) * scale(match["scale"])
            found = _quantity((match.start(), match.end()), value, "money", "CNY")
            comparator, begin = compared(page.folded, match.start())
            yield replace(found, comparator=comparator, start=begin)
    sums = {one.number_start for one in page.quantities_in(start, end) if one.kind == "money"}
    for match in _SPOKEN.finditer(page.folded, start, end):
        if not (sums | bare) & set(range(match.start(), match.end())):
            value = _spoken(match["number"]) * scale(match["scale"])
            yield _quantity(match.span(), value, "money", "CNY")
    if place.unit:
        yield from _cell(page, place, known)


def _spoken(word: str) -> Decimal:
    if word[0].isdigit():
        return Decimal(word)
    whole, _, part = word.partition("点")
    digits_behind = "".join(str("零一二三四五六七八九".index(one)) for one in part)
    return Decimal(han(whole)) + (Decimal(f"0.{digits_behind}") if part else 0)


def _cell(page: Page, place: Place, known: set[int]) -> Iterator[Quantity]:
    """600, in a column of 万元."""
    text = page.folded[place.sentence.start : place.sentence.end]
    found = _CELL.match(text)
    if found and place.sentence.start + found.start("number") not in known:
        span = tuple(place.sentence.start + at for at in found.span("number"))
        value = digits(found["number"]) * scale(place.unit.removesuffix("元"))
        yield _quantity((span[0], span[1]), value, "money", "CNY")


def _quantity(span: tuple[int, int], value: Decimal, kind: QuantityKind, unit: str) -> Quantity:
    return Quantity(
        start=span[0],
        number_start=span[0],
        end=span[1],
        kind=kind,
        value=value,
        unit=unit,
        written=kind == "percent",
    )
