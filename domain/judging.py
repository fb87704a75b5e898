"""How close an article is to a topic, and which words say so."""

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from domain.gazetteer import Name, names
from domain.relevance import Band, Reason, Relevance
from domain.text.fold import fold
from domain.topics import Topic, topic

_MOST_REASONS = 8
_SENTENCE = re.compile(r"[^。!?\n]+?(?:[。!?\n]|[.](?=\s)|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One thing that counts, where it first stands, and how often."""

    group: str
    quote: tuple[int, int]
    field: str
    weight: float


def judge(text: str, title: str, topic_id: str) -> Relevance:
    """Return the judgement on a canonical text and title for one topic."""
    subject = topic(topic_id)
    fields = {"title": fold(title), "text": fold(text)}
    signals = list(_signals(fields, subject))
    score = _score(fields, signals)
    return Relevance(
        topic=topic_id,
        band=_band(score, subject),
        score=score,
        reasons=_reasons(signals, {"title": title, "text": text}),
    )


def _band(score: float, subject: Topic) -> Band:
    return "core" if score >= subject.core else "adjacent" if score >= subject.adjacent else "off"


def _signals(fields: dict[str, str], subject: Topic) -> Iterator[Signal]:
    for field, folded in fields.items():
        boost = 2.0 if field == "title" else 1.0
        seen: Counter[str] = Counter()
        for name in names(folded):
            group, weight = _worth(name, subject)
            if weight:
                seen[name.entry.id] += 1
                yield Signal(
                    group=group,
                    quote=(name.start, name.end),
                    field=field,
                    weight=_again(weight * boost, seen[name.entry.id]),
                )
        for match in _words(subject.id).finditer(folded):
            word = match.group().lower()
            seen[word] += 1
            weight = subject.words.get(match.group(), subject.words.get(word, 1.0))
            yield Signal(
                group="subject",
                quote=match.span(),
                field=field,
                weight=_again(weight * boost, seen[word]),
            )


def _again(weight: float, times: int) -> float:
    """The tenth mention says less than the first."""
    return weight / times


def _worth(name: Name, subject: Topic) -> tuple[str, float]:
    if name.entry.id in subject.zones:
        return "zone", subject.zones[name.entry.id]
    if name.entry.id in subject.places:
        return "place", subject.places[name.entry.id]
    if name.entry.within in subject.places:
        return "place", 1.5
    if name.entry.id in subject.rivals:
        return "rival", 1.0
    return "", 0.0


@cache
def _words(topic_id: str) -> re.Pattern[str]:
    words = sorted(topic(topic_id).words, key=lambda word: (-len(word), word))
    return re.compile("|".join(_word(word) for word in words), re.IGNORECASE)


def _word(word: str) -> str:
    """An English word ends where its letters end; AI is only AI in capitals."""
    if not word.isascii():
        return re.escape(word)
    letters = rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])"
    return rf"(?-i:{letters})" if word.isupper() else letters


def _score(fields: dict[str, str], signals: list[Signal]) -> float:
    """Place, subject and zone each saturate; they have to meet in the same sentences.

    Other cities' prominence takes away from it, most of all in the title.
    """
    sums: dict[str, float] = defaultdict(float)
    for signal in signals:
        sums[signal.group] += signal.weight
    own = sums["place"] + 0.7 * sums["zone"]
    if not own or not (sums["subject"] + sums["zone"]):
        return 0.0
    place = 1 - math.exp(-own / 4)
    about = 1 - math.exp(-(sums["subject"] + 0.6 * sums["zone"]) / 5)
    zone = 1 - math.exp(-sums["zone"] / 4)
    share = own / (own + sums["rival"])
    score = place * about * (0.6 + 0.4 * zone) * (0.35 + 0.65 * _together(fields["text"], signals))
    score *= min(1.0, 0.2 + 1.1 * share) * _title_penalty(signals)
    return round(min(1.0, 1.15 * score), 2)


def _together(text: str, signals: list[Signal]) -> float:
    """How far place and subject stand in the same sentences: 0 never, 1 in three or more."""
    where: dict[str, set[int]] = {"place": set(), "subject": set(), "zone": set()}
    starts = [match.start() for match in _SENTENCE.finditer(text)]
    for signal in signals:
        if signal.field == "text" and signal.group in where:
            where[signal.group].add(bisect_right(starts, signal.quote[0]))
    both = (where["place"] | where["zone"]) & (where["subject"] | where["zone"])
    titled = {signal.group for signal in signals if signal.field == "title"}
    bonus = 1 if titled & {"place", "zone"} and titled & {"subject", "zone"} else 0
    return min(1.0, (len(both) + bonus) / 3)


def _title_penalty(signals: list[Signal]) -> float:
    titled = {signal.group for signal in signals if signal.field == "title"}
    return 0.4 if "rival" in titled and not titled & {"place", "zone"} else 1.0


def _reasons(signals: Iterable[Signal], given: dict[str, str]) -> tuple[Reason, ...]:
    """The strongest signals with their words, the strongest first."""
    ordered = sorted(signals, key=lambda one: (-one.weight, one.field, one.quote))
    return tuple(
        Reason(
            signal=one.group,
            quote=given[one.field][slice(*one.quote)],
            start=one.quote[0],
            end=one.quote[1],
            weight=round(-one.weight if one.group == "rival" else one.weight, 2),
            field="title" if one.field == "title" else "text",
        )
        for one in ordered[:_MOST_REASONS]
    )
