"""Bring a database to the tables of this version, alone, or say in one line why not."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from db import address, models
from db.errors import explain, unavailable
from db.locks import Lock

PATIENCE = 60.0
"""Seconds to wait for another process that is migrating."""


def migrate(url: str, revision: str | None = None) -> None:
    """Bring the database to `head`; make the file and its directory where SQLite has none.

    Any number of processes may do so at the same moment: one works, the others wait for it.
    `revision`: an older one, for what was written by an older version and is loaded first.

    Raises:
        DatabaseUnavailable: It cannot be reached, is not ours, or is newer than this program.
    """
    _make_directory(url)
    with _explained(url), exclusively(url) as connection:
        found = _revision(connection)
        _refuse_strangers(connection, url, found)
        if found != (revision or head()):
            command.upgrade(_config(connection), revision or "head")
            _check_references(connection, url)


def downgrade(url: str, revision: str = "base") -> None:
    """Bring the database back to an older revision; `base` is empty.

    Raises:
        DatabaseUnavailable: It cannot be reached.
    """
    with _explained(url), exclusively(url) as connection:
        command.downgrade(_config(connection), revision)


def current(url: str) -> str | None:
    """Return the revision of a database; None where nothing was migrated yet.

    Raises:
        DatabaseUnavailable: It cannot be reached, or is no database.
    """
    parsed = address.synchronous(url)
    if address.is_sqlite(parsed) and not Path(parsed.database or "").exists():
        return None
    with _explained(url), _engine(parsed) as engine, engine.connect() as connection:
        return _revision(connection)


def head() -> str:
    """Return the newest revision that this program knows."""
    newest = _scripts().get_current_head()
    if newest is None:
        raise LookupError("there are no migrations in this installation")
    return newest


def is_known(revision: str) -> bool:
    """Tell whether this program knows a revision; it does not know those of newer versions."""
    return any(script.revision == revision for script in _scripts().walk_revisions())


@contextmanager
def exclusively(url: str) -> Iterator[Connection]:
    """Open a transaction in which nobody else migrates; all of it happens, or nothing.

    Raises:
        DatabaseUnavailable: The address cannot be understood.
        sqlalchemy.exc.SQLAlchemyError: The database cannot be reached.
    """
    parsed = address.synchronous(url)
    with _engine(parsed) as engine:
        if address.is_sqlite(parsed):
            _use_write_ahead_log(engine)
            event.listen(engine, "begin", _on_sqlite_begin)
            # BEGIN IMMEDIATE is the lock; it also holds for a file that was made just now.
            with engine.begin() as connection:
                yield connection
            return
        with engine.connect() as guard:
            guard.execute(text(f"SET lock_timeout = '{PATIENCE}s'"))
            guard.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": int(Lock.MIGRATION)})
            guard.commit()
            # The lock belongs to the guard's connection, which is closed and not pooled: even a
            # step that commits half-way keeps it.
            with engine.begin() as connection:
                yield connection


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


@contextmanager
def _engine(parsed: URL) -> Iterator[Engine]:
    engine = create_engine(parsed, poolclass=NullPool, hide_parameters=True)
    if address.is_sqlite(parsed):
        event.listen(engine, "connect", _on_sqlite_connect)
    try:
        yield engine
    finally:
        engine.dispose()


def _on_sqlite_connect(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={round(PATIENCE * 1000)}")
    # A copied table is dropped under its old name: its children must not go with it.
    connection.execute("PRAGMA foreign_keys=OFF")


def _on_sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _use_write_ahead_log(engine: Engine) -> None:
    """Switch the file over, once and for all; SQLite does not wait here by itself."""
    given_up = time.monotonic() + PATIENCE
    raw = engine.raw_connection()
    try:
        while True:
            try:
                raw.cursor().execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > given_up:
                    raise
                time.sleep(0.05)
            else:
                return
    finally:
        raw.close()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    # By package, not by path: found from any directory, and in an installed wheel.
    config.set_main_option("script_location", "db:migrations")
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_strangers(connection: Connection, url: str, found: str | None) -> None:
    if found is None:
        clashes = sorted(set(inspect(connection).get_table_names()) & set(models.TABLES.tables))
        if clashes:
            raise unavailable(
                url,
                f"it holds tables of another program ({', '.join(clashes)})",
                "name a database of its own in DATABASE_URL",
            )
        return
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found not in known:
        raise unavailable(
            url,
            f"it was made by a newer version (revision {found}; this one knows {head()})",
            "update pilotwatch, or restore a backup of the time before",
        )


def _check_references(connection: Connection, url: str) -> None:
    if connection.dialect.name != "sqlite":
        return
    if connection.execute(text("PRAGMA foreign_key_check")).first():
        raise unavailable(
            url,
            "rows in it refer to rows that are missing",
            "nothing was changed; restore a backup",
        )


def _make_directory(url: str) -> None:
    parsed = address.parse(url)
    if not address.is_sqlite(parsed):
        return
    directory = Path(parsed.database or "").parent
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unavailable(
            url,
            f"its directory cannot be made ({error.strerror})",
            "make it yourself, or name another file in DATABASE_URL",
        ) from error


@contextmanager
def _explained(url: str) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise explain(error, url) from error
