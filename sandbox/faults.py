"""Things that go wrong on purpose: refusals, delays, dropped connections. Pure."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.refusal import (
    Refusal,
    bad_request,
    conflict,
    forbidden,
    not_found,
    too_many_requests,
    unauthorized,
)

Drop = Literal["before", "after"]


@dataclass(slots=True, kw_only=True)
class Fault:
    """What happens to the next `times` calls of a method."""

    method: str
    """A method's name; "*" for every one but getUpdates; "webhook" for an update on its way."""
    chat: int | str | None = None
    """Only for this chat."""
    times: int = 1
    code: int | None = None
    """The HTTP status to answer with, without doing anything."""
    description: str | None = None
    """Other words than Telegram's usual ones for that code."""
    retry_after: int | None = None
    """Seconds; means 429."""
    delay: float = 0
    """Seconds to wait before anything else happens."""
    drop: Drop | None = None
    """Cut the connection `before` the call is carried out, or `after` it."""
    migrate_to: int | None = None
    """The chat becomes this supergroup."""
    garbage: bool = False
    """Carry the call out, and answer it with something that is no JSON."""

    def meets(self, method: str, chat: int | str | None) -> bool:
        """Whether a call of `method` for `chat` is hit."""
        everything = self.method == "*" and method.lower() not in ("getupdates", "webhook")
        named = everything or self.method.lower() == method.lower()
        return named and self.chat in (None, chat)

    def refusal(self) -> Refusal | None:
        """The answer to give instead of a result, if it is one; not for `migrate_to`."""
        if self.retry_after is not None and self.code in (None, 429):
            return too_many_requests(self.retry_after)
        if self.code is None:
            return None
        if self.description:
            return Refusal(self.code, self.description)
        return _USUAL.get(self.code, Refusal(self.code, "Internal Server Error"))


_USUAL = {
    400: bad_request("chat not found"),
    401: unauthorized(),
    403: forbidden("bot was blocked by the user"),
    404: not_found(),
    409: conflict(
        "terminated by other getUpdates request; make sure that only one bot instance is running"
    ),
    429: too_many_requests(1),
    502: Refusal(502, "Bad Gateway"),
    503: Refusal(503, "Service Unavailable"),
    504: Refusal(504, "Gateway Timeout"),
}


@dataclass(slots=True)
class Faults:
    """Faults still to come, in the order in which they were asked for."""

    planned: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Plans a fault."""
        self.planned.append(fault)

    def take(self, method: str, chat: int | str | None) -> Fault | None:
        """The fault that hits this call, counted down."""
        fault = next((f for f in self.planned if f.meets(method, chat)), None)
        if fault is not None:
            fault.times -= 1
            if fault.times <= 0:
                self.planned.remove(fault)
        return fault

    def clear(self) -> None:
        """From now on all goes well."""
        self.planned.clear()
