"""DATABASE_URL: what it may say, and what both kinds of driver make of it."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from db.errors import SUPPORTED, DatabaseUnavailable

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
_ALIASES = {"postgres": "postgresql"}

# Without it a machine that swallows packets holds a start up for two minutes.
_CONNECT_SECONDS = "10"


def parse(url: str) -> URL:
    """Return the address for the asynchronous drivers.

    Raises:
        DatabaseUnavailable: It is no address, or one of a database that is not supported.
    """
    address = _understood(url)
    backend = address.get_backend_name()
    backend = _ALIASES.get(backend, backend)
    if backend not in _DRIVERS:
        raise DatabaseUnavailable(f"DATABASE_URL names a database that is not known; {SUPPORTED}.")
    address = address.set(drivername=_DRIVERS[backend])
    if backend == "sqlite":
        return _with_a_file(address)
    if "@" in (address.host or ""):
        raise DatabaseUnavailable(
            "DATABASE_URL has more than one @; write an @ in the password as %40."
        )
    return address.update_query_dict({"connect_timeout": _CONNECT_SECONDS, **address.query})


def synchronous(url: str) -> URL:
    """Return the address for the drivers that Alembic uses.

    Raises:
        DatabaseUnavailable: As for `parse`.
    """
    address = parse(url)
    return address.set(drivername="sqlite") if is_sqlite(address) else address


def is_sqlite(address: URL) -> bool:
    """Tell whether the database is a file."""
    return address.get_backend_name() == "sqlite"


def folder(url: str) -> Path | None:
    """Return the folder in which a database that is a file is, or will be made; None for others.

    Raises:
        DatabaseUnavailable: As for `parse`.
    """
    address = parse(url)
    if not is_sqlite(address):
        return None
    place = Path(address.database or "").absolute().parent
    return next(one for one in (place, *place.parents) if one.exists())


def _understood(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        # What it could not parse may be a piece of the password: nothing of it is repeated.
        raise DatabaseUnavailable(
            f"DATABASE_URL is not an address of a database; {SUPPORTED}."
        ) from None


def _with_a_file(address: URL) -> URL:
    if address.database in (None, "", ":memory:"):
        raise DatabaseUnavailable(
            "DATABASE_URL names no file, and a database in memory forgets everything; "
            "write sqlite+aiosqlite:///path/to/file.db."
        )
    return address
