"""What a pressed button says: `v1:<verb>:<argument>`, at most 64 bytes, trusted by nobody."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple, get_args

from domain.chat import Language
from domain.facts.fact import FACT_TYPES, FactType
from domain.message import Button

LONGEST = 64
"""Bytes; Telegram takes no longer data."""

_NUMBER = "[0-9]{1,18}"
_ARGUMENTS = {
    "lang": "|".join(get_args(Language)),
    "sub": "both|daily|instant",
    "facts": rf"s{_NUMBER}(?:\.[0-9]{{1,6}})?|p[0-9]{{1,6}}\.[0-9]?\.[A-Za-z0-9_\-]*",
    "watch": _NUMBER,
    "unlook": _NUMBER,
    "lookat": rf"{_NUMBER}\.[0-9]",
    "source": rf"{_NUMBER}\.(?:pause|resume|test|poll|remove|show)",
    "starter": "",
    "unwatch": _NUMBER,
    "keep": _NUMBER,
}
"""Which arguments each verb's buttons can have: whatever else comes, somebody has invented."""

VERBS = tuple(_ARGUMENTS)
_FORMS = {
    verb: re.compile(rf"v1:({verb}):({argument})", re.ASCII)
    for verb, argument in _ARGUMENTS.items()
}
_PAGE = re.compile(r"p([0-9]{1,6})\.([0-9]?)\.([A-Za-z0-9_\-]*)", re.ASCII)


class Press(NamedTuple):
    """A verb of the buttons table and what it is about."""

    verb: str
    argument: str


class Page(NamedTuple):
    """Some of what a search for facts finds."""

    offset: int
    type: FactType | None
    words: str


def data(verb: str, argument: object = "") -> str:
    """Return the callback data of a button."""
    return f"v1:{verb}:{argument}"


def button(text: str, verb: str, argument: object = "") -> Button:
    """Return a button that calls back."""
    return Button(text=text, data=data(verb, argument))


def read(text: object) -> Press | None:
    """Read what a client sent; None for what no button of ours can have said."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return None
    found = (form.fullmatch(text) for form in _FORMS.values())
    said = next((Press(*one.groups()) for one in found if one), None)
    return said if said and _means_something(said) else None


def facts_of_story(story_id: int) -> str:
    """Return the data of the button that shows every fact of a story."""
    return data("facts", f"s{story_id}")


def page_of_facts(page: Page) -> str | None:
    """Return the data of the button for a page of found facts; None where it takes too much."""
    number = FACT_TYPES.index(page.type) if page.type else ""
    words = urlsafe_b64encode(page.words.encode(errors="replace")).decode().rstrip("=")
    said = data("facts", f"p{page.offset}.{number}.{words}")
    return said if len(said) <= LONGEST else None


def page(argument: str) -> Page | None:
    """Read which page of facts a button asks for; None if it asks for no page."""
    found = _PAGE.fullmatch(argument)
    if found is None or int(found[2] or 0) >= len(FACT_TYPES):
        return None
    try:
        words = urlsafe_b64decode(found[3] + "=" * (-len(found[3]) % 4)).decode()
    except ValueError:
        return None
    return Page(int(found[1]), FACT_TYPES[int(found[2])] if found[2] else None, words)


def _means_something(said: Press) -> bool:
    if said.verb != "facts" or not said.argument.startswith("p"):
        return True
    return page(said.argument) is not None
