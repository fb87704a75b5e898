"""The shapes of what /sandbox takes, checked by msgspec: one clear line where a body is wrong."""

import base64
import binascii
from typing import Annotated, Literal

import msgspec

from sandbox.acts import Attachment, Impossible
from sandbox.people import Status

Positive = Annotated[int, msgspec.Meta(gt=0)]
Times = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=3600)]
HttpCode = Annotated[int, msgspec.Meta(ge=400, le=599)]


class User(msgspec.Struct):
    """Who acts. Somebody known needs only the id; further fields of Telegram's are let be."""

    id: Positive
    first_name: str | None = None
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False


class Chat(msgspec.Struct):
    """Where. A chat that is known needs only the id; further fields are let be."""

    id: int
    type: Literal["private", "group", "supergroup", "channel"] | None = None
    title: str | None = None
    username: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    is_forum: bool = False


class Document(msgspec.Struct, forbid_unknown_fields=True):
    """A file: `content` is text, `base64` anything."""

    file_name: str
    content: str | None = None
    base64: str | None = None
    mime_type: str = ""

    def attachment(self) -> Attachment:
        """The file's bytes.

        Raises:
            Impossible: the base64 is none.
        """
        if self.base64 is None:
            data = (self.content or "").encode()
        else:
            try:
                data = base64.b64decode(self.base64, validate=True)
            except binascii.Error as error:
                raise Impossible(f"document.base64 is not base64: {error}") from None
        return Attachment(file_name=self.file_name, mime_type=self.mime_type, content=data)


class Say(msgspec.Struct, forbid_unknown_fields=True):
    """POST /sandbox/say."""

    user: User | Positive
    text: str = ""
    chat: Chat | int | None = None
    thread: int | None = None
    document: Document | None = None
    reply_to: int | None = None
    anonymous: bool = False


class Press(msgspec.Struct, forbid_unknown_fields=True):
    """POST /sandbox/press."""

    user: User | Positive
    message_id: int
    data: str
    chat: Chat | int | None = None
    force: bool = False


class Member(msgspec.Struct, forbid_unknown_fields=True):
    """POST /sandbox/member. Without a user, or with the bot's own id, it is about the bot."""

    chat: Chat | int
    status: Status
    user: User | Positive | None = None


class OpenTopic(msgspec.Struct, forbid_unknown_fields=True):
    """POST /sandbox/topic."""

    chat: Chat | int
    thread: Positive
    name: str | None = None
    state: Literal["open", "closed", "deleted"] = "open"


class PlannedFault(msgspec.Struct, forbid_unknown_fields=True):
    """POST /sandbox/faults."""

    method: str
    chat: int | str | None = None
    times: Times = 1
    code: HttpCode | None = None
    description: str | None = None
    retry_after: Annotated[int, msgspec.Meta(ge=0)] | None = None
    delay: Seconds = 0
    drop: Literal["before", "after"] | None = None
    migrate_to: int | None = None
    garbage: bool = False


class Counted(msgspec.Struct, forbid_unknown_fields=True):
    """So many calls within so many seconds."""

    calls: Positive
    seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)]
    penalty: Seconds = 1


class SetLimits(msgspec.Struct, forbid_unknown_fields=True):
    """POST /sandbox/limits: what is left out is as strict as Telegram's own; `on` false ends it."""

    on: bool = True
    overall: Counted | None = None
    chat: Counted | None = None
    group: Counted | None = None


class Revoke(msgspec.Struct, forbid_unknown_fields=True):
    """POST /sandbox/revoke."""

    token: str
