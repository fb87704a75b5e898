"""getUpdates: the one method that waits, and of which only one call may wait at a time."""

import asyncio
from dataclasses import dataclass, field

from sandbox.parameters import Parameters
from sandbox.refusal import conflict
from sandbox.values import Json
from sandbox.world import World

LONGEST_WAIT = 50
MOST_UPDATES = 100

OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@dataclass(slots=True)
class Polling:
    """Whoever waits for updates. As at Telegram, a second poller ends the wait of the first."""

    world: World
    waiting: asyncio.Future[None] | None = None
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once anybody has asked for updates."""

    def __post_init__(self) -> None:
        """Lets new updates end the wait."""
        self.world.on_update.append(self._wake)

    def _wake(self) -> None:
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_result(None)

    async def get_updates(self, call: Parameters) -> list[Json]:
        """Updates from `offset` on, at once or as soon as there is one.

        Raises:
            Refusal: a webhook is set, or another poller comes.
        """
        if self.world.webhook:
            raise conflict(WEBHOOK_IS_SET)
        self.begun.set()
        self._end_other_poller()
        if "allowed_updates" in call.values:
            self.world.updates.allow([str(kind) for kind in call.array("allowed_updates")])
        offset = call.number("offset") or 0
        limit = min(max(call.number("limit") or MOST_UPDATES, 1), MOST_UPDATES)
        wait = min(max(call.number("timeout") or 0, 0), LONGEST_WAIT)
        updates = self._take(offset, limit)
        if updates or not wait:
            return updates
        await self._wait(wait)
        return self._take(offset, limit)

    def _take(self, offset: int, limit: int) -> list[Json]:
        # A negative offset forgets relative to the end: only once.
        return self.world.updates.take(offset, limit, self.world.clock())

    def _end_other_poller(self) -> None:
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(conflict(OTHER_POLLER))

    async def _wait(self, seconds: float) -> None:
        waiting = self.waiting = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            pass
        finally:
            if self.waiting is waiting:
                self.waiting = None

    def end(self) -> None:
        """Lets whoever waits go, with what there is."""
        self._wake()
