"""The parse jail: whatever touches foreign bytes happens in processes that can be killed.

A regular expression that runs wild holds Python's lock, so neither a thread nor a timeout
stops it; only the end of its process does.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, TypedDict, TypeVar

from domain.article import Entry
from domain.reading import Reading
from domain.source import Kind, ReadingOptions
from sources import opml
from sources.cell import Cell, WorkerDied
from sources.errors import ParseError
from sources.opml import OpmlReading
from sources.page import Discovery, Feed, Page, PageText
from sources.task import (
    Answer,
    Discovered,
    DiscoverTask,
    Entries,
    Extracted,
    ExtractTask,
    Failed,
    OpmlRead,
    OpmlTask,
    PageTask,
    Parsed,
    ParseTask,
    Read,
    ReadFailure,
    ReadRequest,
    ReadTask,
)

_T = TypeVar("_T")
_Hear = Callable[[Cell], Awaitable[_T | Failed]]
"""How the answers to a task become what was asked for."""
_NO_OPTIONS = ReadingOptions()


class _About(TypedDict):
    """What every task on a page says of it."""

    content_type: str
    url: str
    now: datetime
    options: ReadingOptions
    seconds: int


LARGEST_ANSWER = 32 * 1024 * 1024
"""Bytes of one feed's entries in all."""
_BATCH = 32  # articles in one task: few enough to spread over the workers


class Jail:
    """Some workers, and the tasks that wait for one.

    Use as an async context manager.

    Args:
        workers: Processes at most, each about 40 MB; they start when they are needed.
        seconds: Wall time for one page or one article.
        module: What a worker runs; its `main` is told the parent's process id.
    """

    def __init__(
        self, workers: int = 2, *, seconds: float = 5.0, module: str = "sources.worker"
    ) -> None:
        self._cells = [Cell(module) for _ in range(workers)]
        self._seconds = seconds
        # The one used last is used next: the others start when there is that much to do.
        self._idle: asyncio.LifoQueue[Cell] = asyncio.LifoQueue()

    @property
    def kills(self) -> int:
        """How often a worker had to be ended before it was done."""
        return sum(cell.kills for cell in self._cells)

    async def __aenter__(self) -> Self:
        """Begin to start one worker; the first task waits for it, nothing else does."""
        for cell in self._cells:
            self._idle.put_nowait(cell)
        self._cells[-1].prepare()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Kill the workers, whatever they are doing."""
        await asyncio.gather(*(worker.end() for worker in self._cells))

    async def parse(
        self,
        kind: Kind,
        page: Page,
        options: ReadingOptions = _NO_OPTIONS,
        memory: bytes = b"",
    ) -> Feed:
        """Read a page; `memory` is what the last reading of the same source left.

        Raises:
            ParseError: It could not be read, in time, in memory, or at all.
            JailUnavailable: No worker can be started.
        """
        about = self._about(page, options)
        return await self._asked(
            ParseTask(kind=kind, memory=memory, **about), page.body, page.url, _feed
        )

    async def extract(self, page: Page, options: ReadingOptions = _NO_OPTIONS) -> PageText:
        """Reduce an article's own page to its words.

        Raises:
            ParseError: It could not be read, in time, in memory, or at all.
            JailUnavailable: No worker can be started.
        """
        about = self._about(page, options)
        return await self._asked(ExtractTask(**about), page.body, page.url, _page_text)

    async def discover(self, page: Page, options: ReadingOptions = _NO_OPTIONS) -> Discovery:
        """Say what a page is and what feeds it points to.

        Raises:
            ParseError: It is nothing that could be looked into.
            JailUnavailable: No worker can be started.
        """
        about = self._about(page, options)
        return await self._asked(DiscoverTask(**about), page.body, page.url, _discovery)

    async def opml(self, body: bytes, content_type: str = "") -> OpmlReading:
        """Read a list of sources.

        Raises:
            ParseError: The file as a whole is refused.
            JailUnavailable: No worker can be started.
        """
        if len(body) > opml.LARGEST:  # it need not even cross the pipe
            return opml.read(body, content_type)
        task = OpmlTask(content_type=content_type, seconds=math.ceil(self._seconds))
        return await self._asked(task, body, "the file", _opml)

    def _about(self, page: Page, options: ReadingOptions) -> _About:
        return {
            "content_type": page.content_type,
            "url": page.url,
            "now": datetime.now(UTC),
            "options": options,
            "seconds": math.ceil(self._seconds),
        }

    async def _asked(self, task: PageTask, body: bytes, url: str, hear: _Hear[_T]) -> _T:
        try:
            found = await self._found(task, body, hear)
        except TimeoutError:
            reason = f"The page could not be read in {self._seconds:g} s."
            raise ParseError(url, reason, code="parse_timeout") from None
        except WorkerDied as error:
            raise ParseError(url, str(error), code="parse_died") from None
        if isinstance(found, Failed):
            raise ParseError(url, found.reason, code=found.code)
        return found

    async def _found(self, task: PageTask, body: bytes, hear: _Hear[_T]) -> _T | Failed:
        try:
            return await self._heard(task, body, hear)
        except WorkerDied:
            # It may not have been the page's doing.
            return await self._heard(task, body, hear)

    async def _heard(self, task: PageTask, body: bytes, hear: _Hear[_T]) -> _T | Failed:
        async with self._worker() as worker, asyncio.timeout(self._seconds):
            await worker.send(task, body)
            found = await hear(worker)
            if isinstance(found, Failed) and found.code == "parse_memory":
                worker.renew()  # What is left of its memory may not do for the next page.
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
            if _died(some[-1]):
                # It may not have been its doing: it gets a fresh worker for itself, once.
                culprit = articles[len(answers) - 1]
                answers[-1:] = await self._some([culprit], topics)
        return answers

    async def _some(
        self, articles: Sequence[ReadRequest], topics: tuple[str, ...]
    ) -> list[Reading | ReadFailure]:
        """Read until the end, or until an article stops the worker: its failure is the last."""
        answers: list[Reading | ReadFailure] = []
        seconds = math.ceil(self._seconds)
        readable = tuple(_encodable(article) for article in articles)
        task = ReadTask(articles=readable, topics=topics, seconds=seconds)
        try:
            async with self._worker() as worker:
                await _within(self._seconds, worker.send(task))
                while len(answers) < len(articles):
                    heard = worker.heard()
                    if heard is None:
                        heard = await _within(self._seconds, worker.answer())
                    answers.append(_concluded(heard))
        except TimeoutError:
            reason = f"The article could not be read in {self._seconds:g} s."
            answers.append(ReadFailure(reason=reason, code="read_timeout"))
        except WorkerDied as error:
            answers.append(ReadFailure(reason=str(error), code="read_died"))
        return answers

    @asynccontextmanager
    async def _worker(self) -> AsyncIterator[Cell]:
        """Wait for an idle worker; one that is left by an exception is replaced."""
        worker = await self._idle.get()
        try:
            await worker.ready()
            try:
                yield worker
            except BaseException:
                worker.renew()
                raise
        finally:
            self._idle.put_nowait(worker)


async def _within(seconds: float, awaitable: Awaitable[_T]) -> _T:
    async with asyncio.timeout(seconds):
        return await awaitable


async def _feed(worker: Cell) -> Feed | Failed:
    entries: list[Entry] = []
    size = 0
    while isinstance(answer := await worker.answer(), Entries):
        entries += answer.entries
        size += sum(len(entry.text) for entry in answer.entries)
        await asyncio.sleep(0)  # a piece takes milliseconds to decode
        if size > LARGEST_ANSWER:
            raise WorkerDied
    if isinstance(answer, Parsed):
        return Feed(
            title=answer.title,
            entries=tuple(entries),
            note=answer.note,
            ttl=answer.ttl,
            self_url=answer.self_url,
            doubtful=answer.doubtful,
            discovery_only=answer.discovery_only,
            earlier=answer.earlier,
            memory=answer.memory,
        )
    if isinstance(answer, Failed):
        return answer
    raise WorkerDied


async def _page_text(worker: Cell) -> PageText | Failed:
    answer = await worker.answer()
    if isinstance(answer, Extracted):
        return answer.page
    if isinstance(answer, Failed):
        return answer
    raise WorkerDied


async def _opml(worker: Cell) -> OpmlReading | Failed:
    answer = await worker.answer()
    if isinstance(answer, OpmlRead):
        return answer.reading
    if isinstance(answer, Failed):
        return answer
    raise WorkerDied


async def _discovery(worker: Cell) -> Discovery | Failed:
    answer = await worker.answer()
    if isinstance(answer, Failed):
        return answer
    if not isinstance(answer, Discovered):
        raise WorkerDied
    feed = await _feed(worker) if answer.kind is not None else None
    if isinstance(feed, Failed):
        return feed
    return Discovery(kind=answer.kind, links=answer.links, feed=feed, well_known=answer.well_known)


def _encodable(article: ReadRequest) -> ReadRequest:
    # Lone surrogates cannot cross the pipe: each becomes one "?", so that offsets stay.
    return replace(article, text=_utf8(article.text), title=_utf8(article.title))


def _utf8(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _concluded(answer: Answer) -> Reading | ReadFailure:
    if isinstance(answer, Read):
        return answer.reading
    if isinstance(answer, Failed):
        return ReadFailure(reason=answer.reason, code=answer.code)
    raise WorkerDied


def _died(answer: Reading | ReadFailure) -> bool:
    return isinstance(answer, ReadFailure) and answer.code == "read_died"
