"""How long what is stored is kept; None is for ever."""

from dataclasses import dataclass
from datetime import timedelta

TRACES = timedelta(days=90)
"""Bugs that came up, and words to everybody that were never sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """The operator's wishes; what is about the topic, and the audit log, are kept for ever."""

    sent: timedelta | None = timedelta(days=90)
    """What was sent to whom, or could not be."""
    off_topic: timedelta | None = timedelta(days=90)
    """The words of articles about no topic; their titles and addresses stay, so that they are
    known again."""
    silent_chats: timedelta | None = timedelta(days=730)
    """Chats that have been out of reach for so long, with all their wishes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo:
    """How much was let go of."""

    deliveries: int = 0
    texts: int = 0
    chats: int = 0
    traces: int = 0

    def __bool__(self) -> bool:
        """Tell whether anything was."""
        return any((self.deliveries, self.texts, self.chats, self.traces))
