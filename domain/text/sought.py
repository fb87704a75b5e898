"""A pattern that is asked for sentence by sentence, and stands in few of them."""

import re
from collections.abc import Iterator
from sys import maxsize

from domain.text.sieve import SIEVE
from domain.text.stems import stems

_SHORT = 300
"""Characters of a text that is searched as it is."""


class Sought:
    """A compiled pattern; in an article it is only tried where one of its stems stands."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._compiled = re.compile(pattern, flags)
        held = stems(pattern, flags)
        if held is None:
            raise ValueError(f"no stems: {pattern!r} is nothing to look up")
        self._family = SIEVE.join([held])

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """Return the leftmost match within [start, end), as a pattern's own `search` does."""
        if len(text) >= _SHORT and not SIEVE.has(self._family, text, start, end):
            return None
        return self._compiled.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """Yield the matches within [start, end), as a pattern's own `finditer` does."""
        if len(text) >= _SHORT and not SIEVE.has(self._family, text, start, end):
            return iter(())
        return self._compiled.finditer(text, start, end)
