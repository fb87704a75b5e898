"""The sample reader of `make run`: subscribes, sees an alert come, and asks for a digest.

Every step waits for what the bot does, never for the clock; what does not come in time is said in
one line of the log, and the rest of the scene is left to whoever sits before the page.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.calls import Call
from sandbox.cast import READER_ID
from sandbox.server import Sandbox

log = logging.getLogger(__name__)

PATIENCE = 60.0
"""Seconds that each step may take."""


class StandsStill(Exception):
    """A step of the scene did not come; the text says which."""


@dataclass(slots=True, kw_only=True)
class Director:
    """Plays the sample reader once."""

    sandbox: Sandbox
    patience: float = PATIENCE

    async def play(self) -> bool:
        """Plays the scene; returns whether it came to its end.

        A step that does not come is logged, never raised: the sandbox stays useful without it.
        """
        try:
            await self._scene()
        except StandsStill as reason:
            log.warning("the sample reader waits in vain: %s", reason)
            return False
        log.info("the sample reader has an alert and a digest")
        return True

    async def _scene(self) -> None:
        # Looking a feed over before it is watched is no reading yet: only what comes from here on.
        before = dict(self.sandbox.newsroom.readings)
        await self._bot_listens()
        await self._ask("/start")
        await self._ask("/subscribe")
        await self._feeds_are_read(before)
        await self._alert_comes()
        await self._ask("/digest")

    async def _bot_listens(self) -> None:
        try:
            await self.sandbox.wait_until_polled(self.patience)
        except TimeoutError:
            raise StandsStill("no bot asks for updates") from None

    async def _ask(self, words: str) -> None:
        """Says something and waits for the answer."""
        since = self.sandbox.calls.last_seq
        self.sandbox.say(READER_ID, words)
        await self._message(since, f"the bot does not answer {words}")

    async def _feeds_are_read(self, before: Mapping[str, int]) -> None:
        try:
            await self.sandbox.newsroom.wait_until_read(self.patience, before)
        except TimeoutError:
            unread = ", ".join(self.sandbox.newsroom.unread(before))
            raise StandsStill(f"nobody has read the sample feeds {unread}") from None

    async def _alert_comes(self) -> None:
        """The sample feeds publish; the English article's title has to reach the reader."""
        since = self.sandbox.calls.last_seq
        titles = self.sandbox.publish()
        log.info("the sample feeds have published: %s", "; ".join(titles))
        awaited = [title for title in titles if title.isascii()]
        await self._message(since, "no alert about the new article comes", *awaited)

    async def _message(self, since: int, otherwise: str, *words: str) -> None:
        """Waits for a message to the reader, after that call, with all of the words."""

        def fits(call: Call) -> bool:
            return call.ok and all(word in call.result.get("text", "") for word in words)

        try:
            await self.sandbox.calls.wait(
                method="sendMessage",
                chat=READER_ID,
                since=since,
                matching=fits,
                timeout=self.patience,
            )
        except TimeoutError:
            raise StandsStill(otherwise) from None
