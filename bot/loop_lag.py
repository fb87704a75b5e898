"""How late the event loop is: what keeps it busy keeps everybody waiting."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

_EVERY = 0.25


class LoopLag:
    """Measures all the time; `worst` is the longest delay since it was last asked for."""

    def __init__(self) -> None:
        self._worst = 0.0

    def worst(self) -> float:
        """Return the longest delay in seconds, and begin anew."""
        worst, self._worst = self._worst, 0.0
        return worst

    @asynccontextmanager
    async def measured(self) -> AsyncIterator[None]:
        """Measure until the block ends."""
        task = asyncio.create_task(self._measure(), name="loop lag")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _measure(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(_EVERY)
            self.note(time.monotonic() - before - _EVERY)

    def note(self, delay: float) -> None:
        """Take note of a delay."""
        self._worst = max(self._worst, delay)
