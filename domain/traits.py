"""What makes an article more or less a topic's: numbers taken from its signals."""

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.signals import Group, Signal, signals

_OURS: frozenset[Group] = frozenset({"place", "zone"})
_ABOUT: frozenset[Group] = frozenset({"subject", "zone"})
_REGIONS: frozenset[Group] = _OURS | {"rival", "above"}
_MEETING: frozenset[Group] = _REGIONS | _ABOUT
_SENTENCE_END = re.compile(r"[。!?;\n]|[.](?=\s)")

# Lines that lead elsewhere: their words are not the article's.
_ELSEWHERE = re.compile(
    r"\s*(?:相关(?:阅读|链接|新闻|推荐|报道|文章)|推荐阅读|延伸阅读|热点|热门|猜你喜欢|更多|首页"
    r"|您的位置|您?当前(?:的)?位置|上一篇|下一篇"
    r"|read more|related|see also|more\s?:|most (?:read|popular)|home\s?\||news from)",
    re.IGNORECASE,
)
_MENU_PLACES = 3
_MENU_SHARE = 0.4
_LEAD = {"zh": 100, "en": 220}
"""Characters in which a story says whose it is."""
_HEAD = {"zh": 150, "en": 300}
_LATIN = re.compile(r"[\x00-\u024f\u2000-\u206f\s]*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The signals of an article that count."""

    title: tuple[Signal, ...]
    text: tuple[Signal, ...]


def evidence(title: str, text: str, topic_id: str) -> Evidence:
    """Return the signals of a folded title and text, without those of menus and mistakes."""
    found = _without_menus(signals(text, topic_id), text)
    titled = signals(title, topic_id)
    mistaken = {one.key for one in (*titled, *found) if one.group == "beside"}
    return Evidence(title=_meant(titled, mistaken), text=_meant(found, mistaken))


def traits(text: str, given: Evidence) -> dict[str, float] | None:
    """Return the numbers by name; None where place or subject is not there at all.

    All lie between 0 and about 4; `domain.judging` says what each of them weighs.
    """
    everything = (*given.text, *given.title)
    sums, counts = _sums(everything)
    if not (counts["place"] + counts["zone"]) or not (sums["subject"] + sums["zone"]):
        return None
    language = "en" if _LATIN.match(text[:80]) else "zh"
    own = counts["place"] + counts["zone"] + 0.5
    return {
        "place": math.log1p(sums["place"]),
        "subject": math.log1p(sums["subject"]),
        "zone": math.log1p(sums["zone"]),
        "policy": math.log1p(counts["policy"]),
        "colour": math.log1p(counts["colour"]),
        "rival_share": counts["rival"] / (counts["rival"] + own),
        "above_share": counts["above"] / (counts["above"] + own),
        **_titled(given.title),
        **_led(given, language),
        **_together(text, given),
    }


def _sums(found: Iterable[Signal]) -> tuple[dict[str, float], Counter[str]]:
    """The tenth mention of one thing says less than its first."""
    sums: dict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for one in found:
        seen[one.key] += 1
        sums[one.group] += one.weight / seen[one.key]
        counts[one.group] += 1
    return sums, counts


def _titled(title: Sequence[Signal]) -> dict[str, float]:
    groups = {one.group for one in title}
    place, subject = bool(groups & _OURS), bool(groups & _ABOUT)
    return {
        "title_place": float(place),
        "title_subject": float(subject),
        "title_both": float(place and subject),
        "title_rival": float("rival" in groups and not place),
        "title_company": float("company" in groups),
    }


def _led(given: Evidence, language: str) -> dict[str, float]:
    """Whose story it is: the region that is named first, in the title and where the text begins."""
    head = {one.group for one in given.text if one.start < _HEAD[language]}
    lead = _first_region(one for one in given.text if one.start < _LEAD[language])
    first = _first_region(given.title) or lead
    return {
        "head_place": float(bool(head & _OURS)),
        "first_above": float(first == "above"),
        "first_rival": float(first == "rival"),
        "lead_place": float(lead == "place"),
        "lead_rival": float(lead == "rival"),
    }


def _first_region(found: Iterable[Signal]) -> Group | None:
    first = next((one.group for one in found if one.group in _REGIONS), None)
    return "place" if first in _OURS else first


def _together(text: str, given: Evidence) -> dict[str, float]:
    """How far place and subject meet.

    "direct" counts sentences that name both, up to three; "own" is the share of the subject's
    sentences that stand after the place rather than after another city's or the country's name.
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    sentences: dict[int, set[Group]] = defaultdict(set)
    for one in given.text:
        if one.group in _MEETING:
            sentences[bisect_right(ends, one.start)].add(one.group)
    titled = {"place" if one.group in _OURS else one.group for one in given.title}
    where: str | None = None
    if len(titled & {"place", "rival"}) == 1:
        where = "place" if "place" in titled else "rival"
    spoken: Counter[str | None] = Counter()
    direct = 0
    for _, groups in sorted(sentences.items()):
        where = _moved(where, groups)
        if groups & _ABOUT:
            spoken[where] += 1
            direct += bool(groups & _OURS)
    return {
        "direct": min(1.0, direct / 3),
        "own": spoken["place"] / spoken.total() if spoken else 0.0,
    }


def _moved(where: str | None, groups: set[Group]) -> str | None:
    if groups & _OURS:
        return "place"
    if "rival" in groups:
        return "rival"
    return "above" if "above" in groups and where != "place" else where


def _meant(found: Sequence[Signal], mistaken: set[str]) -> tuple[Signal, ...]:
    if not mistaken:
        return tuple(found)
    return tuple(
        one
        for one in found
        if one.group != "beside" and not (one.group == "subject" and one.key in mistaken)
    )


def _without_menus(found: list[Signal], text: str) -> list[Signal]:
    """Leave out lines that lead to other pages, and lines that are little but names of places."""
    if "\n" not in text:
        return found
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    lines: dict[int, list[Signal]] = defaultdict(list)
    for one in found:
        lines[bisect_right(starts, one.start) - 1].append(one)
    kept = []
    for number, held in lines.items():
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        if not _leads_elsewhere(text[starts[number] : end], held):
            kept += held
    return kept


def _leads_elsewhere(line: str, held: Sequence[Signal]) -> bool:
    if _ELSEWHERE.match(line):
        return True
    if len(held) < _MENU_PLACES:
        return False
    regions = [one for one in held if one.group in _REGIONS]
    if len(regions) < _MENU_PLACES or _SENTENCE_END.search(line.rstrip()):
        return False
    named = sum(one.end - one.start for one in regions)
    return named >= _MENU_SHARE * len(line.replace(" ", "").rstrip())
