"""The table `article_terms`: the inverted index of articles, each database's own.

SQLite: an FTS5 table that keeps nothing but the index. PostgreSQL: a tsvector and its GIN index.
Both hold `domain.text.terms` as they are, without places: which articles may answer comes from
here, `domain.search.phrase` then looks. So both databases give the same answers, and the index is
small.
"""

from typing import cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    Text,
    bindparam,
    column,
    event,
    func,
    insert,
    literal_column,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from db.columns import Base
from domain.search.phrase import Term

NAME = "article_terms"

# Terms hold no ASCII but letters and digits, in lower case: this tokenizer splits at nothing but
# the spaces between them, whatever Unicode a version of SQLite knows.
SQLITE = (
    "CREATE VIRTUAL TABLE article_terms "
    "USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii')",
)
POSTGRES = (
    "CREATE TABLE article_terms ("
    "key BIGINT CONSTRAINT pk_article_terms PRIMARY KEY "
    "CONSTRAINT fk_article_terms_key_article_search "
    "REFERENCES article_search (key) ON DELETE CASCADE, terms TSVECTOR NOT NULL)",
    "CREATE INDEX ix_article_terms_terms ON article_terms USING gin (terms)",
)

sqlite = table(NAME, column("rowid", BigInteger), column("terms"), column(NAME))
postgres = table(NAME, column("key", BigInteger), column("terms"))

PUT_POSTGRES = insert(postgres).values(
    key=bindparam("number"),
    terms=func.array_to_tsvector(bindparam("words", type_=ARRAY(Text))),
)
"""Takes rows of `number`, the key, and `words`, a list of terms."""


def is_ours(name: str | None) -> bool:
    """Tell whether a table is this one or one of those that FTS5 makes for it."""
    return name == NAME or (name or "").startswith(f"{NAME}_")


def make_with(row: type[Base]) -> None:
    """Make it whenever the table of a row is made, and drop it before that one is dropped."""
    beside = cast(Table, row.__table__)
    event.listen(beside, "after_create", _make)
    event.listen(beside, "before_drop", _drop)


def _make(_beside: Table, connection: Connection, **_: object) -> None:
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRES:
        connection.exec_driver_sql(statement)


def _drop(_beside: Table, connection: Connection, **_: object) -> None:
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {NAME}")


def match_sqlite(wanted: list[Term]) -> ColumnElement[bool]:
    """Return the condition that all terms are there."""
    query = " AND ".join(f'"{term.text}"' + "*" * term.begins for term in wanted)
    return sqlite.c[NAME].op("MATCH", is_comparison=True)(query)


def match_postgres(wanted: list[Term]) -> ColumnElement[bool]:
    """Return the same condition; the terms are part of the statement.

    A plan that serves any terms would always go through the index, also where it is quicker to
    walk from the newest article on, because almost every one has them.
    """
    query = " & ".join(f"'{term.text}'" + ":*" * term.begins for term in wanted)
    quoted = query.replace("'", "''")
    return postgres.c.terms.op("@@", is_comparison=True)(
        literal_column(f"'{quoted}'::tsquery", TSQUERY)
    )
