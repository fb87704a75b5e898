"""A worker with an engine that does what the article tells it to, for tests of the jail."""

import os
import re
import resource
import sys
from pathlib import Path

import domain.reading
from domain.reading import Reading
from sources import worker


def _read(text, *, title="", published=None, topics=(), off_topic=True):
    if text == "hang":
        re.match(r"(a+)+$", "a" * 64 + "b")
    if text == "die":
        os._exit(9)
    if text == "fill":
        return _read("x" * (4 * 1024**3))
    if text == "fail":
        raise ValueError("a secret path: /home/somebody")
    if text == "print":
        sys.stdout.write("noise on the pipe\n")
        os.write(1, b"more noise")
    if text == "limits":
        text = str([resource.getrlimit(limit) for limit in LIMITS])
    if text == "write":
        text = _write(title)
    return Reading(
        title=title,
        published=published,
        language="en",
        text=text + os.environ.get("TELEGRAM_BOT_TOKEN", ""),
        relevance=(),
        facts=(),
        entities=(),
    )


LIMITS = (resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_CORE)


def _write(path: str) -> str:
    try:
        with Path(path).open("wb") as file:
            file.write(b"x")
    except OSError:
        return "refused"
    return "written"


def main(parent: int) -> None:
    """Serve with that engine."""
    domain.reading.read = _read
    worker.main(parent)
