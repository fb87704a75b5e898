"""Units of work: all or nothing, side by side, and one plain line when there is no database."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

import db.chats
import db.operators
from db.engine import connect
from db.errors import DatabaseUnavailable
from tests.builders import NOW, chat, stored_chat, stored_source
from tests.db.counting import rows_in, select


async def test_a_unit_of_work_that_fails_leaves_nothing(database):
    async def work() -> None:
        async with database.write() as session:
            await db.chats.remember(session, chat(), NOW)
            raise LookupError("half-way")

    with pytest.raises(LookupError, match="half-way"):
        await work()
    assert await rows_in(database, "chat") == 0


async def test_a_cancelled_unit_of_work_leaves_nothing_and_blocks_nobody(database):
    begun = asyncio.Event()

    async def stuck() -> None:
        async with database.write() as session:
            await db.chats.remember(session, chat(), NOW)
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await stored_chat(database, 8)
    assert await select(database, "SELECT id FROM chat") == [(8,)]


async def test_a_reader_sees_one_moment_while_others_write(database):
    await stored_chat(database, 1)
    async with database.read() as session:
        assert await db.chats.count(session) == (1, 0)
        await stored_chat(database, 2)
        assert await db.chats.count(session) == (1, 0)
    assert await rows_in(database, "chat") == 2


async def test_what_a_statement_changed_is_read_as_changed_in_the_same_unit(database):
    await stored_chat(database)
    async with database.write() as session:
        before = await db.chats.get(session, 7)
        await db.chats.set_language(session, 7, "zh", NOW)
        after = await db.chats.get(session, 7)
    assert before is not None
    assert after is not None
    assert (before.language, after.language) == ("en", "zh")


@pytest.mark.parametrize("connections", ["one", "each its own"])
async def test_many_writers_that_read_first_are_never_locked_out(database_url, connections):
    count = 8 if connections == "each its own" else 1
    databases = [connect(database_url) for _ in range(count)]
    await stored_chat(databases[0], title="0")

    async def add_one(database) -> None:
        async with database.write() as session:
            row = await session.execute(
                text(
                    "SELECT title FROM chat WHERE id = 7 FOR UPDATE"
                    if "postgres" in database_url
                    else "SELECT title FROM chat WHERE id = 7"
                )
            )
            number = int(row.scalar_one())
            await asyncio.sleep(0)
            await db.chats.remember(session, chat(title=str(number + 1)), NOW)

    async def work(number: int) -> None:
        for _ in range(10):
            await add_one(databases[number % count])

    await asyncio.gather(*(work(number) for number in range(8)))
    assert await select(databases[0], "SELECT title FROM chat") == [("80",)]
    for database in databases:
        await database.close()


async def test_a_hundred_writers_leave_room_for_readers(database):
    async def write(number: int) -> None:
        await stored_chat(database, number)

    writers = [asyncio.create_task(write(number)) for number in range(1, 101)]
    while not all(writer.done() for writer in writers):
        await rows_in(database, "chat")
    assert await rows_in(database, "chat") == 100


async def test_every_sqlite_connection_is_set_up(sqlite_url):
    database = connect(sqlite_url)
    expected = {
        "journal_mode": "wal",
        "synchronous": 1,
        "busy_timeout": 30000,
        "foreign_keys": 1,
        "temp_store": 2,
    }
    async with database.read() as first, database.read() as second:
        for session in (first, second):
            for pragma, value in expected.items():
                assert (await session.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value
    await database.close()


async def test_a_row_never_refers_to_one_that_is_not_there(database):
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await session.execute(
                text("INSERT INTO article_key (source_id, key, article_id) VALUES (9, 'k', 9)")
            )


@pytest.mark.postgres
async def test_a_reading_unit_of_work_cannot_write(postgres_url):
    database = connect(postgres_url)
    with pytest.raises(Exception, match="read-only transaction"):
        async with database.read() as session:
            await db.operators.seed(session, [5], NOW)
    await database.close()


async def test_a_refused_statement_does_not_show_what_it_was_given(sqlite_url):
    database = connect(sqlite_url)
    await stored_chat(database)
    with pytest.raises(IntegrityError) as refusal:
        async with database.write() as session:
            await session.execute(
                text("INSERT INTO subscription (chat_id, kind) VALUES (:chat, :words)"),
                {"chat": 7, "words": "private words"},
            )
    assert "private words" not in str(refusal.value)
    await database.close()


async def test_tables_that_are_missing_are_said_so_plainly(bare_url):
    database = connect(bare_url)
    with pytest.raises(DatabaseUnavailable, match="its tables are missing; make them with"):
        async with database.read() as session:
            await db.chats.get(session, 7)
    await database.check()
    await database.close()


async def test_a_file_that_is_no_database_is_said_so_plainly(tmp_path):
    (tmp_path / "notes.db").write_text("These are notes. " * 100)
    database = connect(f"sqlite+aiosqlite:///{tmp_path}/notes.db")
    with pytest.raises(DatabaseUnavailable, match="not a SQLite database"):
        await database.check()
    await database.close()


async def test_a_full_disk_loses_nothing_and_writing_goes_on_when_there_is_room(sqlite_url):
    database = connect(sqlite_url)
    await stored_source(database)

    async def limit(pages: int) -> None:
        async with database.engine.connect() as connection:
            await connection.execute(text(f"PRAGMA max_page_count={pages}"))

    async def fill() -> None:
        for number in range(1, 100):
            await stored_chat(database, number, title="x" * 10_000)

    await limit(1)
    with pytest.raises(DatabaseUnavailable, match="the disk is full; free some space"):
        await fill()
    before = await rows_in(database, "chat")
    await limit(1_000_000)
    await stored_chat(database, 1000)
    assert await rows_in(database, "chat") == before + 1
    assert await select(database, "PRAGMA integrity_check") == [("ok",)]
    await database.close()


@pytest.mark.postgres
async def test_a_lost_connection_is_replaced(postgres_url, cluster, migrated_name):
    database = connect(postgres_url)
    await stored_chat(database)
    cluster.execute(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{migrated_name}'"  # noqa: S608 - our own name
    )
    assert await rows_in(database, "chat") == 1
    await database.close()


def test_a_program_that_forgets_to_close_the_database_ends_all_the_same(sqlite_url):
    program = f"""
import asyncio
from db.engine import connect
async def main():
    database = connect({sqlite_url!r})
    await database.check()
asyncio.run(main())
"""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, timeout=60, check=False)
    assert done.returncode == 0
