"""A file takes its name only when it is whole, and can be read by this user only."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """Give a name in the same folder that is nobody else's, and tidy up what stays under it."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    os.close(handle)  # made with rights for this user only
    partial = Path(name)
    try:
        yield partial
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()
