"""What `pilotwatch doctor` asks of others: Telegram, the clock by it, and the watched sites."""

import asyncio
from collections.abc import Callable, Sequence
from functools import cache

import db.sources
from bot.asking import Introduction, who_am_i
from bot.cli.finding import Finding, warning
from bot.cli.opening import now
from bot.settings import Settings
from db.engine import connect
from db.errors import DatabaseUnavailable
from db.migrate import current
from domain.source import Source
from jobs.ports import DeliveryError
from sources.errors import FetchError
from sources.web import Web

_SITES = 3
_LATE = 60.0
"""Seconds by which a clock may be wrong: digests come on the minute."""


def _telegram(found: Settings) -> Finding:
    if found.telegram_bot_token is None:
        return Finding("telegram", True, "not used: no token is set")
    try:
        name = _asked(found).name
    except DeliveryError as error:
        return Finding("telegram", False, str(error))
    return Finding("telegram", True, f"knows this bot as @{name}")


def _clock(found: Settings) -> Finding | None:
    """Telegram says what time it is in every answer."""
    try:
        asked = _asked(found) if found.telegram_bot_token else None
    except DeliveryError:
        return None  # said already
    if asked is None or asked.server_time is None:
        return None
    late = (asked.server_time - asked.at).total_seconds()
    if abs(late) > _LATE:
        words = f"{abs(late):.0f} s {'behind' if late > 0 else 'ahead of'} Telegram's"
        return warning("clock", words, "Set it by NTP: digests would come at the wrong minute.")
    return Finding("clock", True, "agrees with Telegram's")


def _network(found: Settings) -> Finding | None:
    try:
        # Only where there are tables: a look makes no database.
        watched = asyncio.run(_watched(found)) if current(found.database_url) else ()
    except DatabaseUnavailable:
        return None  # said already
    if not watched:
        return Finding("network", True, "not tried: no source is watched yet")
    reasons = asyncio.run(_tried(found, watched))
    if len(reasons) < len(watched):
        return Finding(
            "network", True, f"{len(watched) - len(reasons)} of {len(watched)} sites read"
        )
    advice = "Look at the machine's network; where a proxy is needed, name it in FETCH_PROXY."
    return warning("network", f"no site of {len(watched)} could be read: {reasons[0]}", advice)


async def _watched(found: Settings) -> Sequence[Source]:
    """Return a few of the sources that are watched, those that were well before the others."""
    database = connect(found.database_url)
    try:
        async with database.read() as session:
            every = await db.sources.every(session)
    finally:
        await database.close()
    watched = [one for one in every if one.state == "active"]
    return sorted(watched, key=lambda one: one.failures)[:_SITES]


async def _tried(found: Settings, watched: Sequence[Source]) -> list[str]:
    """Fetch them side by side; return why some could not be had."""
    networks = [str(network) for network in found.fetch_allow_cidrs]
    async with Web(allow_cidrs=networks, proxy=found.fetch_proxy) as web:
        tries = (web.fetch(one.url) for one in watched)
        ended = await asyncio.gather(*tries, return_exceptions=True)
    for one in ended:
        if isinstance(one, BaseException) and not isinstance(one, FetchError):
            raise one
    return [str(one) for one in ended if isinstance(one, FetchError)]


@cache
def _asked(found: Settings) -> Introduction:
    return asyncio.run(who_am_i(found, now))


CHECKS: tuple[Callable[[Settings], Finding | None], ...] = (_telegram, _clock, _network)
