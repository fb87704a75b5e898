"""Which addresses may be asked for, and which machines may be connected to. Pure.

The rule is an allow rule: ordinary public addresses, nothing that the standards keep for
private, local, transitional or documentary use, whatever the Python at hand thinks of them
(RFC 6890 and the IANA special-purpose registries; `ipaddress` differs from patch to patch).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from yarl import URL

PORTS = frozenset({80, 443, 8080, 8443})
"""The only ones on public machines; the gate must not be a port scanner."""

_LONGEST_URL = 2048
_SPECIAL_4 = tuple(
    ip_network(network)
    for network in (
        "100.64.0.0/10",  # shared by providers; a cloud's metadata lives at 100.100.100.200
        "168.63.129.16/32",  # a cloud's metadata in public space
        "192.0.0.0/24",  # IETF protocol assignments; another cloud's metadata
        "192.88.99.0/24",  # 6to4 relays
    )
)
_PUBLIC_6 = IPv6Network("2000::/3")
_SPECIAL_6 = tuple(
    ip_network(network)
    for network in (
        "2001::/23",  # Teredo and other protocol assignments
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: any IPv4 address in disguise
        "3fff::/20",  # documentation
    )
)
_FAKE_IP = IPv4Network("198.18.0.0/15")

Network = IPv4Network | IPv6Network


class Refused(OSError):
    """The gate stays shut; an OSError, so that it passes through any connection code."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Gate:
    """The gate of one house; `allowed` networks are open on any port."""

    allowed: tuple[Network, ...] = ()

    def address(self, url: str) -> URL:
        """Return the address in its one spelling.

        Raises:
            Refused: It is no web address, or not one that may be asked for.
        """
        parsed = _parse(url)
        _check_host(parsed)
        return parsed

    def connection(self, host: str, ip: str, port: int) -> None:
        """Let a connection to `ip` pass; `host` is what the address calls it.

        Raises:
            Refused: The machine is not a public one, or the port is not one of `PORTS`.
        """
        machine = _machine(ip)
        if machine is not None and any(machine in network for network in self.allowed):
            return
        if machine is None or not is_public(machine):
            raise Refused("private_address", _private(host, ip, machine))
        self.port(port)

    def port(self, port: int) -> None:
        """Let a port of a public machine pass.

        Raises:
            Refused: It is not one of `PORTS`.
        """
        if port not in PORTS:
            raise Refused("port", _port(port))


def gate(cidrs: Iterable[str] = ()) -> Gate:
    """Build the gate that opens these networks, "10.0.0.0/8", besides the public ones.

    Raises:
        ValueError: One of them is not a network.
    """
    return Gate(tuple(ip_network(cidr) for cidr in cidrs))


def is_public(machine: IPv4Address | IPv6Address) -> bool:
    """Whether this is an ordinary machine of the public internet."""
    if isinstance(machine, IPv4Address):
        special = machine.is_multicast or machine.is_reserved or not machine.is_global
        return not special and not any(machine in network for network in _SPECIAL_4)
    if machine.ipv4_mapped is not None:
        return is_public(machine.ipv4_mapped)
    if machine.scope_id is not None or machine not in _PUBLIC_6:
        return False
    return not any(machine in network for network in _SPECIAL_6)


def _parse(url: str) -> URL:
    url = url.strip()
    if len(url) > _LONGEST_URL:
        raise Refused("bad_address", f"The address is longer than {_LONGEST_URL} characters.")
    if not url.isprintable() or any(character in ' \\<>"' for character in url):
        raise Refused("bad_address", _NOT_AN_ADDRESS)
    try:
        parsed = URL(url)
    except ValueError as error:  # a bad port, bracket or internationalised name
        raise Refused("bad_address", _NOT_AN_ADDRESS) from error
    if parsed.scheme and parsed.scheme not in {"http", "https"}:
        raise Refused("scheme", "Only http:// and https:// addresses can be read.")
    return parsed.with_fragment(None)


def _check_host(url: URL) -> None:
    if "@" in url.raw_authority:
        raise Refused("userinfo", "Addresses with a user name or password are not accepted.")
    if not url.scheme or not url.raw_host or not url.port or not _is_name(url.raw_host):
        raise Refused("bad_address", _NOT_AN_ADDRESS)


_NOT_AN_ADDRESS = "That is not a web address; it should look like https://example.org/feed.xml."


def _is_name(host: str) -> bool:
    # DNS's own limits (RFC 1035): longer labels make encoders further down raise.
    labels = host.rstrip(".").split(".")
    return len(host) <= 253 and all(0 < len(label) <= 63 for label in labels)


def _machine(ip: str) -> IPv4Address | IPv6Address | None:
    try:
        machine = ip_address(ip)
    except ValueError:
        return None
    if isinstance(machine, IPv6Address) and machine.ipv4_mapped is not None:
        return machine.ipv4_mapped
    return machine


def _port(port: int) -> str:
    return f"Port {port} is not allowed: web pages are read on ports 80, 443, 8080 and 8443."


def _private(host: str, ip: str, machine: IPv4Address | IPv6Address | None) -> str:
    where = f"{host} leads to a private network" + (f" ({ip})" if host != ip else "")
    if isinstance(machine, IPv4Address) and machine in _FAKE_IP:
        return (
            f"{where} and is blocked. A local proxy that answers every name from 198.18.0.0/15 "
            "does this: if that is yours, put 198.18.0.0/15 into FETCH_ALLOW_CIDRS."
        )
    return f"{where} and is blocked. If that is meant, put the network into FETCH_ALLOW_CIDRS."
