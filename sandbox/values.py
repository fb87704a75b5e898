"""The plain values that pass between the sandbox's modules."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
"""An object as it crosses the wire."""

Clock: TypeAlias = Callable[[], datetime]
"""Tells the time, aware and in UTC; tests pass their own."""

Sleep: TypeAlias = Callable[[float], Awaitable[None]]
"""Waits some seconds; tests with a clock of their own pass a wait of their own."""


def seconds(moment: datetime) -> int:
    """A moment as Telegram writes it: whole seconds since 1970."""
    return int(moment.timestamp())
