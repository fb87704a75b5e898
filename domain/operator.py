"""Who may run the bot."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["owner", "admin"]

Invited = Literal["owner", "admin", "reader"]
"""What a one-time code makes of whoever sends it first."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """A reader who came by invitation."""

    user_id: int
    since: datetime
    invited_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that failed and should not have: once for all the times it did."""

    number: str
    """What people and the log call it."""
    what: str
    """The kind of error and where it came up; never words of people."""
    times: int
    first_at: datetime
