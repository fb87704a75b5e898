"""What makes an article more or less a topic's: numbers taken from its signals."""

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from domain.evidence import SENTENCE_END, Evidence
from domain.signals import OURS, REGIONS, Group, Signal

_ABOUT: frozenset[Group] = frozenset({"subject", "zone"})
_MEETING: frozenset[Group] = REGIONS | _ABOUT


class _Extent(NamedTuple):
    """Characters in which a story says something, by language."""

    start: int
    """What it is about."""
    lead: int
    """Whose it is."""
    head: int


_EXTENT = {"zh": _Extent(40, 100, 150), "en": _Extent(88, 220, 300)}
_LATIN = re.compile(r"[\x00-\u024f\u2000-\u206f\s]*\Z")


def traits(text: str, given: Evidence) -> dict[str, float] | None:
    """Return the numbers by name; None where place or subject is not there at all.

    All lie between 0 and about 4; `domain.judging` says what each of them weighs.
    """
    sums, counts = _sums((*given.text, *given.title))
    if not (counts["place"] + counts["zone"]) or not (sums["subject"] + sums["zone"]):
        return None
    extent = _EXTENT["en" if _LATIN.match(text[:80]) else "zh"]
    return {
        "place": math.log1p(sums["place"]),
        "zone": math.log1p(sums["zone"]),
        **_kind(counts),
        **_titled(given.title),
        **_led(given, extent),
        **_late(given, len(text), extent),
        **_together(text, given, counts["colour"]),
        "listed": _listed(given.text, text),
    }


def _sums(found: Iterable[Signal]) -> tuple[dict[str, float], dict[str, int]]:
    """The tenth mention of one thing says less than its first."""
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    seen: dict[str, int] = defaultdict(int)
    for _, _, group, weight, key in found:
        seen[key] = times = seen[key] + 1
        sums[group] += weight / times
        counts[group] += 1
    return sums, counts


def _kind(counts: Mapping[str, int]) -> dict[str, float]:
    """Policy, industry, everyday life, one company's affairs; and whose the regions are."""
    own = counts["place"] + counts["zone"] + 0.5
    act, colour, company = counts["act"], counts["colour"], counts["company"]
    return {
        "policy": math.log1p(counts["policy"]),
        "act": math.log1p(act),
        "colour_share": colour / (colour + counts["policy"] + act + 2),
        "company_share": company / (company + act + 2),
        "rival_share": counts["rival"] / (counts["rival"] + own),
        "above_share": counts["above"] / (counts["above"] + own),
    }


def _titled(title: Sequence[Signal]) -> dict[str, float]:
    groups = {one.group for one in title}
    place, subject = bool(groups & OURS), bool(groups & _ABOUT)
    return {
        "title_place": float(place),
        "title_subject": float(subject),
        "title_both": float(place and subject),
        "title_rival": float("rival" in groups and not place),
        "title_shared": float("rival" in groups and place),
        "title_above": float("above" in groups),
        "title_company": float("company" in groups),
        "title_act": float("act" in groups),
        "title_colour": float("colour" in groups),
    }


def _led(given: Evidence, extent: _Extent) -> dict[str, float]:
    """Whose story it is: the region that is named first, in the title and where the text begins."""
    lead = _first_region(one for one in given.text if one.start < extent.lead)
    first = _first_region(given.title) or lead
    titled = any(one.group in OURS for one in given.title)
    return {
        "head_place": float(any(o.group in OURS and o.start < extent.head for o in given.text)),
        "first_above": float(first == "above" and not titled),
        "first_rival": float(first == "rival"),
        "lead_place": float(lead == "place"),
        "lead_rival": float(lead == "rival"),
    }


def _first_region(found: Iterable[Signal]) -> Group | None:
    first = next((one.group for one in found if one.group in REGIONS), None)
    return "place" if first in OURS else first


def _late(given: Evidence, length: int, extent: _Extent) -> dict[str, float]:
    """What share of the text comes before it gets to the subject, and to the place."""
    subject, place = _reached(given, _ABOUT, length), _reached(given, OURS, length)
    return {
        "subject_late": subject / max(1, length),
        "place_late": place / max(1, length),
        "starts_subject": float(subject < extent.start),
    }


def _reached(given: Evidence, groups: frozenset[Group], length: int) -> int:
    if any(one.group in groups for one in given.title):
        return 0
    return next((one.start for one in given.text if one.group in groups), length)


def _together(text: str, given: Evidence, colour: int) -> dict[str, float]:
    """How much is said of the subject, and how far it is said of the place.

    "own" is the share of the subject's sentences that stand after the place rather than after
    another city's or the country's name; "met" counts those that name both, which a mention in
    passing seldom does; "colour_over" is what everyday life has beyond them.
    """
    ends = [found.end() for found in SENTENCE_END.finditer(text)]
    spoken: Counter[str | None] = Counter()
    met = 0
    for where, groups in _told(text, ends, given):
        spoken[where] += not groups.isdisjoint(_ABOUT)
        met += not (groups.isdisjoint(OURS) or groups.isdisjoint(_ABOUT))
    about = spoken.total()
    return {
        "own": spoken["place"] / about if about else 0.0,
        "about": math.log1p(about),
        "met": math.log1p(met),
        "colour_over": max(0.0, math.log1p(colour) - math.log1p(about)),
    }


def _told(
    text: str, ends: Sequence[int], given: Evidence
) -> Iterator[tuple[str | None, set[Group]]]:
    """Sentences that name a region or the subject, with the region that each is said of.

    That is the one named last in the paragraph, else whose story it is: a mention in passing ends
    with its paragraph.
    """
    story = where = _where(given.title)
    paragraph = -1
    for number, groups in _sentences(text, ends, given.text):
        if number != paragraph:
            paragraph, where = number, story
        where = _moved(where, groups)
        story = story or where
        yield where, groups


def _sentences(
    text: str, ends: Sequence[int], found: Iterable[Signal]
) -> Iterator[tuple[int, set[Group]]]:
    """What meets in each sentence that names a region or the subject, with its paragraph."""
    sentences: dict[int, set[Group]] = {}
    for start, _, group, _, _ in found:
        if group in _MEETING:
            sentences.setdefault(bisect_right(ends, start), set()).add(group)
    paragraph = at = 0
    for number, groups in sentences.items():
        begun = ends[number - 1] if number else 0
        paragraph += text.count("\n", at, begun)
        at = begun
        yield paragraph, groups


def _where(title: Iterable[Signal]) -> str | None:
    titled = {"place" if one.group in OURS else one.group for one in title}
    if len(titled & {"place", "rival"}) != 1:
        return None
    return "place" if "place" in titled else "rival"


def _moved(where: str | None, groups: set[Group]) -> str | None:
    if groups & OURS:
        return "place"
    if "rival" in groups:
        return "rival"
    return "above" if "above" in groups and where != "place" else where


_ROW = re.compile(r"[市省]?(?:\s*[、,/和与及]\s*|\s+(?:and|&|or)\s+|,\s+and\s+)\Z")
_ROW_GAP = 8
"""Characters between two names of a row, at most."""


def _listed(found: Iterable[Signal], text: str) -> float:
    """Return the share of the place's mentions that stand in a row with other cities."""
    named = [one for one in found if one.group in ("place", "rival")]
    total = sum(one.group == "place" for one in named)
    rows = {
        at if one.group == "place" else at + 1
        for at, (one, other) in enumerate(pairwise(named))
        if one.group != other.group and _is_row(text, one, other)
    }
    return len(rows) / total if total else 0.0


def _is_row(text: str, one: Signal, other: Signal) -> bool:
    gap = other.start - one.end
    return gap < _ROW_GAP and _ROW.match(text, one.end, other.start) is not None
