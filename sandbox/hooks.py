"""Updates brought to the bot's own address: in order of their numbers, again until it says yes."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp

from sandbox.faults import Fault, Faults
from sandbox.values import Json, Sleep
from sandbox.world import World

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name
PATIENCE = 60.0
"""Seconds that the bot's server gets for its answer."""
WAITS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds before what was not taken is brought again; the last one from then on."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(slots=True)
class Hooks:
    """Brings what waits to the webhook, while there is one; only ever to this machine."""

    world: World
    faults: Faults
    sleep: Sleep = asyncio.sleep
    _work: asyncio.Task[None] | None = None
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def begin(self) -> None:
        """Begins to bring updates."""
        self.world.on_update.append(self._news.set)
        self._work = asyncio.create_task(self._bring_all(), name="webhook")

    async def end(self) -> None:
        """Stops; what was not taken goes on waiting."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)

    async def _bring_all(self) -> None:
        failures = 0
        async with aiohttp.ClientSession(trust_env=False) as session:
            while True:
                self._news.clear()
                hook = self.world.webhook
                batch = self._batch(hook)
                if hook is None or not batch:
                    await self._news.wait()
                    continue
                took = await asyncio.gather(*(self._bring(session, hook, one) for one in batch))
                failures = 0 if all(took) else failures + 1
                if failures:
                    await self.sleep(WAITS[min(failures, len(WAITS)) - 1])

    def _batch(self, hook: Json | None) -> list[Json]:
        if hook is None:
            return []
        return self.world.updates.take(0, hook["max_connections"], self.world.clock())

    async def _bring(self, session: aiohttp.ClientSession, hook: Json, update: Json) -> bool:
        """Brings one update; it stops waiting once the bot's server has said yes to it."""
        fault = self.faults.take("webhook", None)
        trouble = await self._trouble(session, hook, update, fault)
        if trouble is None:
            self.world.updates.done(update["update_id"])
            return True
        hook["last_error_date"] = self.world.now()
        hook["last_error_message"] = trouble
        return False

    async def _trouble(
        self, session: aiohttp.ClientSession, hook: Json, update: Json, fault: Fault | None
    ) -> str | None:
        if fault is not None and fault.delay:
            await self.sleep(fault.delay)
        if fault is not None and fault.drop == "before":
            return "Connection timed out"
        if urlsplit(hook["url"]).hostname not in LOOPBACK:
            return "Failed to resolve host: the sandbox brings updates to this machine only"
        status = await _post(session, hook["url"], _headers(hook), update)
        if fault is not None and fault.drop == "after":
            return "Read timeout expired"
        if isinstance(status, str):
            return status
        return None if 200 <= status < 300 else f"Wrong response from the webhook: {status}"


def _headers(hook: Json) -> Mapping[str, str]:
    secret = hook.get("secret_token")
    return {SECRET_HEADER: secret} if secret else {}


async def _post(
    session: aiohttp.ClientSession, url: str, headers: Mapping[str, str], update: Json
) -> int | str:
    """The answer's status, or what kept it away."""
    try:
        async with session.post(
            url,
            json=update,
            headers=headers,
            timeout=aiohttp.ClientTimeout(total=PATIENCE),
            allow_redirects=False,
        ) as answer:
            return answer.status
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientError as error:
        return f"Connection failed ({type(error).__name__})"
