"""What the jobs need from whoever speaks for them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from domain.chat import Chat, Destination
from domain.delivery import Lane
from domain.digest import Letter
from domain.message import Message


class Courier(Protocol):
    """Puts letters into words and hands them over."""

    def compose(self, letter: Letter, chat: Chat) -> tuple[Message, ...]:
        """Render a letter in the chat's language, as many messages as it takes."""
        ...

    def rest(self) -> "Rest":
        """Say who has to be left alone at the moment: told too much, or told to be quiet."""
        ...

    async def send(self, destination: Destination, message: Message, lane: Lane) -> int:
        """Hand one message over and return its id.

        Raises:
            NotSent: It certainly was not sent; it may be tried again.
            Rejected: It was refused for good, and the same message would be again.
            Unreachable: The destination cannot be told anything until it comes back.
            Moved: The chat has another id now.
            OutcomeUnknown: It may or may not have arrived.
        """
        ...

    async def edit(self, destination: Destination, message_id: int, message: Message) -> None:
        """Put a message in the place of one that was sent; one that is gone stays gone.

        Raises:
            DeliveryError: One of its kinds, as for `send`.
        """
        ...


@dataclass(frozen=True, slots=True)
class Rest:
    """Who cannot be told anything just now."""

    chats: frozenset[int] = frozenset()
    everybody: bool = False


class DeliveryError(Exception):
    """A message was not handed over.

    * DeliveryError
      * NotSent
      * Rejected
      * Unreachable
      * Moved
      * OutcomeUnknown
    """


class NotSent(DeliveryError):
    """It certainly was not sent; `retry_after` is what Telegram asked for, if it did."""

    def __init__(self, reason: str, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Rejected(DeliveryError):
    """Refused for good: a bug of ours or a limit; repeating it would not help."""


class Unreachable(DeliveryError):
    """Blocked, kicked, no rights, gone: the chat is suspended until it is back."""


class Moved(DeliveryError):
    """A group became a supergroup; the same message goes to `chat_id`."""

    def __init__(self, chat_id: int) -> None:
        super().__init__("the group became a supergroup")
        self.chat_id = chat_id


class OutcomeUnknown(DeliveryError):
    """The line broke after the request had left: it may have arrived."""
