"""One running bot for one database: who comes second is told who is there."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from db import address
from db.errors import DatabaseUnavailable, explain
from db.locks import Lock


class AlreadyRunning(DatabaseUnavailable):
    """Another process works with this database."""

    def __init__(self, who: str = "") -> None:
        named = f" ({who})" if who else ""
        super().__init__(
            f"Pilotwatch is already running with this database{named}; "
            "stop it first, or give this one another DATABASE_URL."
        )


@contextmanager
def only_instance(url: str) -> Iterator[None]:
    """Keep others from running with this database; a process that dies lets go by itself.

    Raises:
        AlreadyRunning: Another process does so.
        DatabaseUnavailable: It cannot be reached.
    """
    parsed = address.synchronous(url)
    if address.is_sqlite(parsed):
        with _locked_file(Path(f"{parsed.database}.lock")):
            yield
        return
    with _locked_connection(url):
        yield


@contextmanager
def _locked_connection(url: str) -> Iterator[None]:
    engine = create_engine(address.synchronous(url), poolclass=NullPool, hide_parameters=True)
    try:
        # The lock lives as long as this connection, which is in no pool.
        connection = engine.connect()
        lock = text("SELECT pg_try_advisory_lock(:lock)")
        ours = connection.execute(lock, {"lock": int(Lock.INSTANCE)}).scalar()
        connection.commit()
    except SQLAlchemyError as error:
        raise explain(error, url) from error
    try:
        if not ours:
            raise AlreadyRunning
        yield
    finally:
        connection.close()
        engine.dispose()


@contextmanager
def _locked_file(path: Path) -> Iterator[None]:
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyRunning(file.read(40).strip()) from None
        _sign(file)
        yield


def _sign(file: IO[str]) -> None:
    file.seek(0)
    file.truncate()
    file.write(f"pid {os.getpid()}")
    file.flush()
