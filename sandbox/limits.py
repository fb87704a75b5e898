"""How much Telegram takes, counted strictly: so many messages a second, a chat, a group. Pure.

Telegram names about 30 messages a second in all, one a second to a chat and twenty a minute to a
group (https://core.telegram.org/bots/faq#broadcasting-to-users) and forgives short bursts; here
nothing is forgiven, so that what passes here passes there. Whoever goes on calling while he has
been told to wait is told to wait longer each time.
"""

from collections import deque
from dataclasses import dataclass, field
from math import ceil

from sandbox.refusal import Refusal, too_many_requests

LONGEST = 86_400.0
"""Seconds; waits do not grow beyond a day."""
MOST_CHATS = 200_000
"""Chats whose last calls are remembered; beyond it those that may be written to are forgotten."""

_SPEAKS = ("send", "edit", "copy", "forward")
_SILENT = frozenset({"sendchataction"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many calls within so many seconds; `penalty` is the least wait once it was passed."""

    calls: int
    seconds: float
    penalty: float = 1.0


@dataclass(slots=True)
class _Count:
    """The calls of one scope, and whether it has been told to wait."""

    limit: Limit
    taken: deque[float] = field(default_factory=deque)
    closed_until: float = 0.0
    ignored: int = 0

    def wait(self, now: float) -> float:
        """Seconds until the next call may come; 0 where it may come now."""
        while self.taken and self.taken[0] + self.limit.seconds <= now:
            self.taken.popleft()
        full = len(self.taken) >= self.limit.calls
        frees = self.taken[0] + self.limit.seconds if full else now
        return max(frees, self.closed_until) - now

    def refuse(self, now: float) -> float:
        """Closes the scope and returns for how long; longer for who did not wait."""
        if now < self.closed_until:
            self.ignored += 1
        wait = max(self.wait(now), self.limit.penalty * 2 ** min(self.ignored, 20))
        self.closed_until = now + min(wait, LONGEST)
        return self.closed_until - now

    def take(self, now: float) -> None:
        self.taken.append(now)
        self.ignored = 0


@dataclass(slots=True, kw_only=True)
class Limits:
    """What is counted; each call that puts words before somebody's eyes is one."""

    overall: Limit = field(default_factory=lambda: Limit(calls=30, seconds=1, penalty=3))
    chat: Limit = field(default_factory=lambda: Limit(calls=1, seconds=1))
    group: Limit = field(default_factory=lambda: Limit(calls=20, seconds=60))
    refused: int = field(init=False, default=0)
    """Calls that were too many, since it was made."""
    _all: _Count = field(init=False)
    _chats: dict[int | str, _Count] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Begins to count."""
        self._all = _Count(self.overall)

    def admit(self, method: str, chat: int | str | None, now: float) -> None:
        """Counts a call at a time in seconds.

        Raises:
            Refusal: It is one too many; a refused call takes no room of the others.
        """
        name = method.lower()
        if chat is None or not name.startswith(_SPEAKS) or name in _SILENT:
            return
        scopes = (self._of(chat, now), self._all)
        closed = [scope for scope in scopes if scope.wait(now) > 0]
        if closed:
            raise self._refusal(max(scope.refuse(now) for scope in closed))
        for scope in scopes:
            scope.take(now)

    def _refusal(self, wait: float) -> Refusal:
        self.refused += 1
        return too_many_requests(ceil(wait))

    def _of(self, chat: int | str, now: float) -> _Count:
        if chat not in self._chats:
            if len(self._chats) >= MOST_CHATS:
                self._chats = {k: v for k, v in self._chats.items() if v.wait(now) > 0}
            private = isinstance(chat, int) and chat > 0
            self._chats[chat] = _Count(self.chat if private else self.group)
        return self._chats[chat]
