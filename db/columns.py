"""The base of every table, and the column types that the two databases need."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, DateTime, Dialect, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator


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
        str: Text,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


Identity = BigInteger().with_variant(Integer, "sqlite")
"""A growing primary key: SQLite grows only a column whose type is exactly INTEGER."""

TelegramId = BigInteger
"""Telegram's ids have up to 52 significant bits."""
