"""Where articles come from: one fetch function, one parser per kind of source, the parse jail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from domain.source import Kind
from sources import feed
from sources.page import Feed


class Parser(Protocol):
    """Reads one kind of source; raises ParseError, and runs only in the jail."""

    def __call__(
        self, body: bytes, content_type: str, url: str, *, now: datetime | None = None
    ) -> Feed:
        """Return what a page announces."""
        ...


PARSERS: Mapping[Kind, Parser] = {
    "feed": feed.parse,
}
