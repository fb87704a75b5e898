"""The register of policy documents: their names, who tells of them, how they changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import NEVER_REUSED, Base, Identity, PlainText
from domain.documents.document import ChangedField, Stage
from domain.documents.naming import Relation


class DocumentRow(Base):
    """A policy document, as settled from everything that is claimed of it."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    number: Mapped[str | None]
    title: Mapped[str]
    kind: Mapped[str | None]
    stage: Mapped[Stage | None] = mapped_column(PlainText)
    issuers: Mapped[list[Any]]
    first_seen_at: Mapped[datetime]
    variants: Mapped[list[Any]] = mapped_column(server_default="[]")
    aliases: Mapped[list[Any]] = mapped_column(server_default="[]")
    issued_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    announced_at: Mapped[datetime | None]
    """When an article first was it or told of it: only then is it news, and only once."""

    __table_args__ = (NEVER_REUSED,)


class DocumentKeyRow(Base):
    """A name by which a document is found; versions of one document share their title."""

    __tablename__ = "document_key"

    key: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class MentionRow(Base):
    """An article that is, announces or cites a policy document, and what it claims of it."""

    __tablename__ = "document_mention"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str]
    title: Mapped[str] = mapped_column(server_default="")
    number: Mapped[str | None]
    alias: Mapped[str | None]
    kind: Mapped[str | None]
    stage: Mapped[str | None]
    issuers: Mapped[list[Any]] = mapped_column(server_default="[]")
    issued_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    first_hand: Mapped[bool] = mapped_column(server_default=false())


class DocumentLinkRow(Base):
    """By an article's words, one document cites, carries out or repeals another."""

    __tablename__ = "document_link"

    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    )
    target_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    relation: Mapped[Relation] = mapped_column(PlainText)
    clause: Mapped[str | None]


class DocumentChangeRow(Base):
    """What became of a document: announced, issued, dated anew, repealed."""

    __tablename__ = "document_change"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    article_id: Mapped[int | None] = mapped_column(
        ForeignKey("article.id", ondelete="SET NULL"), index=True
    )
    """Which article told it."""
    at: Mapped[datetime]
    field: Mapped[ChangedField] = mapped_column(PlainText)
    before: Mapped[str | None]
    after: Mapped[str | None]

    __table_args__ = (NEVER_REUSED,)
