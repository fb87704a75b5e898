"""What an article says, as `pilotwatch read` is given it; whether it stands on a web page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.article import Attachment, Quality

_HTML_FILE = re.compile(r"\.x?html?", re.IGNORECASE)
_HTML_START = re.compile(rb"<!doctype html|<html|<head|<meta", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """The words of an article, ready to be read."""

    text: str
    title: str = ""
    published: str | None = None
    """An ISO date in the source's zone."""
    attachments: tuple[Attachment, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each field was found; empty for what was no page."""
    quality: Quality = "full"
    doubtful: bool = False
    """Its encoding could not be told for certain."""


def is_address(source: str) -> bool:
    """Tell whether this is to be fetched, not opened."""
    return source.startswith(("http://", "https://"))


def is_page(suffix: str, raw: bytes) -> bool:
    """Tell whether a file is a web page, by its name or by how it begins in any encoding."""
    return bool(_HTML_FILE.fullmatch(suffix) or _HTML_START.search(raw[:1024].replace(b"\0", b"")))
