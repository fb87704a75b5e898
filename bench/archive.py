"""Made-up articles to be searched: half English, half Chinese, words as frequent as in real texts.

Everything follows from the number given, so that both databases get the same articles in every run.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random

LENGTH = 1_250
"""Bytes of a text, near enough: a Chinese character takes three."""
NEWEST = datetime(2026, 11, 23, tzinfo=UTC)
_DAYS = 3 * 365
_ENGLISH = "pilot zone chengdu artificial intelligence compute voucher model policy city"
_CHINESE = "成都 人工智能 算力券 先导区 大模型 试验区 政策 措施 企业 发展"
_OWN = 6_000
"""Words beside those, in each language."""
_SYLLABLES = "ba ce di fo gu han jel kim lor men nip os pra qui rus sten tov ul ver wex yon zal"
_GLYPHS = 2_500
"""Different Chinese characters; a text of a newspaper's has about as many."""


def told(number: int) -> tuple[str, str, datetime]:
    """Return title, text and time of an article; odd numbers are Chinese."""
    random = Random(number)
    chinese = number % 2 == 1
    title, text = _words(random, chinese, 60), ""
    while len(text.encode()) < LENGTH:
        text += _words(random, chinese, 90) + ("。" if chinese else ". ")
    return title, text, NEWEST - timedelta(minutes=random.randrange(_DAYS * 1440))


def vocabulary(chinese: bool) -> tuple[list[str], list[float]]:
    """Return the words of a language, commonest first, and their cumulated weights."""
    return _vocabulary(chinese)


def _words(random: Random, chinese: bool, length: int) -> str:
    """Return about so many bytes."""
    words, weights = _vocabulary(chinese)
    if chinese:
        chosen = random.choices(words, cum_weights=weights, k=length // 6)
        chosen[len(chosen) // 2] += "，"
        return "".join(chosen)
    return " ".join(random.choices(words, cum_weights=weights, k=length // 6)).capitalize()


@cache
def _vocabulary(chinese: bool) -> tuple[list[str], list[float]]:
    random = Random(7)
    known = (_CHINESE if chinese else _ENGLISH).split()
    own = [_glyphs(random) if chinese else _latin(random) for _ in range(_OWN)]
    random.shuffle(own)
    # The topic's words stand where such words stand in its articles: among the commonest fifty.
    words = own[:5]
    for at, word in enumerate(known):
        words += [word, *own[5 + 4 * at : 9 + 4 * at]]
    words += own[5 + 4 * len(known) :]
    # Zipf: the second word comes half as often as the first, the third a third as often.
    return words, list(accumulate(1 / (rank + 3) for rank in range(len(words))))


def _glyphs(random: Random) -> str:
    # The commoner a character, the more words it is in.
    codes = (
        0x4E00 + int(_GLYPHS * random.random() ** 1.7) * 8
        for _ in range(random.choice((1, 2, 2, 2, 2, 3)))
    )
    return "".join(map(chr, codes))


def _latin(random: Random) -> str:
    return "".join(random.choices(_SYLLABLES.split(), k=random.choice((1, 2, 2, 3, 3))))
