"""Articles: their words now and before, what they are known and found by."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, case, false
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import NEVER_REUSED, Base, Identity, PlainText
from domain.article import Quality
from domain.relevance import Band


class ArticleRow(Base):
    """An article in its current revision."""

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id", ondelete="SET NULL"))
    url: Mapped[str]
    canonical_url: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    content_hash: Mapped[str] = mapped_column(index=True)
    revision: Mapped[int]
    published: Mapped[datetime | None]
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    band: Mapped[Band] = mapped_column(PlainText)
    relevance: Mapped[list[Any]]
    """The judgement for each topic with its reasons, also where it was `off`."""
    origins: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    quality: Mapped[Quality] = mapped_column(PlainText, server_default="full")
    attachments: Mapped[list[Any]] = mapped_column(server_default="[]")
    unread: Mapped[str | None]
    """Why its text could not be judged: it hung or broke whoever read it."""
    pinned: Mapped[bool] = mapped_column(server_default=false())
    """A person has said in which story it is; no rule moves it."""
    signature: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    """What it says, to be compared with others; its rarest keys are rows of `SignatureRow`."""

    emptied: Mapped[bool] = mapped_column(server_default=false())
    """It was about no topic, and its words have been let go of (`db.keeping`)."""

    # The second index answers "the newest stories" by itself, without the articles; of the
    # others one holds only those that could not be judged, one those that have words to lose.
    __table_args__ = (
        Index(None, "story_id", "first_seen_at", "published"),
        Index(
            "ix_article_first_seen_at_to_be_emptied",
            "first_seen_at",
            sqlite_where=sql("band = 'off' AND NOT emptied"),
            postgresql_where=sql("band = 'off' AND NOT emptied"),
        ),
        Index(
            "ix_article_unread",
            "source_id",
            sqlite_where=sql("unread IS NOT NULL"),
            postgresql_where=sql("unread IS NOT NULL"),
        ),
        NEVER_REUSED,
    )

    @classmethod
    def when(cls) -> ColumnElement[datetime]:
        """Return `Article.when` as the database says it."""
        return case((cls.published < cls.first_seen_at, cls.published), else_=cls.first_seen_at)


class SearchRow(Base):
    """An article where searches look for it, in the order of their answers (`domain.search.key`).

    Its words stand under the same key in `article_terms` (`db.terms`).
    """

    __tablename__ = "article_search"

    key: Mapped[int] = mapped_column(Identity, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), unique=True
    )
    source_id: Mapped[int]
    band: Mapped[Band] = mapped_column(PlainText)
    types: Mapped[int]
    """The types of the facts it states: bit 0 for the first of `FACT_TYPES`, and so on."""


class UnindexedRow(Base):
    """An article that searches do not find yet: what is about no topic can wait for its turn."""

    __tablename__ = "article_unindexed"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


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


class LatePageRow(Base):
    """An article whose own page is still to be read."""

    __tablename__ = "late_page"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    tries: Mapped[int] = mapped_column(server_default="0")
    next_at: Mapped[datetime] = mapped_column(index=True)


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
    changes: Mapped[list[Any]] = mapped_column(server_default="[]")
    """What the next revision says otherwise (`domain.revision.Change`)."""


class SignatureRow(Base):
    """One thing by which an article is found when another tells the same (`domain.signature`)."""

    __tablename__ = "article_signature"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    """When the article came out: only what is near in time is looked at."""

    # Answers "who else says so, around then" by itself, without the table.
    __table_args__ = (Index(None, "key", "at", "article_id"),)
