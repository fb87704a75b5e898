"""The parse jail: whatever touches foreign bytes happens in processes that can be killed.

A regular expression that runs wild holds Python's lock, so neither a thread nor a timeout
stops it; only the end of its process does.
"""

import asyncio
import math
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from domain.article import Entry
from domain.reading import Reading
from domain.source import Kind
from sources.errors import ParseError
from sources.page import Feed, Page
from sources.task import (
    LENGTH,
    LONGEST_FRAME,
    Answer,
    Entries,
    Failed,
    Parsed,
    ParseTask,
    Read,
    ReadFailure,
    ReadRequest,
    ReadTask,
    Ready,
    Task,
    framed,
)

LARGEST_ANSWER = 32 * 1024 * 1024
"""Bytes of one feed's entries in all."""
_BATCH = 32  # articles in one task: few enough to spread over the workers
_START = 30.0  # seconds; a process starts in half of one, unless the machine is very busy

_T = TypeVar("_T")
_ROOT = Path(__file__).resolve().parent.parent
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from importlib import import_module; import_module(sys.argv[2]).main(int(sys.argv[3]))"
)
"""Isolated mode knows no current directory: the worker is told where its code is."""


class JailUnavailable(RuntimeError):
    """No worker can be started: a fault of the installation, not of a page."""


class Jail:
    """Some workers, and the tasks that wait for one.

    Use as an async context manager.

    Args:
        workers: Processes, each about 40 MB; two keep a second feed from waiting.
        seconds: Wall time for one page or one article.
        module: What a worker runs; its `main` is told the parent's process id.
    """

    def __init__(
        self, workers: int = 2, *, seconds: float = 5.0, module: str = "sources.worker"
    ) -> None:
        self._workers = [_Worker(module) for _ in range(workers)]
        self._seconds = seconds
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        """Begin to start the workers; the first task waits for them, nothing else does."""
        for worker in self._workers:
            worker.prepare()
            self._idle.put_nowait(worker)
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Kill the workers, whatever they are doing."""
        await asyncio.gather(*(worker.end() for worker in self._workers))

    async def parse(self, kind: Kind, page: Page) -> Feed:
        """Read a page.

        Raises:
            ParseError: It could not be read, in time, in memory, or at all.
            JailUnavailable: No worker can be started.
        """
        task = ParseTask(
            kind=kind,
            content_type=page.content_type,
            url=page.url,
            now=datetime.now(UTC),
            seconds=math.ceil(self._seconds),
        )
        try:
            async with self._worker() as worker, asyncio.timeout(self._seconds):
                await worker.send(task, page.body)
                found = await _feed(worker)
        except TimeoutError:
            reason = f"The page could not be read in {self._seconds:g} s."
            raise ParseError(page.url, reason, code="parse_timeout") from None
        except WorkerDied as error:
            raise ParseError(page.url, str(error), code="parse_died") from None
        if isinstance(found, Failed):
            raise ParseError(page.url, found.reason, code=found.code)
        return found

    async def read(
        self, articles: Sequence[ReadRequest], topics: Sequence[str]
    ) -> list[Reading | ReadFailure]:
        """Conclude from articles; the answers are in their order, one for each.

        An article that hangs or kills its worker costs itself alone.

        Raises:
            JailUnavailable: No worker can be started.
        """
        batches = [articles[at : at + _BATCH] for at in range(0, len(articles), _BATCH)]
        read = await asyncio.gather(*(self._batch(batch, tuple(topics)) for batch in batches))
        return [answer for batch in read for answer in batch]

    async def _batch(
        self, articles: Sequence[ReadRequest], topics: tuple[str, ...]
    ) -> list[Reading | ReadFailure]:
        """Go on behind each article that stopped a worker: answers come one by one."""
        answers: list[Reading | ReadFailure] = []
        while len(answers) < len(articles):
            some = await self._some(articles[len(answers) :], topics)
            answers += some
            if len(some) > 1 and _died(some[-1]):
                # Those before it may have used the memory up: it gets a worker of its own.
                culprit = articles[len(answers) - 1]
                answers[-1:] = await self._some([culprit], topics)
        return answers

    async def _some(
        self, articles: Sequence[ReadRequest], topics: tuple[str, ...]
    ) -> list[Reading | ReadFailure]:
        """Read until the end, or until an article stops the worker: its failure is the last."""
        answers: list[Reading | ReadFailure] = []
        seconds = math.ceil(self._seconds)
        task = ReadTask(articles=tuple(articles), topics=topics, seconds=seconds)
        try:
            async with self._worker() as worker:
                await _within(self._seconds, worker.send(task))
                while len(answers) < len(articles):
                    answers.append(_concluded(await _within(self._seconds, worker.answer())))
        except TimeoutError:
            reason = f"The article could not be read in {self._seconds:g} s."
            answers.append(ReadFailure(reason=reason, code="read_timeout"))
        except WorkerDied as error:
            answers.append(ReadFailure(reason=str(error), code="read_died"))
        return answers

    @asynccontextmanager
    async def _worker(self) -> AsyncIterator["_Worker"]:
        """Wait for an idle worker; one that is left by an exception is replaced."""
        worker = await self._idle.get()
        try:
            await worker.ready()
            yield worker
        except BaseException:
            worker.kill()
            worker.prepare()
            raise
        finally:
            self._idle.put_nowait(worker)


class WorkerDied(Exception):
    """The process ended, or said something that is no answer."""

    def __init__(self) -> None:
        super().__init__("Reading it made the reading process fail.")


class _Worker:
    """One place for a process: empty, starting, or running."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: asyncio.subprocess.Process | None = None
        self._starting: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()

    def prepare(self) -> None:
        """Begin to start a process, so that nobody has to wait for it later."""
        self._starting = asyncio.create_task(self._start())

    async def ready(self) -> None:
        """Wait until the process runs, starting another one if it has ended by itself."""
        if self._process is not None and self._process.returncode is not None:
            self.kill()
            self.prepare()
        if self._starting is not None:
            await asyncio.shield(self._starting)
            self._starting = None

    async def send(self, task: Task, body: bytes | None = None) -> None:
        """Hand a task over."""
        writer = self._running().stdin
        assert writer is not None  # noqa: S101  # it was started with a pipe
        try:
            writer.write(framed(_encode(task)))
            if body is not None:
                writer.write(framed(body))
            await writer.drain()
        except OSError as error:
            raise WorkerDied from error

    async def answer(self) -> Answer:
        """Wait for the next answer, and let others have their turn before the one after."""
        reader = self._running().stdout
        assert reader is not None  # noqa: S101  # it was started with a pipe
        try:
            length = int.from_bytes(await reader.readexactly(LENGTH), "big")
            if length > LONGEST_FRAME:
                raise WorkerDied
            answer: Answer = _decode(await reader.readexactly(length))
        except (asyncio.IncompleteReadError, OSError, msgspec.MsgspecError) as error:
            raise WorkerDied from error
        await asyncio.sleep(0)
        return answer

    def kill(self) -> None:
        """End the process now; what is left of it is cleared away in the background."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        clearing = asyncio.create_task(_clear(process))
        self._ending.add(clearing)
        clearing.add_done_callback(self._ending.discard)

    async def end(self) -> None:
        """End whatever runs or is starting, and wait until it is gone."""
        self.kill()
        if self._starting is not None:
            await asyncio.gather(self._starting, return_exceptions=True)
            self.kill()
        await asyncio.gather(*self._ending)

    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise WorkerDied
        return self._process

    async def _start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-I", "-B", "-c", _PROGRAM, str(_ROOT), self._module, str(os.getpid())),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,  # Ctrl-C in a terminal is for us: we end the workers
        )
        try:
            answer = await _within(_START, self.answer())
        except (WorkerDied, TimeoutError) as error:
            self.kill()
            raise JailUnavailable(_UNAVAILABLE) from error
        if not isinstance(answer, Ready):
            raise JailUnavailable(_UNAVAILABLE)


_UNAVAILABLE = (
    "The process that reads pages does not start; set the installation up again (make setup)."
)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Answer).decode


async def _within(seconds: float, awaitable: Awaitable[_T]) -> _T:
    async with asyncio.timeout(seconds):
        return await awaitable


async def _feed(worker: _Worker) -> Feed | Failed:
    entries: list[Entry] = []
    size = 0
    while isinstance(answer := await worker.answer(), Entries):
        entries += answer.entries
        size += sum(len(entry.text) for entry in answer.entries)
        if size > LARGEST_ANSWER:
            raise WorkerDied
    if isinstance(answer, Parsed):
        return Feed(title=answer.title, entries=tuple(entries), note=answer.note)
    if isinstance(answer, Failed):
        return answer
    raise WorkerDied


def _concluded(answer: Answer) -> Reading | ReadFailure:
    if isinstance(answer, Read):
        return answer.reading
    if isinstance(answer, Failed):
        return ReadFailure(reason=answer.reason, code=answer.code)
    raise WorkerDied


def _died(answer: Reading | ReadFailure) -> bool:
    return isinstance(answer, ReadFailure) and answer.code == "read_died"


async def _clear(process: asyncio.subprocess.Process) -> None:
    await process.wait()
    if process.stdin is not None:
        process.stdin.close()
        with suppress(OSError):
            await process.stdin.wait_closed()


def _environment() -> dict[str, str]:
    # Nothing of ours: it holds the token. Only what some Pythons need to find their library.
    needed = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {name: os.environ[name] for name in needed if name in os.environ}
