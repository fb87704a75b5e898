"""Figures for Prometheus: numbers only, never words of anybody.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from db.engine import Database
from db.standing import Standing, standing

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure, or one for each value of a label."""

    name: str
    help: str
    values: Mapping[str, float]
    """By the label's value; "" where there is no label."""
    label: str = ""
    kind: Literal["gauge", "counter"] = "gauge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """What this process knows of itself."""

    database: Database
    clock: Callable[[], datetime]
    parse_kills: Callable[[], int] = lambda: 0
    sends: Callable[[], Mapping[str, int]] = field(default=dict)
    told_to_wait: Callable[[], float] = lambda: 0.0
    loop_lag: Callable[[], float] = lambda: 0.0

    async def text(self) -> str:
        """Return all figures as Prometheus reads them.

        Raises:
            DatabaseUnavailable: Half of them cannot be had.
        """
        async with self.database.read() as session:
            found = await standing(session, self.clock())
        metrics = (*_of_database(found), *self._of_process())
        return "".join(line for metric in metrics for line in _lines(metric))

    def _of_process(self) -> Iterator[Metric]:
        yield Metric(
            "parse_kills_total", "Parse workers that had to be killed.",
            {"": self.parse_kills()}, kind="counter",
        )  # fmt: skip
        yield Metric(
            "sends_total", "Messages handed to Telegram, by what came of it.",
            self.sends(), "result", "counter",
        )  # fmt: skip
        yield Metric(
            "told_to_wait_seconds_total", "Seconds of waiting that Telegram asked for (429).",
            {"": self.told_to_wait()}, kind="counter",
        )  # fmt: skip
        yield Metric(
            "loop_lag_seconds", "The event loop's worst delay since the last look.",
            {"": self.loop_lag()},
        )  # fmt: skip


def _of_database(found: Standing) -> Iterator[Metric]:
    yield Metric("poll_lag_seconds", "How long a source has been due.", {"": found.poll_lag})
    yield Metric("sources_failing", "Sources that could not be read.", {"": found.failing})
    yield Metric("articles_unread", "Articles that could not be judged.", {"": found.unread})
    yield Metric("outbox_age_seconds", "How long a message has waited.", {"": found.outbox_age})
    yield Metric("outbox_messages", "Messages in the outbox.", found.deliveries, "state")
    yield Metric("possible_repeats", "Messages that may be twice there.", {"": found.repeats})


def _lines(metric: Metric) -> Iterator[str]:
    name = f"pilotwatch_{metric.name}"
    yield f"# HELP {name} {metric.help}\n"
    yield f"# TYPE {name} {metric.kind}\n"
    for value, number in metric.values.items():
        label = f'{{{metric.label}="{value}"}}' if metric.label else ""
        yield f"{name}{label} {number:g}\n"
