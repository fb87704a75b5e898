"""An archive, loaded: into an empty database of either engine, all of it or nothing."""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec
import sqlalchemy as sa

from db.archive import (
    LONGEST,
    Manifest,
    Part,
    Progress,
    carried,
    explained,
    manifest,
    rows_in,
)
from db.archive_errors import ArchiveFailed
from db.archive_rows import plain, to_row
from db.instance import only_instance
from db.migrate import current, downgrade, exclusively, head, migrate
from db.models import TABLES
from db.snapshot import snapshot

_AT_ONCE = 500


def read(url: str, file: Path, progress: Progress) -> Manifest:
    """Load an archive into an empty database, of either engine, and bring its tables up to date.

    All of it, or nothing. Searches find the articles when `jobs.indexing` has been through them.

    Raises:
        ArchiveFailed: It is damaged, or the database is not empty; the text says what to do.
        AlreadyRunning: A bot works with the database.
        DatabaseUnavailable: The database cannot be reached.
    """
    said = manifest(file)
    _make_ready(url, said.revision)
    with explained(file), zipfile.ZipFile(file) as archive, only_instance(url):
        with _refused(file), exclusively(url) as connection:
            _check_places(connection, file, said)
            for part in said.tables:
                _loaded(connection, file, archive, part, progress)
            _check_references(connection, file)
        migrate(url)
        with exclusively(url) as connection:
            _index_later(connection)
    return said


def _make_ready(url: str, revision: str) -> None:
    """Bring an empty database to the tables that an archive was made with."""
    found = current(url)
    if found is not None:
        migrate(url)
        with snapshot(url) as connection:
            full = [one.name for one in carried() if rows_in(connection, one.name)]
        if full:
            raise ArchiveFailed(
                f"There is something in the database already ({', '.join(full[:3])} …), and an "
                "archive goes into an empty one; name a new one in DATABASE_URL."
            )
        if revision != head():
            downgrade(url, revision)
    migrate(url, revision)


def _loaded(
    connection: sa.Connection,
    file: Path,
    archive: zipfile.ZipFile,
    part: Part,
    progress: Progress,
) -> None:
    table = plain(part.name, part.columns)
    digest, rows = hashlib.sha256(), 0
    if part.file not in archive.namelist():
        raise ArchiveFailed(f"{file} is damaged ({part.name} is missing); nothing was changed.")
    with archive.open(part.file) as lines:
        for some in _batches(lines, digest):
            connection.execute(table.insert(), [_row(file, part, line) for line in some])
            rows += len(some)
            progress(part.name, len(some))
    if (rows, digest.hexdigest()) != (part.rows, part.sha256):
        raise ArchiveFailed(f"{file} is damaged ({part.name}); nothing was changed. Take another.")
    if part.last:
        _go_on_from(connection, part)


def _batches(lines: IO[bytes], digest: Any) -> Iterator[Sequence[bytes]]:
    some: list[bytes] = []
    while line := lines.readline(LONGEST):
        digest.update(line)
        some.append(line)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _row(file: Path, part: Part, line: bytes) -> dict[str, Any]:
    try:
        return to_row(msgspec.json.decode(line, type=list), part.columns)
    except (ValueError, TypeError, msgspec.MsgspecError):
        raise ArchiveFailed(
            f"{file} is damaged (a row of {part.name}); nothing was changed. Take another."
        ) from None


def _check_places(connection: sa.Connection, file: Path, said: Manifest) -> None:
    """Refuse what does not fit the tables of this revision: no name is taken from a file."""
    inspector = sa.inspect(connection)
    wanted = set(inspector.get_table_names()) & {one.name for one in carried()}
    given = {part.name: set(part.columns) for part in said.tables}
    there = {name: {one["name"] for one in inspector.get_columns(name)} for name in wanted}
    wrong = sorted(name for name in given.keys() | wanted if given.get(name) != there.get(name))
    if wrong:
        raise ArchiveFailed(f"{file} does not fit this version ({', '.join(wrong[:3])}).")


@contextmanager
def _refused(file: Path) -> Iterator[None]:
    """Say of rows that the database does not take that they are the file's fault."""
    try:
        yield
    except (sa.exc.IntegrityError, sa.exc.DataError, sa.exc.StatementError) as error:
        if isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError):
            raise
        raise ArchiveFailed(
            f"{file} is damaged: it holds rows that the tables do not take; nothing was changed."
        ) from None


def _check_references(connection: sa.Connection, file: Path) -> None:
    if connection.dialect.name != "sqlite":
        return  # PostgreSQL has looked at each row
    if connection.execute(sa.text("PRAGMA foreign_key_check")).first():
        raise ArchiveFailed(f"{file} is damaged: rows refer to rows that are missing.")


def _index_later(connection: sa.Connection) -> None:
    """Leave every article to the search index's own job."""
    waiting = TABLES.tables["article_unindexed"]
    article = TABLES.tables["article"]
    known = sa.select(waiting.c.article_id).union(
        sa.select(TABLES.tables["article_search"].c.article_id)
    )
    missing = sa.select(article.c.id).where(article.c.id.not_in(known))
    connection.execute(waiting.insert().from_select(["article_id"], missing))


def _go_on_from(connection: sa.Connection, part: Part) -> None:
    given = {"name": part.name, "last": part.last}
    if connection.dialect.name != "sqlite":
        set_to = sa.text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
        connection.execute(set_to, given)
        return
    connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), given)
    put = "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"
    connection.execute(sa.text(put), given)
