"""What a pressed button says: `v1:<verb>:<argument>`, at most 64 bytes, trusted by nobody."""

import re
from typing import NamedTuple

from domain.message import Button

_FORM = re.compile(r"v1:([a-z_]{1,20}):([A-Za-z0-9_:.\-]{0,40})", re.ASCII)


class Press(NamedTuple):
    """A verb of the buttons table and what it is about."""

    verb: str
    argument: str


def data(verb: str, argument: object = "") -> str:
    """Return the callback data of a button."""
    return f"v1:{verb}:{argument}"


def button(text: str, verb: str, argument: object = "") -> Button:
    """Return a button that calls back."""
    return Button(text=text, data=data(verb, argument))


def read(text: object) -> Press | None:
    """Read what a client sent; None for what no button of ours can have said."""
    found = _FORM.fullmatch(text) if isinstance(text, str) else None
    return Press(*found.groups()) if found else None


def facts_of_story(story_id: int) -> str:
    """Return the data of the button that shows every fact of a story."""
    return data("facts", f"s{story_id}")
