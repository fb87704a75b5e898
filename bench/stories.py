"""How well stories are told apart: `python -m bench stories [--file FILE] [--misses]`.

FILE holds JSON lines (`id`, `title`, `text`, `published`, `source`, `tier`, `language`, `story`),
as `tests/bench/stories.jsonl` does. They go through `pilotwatch group` in the order in which they
were published; a pair of articles is right if labels and answer agree that it is one story.
Thresholds were chosen on the odd stories; the even ones are the figure.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.placing import measure

STORIES = Path(__file__).parent.parent / "tests" / "bench" / "stories.jsonl"
SHOWN = ("id", "title", "text", "published", "source", "tier", "language")

Labelled = Mapping[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Print the figures of both halves and of all; return 2 where there is nothing to group."""
    parser = argparse.ArgumentParser(prog="python -m bench stories", description=__doc__)
    parser.add_argument("--file", type=Path, default=STORIES)
    parser.add_argument("--misses", action="store_true", help="name the stories that went wrong")
    parser.add_argument("--stored", type=int, help="also: how fast among so many articles")
    options = parser.parse_args(list(arguments))
    articles = _read(options.file)
    if not articles:
        print(f"No articles in {options.file}.", file=sys.stderr)
        return 2
    print(
        f"{'stories':10}{'articles':>9}{'precision':>11}{'recall':>8}{'languages':>11}{'copies':>8}"
    )
    odd = [article for article in articles if _is_odd(article)]
    even = [article for article in articles if not _is_odd(article)]
    for name, half in (("odd", odd), ("even", even), ("all", articles)):
        started = time.monotonic()
        _row(name, half, _grouped(half), options.misses)
        seconds = time.monotonic() - started
    print(f"{len(articles) / seconds:.0f} articles/s through the command, its start included")
    if options.stored:
        measure(options.stored)
    return 0


def _read(path: Path) -> list[Labelled]:
    lines = path.read_text("utf-8").splitlines()
    articles = [json.loads(line) for line in lines if line.strip()]
    return sorted(articles, key=lambda article: datetime.fromisoformat(article["published"]))


def _is_odd(article: Labelled) -> bool:
    digits = "".join(filter(str.isdigit, article["story"])) or "0"
    return int(digits) % 2 == 1


def _grouped(articles: Sequence[Labelled]) -> dict[str, str]:
    """Return the story that the command gives to each article; labels are not shown to it."""
    lines = (json.dumps({name: one[name] for name in SHOWN}) + "\n" for one in articles)
    command = [str(Path(sys.executable).parent / "pilotwatch"), "group"]
    answered = subprocess.run(
        command, input="".join(lines), capture_output=True, text=True, check=True
    )
    answers = [json.loads(line) for line in answered.stdout.splitlines()]
    return {answer["id"]: answer["story"] for answer in answers}


def _row(name: str, articles: Sequence[Labelled], said: Mapping[str, str], misses: bool) -> None:
    counts: Counter[str] = Counter()
    wrong: Counter[tuple[str, ...]] = Counter()
    for one, other in combinations(articles, 2):
        gold, joined = one["story"] == other["story"], said[one["id"]] == said[other["id"]]
        for kind in _kinds(one, other):
            counts[f"{kind} gold"] += gold
            counts[f"{kind} said"] += joined
            counts[f"{kind} right"] += gold and joined
        if gold != joined:
            wrong["apart" if gold else "joined", one["story"], other["story"]] += 1
    print(
        f"{name:10}{len(articles):9}{_share(counts, 'all', 'said'):>11}"
        f"{_share(counts, 'all', 'gold'):>8}{_share(counts, 'languages', 'gold'):>11}"
        f"{_share(counts, 'copies', 'gold'):>8}"
    )
    for (what, *stories), count in wrong.most_common() if misses else ():
        print(f"    {what}: {' and '.join(dict.fromkeys(stories))}, {count} pairs")


def _kinds(one: Labelled, other: Labelled) -> list[str]:
    kinds = ["all"]
    if (one["language"] == "en") != (other["language"] == "en"):
        kinds.append("languages")
    elif "reprint" in (one["tier"], other["tier"]):
        kinds.append("copies")
    return kinds


def _share(counts: Counter[str], kind: str, whole: str) -> str:
    total = counts[f"{kind} {whole}"]
    return f"{counts[f'{kind} right'] / total:.3f}" if total else "-"
