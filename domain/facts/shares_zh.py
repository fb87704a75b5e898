"""Shares in words: 四分之一, 一半, 百分之六十五."""

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.facts.comparators_zh import BEHIND, compared
from domain.facts.numerals import han
from domain.facts.quantity import Quantity
from domain.text.sought import Sought

_PERCENT_WORDS = re.compile(
    r"百分之(?P<number>[零一二三四五六七八九十百]{1,6}(?:点[零一二三四五六七八九]{1"
    r",4})?)(?P<after>以上|以下|以内|左右)?"
)

_FRACTION = Sought(
    r"(?<!百)(?P<whole>[二三四五六七八九十])分之?(?<!十分)(?P<part>[一二三四五六七八九])(?!个|家|项)"
    r"(?P<more>[强弱多余])?"
    r"|(?P<over>(?:过|超|逾)半)(?!年|[个天日小数世百]|径)|(?P<near>近半)(?!年|[个天日小数世百])"
    r"|(?P<half>一半|半数)(?!以[上下]?的时间)"
)


def shares(folded: str) -> Iterator[Quantity]:
    """Yield the shares that a folded text gives in words."""
    if "分" in folded or "半" in folded:
        yield from _percent_words(folded)
        yield from _fractions(folded)


def _fractions(folded: str) -> Iterator[Quantity]:
    """四分之一 is 25 percent, rounded to two decimals."""
    for match in _FRACTION.finditer(folded):
        value = Decimal(50)
        if match["whole"]:
            value = (100 * han(match["part"]) / han(match["whole"])).quantize(Decimal("0.01"))
        name, where = compared(folded, match.start())
        if match["more"]:
            name = "lt" if match["more"] == "弱" else "gt"
        if match["over"] or match["near"]:
            name = "gt" if match["over"] else "approx"
        if (
            match["half"]
            and where == match.start()
            and folded[match.start() - 1 : match.start()] not in "占的"
        ):
            continue
        yield Quantity(
            start=where,
            number_start=match.start(),
            end=match.end(),
            kind="percent",
            value=value,
            unit="percent",
            comparator=name,
            written=True,
        )


def _percent_words(folded: str) -> Iterator[Quantity]:
    for match in _PERCENT_WORDS.finditer(folded):
        name, where = compared(folded, match.start())
        yield Quantity(
            start=where,
            number_start=match.start(),
            end=match.end(),
            kind="percent",
            value=han(match["number"]),
            unit="percent",
            comparator=BEHIND.get(match["after"] or "", name),
            written=True,
        )
