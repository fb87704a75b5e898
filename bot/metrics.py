"""Figures for Prometheus: numbers only, never words of anybody.

What they are is said here; how they are written is the client library's business.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from bot.process import cpu_seconds, open_descriptors, resident_bytes
from bot.timing import Timing
from db.engine import Database
from db.standing import Standing, standing

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


@dataclass(frozen=True, slots=True)
class Collected:
    """Figures as they are at one moment, where the library looks for them."""

    metrics: Iterable[Metric]

    def collect(self) -> Iterable[Metric]:
        """Return them."""
        return self.metrics


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
        metrics = (*_of_database(found), *self._of_process(), *_of_machine(), self._answers())
        return generate_latest(Collected(metrics)).decode()

    def _of_process(self) -> Iterator[Metric]:
        database = self.database
        yield _gauges("build_info", "The version that runs.", {self.version: 1}, "version")
        yield _counter(
            "database_wait_seconds", "Seconds that writers waited for their turn.", database.waited
        )
        yield _counter(
            "database_refused", "Units of work that the database could not do.", database.refused
        )
        yield _counter("parse_kills", "Parse workers that had to be killed.", self.parse_kills())
        yield _counters(
            "sends", "Messages handed to Telegram, by what came of it.", self.sends(), "result"
        )
        yield _counter(
            "told_to_wait_seconds",
            "Seconds of waiting that Telegram asked for (429).",
            self.told_to_wait(),
        )
        yield _gauge(
            "loop_lag_seconds", "The event loop's worst delay since the last look.", self.loop_lag()
        )

    def _answers(self) -> Metric:
        what = "Seconds from an update's arrival to its answer."
        buckets = list(self.answers.up_to().items())
        return HistogramMetricFamily(
            "pilotwatch_answer_seconds", what, buckets=buckets, sum_value=self.answers.total
        )


def _of_database(found: Standing) -> Iterator[Metric]:
    yield _gauge("poll_lag_seconds", "How long a source has been due.", found.poll_lag)
    yield _gauge("sources_failing", "Sources that could not be read.", found.failing)
    yield _gauge("articles_unread", "Articles that could not be judged.", found.unread)
    yield _gauge("outbox_age_seconds", "How long a message has waited.", found.outbox_age)
    yield _gauges("outbox_messages", "Messages in the outbox.", found.deliveries, "state")
    yield _gauges("sources", "Sources that are watched.", found.sources, "state")
    yield _gauges("chats", "Chats that are known.", found.chats, "state")
    yield _gauges("quarantine", "What was set aside.", found.quarantine, "what")
    yield _gauge("unindexed_articles", "Articles not yet found by /search.", found.unindexed)
    yield _gauge("faults", "Different bugs of the last 90 days.", found.faults)
    yield _gauge("possible_repeats", "Messages that may be twice there.", found.repeats)


def _of_machine() -> Iterator[Metric]:
    yield _gauge("resident_bytes", "Memory of the bot's own process.", resident_bytes())
    yield _gauge("open_descriptors", "Open files and connections.", open_descriptors())
    yield _counter("cpu_seconds", "Processor time.", cpu_seconds())


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(f"pilotwatch_{name}", what, value)


def _gauges(name: str, what: str, values: Mapping[str, float], label: str) -> Metric:
    return _labelled(GaugeMetricFamily(f"pilotwatch_{name}", what, labels=[label]), values)


def _counter(name: str, what: str, value: float) -> Metric:
    """Return a figure that only grows; `_total` is added to its name."""
    return CounterMetricFamily(f"pilotwatch_{name}", what, value)


def _counters(name: str, what: str, values: Mapping[str, float], label: str) -> Metric:
    return _labelled(CounterMetricFamily(f"pilotwatch_{name}", what, labels=[label]), values)


def _labelled(
    metric: GaugeMetricFamily | CounterMetricFamily, values: Mapping[str, float]
) -> Metric:
    for value, number in values.items():
        metric.add_metric([value], number)
    return metric
