"""What a server answered, and what follows from it: a page, "unchanged", or why neither."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from multidict import CIMultiDictProxy

from sources.challenge import is_challenge
from sources.errors import one_line
from sources.failures import refusal
from sources.page import Page
from sources.trip import Trip

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
"""Redirects that say: ask there from now on."""
PAGES = frozenset({200, 203})
LONGEST_RETRY_AFTER = timedelta(days=1)
LONGEST_MAX_AGE = timedelta(days=1)

_LONGEST_VALIDATOR = 512  # characters
_LONGEST_TYPE = 200  # characters
_ONLY_BROWSERS = (
    "{host} answers only to browsers (an anti-bot page). Look for a feed of it elsewhere."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One response, read to its end; of an error only as much as tells its kind."""

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes
    body_hash: str = ""
    """As a page has it."""


def judge(trip: Trip, answer: Answer, *, conditional: bool) -> Page | None:
    """Return the page, or None for "unchanged" where that was asked.

    Raises:
        FetchError: It is neither.
    """
    if answer.status == 304:
        if not conditional:
            trip.fail("unasked_304", f"{trip.host} says unchanged (304) without being asked.")
        return None
    if is_challenge(answer.status, answer.headers, answer.body):
        reason = _ONLY_BROWSERS.format(host=trip.host)
        trip.fail("anti_bot", reason, retry_after(answer))
    if answer.status not in PAGES:
        failure = refusal(answer.status, trip.host)
        trip.fail(failure.code, failure.reason, retry_after(answer))
    return _page(trip, answer)


def retry_after(answer: Answer) -> timedelta | None:
    """How long the server asks us to stay away, a day at most (RFC 9110, 10.2.3)."""
    if answer.status not in {429, 503}:
        return None
    value = answer.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        wait = timedelta(seconds=int(value[:9]))
    else:
        wait = _until(value)
    return min(wait, LONGEST_RETRY_AFTER) if wait > timedelta() else None


def max_age(headers: Mapping[str, str]) -> timedelta | None:
    """How long a page stays as it is, a day at most; None where nothing is promised.

    Cache-Control's max-age less the Age of the copy, else Expires (RFC 9111, 4.2 and 5.2.2).
    """
    directives = _directives(headers.get("Cache-Control", ""))
    if "no-cache" in directives or "no-store" in directives:
        return None
    if "max-age" in directives:
        left = _seconds(directives["max-age"]) - _seconds(headers.get("Age", ""))
    else:
        left = _until(headers.get("Expires", ""))
    return min(left, LONGEST_MAX_AGE) if left > timedelta() else None


def _directives(value: str) -> dict[str, str]:
    parts = (part.partition("=") for part in value[:1000].split(","))
    return {name.strip().lower(): given.strip().strip('"') for name, _, given in parts}


def _seconds(value: str) -> timedelta:
    value = value.strip()
    return timedelta(seconds=int(value[:9]) if value.isascii() and value.isdigit() else 0)


def _until(date: str) -> timedelta:
    try:
        moment = parsedate_to_datetime(date[:100])
    except (ValueError, TypeError, OverflowError):
        return timedelta()
    if moment.tzinfo is None:  # "-0000"
        moment = moment.replace(tzinfo=UTC)
    return moment - datetime.now(UTC)


def _page(trip: Trip, answer: Answer) -> Page:
    return Page(
        url=str(trip.url),
        body=answer.body,
        content_type=one_line(answer.headers.get("Content-Type", ""), _LONGEST_TYPE),
        etag=None if trip.redirected else _validator(answer, "ETag"),
        last_modified=None if trip.redirected else _validator(answer, "Last-Modified"),
        body_hash=answer.body_hash,
        max_age=None if trip.redirected else max_age(answer.headers),
        moved_to=str(trip.url) if trip.redirected and trip.permanent else None,
    )


def _validator(answer: Answer, name: str) -> str | None:
    # Given back byte for byte, or not at all: it must fit a header and a column.
    value = answer.headers.get(name, "")
    fits = len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()
    return value if value and fits else None
