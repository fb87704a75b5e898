"""How well and how fast facts are read: `python -m bench facts [--cases DIR] [--types]`.

Scores the development corpus (or another directory of cases) by type and language, counts inverted
comparators and inexact quotes, and measures speed and memory on one core.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from domain.judging import judge as judge_relevance
from domain.reading import read
from tests.corpus.scoring import Sum, inverted, judge

ARTICLES = Path(__file__).parent.parent / "tests" / "corpus" / "articles"
TYPES = ("policy_document", "measure", "target", "metric", "investment", "event", "deadline")
SPEED_AT, LONG_AT, LONGEST = 2_000, 12_000, 100_000
ROUNDS = 60


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 1 where an invariant is broken."""
    parser = argparse.ArgumentParser(prog="python -m bench facts", description=__doc__)
    parser.add_argument("--cases", type=Path, default=ARTICLES, help="a directory of cases")
    parser.add_argument("--no-speed", action="store_true", help="only the scores")
    options = parser.parse_args(list(arguments))
    cases = [json.loads(path.read_text("utf-8")) for path in sorted(options.cases.glob("*.json"))]
    if not cases:
        print(f"No cases in {options.cases}.", file=sys.stderr)
        return 2
    broken = _scores(cases)
    if not options.no_speed:
        _speed([case["text"] for case in cases if case["language"] != "en"], "Chinese")
        _speed([case["text"] for case in cases if case["language"] == "en"], "English")
        _memory()
    return 1 if broken else 0


def _scores(cases: Sequence[dict]) -> int:
    readings = {case["id"]: _reading(case) for case in cases}
    scored = [case for case in cases if case.get("score_facts", True) is not False]
    results = {case["id"]: judge(case, readings[case["id"]]) for case in scored}
    print(f"{len(cases)} articles, {len(scored)} with facts")
    print(f"{'':18}{'gold':>6}{'met':>6}{'false':>7}{'core F1':>9}{'full F1':>9}")
    _row("all", results.values())
    for kind in TYPES:
        _row(kind, results.values(), kind)
    for language in ("en", "zh-Hans", "zh-Hant"):
        _row(language, [results[c["id"]] for c in scored if c["language"] == language])
    wrong = [pair for result in results.values() for pair in inverted(result["matches"])]
    problems = [problem for result in results.values() for problem in result["problems"]]
    print(f"inverted comparators: {len(wrong)}; inexact quotes: {len(problems)}")
    _relevance(cases, readings)
    return len(wrong) + len(problems)


def _reading(case: dict) -> dict:
    published = case["published"][:10] if case.get("published") else None
    reading = read(case["text"], title=case["title"], published=published)
    return json.loads(msgspec.json.encode(reading))


def _row(name: str, results: Iterable[dict], kind: str | None = None) -> None:
    total = Sum()
    for result in results:
        total.add(result, lambda one: kind is None or one == kind)
    core, full = total.f1(total.met), total.f1(total.full)
    print(f"{name:18}{total.gold:6}{total.met:6}{total.false:7}{core:9.3f}{full:9.3f}")


def _relevance(cases: Sequence[dict], readings: dict[str, dict]) -> None:
    bands = [(c["relevance"], readings[c["id"]]["relevance"][0]["band"]) for c in cases]
    kept = [(gold, band) for gold, band in bands if band != "off"]
    wanted = [(gold, band) for gold, band in bands if gold != "off"]
    right = sum(1 for gold, band in bands if gold == band)
    precision = sum(1 for gold, _ in kept if gold != "off") / max(1, len(kept))
    recall = sum(1 for _, band in wanted if band != "off") / max(1, len(wanted))
    print(
        f"relevance: precision {precision:.3f}, recall {recall:.3f}, "
        f"bands right {right / len(bands):.3f}"
    )


def _speed(texts: Sequence[str], name: str) -> None:
    if not texts:
        return
    short = _articles(texts, SPEED_AT, ROUNDS)
    times = [_seconds(text) for text in short for _ in range(3)]
    long = sorted(_seconds(text) for text in _articles(texts, LONG_AT, ROUNDS))
    longest = _seconds(_articles(texts, LONGEST, 1)[0])
    started = time.process_time()
    for text in short:
        judge_relevance(text, "", "chengdu-ai")
    decisions = len(short) / (time.process_time() - started)
    print(
        f"{name}: {1 / statistics.median(times):.0f} articles/s at {SPEED_AT} characters; "
        f"p99 {1000 * long[-1]:.0f} ms at {LONG_AT}; {longest:.2f} s at {LONGEST}; "
        f"{decisions:.0f} relevance decisions/s"
    )


def _articles(texts: Sequence[str], length: int, count: int) -> list[str]:
    """Articles of that length, each beginning with another text."""
    found = []
    for first in range(count):
        text, at = "", first
        while len(text) < length:
            text += texts[at % len(texts)] + "\n"
            at += 1
        found.append(text[:length])
    return found


def _seconds(text: str) -> float:
    started = time.process_time()
    read(text, title="", published="2025-06-30")
    return time.process_time() - started


def _memory() -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process: {peak:.0f} MB")
