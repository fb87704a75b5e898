"""The tables' history: equal to the models, safe to run from anywhere, twice, and at once."""

import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import db.migrate
from db import address, terms
from db.errors import DatabaseUnavailable
from db.locks import Lock
from db.migrate import current, downgrade, head, migrate
from db.models import TABLES

ROOT = Path(__file__).parents[2]


def engine(url):
    return sa.create_engine(address.synchronous(url), poolclass=sa.NullPool)


def tables(url):
    found = sa.inspect(engine(url)).get_table_names()
    return {name for name in found if not terms.is_ours(name)}


def execute(url, *statements):
    with engine(url).begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


def python(program, url, **how):
    return subprocess.Popen(
        [sys.executable, "-c", program, url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **how,
    )


def test_an_empty_database_gets_all_tables(bare_url):
    assert current(bare_url) is None
    migrate(bare_url)
    assert current(bare_url) == head()
    assert tables(bare_url) == set(TABLES.tables) | {"alembic_version"}


def test_migrating_again_changes_nothing(database_url):
    execute(database_url, "INSERT INTO operator VALUES (5, 'owner', '2026-11-23 01:00:00', NULL)")
    migrate(database_url)
    with engine(database_url).connect() as connection:
        assert connection.execute(sa.text("SELECT user_id FROM operator")).scalars().all() == [5]


def test_all_steps_go_back_and_forward_again(bare_url):
    migrate(bare_url)
    downgrade(bare_url)
    assert tables(bare_url) == {"alembic_version"}
    assert current(bare_url) is None
    migrate(bare_url)
    assert current(bare_url) == head()


def test_each_step_back_and_forward_keeps_every_row(bare_url):
    """Whatever a step adds is lost with it; what was there before is there after both ways."""
    migrate(bare_url)
    fill(bare_url)
    steps = 0
    while (revision := current(bare_url)) != "0001":
        before = rows(bare_url)
        downgrade(bare_url, "-1")
        kept = rows(bare_url)
        assert common(before, kept) == common(kept, before), revision
        migrate(bare_url, revision)
        assert common(rows(bare_url), kept) == common(kept, before), revision
        downgrade(bare_url, "-1")
        steps += 1
    assert steps == len(list(ROOT.glob("db/migrations/versions/0*.py"))) - 1
    assert sum(len(some) for _, some in rows(bare_url).values()) > 5


def fill(url):
    """Put a row into the tables that have been there from the first."""
    rows = (
        "INSERT INTO source (id, url, kind, title, tier, state, interval, failures, next_at,"
        " created_at) VALUES (1, 'https://a.example', 'feed', 'A', 'media', 'active', 900, 0,"
        " NOW, NOW)",
        "INSERT INTO story (id, topic, band, backlog, first_seen_at, updated_at) VALUES"
        " (1, 'chengdu-ai', 'core', false, NOW, NOW)",
        "INSERT INTO article (id, source_id, story_id, url, canonical_url, title, text, language,"
        " content_hash, revision, first_seen_at, band, relevance) VALUES (1, 1, 1, 'u', 'u',"
        " '成都先导区', '算力券 90', 'zh', 'h', 1, NOW, 'core', '[]')",
        "INSERT INTO article_key (source_id, key, article_id) VALUES (1, 'guid:1', 1)",
        "INSERT INTO fact (id, article_id, revision, fact_id, position, type, subject, status,"
        " attributes, confidence, rule) VALUES (1, 1, 1, 'f', 0, 'metric', 's', 'achieved', '{}',"
        " 'high', 'r/1')",
        "INSERT INTO chat (id, type, title, language, timezone, state, created_at, updated_at)"
        " VALUES (7, 'private', 'A', 'en', 'Asia/Shanghai', 'active', NOW, NOW)",
        "INSERT INTO subscription (id, chat_id, thread_id, kind, minute, weekday, timezone,"
        " covered_until, created_at) VALUES (1, 7, 0, 'daily', 540, 0, 'Asia/Shanghai',"
        " NOW, NOW)",
        "INSERT INTO delivery (id, chat_id, thread_id, kind, key, lane, story_id, payload,"
        " parts_sent, message_ids, state, attempts, not_before, created_at) VALUES (1, 7, 0,"
        " 'alert', 'alert:s1', 1, 1, '{}', 0, '[]', 'owed', 0, NOW, NOW)",
        "INSERT INTO operator (user_id, role, added_at) VALUES (7, 'owner', NOW)",
        "INSERT INTO audit (id, at, action, subject, detail) VALUES (1, NOW, 'a', 's', '{}')",
    )
    execute(url, *(row.replace("NOW", "'2026-11-23 01:00:00.000000'") for row in rows))


def rows(url):
    """Return the columns and rows of every table but those that are made of others."""
    found = {}
    with engine(url).connect() as connection:
        inspector = sa.inspect(connection)
        for name in sorted(tables(url) - {"alembic_version", "article_search"}):
            columns = [one["name"] for one in inspector.get_columns(name)]
            table = sa.table(name, *map(sa.column, columns))
            found[name] = columns, [tuple(row) for row in connection.execute(sa.select(table))]
    return found


def common(of, other):
    """Return the rows of tables and columns that both have, in an order of their own."""
    shared = {}
    for name in of.keys() & other.keys():
        columns, some = of[name]
        both = [at for at, column in enumerate(columns) if column in other[name][0]]
        named = sorted(both, key=lambda at: columns[at])
        shared[name] = sorted(repr([row[at] for at in named]) for row in some)
    return shared


def test_the_models_are_what_the_migrations_make(database_url):
    with engine(database_url).connect() as connection:
        ours = {"include_name": lambda name, kind, _: kind != "table" or not terms.is_ours(name)}
        context = MigrationContext.configure(connection, opts={"compare_type": True, **ours})
        assert compare_metadata(context, TABLES) == []


def test_sources_from_before_other_kinds_stay_as_they_were(bare_url):
    migrate(bare_url)
    downgrade(bare_url, "0001")
    execute(
        bare_url,
        "INSERT INTO source (url, kind, title, tier, state, interval, failures, next_at, created_at"
        ") VALUES ('https://a.example/', 'feed', 'A', 'media', 'active', 900, 0,"
        " '2026-11-23 01:00:00', '2026-11-23 01:00:00')",
    )
    migrate(bare_url)
    with engine(bare_url).connect() as connection:
        (row,) = connection.execute(sa.select(TABLES.tables["source"])).mappings().all()
    assert (row["kind"], row["options"], row["full_text"], row["moves"]) == ("feed", {}, False, 0)


def test_sqlite_has_the_same_definitions_from_models_and_migrations(sqlite_url, tmp_path):
    made = f"sqlite:///{tmp_path}/made.db"
    TABLES.create_all(engine(made))
    assert definitions(made) == definitions(sqlite_url)


def definitions(url):
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> :version"
    with engine(url).connect() as connection:
        rows = connection.execute(sa.text(query), {"version": "alembic_version"}).all()
    # A column that was added later stands on the line of the one before it.
    at_commas = r",\s*(?![^(]*\))|\(\s*\n|\s*\n\)"
    return {name: sorted(re.split(at_commas, sql)) for name, sql in rows}


@pytest.mark.postgres
def test_postgres_has_the_same_constraints_from_models_and_migrations(postgres_url, cluster):
    with cluster.fresh() as made:
        TABLES.create_all(engine(made))
        assert constraints(made) == constraints(postgres_url)


def constraints(url):
    query = """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL
        SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL
        SELECT table_name, column_name, data_type || is_nullable || coalesce(column_default, '')
        FROM information_schema.columns WHERE table_schema = 'public'
    """
    with engine(url).connect() as connection:
        rows = {tuple(row) for row in connection.execute(sa.text(query))}
    return {row for row in rows if "alembic_version" not in row[0]}


def test_every_constraint_has_a_name_that_a_later_migration_can_drop(database_url):
    inspector = sa.inspect(engine(database_url))
    for table in TABLES.tables:
        named = [
            *inspector.get_unique_constraints(table),
            *inspector.get_check_constraints(table),
            *inspector.get_foreign_keys(table),
        ]
        assert all(constraint["name"] for constraint in named), table


def test_the_steps_are_found_from_any_directory(bare_sqlite_url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    migrate(bare_sqlite_url)
    assert current(bare_sqlite_url) == head()


def test_the_steps_are_found_in_a_path_with_a_percent_sign(tmp_path):
    copy = tmp_path / "100%s of it"
    for room in ("db", "domain"):
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    program = "import sys; from db.migrate import migrate; migrate(sys.argv[1])"
    elsewhere = f"import sys; sys.path.insert(0, {str(copy)!r}); {program}"
    command = [sys.executable, "-P", "-c", elsewhere, f"sqlite:///{tmp_path}/x.db"]
    subprocess.run(command, cwd=tmp_path, timeout=60, check=True)
    assert current(f"sqlite:///{tmp_path}/x.db") == head()


def test_a_missing_directory_is_made(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/not/yet/there/100%.db"
    migrate(url)
    assert (tmp_path / "not" / "yet" / "there" / "100%.db").exists()
    assert current(url) == head()


def test_asking_for_the_revision_makes_no_file(tmp_path):
    assert current(f"sqlite:///{tmp_path}/none/x.db") is None
    assert list(tmp_path.iterdir()) == []


def test_a_relative_file_is_found_where_the_program_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    migrate("sqlite+aiosqlite:///data/pilotwatch.db")
    assert (tmp_path / "data" / "pilotwatch.db").exists()


def test_processes_that_migrate_at_the_same_moment_do_it_once(bare_url):
    program = """
import sys
from db.migrate import migrate
print("ready", flush=True)
sys.stdin.readline()
migrate(sys.argv[1])
"""
    with ExitStack() as running:
        processes = [
            running.enter_context(python(program, bare_url, stdin=subprocess.PIPE))
            for _ in range(3)
        ]
        assert [process.stdout.readline() for process in processes] == ["ready\n"] * 3
        said = [process.communicate("go\n", timeout=60)[0] for process in processes]
        assert [process.returncode for process in processes] == [0, 0, 0], said
    assert said == ["", "", ""]
    with engine(bare_url).connect() as connection:
        versions = connection.execute(sa.text("SELECT version_num FROM alembic_version"))
        assert versions.scalars().all() == [head()]


def test_a_migration_that_is_killed_half_way_leaves_nothing_and_is_repeated(bare_url):
    program = """
import os, sys
from sqlalchemy import Engine, event
from db.migrate import migrate

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *rest):
    if "CREATE TABLE fact" in statement:
        os._exit(9)

migrate(sys.argv[1])
"""
    with python(program, bare_url) as process:
        assert process.wait(timeout=60) == 9
    assert tables(bare_url) == set()
    migrate(bare_url)
    assert current(bare_url) == head()


def test_a_database_of_a_newer_version_is_left_alone(database_url):
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    try:
        with pytest.raises(
            DatabaseUnavailable, match=r"made by a newer version \(revision 9999; this one knows"
        ):
            migrate(database_url)
        assert current(database_url) == "9999"
    finally:
        execute(database_url, f"UPDATE alembic_version SET version_num = '{head()}'")  # noqa: S608 - our own name


def test_tables_of_another_program_are_left_alone(bare_url):
    execute(bare_url, "CREATE TABLE article (id INTEGER)", "CREATE TABLE other (id INTEGER)")
    with pytest.raises(DatabaseUnavailable, match=r"tables of another program \(article\)"):
        migrate(bare_url)
    assert tables(bare_url) == {"article", "other"}


def test_tables_that_do_not_clash_are_good_neighbours(bare_url):
    execute(bare_url, "CREATE TABLE other (id INTEGER)")
    migrate(bare_url)
    assert "other" in tables(bare_url)


def test_a_step_that_breaks_references_is_undone(sqlite_url):
    execute(
        sqlite_url,
        "PRAGMA foreign_keys=OFF",
        "INSERT INTO article_key VALUES (9, 'k', 9)",
    )
    with pytest.raises(DatabaseUnavailable, match="refer to rows that are missing"):
        check_references(sqlite_url)


def check_references(url):
    with db.migrate.exclusively(url) as connection:
        db.migrate._check_references(connection, url)


def refused(url):
    with pytest.raises(DatabaseUnavailable) as refusal:
        migrate(url)
    line = str(refusal.value)
    assert "\n" not in line
    return line


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    notes = tmp_path / "notes.db"
    notes.write_text("These are notes. " * 100)
    assert refused(f"sqlite:///{notes}") == (
        f"The database {notes} cannot be used: the file is not a SQLite database; "
        "name another file in DATABASE_URL, or restore a backup."
    )
    assert notes.read_text() == "These are notes. " * 100


def test_a_directory_that_cannot_be_made_is_said_so(tmp_path):
    (tmp_path / "file").write_text("in the way")
    line = refused(f"sqlite:///{tmp_path}/file/data/x.db")
    assert "its directory cannot be made (Not a directory); make it yourself, or name" in line


def test_a_directory_in_the_place_of_the_file_is_said_so(tmp_path):
    assert "the file cannot be opened or made; make its directory writable" in refused(
        f"sqlite:///{tmp_path}"
    )


def test_a_file_held_by_another_program_is_said_so_after_some_patience(
    bare_sqlite_url, tmp_path, monkeypatch
):
    monkeypatch.setattr(db.migrate, "PATIENCE", 0.1)
    migrate(bare_sqlite_url)
    holder = sqlite3.connect(tmp_path / "bare.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert "another program is writing to it and does not finish; try again" in refused(
        bare_sqlite_url
    )
    holder.close()
    migrate(bare_sqlite_url)


@pytest.mark.postgres
def test_a_server_that_is_being_migrated_is_waited_for(bare_postgres_url, monkeypatch):
    monkeypatch.setattr(db.migrate, "PATIENCE", 0.1)
    holder = psycopg.connect(bare_postgres_url.replace("+psycopg", ""))
    holder.execute(f"SELECT pg_advisory_lock({int(Lock.MIGRATION)})")
    assert "another program is changing its tables" in refused(bare_postgres_url)
    holder.close()
    migrate(bare_postgres_url)


@pytest.mark.postgres
def test_a_wrong_password_is_said_so_and_never_shown(cluster):
    cluster.execute("DROP ROLE IF EXISTS secretive")
    cluster.execute("CREATE ROLE secretive LOGIN PASSWORD 'right'")
    line = refused(cluster.url("postgres", "secretive", "wr@ng:pass/word%"))
    assert "the server refused the user name or the password; correct them" in line
    for secret in ("wr@ng", "wr%40ng", "pass", "secretive"):
        assert secret not in line.replace("password", "")
    missing = refused(cluster.url("postgres", "secretive"))
    assert "the server wants a password" in missing


@pytest.mark.postgres
def test_a_database_or_user_that_is_not_there_is_said_so(cluster):
    assert "has no database of this name; make it" in refused(cluster.url("nowhere"))
    assert "does not know this user" in refused(cluster.url("postgres", "nobody_such"))


@pytest.mark.postgres
def test_a_user_without_rights_is_said_so(bare_postgres_url, cluster):
    cluster.execute("DROP ROLE IF EXISTS guest")
    cluster.execute("CREATE ROLE guest LOGIN")
    url = bare_postgres_url.replace("//postgres@", "//guest@")
    assert "this user may not use it; give the user the rights" in refused(url)


def test_a_server_that_does_not_answer_is_said_so_without_its_password(free_port):
    line = refused(f"postgresql://me:s3cret@127.0.0.1:{free_port}/pilotwatch")
    assert line == (
        f"The database postgresql://127.0.0.1:{free_port}/pilotwatch cannot be used: "
        "nothing answers there; start the server, or correct host and port in DATABASE_URL."
    )


@pytest.fixture
def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
