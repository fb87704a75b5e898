"""Run the measurements that are named, or all of them."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

BENCHES = (
    "delivery",
    "facts",
    "relevance",
    "stories",
    "feeds",
    "feedcorpus",
    "search",
    "answers",
    "workers",
    "load",
    "questions",
    "soak",
)
"""Modules of this package; only what is measured is loaded, so that its memory is its own."""


def main(arguments: Sequence[str]) -> int:
    """Run `python -m bench [NAME [ARGUMENT …]]`; return the exit code."""
    if not arguments:
        return max(_bench(name)([]) for name in BENCHES)
    name, *rest = arguments
    if name not in BENCHES:
        print(f"There is no bench {name!r}; there are: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    return _bench(name)(rest)


def _bench(name: str) -> Callable[[Sequence[str]], int]:
    measure: Callable[[Sequence[str]], int] = import_module(f"bench.{name}").main
    return measure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
