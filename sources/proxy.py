"""A proxy between us and the web: where it is, and that nothing goes out beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from yarl import URL

from sources.gate import Refused

_EXAMPLE = "http://127.0.0.1:7890"


@dataclass(slots=True)
class Proxy:
    """One HTTP proxy; its address may hold a password, so it is never shown."""

    url: URL = field(repr=False)
    _machines: set[str] = field(default_factory=set)

    @property
    def host(self) -> str:
        """Its name, or its IP address."""
        return self.url.host or ""

    def is_at(self, host: str, port: int) -> bool:
        """Whether this is the proxy's own address."""
        return (host, port) == (self.host, self.url.port)

    def found_at(self, machines: Iterable[str]) -> None:
        """Remember what its name stands for at the moment."""
        self._machines = set(machines)

    def check(self, ip: str, port: int) -> None:
        """Let connections to the proxy pass.

        Raises:
            Refused: This one goes elsewhere.
        """
        if port != self.url.port or ip not in {self.host, *self._machines}:
            raise Refused("proxy", "Nothing may go past the proxy (FETCH_PROXY).")


def proxy(address: str) -> Proxy:
    """Read the address of a proxy.

    Raises:
        ValueError: It is none; the message does not repeat it, for it may hold a password.
    """
    reason = f"FETCH_PROXY must be the address of an HTTP proxy, such as {_EXAMPLE}."
    try:
        url = URL(address.strip())
        port = url.port
    except ValueError:
        raise ValueError(reason) from None
    if url.scheme != "http" or not url.host or not port or url.path not in {"", "/"}:
        raise ValueError(reason)
    return Proxy(url)
