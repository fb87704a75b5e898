"""Addresses as pages write them, made absolute: http and https only, or nothing."""

from urllib.parse import urljoin, urlsplit

from sources.characters import visible

LONGEST_LINK = 2048
"""Characters."""


def absolute(base: str, link: str) -> str:
    """Return the link as an absolute web address, seen from `base`; "" where it is none."""
    link = visible(link[: LONGEST_LINK * 2]).strip()
    if not link or len(link) > LONGEST_LINK:
        return ""
    try:
        address = urljoin(base, link)
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    plain_host = parts.hostname and "@" not in parts.netloc and port != 0
    if parts.scheme not in {"http", "https"} or not plain_host:
        return ""
    return "" if any(sign in address for sign in ' \\<>"\n\t') else address


def host_of(address: str) -> str:
    """Return the machine's name in an address, lower case; "" where there is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
