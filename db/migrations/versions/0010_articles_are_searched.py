"""Articles are searched: the order of the answers, each database's index, and what was kept before.

Reading every article once takes about a minute for 100,000 of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from domain.facts.fact import FACT_TYPES
from domain.search.key import key_of
from domain.text.terms import terms

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT_ONCE = 500

article = sa.table(
    "article",
    *(sa.column(name) for name in ("id", "source_id", "band", "title", "text", "revision")),
    sa.column("published", sa.DateTime()),
    sa.column("first_seen_at", sa.DateTime()),
)
fact = sa.table("fact", *map(sa.column, ("article_id", "revision", "type", "subject")))
searched = sa.table(
    "article_search", *map(sa.column, ("key", "article_id", "source_id", "band", "types"))
)


def upgrade() -> None:
    """Make the tables and fill them."""
    op.create_table(
        "article_search",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("article_id", NUMBER, nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("types", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_article_search_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_article_search")),
        sa.UniqueConstraint("article_id", name=op.f("uq_article_search_article_id")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE article_terms "
            "USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii')"
        )
        _fill("INSERT INTO article_terms (rowid, terms) VALUES (:key, :terms)", " ".join)
        return
    op.execute(
        "CREATE TABLE article_terms ("
        "key BIGINT CONSTRAINT pk_article_terms PRIMARY KEY "
        "CONSTRAINT fk_article_terms_key_article_search "
        "REFERENCES article_search (key) ON DELETE CASCADE, terms TSVECTOR NOT NULL)"
    )
    _fill("INSERT INTO article_terms (key, terms) VALUES (:key, array_to_tsvector(:terms))", list)
    # Made last, it is smaller and sooner done.
    op.execute("CREATE INDEX ix_article_terms_terms ON article_terms USING gin (terms)")


def downgrade() -> None:
    """Drop them."""
    op.drop_table("article_terms")
    op.drop_table("article_search")


def _fill(statement: str, form: Any) -> None:
    connection = op.get_bind()
    for numbers in _in_order(connection):
        rows = _rows(connection, numbers)
        connection.execute(searched.insert(), [row for row, _ in rows])
        words = [{"key": row["key"], "terms": form(found)} for row, found in rows]
        connection.execute(sa.text(statement), words)


def _in_order(connection: sa.Connection) -> Iterator[Sequence[int]]:
    """Yield the articles from the oldest on: FTS5 writes what comes in order much sooner."""
    order = connection.scalars(sa.select(article.c.id).order_by(_when(), article.c.id)).all()
    for start in range(0, len(order), AT_ONCE):
        yield order[start : start + AT_ONCE]


def _rows(
    connection: sa.Connection, numbers: Sequence[int]
) -> list[tuple[dict[str, Any], set[str]]]:
    types: dict[int, set[int]] = defaultdict(set)
    subjects: dict[int, set[str]] = defaultdict(set)
    stated = (
        sa.select(fact.c.article_id, fact.c.type, fact.c.subject)
        .join(article, article.c.id == fact.c.article_id)
        .where(article.c.id.in_(numbers), fact.c.revision == article.c.revision)
    )
    for number, kind, subject in connection.execute(stated):
        types[number].add(1 << FACT_TYPES.index(kind))
        subjects[number].add(subject)
    query = sa.select(
        article.c.id, article.c.source_id, article.c.band, _when(), article.c.title, article.c.text
    ).where(article.c.id.in_(numbers))
    found = []
    for number, source_id, band, when, title, text in connection.execute(query):
        row = {"article_id": number, "source_id": source_id, "band": band}
        row |= {"key": key_of(when.replace(tzinfo=UTC), number), "types": sum(types[number])}
        found.append((row, terms((title, text, *subjects[number]))))
    return sorted(found, key=lambda one: one[0]["key"])


def _when() -> sa.ColumnElement[datetime]:
    earlier = article.c.published < article.c.first_seen_at
    return sa.case((earlier, article.c.published), else_=article.c.first_seen_at)
