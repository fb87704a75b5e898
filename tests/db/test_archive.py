"""Everything as one file: out of either engine, into either, and nothing of a bad one."""

import hashlib
import json
import stat
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

import db.audit
import db.search
from db.archive import LEFT_OUT, MANIFEST, carried, count, manifest, write
from db.archive_errors import ArchiveFailed
from db.archive_loading import read
from db.archive_rows import KINDS, kinds_of
from db.engine import connect
from db.instance import AlreadyRunning, only_instance
from db.migrate import current, downgrade, head, migrate
from db.models import TABLES
from db.snapshot import snapshot
from domain.search.query import parse
from tests import builders
from tests.conftest import ENGINES

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(params=ENGINES)
def other_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each engine to go to, whichever one it comes from."""
    return str(request.getfixturevalue(f"bare_{request.param}_url"))


def silently(_table: str, _rows: int) -> None:
    """Nobody is looking."""


async def lived_in(url: str) -> None:
    """Put a bit of everything into a database."""
    database = connect(url)
    told = builders.new_article(title="成都先导区 \x00 and \ud83d", text="算力券 最高500万元。" * 3)
    await builders.stored_story(database, told, now=NOW)
    await builders.owing(database, builders.owed(5_000_000_000_001, "k"))
    async with database.write() as session:
        for number in range(3):
            await db.audit.note(
                session, actor_id=None, action="a", subject="s", detail={"n": number}, now=NOW
            )
        await session.execute(sa.text("DELETE FROM audit WHERE id > 1"))
    await database.close()


def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    found = {}
    with snapshot(url) as connection:
        for table in carried():
            rows = connection.execute(sa.select(table).order_by(*table.primary_key.columns))
            found[table.name] = [tuple(row) for row in rows]
    return found


async def test_everything_comes_out_as_it_went_in(database_url, other_url, tmp_path):
    await lived_in(database_url)
    told: list[int] = []
    made = write(database_url, tmp_path / "all.zip", NOW, lambda _, rows: told.append(rows))
    assert made.rows == sum(told) == count(database_url) > 5
    assert stat.S_IMODE((tmp_path / "all.zip").stat().st_mode) == 0o600
    assert read(other_url, tmp_path / "all.zip", silently) == made
    assert contents(other_url) == contents(database_url)
    assert current(other_url) == head()


async def test_no_number_is_given_out_again(database_url, other_url, tmp_path):
    await lived_in(database_url)
    write(database_url, tmp_path / "all.zip", NOW, silently)
    read(other_url, tmp_path / "all.zip", silently)
    database = connect(other_url)
    async with database.write() as session:
        await db.audit.note(session, actor_id=1, action="b", subject="s", detail={}, now=NOW)
        numbers = list(await session.scalars(sa.text("SELECT id FROM audit ORDER BY id")))
    await database.close()
    assert numbers == [1, 4]  # 2 and 3 were given out before


async def test_what_was_moved_is_searched(sqlite_url, other_url, tmp_path):
    await lived_in(sqlite_url)
    write(sqlite_url, tmp_path / "all.zip", NOW, silently)
    read(other_url, tmp_path / "all.zip", silently)
    database = connect(other_url)
    async with database.write() as session:
        assert await db.search.count_waiting(session) == 1
        assert await db.search.put_waiting(session, 10) == 1
    async with database.read() as session:
        found = await db.search.find(session, parse("算力券", NOW))
    await database.close()
    assert len(found.found) == 1


async def test_it_goes_into_a_newer_version(sqlite_url, other_url, tmp_path):
    """Written by a version one revision ago, which knew fewer tables or columns."""
    await lived_in(sqlite_url)
    write(sqlite_url, tmp_path / "all.zip", NOW, silently)
    before = contents(sqlite_url)["audit"]
    _rewrite(tmp_path / "all.zip", _as_of_the_revision_before(tmp_path))
    migrate(other_url)  # one that is there, but empty, is as good
    read(other_url, tmp_path / "all.zip", silently)
    assert current(other_url) == head()
    assert contents(other_url)["audit"] == before


async def test_nothing_is_overwritten(database_url, tmp_path):
    await lived_in(database_url)
    write(database_url, tmp_path / "all.zip", NOW, silently)
    before = contents(database_url)
    with pytest.raises(ArchiveFailed, match="something in the database already"):
        read(database_url, tmp_path / "all.zip", silently)
    assert contents(database_url) == before


async def test_it_is_not_loaded_under_a_running_bot(bare_url, sqlite_url, tmp_path):
    write(sqlite_url, tmp_path / "all.zip", NOW, silently)
    migrate(bare_url)
    with only_instance(bare_url), pytest.raises(AlreadyRunning):
        read(bare_url, tmp_path / "all.zip", silently)


def test_tables_that_are_not_up_to_date_are_not_carried_off(bare_sqlite_url, tmp_path):
    with pytest.raises(ArchiveFailed, match="pilotwatch migrate"):
        write(bare_sqlite_url, tmp_path / "all.zip", NOW, silently)
    assert not (tmp_path / "all.zip").exists()


def _change_a_row(files: dict[str, bytes]) -> None:
    files["tables/audit.jsonl"] = files["tables/audit.jsonl"].replace(b'"a"', b'"z"')


def _lose_a_row(files: dict[str, bytes]) -> None:
    files["tables/audit.jsonl"] = b""


def _lose_a_table(files: dict[str, bytes]) -> None:
    del files["tables/audit.jsonl"]


def _forget_a_table(files: dict[str, bytes]) -> None:
    said = json.loads(files[MANIFEST])
    said["tables"] = [one for one in said["tables"] if one["name"] != "audit"]
    files[MANIFEST] = json.dumps(said).encode()


def _name_another_table(files: dict[str, bytes]) -> None:
    files[MANIFEST] = files[MANIFEST].replace(b'"name": "audit"', b'"name": "alembic_version"')


def _name_another_column(files: dict[str, bytes]) -> None:
    files[MANIFEST] = files[MANIFEST].replace(b'"actor_id"', b'"a, b"')


def _write_nonsense(files: dict[str, bytes]) -> None:
    files["tables/audit.jsonl"] = b"[1, 2\n"


def _write_too_little(files: dict[str, bytes]) -> None:
    files["tables/audit.jsonl"] = b"[1]\n"


def _write_no_time(files: dict[str, bytes]) -> None:
    files["tables/audit.jsonl"] = files["tables/audit.jsonl"].replace(b"2026-", b"never-")


def _come_from_the_future(files: dict[str, bytes]) -> None:
    files[MANIFEST] = files[MANIFEST].replace(head().encode(), b"9999")


def _lose_the_manifest(files: dict[str, bytes]) -> None:
    del files[MANIFEST]


def _refer_to_nothing(files: dict[str, bytes]) -> None:
    files["tables/chat.jsonl"] = b""
    said = json.loads(files[MANIFEST])
    (chat,) = [one for one in said["tables"] if one["name"] == "chat"]
    chat |= {"rows": 0, "sha256": hashlib.sha256().hexdigest()}
    files[MANIFEST] = json.dumps(said).encode()


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_change_a_row, "damaged"),
        (_lose_a_row, "damaged"),
        (_lose_a_table, "is missing"),
        (_forget_a_table, "does not fit"),
        (_name_another_table, "does not fit"),
        (_name_another_column, "does not fit"),
        (_write_nonsense, "damaged"),
        (_write_too_little, "damaged"),
        (_write_no_time, "damaged"),
        (_come_from_the_future, "newer version"),
        (_lose_the_manifest, "no archive of Pilotwatch"),
        (_refer_to_nothing, "damaged"),
    ],
)
async def test_of_a_spoilt_one_nothing_is_loaded(sqlite_url, bare_url, tmp_path, spoil, why):
    await lived_in(sqlite_url)
    write(sqlite_url, tmp_path / "all.zip", NOW, silently)
    _rewrite(tmp_path / "all.zip", spoil)
    with pytest.raises(ArchiveFailed, match=why):
        read(bare_url, tmp_path / "all.zip", silently)
    if current(bare_url):
        assert not any(contents(bare_url).values())


@pytest.mark.parametrize("raw", [b"", b"hello", b"PK\x03\x04" + b"x" * 100])
def test_what_is_no_archive_is_said_to_be_none(bare_sqlite_url, tmp_path, raw):
    (tmp_path / "all.zip").write_bytes(raw)
    with pytest.raises(ArchiveFailed, match="no archive"):
        read(bare_sqlite_url, tmp_path / "all.zip", silently)


async def test_one_that_was_cut_off_is_damaged(sqlite_url, bare_sqlite_url, tmp_path):
    await lived_in(sqlite_url)
    write(sqlite_url, tmp_path / "all.zip", NOW, silently)
    whole = (tmp_path / "all.zip").read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 0xFF
    for raw in (whole[: len(whole) // 2], bytes(flipped)):
        (tmp_path / "bad.zip").write_bytes(raw)
        with pytest.raises(ArchiveFailed):
            read(bare_sqlite_url, tmp_path / "bad.zip", silently)
        assert not current(bare_sqlite_url) or not any(contents(bare_sqlite_url).values())


def test_every_column_has_a_kind():
    for table in TABLES.sorted_tables:
        assert set(kinds_of(table).values()) <= set(KINDS)


def test_what_is_left_out_is_there_to_be_left_out():
    assert set(TABLES.tables) >= LEFT_OUT


def test_an_archive_says_what_it_holds(sqlite_url, tmp_path):
    made = write(sqlite_url, tmp_path / "all.zip", NOW, silently)
    assert manifest(tmp_path / "all.zip") == made
    assert made.made_at == NOW
    assert [part.name for part in made.tables] == [table.name for table in carried()]


def _rewrite(file: Path, spoil) -> None:
    with zipfile.ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    spoil(files)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def _as_of_the_revision_before(folder: Path):
    """Take away what the newest revision added."""
    old = f"sqlite+aiosqlite:///{folder}/old.db"
    migrate(old)
    before = _before(old)
    with snapshot(old) as connection:
        inspector = sa.inspect(connection)
        names = {
            table: {one["name"] for one in inspector.get_columns(table)}
            for table in inspector.get_table_names()
        }

    def spoil(files: dict[str, bytes]) -> None:
        said = json.loads(files[MANIFEST])
        said["revision"] = before
        there = [part for part in said["tables"] if part["name"] in names]
        said["tables"] = [_narrowed(part, names, files) for part in there]
        files[MANIFEST] = json.dumps(said).encode()

    return spoil


def _before(url: str) -> str:
    downgrade(url, "-1")
    found = current(url)
    assert found
    assert found != head()
    return found


def _narrowed(part, names, files):
    keep = [at for at, name in enumerate(part["columns"]) if name in names[part["name"]]]
    rows = [json.loads(line) for line in files[f"tables/{part['name']}.jsonl"].splitlines()]
    lines = b"".join(json.dumps([row[at] for at in keep]).encode() + b"\n" for row in rows)
    files[f"tables/{part['name']}.jsonl"] = lines
    columns = {n: k for n, k in part["columns"].items() if n in names[part["name"]]}
    return part | {"columns": columns, "sha256": hashlib.sha256(lines).hexdigest()}
