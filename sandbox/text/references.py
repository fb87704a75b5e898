"""Character references, the few of them that Telegram resolves. Pure."""

import re

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
"""The only named references that Telegram knows; others stay as they are written."""

REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<dec>[0-9]*)|(?P<name>[A-Za-z]*));?")


def unescape(text: str) -> str:
    """`text` with its character references resolved; unknown ones stay as they are."""
    return REFERENCE.sub(lambda match: _resolve(match) or match.group(), text)


def _resolve(match: re.Match[str]) -> str | None:
    if match["name"] is not None:
        return NAMED.get(match["name"])
    digits = match["hex"] if match["hex"] is not None else match["dec"]
    # Nine characters is as long as a numeric reference may be, without its semicolon.
    if not digits or len(match.group().rstrip(";")) >= 10:
        return None
    code = int(digits, 16 if match["hex"] is not None else 10)
    is_character = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else None
