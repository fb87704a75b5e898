"""A run over what is stored, by newer rules: how far it has got."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run; it goes on where it was after any interruption."""

    id: int
    since: datetime | None
    """Only articles first seen from then on; None: all."""
    last_id: int
    until_id: int
    total: int
    done: int
    changed: int
    chat_id: int | None
    message_id: int | None
    started_at: datetime
    finished_at: datetime | None

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return 100 if self.finished_at else min(99, 100 * self.done // max(1, self.total))


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run has got, for the message that shows it."""

    total: int
    done: int
    changed: int
    finished: bool


def progress(run: Run) -> Progress:
    """Return what is told of a run."""
    return Progress(
        total=run.total,
        done=run.done,
        changed=run.changed,
        finished=run.finished_at is not None,
    )
