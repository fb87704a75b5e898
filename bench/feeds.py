"""How fast feeds are read, beside others, in one run: `python -m bench feeds`.

A thousand made-up feeds of thirty entries on loopback, each on its own address; the whole way of
an entry into the database. Four rounds: cold (everything is new), 304 (nothing changed, and the
server says so), 200 (nothing changed, and the server sends it all again), new (one of a hundred
sends it all again). Every reader begins each turn with nothing; the turns alternate.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.memory import Watched, watched
from bench.peers.environment import python_of

_HERE = Path(__file__).parent
PHASES = ("cold", "304", "new", "200")
PEERS: dict[str, tuple[str, ...]] = {
    "pilotwatch": (),
    "reader": ("reader==3.26", "sgmllib3k"),
    "rsstt": ("rsstt==2.10.0", "aiosqlite<0.22"),
}
"""Who takes part, and what each needs to be installed; RSS-to-Telegram-Bot is `rsstt`."""
GOALS = {"cold": 2, "304": 4, "200": 50, "new": 10}
"""How many times faster than the fastest of the others."""
MEMORY, LAG = 400, 150
"""Megabytes of all processes together, milliseconds of the event loop."""

Results = dict[tuple[str, str], list[Watched]]


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 1 where somebody could not read everything."""
    parser = argparse.ArgumentParser(prog="python -m bench feeds", description=__doc__)
    parser.add_argument("--feeds", type=int, default=1_000)
    parser.add_argument("--turns", type=int, default=3, help="how often each reads everything")
    parser.add_argument("--only", nargs="*", choices=PEERS, default=list(PEERS))
    options = parser.parse_args(list(arguments))
    results: Results = defaultdict(list)
    with _served(options.feeds) as port:
        for turn in range(options.turns):
            for name in _rotated(options.only, turn):
                _take_turn(name, port, options.feeds, results)
    _tell(results, options.only)
    return 0 if all(seen.found for some in results.values() for seen in some) else 1


def _rotated(names: Sequence[str], turn: int) -> Sequence[str]:
    at = turn % len(names)
    return [*names[at:], *names[:at]]


def _take_turn(name: str, port: int, feeds: int, results: Results) -> None:
    python = python_of(name, PEERS[name])
    program = _HERE / "peers" / f"peer_{name}.py"
    with tempfile.TemporaryDirectory() as folder:
        for phase in PHASES:
            # Without validators nobody can be told "not modified"; the bytes are those of before.
            _serve(port, generation=int(phase in {"new", "200"}), validators=phase != "200")
            seen = watched([python, str(program), phase, folder, str(port), str(feeds)])
            results[name, phase].append(seen)
            print(f"  {name:12}{phase:6}{seen}", flush=True)


@contextmanager
def _served(feeds: int) -> Iterator[int]:
    command = [sys.executable, "-m", "bench.feed_server", str(feeds)]
    # It ends when its input does: with the `with`, however that is left.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        port = server.stdout.readline() if server.stdout else b""
        yield int(port)


def _serve(port: int, *, generation: int, validators: bool) -> None:
    wishes = f"generation={generation}&validators={int(validators)}"
    urllib.request.urlopen(f"http://127.0.0.1:{port}/control?{wishes}").close()


def _tell(results: Results, names: Sequence[str]) -> None:
    others = [name for name in names if name != "pilotwatch"]
    print(f"\nmedian seconds{'':4}" + "".join(f"{phase:>9}" for phase in PHASES))
    for name in names:
        print(f"{name:18}" + "".join(f"{_median(results, name, phase):9.2f}" for phase in PHASES))
    if "pilotwatch" in names and others:
        print(f"{'times faster':18}" + "".join(f"{_gain(results, others, p):9.1f}" for p in PHASES))
        print(f"{'goal':18}" + "".join(f"{GOALS[phase]:9}" for phase in PHASES))
    for name in names:
        print(f"{name}: at most {_most(results, name, lambda seen: seen.megabytes):.0f} MB")
    if "pilotwatch" in names:
        lag = 1000 * _most(results, "pilotwatch", lambda seen: float(seen.found.get("lag", 0)))
        print(f"pilotwatch: event loop at most {lag:.0f} ms late; goals: {MEMORY} MB, {LAG} ms")


def _gain(results: Results, others: Sequence[str], phase: str) -> float:
    best = min(_median(results, name, phase) for name in others)
    return best / _median(results, "pilotwatch", phase)


def _median(results: Results, name: str, phase: str) -> float:
    return statistics.median(float(seen.found.get("wall", "nan")) for seen in results[name, phase])


def _most(results: Results, name: str, value: Callable[[Watched], float]) -> float:
    return max(value(seen) for phase in PHASES for seen in results[name, phase])
