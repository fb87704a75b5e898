"""The topic that an article belongs to most, and so the band of its story."""

from domain.reading import Reading
from domain.relevance import Band, Relevance

RANK: dict[Band, int] = {"off": 0, "adjacent": 1, "core": 2}


def nearest(reading: Reading) -> Relevance | None:
    """Return the judgement for the topic it is closest to; None where it is off every topic."""
    on_topic = [judgement for judgement in reading.relevance if judgement.band != "off"]
    return max(
        on_topic, key=lambda judgement: (RANK[judgement.band], judgement.score), default=None
    )


def band(reading: Reading) -> Band:
    """Return the best band over all topics."""
    judgement = nearest(reading)
    return judgement.band if judgement else "off"
