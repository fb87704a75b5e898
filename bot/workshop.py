"""The workshop: a process of its own that draws pictures and writes files.

Drawing and writing take seconds of computing, and what draws takes 90 MB: neither belongs on the
loop that answers people. The process starts when it is first needed and ends when nobody has
needed it for a while.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from bot.files import Row
from domain.chart import Chart
from sources.task import LENGTH, framed

SECONDS = 30.0
"""For a picture, which takes a tenth of one; the first one waits for the process to start."""
WRITING = 180.0
"""Seconds for a file."""
IDLE = 120.0
"""Seconds without work after which the process ends."""
LARGEST = 64 * 1024 * 1024
"""Bytes of an answer; Telegram takes files of at most 50 MB."""
MODULE = "bot.workman"

_ROOT = Path(__file__).resolve().parent.parent
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from importlib import import_module; import_module(sys.argv[2]).main(int(sys.argv[3]))"
)
_NEEDED = ("HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Of the environment: where matplotlib remembers the system's fonts. Nothing of ours."""


class WorkFailed(Exception):
    """The picture or the file could not be made; the words can still be said."""


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """A chart to be drawn."""

    chart: Chart


class File(msgspec.Struct, frozen=True, tag="file"):
    """Rows to be written; they follow in frames of JSON lists, up to an empty frame."""

    form: str


Task = Picture | File
DONE, FAILED = b"+", b"-"
"""The first byte of an answer; after it the content, or the reason."""


class Workshop:
    """One place to work, one thing at a time. Use as an async context manager."""

    def __init__(
        self, *, seconds: float = SECONDS, idle: float = IDLE, module: str = MODULE
    ) -> None:
        self._seconds = seconds
        self._idle = idle
        self._module = module
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._rest: asyncio.TimerHandle | None = None
        self._clearing: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Open; nothing is started yet."""
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """End the process, whatever it is doing."""
        if self._rest is not None:
            self._rest.cancel()
        self._end()
        await asyncio.gather(*self._clearing)

    async def picture(self, chart: Chart) -> bytes:
        """Draw a chart; return a PNG.

        Raises:
            WorkFailed: It could not be drawn, or not in time.
        """
        return await self._work(Picture(chart), _none())

    async def file(self, form: str, pages: AsyncIterator[Sequence[Row]]) -> bytes:
        """Write rows, as they come, in one of the formats of `bot.files`.

        Raises:
            WorkFailed: It could not be written, or not in time.
        """
        return await self._work(File(form), pages)

    async def _work(self, task: Task, pages: AsyncIterator[Sequence[Row]]) -> bytes:
        async with self._turn:
            if self._rest is not None:
                self._rest.cancel()
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await self._asked(task, pages)
            except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
                self._end()
                raise WorkFailed(type(error).__name__) from error
            except BaseException:
                # The pipe is in the middle of something: the next task begins afresh.
                self._end()
                raise
            self._rest = asyncio.get_running_loop().call_later(self._idle, self._end)
        if answer[:1] != DONE:
            raise WorkFailed(answer[1:].decode("utf-8", "replace"))
        return answer[1:]

    async def _asked(self, task: Task, pages: AsyncIterator[Sequence[Row]]) -> bytes:
        process = await self._started()
        assert process.stdin is not None  # noqa: S101  # it was started with pipes
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(framed(_encode(task)))
        async for page in pages:
            process.stdin.write(framed(_encode(page)))
            await process.stdin.drain()
        if isinstance(task, File):
            process.stdin.write(framed(b""))
        await process.stdin.drain()
        length = int.from_bytes(await process.stdout.readexactly(LENGTH), "big")
        if length > LARGEST:
            raise WorkFailed("the file would be too large")
        return await process.stdout.readexactly(length)

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        self._end()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-I", "-B", "-c", _PROGRAM, str(_ROOT), self._module, str(os.getpid())),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            start_new_session=True,  # Ctrl-C in a terminal is for us: we end it
        )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        clearing = asyncio.get_running_loop().create_task(_clear(process))
        self._clearing.add(clearing)
        clearing.add_done_callback(self._clearing.discard)


async def _none() -> AsyncIterator[Sequence[Row]]:
    """A picture has no rows."""
    nothing: tuple[Sequence[Row], ...] = ()
    for page in nothing:
        yield page


async def _clear(process: asyncio.subprocess.Process) -> None:
    await process.wait()
    if process.stdin is not None:
        process.stdin.close()
        with suppress(OSError):
            await process.stdin.wait_closed()


_encode = msgspec.json.Encoder().encode
