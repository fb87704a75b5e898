"""Looking names up without ever blocking the loop, and with a bound on what can hang.

The system's resolver cannot be interrupted. Each question has a daemon thread of its own, so
that one that hangs neither delays the end of the program nor, up to the bound, anybody else.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from threading import Thread

Lookup = Callable[[str, int], Awaitable[list[str]]]
"""A host and a port in, its IP addresses out; raises OSError when there are none."""


class Names:
    """The system's resolver, at most `at_once` questions at the same time."""

    def __init__(self, at_once: int = 16) -> None:
        self._free = asyncio.Semaphore(at_once)

    async def lookup(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host, in the system's order of preference.

        Raises:
            OSError: The name is not known, or the resolver failed.
        """
        await self._free.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[str]] = loop.create_future()
        answer.add_done_callback(_seen)

        def settle(found: list[str] | None, error: Exception | None) -> None:
            # The place is free when the thread ends, not when the asker loses patience.
            self._free.release()
            if answer.done():
                return
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(found or [])

        Thread(target=_ask, args=(host, port, loop, settle), daemon=True, name="lookup").start()
        return await answer


def _seen(answer: "asyncio.Future[list[str]]") -> None:
    if not answer.cancelled():
        answer.exception()


def _ask(
    host: str,
    port: int,
    loop: asyncio.AbstractEventLoop,
    settle: Callable[[list[str] | None, Exception | None], None],
) -> None:
    found: list[str] | None = None
    error: Exception | None = None
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    except (OSError, UnicodeError) as failure:  # UnicodeError: a name that IDNA cannot carry
        error = failure if isinstance(failure, OSError) else OSError(str(failure))
    try:
        loop.call_soon_threadsafe(settle, found, error)
    except RuntimeError:
        return  # The loop has closed meanwhile: nobody is waiting any more.
