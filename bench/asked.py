"""What stands behind the commands that list: the questions of each, asked of a database."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from zlib import crc32

import db.facts
import db.ledger
import db.register
from bench.archive import NEWEST
from db.engine import Database
from domain.chat import Destination
from domain.ledger import wanted
from domain.ledger.metrics import series
from domain.ledger.offers import offers, read
from jobs.newest import newest
from jobs.reminders import open_windows

Asking = Callable[[Database, str], Awaitable[list[int]]]
"""Asks with these words; returns the numbers of what is found, in order."""
_PAGE = 10
_NOBODY = Destination(chat_id=1)


async def metric(database: Database, words: str) -> list[int]:
    """Return the first values of the series that the words ask for."""
    question = wanted.read(words)
    async with database.read() as session:
        stated = await db.ledger.figures(session, question)
    found = wanted.ranked(series(stated), question)
    return [one.points[0].entry.lead.number for one in found]


async def measures(database: Database, words: str) -> list[int]:
    """Return the measures of the first page, with the windows that are open."""
    sought = read(words)
    async with database.read() as session:
        kin, matched = await db.ledger.measures(session, sought.words)
        await open_windows(session, NEWEST, {at for one in kin for at in one.story_ids})
    found = offers(kin, matched, sought, NEWEST.date())
    return [one.entry.lead.number for one in found]


async def facts(database: Database, words: str) -> list[int]:
    """Return the facts of a page."""
    async with database.read() as session:
        found = await db.facts.search(session, words=words, limit=_PAGE)
    return [one.number for one in found]


async def latest(database: Database, words: str) -> list[int]:
    """Return the newest stories."""
    found = await newest(database, _NOBODY, int(words or 5))
    return [one.id for one in found.stories]


async def deadlines(database: Database, _words: str) -> list[int]:
    """Return what is open."""
    async with database.read() as session:
        return [one.stated.number for one in await open_windows(session, NEWEST)]


async def documents(database: Database, words: str) -> list[int]:
    """Return a page of the register."""
    async with database.read() as session:
        found = await db.register.search(session, words, limit=_PAGE)
    # By name: how the two databases number what they may have given up on the way differs.
    return [crc32(one.document.title.encode()) for one in found]


ASKED: Mapping[str, tuple[Asking, Sequence[str]]] = {
    "/metric": (metric, ("", "compute", "算力", "AI companies", "武侯区 企业", "产业规模", "2024")),
    "/measures": (measures, ("", "算力券", "voucher", "算力 type:voucher open", "研发", "subsidy")),
    "/facts": (facts, ("", "算力券", "AI companies", "成都", "Wuhou")),
    "/latest": (latest, ("", "10", "20")),
    "/deadlines": (deadlines, ("", "算力券")),
    "/documents": (documents, ("", "三年行动计划", "成办发〔2024〕97号", "措施 成都")),
}
"""By command, with words that people ask with."""
