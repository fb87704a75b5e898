"""The inside of the workshop: a process that draws and writes, one thing after the other."""

import os
import resource
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from bot.files import FORMATS, Row
from bot.workshop import DONE, FAILED, File, Picture, Task
from sources.process import die_with, limit, pipes, receive, send

MEMORY = 2 * 1024 * 1024 * 1024
"""Bytes of address space; a file's rows are written as they come, only the file is held whole."""


def main(parent: int) -> None:
    """Serve the parent until it hangs up."""
    die_with(parent)
    # numpy would start a thread for every core, and reserve memory for each.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    tasks, answers = pipes()
    limit(resource.RLIMIT_AS, MEMORY)
    limit(resource.RLIMIT_CORE, 0)
    decode = msgspec.json.Decoder(Task).decode
    while (frame := receive(tasks)) is not None:
        send(answers, _answer(decode(frame), tasks))


def _answer(task: Picture | File, tasks: BinaryIO) -> bytes:
    rows = _rows(tasks) if isinstance(task, File) else iter(())
    try:
        return DONE + (FORMATS[task.form](rows) if isinstance(task, File) else _drawn(task))
    except Exception as error:  # one failure is its own: the next task goes on
        return FAILED + type(error).__name__.encode()
    finally:
        # What is left of a file that failed would be taken for the next task.
        deque(rows, maxlen=0)


def _drawn(task: Picture) -> bytes:
    # Most bots write a file before they draw a picture, and need none of this for it.
    from bot.drawing.chart import draw

    return draw(task.chart)


def _rows(tasks: BinaryIO) -> Iterator[Row]:
    while page := receive(tasks):
        yield from msgspec.json.decode(page, type=list[dict[str, object]])
