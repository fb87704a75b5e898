"""Benefits told over several paragraphs: a rate in one answer, its limit in the next."""

import re
from collections.abc import Iterator

from domain.facts.benefit_places import Place, is_bare
from domain.facts.page import Page
from domain.text.fold import fold

_ASKS_HOW_MUCH = re.compile(
    r"封顶|上限|限额|限制|最[高多](?!的)|比例|几成|百分之|多少成|不设限|打几折|能拿多少|补多少"
)
_QUESTION = re.compile(r"\?\s*\Z")
_ONLY_LIMITS = re.compile(
    r"\s*(?:答:|[Aa]\d{0,2}[:.、])?\s*(?:有的?|是的|当然|对的?|没错|设有?)?[,。]?\s*(?:但|不过|同时|其中|且)?"
    r"(?:原则上)?(?:(?:单|每|同)(?:一)?[个家户项笔一]|一[家户个]|最[高多]|上限|封顶|限额|年度(?:上限|限额|最高)|全年(?:不|最|累|封)|累计不)"
)
_MOST_SENTENCES = 2


def continued(page: Page, runs: Iterator[tuple[Place, ...]]) -> Iterator[tuple[Place, ...]]:
    """Yield the runs of places, an answer that goes on with the benefit before it joined to it."""
    last: tuple[Place, ...] = ()
    for run in runs:
        if _asks(page, run):
            continue
        if last and _goes_on(page, last[-1], run):
            last = (*last, *run)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _asks(page: Page, run: tuple[Place, ...]) -> bool:
    """A question alone promises nothing."""
    last = run[-1].sentence
    return bool(_QUESTION.search(page.folded, run[0].sentence.start, last.end)) and not (
        _DIGIT.search(page.folded, run[0].sentence.start, last.end)
    )


_DIGIT = re.compile(r"\d")


def _goes_on(page: Page, before: Place, run: tuple[Place, ...]) -> bool:
    """有没有封顶? 一家企业一年最多80万元: the limit of what the answer before promised."""
    first = run[0]
    if first.label or before.label or first.row or before.row or len(run) > _MOST_SENTENCES:
        return False
    blocks = page.blocks
    at, above = first.sentence.block, before.sentence.block
    if at - above == 1:
        if first.topic != before.topic:
            return False
        if is_bare(page, blocks[above]) or is_bare(page, blocks[at]):
            return True
        same = blocks[at].kind == blocks[above].kind == "paragraph"
        return same and bool(_ONLY_LIMITS.match(page.folded, blocks[at].body))
    asked = at - above == 2 and blocks[at - 1].kind == "heading"
    return (
        asked
        and bool(_QUESTION.search(fold(first.topic)))
        and bool(_ASKS_HOW_MUCH.search(fold(first.topic)))
        and bool(_QUESTION.search(fold(before.topic)))
    )
