"""A command as somebody has typed it. Pure."""

import re
from dataclasses import dataclass

SLASH = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+(.*))?", re.S)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A command as it was typed."""

    name: str
    addressed: bool
    """It names this bot: /help@thisbot."""
    argument: str


def spoken(text: str, username: str) -> Spoken | None:
    """Read a command; None for other words, and for what is meant for another bot."""
    found = SLASH.fullmatch(text.strip())
    if found is None or (found[2] and found[2].lower() != username.lower()):
        return None
    return Spoken(found[1].lower(), bool(found[2]), (found[3] or "").strip())
