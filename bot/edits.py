"""From the words after /source NUMBER to what is to be changed. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot import zones
from bot.language import later
from domain.identity import canonical_url
from domain.source import FIELDS, TIERS, ReadingOptions, Source
from jobs.edit import paused, readdressed, reread, resumed
from sources.charset import known

LONGEST = 200
"""Characters of a title or a selector."""

_MOST_MINUTES = 60 * 24 * 7
_LANGUAGES = ("zh", "zh-Hans", "zh-Hant", "en")
_NOTHING = ("-", "–", "none", "auto", "off")


class Mistake(Exception):
    """Words that mean nothing here; `text` says what is wrong and is still to be translated."""

    def __init__(self, text: str, word: str = "", **more: str) -> None:
        super().__init__(text)
        self.text = text
        self.values = {"word": word, **more}


class Edit(NamedTuple):
    """What is to be changed."""

    what: str
    value: str
    changed: Callable[[Source], Source]


def read(words: str, now: datetime) -> Edit:
    """Read "tier official", "charset gb18030", "pause" and the like.

    Raises:
        Mistake: It cannot be understood.
    """
    name, _, rest = words.strip().partition(" ")
    what, value = name.lower(), rest.strip()
    make = _EDITS.get(what)
    if make is None:
        raise Mistake(
            later("“{word}” is nothing that can be changed; there are {names}."),
            name,
            names=", ".join(_EDITS),
        )
    return Edit(what, value, make(value, now))


def how(words: str, now: datetime) -> ReadingOptions:
    """Read how a new source is to be read: "selector ul.news a charset gb18030".

    Raises:
        Mistake: It cannot be understood.
    """
    source = Source(id=0, url="", next_at=now)
    before, *said = _HOW.split(words)
    if before.strip():
        raise Mistake(
            later("“{word}” is nothing that can be said of a new source; there are {names}."),
            before.strip()[:LONGEST],
            names=", ".join(_HOWS),
        )
    for name, value in zip(said[::2], said[1::2], strict=True):
        source = read(f"{name} {value}", now).changed(source)
    return source.options


_HOWS = ("selector", "fields", "charset", "timezone")
_HOW = re.compile(rf"(?:^|\s)({'|'.join(_HOWS)})\s", re.IGNORECASE)
_Change = Callable[[Source], Source]


def _pause(_: str, __: datetime) -> _Change:
    return paused


def _resume(_: str, now: datetime) -> _Change:
    return lambda source: resumed(source, now)


def _rename(value: str, _: datetime) -> _Change:
    title = _given(value)
    return lambda source: replace(source, title=title)


def _tier(value: str, _: datetime) -> _Change:
    found = next((tier for tier in TIERS if tier == value.lower().replace(" ", "_")), None)
    if found is None:
        text = later("“{word}” is not a tier; there are {names}.")
        raise Mistake(text, value, names=", ".join(TIERS))
    return lambda source: replace(source, tier=found)


def _language(value: str, _: datetime) -> _Change:
    if value.lower() in _NOTHING:
        return lambda source: replace(source, language=None)
    found = next((one for one in _LANGUAGES if one.lower() == value.lower()), None)
    if found is None:
        text = later("“{word}” is not a language here; there are {names}.")
        raise Mistake(text, value, names=", ".join(_LANGUAGES))
    return lambda source: replace(source, language=found)


def _charset(value: str, now: datetime) -> _Change:
    charset = None if value.lower() in _NOTHING else _encoding(value)
    return lambda source: reread(
        replace(source, options=replace(source.options, charset=charset)), now
    )


def _encoding(value: str) -> str:
    if known(value) is None:
        text = later("“{word}” is not an encoding; write one like gb18030, big5 or utf-8.")
        raise Mistake(text, value)
    return value.lower()


def _selector(value: str, now: datetime) -> _Change:
    selector = None if value.lower() in _NOTHING else _given(value)
    return lambda source: reread(
        replace(source, options=replace(source.options, selector=selector)), now
    )


def _fields(value: str, now: datetime) -> _Change:
    pairs = [] if value.lower() in _NOTHING else value.replace(",", " ").split()
    fields = dict(_field(pair) for pair in pairs)
    return lambda source: reread(
        replace(source, options=replace(source.options, fields=fields)), now
    )


def _field(pair: str) -> tuple[str, str]:
    name, equals, path = pair.partition("=")
    if name not in FIELDS or not equals or not path or len(path) > LONGEST:
        text = later("“{word}” names no field of a JSON list; write for example {example}")
        raise Mistake(text, pair, example="fields items=data.list title=name url=link")
    return name, path


def _interval(value: str, now: datetime) -> _Change:
    text = unicodedata.normalize("NFKC", value)
    if not re.fullmatch(r"\d{1,5}", text, re.ASCII) or not 1 <= int(text) <= _MOST_MINUTES:
        raise Mistake(later("“{word}” is not a number of minutes from 1 to 10080."), value)
    interval = timedelta(minutes=int(text))
    return lambda source: replace(source, interval=interval, next_at=min(source.next_at, now))


def _timezone(value: str, now: datetime) -> _Change:
    zone = zones.find(value) or _exactly(value)
    return lambda source: reread(
        replace(source, options=replace(source.options, timezone=zone)), now
    )


def _exactly(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (LookupError, ValueError, OSError):
        close = ", ".join(zones.near(value))
    if close:
        raise Mistake(later("“{word}” is not a time zone; did you mean {near}?"), value, near=close)
    raise Mistake(
        later("“{word}” is not a time zone; write one like Asia/Shanghai or Europe/London."), value
    )


def _address(value: str, now: datetime) -> _Change:
    if not canonical_url(value) or any(character.isspace() for character in value):
        raise Mistake(later("“{word}” is not a web address."), value)
    return lambda source: readdressed(source, value, now)


def _full_text(value: str, _: datetime) -> _Change:
    if value.lower() not in ("on", "off"):
        raise Mistake(later("“{word}” is neither on nor off."), value)
    return lambda source: replace(source, full_text=value.lower() == "on")


def _given(value: str) -> str:
    if not value or len(value) > LONGEST:
        raise Mistake(later("Write 1 to 200 characters behind it."))
    return value


_EDITS: Mapping[str, Callable[[str, datetime], _Change]] = {
    "pause": _pause,
    "resume": _resume,
    "rename": _rename,
    "tier": _tier,
    "language": _language,
    "charset": _charset,
    "selector": _selector,
    "fields": _fields,
    "interval": _interval,
    "timezone": _timezone,
    "address": _address,
    "fulltext": _full_text,
}
