"""One thing that can be set."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Setting(NamedTuple):
    """A name, what it means when it is not set, and how its text becomes a value."""

    name: str
    default: str | None
    parse: Callable[[str], Any]
    """Raises ValueError with what is wrong and what to write instead; a secret's never quotes."""
    help: str
    secret: bool = False
    example: str = ""

    @property
    def shown(self) -> str:
        """What `.env.example` shows as its value."""
        return self.default or self.example
