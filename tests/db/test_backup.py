"""A backup holds what was there, on both engines; what is no backup changes nothing."""

import os
import sqlite3
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import db.audit
from db.backup import backup, restore
from db.backup_errors import BackupFailed
from db.engine import Database, connect
from db.instance import AlreadyRunning, only_instance
from db.migrate import current, head, migrate

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def note(url: str, action: str) -> None:
    database = connect(url)
    async with database.write() as session:
        await db.audit.note(
            session, actor_id=1, action=action, subject="测试", detail={"n": 1}, now=NOW
        )
    await database.close()


async def noted(url: str) -> list[str]:
    database: Database = connect(url)
    async with database.read() as session:
        found = [one.action for one in await db.audit.latest(session, 9)]
    await database.close()
    return found


async def test_what_was_there_comes_back(database_url: str, tmp_path: Path):
    await note(database_url, "before")
    made = backup(database_url, tmp_path / "copy")
    await note(database_url, "after")
    restore(database_url, tmp_path / "copy", NOW)
    assert await noted(database_url) == ["before"]
    assert made.revision == current(database_url) == head()
    assert made.size == (tmp_path / "copy").stat().st_size
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600


async def test_a_backup_is_restored_where_nothing_is(
    bare_url: str, request: pytest.FixtureRequest, tmp_path: Path
):
    engine = "sqlite" if bare_url.startswith("sqlite") else "postgres"
    url = request.getfixturevalue(f"{engine}_url")
    await note(url, "once")
    backup(url, tmp_path / "copy")
    assert restore(bare_url, tmp_path / "copy", NOW) is None
    assert await noted(bare_url) == ["once"]


async def test_a_backup_is_made_while_somebody_writes(database_url: str, tmp_path: Path):
    await note(database_url, "done")
    database = connect(database_url)
    async with database.write() as session:
        await db.audit.note(session, actor_id=1, action="half", subject="s", detail={}, now=NOW)
        backup(database_url, tmp_path / "copy")
    await database.close()
    restore(database_url, tmp_path / "copy", NOW)
    assert await noted(database_url) == ["done"]


def test_a_copy_holds_one_moment_and_is_begun_once_however_much_is_written_meanwhile(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("db.backup_sqlite._PAGES", 1)
    told: list[tuple[int, int]] = []

    def write_meanwhile(done: int, total: int) -> None:
        told.append((done, total))
        with sqlite3.connect(sqlite_url.removeprefix("sqlite+aiosqlite:///")) as other:
            other.execute(
                "INSERT INTO audit (at, action, subject, detail)"
                " VALUES ('2026-11-23 09:00:00', 'meanwhile', '', '{}')"
            )
        other.close()

    backup(sqlite_url, tmp_path / "copy", write_meanwhile)
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert told[-1] == (len(told), len(told))
    with sqlite3.connect(tmp_path / "copy") as copy:
        assert copy.execute("SELECT count(*) FROM audit").fetchone() == (0,)
    copy.close()


def test_a_running_bot_is_not_pulled_from_under_its_database(database_url: str, tmp_path: Path):
    backup(database_url, tmp_path / "copy")
    with only_instance(database_url), pytest.raises(AlreadyRunning):
        restore(database_url, tmp_path / "copy", NOW)


def test_a_database_without_tables_is_no_backup(bare_url: str, tmp_path: Path):
    with pytest.raises(BackupFailed, match="no tables yet"):
        backup(bare_url, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


async def test_a_failed_backup_leaves_the_one_before_as_it_was(sqlite_url: str, tmp_path: Path):
    (tmp_path / "copy").write_bytes(b"the one before")
    file = Path(sqlite_url.partition("///")[2])
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BackupFailed, match="newer version"):
        backup(sqlite_url, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"the one before"
    assert [one for one in os.listdir(tmp_path) if one.startswith(".copy")] == []


def test_the_file_of_before_is_kept_with_its_log(sqlite_url: str, tmp_path: Path):
    backup(sqlite_url, tmp_path / "copy")
    file = Path(sqlite_url.partition("///")[2])
    busy = sqlite3.connect(file)
    busy.execute("PRAGMA journal_mode=WAL")
    with busy:
        busy.execute(
            "INSERT INTO audit (at, action, subject, detail) VALUES (0, 'late', 's', '{}')"
        )
    kept = restore(sqlite_url, tmp_path / "copy", NOW)
    busy.close()
    assert kept == file.with_name("test.db.before-20261123T090000")
    with sqlite3.connect(kept) as old:
        assert old.execute("SELECT action FROM audit").fetchall() == [("late",)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "begins otherwise"),
        (b"hello", "begins otherwise"),
        (b"SQLite format 3\0" + b"x" * 5000, "cannot be used as a backup"),
        (b"PGDMP" + b"x" * 100, "is a backup of PostgreSQL"),
    ],
)
async def test_what_is_no_backup_changes_nothing(
    sqlite_url: str, tmp_path: Path, content: bytes, why: str
):
    await note(sqlite_url, "here")
    (tmp_path / "bad").write_bytes(content)
    with pytest.raises(BackupFailed, match=why):
        restore(sqlite_url, tmp_path / "bad", NOW)
    assert await noted(sqlite_url) == ["here"]


def test_a_database_of_another_program_is_no_backup(sqlite_url: str, tmp_path: Path):
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE shopping (what TEXT)")
    with pytest.raises(BackupFailed, match="no tables of Pilotwatch"):
        restore(sqlite_url, tmp_path / "other.db", NOW)


@pytest.mark.postgres
async def test_a_damaged_dump_changes_nothing(postgres_url: str, tmp_path: Path):
    await note(postgres_url, "here")
    made = backup(postgres_url, tmp_path / "copy")
    made.file.write_bytes(made.file.read_bytes()[: made.size // 2])
    with pytest.raises(BackupFailed, match="pg_restore failed"):
        restore(postgres_url, made.file, NOW)
    assert await noted(postgres_url) == ["here"]


@pytest.mark.postgres
async def test_tables_of_a_newer_version_do_not_stay(bare_postgres_url, cluster, tmp_path: Path):
    migrate(bare_postgres_url)
    backup(bare_postgres_url, tmp_path / "copy")
    name = bare_postgres_url.rpartition("/")[0] and "test_"
    database = next(
        part for part in bare_postgres_url.replace("?", "/").split("/") if part.startswith(name)
    )
    cluster.execute("CREATE TABLE newer (chat_id BIGINT REFERENCES chat (id))", database)
    restore(bare_postgres_url, tmp_path / "copy", NOW)
    with pytest.raises(Exception, match="newer"):
        cluster.execute("SELECT * FROM newer", database)


@pytest.mark.postgres
def test_where_the_programs_are_missing_it_is_said(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupFailed, match=r"pg_dump is not on this machine; install"):
        backup(postgres_url, tmp_path / "copy")


@pytest.mark.postgres
def test_no_password_is_ever_on_a_command_line(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A pg_dump that tells how it was called."""
    program = tmp_path / "pg_dump"
    program.write_text(
        f"#!{sys.executable}\nimport os, sys\n"
        f"open({str(tmp_path / 'said')!r}, 'w').write(repr((sys.argv, os.environ['PGPASSWORD'])))\n"
        "sys.stderr.write('no p@ss:word for you')\nsys.exit(1)\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    known = postgres_url.replace("://postgres@", "://postgres:p%40ss%3Aword@")
    with pytest.raises(BackupFailed) as failed:
        backup(known, tmp_path / "copy")
    said = (tmp_path / "said").read_text()
    arguments, _, password = said.rpartition("],")
    assert "p@ss" not in arguments
    assert "p%40ss" not in arguments
    assert "p@ss:word" in password
    assert "p@ss" not in str(failed.value)
