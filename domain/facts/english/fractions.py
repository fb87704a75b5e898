"""Shares in words: half of the fee, a third of that, two thirds of the orders."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from domain.facts.quantity import Quantity

_FRACTION = re.compile(
    r"\b(?<![-/])(?:(?P<number>a|one|two|three|four)[\s-](?P<part>third|quarter|fifth|tenth)s?"
    r"|(?:one[\s-])?(?P<half>half))"
    r"(?=\sof\s(?!(?:the |this |that |last |next |a )?"
    r"(?:year|month|century|decade|day|week|quarter|game|season|20\d\d|them|us|it|which|whom)\b)"
    r"(?!(?:[\w']+\s){1,3}(?:needs|demand)\b))",
    re.IGNORECASE,
)
_NO_SHARE = re.compile(
    r"\b(?:first|second|last|latter|other|earlier|former|final|this|and a|a year and)\s\Z", re.I
)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_CENT = Decimal("0.01")
MOST = 200
"""Shares of a page that are looked at: no article has more, and no nonsense costs more."""


def fractions(folded: str) -> Iterator[Quantity]:
    """Yield the shares of an English text that are written in words, as percentages."""
    for match in islice(_FRACTION.finditer(folded), MOST):
        if _NO_SHARE.search(folded, max(0, match.start() - 12), match.start()):
            continue
        yield Quantity(
            start=match.start(),
            number_start=match.start(),
            end=match.end(),
            kind="percent",
            value=_value(match),
            unit="percent",
            written=True,
        )


def _value(match: re.Match[str]) -> Decimal:
    if match["half"]:
        return Decimal(50)
    parts = _PARTS[match["part"].lower()]
    share = Decimal(100) * _NUMBERS[match["number"].lower()] / parts
    return share.quantize(_CENT) if share % 1 else share
