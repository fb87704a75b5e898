"""The bot's own line to Telegram: polling that nothing wedges, and what ends or interrupts it."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import (
    BadRequest,
    Conflict,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot

from bot.context import Context
from bot.pacing import Pacing, seconds
from bot.request import POOL, TelegramRequest, UpdatesRequest
from bot.settings import Settings
from bot.turns import Turns
from domain.delivery import Lane
from jobs.outbox import senders_for

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "channel_post")
"""Only what is handled: the fewer kinds, the fewer that a later Telegram can surprise us with."""
LONG_POLL = 30
CONFLICTS = 3
QUESTIONS = 3
"""How often Telegram is asked whether there is a webhook, before polling begins all the same."""
SETTLED = 60.0
"""Seconds of undisturbed polling after which a bot is the one that was there first ..."""
CONFLICTS_WHEN_SETTLED = 6
"""... and leaves it to the newcomer to go."""


class Ended(Exception):
    """The bot cannot go on; the text is one line for the operator, with an exit code."""

    def __init__(self, reason: str, code: int) -> None:
        super().__init__(reason)
        self.code = code


BAD_CREDENTIALS = (
    "Telegram does not accept the bot's token; copy it again from @BotFather "
    "into TELEGRAM_BOT_TOKEN."
)
HOOKED = (
    "Telegram brings this bot's updates to {host}; fetching them here would silence that. Give "
    "this one a token of its own, set WEBHOOK_URL, or end it with: pilotwatch webhook --remove"
)
ANOTHER_INSTANCE = (
    "Another instance is running with the same bot token; stop it first, "
    "or give this one a token of its own."
)


class Line:
    """What is known of the line to Telegram: said once when it breaks, once when it is back."""

    def __init__(
        self, address: str, end: Callable[[Ended], None], clock: Callable[[], float]
    ) -> None:
        self._address = address
        self._end = end
        self._clock = clock
        self._lost = False
        self._conflicts = 0
        self._settled_at: float | None = None

    @property
    def is_up(self) -> bool:
        """Whether Telegram answered when it was last asked."""
        return not self._lost

    def answered(self) -> None:
        """Take note that Telegram answered as it should."""
        if self._lost:
            log.warning("Telegram answers again.")
        self._lost, self._conflicts = False, 0
        if self._settled_at is None:
            self._settled_at = self._clock() + SETTLED

    def failed(self, error: TelegramError) -> None:
        """Take note of a failure; some of them end the bot."""
        match error:
            case InvalidToken():
                self._end(Ended(BAD_CREDENTIALS, 78))
            case Conflict():
                self._conflict()
            case RetryAfter():
                log.warning("Telegram asks to wait %.0f s", seconds(error))
            case _:
                self._silence(error)

    def _conflict(self) -> None:
        self._conflicts += 1
        settled = self._settled_at is not None and self._clock() >= self._settled_at
        if self._conflicts >= (CONFLICTS_WHEN_SETTLED if settled else CONFLICTS):
            self._end(Ended(ANOTHER_INSTANCE, 1))

    def _silence(self, error: TelegramError) -> None:
        if not self._lost:
            log.warning(
                "Telegram cannot be reached at %s (%s); trying again until it answers.",
                self._address,
                error.message,
            )
        self._lost = True


class PollingBot(ExtBot[Lane]):
    """A bot that tells what becomes of its line while it polls."""

    __slots__ = ("_line",)

    def __init__(self, line: Line, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._line = line

    @property
    def line(self) -> Line:
        """What is known of the line to Telegram."""
        return self._line

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """Fetch updates, taking note of how that went."""
        try:
            updates = await super().get_updates(*args, **kwargs)
        except TelegramError as error:
            self._line.failed(error)
            raise
        self._line.answered()
        return updates


App = Application[PollingBot, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]


def build(
    settings: Settings,
    end: Callable[[Ended], None],
    clock: Callable[[], float] = time.monotonic,
    pacing: Pacing | None = None,
) -> App:
    """Build PTB's application for the manual lifecycle; nothing is connected yet."""
    line = Line(settings.telegram_api_base_url, end, clock)
    bot = PollingBot(
        line,
        settings.telegram_bot_token or "",
        base_url=f"{settings.telegram_api_base_url}/bot",
        base_file_url=f"{settings.telegram_api_base_url}/file/bot",
        request=TelegramRequest(
            pool=max(POOL, senders_for(settings.send_per_second)), proxy=settings.telegram_proxy
        ),
        get_updates_request=UpdatesRequest(pool=1, proxy=settings.telegram_proxy),
        rate_limiter=pacing or Pacing(settings.send_per_second, clock),
    )
    return (
        ApplicationBuilder()
        .bot(bot)
        .context_types(ContextTypes(context=Context))
        .concurrent_updates(Turns())
        # The clock is our own scheduler: PTB would start a second one.
        .job_queue(None)
        .build()
    )


def turns_of(app: App) -> Turns:
    """Return what gives an application's updates their turn."""
    if not isinstance(app.update_processor, Turns):
        raise TypeError("the application was not built here")
    return app.update_processor


async def introduce(app: App, line_wait: float = 1.0, longest_wait: float = 30.0) -> None:
    """Make ourselves known to Telegram, however long it takes until it answers.

    Raises:
        Ended: The token is refused.
    """
    wait = line_wait
    while True:
        try:
            await app.initialize()
            app.bot.line.answered()
            return
        except InvalidToken:
            # PTB's text of it holds the token.
            raise Ended(BAD_CREDENTIALS, 78) from None
        except TelegramError as error:
            app.bot.line.failed(error)
            wait = max(wait, seconds(error)) if isinstance(error, RetryAfter) else wait
        await asyncio.sleep(wait)
        wait = min(longest_wait, wait * 2)


async def listen(app: App) -> None:
    """Begin to poll for updates.

    Raises:
        Ended: The token is refused, or updates go to a webhook, which polling would unhook.
    """
    await _check_unhooked(app)
    await app.start()
    if app.updater is None:
        raise RuntimeError("the application was built without an updater")
    try:
        await app.updater.start_polling(
            timeout=LONG_POLL,
            bootstrap_retries=-1,
            allowed_updates=ALLOWED_UPDATES,
            error_callback=_said_already,
        )
    except InvalidToken:
        raise Ended(BAD_CREDENTIALS, 78) from None


async def receive(app: App, settings: Settings, wait: float = 2.0) -> None:
    """Begin to have updates brought to the webhook, however long Telegram takes to agree.

    Raises:
        Ended: The token or the address is refused.
    """
    await app.start()
    while True:
        try:
            await app.bot.set_webhook(
                settings.webhook_url or "",
                secret_token=settings.webhook_secret,
                allowed_updates=ALLOWED_UPDATES,
            )
        except BadRequest as error:
            raise Ended(f"Telegram does not take WEBHOOK_URL: {error.message}.", 78) from None
        except InvalidToken:
            raise Ended(BAD_CREDENTIALS, 78) from None
        except TelegramError as error:
            app.bot.line.failed(error)
            await asyncio.sleep(wait)
        else:
            app.bot.line.answered()
            return


async def _check_unhooked(app: App, wait: float = 2.0) -> None:
    """PTB's polling removes a webhook without asking: a trial must not silence production."""
    for _ in range(QUESTIONS):
        try:
            hook = await app.bot.get_webhook_info()
        except TelegramError as error:
            log.info("not known yet whether there is a webhook: %s", type(error).__name__)
            await asyncio.sleep(wait)
        else:
            if hook.url:
                raise Ended(HOOKED.format(host=urlsplit(hook.url).hostname), 78)
            return


def _said_already(_: TelegramError) -> None:
    """PTB would log each failure with a traceback; `Line` has said it in one line."""
