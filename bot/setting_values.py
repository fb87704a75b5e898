"""From the text of a setting to its value; what is wrong is said in one clear clause."""

import re
from collections.abc import Callable
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from domain.operator import NOBODY

Network = IPv4Network | IPv6Network

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+", re.ASCII)
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def token(text: str) -> str:
    """Accept a bot token by its shape; only Telegram knows whether it is valid."""
    if not _TOKEN.fullmatch(text):
        raise ValueError(
            "does not look like a bot token (digits, a colon, letters); "
            "copy it again from @BotFather"
        )
    return text


def secret_file(text: str) -> str:
    """Read a token from a file."""
    try:
        content = Path(text).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"{text!r} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{text!r} does not hold a token: it is not text") from None
    try:
        return token(content)
    except ValueError:
        raise ValueError(f"{text!r} does not hold a bot token; see @BotFather") from None


def address(text: str) -> str:
    """Accept an http(s) address and leave its last slash out."""
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        fine = False
    if not fine or parts.query or parts.fragment or parts.username:
        raise ValueError("must be an http(s) address, for example https://api.telegram.org")
    return text.rstrip("/")


def host(text: str) -> str:
    """Accept a host name or an IP address."""
    if not re.fullmatch(r"[A-Za-z0-9.:_-]{1,253}", text, re.ASCII):
        raise ValueError(f"{text!r} is not a host; write one like 127.0.0.1 or 0.0.0.0")
    return text


def port(text: str) -> int:
    """Accept a port's number."""
    if re.fullmatch(r"\d{1,5}", text, re.ASCII) and 0 < int(text) < 1 << 16:
        return int(text)
    raise ValueError(f"{text!r} is not a port, a number from 1 to 65535")


def webhook(text: str) -> str:
    """Accept the address that Telegram is given; plain http only for this machine (sandbox)."""
    here = ("127.0.0.1", "localhost")
    try:
        parts = urlsplit(text)
        fine = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in here)
        fine = fine and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine or parts.username or parts.fragment:
        raise ValueError("must be an https address, for example https://bot.example.org/telegram")
    return text


def webhook_secret(text: str) -> str:
    """Accept what Telegram takes as a secret, and is long enough to be one."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", text, re.ASCII):
        raise ValueError("must be 16 to 256 characters of A-Z, a-z, 0-9, _ and -")
    return text


def proxy(text: str) -> str:
    """Accept an HTTP proxy's address; it may hold a password, so it is never repeated."""
    try:
        parts = urlsplit(text)
        fine = parts.scheme == "http" and parts.hostname and parts.port
    except ValueError:
        fine = False
    if not fine or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("must be an HTTP proxy with its port, for example http://127.0.0.1:7890")
    return text.rstrip("/")


def people(text: str) -> tuple[int, ...]:
    """Accept numeric user ids; never those that stand for no single person."""
    return tuple(dict.fromkeys(_person(part.strip()) for part in text.split(",") if part.strip()))


def _person(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) < 1 << 52:
        raise ValueError(f"{text!r} is not a numeric user id; @userinfobot tells you yours")
    if int(text) in NOBODY:
        raise ValueError(f"{text} stands for many people (anonymous senders), not for one")
    return int(text)


def database(text: str) -> str:
    """Accept SQLite and PostgreSQL addresses; name the driver that we use."""
    scheme, colon, rest = text.partition("://")
    if not colon or scheme not in _DRIVERS:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    if scheme.startswith("sqlite") and (not rest.startswith("/") or rest in ("/", "/:memory:")):
        raise ValueError("must name a file, for example sqlite:///data/pilotwatch.db")
    return f"{_DRIVERS[scheme]}://{rest}"


def zone(text: str) -> str:
    """Accept an IANA time zone's name."""
    try:
        return ZoneInfo(text).key
    except (LookupError, ValueError, OSError):
        raise ValueError(f"{text!r} is not a time zone; write one like Asia/Shanghai") from None


def networks(text: str) -> tuple[Network, ...]:
    """Accept networks in CIDR notation."""
    return tuple(_network(part.strip()) for part in text.split(",") if part.strip())


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a network; write one like 10.20.0.0/16") from None


def number(*, least: float, most: float) -> Callable[[str], float]:
    """Accept a decimal number within bounds."""

    def parse(text: str) -> float:
        if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text, re.ASCII) and least <= float(text) <= most:
            return float(text)
        raise ValueError(f"{text!r} is not a number from {least:.3g} to {most:.5g}")

    return parse


def days(text: str) -> timedelta | None:
    """Accept a whole number of days, thirty or more: nothing asks further back; 0 is for ever."""
    if re.fullmatch(r"\d{1,5}", text, re.ASCII) and (int(text) == 0 or int(text) >= 30):
        return timedelta(days=int(text)) if int(text) else None
    raise ValueError(f"{text!r} is not a number of days from 30 on, or 0 for ever")


def choice(*allowed: str) -> Callable[[str], str]:
    """Accept one of a few words, in small or capital letters."""
    by_lower = {word.lower(): word for word in allowed}

    def parse(text: str) -> str:
        if text.lower() not in by_lower:
            raise ValueError(f"{text!r} is not one of {', '.join(allowed)}")
        return by_lower[text.lower()]

    return parse
