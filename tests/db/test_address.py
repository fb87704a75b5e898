"""DATABASE_URL: what it may say, what it is told when wrong, and what is never repeated of it."""

import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from db import address
from db.engine import connect
from db.errors import DatabaseUnavailable, explain, shown

SECRET = "s3cret"


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite+aiosqlite:///data/pilotwatch.db", "sqlite+aiosqlite"),
        ("sqlite:////var/lib/pilotwatch.db", "sqlite+aiosqlite"),
        ("postgresql+psycopg://me@host/name", "postgresql+psycopg"),
        ("postgresql://me@host/name", "postgresql+psycopg"),
        ("postgres://me@host/name", "postgresql+psycopg"),
        ("postgresql+asyncpg://me@host/name", "postgresql+psycopg"),
    ],
)
def test_the_usual_spellings_are_understood(url, driver):
    assert address.parse(url).drivername == driver


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "not an address of a database"),
        ("data/pilotwatch.db", "not an address of a database"),
        (f"postgresql://me:{SECRET}@host:{SECRET}/name", "not an address of a database"),
        (f"mysql://me:{SECRET}@host/name", "a database that is not known"),
        (f"nonsense://me:{SECRET}@host/name", "a database that is not known"),
        ("sqlite://", "names no file"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
        (f"postgresql://me:p@{SECRET}@host/name", "write an @ in the password as %40"),
    ],
)
def test_a_wrong_address_is_one_clear_line_that_repeats_nothing_of_it(url, said):
    with pytest.raises(DatabaseUnavailable, match=said) as refusal:
        connect(url)
    assert SECRET not in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_silent_server_is_not_waited_for_for_long():
    assert address.parse("postgresql://host/name").query == {"connect_timeout": "10"}
    chosen = address.parse("postgresql://host/name?connect_timeout=3&sslmode=require")
    assert chosen.query == {"connect_timeout": "3", "sslmode": "require"}


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("sqlite+aiosqlite:///data/x.db", "data/x.db"),
        (
            f"postgresql+psycopg://me:{SECRET}@db.example:5433/news",
            "postgresql://db.example:5433/news",
        ),
        (f"postgresql://me@/news?password={SECRET}", "postgresql:///news"),
        (f"postgresql://me:a@{SECRET}@host/news", "postgresql://host/news"),
        (f"postgresql://me:{SECRET}@host:{SECRET}/news", "of DATABASE_URL"),
    ],
)
def test_an_address_is_shown_without_what_lets_one_in(url, seen):
    assert shown(url) == seen


@pytest.mark.parametrize(
    ("driver_says", "line_says"),
    [
        ('could not translate host name "db.example" to address', "cannot be resolved"),
        ("failed to resolve host 'db.example': [Errno -2]", "cannot be resolved"),
        ("connection timeout expired", "does not answer in time"),
        ("FATAL:  sorry, too many clients already", "no connection left"),
        ("FATAL: no pg_hba.conf entry for host", "does not let this user or this machine in"),
        ("attempt to write a readonly database", "read-only"),
        ("database disk image is malformed", "damaged; restore a backup"),
        ("disk I/O error", "disk reports errors"),
        ("could not extend file: No space left on device", "disk of the server is full"),
    ],
)
def test_what_drivers_say_becomes_what_why_and_what_to_do(driver_says, line_says):
    error = OperationalError("SELECT 1", {}, sqlite3.OperationalError(driver_says))
    line = str(explain(error, "postgresql://me:s3cret@db.example/news"))
    assert line_says in line
    assert line.startswith("The database postgresql://db.example/news cannot be used: ")
    assert line.endswith(".")


def test_an_unknown_error_is_told_in_its_first_line_without_the_password():
    error = OperationalError(
        "SELECT 1", {}, sqlite3.OperationalError(f"odd: {SECRET} p@ss p%40ss\nSELECT 1")
    )
    for url in (f"postgresql://me:{SECRET}@h/n", f"postgresql://me@h/n?password={SECRET}"):
        line = str(explain(error, url))
        assert "odd: ***" in line
        assert SECRET not in line
        assert "\n" not in line
    assert "p@ss" not in str(explain(error, "postgresql://me:p%40ss@h/n"))
    assert SECRET not in str(explain(error, f"postgresql://me:{SECRET}@h:{SECRET}/n"))


def test_a_line_that_is_plain_already_stays_as_it_is():
    plain = DatabaseUnavailable("It is gone.")
    assert explain(plain, "sqlite:///x.db") is plain
