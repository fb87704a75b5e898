"""Who may run the bot."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["owner", "admin"]

# Ids that Telegram uses for nobody in particular: the anonymous group administrator, a channel
# writing as itself, and posts forwarded from a linked channel. They are never a person.
# https://core.telegram.org/bots/api#user and telegram.constants.ChatID
NOBODY = frozenset({1087968824, 136817688, 777000})


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One change, who made it and when."""

    at: datetime
    actor_id: int | None
    action: str
    subject: str
    detail: dict[str, object]
