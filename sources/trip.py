"""One fetch on its way: where it is, where it has been, how long it may still take."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import NoReturn
from urllib.parse import quote

from yarl import URL

from sources.errors import FetchError
from sources.failures import FAILURES, explain
from sources.inflate import TooLarge, Undecodable

MOST_REDIRECTS = 5


class Trip:
    """From the address that was asked for to the one that answers."""

    def __init__(self, url: str, seconds: float) -> None:
        self.asked = url
        self.next = url
        """Where to go from here, not yet judged by the gate."""
        self.url = URL()
        """Where we are."""
        self.seconds = self.left = seconds
        self.permanent = True
        """Whether every redirect so far was for good."""
        self._seen: set[str] = set()

    @property
    def host(self) -> str:
        """The machine's name as messages may show it."""
        return self.url.raw_host or "The address"

    @property
    def redirected(self) -> bool:
        """Whether this is no longer the first address."""
        return len(self._seen) > 1

    def go(self, url: URL) -> None:
        """Arrive at an address that the gate has let through."""
        self.url = url
        self._seen.add(str(url))

    def follow(self, location: str, *, permanent: bool) -> None:
        """Take the redirect that the present address answers with.

        Raises:
            FetchError: It leads nowhere, in a circle, or too far.
        """
        if not location:
            self.fail("bad_redirect", f"{self.host} redirects without saying where to.")
        try:
            if "\\" in location:  # what browsers take for a slash, and others do not
                raise ValueError(location)
            target = self.url.join(URL(_escaped(location))).with_fragment(None)
        except ValueError:
            self.fail("bad_redirect", f"{self.host} redirects to something that is no address.")
        if str(target) in self._seen:
            self.fail("redirect_loop", f"{self.host} redirects in a circle.")
        if len(self._seen) > MOST_REDIRECTS:
            reason = f"{self.host} redirects more than {MOST_REDIRECTS} times."
            self.fail("too_many_redirects", reason)
        self.next = str(target)
        self.permanent = self.permanent and permanent

    def fail(self, code: str, reason: str, retry_after: timedelta | None = None) -> NoReturn:
        """End it with the plain reason."""
        if self.next != self.asked:
            reason = f"After a redirect: {reason}"
        raise FetchError(self.asked, reason, code=code, retry_after=retry_after)

    @contextmanager
    def explaining(self, largest: int) -> Iterator[None]:
        """Turn whatever goes wrong inside into a FetchError; `largest` is the page's bound."""
        try:
            yield
        except TooLarge:
            self.fail("too_large", f"The page at {self.host} is larger than {_size(largest)}.")
        except Undecodable:
            self.fail("encoding", f"{self.host} sends a compression that cannot be undone.")
        except FAILURES as error:
            failure = explain(error, self.host, self.seconds)
            self.fail(failure.code, failure.reason)


def _escaped(location: str) -> str:
    # Raw bytes beyond ASCII are common in Location; the gate wants them escaped.
    octets = location.encode("utf-8", "surrogateescape")
    return quote(octets, safe="%/:=&?~#+!$,;'@()*[]\\")


def _size(size: int) -> str:
    mebibytes, rest = divmod(size, 1024 * 1024)
    return f"{size} bytes" if rest else f"{mebibytes} MiB"
