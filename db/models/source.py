"""Sources: what is watched, what the last reading left, looks at possible ones."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import NEVER_REUSED, Base, Identity, PlainText, TelegramId
from domain.source import Kind, State, Tier


class SourceRow(Base):
    """A watched address."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[Kind] = mapped_column(PlainText)
    title: Mapped[str]
    tier: Mapped[Tier] = mapped_column(PlainText)
    state: Mapped[State] = mapped_column(PlainText)
    interval: Mapped[timedelta]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_hash: Mapped[str | None]
    failures: Mapped[int]
    error: Mapped[str | None]
    last_read_at: Mapped[datetime | None]
    next_at: Mapped[datetime]
    created_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(TelegramId)
    options: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    language: Mapped[str | None]
    full_text: Mapped[bool | None] = mapped_column(server_default=false())
    error_code: Mapped[str | None]
    failing_since: Mapped[datetime | None]
    note: Mapped[str | None]
    moved_to: Mapped[str | None]
    moves: Mapped[int] = mapped_column(server_default="0")
    rhythm: Mapped[timedelta | None]
    last_new_at: Mapped[datetime | None]
    incident: Mapped[str | None]
    announce: Mapped[int] = mapped_column(server_default="0")

    __table_args__ = (Index(None, "state", "next_at"), NEVER_REUSED)


class FeedMemoryRow(Base):
    """What a source's last reading left for the next one; opaque here (`sources.memory`).

    A table of its own: it is many times larger than all that is asked for of a source.
    """

    __tablename__ = "feed_memory"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("source.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    content: Mapped[bytes]


class LookRow(Base):
    """A look at a possible source that waits for somebody's yes."""

    __tablename__ = "look"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    actor_id: Mapped[int] = mapped_column(TelegramId)
    candidate: Mapped[dict[str, Any]]
    others: Mapped[list[Any]]
    expires_at: Mapped[datetime]
    source_id: Mapped[int | None] = mapped_column(
        ForeignKey("source.id", ondelete="CASCADE"), index=True
    )
    suggestion_id: Mapped[int | None] = mapped_column(TelegramId)
    """The reader's suggestion that it looks at; no key, for it may be withdrawn meanwhile."""

    __table_args__ = (NEVER_REUSED,)
