"""Which addresses Telegram takes for a link or a button, and how it writes them."""

import re
from urllib.parse import urlsplit, urlunsplit

SCHEMES = frozenset({"http", "https", "ton", "tg", "tonsite"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def checked(url: str) -> str | None:
    """The address as Telegram keeps it, or None where it would not make a link.

    A bare domain gets http://, a host without a dot ("localhost") is no host, an empty path
    becomes "/".
    """
    address = url.strip()
    if not _SCHEME.match(address) or re.match(r"[^/]+:\d+(/|$)", address):
        address = "http://" + address
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES or not host or re.search(r"\s", address):
        return None
    if parts.scheme.lower() in {"http", "https"} and "." not in host and ":" not in host:
        return None
    return urlunsplit((parts.scheme.lower(), parts.netloc, parts.path or "/", *parts[3:]))
