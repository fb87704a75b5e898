"""What should not wait for the next digest."""

from datetime import datetime, timedelta
from typing import Literal

from domain.relevance import Band

# An article that surfaces later than this after it came out is news for a digest, not an alert.
FRESH = timedelta(days=3)

# An alert that could not be handed over for so long is told by the digest instead.
KEEPS = timedelta(hours=24)


Waits = Literal["backlog", "band", "age"]
"""Why a story waits for a digest: it came with a backlog, is only near the topic, or is old."""


def worth_an_alert(*, band: Band, backlog: bool, published: datetime | None, now: datetime) -> bool:
    """Tell whether a new story goes out at once: about the topic itself, and fresh."""
    return why_not(band=band, backlog=backlog, published=published, now=now) is None


def why_not(
    *, band: Band, backlog: bool, published: datetime | None, now: datetime
) -> Waits | None:
    """Return why a story that came at `now` does not go out at once; None where it does."""
    if backlog:
        return "backlog"
    if band != "core":
        return "band"
    if published is not None and now - published > FRESH:
        return "age"
    return None
