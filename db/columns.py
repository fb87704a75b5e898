"""The base of every table, and the column types that the two databases need."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, DateTime, Dialect, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

LARGEST = 2**63 - 1
"""Both databases count to here; a larger number, typed by somebody, is no row's number."""

# PostgreSQL refuses NUL, SQLite's length() ends at it, and neither driver can encode one half of
# a surrogate pair. One character for one: offsets into the text stay true.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def storable(text: str) -> str:
    """Return the text with U+FFFD for each character that no database can hold."""
    if "\x00" not in text:
        if text.isascii():
            return text
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return _UNSTORABLE.sub(_REPLACEMENT, text)


def is_number(number: int) -> bool:
    """Tell whether a row could have this number at all."""
    return 0 < number <= LARGEST


class PlainText(TypeDecorator[str]):
    """Text without NUL and lone surrogates, whatever a feed or a message holds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what cannot be stored, here and in every comparison."""
        return None if value is None else storable(value)


class Json(TypeDecorator[Any]):
    """A list or an object, its strings as clean as those of `PlainText`."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Replace what cannot be stored, at any depth."""
        return _clean(value)


class UTCDateTime(TypeDecorator[datetime]):
    """Aware datetimes in Python, naive UTC in the database: the same on both engines."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive datetimes; store the rest as UTC.

        Raises:
            TypeError: The datetime has no time zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a datetime needs a time zone before it is stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say that what comes back is UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Seconds(TypeDecorator[timedelta]):
    """A duration in whole seconds: readable in any database browser."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        """Store whole seconds, never less than one."""
        return None if value is None else max(1, round(value.total_seconds()))

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        """Return a duration."""
        return None if value is None else timedelta(seconds=value)


class Base(DeclarativeBase):
    """Every constraint has a name, so that every migration can drop it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    # Plain TEXT and JSON mean the same on SQLite and PostgreSQL; native enums do not.
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy as it stands
        datetime: UTCDateTime,
        date: Date,
        timedelta: Seconds,
        str: PlainText,
        dict[str, Any]: Json,
        list[Any]: Json,
    }


Identity = BigInteger().with_variant(Integer, "sqlite")
"""A growing primary key: SQLite grows only a column whose type is exactly INTEGER."""

NEVER_REUSED = {"sqlite_autoincrement": True}
"""SQLite would give a deleted row's number to the next one; people and outbox keys remember it."""

TelegramId = BigInteger
"""Telegram's ids have up to 52 significant bits."""


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(str(key)): _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value
