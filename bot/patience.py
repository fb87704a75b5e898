"""How much one person may ask for: bursts are fine, floods get one polite answer and then none."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Verdict = Literal["answer", "decline", "ignore"]
"""decline: once, with a polite word; ignore: that word has been said."""

MOST_ASKERS = 10_000
"""Who asked last is remembered; who has been silent longest is forgotten first."""


class Allowance(NamedTuple):
    """So many at once, and so many a second from then on."""

    at_once: float
    a_second: float


PERSON = Allowance(at_once=60, a_second=1)
GROUP = Allowance(at_once=40, a_second=1 / 3)
"""Telegram lets twenty answers a minute into a group: more questions would only queue."""


@dataclass(slots=True)
class _Left:
    tokens: float
    at: float
    told: bool = False


class Patience:
    """Counts what people and groups ask for."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[int, _Left] = OrderedDict()

    def with_(self, user_id: int | None, chat_id: int) -> Verdict:
        """Say whether somebody is answered who asks in a chat; both count, who is nobody does not.

        In private the person's allowance is the chat's.
        """
        verdicts = []
        if user_id is not None:
            verdicts.append(self._of(user_id, PERSON))
        if chat_id != user_id:
            verdicts.append(self._of(chat_id, GROUP))
        for verdict in ("ignore", "decline"):
            if verdict in verdicts:
                return "ignore" if verdict == "ignore" else "decline"
        return "answer"

    def _of(self, who: int, allowance: Allowance) -> Verdict:
        now = self._clock()
        left = self._left.pop(who, None) or _Left(allowance.at_once, now)
        self._left[who] = left
        if len(self._left) > MOST_ASKERS:
            self._left.popitem(last=False)
        refilled = left.tokens + (now - left.at) * allowance.a_second
        left.tokens, left.at = min(allowance.at_once, refilled), now
        if left.tokens >= 1:
            left.tokens -= 1
            left.told = False
            return "answer"
        told, left.told = left.told, True
        return "ignore" if told else "decline"
