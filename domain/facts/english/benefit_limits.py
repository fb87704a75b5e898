"""A limit that is said by itself belongs to the rate before it, whatever words lead to it.

"Half of each bill comes back to you. Not more than 200,000 yuan a head."
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from domain.facts.amounts import Amount
from domain.facts.english.passages import Passage
from domain.facts.page import Page


class Benefit(NamedTuple):
    """Amounts of one benefit, and the sentences that speak of it."""

    passage: Passage
    amounts: list[Amount]


_RATED = frozenset(("rate", "per_unit"))
_OPEN = _RATED | {"threshold"}


def with_limits(page: Page, found: Iterable[Benefit]) -> list[Benefit]:
    """Return the benefits, a limit that stands alone joined with the open rate right before it."""
    kept: list[Benefit] = []
    for benefit in found:
        if kept and _limits(page, kept[-1].amounts, benefit.amounts):
            kept[-1] = _joined(kept[-1], benefit)
        else:
            kept.append(benefit)
    return kept


def _is_open(amounts: Sequence[Amount]) -> bool:
    """Whether they are rates that nothing limits yet."""
    roles = {one.role for one in amounts}
    return roles <= _OPEN and bool(roles & _RATED)


def _limits(page: Page, before: Sequence[Amount], own: Sequence[Amount]) -> bool:
    alone = [one.role for one in own] == ["cap"] and own[0].quantity.kind == "money"
    if not (alone and _is_open(before)):
        return False
    last, here = before[-1].sentence, own[0].sentence
    following = [one for one in page.sentences_of(last.block) if one.start >= last.end][:1]
    return here == last or here in following


def _joined(benefit: Benefit, limit: Benefit) -> Benefit:
    passage, more = benefit.passage, limit.passage.sentences
    sentences = (*passage.sentences, *(one for one in more if one not in passage.sentences))
    return Benefit(replace(passage, sentences=sentences), [*benefit.amounts, *limit.amounts])
