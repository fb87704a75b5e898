"""A question or two to Telegram, from the command line: who are we, is there a webhook."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.courier import delivery_error
from bot.request import TelegramRequest, UpdatesRequest
from bot.settings import Settings
from bot.telegram import BAD_CREDENTIALS
from jobs.ports import NotSent, Rejected


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who we are, and when, by Telegram's word."""

    name: str
    """Our user name."""
    server_time: datetime | None
    """What time it was there; None where it did not say so."""
    at: datetime
    """What time it was here."""


async def who_am_i(settings: Settings, clock: Callable[[], datetime]) -> Introduction:
    """Return the bot's user name, as Telegram knows it, and what time it is there.

    Raises:
        Rejected: Telegram does not accept the token.
        DeliveryError: Telegram cannot be asked.
    """
    request = _Dated(proxy=settings.telegram_proxy)
    async with _asking(settings, request) as bot:
        name = (await bot.get_me()).username or ""
        return Introduction(name, request.server_time, clock())


async def webhook_of(settings: Settings, *, remove: bool = False) -> str:
    """Return where Telegram brings updates, "" where it does not; and end that, if asked to.

    Raises:
        Rejected: Telegram does not accept the token.
        DeliveryError: Telegram cannot be asked.
    """
    async with _asking(settings, TelegramRequest(proxy=settings.telegram_proxy)) as bot:
        url = (await bot.get_webhook_info()).url
        if remove and url:
            await bot.delete_webhook()
        return url


@asynccontextmanager
async def _asking(settings: Settings, request: TelegramRequest) -> AsyncIterator[Bot]:
    """Open a line for a question or two; what goes wrong is said as couriers say it."""
    bot = Bot(
        settings.telegram_bot_token or "",
        base_url=f"{settings.telegram_api_base_url}/bot",
        request=request,
        get_updates_request=UpdatesRequest(pool=1, proxy=settings.telegram_proxy),
    )
    try:
        await request.initialize()
        yield bot
    except InvalidToken:
        raise Rejected(BAD_CREDENTIALS) from None
    except NetworkError as error:
        raise NotSent(f"Telegram cannot be asked: {error.message}") from None
    except TelegramError as error:
        raise delivery_error(error) from None
    finally:
        await request.shutdown()


class _Dated(TelegramRequest):
    """Notes what time it is at the other end."""

    server_time: datetime | None = None

    def _heard(self, response: aiohttp.ClientResponse) -> None:
        try:
            said = parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            return
        self.server_time = said if said.tzinfo else said.replace(tzinfo=UTC)
