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
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession

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

_FEW = 2_000
_BY_INDEX_ONLY = text(
    "SELECT set_config('enable_seqscan', :on, true), set_config('enable_indexscan', :on, true)"
)
"""For this transaction; bitmaps of the inverted index are what is left."""


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
    """Return the condition that all terms are there, or others in their place."""
    each = ([f'"{one.text}"' + "*" * one.begins for one in (term, *term.others)] for term in wanted)
    query = " AND ".join(f"({' OR '.join(some)})" for some in each)
    return sqlite.c[NAME].op("MATCH", is_comparison=True)(query)


async def few(
    session: AsyncSession, wanted: list[Term], lowest: int, before: int
) -> list[int] | None:
    """Return the keys in between that have all terms; None where they are more than a few.

    PostgreSQL takes terms for independent of each other, and one that it has never seen for
    something that is there: so it walks through everything from the newest on to find nothing. The
    index itself knows at once, if it is the only one that may be asked.
    """
    await session.execute(_BY_INDEX_ONLY, {"on": "off"})
    key = postgres.c.key
    # By a sum, so that the keys' own index does not offer itself.
    query = select(key).where(match_postgres(wanted), (key + 0).between(lowest, before - 1))
    found = list(await session.scalars(query.limit(_FEW)))
    await session.execute(_BY_INDEX_ONLY, {"on": "on"})
    return found if len(found) < _FEW else None


def match_postgres(wanted: list[Term]) -> ColumnElement[bool]:
    """Return the same condition; the terms are part of the statement.

    A plan that serves any terms would never walk from the newest article on, which is quickest
    where many have them.
    """
    each = (
        [f"'{one.text}'" + ":*" * one.begins for one in (term, *term.others)] for term in wanted
    )
    query = " & ".join(f"({' | '.join(some)})" for some in each)
    quoted = query.replace("'", "''")
    return postgres.c.terms.op("@@", is_comparison=True)(
        literal_column(f"'{quoted}'::tsquery", TSQUERY)
    )
