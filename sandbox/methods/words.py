"""The words of a message: parsed, measured, settled, or refused."""

from typing import Annotated, Any

import msgspec

from sandbox.parameters import Parameters
from sandbox.refusal import bad_request
from sandbox.text.formatted import Entity, Formatted, settle, trim
from sandbox.text.markup import CannotParse, parse
from sandbox.text.spotted import spot

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""Both in UTF-16 units, after the markup is gone."""

# Telegram has no place for these in a text and puts a space instead.
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), " ") | {13: None}


class _Given(msgspec.Struct):
    """An entity that the bot has measured itself; fields that it does not know are let be."""

    type: str
    offset: Annotated[int, msgspec.Meta(ge=0)]
    length: Annotated[int, msgspec.Meta(ge=1)]
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    def entity(self) -> Entity:
        return Entity(**msgspec.structs.asdict(self))


def read_text(call: Parameters) -> Formatted:
    """The text of a message.

    Raises:
        Refusal: none, too long, or wrong markup.
    """
    formatted = _read(call, "text", "entities")
    if not formatted.text:
        raise bad_request("message text is empty")
    if formatted.length > LONGEST_TEXT:
        raise bad_request("message is too long")
    return _settled(formatted)


def read_caption(call: Parameters) -> Formatted:
    """The words under a picture or a file; there may be none.

    Raises:
        Refusal: too long, or wrong markup.
    """
    formatted = _read(call, "caption", "caption_entities")
    if formatted.length > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return _settled(formatted)


def _settled(formatted: Formatted) -> Formatted:
    found = spot(formatted.text, formatted.entities)
    return settle(Formatted(text=formatted.text, entities=(*formatted.entities, *found)))


def _read(call: Parameters, name: str, entities: str) -> Formatted:
    text = call.text(name).translate(_CONTROLS)
    if not _is_encodable(text):
        raise bad_request("strings must be encoded in UTF-8")
    match call.text("parse_mode").lower():
        case "html":
            return trim(_parsed(text))
        case "":
            listed = call.array(entities)
            return trim(Formatted(text=text, entities=tuple(map(_entity, listed))))
    # Markdown is Telegram's, not this sandbox's: the house writes HTML.
    raise bad_request("unsupported parse_mode")


def _is_encodable(text: str) -> bool:
    """Half a surrogate pair, as JSON can hold it, has no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _parsed(text: str) -> Formatted:
    try:
        return parse(text)
    except CannotParse as complaint:
        raise bad_request(f"can't parse entities: {complaint}") from None


def _entity(given: Any) -> Entity:
    try:
        return msgspec.convert(given, _Given).entity()
    except msgspec.ValidationError:
        raise bad_request("can't parse entities: invalid MessageEntity specified") from None
