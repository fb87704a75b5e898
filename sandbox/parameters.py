"""The parameters of one call: from form, query, JSON or multipart to typed values. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.refusal import bad_request
from sandbox.values import Json

_STRUCTURED = frozenset(
    {
        "allowed_updates",
        "caption_entities",
        "commands",
        "entities",
        "link_preview_options",
        "media",
        "menu_button",
        "message_ids",
        "reply_markup",
        "reply_parameters",
        "scope",
    }
)
"""Values that forms carry as JSON text."""

_NUMBERS = frozenset(
    {
        "chat_id",
        "limit",
        "max_connections",
        "message_id",
        "message_thread_id",
        "offset",
        "reply_to_message_id",
        "timeout",
        "user_id",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with the call."""

    file_name: str
    mime_type: str
    content: bytes

    def json(self) -> Json:
        """What the log of calls says of it."""
        size = len(self.content)
        return {"file_name": self.file_name, "mime_type": self.mime_type, "size": size}


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the bot said; wrong values are refused where they are asked for."""

    values: Json
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def shown(self) -> Json:
        """For the log of calls: files by name and size."""
        return self.values | {name: upload.json() for name, upload in self.uploads.items()}

    def text(self, name: str) -> str:
        """The words of a parameter, "" where it is missing."""
        value = self.values.get(name)
        return value if isinstance(value, str) else "" if value is None else str(value)

    def number(self, name: str) -> int | None:
        """A whole number, None where it is missing.

        Raises:
            Refusal: it is none.
        """
        value = self.values.get(name)
        if value in (None, ""):
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise bad_request(f"invalid {name} specified")
        return value

    def flag(self, name: str) -> bool:
        """Whether it is set; forms say true as a word."""
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes")

    def object(self, name: str) -> Json:
        """An object, empty where it is missing.

        Raises:
            Refusal: it is something else.
        """
        value = self.values.get(name) or {}
        if not isinstance(value, dict):
            raise bad_request(f"can't parse {name} JSON object")
        return value

    def array(self, name: str) -> list[Any]:
        """A list, empty where it is missing.

        Raises:
            Refusal: it is something else.
        """
        value = self.values.get(name) or []
        if not isinstance(value, list):
            raise bad_request(f"can't parse {name} JSON array")
        return value

    @property
    def chat_id(self) -> int | str:
        """The chat that is meant: a number or a @username.

        Raises:
            Refusal: it is missing.
        """
        value = self.values.get("chat_id")
        if value in (None, ""):
            raise bad_request("chat_id is empty")
        return value if isinstance(value, int) else str(value)


def decode(raw: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None) -> Parameters:
    """Typed parameters from what a form, a query or a JSON object holds."""
    return Parameters(
        {name: _decoded(name, value) for name, value in raw.items()}, dict(uploads or {})
    )


def _decoded(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in _STRUCTURED:
        return _from_json(value)
    if name in _NUMBERS and _is_number(value):
        return int(value)
    return value


def _is_number(text: str) -> bool:
    digits = text.strip().removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) <= 18


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
