"""What thousands ask for in the same moment: read once, and shared until it may be another.

An answer is kept while nothing was written here to the tables that it is made of, and for five
seconds at most: other processes write, too, and say nothing of it.
"""

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import Connection, Engine, Table, event

Answer = TypeVar("Answer")

LASTS = 5.0
"""Seconds."""
_MOST = 128
_EVERYTHING = "*"
"""Stands for all tables: what a statement in plain SQL changes is not known."""


class _Kept(NamedTuple):
    until: float
    seen: tuple[int, ...]
    answer: asyncio.Task[Any]


class Shared:
    """Answers that many wait for."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._written: Counter[str] = Counter()
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    async def get(
        self, key: Hashable, tables: Sequence[str], make: Callable[[], Awaitable[Answer]]
    ) -> Answer:
        """Return what `make` reads from these tables, or what it has read for others just now.

        Who asks while it is being read waits for the same answer. What fails is not kept. Never
        ask from within a unit of work: `make` opens its own, and all connections could be held by
        those who wait for it.
        """
        seen = tuple(self._written[name] for name in (_EVERYTHING, *tables))
        kept = self._kept.get(key)
        if kept is None or kept.seen != seen or kept.until <= self._clock() or _failed(kept.answer):
            kept = self._keep(key, _Kept(self._clock() + LASTS, seen, _task(make())))
        # Whoever gives up waiting takes nothing from the others.
        return cast(Answer, await asyncio.shield(kept.answer))

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Take note of what a unit of work writes, once it is over."""
        tables: set[str] = set()
        token = _writes.set(tables)
        try:
            yield
        finally:
            _writes.reset(token)
            self._written.update(tables)

    def _keep(self, key: Hashable, kept: _Kept) -> _Kept:
        self._kept[key] = kept
        self._kept.move_to_end(key)
        # They stand in the order in which they end: a busy hour leaves nothing behind.
        while next(iter(self._kept.values())).until <= self._clock() or len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return kept


_writes: ContextVar[set[str] | None] = ContextVar("writes", default=None)


def watch(engine: Engine) -> None:
    """Let every statement of an engine say which table it writes to."""
    event.listen(engine, "after_cursor_execute", _executed)


def _executed(
    _connection: Connection, _cursor: Any, said: str, _given: Any, context: Any, _many: bool
) -> None:
    tables = _writes.get()
    # What goes straight to the driver begins and ends transactions, and sets pragmas.
    if tables is None or context is None or context.compiled is None:
        return
    table = getattr(context.compiled.statement, "table", None)
    if context.isinsert or context.isupdate:
        tables.add(getattr(table, "name", _EVERYTHING))
    elif context.isdelete and isinstance(table, Table):
        tables.update(_going_with(table))
    elif not said.lstrip().startswith(("SELECT", "WITH")):
        tables.add(_EVERYTHING)


@cache
def _going_with(table: Table) -> frozenset[str]:
    """Return the tables whose rows go, or change, with what is deleted from one."""
    found, waiting = {table.name}, [table.name]
    while waiting:
        gone = waiting.pop()
        for other in table.metadata.tables.values():
            refers = any(key.column.table.name == gone for key in other.foreign_keys)
            if refers and other.name not in found:
                found.add(other.name)
                waiting.append(other.name)
    return frozenset(found)


def _task(work: Awaitable[Answer]) -> "asyncio.Task[Answer]":
    async def waited() -> Answer:
        return await work

    return asyncio.create_task(waited(), name="shared answer")


def _failed(task: "asyncio.Task[Any]") -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
