"""Chats and what they wish: subscriptions, what they follow, their rules, what they keep."""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import NEVER_REUSED, Base, Identity, PlainText, TelegramId
from domain.chat import ChatState, Language, SubscriptionKind
from domain.follow import FollowKind
from domain.preferences import Verdict


class ChatRow(Base):
    """A chat that the bot knows, by Telegram's id. Suspended, never deleted, when unreachable."""

    __tablename__ = "chat"

    id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    type: Mapped[Literal["private", "group", "supergroup", "channel"]] = mapped_column(PlainText)
    title: Mapped[str]
    language: Mapped[Language] = mapped_column(PlainText)
    timezone: Mapped[str]
    state: Mapped[ChatState] = mapped_column(PlainText, index=True)
    state_reason: Mapped[str | None]
    added_by: Mapped[int | None] = mapped_column(TelegramId)
    """Who brought the bot there, to be told when it cannot speak there any more."""
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
    kind: Mapped[SubscriptionKind] = mapped_column(PlainText)
    minute: Mapped[int]
    weekday: Mapped[int]
    timezone: Mapped[str]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    covered_until: Mapped[datetime]
    last_date: Mapped[date | None]
    created_at: Mapped[datetime]
    days: Mapped[int] = mapped_column(server_default="127")
    """On which days of the week a daily one comes, bit 0 for Monday."""

    __table_args__ = (
        UniqueConstraint("chat_id", "thread_id", "kind"),
        CheckConstraint("minute BETWEEN 0 AND 1439", name="minute"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        NEVER_REUSED,
    )


class FollowRow(Base):
    """Something that a chat, or one forum topic in it, is told any news of."""

    __tablename__ = "follow"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    chat_id: Mapped[int] = mapped_column(
        TelegramId, ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE")
    )
    thread_id: Mapped[int] = mapped_column(TelegramId)
    kind: Mapped[FollowKind] = mapped_column(PlainText)
    key: Mapped[str]
    label: Mapped[str]
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("chat_id", "thread_id", "kind", "key"),
        Index(None, "kind", "key"),
        NEVER_REUSED,
    )


class PreferenceRow(Base):
    """How a chat, or one forum topic in it, wants to be told; where it has said nothing, no row.

    A row holds only what is otherwise than above it: in a chat than usual, in a topic than in its
    chat. What is NULL is as it is there (`db.preferences`).
    """

    __tablename__ = "preference"

    chat_id: Mapped[int] = mapped_column(
        TelegramId,
        ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    thread_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    rule: Mapped[dict[str, Any]]
    """What of the stories is wanted (`domain.rule.Rule`)."""
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]
    """Local minutes of the day; both or none. The same twice: no quiet hours, whatever is above."""
    muted_until: Mapped[datetime | None] = mapped_column(index=True)
    """In a topic whose chat is muted, a time that is over: this topic is not."""
    silent: Mapped[bool | None]
    language: Mapped[Language | None] = mapped_column(PlainText)
    """Of a topic; a chat's own stands in `ChatRow`, as does its zone."""
    timezone: Mapped[str | None]
    updated_at: Mapped[datetime]


class OfStory:
    """The key of what stands for one story in one chat or topic; its columns come first."""

    chat_id: Mapped[int] = mapped_column(
        TelegramId,
        ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
        sort_order=-1,
    )
    thread_id: Mapped[int] = mapped_column(
        TelegramId, primary_key=True, autoincrement=False, sort_order=-1
    )
    story_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
        sort_order=-1,
    )


class VerdictRow(OfStory, Base):
    """What somebody said of a story, for the chat or topic in which he said it."""

    __tablename__ = "verdict"

    verdict: Mapped[Verdict] = mapped_column(PlainText)
    user_id: Mapped[int | None] = mapped_column(TelegramId)
    at: Mapped[datetime]


class SavedRow(OfStory, Base):
    """A story that a chat, or one forum topic in it, keeps for later."""

    __tablename__ = "saved_story"

    saved_at: Mapped[datetime]
