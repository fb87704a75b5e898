"""Puts the house together and keeps it running until it is told to stop."""

import asyncio
import logging
import os
import secrets
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from telegram.error import TelegramError
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

import db.operators
from bot.access import new_code
from bot.acquaintance import on_migration
from bot.clockwork import Clockwork
from bot.commands import COMMANDS
from bot.context import Tools, equip
from bot.courier import TelegramCourier
from bot.dispatch import on_channel_post, on_document, on_error, on_message, on_press
from bot.ending import Ending, signals
from bot.health import looking, pulse_file, pulsing
from bot.language import read_catalogues
from bot.loop_lag import LoopLag
from bot.membership import on_membership
from bot.menus import offer_menus
from bot.metrics import Instruments
from bot.opening import open_house
from bot.pacing import Pacing
from bot.pauses import Pauses
from bot.pen import Pen
from bot.server import PortTaken, Surface, serving
from bot.settings import Settings
from bot.telegram import App, Ended, build, introduce, listen, receive, turns_of
from bot.webhook import Inbox
from bot.workshop import WRITING, Workshop
from db.engine import connect
from db.instance import only_instance
from db.migrate import migrate
from jobs.backend import Backend, Embedded, Handed
from jobs.composing import Composing
from jobs.house import House
from jobs.outbox import Outbox, senders_for
from jobs.schedule import Work
from jobs.tasks import Shift

log = logging.getLogger(__name__)

PATIENCE = 2.5
"""Seconds that each of the two kinds of work gets to come to an end: 8 in all is the promise."""


async def run(
    settings: Settings,
    *,
    ready: Callable[[], None] | None = None,
    prepare: Callable[[House], Awaitable[None]] | None = None,
) -> int:
    """Run the bot until a signal, or until it cannot go on; return the exit code.

    `prepare` is waited for before anything runs; `ready` is called once when commands are
    answered.

    Raises:
        DatabaseUnavailable: The database cannot be used.
    """
    await asyncio.to_thread(read_catalogues)
    await asyncio.to_thread(migrate, settings.database_url)
    async with AsyncExitStack() as stack:
        stack.enter_context(only_instance(settings.database_url))
        database = connect(settings.database_url)
        stack.push_async_callback(database.close)
        house = await stack.enter_async_context(open_house(settings, database))
        async with database.write() as session:
            await db.operators.seed(session, settings.admin_ids, now())
        if prepare is not None:
            await prepare(house)
        backend = await stack.enter_async_context(_backend(settings, house))
        workshop = await stack.enter_async_context(Workshop())
        clerk = await stack.enter_async_context(Workshop(seconds=WRITING))
        return await _live(settings, house, backend, (workshop, clerk), ready)


def now() -> datetime:
    """Return the time. Everything else is handed it."""
    return datetime.now(UTC)


@asynccontextmanager
async def _backend(settings: Settings, house: House) -> AsyncIterator[Backend]:
    """Say who does the work.

    Raises:
        DatabaseUnavailable: There is no queue for workers, and none can be made.
    """
    if settings.work_backend == "embedded":
        composing = Composing(house.database, Pen(), now)
        yield Embedded(Shift(house=house, composing=composing, clock=now))
        return
    from db.work_queue import work_queue  # what carries it takes a tenth of a second to load

    async with work_queue(settings.database_url) as queue:
        yield Handed(house, queue, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a running bot consists of."""

    tools: Tools
    app: App
    pacing: Pacing
    backend: Backend
    outbox: Outbox
    clockwork: Clockwork
    ending: Ending


async def _live(
    settings: Settings,
    house: House,
    backend: Backend,
    workshops: tuple[Workshop, Workshop],
    ready: Callable[[], None] | None,
) -> int:
    """Put the parts together, take up what the process before this one left, and run."""
    parts = _put_together(settings, house, backend, workshops)
    pauses = Pauses(house.database, parts.pacing, now)
    await pauses.restore()
    await parts.outbox.recover()
    await _until_the_end(parts, ready)
    await pauses.settle()
    return parts.ending.code


def _put_together(
    settings: Settings, house: House, backend: Backend, workshops: tuple[Workshop, Workshop]
) -> Parts:
    ending, pacing = Ending(), Pacing(settings.send_per_second)
    app = build(settings, ending.end, pacing=pacing)
    tools = _tools(settings, house, TelegramCourier(app.bot, workshops[0]), workshops)
    equip(app.bot_data, tools)
    add_handlers(app)
    outbox = _outbox(tools)
    tools.bell.answer = outbox.wake
    return Parts(
        tools=tools,
        app=app,
        pacing=pacing,
        backend=backend,
        outbox=outbox,
        clockwork=_clockwork(tools, backend, outbox),
        ending=ending,
    )


def _tools(
    settings: Settings,
    house: House,
    courier: TelegramCourier,
    workshops: tuple[Workshop, Workshop],
) -> Tools:
    workshop, clerk = workshops
    return Tools(
        settings=settings,
        house=house,
        courier=courier,
        clock=now,
        version=version("pilotwatch"),
        workshop=workshop,
        clerk=clerk,
    )


def _outbox(tools: Tools) -> Outbox:
    return Outbox(
        tools.database,
        tools.courier,
        now,
        # A process number alone comes again: in a container it is always the same.
        owner=f"pid {os.getpid()} {secrets.token_hex(4)}",
        senders=senders_for(tools.settings.send_per_second),
    )


def _clockwork(tools: Tools, backend: Backend, outbox: Outbox) -> Clockwork:
    work = Work(
        house=tools.house,
        backend=backend,
        outbox=outbox,
        clock=now,
        keeping=tools.settings.keeping,
        courier=tools.courier,
        since=now(),
    )
    return Clockwork(work, timedelta(seconds=tools.settings.poll_seconds))


def _instruments(parts: Parts, lag: LoopLag) -> Instruments:
    tools = parts.tools
    return Instruments(
        database=tools.database,
        clock=now,
        parse_kills=lambda: tools.house.jail.kills,
        sends=lambda: tools.courier.results,
        told_to_wait=lambda: parts.pacing.told_to_wait,
        loop_lag=lag.worst,
        answers=turns_of(parts.app).timing,
        version=tools.version,
    )


async def _until_the_end(parts: Parts, ready: Callable[[], None] | None) -> None:
    """Run until it is time to stop, and stop."""
    tools, app, ending, lag = parts.tools, parts.app, parts.ending, LoopLag()
    clockwork = parts.clockwork
    look = looking(tools.database, lambda: app.bot.line.is_up, lambda: clockwork.is_ticking)
    surface = Surface(look, _instruments(parts, lag))
    pulse = pulsing(pulse_file(tools.settings.database_url), look)
    async with lag.measured(), pulse, _serving(surface, tools.settings, ending):
        greeting = asyncio.create_task(_greet(parts, surface, ready), name="greeting")
        clockwork.start()
        await ending.come()
        parts.outbox.close()
        surface.close()
        await _stop(parts, greeting)


@asynccontextmanager
async def _serving(surface: Surface, settings: Settings, ending: Ending) -> AsyncIterator[None]:
    """Serve, and listen to signals; without its port the bot ends at once."""
    with signals(ending):
        async with AsyncExitStack() as stack:
            try:
                serves = serving(surface, settings.http_host, settings.http_port)
                await stack.enter_async_context(serves)
            except PortTaken as error:
                ending.end(Ended(str(error), 1))
            yield


async def _greet(parts: Parts, surface: Surface, ready: Callable[[], None] | None) -> None:
    """Reach Telegram, however long it takes; sources are read meanwhile. Then mind other doors."""
    tools, app = parts.tools, parts.app
    try:
        inbox = await _connected(tools, app, surface)
    except Ended as ended:
        parts.ending.end(ended)
        return
    except Exception:
        # Without this the process would live on and hear nothing.
        log.exception("the start failed")
        parts.ending.end(Ended("The bot could not start; the log above says why.", 1))
        return
    log.info("listening as @%s", app.bot.username)
    await _offer_the_bot(tools, app)
    if ready is not None:
        ready()
    async with tools.database.read() as session:
        operators = [user_id for user_id, _ in await db.operators.every(session)]
    await offer_menus(app.bot, COMMANDS, operators)
    if inbox is not None and tools.settings.work_backend != "embedded":
        await inbox.attend()


async def _connected(tools: Tools, app: App, surface: Surface) -> Inbox | None:
    """Reach Telegram and let updates come; return where they do, if by a webhook.

    Raises:
        Ended: The token, or the webhook's address, is refused.
    """
    await introduce(app)
    if not tools.settings.webhook_url:
        await listen(app)
        return None
    await receive(app, tools.settings)
    inbox = Inbox(app, tools.database, now)
    await inbox.resume()
    surface.take_updates(inbox.take, tools.settings.webhook_secret or "")
    return inbox


async def _offer_the_bot(tools: Tools, app: App) -> None:
    """Where nobody may run the bot, print a code: whoever sees the console may claim it, once."""
    async with tools.database.read() as session:
        if await db.operators.every(session):
            return
    code = await new_code(tools, "owner", None, now())
    # Not by the log, which is kept and read by others.
    try:
        sys.stdout.write(
            f"Nobody runs this bot yet. Claim it within an hour: send it /start {code}\n"
            f"or open https://t.me/{app.bot.username}?start={code}\n"
        )
        sys.stdout.flush()
    except OSError:
        log.warning("nobody runs this bot, and the code to claim it could not be printed")


def add_handlers(app: App) -> None:
    """Connect what comes from Telegram with what answers it."""
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, on_migration))
    app.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.TEXT, on_message))
    app.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.Document.ALL, on_document))
    app.add_handler(MessageHandler(filters.UpdateType.CHANNEL_POST & filters.TEXT, on_channel_post))
    app.add_handler(CallbackQueryHandler(on_press))
    app.add_handler(ChatMemberHandler(on_membership, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_error_handler(on_error)


async def _stop(parts: Parts, greeting: asyncio.Task[None]) -> None:
    """Take nothing new in, let commands and sends come to their end, close the line."""
    app = parts.app
    greeting.cancel()
    await asyncio.gather(greeting, return_exceptions=True)
    with suppress(TimeoutError, TelegramError):
        async with asyncio.timeout(PATIENCE):
            if app.updater and app.updater.running:
                await app.updater.stop()
            if app.running:
                await app.stop()
    ends = (parts.clockwork.stop, parts.backend.end, parts.outbox.end)
    await asyncio.gather(*(end(PATIENCE) for end in ends))
    with suppress(TimeoutError, RuntimeError):
        async with asyncio.timeout(1.0):
            await app.shutdown()
    await app.bot.shutdown()
    log.info("stopped")
