"""Undoing transfer compression while it streams, never past the bound."""

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zlib import _Decompress

_PIECE = 64 * 1024  # bytes inflated at a time: what one call can cost before the bound is asked
_MEMBERS = 1000  # a gzip file may be many; more than this is an attack on the loop


class TooLarge(Exception):
    """More than the bound came, or came out."""


class Undecodable(Exception):
    """The compression is broken, unknown, or several in a row."""


class Inflater:
    """Takes what arrives, gives what it means; both are counted against `largest` bytes."""

    def __init__(self, encoding: str, largest: int) -> None:
        self._encoding = encoding.strip().lower()
        if self._encoding not in _KNOWN:
            raise Undecodable(self._encoding)
        self._largest = largest
        self._received = 0
        self._given = 0
        self._members = 0
        self._stream: _Decompress | None = None
        self._ended = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what this chunk adds.

        Raises:
            TooLarge: The bound is passed, before or after inflating.
            Undecodable: This is not the compression that was announced.
        """
        self._received += len(chunk)
        if self._received > self._largest:
            raise TooLarge
        if self._encoding in _PLAIN:
            yield chunk
            return
        for piece in self._inflate(chunk):
            self._given += len(piece)
            if self._given > self._largest:
                raise TooLarge
            yield piece

    @property
    def complete(self) -> bool:
        """Whether the compressed stream has come to its proper end."""
        return self._encoding in _PLAIN or self._ended or self._received == 0

    def _inflate(self, chunk: bytes) -> Iterator[bytes]:
        full = False  # a full piece may have left more behind than the input shows
        while (chunk or full) and not self._ended:
            stream = self._stream or self._open(chunk)
            try:
                piece = stream.decompress(chunk, _PIECE)
            except zlib.error as error:
                raise Undecodable(self._encoding) from error
            yield piece
            chunk, full = stream.unconsumed_tail, len(piece) == _PIECE and not stream.eof
            if stream.eof:
                chunk = self._next_member(stream.unused_data)

    def _open(self, chunk: bytes) -> "_Decompress":
        self._members += 1
        if self._members > _MEMBERS:
            raise Undecodable(self._encoding)
        self._stream = zlib.decompressobj(_window(self._encoding, chunk))
        return self._stream

    def _next_member(self, rest: bytes) -> bytes:
        self._stream = None
        # Whatever follows the last member is padding, as every browser takes it.
        self._ended = not rest.startswith(b"\x1f\x8b")
        return rest


_PLAIN = frozenset({"", "identity"})
_KNOWN = _PLAIN | {"gzip", "x-gzip", "deflate"}


def _window(encoding: str, chunk: bytes) -> int:
    if encoding != "deflate":
        return 16 + zlib.MAX_WBITS
    # "deflate" is zlib by the standard and raw deflate from some servers: its first byte tells.
    return zlib.MAX_WBITS if chunk[0] & 0x0F == 8 else -zlib.MAX_WBITS
