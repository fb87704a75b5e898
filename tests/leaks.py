"""No bot token in anything that a test logs, prints or leaves behind: looked for after each one."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.logs import NOISY

SECRETS = (b"AAthisIsAVerySecretTokenOfTheBot", b"AAHiddenTokenThatMustNeverBeSeenAnywhere")
"""The halves that open something, of the tokens that the tests' bots run with."""
LARGEST = 20_000_000
"""Bytes; nothing that a test leaves behind is larger."""

_SILENCED = re.compile(rf"^(?:DEBUG|INFO) +(?:{'|'.join(NOISY)})\b.*$", re.M)
"""What `bot.logs` never lets through; pytest's own capture, at DEBUG, sees it all the same."""


def leaks(item: pytest.Item, report: pytest.TestReport) -> list[str]:
    """Say where a test has let a token out: what it captured, and the files in its folder."""
    said = _SILENCED.sub("", "\n".join(text for _, text in report.sections)).encode()
    found = ["what it printed or logged"] if _holds(said) else []
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    if isinstance(folder, Path):
        found += [str(path.relative_to(folder)) for path in _files(folder) if _reads(path)]
    return found


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _reads(path: Path) -> bool:
    try:
        return path.stat().st_size < LARGEST and _holds(path.read_bytes())
    except OSError:
        return False


def _holds(text: bytes) -> bool:
    return any(secret in text for secret in SECRETS)
