"""Work that costs as much for thirty as for one: whoever comes while it is under way goes next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from db.errors import DatabaseUnavailable

Item = TypeVar("Item")
Result = TypeVar("Result")


class Together(Generic[Item, Result]):
    """Does what is asked for in batches, one batch after the other; each gets its own result.

    Args:
        work: Does a whole batch, or none of it; its results are in the order of the items.
        most: Items in one batch; more would keep the event loop too long.
    """

    def __init__(
        self, work: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]], *, most: int = 8
    ) -> None:
        self._work = work
        self._most = most
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._working: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> Result:
        """Return what the work made of this item, or raise what it raised for this item.

        The work goes on where its caller is cancelled: others may be in the same batch.
        """
        result: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, result))
        if self._working is None:
            self._working = asyncio.create_task(self._work_off())
        return await result

    async def _work_off(self) -> None:
        try:
            while self._waiting:
                some = self._waiting[: self._most]
                del self._waiting[: self._most]
                await self._do(some)
        finally:
            self._working = None

    async def _do(self, some: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            done = await self._work([item for item, _ in some])
        except asyncio.CancelledError:
            for _, result in some:
                result.cancel()
            raise
        except Exception as error:
            await self._failed(some, error)
        else:
            for (_, result), value in zip(some, done, strict=True):
                if not result.done():
                    result.set_result(value)

    async def _failed(
        self, some: Sequence[tuple[Item, asyncio.Future[Result]]], error: Exception
    ) -> None:
        # It may be one item's doing: each tries again alone, and fails for itself.
        if len(some) > 1 and not isinstance(error, DatabaseUnavailable):
            for one in some:
                await self._do([one])
            return
        for _, result in some:
            if not result.done():
                result.set_exception(error)
