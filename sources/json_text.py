"""The guard before JSON: any bytes in, plain values out, within bounds."""

import json
import re
from typing import Any

from domain.source import ReadingOptions
from sources.characters import visible
from sources.charset import decode
from sources.errors import ParseError

_CALLBACK = re.compile(r"\s*+(?:/\*\*/)?\s*+[A-Za-z_$][\w$.]{0,100}\s*+\(")
"""JSONP: a function call around the value."""


def json_value(
    body: bytes, content_type: str, url: str, options: ReadingOptions
) -> tuple[Any, bool]:
    """Return the value that the bytes stand for, and whether its encoding is doubtful.

    Raises:
        ParseError: There is none (empty, web_page, not_json, broken).
    """
    decoded = decode(body, content_type, options.charset)
    text = decoded.text.lstrip("\ufeff \t\r\n")
    if not text:
        raise ParseError(url, "The page is empty.", code="empty")
    if text.startswith("<"):
        raise ParseError(url, "This is a web page or XML, not JSON.", code="web_page")
    call = _CALLBACK.match(text)
    if call is not None:
        text = text[call.end() :].lstrip().rstrip("; \t\r\n").removesuffix(")")
    if not text.startswith(("{", "[")):
        raise ParseError(url, "This is not JSON: neither a list nor an object.", code="not_json")
    try:
        return json.loads(text, strict=False), decoded.doubtful
    except (ValueError, RecursionError) as error:
        raise ParseError(url, _broken(error), code="broken") from error


def _broken(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"The JSON is damaged near line {error.lineno}; nothing could be read."
    return "The JSON is nested too deeply, or holds a number that is none."


def string(value: object) -> str:
    """Return a JSON value as a text that may be kept; a number as its digits, the rest as ""."""
    if isinstance(value, str):
        return visible(value).strip()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return ""
