"""Buttons that turn the pages of a list in its place."""

from collections.abc import Callable

from domain.message import Button


def turning(
    data: Callable[[int], str | None], offset: int, page: int, count: int | None
) -> tuple[Button, ...]:
    """Offer the page before and the one after, each by the numbers that stand on it.

    `data` gives the callback data of the page that begins with a place, None where that takes too
    much. `count` is how many there are, None where only that there are more is known.
    """
    before, after = max(0, offset - page), offset + page
    row = []
    if offset > 0 and (back := data(before)):
        row.append(Button(text=f"‹ {before + 1}–{offset}", data=back))
    if (count is None or after < count) and (further := data(after)):
        last = "…" if count is None else f"–{min(count, after + page)}"
        row.append(Button(text=f"{after + 1}{last} ›", data=further))
    return tuple(row)
