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
