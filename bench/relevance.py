"""How well and how fast relevance is judged: `python -m bench relevance [--cases PATH …]`.

A path is a folder of labelled articles or a file of cases; without one, those of the repository.
The weights were fitted to these: docs/quality.md says what they reached on cases not seen before.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.elsewhere import moved
from bench.fitting import Labelled, cross_validated, fitted
from domain.evidence import evidence, own_text
from domain.judging import judge
from domain.signals import is_possible
from domain.text.clean import clean, clean_line
from domain.text.fold import fold
from domain.traits import traits

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
TOPIC = "chengdu-ai"
SPEED_AT = 2_000
ROUNDS = 5

Case = Mapping[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 2 where there are no cases."""
    parser = argparse.ArgumentParser(prog="python -m bench relevance", description=__doc__)
    parser.add_argument("--cases", type=Path, nargs="*", help="folders or files of cases")
    parser.add_argument("--misses", action="store_true", help="name what was judged wrong")
    parser.add_argument("--fit", action="store_true", help="find the weights anew, cross-validated")
    options = parser.parse_args(list(arguments))
    sets = _given(options.cases) if options.cases else _own()
    if not any(sets.values()):
        print("There are no cases.", file=sys.stderr)
        return 2
    print(f"{'':26}{'cases':>6}{'precision':>11}{'recall':>8}{'bands':>8}")
    for name, cases in sets.items():
        _row(name, [(case, _band(case)) for case in cases], options.misses)
    everything = [(case, _band(case)) for cases in sets.values() for case in cases]
    for language in ("en", "zh-Hans", "zh-Hant"):
        _row(language, [pair for pair in everything if pair[0]["language"] == language], False)
    _fit([case for case, _ in everything]) if options.fit else _speed(everything)
    return 0


def _fit(cases: Sequence[Case]) -> None:
    """Print what weights fitted without each case make of it, and those fitted to all."""
    labelled = [
        Labelled(_traits(case), _traits(moved(case, number)) if _moves(case) else None, _gold(case))
        for number, case in enumerate(cases)
    ]
    answers = cross_validated(labelled)
    pairs = list(zip(cases, (own for own, _ in answers), strict=True))
    _row("cross-validated", pairs, False)
    for language in ("en", "zh-Hans", "zh-Hant"):
        _row(f"  {language}", [pair for pair in pairs if pair[0]["language"] == language], False)
    away = [said for one, (_, said) in zip(labelled, answers, strict=True) if one.moved]
    print(f"moved to another city: {away.count('off')} of {len(away)} off")
    for question, weights in zip(("TOUCHES", "IS_OWN"), fitted(labelled), strict=True):
        print(f"{question}_BASE = {weights.pop(''):.2f}")
        print(f"{question} = {json.dumps({k: round(v, 2) for k, v in weights.items()}, indent=4)}")


def _moves(case: Case) -> bool:
    """Whole articles of the topic's own; short cases say too little."""
    return "facts" in case and _gold(case) == "core"


def _traits(case: Case) -> dict[str, float] | None:
    """Return what a case is judged by; None where it is settled before."""
    text, title = clean(case["text"]), clean_line(case["title"])
    if not is_possible(text, title, TOPIC):
        return None
    folded = fold(text)
    return traits(*own_text(folded, evidence(fold(title), folded, TOPIC)))


def _own() -> dict[str, list[Case]]:
    names = ("articles", "fresh", "relevance.jsonl")
    return {name: _cases(CORPUS / name) for name in names}


def _given(paths: Iterable[Path]) -> dict[str, list[Case]]:
    return {path.name: _cases(path) for path in paths}


def _cases(path: Path) -> list[Case]:
    if path.is_dir():
        return [json.loads(one.read_text("utf-8")) for one in sorted(path.glob("*.json"))]
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _gold(case: Case) -> str:
    return str(case.get("band") or case["relevance"])


def _band(case: Case) -> str:
    return judge(clean(case["text"]), clean_line(case["title"]), TOPIC).band


def _row(name: str, judged: Sequence[tuple[Case, str]], misses: bool) -> None:
    if not judged:
        return
    kept = [_gold(case) for case, said in judged if said != "off"]
    wanted = [said for case, said in judged if _gold(case) != "off"]
    precision = sum(gold != "off" for gold in kept) / max(1, len(kept))
    recall = sum(said != "off" for said in wanted) / max(1, len(wanted))
    right = sum(_gold(case) == said for case, said in judged) / len(judged)
    print(f"{name:26}{len(judged):6}{precision:11.3f}{recall:8.3f}{right:8.3f}")
    for case, said in judged if misses else ():
        if _gold(case) != said:
            print(f"    {case['id']}: {_gold(case)}, judged {said}: {case['title'][:60]}")


def _speed(judged: Sequence[tuple[Case, str]]) -> None:
    """Decisions in a second of CPU time, at 2,000 characters: the median of some rounds."""
    texts = [case["text"] for case, _ in judged]
    for name, chinese in (("Chinese", True), ("English", False)):
        own = "\n".join(text for text in texts if text.isascii() != chinese)
        cut = [own[at : at + SPEED_AT] for at in range(0, len(own) - SPEED_AT, SPEED_AT)]
        near = [text for text in cut if is_possible(text, "", TOPIC)]
        far = [_elsewhere(text) for text in near]
        far = [text for text in far if not is_possible(text, "", TOPIC)]
        print(f"{name}: {_rate(near):.0f} decisions/s; {_rate(far):.0f}/s where no place occurs")


def _elsewhere(text: str) -> str:
    for name in ("成都", "Chengdu", "蓉", "天府", "高新", "锦江", "郫都", "双流", "武侯", "Pidu"):
        text = text.replace(name, "某地")
    return text


def _rate(texts: Sequence[str]) -> float:
    if not texts:
        return 0.0
    judge(texts[0], "", TOPIC)  # Reads the topic, which is no part of a decision.
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for text in texts:
            judge(text, "", TOPIC)
        seconds.append((time.process_time() - started) / len(texts))
    return 1 / statistics.median(seconds)
