"""Keyboards under messages, held to Telegram's limits."""

from collections.abc import Iterable
from typing import Any

from sandbox.refusal import bad_request
from sandbox.text.links import checked
from sandbox.text.utf16 import units
from sandbox.values import Json

MOST_BUTTONS = 100
LONGEST_DATA = 64
"""Bytes of callback_data."""
LONGEST_COPY = 256
STYLES = frozenset({"danger", "success", "primary"})
ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "login_url",
    "pay",
)
OTHER_MARKUPS = ("keyboard", "remove_keyboard", "force_reply")


def read(markup: object) -> Json | None:
    """The markup as a message keeps it, or None where it keeps nothing.

    Raises:
        Refusal: in Telegram's words.
    """
    if markup in (None, "", {}):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if any(name in markup for name in OTHER_MARKUPS):
        return {
            name: markup[name]
            for name in (*OTHER_MARKUPS, "input_field_placeholder")
            if name in markup
        }
    return _inline(markup.get("inline_keyboard"))


def _inline(rows: object) -> Json | None:
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: expected an Array of Arrays of buttons")
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    read_rows = [[_button(button) for button in row] for row in rows if row]
    return {"inline_keyboard": read_rows} if read_rows else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unreadable("expected an Object")
    if not isinstance(button.get("text"), str):
        raise _unreadable('Can\'t find field "text"')
    if not button["text"].strip():
        raise _unreadable("Inline button text must be non-empty")
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if button.get("style") not in (None, *STYLES):
        raise _unreadable("Invalid button style specified")
    kept = {name: button[name] for name in ("text", "style", actions[0]) if button.get(name)}
    return kept | _action(actions[0], button[actions[0]])


def _action(name: str, value: Any) -> Json:
    match name:
        case "callback_data" if not 1 <= len(str(value).encode()) <= LONGEST_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        case "callback_data":
            return {name: str(value)}
        case "url":
            return {name: _address(str(value))}
        case "copy_text" if not isinstance(value, dict) or not _is_copyable(value.get("text")):
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {name: value}


def _address(url: str) -> str:
    address = checked(url)
    if address is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return address


def _is_copyable(text: object) -> bool:
    return isinstance(text, str) and 1 <= units(text) <= LONGEST_COPY


def _unreadable(reason: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def buttons(message: Json) -> Iterable[Json]:
    """Every inline button of a message."""
    for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
        yield from row
