"""PostgreSQL's own programs make and read its backups; no password is on a command line."""

import os
import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import NullPool, create_engine, inspect

from db import address
from db.backup_errors import BackupFailed
from db.errors import explain

_OURS = ("--no-owner", "--no-privileges")
QUEUE = "procrastinate"
"""Where `db.work_queue` keeps its tables."""


class Dump:
    """A backup in PostgreSQL's custom format."""

    name = "PostgreSQL"
    start = b"PGDMP"

    @staticmethod
    def write(url: str, file: Path, _progress: object) -> None:
        """Dump one moment of the database; who writes meanwhile is not held up.

        Its program does not say how far it is.
        """
        # The queue of work is made anew wherever it is missing.
        told = ("--format=custom", *_OURS, f"--exclude-schema={QUEUE}", f"--file={file}")
        _run(url, "pg_dump", *told, f"--dbname={_where(url)}")

    @staticmethod
    def revision(file: Path) -> str | None:
        """Read all of it; return what its tables are, None where it has none of ours.

        Raises:
            BackupFailed: It is damaged, or there is no program to read it.
        """
        _run(None, "pg_restore", f"--file={os.devnull}", str(file))
        told = ("--data-only", "--table=alembic_version", "--file=-", str(file))
        lines = iter(_run(None, "pg_restore", *told).splitlines())
        for line in lines:
            if line.startswith("COPY ") and "alembic_version" in line:
                found = next(lines, "\\.")
                return None if found == "\\." else found
        return None

    @staticmethod
    def read(url: str, file: Path, _now: datetime) -> None:
        """Replace everything in the database in one transaction."""
        with tempfile.TemporaryDirectory(prefix="pilotwatch-restore-") as folder:
            script = Path(folder) / "restore.sql"
            _run(
                None, "pg_restore", "--clean", "--if-exists", *_OURS, f"--file={script}", str(file)
            )
            steps = ("--command", _drop(url), "--file", str(script))
            safely = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
            _run(url, "psql", *safely, *steps, f"--dbname={_where(url)}")


def _drop(url: str) -> str:
    """Return what drops the tables there are: a newer version may have more than the backup."""
    engine = create_engine(address.synchronous(url), poolclass=NullPool, hide_parameters=True)
    try:
        quoted = engine.dialect.identifier_preparer.quote
        tables = [quoted(name) for name in inspect(engine).get_table_names()]
    except Exception as error:
        raise explain(error, url) from error
    finally:
        engine.dispose()
    return f"DROP TABLE IF EXISTS {', '.join(tables)} CASCADE" if tables else "SELECT"


def _where(url: str) -> str:
    """Return the address as these programs take it, without the password."""
    return make_conninfo(
        **{name: value for name, value in _parts(url).items() if name != "password"}
    )


def _parts(url: str) -> dict[str, str]:
    parsed = address.synchronous(url)
    _, parts = parsed.get_dialect()().create_connect_args(parsed)
    return {name: str(value) for name, value in parts.items() if name != "context"}


def _run(url: str | None, name: str, *arguments: str) -> str:
    program = shutil.which(name)
    if program is None:
        raise BackupFailed(
            f"{name} is not on this machine; install PostgreSQL's client programs "
            "(Debian and Ubuntu: apt install postgresql-client)."
        )
    password = _parts(url).get("password", "") if url else ""
    environment = os.environ | ({"PGPASSWORD": password} if password else {})
    done = subprocess.run(  # noqa: S603 - no shell, and nothing in it comes from outside
        [program, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        said = " ".join(lines[0].split())
        raise BackupFailed(f"{name} failed: {said.replace(password, '***') if password else said}")
    return done.stdout
