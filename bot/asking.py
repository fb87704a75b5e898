"""A question or two to Telegram, from the command line: who are we, is there a webhook."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.courier import delivery_error
from bot.request import TelegramRequest, UpdatesRequest
from bot.settings import Settings
from bot.telegram import BAD_CREDENTIALS
from jobs.ports import NotSent, Rejected


async def who_am_i(settings: Settings) -> str:
    """Return the bot's user name, as Telegram knows it.

    Raises:
        Rejected: Telegram does not accept the token.
        DeliveryError: Telegram cannot be asked.
    """
    async with _asking(settings) as bot:
        return (await bot.get_me()).username or ""


async def webhook_of(settings: Settings, *, remove: bool = False) -> str:
    """Return where Telegram brings updates, "" where it does not; and end that, if asked to.

    Raises:
        Rejected: Telegram does not accept the token.
        DeliveryError: Telegram cannot be asked.
    """
    async with _asking(settings) as bot:
        url = (await bot.get_webhook_info()).url
        if remove and url:
            await bot.delete_webhook()
        return url


@asynccontextmanager
async def _asking(settings: Settings) -> AsyncIterator[Bot]:
    """Open a line for a question or two; what goes wrong is said as couriers say it."""
    request = TelegramRequest(proxy=settings.telegram_proxy)
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
