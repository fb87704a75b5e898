"""How the weights of relevance are found: part of `python -m bench relevance --fit`.

Two logistic regressions with a penalty on large weights. A weight whose sign contradicts what its
trait means (a rival in the title that makes an article *more* the topic's) is an accident of the
cases: its trait is left out. Cross-validation judges each case by weights fitted without it.
"""

import math
import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from domain.judging import IS_OWN, TOUCHES

Row = Mapping[str, float]
Weights = dict[str, float]

PENALTY = 2.0
ADJACENT_WORTH = 1.6
"""What an adjacent case counts beside a core one, of which three times as many are labelled."""
MOVED_WORTH = 0.2
"""What an article that was moved to another city counts beside one that somebody wrote."""
FOLDS = 20
STEPS = 40
EITHER = frozenset({"first_above"})
"""Traits that may speak for or against."""


class Labelled(NamedTuple):
    """What a case is judged by, the same moved to another city, and its band.

    None is what no judgement is needed for (or, of the second, what nothing was made of).
    """

    row: Row | None
    moved: Row | None
    band: str


def fitted(cases: Sequence[Labelled]) -> tuple[Weights, Weights]:
    """Return the weights of both questions; that of "" is the base."""
    judged = [(one.row, one.band) for one in cases if one.row is not None]
    moved = [(one.moved, False, MOVED_WORTH) for one in cases if one.moved is not None]
    touches = [(row, band != "off", 1.0) for row, band in judged]
    own = [
        (row, band == "core", 1.0 if band == "core" else ADJACENT_WORTH)
        for row, band in judged
        if band != "off"
    ]
    return _regression(TOUCHES, [*touches, *moved]), _regression(IS_OWN, own)


def said(weights: tuple[Weights, Weights], row: Row | None) -> str:
    """Return the band that these weights give."""
    if row is None or _sum(weights[0], row) < 0:
        return "off"
    return "core" if _sum(weights[1], row) >= 0 else "adjacent"


def cross_validated(cases: Sequence[Labelled], seed: int = 1) -> list[tuple[str, str]]:
    """Return the band of each case, as it is and moved, by weights fitted to the others."""
    order = list(range(len(cases)))
    random.Random(seed).shuffle(order)
    answers = [("", "")] * len(cases)
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        weights = fitted([cases[at] for at in order if at not in held])
        for at in held:
            answers[at] = said(weights, cases[at].row), said(weights, cases[at].moved)
    return answers


def _sum(weights: Weights, row: Row) -> float:
    return sum(weight * (row[name] if name else 1.0) for name, weight in weights.items())


_Case = tuple[Row, bool, float]


def _regression(meant: Mapping[str, float], cases: Sequence[_Case]) -> Weights:
    """Return the weights of the named traits, those left out as 0."""
    names = ["", *meant]
    while True:
        weights = dict(zip(names, _newton(names, cases), strict=True))
        wrong = [
            name for name in names if name not in EITHER and _contradicts(meant, weights, name)
        ]
        if not wrong:
            return {name: weights.get(name, 0.0) for name in ("", *meant)}
        names.remove(max(wrong, key=lambda name: abs(weights[name])))


def _contradicts(meant: Mapping[str, float], weights: Weights, name: str) -> bool:
    return bool(name) and meant[name] * weights[name] < 0


def _newton(names: Sequence[str], cases: Sequence[_Case]) -> list[float]:
    vectors = [[row[name] if name else 1.0 for name in names] for row, _, _ in cases]
    weights = [0.0] * len(names)
    for _ in range(STEPS):
        slope, bend = _derivatives(names, weights, vectors, cases)
        steps = _solved(bend, slope)
        weights = [
            one + max(-3.0, min(3.0, step)) for one, step in zip(weights, steps, strict=True)
        ]
        if max(map(abs, steps)) < 1e-6:
            break
    return weights


def _derivatives(
    names: Sequence[str],
    weights: Sequence[float],
    vectors: Sequence[Sequence[float]],
    cases: Sequence[_Case],
) -> tuple[list[float], list[list[float]]]:
    """The slope of the likelihood less the penalty, and its bend."""
    penalties = [PENALTY if name else 1e-4 for name in names]
    slope = [-p * w for p, w in zip(penalties, weights, strict=True)]
    bend = [[0.0] * len(names) for _ in names]
    for at, penalty in enumerate(penalties):
        bend[at][at] = penalty
    for vector, (_, yes, worth) in zip(vectors, cases, strict=True):
        total = sum(w * x for w, x in zip(weights, vector, strict=True))
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        error, spread = worth * (yes - chance), worth * chance * (1 - chance)
        for at, value in enumerate(vector):
            if value:
                slope[at] += error * value
                row, factor = bend[at], spread * value
                for other, second in enumerate(vector):
                    row[other] += factor * second
    return slope, bend


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve the linear equations: elimination, the largest of a column first."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        best = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            rows[below] = [
                one - factor * above for one, above in zip(rows[below], rows[at], strict=True)
            ]
    found = [0.0] * size
    for at in reversed(range(size)):
        rest = sum(rows[at][other] * found[other] for other in range(at + 1, size))
        found[at] = (rows[at][size] - rest) / rows[at][at]
    return found
