"""Updates on their way to the bot: kept until confirmed, at most a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.values import Json

KEPT = timedelta(hours=24)
MOST_WAITING = 100_000
"""More than any run needs; the oldest go first."""

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""What a bot gets only when `allowed_updates` asks for it."""


@dataclass(slots=True)
class Updates:
    """The queue of one bot. Confirming is asking for what comes after."""

    next_id: int = 500_000_001
    allowed: tuple[str, ...] = ()
    """As the bot last said it; empty is Telegram's default."""
    waiting: dict[int, tuple[datetime, Json]] = field(default_factory=dict)

    def wants(self, kind: str) -> bool:
        """Whether the bot gets updates of this kind."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def add(self, kind: str, value: Json, now: datetime) -> int | None:
        """Queues `{kind: value}`; returns its number, or None if the bot does not want it."""
        if not self.wants(kind):
            return None
        return self.add_raw({kind: value}, now)

    def add_raw(self, update: Json, now: datetime) -> int:
        """Queues any update as it stands; numbers it unless it has a number."""
        update_id = int(update.get("update_id", self.next_id))
        self.next_id = max(self.next_id, update_id + 1)
        self.waiting[update_id] = now, {"update_id": update_id, **update}
        if len(self.waiting) > MOST_WAITING:
            del self.waiting[min(self.waiting)]
        return update_id

    def take(self, offset: int, limit: int, now: datetime) -> list[Json]:
        """What is waiting from `offset` on, lowest number first; what is before is confirmed.

        A negative offset keeps that many of the last ones and forgets the others.
        """
        self._forget(offset, now)
        return [self.waiting[update_id][1] for update_id in sorted(self.waiting)[:limit]]

    def done(self, update_id: int) -> None:
        """Forgets one that the bot has taken."""
        self.waiting.pop(update_id, None)

    def _forget(self, offset: int, now: datetime) -> None:
        numbers = sorted(self.waiting)
        confirmed = numbers[:offset] if offset < 0 else [n for n in numbers if n < offset]
        old = [n for n in numbers if now - self.waiting[n][0] > KEPT]
        for number in {*confirmed, *old}:
            del self.waiting[number]

    def allow(self, kinds: Sequence[str]) -> None:
        """Remembers `allowed_updates`; it holds for updates from now on."""
        self.allowed = tuple(kinds)

    def clear(self) -> None:
        """Forgets what is waiting; numbers go on, so that a running bot misses nothing new."""
        self.waiting.clear()
        self.allowed = ()
