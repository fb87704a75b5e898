"""What can be wrong with a database, in one plain line each; never with its password."""

from urllib.parse import unquote

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from db.unavailable import DatabaseUnavailable as DatabaseUnavailable

SUPPORTED = (
    "write it as sqlite+aiosqlite:///path/to/file.db"
    " or postgresql+psycopg://user:password@host/name"
)


# What a driver says (lower case, all parts must occur) -> why, and what to do. The first that
# fits is taken.
_CAUSES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("file is not a database",),
        "the file is not a SQLite database",
        "name another file in DATABASE_URL, or restore a backup",
    ),
    (("malformed",), "the file is damaged", "restore a backup"),
    (
        ("readonly database",),
        "the file or its directory is read-only",
        "make both writable for this user, or name another file in DATABASE_URL",
    ),
    (
        ("unable to open database file",),
        "the file cannot be opened or made",
        "make its directory writable for this user, or name another file in DATABASE_URL",
    ),
    (
        ("database is locked",),
        "another program is writing to it and does not finish",
        "try again in a minute, or end that program",
    ),
    (
        ("lock timeout",),
        "another program is changing its tables and does not finish",
        "try again in a minute, or end that program",
    ),
    (("is full",), "the disk is full", "free some space"),
    (("disk i/o error",), "the disk reports errors", "check the disk, then restore a backup"),
    (("no space left",), "the disk of the server is full", "free some space there"),
    (
        ("password authentication failed",),
        "the server refused the user name or the password",
        "correct them in DATABASE_URL",
    ),
    (
        ("no password supplied",),
        "the server wants a password",
        "put it into DATABASE_URL: postgresql+psycopg://user:password@host/name",
    ),
    (
        ("no pg_hba.conf entry",),
        "the server does not let this user or this machine in",
        "allow it in the server's pg_hba.conf, or correct DATABASE_URL",
    ),
    (
        ("role", "does not exist"),
        "the server does not know this user",
        "make the user on the server, or correct DATABASE_URL",
    ),
    (
        ("relation", "does not exist"),
        "its tables are missing",
        "make them with: pilotwatch migrate",
    ),
    (("no such table",), "its tables are missing", "make them with: pilotwatch migrate"),
    (
        ("no such column",),
        "its tables are those of another version",
        "bring them up to date with: pilotwatch migrate",
    ),
    (
        ("database", "does not exist"),
        "the server has no database of this name",
        "make it on the server with: createdb NAME, or correct DATABASE_URL",
    ),
    (
        ("permission denied",),
        "this user may not use it",
        "give the user the rights on the server, or correct DATABASE_URL",
    ),
    (
        ("connection refused",),
        "nothing answers there",
        "start the server, or correct host and port in DATABASE_URL",
    ),
    (
        ("no such file or directory",),
        "no server listens there",
        "start the server, or correct DATABASE_URL",
    ),
    (
        ("resolve host",),
        "the name of the server cannot be resolved",
        "correct the host in DATABASE_URL",
    ),
    (
        ("translate host name",),
        "the name of the server cannot be resolved",
        "correct the host in DATABASE_URL",
    ),
    (
        ("timeout",),
        "the server does not answer in time",
        "check the network, or correct host and port in DATABASE_URL",
    ),
    (
        ("too many clients",),
        "the server has no connection left",
        "end other programs that use it, or raise its max_connections",
    ),
    (
        ("remaining connection slots",),
        "the server has no connection left",
        "end other programs that use it, or raise its max_connections",
    ),
)


def explain(error: Exception, url: str) -> DatabaseUnavailable:
    """Return the one line for an error of a driver, of SQLAlchemy or of the file system."""
    if isinstance(error, DatabaseUnavailable):
        return error
    if isinstance(error, NoSuchModuleError | ArgumentError):
        return DatabaseUnavailable(f"DATABASE_URL is not an address of a database; {SUPPORTED}")
    said = _said(error)
    for parts, why, remedy in _CAUSES:
        if all(part in said.lower() for part in parts):
            return unavailable(url, why, remedy)
    line = _without_secrets(next(iter(said.splitlines()), type(error).__name__), url)
    return unavailable(url, line, "check it with: pilotwatch doctor")


def unavailable(url: str, why: str, remedy: str) -> DatabaseUnavailable:
    """Put the three parts of the line together."""
    return DatabaseUnavailable(f"The database {shown(url)} cannot be used: {why}; {remedy}.")


def shown(url: str) -> str:
    """Return an address as it may be shown: where it is, not how to get in."""
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        return "of DATABASE_URL"
    if parts.get_backend_name() == "sqlite":
        return parts.database or ":memory:"
    # An unescaped @ in a password makes its rest look like part of the host.
    host = (parts.host or "").rpartition("@")[2]
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.get_backend_name()}://{host}{port}/{parts.database or ''}"


def _said(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return str(cause).strip()


def _without_secrets(line: str, url: str) -> str:
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        return "it failed in an unknown way"
    for secret in (parts.password, parts.query.get("password")):
        for form in (secret, unquote(secret)) if isinstance(secret, str) and secret else ():
            line = line.replace(form, "***")
    return line
