"""The log of what the bot has called: bounded, numbered, and possible to wait for."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.values import Json

MOST_CALLS = 10_000
"""Older ones are forgotten; the numbers go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call and its answer."""

    seq: int
    time: float
    """Seconds since 1970, by the sandbox's clock, when it was answered."""
    method: str
    chat_id: int | str | None
    params: Json
    status: int
    """The answer's HTTP status; 0 where the connection was dropped instead."""
    result: Any
    """What the method returned, or the whole answer where it refused."""

    def json(self) -> Json:
        """As /sandbox/calls lists it."""
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def ok(self) -> bool:
        """Whether the method was carried out and its caller knows it."""
        return self.status == 200

    @property
    def text(self) -> str:
        """The words that were sent, as the bot gave them: text or caption."""
        return str(self.params.get("text") or self.params.get("caption") or "")


@dataclass(slots=True)
class Calls:
    """All calls, oldest first."""

    kept: deque[Call] = field(default_factory=lambda: deque(maxlen=MOST_CALLS))
    last_seq: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, *, status: int, **fields: Any) -> Call:
        """Writes a call down and wakes whoever waits for one."""
        self.last_seq += 1
        call = Call(seq=self.last_seq, status=status, **fields)
        self.kept.append(call)
        self._news.set()
        self._news = asyncio.Event()
        return call

    def find(
        self,
        *,
        method: str | None = None,
        chat: int | str | None = None,
        since: int = 0,
        matching: Callable[[Call], bool] = lambda _: True,
    ) -> list[Call]:
        """Calls after number `since`, oldest first."""
        wanted = method.lower() if method else None
        return [
            call
            for call in self.kept
            if call.seq > since
            and wanted in (None, call.method.lower())
            and chat in (None, call.chat_id)
            and matching(call)
        ]

    async def wait(
        self,
        *,
        method: str | None = None,
        chat: int | str | None = None,
        since: int = 0,
        matching: Callable[[Call], bool] = lambda _: True,
        timeout: float = 10,  # noqa: ASYNC109 -- a test says in one word how patient it is
    ) -> Call:
        """The first such call; waits for it where it has not come yet.

        Raises:
            TimeoutError: it does not come within `timeout` seconds.
        """
        async with asyncio.timeout(timeout):
            while True:
                news = self._news
                found = self.find(method=method, chat=chat, since=since, matching=matching)
                if found:
                    return found[0]
                await news.wait()

    def clear(self) -> None:
        """Forgets all calls; the numbers go on."""
        self.kept.clear()
