"""A line on stderr that shows how far long work has got."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


def bar() -> Progress:
    """Return a bar; in a log file it is one line, at the end."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


@contextmanager
def watching(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show, to somebody who looks, how much is done of how much; until that is known, that it goes.

    In a log file there is nothing of it: what is said at the end is enough there.
    """
    shown = bar()
    shown.disable = not shown.console.is_terminal
    with shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


@contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar from the first step on; what fails before that leaves none behind."""
    shown = bar()
    task = shown.add_task(what, total=total)

    def advance(steps: int) -> None:
        if not shown.live.is_started:
            shown.start()
        shown.advance(task, steps)

    try:
        yield advance
    finally:
        if shown.live.is_started:
            shown.stop()
