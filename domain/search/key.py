"""In which order answers come: a number for each article that grows with its time, then its id."""

from datetime import UTC, datetime

_FOR_ID = 29
_HIGHEST_ID = (1 << _FOR_ID) - 1
"""Half a milliard of articles: thirty years of 50,000 a day."""
_LAST_SECOND = (1 << 34) - 1
"""In the year 2514."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def key_of(when: datetime, article_id: int) -> int:
    """Return the article's number among the answers, in 63 bits.

    Whole seconds; what came out before 1970 counts as of then.

    Raises:
        OverflowError: There are more articles than numbers.
    """
    if not 0 < article_id <= _HIGHEST_ID:
        raise OverflowError(f"article {article_id} cannot be put in order")
    return lowest_key(when) | article_id


def article_of(key: int) -> int:
    """Return which article has this number."""
    return key & _HIGHEST_ID


def lowest_key(when: datetime) -> int:
    """Return the number that no article of this time or a later one is below."""
    seconds = int((when - _EPOCH).total_seconds())
    return min(max(0, seconds), _LAST_SECOND) << _FOR_ID
