"""Run a program and watch how much memory it and its children hold together (Linux)."""

import json
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.processes import Family

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
        family = Family(process.pid)
        while process.poll() is None:
            most = max(most, family.megabytes())
            time.sleep(_PAUSE)
        said = process.stdout.read() if process.stdout else ""
    lines = said.strip().splitlines()
    found = json.loads(lines[-1]) if process.returncode == 0 and lines else {}
    return Watched(megabytes=most, found=found)
