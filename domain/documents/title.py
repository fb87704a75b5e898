"""Titles of documents: what they have in common however they are wrapped, and what they give away.

The chain of a policy is in its titles: a policy, the detailed rules for it, the call for
applications, the list of those who got something; and its official reading.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from domain.text.fold import fold

Step = Literal["policy", "rules", "notice", "list", "interpretation"]
STEPS: tuple[Step, ...] = ("policy", "rules", "notice", "list", "interpretation")
"""In the order of the chain: each carries out, lists or explains one before it."""

LONGEST = 300
"""Characters of a title that are looked at."""
SPECIFIC = 8
"""Letters and characters from which on an alias can only mean one document."""
ALIKE = 0.9
"""How alike a draft's title and the final one are at least: 产业发展高地, 产业发展新高地."""

_WRAPPED = re.compile(
    r"(?:印发|发布|公布|转发|下发|批转|征求)[^《]{0,10}《(?P<name>.{4,}?)》(?:意见)?的?(?:通知|公告|通告)"
    r"|(?:印发|转发|批转)(?P<bare>.{4,}?)的(?:通知|公告|通告)\Z"
)
_STATE = re.compile(
    r"\((?:公开|修订)?(?:征求意见稿|草案|送审稿|试行|暂行|征求意见)(?:稿)?\)"
    r"|\(?\bdraft(?: for comment)?\b\)?|\A(?:the|an?)\s",
)
_STEPS_ZH: tuple[tuple[Step, re.Pattern[str]], ...] = (
    ("interpretation", re.compile(r"解读|问答|图解|一图读懂|答记者问|政策说明")),
    (
        "list",
        re.compile(r"名单|公示|结果(?:的)?(?:通告|公告|通报)|立项计划|拟(?:支持|立项|入选|认定)"),
    ),
    (
        "notice",
        re.compile(
            r"(?:申报|申领|征集|遴选|兑现|兑付|申请|揭榜).{0,40}(?:通知|公告|通告|指南)|申报指南"
        ),
    ),
    ("rules", re.compile(r"细则|操作规程|操作指引|实施办法")),
)
_STEPS_EN: tuple[tuple[Step, re.Pattern[str]], ...] = (
    ("interpretation", re.compile(r"\b(?:interpretation|explained|q&a|faq|frequently asked)\b")),
    (
        "list",
        re.compile(r"\b(?:list of|shortlist|results of|publicity of|proposed recipients)\b"),
    ),
    ("notice", re.compile(r"\b(?:call for|applications?|invitation to apply)\b")),
    (
        "rules",
        re.compile(r"\b(?:detailed|implementing|implementation) (?:implementation )?rules\b"),
    ),
)
_DOCUMENT = re.compile(
    r"(?:通知|公告|通告|公示|启事|意见|办法|方案|规划|计划|措施|细则|规定|函|决定|条例|政策|指南|目录|要点|名单"
    r"|解读|问答|纲要|规程|批复|[十百条]条|稿|法)(?:\([^()]{1,20}\))*\Z"
)
_FORMAL = re.compile(r"关于.{4,}的?(?:通知|公告|通告|公示|通报|批复|函)(?:\([^()]{1,20}\))*\Z")
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=8192)
def key(title: str) -> str:
    """Return what is equal for one title, wrapped or not, as a draft or final, in any width.

    关于印发《X》的通知, 《X》 and X（征求意见稿） are X.
    """
    folded = _plain(title)
    wrapped = _WRAPPED.search(folded)
    if wrapped:
        folded = wrapped["name"] or wrapped["bare"]
    return "".join(one for one in _STATE.sub("", folded) if one.isalnum())


def is_specific(name: str) -> bool:
    """Tell whether a name says by itself which document is meant; 《若干政策》 does not."""
    return len(key(name)) >= SPECIFIC


def is_wrapping(title: str) -> bool:
    """Tell whether a title only hands another one on: 关于印发《X》的通知."""
    return bool(_WRAPPED.search(_plain(title)))


def is_documents(title: str) -> bool:
    """Tell whether a Chinese title is one of a document by its end; a headline's is not."""
    folded = _plain(title).rstrip("》\"'")
    return folded.isascii() or is_wrapping(title) or bool(_DOCUMENT.search(folded))


def is_formal(title: str) -> bool:
    """Tell whether a Chinese title is that of an act: 关于……的通知, 关于印发《X》的通知."""
    folded = _plain(title)
    return bool(_WRAPPED.search(folded) or _FORMAL.search(folded))


def differ(one: str, other: str) -> bool:
    """Tell whether two formal titles name two acts; who issues them may stand in one alone."""
    mine, theirs = key(one), key(other)
    if step(one) != step(other):
        return True
    return not (mine in theirs or theirs in mine or alike(*sorted((mine, theirs))))


def step(title: str) -> Step:
    """Return where in the chain a document stands by its title."""
    folded = _plain(title)
    wrapped = _WRAPPED.search(folded)
    if wrapped:
        folded = wrapped["name"] or wrapped["bare"]
    return next(
        (name for name, words in (*_STEPS_ZH, *_STEPS_EN) if words.search(folded)), "policy"
    )


def alike(one: str, other: str) -> bool:
    """Tell whether two title keys may be a draft's and the final one's; their figures are equal."""
    if min(len(one), len(other)) < SPECIFIC or _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _plain(title: str) -> str:
    return fold(unicodedata.normalize("NFKC", fold(title[:LONGEST]))).casefold().strip()
