"""News for whoever watches: each watcher has a queue of its own, and a slow one is let go."""

import asyncio
from dataclasses import dataclass, field

from sandbox.values import Json

MOST_WAITING = 2000
"""Events that a watcher may be behind; then it has to look at everything anew."""


@dataclass(slots=True)
class Stream:
    """Events from the world to the open pages."""

    watchers: set[asyncio.Queue[Json | None]] = field(default_factory=set)

    def watch(self) -> asyncio.Queue[Json | None]:
        """A queue of events from now on; None in it is the end."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue(maxsize=MOST_WAITING)
        self.watchers.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Json | None]) -> None:
        """Ends a watch."""
        self.watchers.discard(queue)

    def tell(self, event: Json) -> None:
        """Passes an event on to everybody."""
        for queue in tuple(self.watchers):
            try:
                queue.put_nowait(event)
            except asyncio.QueueFull:
                self._let_go(queue)

    def _let_go(self, queue: asyncio.Queue[Json | None]) -> None:
        self.watchers.discard(queue)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)

    def end(self) -> None:
        """Ends all watches."""
        for queue in tuple(self.watchers):
            self._let_go(queue)
