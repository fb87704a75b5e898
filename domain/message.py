"""A message as it will be sent: Telegram HTML and its buttons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something to press; it opens an address or calls back, never both."""

    text: str
    data: str | None = None
    """Callback data, at most 64 bytes."""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message within Telegram's limits."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of buttons."""
