"""What operators are told, all of them the same."""

from datetime import datetime

import msgspec

import db.deliveries
import db.operators
from db.engine import Session
from domain.chat import Destination
from domain.delivery import DeliveryKind, Lane, Owed
from domain.proposal import Proposal, Suggested


async def tell_operators(
    session: Session, kind: DeliveryKind, key: str, letter: Proposal | Suggested, now: datetime
) -> None:
    """Owe every operator who can be told the same letter, once."""
    owed = [
        Owed(
            destination=Destination(chat_id=chat_id),
            kind=kind,
            key=key,
            lane=Lane.ALERT,
            payload=msgspec.to_builtins(letter),
        )
        for chat_id in await db.operators.reachable(session)
    ]
    await db.deliveries.owe(session, owed, now)
