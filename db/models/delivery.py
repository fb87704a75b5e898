"""The outbox: what is owed, to whom nothing is said for a while, what was heard already."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import NEVER_REUSED, Base, Identity, PlainText, TelegramId
from domain.delivery import DeliveryKind, DeliveryState


class DeliveryRow(Base):
    """The outbox: what is owed to a destination, and how far it has got."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    chat_id: Mapped[int] = mapped_column(
        TelegramId, ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE")
    )
    thread_id: Mapped[int] = mapped_column(TelegramId)
    kind: Mapped[DeliveryKind] = mapped_column(PlainText)
    key: Mapped[str]
    lane: Mapped[int]
    story_id: Mapped[int | None] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"), index=True
    )
    payload: Mapped[dict[str, Any]]
    parts: Mapped[list[Any] | None]
    parts_sent: Mapped[int]
    message_ids: Mapped[list[Any]]
    state: Mapped[DeliveryState] = mapped_column(PlainText)
    attempts: Mapped[int]
    doubts: Mapped[int] = mapped_column(server_default="0")
    """Attempts at the next part whose outcome is not known."""
    repeats: Mapped[int] = mapped_column(server_default="0")
    """Attempts that followed one which may have arrived: as often it may have been said twice."""
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    """Set and committed before each request: a row found with it may have arrived."""
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    carrier_id: Mapped[int | None] = mapped_column(TelegramId)
    """The delivery that tells this one too (state `folded`); no key, so that either may be let go
    of, and `db.folding.release` owes it again."""

    # The index walks the queue in its order, whatever else is due in the same minute.
    __table_args__ = (
        UniqueConstraint("chat_id", "thread_id", "key"),
        Index(None, "state", "lane", "not_before", "id"),
        Index(
            "ix_delivery_repeats_some",
            "repeats",
            sqlite_where=sql("repeats > 0"),
            postgresql_where=sql("repeats > 0"),
        ),
        Index(
            "ix_delivery_carrier_id_some",
            "carrier_id",
            sqlite_where=sql("carrier_id IS NOT NULL"),
            postgresql_where=sql("carrier_id IS NOT NULL"),
        ),
        NEVER_REUSED,
    )


class PauseRow(Base):
    """How long Telegram wants a chat to be left alone; chat 0 stands for all of them."""

    __tablename__ = "pause"

    chat_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    until: Mapped[datetime]


class HeardRow(Base):
    """An update that a webhook has taken: the same one again is not handled again."""

    __tablename__ = "heard_update"

    update_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    trouble: Mapped[str | None]
    """Why it could not be read."""
    body: Mapped[str | None]
    """What came, until it is handled; of what cannot be read, for an operator to look at."""


class BroadcastRow(Base):
    """An operator's words to everybody: shown to him first, sent once if he says so."""

    __tablename__ = "broadcast"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    text: Mapped[str]
    created_by: Mapped[int | None] = mapped_column(TelegramId)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    __table_args__ = (NEVER_REUSED,)
