"""Where articles come from: one fetch function, one parser per kind of source, the parse jail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from domain.source import Kind, ReadingOptions
from sources import feed, json_feed, json_list, listing, search
from sources.page import Feed

_NO_OPTIONS = ReadingOptions()


class Parser(Protocol):
    """Reads one kind of source; raises ParseError, and runs only in the jail."""

    def __call__(
        self,
        body: bytes,
        content_type: str,
        url: str,
        *,
        now: datetime | None = None,
        options: ReadingOptions = _NO_OPTIONS,
    ) -> Feed:
        """Return what a page announces."""
        ...


PARSERS: Mapping[Kind, Parser] = {
    "feed": feed.parse,
    "json_feed": json_feed.parse,
    "list": listing.parse,
    "json": json_list.parse,
    "search": search.parse,
}
