"""How close an article is to a topic, and which words say so.

Two questions, each a weighted sum of traits put through the logistic curve. Does it touch the topic
at all? And is it the topic's own, or a neighbour's, a province's, a single company's? The weights
are those that `python -m bench relevance --fit` finds on the labelled articles (docs/quality.md);
they hold for every topic, since a topic only says which words mean what.
"""

import math
from collections.abc import Iterable, Iterator, Mapping

from domain.evidence import Evidence, evidence, own_text
from domain.facts.fact import Field
from domain.relevance import Band, Reason, Relevance
from domain.signals import Group, Signal, is_possible
from domain.text.fold import fold
from domain.topics import Topic, topic
from domain.traits import traits

_MOST_REASONS = 8
_AGAINST: frozenset[Group] = frozenset({"rival", "above", "colour", "company"})

TOUCHES = {
    "place": 1.00,
    "zone": 0.91,
    "own": 1.30,
    "met": 1.49,
    "title_place": 0.75,
    "title_rival": -0.83,
    "title_colour": -1.54,
    "head_place": 0.99,
    "policy": 0.27,
    "act": 0.36,
    "colour_share": -1.46,
    "colour_over": -1.94,
    "first_above": 0.95,
    "first_rival": -0.92,
    "subject_late": -0.40,
    "place_late": -0.72,
}
TOUCHES_BASE = -2.55

IS_OWN = {
    "title_both": 0.77,
    "title_subject": 0.11,
    "title_above": -1.16,
    "title_shared": -0.49,
    "title_company": -1.36,
    "title_act": 0.71,
    "rival_share": -1.18,
    "above_share": -1.34,
    "company_share": -0.70,
    "first_above": -1.54,
    "first_rival": -1.74,
    "lead_place": 0.70,
    "lead_rival": -0.19,
    "listed": -1.21,
    "subject_late": -1.01,
    "starts_subject": 1.01,
    "about": 1.22,
}
IS_OWN_BASE = -1.91


def judge(text: str, title: str, topic_id: str) -> Relevance:
    """Return the judgement on a canonical text and title for one topic."""
    subject = topic(topic_id)
    if not is_possible(text, title, topic_id):
        return Relevance(topic=topic_id, band="off", score=0.0, reasons=())
    folded_title, folded = fold(title), fold(text)
    found = evidence(folded_title, folded, topic_id)
    score = _score(traits(*own_text(folded, found)))
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
    touches = _logistic(TOUCHES_BASE, TOUCHES, given)
    if touches < 0.5:
        return math.floor(100 * touches) / 100
    return math.floor(50 + 50 * _logistic(IS_OWN_BASE, IS_OWN, given)) / 100


def _logistic(base: float, weights: Mapping[str, float], given: Mapping[str, float]) -> float:
    total = base + sum(weight * given[name] for name, weight in weights.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _reasons(found: Evidence, title: str, text: str) -> tuple[Reason, ...]:
    """The strongest signals with their words, the strongest first.

    What stands in the title counts twice, what is repeated less each time.
    """
    weighed = [*_weighed(found.title, _TITLED, "title"), *_weighed(found.text, 1.0, "text")]
    weighed.sort()
    return tuple(
        Reason(
            signal=group,
            quote=(title if field == "title" else text)[start:end],
            start=start,
            end=end,
            weight=round(weight if group in _AGAINST else -weight, 2),
            field=field,
        )
        for weight, field, start, end, group in weighed[:_MOST_REASONS]
    )


_TITLED = 2.0


def _weighed(
    signals: Iterable[Signal], worth: float, field: Field
) -> Iterator[tuple[float, Field, int, int, Group]]:
    """Signals as they are ordered: the heaviest first, and so with a negative weight."""
    seen: dict[str, int] = {}
    for start, end, group, weight, key in signals:
        seen[key] = times = seen.get(key, 0) + 1
        yield -worth * weight / times, field, start, end, group
