"""One real parse jail for all tests of a session: its worker takes longer to start than a test."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from threading import Thread
from types import TracebackType
from typing import Any, Self

from sources.jail import Jail


class SharedJail(Jail):
    """A jail that is open already, and stays so whoever leaves it.

    It lives in a loop of its own, in a thread of its own: every test has its own loop.
    What is to be shown of starting, ending or killing workers needs a Jail of the test's own.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, jail: Jail) -> None:
        super().__init__()
        self._loop = loop
        self._jail = jail

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        return

    async def _asked(self, *work: Any, **more: Any) -> Any:
        return await self._over_there(self._jail._asked, *work, **more)

    async def read(self, *work: Any, **more: Any) -> Any:
        return await self._over_there(self._jail.read, *work, **more)

    async def _over_there(
        self, ask: Callable[..., Coroutine[Any, Any, Any]], *work: Any, **more: Any
    ) -> Any:
        asked = asyncio.run_coroutine_threadsafe(ask(*work, **more), self._loop)
        return await asyncio.wrap_future(asked)


@contextmanager
def shared() -> Iterator[SharedJail]:
    """Open a jail that any loop may ask until the block ends."""
    loop, jail = asyncio.new_event_loop(), Jail()
    thread = Thread(target=loop.run_forever, name="shared jail", daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(jail.__aenter__(), loop).result()
    try:
        yield SharedJail(loop, jail)
    finally:
        asyncio.run_coroutine_threadsafe(jail.__aexit__(None, None, None), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
