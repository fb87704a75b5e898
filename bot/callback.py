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
    "sub": r"(?:both|daily)(?:\.[0-9]{1,4})?|instant",
    "set": r"(?:[a-z]{3,10}(?:\.[^\x00-\x1f]{1,48})?)?",
    "relevant": rf"s{_NUMBER}",
    "irrelevant": rf"s{_NUMBER}",
    "unjudge": rf"s{_NUMBER}",
    "accept": _NUMBER,
    "dismiss": _NUMBER,
    "unbar": _NUMBER,
    "save": rf"s{_NUMBER}",
    "unsave": rf"s{_NUMBER}",
    "saved": "[0-9]{1,4}",
    "forget": "ask|yes|no",
    "lookinto": _NUMBER,
    "decline": _NUMBER,
    "facts": rf"f{_NUMBER}|s{_NUMBER}(?:\.[0-9]{{1,6}})?",
    "leaf": r"p[0-9]{1,6}\.[0-9]?\.[A-Za-z0-9_\-]*",
    "latest": r"[0-9]{1,6}\.[0-9]{1,2}",
    "export": r"xlsx\.(?:facts|measures|deadlines|documents|articles)",
    "metric": rf"f{_NUMBER}",
    "watch": rf"{_NUMBER}(?:\.3)?",
    "unlook": _NUMBER,
    "lookat": rf"{_NUMBER}\.[0-9]",
    "source": rf"{_NUMBER}\.(?:pause|resume|test|poll|remove|show|follow)",
    "starter": "",
    "unwatch": _NUMBER,
    "keep": _NUMBER,
    "say": _NUMBER,
    "unsay": _NUMBER,
    "due": "[0-9]{1,4}",
    "remind": rf"f{_NUMBER}",
    "ics": rf"f{_NUMBER}",
    "unremind": rf"f{_NUMBER}",
    "find": r"[0-9a-f]{0,16}\.[^\x00-\x1f]{1,60}",
    "docs": r"p[0-9]{1,6}\.[A-Za-z0-9_\-]*",
    "doc": rf"d{_NUMBER}",
    "measures": rf"d{_NUMBER}",
    "offers": r"p[0-9]{1,6}\.[A-Za-z0-9_\-]*",
    "compare": rf"{_NUMBER}\.{_NUMBER}",
    "story": rf"s{_NUMBER}",
    "why": rf"[asfd]{_NUMBER}",
    "follow": rf"d{_NUMBER}|e\.[a-z0-9\-]{{1,48}}",
    "unfollow": rf"d{_NUMBER}|n{_NUMBER}",
    "wrong": rf"[sf]{_NUMBER}(?:\.[0-9]{{1,6}})?",
    "right": rf"f{_NUMBER}",
    "hide": rf"f{_NUMBER}",
    "merge": rf"{_NUMBER}\.{_NUMBER}",
    "split": rf"{_NUMBER}\.{_NUMBER}",
    "outbox": "retry|drop",
    "prove": "",
    "chan": rf"-{_NUMBER}\.(?:both|daily|instant|none)",
}
"""Which arguments each verb's buttons can have: whatever else comes, somebody has invented."""

VERBS = tuple(_ARGUMENTS)
_FORMS = {
    verb: re.compile(rf"v1:({verb}):({argument})", re.ASCII)
    for verb, argument in _ARGUMENTS.items()
}
_WORDS_PAGE = re.compile(r"p([0-9]{1,6})\.([A-Za-z0-9_\-]*)", re.ASCII)
_PAGE = re.compile(r"p([0-9]{1,6})\.([0-9]?)\.([A-Za-z0-9_\-]*)", re.ASCII)


class Press(NamedTuple):
    """A verb of the buttons table and what it is about."""

    verb: str
    argument: str


class WordsPage(NamedTuple):
    """Some of what a search for words finds."""

    offset: int
    words: str


class Searched(NamedTuple):
    """Some of what a search for articles finds."""

    before: int | None
    """The place in the order of answers before which they stand; None for the newest."""
    words: str


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
    said = data("leaf", f"p{page.offset}.{number}.{_packed(page.words)}")
    return said if len(said) <= LONGEST else None


def page_of_words(verb: str, offset: int, words: str) -> str | None:
    """Return the data of the button for a page of what words find; None where it takes too much."""
    said = data(verb, f"p{offset}.{_packed(words)}")
    return said if len(said) <= LONGEST else None


def page_of_search(before: int | None, words: str) -> str | None:
    """Return the data of the button for a page of articles; None where it takes too much.

    The words stand there as they are: of Chinese they are a third shorter so than encoded.
    """
    said = data("find", f"{'' if before is None else f'{before:x}'}.{words}")
    try:
        return said if len(said.encode()) <= LONGEST and read(said) else None
    except UnicodeEncodeError:
        return None


def page_searched(argument: str) -> Searched | None:
    """Read which page of articles a button asks for."""
    before, _, words = argument.partition(".")
    try:
        return Searched(int(before, 16) if before else None, words)
    except ValueError:
        return None


def words_page(argument: str) -> WordsPage | None:
    """Read which page a button asks for; None if it asks for no page."""
    found = _WORDS_PAGE.fullmatch(argument)
    words = _unpacked(found[2]) if found else None
    return WordsPage(int(found[1]), words) if found and words is not None else None


def page(argument: str) -> Page | None:
    """Read which page of facts a button asks for; None if it asks for no page."""
    found = _PAGE.fullmatch(argument)
    if found is None or int(found[2] or 0) >= len(FACT_TYPES):
        return None
    words = _unpacked(found[3])
    if words is None:
        return None
    return Page(int(found[1]), FACT_TYPES[int(found[2])] if found[2] else None, words)


def _packed(words: str) -> str:
    return urlsafe_b64encode(words.encode(errors="replace")).decode().rstrip("=")


def _unpacked(packed: str) -> str | None:
    try:
        return urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()
    except ValueError:
        return None


def _means_something(said: Press) -> bool:
    if said.verb == "find":
        return page_searched(said.argument) is not None
    if said.verb in ("docs", "offers"):
        return words_page(said.argument) is not None
    return said.verb != "leaf" or page(said.argument) is not None
