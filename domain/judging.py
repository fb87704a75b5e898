"""How close an article is to a topic, and which words say so.

Two questions, each a weighted sum of traits put through the logistic curve. Does it touch the topic
at all? And is it the topic's own, or a neighbour's, a province's, a single company's? The weights
were fitted to the labelled articles and the odd cases of `tests/corpus/relevance.jsonl`
(docs/quality.md); they hold for every topic, since a topic only says which words mean what.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest

from domain.facts.fact import Field
from domain.relevance import Band, Reason, Relevance
from domain.signals import Group, Signal, is_possible
from domain.text.fold import fold
from domain.topics import Topic, topic
from domain.traits import Evidence, evidence, traits

_MOST_REASONS = 8
_AGAINST: frozenset[Group] = frozenset({"rival", "above", "colour", "company"})

_TOUCHES = {
    "place": 0.76,
    "subject": 0.60,
    "zone": 0.55,
    "direct": 1.27,
    "own": 1.04,
    "title_place": 0.96,
    "title_subject": 0.58,
    "title_rival": -3.26,
    "head_place": 1.18,
    "policy": 0.73,
    "colour": -2.79,
    "first_above": 1.43,
    "first_rival": -1.25,
    "lead_rival": -0.52,
}
_TOUCHES_BASE = -3.9

_IS_OWN = {
    "direct": 1.20,
    "zone": 0.10,
    "title_both": 0.73,
    "title_subject": 1.37,
    "rival_share": -2.43,
    "above_share": -2.55,
    "first_above": -0.97,
    "first_rival": -2.90,
    "lead_place": 0.45,
    "title_company": -1.52,
    "own": 0.47,
    "lead_rival": -1.31,
}
_IS_OWN_BASE = -0.27


def judge(text: str, title: str, topic_id: str) -> Relevance:
    """Return the judgement on a canonical text and title for one topic."""
    subject = topic(topic_id)
    if not is_possible(text, title, topic_id):
        return Relevance(topic=topic_id, band="off", score=0.0, reasons=())
    folded_title, folded = fold(title), fold(text)
    found = evidence(folded_title, folded, topic_id)
    score = _score(traits(folded, found))
    return Relevance(
        topic=topic_id,
        band=_band(score, subject),
        score=score,
        reasons=_reasons(found, title, text),
    )


def _band(score: float, subject: Topic) -> Band:
    return "core" if score >= subject.core else "adjacent" if score >= subject.adjacent else "off"


def _score(given: Mapping[str, float] | None) -> float:
    """From 0 to 1: below a half it is another story, above three quarters the topic's own."""
    if given is None:
        return 0.0
    touches = _logistic(_TOUCHES_BASE, _TOUCHES, given)
    if touches < 0.5:
        return math.floor(100 * touches) / 100
    return math.floor(50 + 50 * _logistic(_IS_OWN_BASE, _IS_OWN, given)) / 100


def _logistic(base: float, weights: Mapping[str, float], given: Mapping[str, float]) -> float:
    total = base + sum(weight * given[name] for name, weight in weights.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _reasons(found: Evidence, title: str, text: str) -> tuple[Reason, ...]:
    """The strongest signals with their words, the strongest first.

    What stands in the title counts twice, what is repeated less each time.
    """
    weighed = [*_weighed(found.title, _TITLED, "title"), *_weighed(found.text, 1.0, "text")]
    return tuple(
        Reason(
            signal=one.group,
            quote=(title if field == "title" else text)[one.start : one.end],
            start=one.start,
            end=one.end,
            weight=round(weight if one.group in _AGAINST else -weight, 2),
            field=field,
        )
        for weight, field, _, one in nsmallest(_MOST_REASONS, weighed)
    )


_TITLED = 2.0


def _weighed(
    signals: Iterable[Signal], worth: float, field: Field
) -> Iterator[tuple[float, Field, int, Signal]]:
    """Signals as they are ordered: the heaviest first, and so with a negative weight."""
    seen: Counter[str] = Counter()
    for one in signals:
        key = one.key
        seen[key] += 1
        yield -worth * one.weight / seen[key], field, one.start, one
