"""When the bot ends, and with what exit code: by a signal, or because it cannot go on."""

import asyncio
import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bot.telegram import Ended

log = logging.getLogger(__name__)

INTERRUPTED = 130


class Ending:
    """Whether it is time to stop, and with what exit code."""

    def __init__(self) -> None:
        self._come = asyncio.Event()
        self.code = 0

    def end(self, ended: Ended) -> None:
        """Stop because it cannot go on; the reason is said once."""
        if not self._come.is_set():
            log.critical("%s", ended)
            self.code = ended.code
        self._come.set()

    def ask(self) -> None:
        """Stop because somebody asked; who asks twice does not want to wait."""
        if self._come.is_set():
            os._exit(INTERRUPTED)
        log.info("stopping")
        self._come.set()

    async def come(self) -> None:
        """Wait for it."""
        await self._come.wait()


@contextmanager
def signals(ending: Ending) -> Iterator[None]:
    """Let a signal ask for the end as long as the block lasts."""
    loop = asyncio.get_running_loop()
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, ending.ask)
    except (ValueError, RuntimeError, NotImplementedError):
        # Only the main thread of a POSIX process is told of signals.
        log.info("signals are not handled here")
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(ValueError, RuntimeError, NotImplementedError):
                loop.remove_signal_handler(number)
