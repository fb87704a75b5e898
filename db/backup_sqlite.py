"""SQLite's online backup: one moment of the database, while others read and write."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from db import address
from db.backup_errors import BackupFailed

Progress = Callable[[int, int], None]
"""Told how much is done, of how much."""
_PAGES = 2048
"""In one step: eight megabytes."""


class File:
    """A backup that is a database itself."""

    name = "SQLite"
    start = b"SQLite format 3\0"

    @staticmethod
    def write(url: str, file: Path, progress: Progress) -> None:
        """Copy one moment of the database; who writes meanwhile is not held up."""
        with _explained(file), closing(_read_only(_path(url))) as source, _open(file) as copy:
            # Between two steps others may write, and then the copy would begin anew each time:
            # an open transaction holds the moment.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(
                copy,
                pages=_PAGES,
                progress=lambda _, left, total: progress(total - left, total),
            )
            source.rollback()
            # One file, without a log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")

    @staticmethod
    def revision(file: Path) -> str | None:
        """Read all of it; return what its tables are, None where it has none of ours.

        Raises:
            BackupFailed: It is damaged.
        """
        with _explained(file), closing(_read_only(file)) as copy:
            (said,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
            if said != "ok" or copy.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupFailed(f"{file} is damaged; take another backup.")
            names = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
            if copy.execute(names).fetchone() is None:
                return None
            found = copy.execute("SELECT version_num FROM alembic_version").fetchone()
            return str(found[0]) if found else None

    @staticmethod
    def read(url: str, file: Path, now: datetime) -> Path | None:
        """Put a copy of the file in the database's place; return where the old one is kept."""
        target = _path(url)
        fresh = target.with_name(f"{target.name}.restoring")
        fresh.unlink(missing_ok=True)
        with _explained(file), closing(_read_only(file)) as source, _open(fresh) as copy:
            source.backup(copy)
        kept = _set_aside(target, f"before-{now:%Y%m%dT%H%M%S}")
        fresh.replace(target)
        return kept


def make_room(url: str) -> None:
    """Make the folder of a database that is a file."""
    if address.is_sqlite(address.parse(url)):
        _path(url).parent.mkdir(parents=True, exist_ok=True)


def _set_aside(target: Path, word: str) -> Path | None:
    """Rename a database together with its log: what stands in that is part of it."""
    kept = target.with_name(f"{target.name}.{word}") if target.exists() else None
    for ending in ("-wal", "-shm", ""):
        old = target.with_name(target.name + ending)
        if old.exists():
            old.replace(target.with_name(f"{target.name}.{word}{ending}"))
    return kept


def _path(url: str) -> Path:
    return Path(address.parse(url).database or "")


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=30)


@contextmanager
def _open(file: Path) -> Iterator[sqlite3.Connection]:
    file.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as copy:
        yield copy


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise BackupFailed(f"{file} cannot be used as a backup: {error}.") from None
