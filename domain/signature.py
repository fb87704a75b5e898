"""What an article says, in keys that are the same in every language: its signature.

    n:CNY:1.70e+11  a number with its unit, to three digits    d:2025-08-28    a day
    e:unicorn-island    a thing of the gazetteer               c:signed        a word
    #:chengbanfa〔2020〕97   a document's number    t:…   its title    l:eir           a Latin name

Keys of the title and the opening are kept apart: there a story says what it is about, while long
texts share round sums by chance. For copies in one language a sample of the text's own characters
is kept as well. Months and years are left out: too many articles name them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from zlib import crc32

from domain.documents import number as numbers
from domain.facts.page import Page, page
from domain.facts.quantity import Quantity
from domain.gazetteer import entries
from domain.text.lexicon import lexicon
from domain.vocabulary import telling, words

SAMPLE = 32
"""Hashes kept of a text's characters: enough to tell half a copy from none (± .09)."""
_SHINGLE = 5
_OPENING = {"zh": 120, "en": 300}
"""Characters of a text that say what it is about; English needs two and a half times as many."""
_MOST_KEYS = 200
_SILENT = re.compile(r"[\W_](?:(?<=\()[a-z]{1,6}\)|[\W_]*)")
_SAID = re.compile(r"[\W\d_]+")
_LATIN = re.compile(r"[A-Z](?<![A-Za-z].)[A-Za-z]*[A-Z][A-Za-z]*(?![A-Za-z])")
_DRAFT = re.compile(
    r"征求意见|征询意见|草案|送审稿|意见稿|公开征求"
    r"|\b(?:draft|exposure draft)\b|\bseeks? (?:public )?(?:comments?|opinions|views)\b"
    r"|\bfor public (?:comment|consultation)\b",
    re.IGNORECASE,
)
_FINAL = re.compile(
    r"正式(?:印发|发布|出台|公布|施行|实施)|起(?:正式)?(?:施行|实施)|审议通过|[与较比]征求意见稿"
    r"|\b(?:has|have) issued\b|\btakes? effect\b|\btook effect\b|\bfinal(?:ised|ized)?\b"
    r"|\b(?:from|with|to|than) the draft\b",
    re.IGNORECASE,
)
_USUAL_LATIN = frozenset(
    [
        "ai", "rmb", "cny", "usd", "it", "gdp", "ict", "iot", "api", "gpu", "cpu", "llm", "ceo",
        "miit", "ndrc", "phd",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What an article says, as far as other articles can be compared with it."""

    keys: tuple[str, ...] = ()
    """Sorted; those of the opening are among them."""
    opening: tuple[str, ...] = ()
    sample: tuple[int, ...] = ()
    """The smallest hashes of its runs of five characters, growing."""
    chinese: bool = True
    is_roundup: bool = False
    """A column of several stories: no story of its own day is its story."""
    is_draft: bool = False
    """It tells of a draft that is open for comment: not of what becomes of it."""


def signature(text: Page, title: str) -> Signature:
    """Return the signature of an article that was prepared for the rules."""
    headed = page(title, "", text.language, text.published)
    limit = _OPENING[text.language]
    found = list(_found(text))
    titled = {key for _, key in _found(headed)}
    opening = titled | {key for start, key in found if start < limit}
    return Signature(
        keys=_few(titled | {key for _, key in found}),
        opening=_few(opening),
        sample=_sample(_without_names(headed) + _without_names(text)),
        chinese=text.language == "zh",
        is_roundup=is_roundup(headed.folded, text.folded, text.language),
        is_draft=_is_draft(headed.folded + "\n" + text.folded[:limit]),
    )


_FINDS = 0.6
_MOST_FINDING = 40
_ANCHORS = 8


def finding_keys(given: Signature) -> dict[str, float]:
    """Return the keys by which others find this article, with their weights.

    The rarest of what it says, the opening's first, and the first hashes of its characters.
    """
    opening = set(given.opening)
    telling = [key for key in given.keys if weight(key) >= _FINDS]
    telling.sort(key=lambda key: (-weight(key) - (key in opening), key))
    anchors = {f"s:{number}": 1.0 for number in given.sample[:_ANCHORS]}
    return {key: weight(key) for key in telling[:_MOST_FINDING]} | anchors


STATING = ("n:", "#:", "t:")
"""Kinds of keys that are exact facts."""
_STATES = 1.7
_MOST_STATING = 12


def stating_keys(given: Signature) -> tuple[str, ...]:
    """Return the heaviest keys of exact facts: numbers of two digits and more, and documents."""
    exact = [key for key in given.keys if key.startswith(STATING) and weight(key) >= _STATES]
    return tuple(sorted(exact, key=lambda key: (-weight(key), key))[:_MOST_STATING])


def weight(key: str) -> float:
    """Return how much it says that two articles share a key: 0 to 4.

    Chosen on the odd stories of the development file: what is exact and rare says much (213
    companies), what is round says little (500 companies).
    """
    return _weight(key)


def _is_draft(opening: str) -> bool:
    """Tell whether a folded opening speaks of a draft and of nothing that came of it."""
    return bool(_DRAFT.search(opening)) and not _FINAL.search(opening)


def is_roundup(title: str, text: str, language: str) -> bool:
    """Tell whether a folded article is a column of several stories."""
    rules = lexicon("domain.text", "roundups", language)
    return any(rules.first(given, 0, len(given)) for given in (title, text[:200].lstrip()))


def _found(given: Page) -> Iterator[tuple[int, str]]:
    for quantity in given.quantities:
        yield quantity.number_start, f"n:{quantity.unit}:{_three_digits(quantity)}"
    for when in given.times:
        if when.precision == "day":
            yield when.start, f"d:{when.first}"
    for name in given.names:
        yield name.start, f"e:{name.entry.id}"
    for word in words(given.folded):
        yield word.start, word.key
    yield from _documents(given)
    yield from _latin(given.folded)


def _documents(given: Page) -> Iterator[tuple[int, str]]:
    for title in given.titles:
        if title.number:
            number = numbers.parse(title.number)
            yield title.start, f"#:{numbers.key(number) if number else title.number}"
        if written := _SAID.sub("", given.folded[slice(*title.name)]).lower():
            yield title.start, f"t:{written[:60]}"


def _latin(folded: str) -> Iterator[tuple[int, str]]:
    for match in _LATIN.finditer(folded):
        name = match.group().lower()
        if name not in _USUAL_LATIN and name not in _places():
            yield match.start(), f"l:{name[:30]}"


@cache
def _places() -> frozenset[str]:
    """CHENGDU at the head of a report is a place, and known as one anyway."""
    return frozenset(
        name.lower() for entry in entries().values() if entry.kind == "place" for name in entry.en
    )


def _three_digits(quantity: Quantity) -> str:
    return f"{Decimal(quantity.value):.2e}" if quantity.value else "0"


def _few(keys: set[str]) -> tuple[str, ...]:
    """The heaviest keys, sorted: a hostile page has no more than any other."""
    kept = sorted(keys, key=lambda key: (-weight(key), key))[:_MOST_KEYS]
    return tuple(sorted(kept))


def _without_names(given: Page) -> str:
    """Return a folded text without titles of documents and names: who names them copies nothing."""
    spans = [(title.start, title.end) for title in given.titles]
    spans += [(name.start, name.end) for name in given.names]
    parts, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            parts.append(given.folded[at:start])
        at = max(at, end)
    return "".join([*parts, given.folded[at:]])


def _sample(folded: str) -> tuple[int, ...]:
    plain = _SILENT.sub("", folded.lower()).encode(errors="replace").decode()
    runs = {plain[at : at + _SHINGLE] for at in range(len(plain) - _SHINGLE + 1)}
    hashes = list(map(crc32, map(str.encode, runs)))
    # Hashes are spread evenly, so the smallest are nearly always among those below this.
    small = 4 * SAMPLE * 2**32 // (len(hashes) + 1)
    low = [number for number in hashes if number < small]
    return tuple(sorted(low if len(low) >= SAMPLE else hashes)[:SAMPLE])


@lru_cache(maxsize=65_536)
def _weight(key: str) -> float:
    match key[0]:
        case "n":
            _, unit, value = key.split(":")
            return _number_weight(unit, float(value))
        case "e":
            return _entity_weight(key[2:])
        case "c":
            return telling(key)
        case "d":
            return 1.0
        case "l":
            return 2.0
        case "#":
            return 4.0
        case _:
            return 3.0


def _number_weight(unit: str, value: float) -> float:
    digits = len(f"{abs(value):.2e}".split("e")[0].rstrip("0").replace(".", ""))
    if unit in ("month", "year", "day", "times"):
        return 0.4
    if unit == "percent" and (digits == 1 or value % 5 == 0):
        return 0.6 if digits == 1 else 1.0
    if unit == "count" and abs(value) < 20:
        return 0.25 if abs(value) < 10 else 1.1
    return {0: 0.1, 1: 0.9, 2: 1.7}.get(digits, 2.6)


# Named in so many articles that they tell little.
_USUAL = {
    "chengdu": 0.2,
    "sichuan": 0.2,
    "china": 0.1,
    "chengdu-chongqing": 0.5,
    "miit": 0.5,
    "most": 0.5,
    "ndrc": 0.5,
    "state-council": 0.5,
    "pilot-zone": 0.4,
    "experimental-zone": 0.9,
    "compute-vouchers": 0.5,
    "ai-plus": 0.8,
    "huawei": 0.6,
}


def _entity_weight(entry_id: str) -> float:
    if entry_id in _USUAL:
        return _USUAL[entry_id]
    entry = entries().get(entry_id)
    if entry is None or entry.kind != "place":
        return 1.3
    return 1.2 if entry.within == "chengdu" else 0.6
