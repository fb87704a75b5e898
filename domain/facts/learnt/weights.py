"""What each sign speaks for: weights fitted on labelled articles, kept as text.

A file of weights begins with the classes and the base of each; every further line is a sign and its
weight for each class, in hundredths. `make learn` writes them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Subject = Literal["numbers", "days", "events", "deadlines"]
"""What is judged: what a number states, what a day is of; which event it is, what is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each sign speaks for each class."""

    classes: tuple[str, ...]
    base: tuple[float, ...]
    rows: dict[str, tuple[float, ...]]

    def sum(self, signs: Iterable[str]) -> list[float]:
        """Return what the signs say together, a number for each class."""
        total = [0.0] * len(self.classes)
        for sign in signs:
            row = self.rows.get(sign)
            if row is not None:
                total = [one + weight for one, weight in zip(total, row, strict=True)]
        return total


@cache
def weights(subject: Subject, language: Literal["zh", "en"]) -> Weights:
    """Return the weights for one subject and language; read from their file once."""
    text = files(__name__.rpartition(".")[0]).joinpath(f"weights_{subject}_{language}.txt")
    lines = text.read_text("utf-8").removesuffix("\n").split("\n")
    rows = dict(_row(line) for line in lines[2:])
    return Weights(classes=tuple(lines[0].split("\t")[1:]), base=_row(lines[1])[1], rows=rows)


def _row(line: str) -> tuple[str, tuple[float, ...]]:
    sign, _, numbers = line.rpartition("\t")
    return sign, tuple(int(one or 0) / 100 for one in numbers.split(","))
