"""The words of a title that set it apart from others: what somebody may not want to hear of."""

import re
from collections.abc import Collection, Iterable
from functools import cache

from domain.gazetteer import names
from domain.pattern import is_usable, pattern, plainly
from domain.text.fold import fold
from domain.text.terms import GLYPHS
from domain.topics import topic, topic_names

MOST = 3
RARE = 0.1
"""A word in more of the titles than this says too little about one of them."""
SHORTEST_LATIN = 4
LONGEST_HAN = 6
"""Characters: a longer run is a clause, not a word."""

_RUN = re.compile(f"[{GLYPHS}]+|[^\\W\\d_{GLYPHS}]+", re.UNICODE)
_JOINTS = re.compile(
    "力争|达到|发展|创新|全国|全市|举行|举办|召开|开展|组织|发布|印发|推进|加快|关于|建设|打造|助力|助跑|启动|落户|公布|先导区|试验区|"
    "[的了在与和及对将为是等年月日第个把被从到由向于之其以并再又更最至元名家项]"
)
"""What joins words, or is said of everything: a run of characters is cut there."""
# fmt: off
_PLAIN = frozenset((
    "about", "adds", "after", "aims", "also", "amid", "among", "and", "announced", "attracts",
    "before", "begins", "being", "between", "builds", "calls", "cities", "city", "first",
    "from", "gets", "gives", "grows", "have", "headlines", "held", "hosts", "into", "joins",
    "last", "launches", "leads", "makes", "marks", "meets", "more", "most", "moves", "new",
    "news", "opens", "over", "pilot", "plan", "plans", "raises", "releases", "said", "says",
    "seeks", "sees", "sets", "shows", "signs", "starts", "takes", "tells", "than", "that",
    "their", "them", "these", "this", "those", "through", "under", "unveils", "were", "what",
    "when", "which", "while", "will", "wins", "with", "within", "work", "works", "year", "years",
    "zone",
))
# fmt: on
"""What is said of everything."""


def telling_words(
    title: str, others: Collection[str], *, liked: Collection[str] = (), also: Collection[str] = ()
) -> tuple[str, ...]:
    """Return up to three words by which a title could be left out, the best first.

    `others`: titles of the newest articles; a word that is common there is none. `liked`: titles
    that were called relevant: none of them may have it. `also`: further titles that were called
    not relevant: a word that they have, too, comes first.
    """
    plain, kept = [plainly(one) for one in others], [plainly(one) for one in liked]
    disliked = [plainly(one) for one in also]
    own = plainly(title)
    found = [
        word
        for word in dict.fromkeys(_words(title))
        if is_usable(word)
        and pattern(word).occurs(own)
        and _count(word, plain) <= max(1, RARE * len(plain))
        and not _count(word, kept)
    ]
    found.sort(key=lambda word: (-_count(word, disliked), -len(pattern(word).parts[0])))
    return tuple(found[:MOST])


def _words(title: str) -> Iterable[str]:
    for run in _RUN.findall(_without_names(fold(title))):
        if run[0].isascii() or not re.match(f"[{GLYPHS}]", run):
            if len(run) >= SHORTEST_LATIN and run.lower() not in _PLAIN and not _is_topic(run):
                yield run.lower()
            continue
        for part in _JOINTS.split(_without_subject(run)):
            for word in part.split():
                if 2 <= len(word) <= LONGEST_HAN:
                    yield word


def _without_names(folded: str) -> str:
    """Blank what the gazetteer knows: a place or a body is no reason to leave something out."""
    for name in reversed(names(folded)):
        folded = f"{folded[: name.start]} {folded[name.end :]}"
    return folded


def _without_subject(run: str) -> str:
    for word in _subject():
        if not word.isascii():
            run = run.replace(word, " ")
    return run


def _is_topic(word: str) -> bool:
    return any(word.lower().startswith(one) or one.startswith(word.lower()) for one in _subject())


@cache
def _subject() -> tuple[str, ...]:
    """Return the words that make an article the topic's, or policy, the longest first."""
    found = {
        fold(word).lower()
        for name in topic_names()
        for word in (*topic(name).words, *topic(name).policy)
    }
    return tuple(sorted(found, key=len, reverse=True))


def _count(word: str, plain: Iterable[str]) -> int:
    return sum(pattern(word).occurs(one) for one in plain)
