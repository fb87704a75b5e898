"""What readers’ marks and words lead to: rules for everybody, sources that are suggested."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import NEVER_REUSED, Base, Identity, PlainText, TelegramId
from domain.proposal import Decision


class BarredRow(Base):
    """A word that operators left out for everybody."""

    __tablename__ = "barred_word"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    word: Mapped[str] = mapped_column(unique=True)
    barred_at: Mapped[datetime]
    barred_by: Mapped[int | None] = mapped_column(TelegramId)

    __table_args__ = (NEVER_REUSED,)


class ProposalRow(Base):
    """A rule that readers' marks suggest, and what operators decided."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """What is proposed ("exclude:marathon", "tier:3:reprint"): once, whatever was decided."""
    story_id: Mapped[int | None] = mapped_column(
        ForeignKey("story.id", ondelete="SET NULL"), index=True
    )
    proposed: Mapped[dict[str, Any]]
    state: Mapped[Decision] = mapped_column(PlainText, index=True)
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(TelegramId)

    __table_args__ = (NEVER_REUSED,)


class SuggestionRow(Base):
    """A source that a reader would like to be watched."""

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    chat_id: Mapped[int] = mapped_column(
        TelegramId, ForeignKey("chat.id", ondelete="CASCADE", onupdate="CASCADE"), index=True
    )
    url: Mapped[str] = mapped_column(unique=True)
    state: Mapped[Decision] = mapped_column(PlainText)
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(TelegramId)

    __table_args__ = (NEVER_REUSED,)
