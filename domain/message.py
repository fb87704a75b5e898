"""A message as it will be sent: Telegram HTML and its buttons."""

from dataclasses import dataclass
from typing import Literal

from domain.chart import Chart

Style = Literal["primary", "success", "danger"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something to press; it opens an address, calls back or copies: one of these."""

    text: str
    data: str | None = None
    """Callback data, at most 64 bytes."""
    url: str | None = None
    copy: str | None = None
    """What a press puts on the clipboard, at most 256 characters."""
    style: Style | None = None
    """Its colour where a client knows colours; the text says the same without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message within Telegram's limits."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of buttons."""
    chart: Chart | None = None
    """A picture to which the words are the caption (1024 UTF-16 units); they do without it."""
