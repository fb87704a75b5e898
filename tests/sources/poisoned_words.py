"""A worker that one word kills or hangs, and that reads everything else as it should."""

import os
import time

import domain.reading
from sources import worker

_proper = domain.reading.read


def _read(text: str, **how):
    if "DEADLY" in text:
        os._exit(9)
    if "ENDLESS" in text:
        time.sleep(60)
    return _proper(text, **how)


def main(parent: int) -> None:
    """Serve with that engine."""
    domain.reading.read = _read
    worker.main(parent)
