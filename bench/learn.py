"""Fits the weights of `domain/facts/learnt` on the labelled articles: `make learn`.

Prints how often the opinion is right on articles it has not seen (each fifth of them judged by what
the others taught), writes the weights with `--write`. The sealed articles are only scored with
`--sealed`, seldom: what is looked at each time is not blind for long.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from bench.examples import Example, of_articles, of_sentences
from domain.facts import learnt
from domain.facts.learnt.signs import SCALES
from domain.facts.learnt.weights import Subject

STRENGTH = 1.0
"""The inverse of the penalty on large weights."""
FEWEST = 2
"""Mentions that a sign has to stand at."""
SMALLEST = 0.03
"""A sign that weighs less for every class is left out."""
TURNS = 3_000


def main(arguments: Sequence[str]) -> int:
    """Fit, print what was reached, and write the weights where it is asked for."""
    parser = argparse.ArgumentParser(prog="make learn ARGS=--write", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--no-folds", action="store_true", help="do not judge by fifths")
    parser.add_argument("--sealed", action="store_true", help="score the sealed articles, too")
    options = parser.parse_args(list(arguments))
    every = [*of_articles(("articles", "fresh")), *of_sentences()]
    sealed = list(of_articles(("sealed",))) if options.sealed else []
    for subject in get_args(Subject):
        for language in ("en", "zh"):
            own = [e for e in every if (e.subject, e.language) == (subject, language)]
            kept = [e for e in sealed if (e.subject, e.language) == (subject, language)]
            _learn(f"{subject}_{language}", own, kept, options.write, not options.no_folds)
    return 0


def _learn(name: str, own: list[Example], kept: list[Example], write: bool, in_folds: bool) -> None:
    vectors = DictVectorizer()
    seen = Counter(sign for one in own for sign in set(one.signs))
    signs = vectors.fit_transform(
        [{s: SCALES.get(s[0], 1.0) for s in e.signs if seen[s] >= FEWEST} for e in own]
    )
    labels = np.array([one.label for one in own])
    print(f"{name}: {signs.shape[0]} mentions, {signs.shape[1]} signs")
    if in_folds:
        _folds(signs, labels, own)
    fitted = LogisticRegression(C=STRENGTH, max_iter=TURNS).fit(signs, labels)
    if kept:
        _on_sealed(vectors, fitted, kept)
    if write:
        _write(name, vectors, fitted)


def _folds(signs, labels, own: list[Example]) -> None:
    articles = [at for at, one in enumerate(own) if not one.group.startswith("sentence")]
    said = np.empty(len(own), dtype=object)
    for train, test in GroupKFold(5).split(signs, labels, [one.group for one in own]):
        fold = LogisticRegression(C=STRENGTH, max_iter=TURNS).fit(signs[train], labels[train])
        said[test] = fold.predict(signs[test])
    _say("opinion alone, by fifths", labels[articles], said[articles])


def _on_sealed(vectors, fitted, kept: list[Example]) -> None:
    given = vectors.transform([{s: SCALES.get(s[0], 1.0) for s in e.signs} for e in kept])
    likely = fitted.predict_log_proba(given)
    labels = [one.label for one in kept]
    _say("sealed, rules alone", labels, [one.ruled for one in kept])
    classes = list(fitted.classes_)
    for weight in (0.0, 1.0, 1.5, 2.0, 2.5, 3.0):
        bonus = np.array([[weight * (c == one.ruled) for c in classes] for one in kept])
        both = [classes[at] for at in (likely + bonus).argmax(axis=1)]
        _say(f"sealed, a rule weighs {weight}", labels, both)


def _say(what: str, labels: Sequence[str], said: Sequence[str]) -> None:
    pairs = list(zip(labels, said, strict=True))
    right = sum(one == other != "none" for one, other in pairs)
    false = sum(other not in (one, "none") for one, other in pairs)
    missed = sum(one not in (other, "none") for one, other in pairs)
    f1 = 2 * right / max(1, 2 * right + false + missed)
    print(f"  {what:28} F1 {f1:.3f}  right {np.mean([a == b for a, b in pairs]):.3f}")


def _write(name: str, vectors, fitted) -> None:
    lines = [
        "\t".join(["classes", *fitted.classes_]),
        f"base\t{_numbers(fitted.intercept_)}",
    ]
    for sign, row in sorted(zip(vectors.feature_names_, fitted.coef_.T, strict=True)):
        weights = row * SCALES.get(sign[0], 1.0)
        if np.abs(weights).max() >= SMALLEST:
            lines.append(f"{sign}\t{_numbers(weights)}")
    file = Path(str(learnt.__path__[0])) / f"weights_{name}.txt"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"  {len(lines) - 2} signs kept, {file.stat().st_size // 1000} kB")


def _numbers(row) -> str:
    return ",".join(str(n) if (n := round(100 * one)) else "" for one in row)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
