"""What a program and its children take: memory, processor time, open files (Linux)."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Shares:
    """Processor seconds by what a process is, up to a moment."""

    at: float
    seconds: Counter[str] = field(default_factory=Counter)

    def __sub__(self, other: "Shares") -> "Shares":
        """Return what was taken between two moments."""
        seconds = Counter({name: n - other.seconds[name] for name, n in self.seconds.items()})
        return Shares(self.at - other.at, seconds)

    def __str__(self) -> str:
        """Show each process's share of one core."""
        parts = (f"{name} {100 * s / self.at:.0f} %" for name, s in sorted(self.seconds.items()))
        return f"of a core: {', '.join(parts)}"


class Family:
    """A process and all that descend from it."""

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def shares(self) -> Shares:
        """Return the processor time of each kind of process until now."""
        seconds: Counter[str] = Counter()
        for at, pid in enumerate(_family(self._pid)):
            fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
            if fields:
                seconds["bot" if at == 0 else "workers"] += (
                    int(fields[11]) + int(fields[12])
                ) / _TICKS
        return Shares(time.monotonic(), seconds)

    def megabytes(self) -> float:
        """Return the proportional set size of all of them: what they share counts once."""
        return sum(_held(pid) for pid in _family(self._pid)) / 1024

    def own_megabytes(self) -> float:
        """Return the proportional set size of the first of them alone."""
        return _held(self._pid) / 1024

    def descriptors(self) -> int:
        """Return how many files and connections they have open."""
        return sum(_open(pid) for pid in _family(self._pid))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(task).split():
            yield from _family(int(child))


def _held(pid: int) -> int:
    """Return kilobytes; 0 for a process that is gone."""
    lines = _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _open(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it ended meanwhile
        return ""
