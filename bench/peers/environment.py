"""Environments for other projects' programs, made once under `data/bench`."""

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).parents[2] / "data" / "bench"


def python_of(name: str, needs: Sequence[str]) -> str:
    """Return the Python of an environment that has what is needed; ours, where nothing is.

    Raises:
        subprocess.CalledProcessError: It cannot be installed.
    """
    if not needs:
        return sys.executable
    folder = _ROOT / name
    python, done = folder / "bin" / "python", folder / "done"
    if not done.exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *needs], check=True)
        done.touch()
    return str(python)
