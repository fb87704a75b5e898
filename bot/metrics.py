"""Figures for Prometheus: numbers only, never words of anybody.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.process import cpu_seconds, open_descriptors, resident_bytes
from bot.timing import Timing
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
    answers: Timing = field(default_factory=Timing)
    version: str = ""

    async def text(self) -> str:
        """Return all figures as Prometheus reads them.

        Raises:
            DatabaseUnavailable: Half of them cannot be had.
        """
        async with self.database.read() as session:
            found = await standing(session, self.clock())
        metrics = (*_of_database(found), *self._of_process(), *_of_machine())
        plain = "".join(line for metric in metrics for line in _lines(metric))
        return plain + "".join(_histogram("answer_seconds", _ANSWERS, self.answers))

    def _of_process(self) -> Iterator[Metric]:
        yield Metric("build_info", "The version that runs.", {self.version: 1}, "version")
        yield Metric(
            "database_wait_seconds_total", "Seconds that writers waited for their turn.",
            {"": self.database.waited}, kind="counter",
        )  # fmt: skip
        yield Metric(
            "database_refused_total", "Units of work that the database could not do.",
            {"": self.database.refused}, kind="counter",
        )  # fmt: skip
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
    yield Metric("sources", "Sources that are watched.", found.sources, "state")
    yield Metric("chats", "Chats that are known.", found.chats, "state")
    yield Metric("quarantine", "What was set aside.", found.quarantine, "what")
    yield Metric("unindexed_articles", "Articles not yet found by /search.", {"": found.unindexed})
    yield Metric("faults", "Different bugs of the last 90 days.", {"": found.faults})
    yield Metric("possible_repeats", "Messages that may be twice there.", {"": found.repeats})


def _of_machine() -> Iterator[Metric]:
    yield Metric("resident_bytes", "Memory of the bot's own process.", {"": resident_bytes()})
    yield Metric("open_descriptors", "Open files and connections.", {"": open_descriptors()})
    yield Metric("cpu_seconds_total", "Processor time.", {"": cpu_seconds()}, kind="counter")


_ANSWERS = "Seconds from an update's arrival to its answer."


def _histogram(name: str, what: str, timing: Timing) -> Iterator[str]:
    name = f"pilotwatch_{name}"
    yield f"# HELP {name} {what}\n# TYPE {name} histogram\n"
    for bound, number in timing.up_to().items():
        yield f'{name}_bucket{{le="{bound}"}} {number}\n'
    yield f"{name}_sum {timing.total:g}\n{name}_count {timing.count}\n"


def _lines(metric: Metric) -> Iterator[str]:
    name = f"pilotwatch_{metric.name}"
    yield f"# HELP {name} {metric.help}\n"
    yield f"# TYPE {name} {metric.kind}\n"
    for value, number in metric.values.items():
        label = f'{{{metric.label}="{value}"}}' if metric.label else ""
        yield f"{name}{label} {number:g}\n"
