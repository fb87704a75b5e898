"""Chinese: what a number counts: a noun behind it or before it, one said earlier, a classifier."""

import re

from domain.facts import phrases_zh
from domain.facts.about import Subject
from domain.facts.page import Page
from domain.facts.places_zh import is_place, leans
from domain.facts.quantity import Quantity
from domain.facts.rules import words
from domain.text.fold import fold

_PARTS = re.compile(r"(?:方面|部分|大类|环节|维度|章节|阶段|步骤|层面|要点|举措|条)")

_LARGE = 10

_KIND_ONLY = re.compile(r"(?:类|级|方面|以上|其中)\Z")

_HAS = re.compile(r"的(?:有|达|共有|已有|约有)\Z")

_CLASS = re.compile(r"(?:类|级|方向|领域|方面|其中|以上|各|占|另有)\Z")

_LONGEST_PLACE = 30

_NOUNS = tuple(sorted(words("zh", "count_nouns"), key=lambda noun: (-len(noun), noun)))


def is_count(page: Page, quantity: Quantity, found: phrases_zh.Phrase) -> bool:
    """Parts of a text (六个方面) and small numbers in words (两个集群) count nothing."""
    if _PARTS.match(page.folded[quantity.end : quantity.end + 4]):
        return False
    small = quantity.written and quantity.value < _LARGE
    return not small or _stands_for_itself(page, quantity, found)


def _stands_for_itself(page: Page, quantity: Quantity, found: phrases_zh.Phrase) -> bool:
    """两个集群 only names them; 建成两个集群 counts them."""
    if quantity.comparator != "eq" or phrases_zh.ends_in_verb(page.folded[slice(*found.clause)]):
        return True
    if _CHANGED.search(page.folded, *found.clause):
        return True
    named = found.before[0] < found.before[1] and page.folded[slice(*found.before)].endswith(_NOUNS)
    return named and bool(_CLOSED.match(page.folded, quantity.end))


_CHANGED = re.compile(r"[增升扩减降][加长少]?[至到为]\Z")
_CLOSED = re.compile(r"[ ]?(?:[,。;、)]|\Z|\n)")


def counted_by(
    page: Page,
    quantity: Quantity,
    found: phrases_zh.Phrase,
    text: str,
    counted: str | None,
    memory: Subject | None,
) -> str | None:
    """What is counted: the noun; without one that of the number before, or the classifier."""
    if quantity.kind != "count":
        return None
    if _HAS.search(page.folded, *found.clause):
        alike = memory is not None and memory.counter == quantity.counter
        return memory.counted if memory and alike else quantity.counter
    if page.text[slice(*found.after)]:
        return counted
    folded = page.folded[slice(*found.before)]
    bare = (
        phrases_zh.ends_in_verb(folded)
        or phrases_zh.is_act(folded)
        or bool(_KIND_ONLY.search(folded))
    )
    if text and not bare and not leans(page, found, text):
        return counted
    alike = memory is not None and memory.counter == quantity.counter
    return memory.counted if memory and memory.counted and alike else quantity.counter


def lent(
    page: Page,
    quantity: Quantity,
    found: phrases_zh.Phrase,
    owner: str,
    counted: str | None,
    memory: Subject | None,
) -> str | None:
    """What a phrase that leans on another counts: what that one counted, or the other itself."""
    alike = memory is not None and memory.counter == quantity.counter
    if quantity.kind == "count" and memory and memory.counted and alike:
        return memory.counted
    if is_place(page, found.before, page.text[slice(*found.before)]):
        return owner or counted
    return counted


def noun_of(counted: str | None, quantity: Quantity) -> str | None:
    """累计输送2400人: a phrase without a noun at its end counts by its classifier."""
    if counted is None or counted == quantity.counter:
        return counted
    return counted if fold(counted).rstrip('"数总量 ').endswith(_NOUNS) else quantity.counter


def is_part(page: Page, found: phrases_zh.Phrase, text: str) -> bool:
    """制造类21个, 天府新区和青羊区各7个: what they are of was said before."""
    words = page.folded[slice(*found.before)]
    after = page.text[slice(*found.after)]
    return not after and (
        bool(_CLASS.search(words)) or is_place(page, found.before, text[:_LONGEST_PLACE])
    )
