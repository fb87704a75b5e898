"""A database as one file, and back: safe while the bot runs, and never taken on trust.

What is written is read again before it counts as a backup; what is restored is read before it
takes the place of anything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db import address, backup_postgres, backup_sqlite
from db.backup_errors import BackupFailed
from db.files import beside
from db.instance import only_instance
from db.migrate import current, head, is_known, migrate


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A file that was written and read again."""

    file: Path
    size: int
    """Bytes."""
    revision: str
    """Of its tables, one that this program knows."""


def backup(
    url: str, file: Path, progress: backup_sqlite.Progress = lambda _done, _total: None
) -> Backup:
    """Write the whole database to a file that only this user can read; replace it if it is there.

    `progress` is told how much is written, of how much, where that is known.

    Raises:
        BackupFailed: Nothing was written; the text says why and what to do.
        DatabaseUnavailable: The database cannot be reached.
    """
    if current(url) is None:
        raise BackupFailed("There is nothing to back up: the database has no tables yet.")
    with _explained(file), beside(file) as partial:
        _kind(url).write(url, partial, progress)
        revision = _checked(url, partial)
        partial.replace(file)
        return Backup(file=file, size=file.stat().st_size, revision=revision)


def restore(url: str, file: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the database, and bring its tables up to date.

    Return where the file of the database of before is kept; None where there was none, or where
    a server keeps it: there all of it happens, or nothing.

    Raises:
        BackupFailed: The file is no backup of ours, or of another kind of database.
        AlreadyRunning: A bot works with the database.
        DatabaseUnavailable: The database cannot be reached.
    """
    with _explained(file):
        _checked(url, file)
        backup_sqlite.make_room(url)
        with only_instance(url):
            kept = _kind(url).read(url, file, now)
    migrate(url)
    return kept


def _kind(url: str) -> type[backup_sqlite.File] | type[backup_postgres.Dump]:
    if address.is_sqlite(address.parse(url)):
        return backup_sqlite.File
    return backup_postgres.Dump


def _checked(url: str, file: Path) -> str:
    """Return the revision of a backup that can be read from its first to its last row."""
    _right_kind(url, file)
    revision = _kind(url).revision(file)
    if revision is None:
        raise BackupFailed(f"{file} holds no tables of Pilotwatch.")
    if not is_known(revision):
        raise BackupFailed(
            f"{file} was made by a newer version (revision {revision}; this one knows "
            f"{head()}); update Pilotwatch first."
        )
    return revision


def _right_kind(url: str, file: Path) -> None:
    with file.open("rb") as opened:
        start = opened.read(len(backup_sqlite.File.start))
    kinds = (backup_sqlite.File, backup_postgres.Dump)
    found = next((one for one in kinds if start.startswith(one.start)), None)
    if found is None:
        raise BackupFailed(f"{file} is not a backup: it begins otherwise than those do.")
    if found is not _kind(url):
        raise BackupFailed(
            f"{file} is a backup of {found.name}, and DATABASE_URL names a database of "
            f"{_kind(url).name}; restore it where it comes from."
        )


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupFailed(f"{file} cannot be used: {error.strerror or error}.") from None
