"""Turns: one request at a time per host, a pause between two, a bound on all together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Politeness:
    """Gives out turns; a host that keeps us waiting delays nobody but itself."""

    def __init__(self, at_once: int, pause: float) -> None:
        self._all = asyncio.Semaphore(at_once)
        self._pause = pause
        self._hosts: dict[str, _Host] = {}
        self._many = _MANY

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for this host's turn and hold it; never hold two: hosts could wait in a ring."""
        line = self._hosts.setdefault(host, _Host())
        line.waiting += 1
        try:
            async with line.lock:
                await self._pause_since(line.last)
                async with self._all:
                    try:
                        yield
                    finally:
                        line.last = _now()
        finally:
            line.waiting -= 1
            self._forget()

    async def _pause_since(self, last: float) -> None:
        wait = last + self._pause - _now()
        if wait > 0:
            await asyncio.sleep(wait)

    def _forget(self) -> None:
        if len(self._hosts) < self._many:
            return
        now = _now()
        self._hosts = {
            host: line
            for host, line in self._hosts.items()
            if line.waiting or line.last + self._pause > now
        }
        self._many = max(_MANY, 2 * len(self._hosts))  # no look through all of them each time


_MANY = 1000  # hosts remembered before the idle ones are forgotten


class _Host:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0
        self.last = float("-inf")


def _now() -> float:
    return asyncio.get_running_loop().time()
