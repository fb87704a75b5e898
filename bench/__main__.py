"""Run the measurements that are named, or all of them."""

import sys
from collections.abc import Callable, Sequence

from bench import (
    delivery,
    facts,
    feedcorpus,
    feeds,
    load,
    relevance,
    search,
    soak,
    stories,
    workers,
)

BENCHES: dict[str, Callable[[Sequence[str]], int]] = {
    "delivery": delivery.main,
    "facts": facts.main,
    "relevance": relevance.main,
    "stories": stories.main,
    "feeds": feeds.main,
    "feedcorpus": feedcorpus.main,
    "search": search.main,
    "workers": workers.main,
    "load": load.main,
    "soak": soak.main,
}


def main(arguments: Sequence[str]) -> int:
    """Run `python -m bench [NAME [ARGUMENT …]]`; return the exit code."""
    if not arguments:
        return max(bench([]) for bench in BENCHES.values())
    name, *rest = arguments
    if name not in BENCHES:
        print(f"There is no bench {name!r}; there are: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    return BENCHES[name](rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
