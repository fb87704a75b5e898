"""What every process of ours does that works for another: pipes, limits, and its end.

A worker owns nothing: it is told its parent's number, dies with it, and speaks in frames over
the pipes that it was started with.
"""

import ctypes
import os
import resource
import signal
import sys
from typing import BinaryIO

from sources.task import LENGTH, framed

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return where tasks come from and where answers go."""
    # The real pipes move away, so that nothing a library prints gets between the frames.
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    return tasks, answers


def limit(kind: int, most: int) -> None:
    """Let this process use no more of a resource, a constant of `resource`, than so much."""
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(kind, (most, most))
    except (ValueError, OSError):
        if sys.platform == "linux":
            raise  # Other systems do not know every limit; there the wall time has to do.


def die_with(parent: int) -> None:
    """End as soon as the parent does, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)  # It died before it could be noticed.


def receive(tasks: BinaryIO) -> bytes | None:
    """Read the next frame; None where the parent has hung up."""
    length = tasks.read(LENGTH)
    return tasks.read(int.from_bytes(length, "big")) if len(length) == LENGTH else None


def send(answers: BinaryIO, content: bytes) -> None:
    """Write a frame."""
    answers.write(framed(content))
    answers.flush()
