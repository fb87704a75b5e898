"""Stories: what is told as one thing, what became part of what, what belongs together."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import NEVER_REUSED, Base, Identity, PlainText
from domain.relevance import Band


class StoryRow(Base):
    """One happening; its articles point to it."""

    __tablename__ = "story"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    topic: Mapped[str]
    band: Mapped[Band] = mapped_column(PlainText)
    backlog: Mapped[bool]
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]

    __table_args__ = (NEVER_REUSED,)


class StoryMergeRow(Base):
    """Where a story went that a person merged into another: its number still leads there."""

    __tablename__ = "story_merge"

    story_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    into_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    merged_at: Mapped[datetime]


class StoryLinkRow(Base):
    """Two stories that state the same facts without being one: stock figures, months apart."""

    __tablename__ = "story_link"

    story_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    shared: Mapped[list[Any]]
    """The keys of the facts that both state."""
    linked_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("story_id < other_id", name="once"),)
