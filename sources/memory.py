"""What a feed has shown before: entries that stand in it unchanged need not be parsed again.

An entry is known again by the fingerprint of its markup. That is cheap, and it never mistakes an
edited entry for an old one; what is the same article all the same, `domain.identity` tells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

import msgspec

from domain.identity import short_keys
from sources.page import Earlier

_LENGTH = 8  # bytes: a mistaken one in 2**64 / 2,000


class _Mark(msgspec.Struct, frozen=True, array_like=True):
    fingerprint: bytes
    published: int | None
    keys: tuple[str, ...]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[_Mark, ...]).decode


@dataclass(frozen=True, slots=True)
class Slice:
    """Where an entry stands in the markup, and its fingerprint."""

    start: int
    end: int
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Unread:
    """A feed's markup without the entries that are known, and what is known of those."""

    whole: str
    slices: tuple[Slice, ...]
    """Of the entries that are left, in their order."""
    known: tuple[Slice, ...] = ()
    """Of those that are not."""
    marks: tuple[_Mark, ...] = ()
    gone: bool = False
    """Whether there are known entries that stand in it no longer."""

    @property
    def text(self) -> str:
        """The markup that is left."""
        return _without(self.whole, self.known)

    def only(self, slices: Sequence[Slice]) -> str:
        """Return the markup with no other entries than these."""
        kept = {one.start for one in slices}
        others = [one for one in (*self.known, *self.slices) if one.start not in kept]
        return _without(self.whole, sorted(others, key=lambda one: one.start))

    @property
    def earlier(self) -> tuple[Earlier, ...]:
        """What the entries that were left out said of themselves."""
        return tuple(Earlier(published=_moment(m.published), keys=m.keys) for m in self.marks)


def unread(text: str, spans: Sequence[tuple[int, int]], context: str, memory: bytes) -> Unread:
    """Take the entries that `memory` knows out of a feed's markup.

    `spans`: where the entries are. `context`: what else their meaning depends on, such as the
    feed's first tag and the zone of its dates; where it changes, every entry is a new one.
    """
    known = {mark.fingerprint: mark for mark in _decode(memory)} if memory else {}
    slices = [Slice(start, end, _fingerprint(context, text[start:end])) for start, end in spans]
    marks = tuple(known[one.fingerprint] for one in slices if one.fingerprint in known)
    return Unread(
        whole=text,
        known=tuple(one for one in slices if one.fingerprint in known),
        slices=tuple(one for one in slices if one.fingerprint not in known),
        marks=marks,
        gone=len(marks) < len(known),
    )


def remembered(feed: Unread, entries: Sequence[Earlier | None]) -> bytes | None:
    """Return the memory for the next time; `entries`: what each that was parsed says of itself.

    Nothing is remembered where it is not clear which markup an entry comes from; None says that
    the memory is what it was.
    """
    if not feed.slices and not feed.gone and not entries:
        return None
    if len(entries) != len(feed.slices):
        return b""
    new = (
        _Mark(one.fingerprint, _seconds(said.published), said.keys)
        for one, said in zip(feed.slices, entries, strict=True)
        if said is not None
    )
    return _encode((*new, *feed.marks))


def said(guid: str, url: str, published: datetime | None) -> Earlier:
    """Return what an entry says of itself, as far as it is remembered."""
    return Earlier(published=published, keys=short_keys(guid, url))


def _without(text: str, slices: Iterable[Slice]) -> str:
    pieces, at = [], 0
    for one in slices:
        # What is damaged is named by its line: the lines stay.
        pieces += [text[at : one.start], "\n" * text.count("\n", one.start, one.end)]
        at = one.end
    return "".join([*pieces, text[at:]])


def _fingerprint(context: str, markup: str) -> bytes:
    words = f"{context}\n{markup}".encode()
    return blake2b(words, digest_size=_LENGTH).digest()


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
