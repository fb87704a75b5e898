"""The tables. What they hold in Python is in `domain`; rows never leave this room."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base, Identity, TelegramId


class SourceRow(Base):
    """A watched address."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    title: Mapped[str]
    tier: Mapped[str]
    state: Mapped[str]
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

    __table_args__ = (Index(None, "state", "next_at"),)


class StoryRow(Base):
    """One happening; its articles point to it."""

    __tablename__ = "story"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    topic: Mapped[str]
    band: Mapped[str]
    backlog: Mapped[bool]
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]


class ArticleRow(Base):
    """An article in its current revision."""

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    story_id: Mapped[int | None] = mapped_column(
        ForeignKey("story.id", ondelete="SET NULL"), index=True
    )
    url: Mapped[str]
    canonical_url: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    content_hash: Mapped[str] = mapped_column(index=True)
    revision: Mapped[int]
    published: Mapped[datetime | None]
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    band: Mapped[str]
    relevance: Mapped[list[Any]]
    """The judgement for each topic with its reasons, also where it was `off`."""


class ArticleKeyRow(Base):
    """One of the identities by which a source's article is known again."""

    __tablename__ = "article_key"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("source.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )


class RevisionRow(Base):
    """What an article said before it was edited."""

    __tablename__ = "article_revision"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str]
    content_hash: Mapped[str]
    replaced_at: Mapped[datetime]


class FactRow(Base):
    """Something one revision of an article states."""

    __tablename__ = "fact"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    revision: Mapped[int]
    fact_id: Mapped[str]
    position: Mapped[int]
    type: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    value: Mapped[str | None]
    value_high: Mapped[str | None]
    unit: Mapped[str | None]
    counted: Mapped[str | None]
    comparator: Mapped[str | None]
    status: Mapped[str]
    time_role: Mapped[str | None]
    time_start: Mapped[date | None]
    time_end: Mapped[date | None]
    time_precision: Mapped[str | None]
    time_text: Mapped[str | None]
    time_clock: Mapped[str | None]
    attributes: Mapped[dict[str, Any]]
    confidence: Mapped[str]
    rule: Mapped[str]

    __table_args__ = (
        UniqueConstraint("article_id", "revision", "fact_id"),
        Index(None, "type", "time_end"),
    )


class EvidenceRow(Base):
    """The exact words of a fact."""

    __tablename__ = "evidence"

    fact_id: Mapped[int] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[str]
    start: Mapped[int] = mapped_column("start_at")
    end: Mapped[int] = mapped_column("end_at")
    quote: Mapped[str]

    # Both engines count code points in length(), as Python does.
    __table_args__ = (
        CheckConstraint("start_at >= 0 AND end_at - start_at = length(quote)", name="exact"),
    )


class DocumentRow(Base):
    """A policy document that articles are, announce or cite."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str | None]
    title: Mapped[str]
    kind: Mapped[str | None]
    stage: Mapped[str | None]
    issuers: Mapped[list[Any]]
    first_seen_at: Mapped[datetime]


class MentionRow(Base):
    """An article that is, announces or cites a policy document."""

    __tablename__ = "document_mention"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str]


class ChatRow(Base):
    """A chat that the bot knows, by Telegram's id. Suspended, never deleted, when unreachable."""

    __tablename__ = "chat"

    id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    type: Mapped[str]
    title: Mapped[str]
    language: Mapped[str]
    timezone: Mapped[str]
    state: Mapped[str]
    state_reason: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SubscriptionRow(Base):
    """A standing wish of a chat, or of one forum topic in it."""

    __tablename__ = "subscription"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    chat_id: Mapped[int] = mapped_column(
        TelegramId, ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE")
    )
    thread_id: Mapped[int] = mapped_column(TelegramId)
    kind: Mapped[str]
    minute: Mapped[int]
    weekday: Mapped[int]
    timezone: Mapped[str]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    covered_until: Mapped[datetime]
    last_date: Mapped[date | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("chat_id", "thread_id", "kind"),
        CheckConstraint("minute BETWEEN 0 AND 1439", name="minute"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    )


class DeliveryRow(Base):
    """The outbox: what is owed to a destination, and how far it has got."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    chat_id: Mapped[int] = mapped_column(
        TelegramId, ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE")
    )
    thread_id: Mapped[int] = mapped_column(TelegramId)
    kind: Mapped[str]
    key: Mapped[str]
    lane: Mapped[int]
    story_id: Mapped[int | None] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"), index=True
    )
    payload: Mapped[dict[str, Any]]
    parts: Mapped[list[Any] | None]
    parts_sent: Mapped[int]
    message_ids: Mapped[list[Any]]
    state: Mapped[str]
    attempts: Mapped[int]
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    """Set and committed before each request: a row found with it may have arrived."""
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("chat_id", "thread_id", "key"),
        Index(None, "state", "lane", "not_before"),
    )


class OperatorRow(Base):
    """A person who may run the bot, by Telegram's numeric user id, never by name."""

    __tablename__ = "operator"

    user_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    role: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(TelegramId)


class AuditRow(Base):
    """Who changed what, and when."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(TelegramId)
    """None: the command line or the bot itself."""
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]
