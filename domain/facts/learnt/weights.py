"""What each sign speaks for: weights fitted on labelled articles, kept as text.

A file of weights begins with the classes and the base of each; every further line is a sign and its
weight for each class, in hundredths. `make learn` writes them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from struct import Struct
from typing import Final, Literal

from domain.facts.learnt.signs import Signs

Subject = Literal["numbers", "days", "events", "deadlines"]
"""What is judged: what a number states, what a day is of; which event it is, what is due."""

_BITS: Final = 32
_MIDDLE: Final = 1 << (_BITS - 1)


class Row:
    """Hundredths for each class, written into one number, so that adding two adds all of them.

    Each class has its own 32 bits: more than the signs of any mention come to.
    """

    def __init__(self, classes: int) -> None:
        self._fields = Struct(f"<{classes}I")
        self._middle = sum(_MIDDLE << _BITS * at for at in range(classes))

    def packed(self, hundredths: Iterable[int]) -> int:
        """Return the number that stands for these."""
        fields = self._fields.pack(*(one + _MIDDLE for one in hundredths))
        return int.from_bytes(fields, "little") - self._middle

    def unpacked(self, row: int) -> list[int]:
        """Return what a number, or a sum of them, stands for."""
        fields = (row + self._middle).to_bytes(self._fields.size, "little")
        return [one - _MIDDLE for one in self._fields.unpack(fields)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each sign speaks for each class."""

    classes: tuple[str, ...]
    row: Row
    base: int
    """As a row: what speaks for each class before anything is seen."""
    rows: dict[str, dict[str, int]]
    """By place, and by what was seen there."""

    def sum(self, signs: Signs) -> int:
        """Return what the signs say together, as a row."""
        total = 0
        for place, seen in signs.items():
            rows = self.rows.get(place)
            if rows:
                total += sum(map(rows.__getitem__, rows.keys() & seen))
        return total

    def scores(self, row: int) -> list[float]:
        """Return what a row says for each class."""
        return [one / 100 for one in self.row.unpacked(row)]


@cache
def weights(subject: Subject, language: Literal["zh", "en"]) -> Weights:
    """Return the weights for one subject and language; read from their file once."""
    text = files(__name__.rpartition(".")[0]).joinpath(f"weights_{subject}_{language}.txt")
    head, *lines = text.read_text("utf-8").removesuffix("\n").split("\n")
    classes = tuple(head.split("\t")[1:])
    row = Row(len(classes))
    (_, base), *signs = (_read(row, line) for line in lines)
    rows: dict[str, dict[str, int]] = {}
    for sign, weight in signs:
        place, _, seen = sign.partition("=")
        rows.setdefault(place, {})[seen] = weight
    return Weights(classes=classes, row=row, base=base, rows=rows)


def _read(row: Row, line: str) -> tuple[str, int]:
    sign, _, numbers = line.rpartition("\t")
    return sign, row.packed(int(one or 0) for one in numbers.split(","))
