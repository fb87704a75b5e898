"""Tell operators of a bug the first time it comes up, under a number that the log has too.

A message about a bug that meets a bug itself is one more new bug, and ends there: none is told
twice, and few are told at once.
"""

import logging
import secrets
import traceback
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import msgspec

import db.deliveries
import db.faults
import db.operators
from db.engine import Database, Session
from db.errors import DatabaseUnavailable
from domain.chat import Destination
from domain.delivery import Lane, Owed
from domain.notice import Failed
from domain.operator import Fault

log = logging.getLogger(__name__)

KEEPS = timedelta(days=3)
AT_ONCE = 5
"""New bugs within `A_WHILE` that operators are told of; the rest stands in the log."""
A_WHILE = timedelta(minutes=5)
_HOUSE = Path(__file__).parents[1]


async def report(database: Database, error: BaseException, now: datetime) -> str:
    """Count a bug, owe operators word of it if it is new, log it, and return its number."""
    what = where(error)
    number = secrets.token_hex(2).upper()
    try:
        async with database.write() as session:
            fault = await db.faults.count(
                session,
                fingerprint=sha256(what.encode()).hexdigest(),
                number=number,
                what=what,
                now=now,
            )
            number = fault.number
            if fault.times == 1 and await db.faults.new_since(session, now - A_WHILE) <= AT_ONCE:
                await _tell(session, fault, now)
    except DatabaseUnavailable as away:
        log.warning("a failure could not be noted: %s", away)
    except Exception:
        # Whoever waits for an answer gets one, also where the reporting itself has a bug.
        log.exception("a failure could not be noted")
    log.error("failed (id %s)", number, exc_info=error)
    return number


def where(error: BaseException) -> str:
    """Return the kind of an error and the line of ours it came from: no words of anybody."""
    frames = list(traceback.extract_tb(error.__traceback__))
    if not frames:
        return type(error).__name__
    ours = [one for one in frames if _is_ours(Path(one.filename))]
    last = (ours or frames)[-1]
    name = Path(last.filename)
    place = name.relative_to(_HOUSE) if name.is_relative_to(_HOUSE) else Path(name.name)
    return f"{type(error).__name__} in {place}:{last.lineno} ({last.name})"


def _is_ours(file: Path) -> bool:
    return file.is_relative_to(_HOUSE) and ".venv" not in file.parts


async def _tell(session: Session, fault: Fault, now: datetime) -> None:
    payload = msgspec.to_builtins(Failed(number=fault.number, what=fault.what))
    owed = [
        Owed(
            destination=Destination(chat_id=chat_id),
            kind="fault",
            key=f"fault:{fault.number}:{now.isoformat()}",
            lane=Lane.ALERT,
            payload=payload,
            expires_at=now + KEEPS,
        )
        for chat_id in await db.operators.reachable(session)
    ]
    await db.deliveries.owe(session, owed, now)
