"""Facts: what articles state, in whose exact words, and what people found wrong."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import NEVER_REUSED, Base, Identity, PlainText, TelegramId
from domain.correction import State as CorrectionState
from domain.facts.fact import Comparator, Confidence, FactType, Field, Precision, Status, TimeRole


class FactRow(Base):
    """Something one revision of an article states."""

    __tablename__ = "fact"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    revision: Mapped[int]
    fact_id: Mapped[str]
    position: Mapped[int]
    type: Mapped[FactType] = mapped_column(PlainText)
    subject: Mapped[str]
    value: Mapped[str | None]
    value_high: Mapped[str | None]
    unit: Mapped[str | None]
    counted: Mapped[str | None]
    comparator: Mapped[Comparator | None] = mapped_column(PlainText)
    status: Mapped[Status] = mapped_column(PlainText)
    time_role: Mapped[TimeRole | None] = mapped_column(PlainText)
    time_start: Mapped[date | None]
    time_end: Mapped[date | None]
    time_precision: Mapped[Precision | None] = mapped_column(PlainText)
    time_text: Mapped[str | None]
    time_clock: Mapped[str | None]
    attributes: Mapped[dict[str, Any]]
    confidence: Mapped[Confidence] = mapped_column(PlainText)
    rule: Mapped[str]
    indicator: Mapped[str | None]
    """Of a figure, what it was taken for: that one of its attributes by which it is found."""
    hidden: Mapped[bool] = mapped_column(server_default=false())
    """Operators found it wrong: it is kept, and shown to nobody."""

    __table_args__ = (
        UniqueConstraint("article_id", "revision", "fact_id"),
        Index(None, "type", "time_end"),
        Index(
            "ix_fact_indicator_article_id_some",
            "indicator",
            "article_id",
            sqlite_where=sql("indicator IS NOT NULL"),
            postgresql_where=sql("indicator IS NOT NULL"),
        ),
        NEVER_REUSED,
    )


class EvidenceRow(Base):
    """The exact words of a fact."""

    __tablename__ = "evidence"

    fact_id: Mapped[int] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[Field] = mapped_column(PlainText)
    start: Mapped[int] = mapped_column("start_at")
    end: Mapped[int] = mapped_column("end_at")
    quote: Mapped[str]

    # Both engines count code points in length(), as Python does.
    __table_args__ = (
        CheckConstraint("start_at >= 0 AND end_at - start_at = length(quote)", name="exact"),
    )


class CorrectionRow(Base):
    """A fact that somebody called wrong, and what was decided; it outlives rereading."""

    __tablename__ = "fact_correction"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    fact_id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[FactType] = mapped_column(PlainText)
    quote: Mapped[str]
    state: Mapped[CorrectionState] = mapped_column(PlainText)
    changes: Mapped[dict[str, Any]]
    reported_at: Mapped[datetime]
    reported_by: Mapped[int | None] = mapped_column(TelegramId)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(TelegramId)
