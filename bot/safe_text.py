"""Makes text from feeds, pages and people harmless to show; nothing here knows HTML."""

import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

LONGEST_HOST = 80

WORD_JOINER = "\u2060"
"""Takes no room and keeps a client from seeing a command or a mention where none is meant."""

_CONTROLS = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but for tab and line feed
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"  # invisible
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero width, bidi
    "\ud800-\udfff"  # halves of surrogate pairs, which no encoding can carry
    "\U000e0000-\U000e0fff"  # tags: invisible copies of ASCII
    "]"
)
_LIVE = re.compile(r"@(?=[A-Za-z0-9_])|(?<![\w/<>])/(?=[A-Za-z0-9_])|(?<=[tT][gG]):(?=//)")


def clean(text: str) -> str:
    """Remove what cannot be seen: control, zero-width and direction characters."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\u2028", "\n"))


def one_line(text: str) -> str:
    """Clean a text and write it in one line."""
    return " ".join(clean(text).split())


def defuse(text: str) -> str:
    """Clean a text; `@name`, `/command` and `tg://` in it become words like any other."""
    return _LIVE.sub(rf"\g<0>{WORD_JOINER}", clean(text))


def cut(text: str, limit: int) -> str:
    """Shorten to so many characters, honestly: what is cut ends with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    # Never between a letter and the accent that belongs to it.
    while head and unicodedata.combining(text[len(head)]):
        head = head[:-1]
    return head.rstrip() + "…"


def web_address(text: str) -> str:
    """Return the address if it is http(s), else nothing."""
    url = text.strip()
    parts = _split(url)
    if parts is None or clean(url) != url or " " in url:
        return ""
    return url


def domain(url: str) -> str:
    """Return the host for people to judge: punycode wherever it is not plain ASCII."""
    parts = _split(url.strip())
    host = (parts.hostname or "") if parts else ""
    plain = plain_host(host).removeprefix("www.")
    # The end of a host name says whose it is; the beginning may say anything.
    return plain if len(plain) <= LONGEST_HOST else "…" + plain[-LONGEST_HOST:]


def plain_host(host: str) -> str:
    """Write a host name in ASCII, as the network knows it."""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode()


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None
