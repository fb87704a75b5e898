"""How long things take: counted into a few classes, as Prometheus' histograms are."""

import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import accumulate

BOUNDS = (0.05, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Seconds; 0.3 is what people do not notice, 1 what is promised under load."""


class Timing:
    """Counts durations in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts = [0] * (len(BOUNDS) + 1)
        self.total = 0.0

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Count how long the block takes, however it ends."""
        began = self._clock()
        try:
            yield
        finally:
            self.note(self._clock() - began)

    def note(self, seconds: float) -> None:
        """Count a duration."""
        self._counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds

    @property
    def count(self) -> int:
        """How many there were."""
        return sum(self._counts)

    def up_to(self) -> dict[str, int]:
        """Return how many took at most so many seconds, by the bound."""
        bounds = (*(f"{bound:g}" for bound in BOUNDS), "+Inf")
        return dict(zip(bounds, accumulate(self._counts), strict=True))
