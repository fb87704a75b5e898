"""What is being worked on, for the log: every line of it says so, however deep it comes from."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_CONCERNED: ContextVar[Mapping[str, int | str]] = ContextVar("concerned", default={})  # noqa: B039 - never changed in place


@contextmanager
def concerning(**ids: int | str) -> Iterator[None]:
    """Say by number what the block is about: `source`, `delivery`, `update`, `chat`, `job`.

    Numbers only, and names of our own: the log holds no words of anybody.
    """
    before = _CONCERNED.set({**_CONCERNED.get(), **ids})
    try:
        yield
    finally:
        _CONCERNED.reset(before)


def concerned() -> Mapping[str, int | str]:
    """Return what is being worked on here."""
    return _CONCERNED.get()
