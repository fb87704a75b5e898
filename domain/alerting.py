"""What should not wait for the next digest."""

from datetime import datetime, timedelta

from domain.relevance import Band

# An article that surfaces later than this after it came out is news for a digest, not an alert.
FRESH = timedelta(days=3)

# An alert that could not be handed over for so long is told by the digest instead.
KEEPS = timedelta(hours=24)


def worth_an_alert(*, band: Band, backlog: bool, published: datetime | None, now: datetime) -> bool:
    """Tell whether a new story goes out at once: about the topic itself, and fresh."""
    if backlog or band != "core":
        return False
    return published is None or now - published <= FRESH
