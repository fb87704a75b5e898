"""Run a program and watch how much memory it and its children hold together (Linux)."""

import json
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_PAUSE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What a program said in its last line, and the most that it held."""

    megabytes: float
    """Proportional set size: what processes share counts once."""
    found: dict[str, Any] = field(default_factory=dict)
    """Empty where it failed."""

    def __str__(self) -> str:
        """Show everything in one line."""
        said = ", ".join(
            f"{name} {value:.2f}" if isinstance(value, float) else f"{name} {value}"
            for name, value in self.found.items()
        )
        return f"{said or 'failed'}, {self.megabytes:.0f} MB"


def watched(command: Sequence[str]) -> Watched:
    """Run a command to its end."""
    most = 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            most = max(most, sum(_held(pid) for pid in _family(process.pid)))
            time.sleep(_PAUSE)
        said = process.stdout.read() if process.stdout else ""
    lines = said.strip().splitlines()
    found = json.loads(lines[-1]) if process.returncode == 0 and lines else {}
    return Watched(megabytes=most / 1024, found=found)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(task).split():
            yield from _family(int(child))


def _held(pid: int) -> int:
    """Return kilobytes; 0 for a process that is gone."""
    lines = _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it ended meanwhile
        return ""
