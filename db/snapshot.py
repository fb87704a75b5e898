"""One moment of a database, read from outside the loop: for what takes long and changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from db import address
from db.errors import explain


@contextmanager
def snapshot(url: str) -> Iterator[sa.Connection]:
    """Open a connection that sees one moment throughout, and only reads.

    Raises:
        DatabaseUnavailable: The database cannot be reached.
    """
    parsed = address.synchronous(url)
    options = {} if address.is_sqlite(parsed) else {"isolation_level": "REPEATABLE READ"}
    engine = sa.create_engine(
        parsed, poolclass=sa.NullPool, hide_parameters=True, execution_options=options
    )
    if address.is_sqlite(parsed):
        sa.event.listen(engine, "connect", _leave_transactions_to_us)
        sa.event.listen(engine, "begin", lambda opened: opened.exec_driver_sql("BEGIN"))
    try:
        with engine.connect() as connection:
            yield connection
    except sa.exc.SQLAlchemyError as error:
        raise explain(error, url) from error
    finally:
        engine.dispose()


def _leave_transactions_to_us(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # a sqlite3.Connection
