"""Chinese words that compare: 不超过, 逾, 近 before a number, 以上, 封顶 behind it."""

import re
from typing import cast

from domain.facts.fact import Comparator
from domain.facts.quantity import SIGN, SIGNS

_GAP = r"[^,。;:!?\n\d]{0,14}?"
_NOT = r"(?:不|未|没有|没|勿|别|均不|从未)(?:得|应|能|可|会|宜|许|准|再|曾|予|该|必|敢)?"
_BEFORE: tuple[tuple[Comparator, str], ...] = (
    (
        "le",
        rf"(?:{_NOT}(?:超过?|超出|高于|多于|大于|突破|逾|越过)|至多|最多|最长"
        rf"|最高(?!一[家个笔名位台]|运算|速度|性能|峰值|水平|纪录|单日|单月|时速|的|人民|法|检|级|端|层))(?:{_GAP})"
        r"|(?:上限|封顶|限额|顶格)(?:的|为|是|线|从|可|达|到|:|由|[ ]|不超过|给予){0,2}",
    ),
    (
        "ge",
        rf"(?:{_NOT}(?:低于|少于|小于|短于)|不下于?|至少|最低|最少|下限为?|起码)(?:{_GAP})",
    ),
    (
        "lt",
        r"(?:跌[破穿至]?(?<=[破穿])|失守|不足|不到|未满|不满|低于|小于|少于|未达到?|未及|不及|未超过?)",
    ),
    (
        "gt",
        r"(?:超过|超出|突破|大于|高于|多于|逾|跨越|迈[上过]|越过|跨过|冲破|打破|站[上稳]|首破|不止|破|超"
        r"|(?<=[值入模额量数率刚已早均就都会要户])过)",
    ),
    ("approx", r"(?:大约|约(?:为|有|占|合|在)?|接近|逼近|将近|近|大概)"),
)
_TIGHT = r"(?:了|达|到|至|为|有|的|人民币|新?台币|共|计|逾)?[\"\s]{0,2}\Z"
_COMPARATORS = tuple((name, re.compile(rf"(?P<word>{words}){_TIGHT}")) for name, words in _BEFORE)
_NOT_APPROX = re.compile(r"(?:签|预|合|条|公|契|节|附|大)约\Z|(?:最|附|临|靠|邻|亲|远)近\Z")
_WORD = re.compile(
    r"[跌失超过出高于多大突破逾越不到得最上限封顶额格低少小短下起码足满未及跨迈冲打站首止约近接将概]"
)
"""One of these stands in every word that compares: without one nothing more is looked for."""
BEHIND: dict[str, Comparator] = {
    "以上": "ge",
    "以下": "le",
    "以内": "le",
    "之内": "le",
    "左右": "approx",
    "上下": "approx",
    "不等": "eq",
    "开外": "gt",
    "不到": "lt",
    "上限": "le",
    "封顶": "le",
    "限": "le",
    "下限": "ge",
    "底线": "ge",
}
_REACH = 24


def compared(folded: str, start: int) -> tuple[Comparator, int]:
    """Return the comparator that stands before a number, and where its words begin."""
    sign = SIGN.search(folded, max(0, start - 3), start)
    if sign:
        return SIGNS[sign["sign"]], sign.start()
    wide = _wide_sign(folded, start)
    if wide:
        return wide, start - 1
    begin = max(0, start - _REACH)
    if not _WORD.search(folded, begin, start):
        return "eq", start
    for name, words in _COMPARATORS:
        hit = words.search(folded, begin, start)
        if hit and not (name == "approx" and _NOT_APPROX.search(folded, begin, hit.start() + 1)):
            return name, hit.start()
    if folded[start - 1 : start] == "的":
        return _of_a_share(folded, begin, start)
    return "eq", start


_SHARE = re.compile(
    r"(?:(?P<approx>约(?:占|为|是|合|相当于)|接近)|(?P<lt>不足|不到)|(?P<gt>超过|已超|逾))"
    r"(?:了|占)?[^,。;:!?\n\d超过不约]{1,10}的\Z"
)


def _of_a_share(folded: str, begin: int, start: int) -> tuple[Comparator, int]:
    """约占全国的七成七, 不足深圳的三成: the base stands between the comparator and the share."""
    found = _SHARE.search(folded, begin, start)
    if found is None or not _IS_SHARE.match(folded, start):
        return "eq", start
    name = next(name for name in ("approx", "lt", "gt") if found[name])
    return cast(Comparator, name), start


_IS_SHARE = re.compile(
    r"(?:\d{1,4}(?:\.\d{1,3})?|[一二两三四五六七八九十半]{1,3})[ ]?(?:%|成|倍|分)|一半"
)


def _wide_sign(folded: str, start: int) -> Comparator | None:
    """＞80% and ＜5%: folded, these look like the marks of a title, but hold none."""
    if folded[start - 1 : start] == "》":
        opened = folded.rfind("《", max(0, start - _TITLE), start)
        return "gt" if opened <= folded.rfind("》", 0, start - 1) else None
    if folded[start - 1 : start] == "《":
        return "lt" if folded.find("》", start, start + _TITLE) < 0 else None
    return None


_TITLE = 60


def behind(words: str) -> Comparator | None:
    """Return the comparator in the words right behind a number and its unit."""
    return next((name for word, name in BEHIND.items() if words.endswith(word)), None)
