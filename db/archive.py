"""Everything as one file that either database takes: what to move house with, or to keep for long.

A ZIP archive of one JSON list a line for each table, and a manifest that says what the columns are,
how many rows there have to be, and their hash. Unlike a backup (`db.backup`) it can be read without
Pilotwatch, and goes from SQLite to PostgreSQL or back, also into a newer version.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
import sqlalchemy as sa

from db.archive_errors import ArchiveFailed
from db.archive_rows import Kind, kinds_of, plain, to_cells
from db.files import beside
from db.migrate import current, head, is_known
from db.models import TABLES
from db.snapshot import snapshot

FORMAT = 1
MANIFEST = "manifest.json"

LEFT_OUT = frozenset(
    ("feed_memory", "look", "pause", "heard_update", "article_search", "article_unindexed")
)
"""What is made anew by itself: memories of what was read last, what waits for an hour, an index."""

_AT_ONCE = 500
LONGEST = 64 * 1024 * 1024
"""Bytes of a line: the longest article there can be is far shorter."""

Progress = Callable[[str, int], None]
"""Is told a table and how many more of its rows are done."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One table of an archive."""

    name: str
    columns: dict[str, Kind]
    rows: int
    last: int = 0
    """The last number that was given out: none is given out again."""
    sha256: str

    @property
    def file(self) -> str:
        """Its name within the archive."""
        return f"tables/{self.name}.jsonl"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive holds."""

    format: int
    revision: str
    """Of its tables."""
    made_at: datetime
    tables: tuple[Part, ...]

    @property
    def rows(self) -> int:
        """How many there are in all."""
        return sum(part.rows for part in self.tables)


def carried() -> list[sa.Table]:
    """Return the tables that go along, those that others refer to before the others."""
    return [one for one in TABLES.sorted_tables if one.name not in LEFT_OUT]


def count(url: str) -> int:
    """Return how many rows an archive of now would have.

    Raises:
        ArchiveFailed: The tables are not those of this version.
        DatabaseUnavailable: The database cannot be reached.
    """
    _check_revision(url)
    with snapshot(url) as connection:
        return sum(rows_in(connection, one.name) for one in carried())


def write(url: str, file: Path, now: datetime, progress: Progress) -> Manifest:
    """Write one moment of everything into a file that only this user can read.

    Raises:
        ArchiveFailed: Nothing was written; the text says why and what to do.
        DatabaseUnavailable: The database cannot be reached.
    """
    found = _check_revision(url)
    with explained(file), beside(file) as partial:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            with snapshot(url) as connection:
                parts = [_written(connection, one, archive, progress) for one in carried()]
            made = Manifest(format=FORMAT, revision=found, made_at=now, tables=tuple(parts))
            archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(made)))
        partial.replace(file)
    return made


def manifest(file: Path) -> Manifest:
    """Return what an archive says that it holds.

    Raises:
        ArchiveFailed: It is none, or one that this version does not know.
    """
    with explained(file), zipfile.ZipFile(file) as archive:
        said = _manifest(file, archive)
    if said.format != FORMAT or not is_known(said.revision):
        raise ArchiveFailed(
            f"{file} was made by a newer version (revision {said.revision}; this one knows "
            f"{head()}); update Pilotwatch first."
        )
    return said


def _check_revision(url: str) -> str:
    if (found := current(url)) != head():
        raise ArchiveFailed("The tables are not up to date; run `pilotwatch migrate` first.")
    return found


def _written(
    connection: sa.Connection, table: sa.Table, archive: zipfile.ZipFile, progress: Progress
) -> Part:
    columns = kinds_of(table)
    digest, rows = hashlib.sha256(), 0
    query = sa.select(plain(table.name, columns)).order_by(*map(sa.column, _keys(table)))
    streamed = connection.execution_options(yield_per=_AT_ONCE).execute(query)
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
        for some in streamed.partitions():
            lines = b"".join(
                msgspec.json.encode(to_cells(row, columns.values())) + b"\n" for row in some
            )
            digest.update(lines)
            out.write(lines)
            rows += len(some)
            progress(table.name, len(some))
    last = _last_number(connection, table)
    return Part(
        name=str(table.name), columns=columns, rows=rows, last=last, sha256=digest.hexdigest()
    )


def _keys(table: sa.Table) -> list[str]:
    return [column.name for column in table.primary_key.columns]


def rows_in(connection: sa.Connection, name: str) -> int:
    """Return how many rows a table has."""
    number = connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name)))
    return int(number or 0)


def _counts(table: sa.Table) -> bool:
    """Tell whether the database gives the rows their numbers."""
    return bool(table.dialect_options["sqlite"].get("autoincrement"))


def _last_number(connection: sa.Connection, table: sa.Table) -> int:
    if not _counts(table):
        return 0
    if connection.dialect.name == "sqlite":
        query = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return int(connection.scalar(query, {"name": table.name}) or 0)
    sequence = sa.table(f"{table.name}_id_seq", sa.column("last_value"), sa.column("is_called"))
    last, is_called = connection.execute(sa.select(sequence)).one()
    return int(last) if is_called else 0


def _manifest(file: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        with archive.open(MANIFEST) as opened:
            return msgspec.json.decode(opened.read(LONGEST), type=Manifest)
    except (KeyError, msgspec.MsgspecError):
        raise ArchiveFailed(
            f"{file} is no archive of Pilotwatch; one is made by: pilotwatch export everything"
        ) from None


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Say in one line what is wrong with a file."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        # The last two: packed in a way, or with a password, that we never use.
        raise ArchiveFailed(f"{file} is no archive, or a damaged one; take another.") from None
    except OSError as error:
        raise ArchiveFailed(f"{file} cannot be used: {error.strerror or error}.") from None
