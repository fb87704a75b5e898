"""A PostgreSQL server of the test session's own: on a socket, in a temporary directory."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

# Debian and Ubuntu keep the programs of each version out of PATH.
LAYOUT = Path("/usr/lib/postgresql")
OWNER = "postgres"
WITH_PASSWORD = "secretive"
"""Who has to give a password; everybody else on this socket is trusted."""

_PORT = 5432  # names the socket's file; nothing listens on the network
_START_SECONDS = 60
_QUICK = {
    "listen_addresses": "",
    "port": str(_PORT),
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "100",
}
_WHO_MAY = f"local all {WITH_PASSWORD} scram-sha-256\nlocal all all trust\n"

_EMPTY = """
DO $$
DECLARE found record;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    FOR found IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('DELETE FROM %I', found.tablename);
    END LOOP;
    FOR found IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', found.sequencename);
    END LOOP;
END $$
"""


class PostgresMissing(Exception):
    """The server's programs are not on this machine, or may not be run by this user."""


class Cluster:
    """A running server and the databases in it."""

    def __init__(
        self, sockets: Path, start: Callable[[], subprocess.Popen[bytes]] | None = None
    ) -> None:
        self.sockets = sockets
        self._numbers = count(1)
        self._start = start
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        assert self._start is not None
        self._server = self._start()
        _wait_for(self._server, self.sockets)

    def stop(self) -> None:
        """Stop the server without waiting for its clients ("fast shutdown")."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait(timeout=_START_SECONDS)
        self._server = None

    def url(self, name: str, user: str = OWNER, password: str | None = None) -> str:
        who = user if password is None else f"{user}:{quote(password, safe='')}"
        return f"postgresql+psycopg://{who}@/{name}?host={self.sockets}&port={_PORT}"

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Make an empty database, give its address, drop it whoever is still connected."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def emptied(self, name: str) -> Iterator[str]:
        """Give the address of a database, and empty its tables afterwards.

        Forty times faster than a database of its own: those consist of three hundred files.
        """
        try:
            yield self.url(name)
        finally:
            self.execute(_EMPTY, name)

    def execute(self, statement: str, name: str = OWNER) -> None:
        """Run a statement as the server's owner."""
        with psycopg.connect(
            host=str(self.sockets), port=_PORT, user=OWNER, dbname=name, autocommit=True
        ) as connection:
            connection.execute(statement.encode())


@contextmanager
def running() -> Iterator[Cluster]:
    """Run a server for as long as the block lasts.

    Raises:
        PostgresMissing: There is none to be had here, and why.
    """
    programs, account = _programs(), _account()
    # Not pytest's directory: that of root is closed to the account that runs the server.
    home = Path(tempfile.mkdtemp(prefix="pilotwatch-"))
    try:
        if account:
            shutil.chown(home, account, pwd.getpwnam(account).pw_gid)
        _initialise(programs, home, account)
        cluster = Cluster(home, lambda: _start(programs, home, account))
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path:
    """Return the directory of the newest version's programs."""
    by_version = sorted(
        (path for path in LAYOUT.glob("*/bin") if (path / "initdb").exists()),
        key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0,
    )
    if by_version:
        return by_version[-1]
    found = shutil.which("initdb")
    if found and (Path(found).resolve().parent / "postgres").exists():
        return Path(found).resolve().parent
    raise PostgresMissing(
        "PostgreSQL's server programs (initdb, postgres) are not on this machine; "
        "on Debian and Ubuntu: apt install postgresql"
    )


def _account() -> str | None:
    """Return whom the server runs as, where it cannot be this user: it refuses root."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(OWNER)
    except KeyError:
        raise PostgresMissing(
            f"PostgreSQL refuses to run as root, and there is no account '{OWNER}' to run it as"
        ) from None
    return OWNER


def _initialise(programs: Path, home: Path, account: str | None) -> None:
    command = [str(programs / "initdb"), "--pgdata", str(home / "data"), "--username", OWNER]
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    done = subprocess.run(
        [*command, *options], **_as(account, home), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PostgresMissing(f"initdb failed: {done.stderr.strip()}")
    (home / "data" / "pg_hba.conf").write_text(_WHO_MAY)


def _start(programs: Path, home: Path, account: str | None) -> subprocess.Popen[bytes]:
    settings = _QUICK | {"unix_socket_directories": str(home)}
    command = [str(programs / "postgres"), "-D", str(home / "data")]
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        return subprocess.Popen([*command, *options], **_as(account, home), stdout=log, stderr=log)


def _as(account: str | None, home: Path) -> dict[str, Any]:
    # A session of its own: Ctrl-C stops the tests first, and they stop the server.
    common: dict[str, Any] = {
        "cwd": home,
        "env": {"PATH": os.environ["PATH"]},
        "start_new_session": True,
    }
    if account is None:
        return common
    return common | {"user": account, "group": pwd.getpwnam(account).pw_gid, "extra_groups": ()}


def _wait_for(server: subprocess.Popen[bytes], home: Path) -> None:
    given_up = time.monotonic() + _START_SECONDS
    while True:
        try:
            Cluster(home).execute("SELECT 1")
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > given_up:
                log = (home / "log").read_text(errors="replace")
                raise PostgresMissing(f"postgres did not start: {log.strip()}") from None
            time.sleep(0.05)
        else:
            return
