"""Files that were sent: kept in memory, within bounds."""

import hashlib
import mimetypes
from collections import OrderedDict
from dataclasses import dataclass, field

from sandbox.refusal import bad_request
from sandbox.values import Json

LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024
MOST_BYTES = 200 * 1024 * 1024
"""Of all files together; the oldest go first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file and the names that it goes by."""

    id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    content: bytes
    size: tuple[int, int] | None = None
    """Width and height of a picture."""

    def document(self) -> Json:
        """The Bot API's Document."""
        return {
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }

    def photo(self) -> list[Json]:
        """The Bot API's list of PhotoSize: here always one."""
        width, height = self.size or (0, 0)
        return [
            {
                "file_id": self.id,
                "file_unique_id": self.unique_id,
                "file_size": len(self.content),
                "width": width,
                "height": height,
            }
        ]


@dataclass(slots=True)
class Files:
    """All files, by id."""

    kept: OrderedDict[str, StoredFile] = field(default_factory=OrderedDict)
    made: int = 0

    def add(self, name: str, mime_type: str, content: bytes) -> StoredFile:
        """Keeps a document.

        Raises:
            Refusal: it is empty.
        """
        if not content:
            raise bad_request("file must be non-empty")
        mime_type = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._keep("document", name, mime_type, content, None)

    def add_photo(self, name: str, content: bytes) -> StoredFile:
        """Keeps a picture.

        Raises:
            Refusal: it is no picture, too big, or of a shape that Telegram does not take.
        """
        if len(content) > LARGEST_PHOTO:
            raise bad_request("file is too big")
        measured = measure(content)
        if measured is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        kind, (width, height) = measured
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return self._keep("photo", name, f"image/{kind}", content, (width, height))

    def _keep(
        self, kind: str, name: str, mime_type: str, content: bytes, size: tuple[int, int] | None
    ) -> StoredFile:
        self.made += 1
        digest = hashlib.sha256(content).hexdigest()[:20]
        suffix = name[name.rfind(".") :] if "." in name else ""
        stored = StoredFile(
            id=f"{kind}-{self.made}-{digest}",
            unique_id=digest,
            path=f"{kind}s/file_{self.made}{suffix}",
            name=name,
            mime_type=mime_type,
            content=content,
            size=size,
        )
        self.kept[stored.id] = stored
        self._stay_within_bounds()
        return stored

    def _stay_within_bounds(self) -> None:
        total = sum(len(stored.content) for stored in self.kept.values())
        while total > MOST_BYTES:
            _, oldest = self.kept.popitem(last=False)
            total -= len(oldest.content)

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file of that id, or None."""
        return self.kept.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file under that download path, or None."""
        return next((stored for stored in self.kept.values() if stored.path == path), None)

    def clear(self) -> None:
        """Forgets all files."""
        self.kept.clear()


def measure(content: bytes) -> tuple[str, tuple[int, int]] | None:
    """A picture's kind and its width and height in pixels, or None if it is no picture."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 33:
        size = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
        return ("png", size) if all(size) else None
    if content.startswith((b"GIF87a", b"GIF89a")) and len(content) >= 13:
        size = int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
        return ("gif", size) if all(size) else None
    if content.startswith(b"\xff\xd8\xff"):
        return _measure_jpeg(content)
    return None


def _measure_jpeg(content: bytes) -> tuple[str, tuple[int, int]] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        # A frame header (SOF0 to SOF15 without DHT, JPG and DAC) holds height, then width.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = (int.from_bytes(content[at + n : at + n + 2]) for n in (5, 7))
            return ("jpeg", (width, height)) if width and height else None
        at += 2 + length
    return None
