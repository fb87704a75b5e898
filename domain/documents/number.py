"""Numbers of official documents: one number, however a text brackets, spaces or romanises it."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.facts.numerals import han
from domain.text.fold import fold

_NUMBER = re.compile(
    r"(?P<agency>[^\[\](){}\d,.;:!?《》\"'、。]{1,60}?)\s*[\[({]?\s*"
    r"(?P<year>(?:19|20)\d\d|[零一二三四五六七八九]{4})\s*年?\s*[\])}]?\s*"
    r"(?:第|No\.?)?\s*(?P<serial>\d{1,5}|[零一二三四五六七八九十百]{1,7}|[X×]{1,4})\s*号?",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_OPEN = "X"

# The characters that agencies in and above Chengdu put into their numbers, as English texts spell
# them: "Cheng Jing Xin Gui [2024] No. 3" is 成经信规〔2024〕3号.
_SPELLED = dict(
    re.findall(
        r"(.):([a-z]+)",
        "成:cheng 府:fu 发:fa 办:ban 规:gui 函:han 经:jing 信:xin 科:ke 字:zi 川:chuan "
        "国:guo 高:gao 管:guan 委:wei 财:cai 改:gai 数:shu 人:ren 才:cai 工:gong 厅:ting "
        "计:ji 新:xin 天:tian 双:shuang 锦:jin 金:jin 牛:niu 武:wu 侯:hou 青:qing 羊:yang "
        "华:hua 龙:long 泉:quan 郫:pi 都:du 温:wen 江:jiang 简:jian 阳:yang 政:zheng 党:dang "
        "市:shi 区:qu 省:sheng 审:shen 中:zhong 共:gong 网:wang 建:jian 住:zhu 教:jiao "
        "商:shang 务:wu 投:tou 资:zi 产:chan 卫:wei 业:ye 智:zhi 能:neng 装:zhuang 备:bei "
        "链:lian 通:tong 告:gao 公:gong 局:ju 联:lian 电:dian ",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """The three parts of a number: 成办发, 2020 and 97."""

    agency: str
    year: int
    serial: str
    """Digits, or X where a draft leaves its place open."""

    @property
    def is_open(self) -> bool:
        """A draft's number, which is still to be given: it identifies nothing."""
        return self.serial == _OPEN

    def __str__(self) -> str:
        """Write it the official way; a romanised agency keeps its letters."""
        if _CHINESE.fullmatch(self.agency):
            return f"{self.agency}〔{self.year}〕{self.serial}号"
        return f"{self.agency} 〔{self.year}〕 No. {self.serial}"


@lru_cache(maxsize=8192)
def parse(text: str | None) -> DocumentNumber | None:
    """Read a number in any spelling; None where the text is none.

    Brackets of every kind and width or none at all, spaces, 第, Han digits, leading zeros.
    """
    folded = fold(unicodedata.normalize("NFKC", fold(text or ""))).strip()
    found = _NUMBER.fullmatch(folded)
    if found is None:
        return None
    agency = " ".join(found["agency"].split())
    chinese = "".join(agency.split())
    return DocumentNumber(
        agency=chinese if _CHINESE.fullmatch(chinese) else agency,
        year=int(_digits(found["year"])),
        serial=_digits(found["serial"]),
    )


@lru_cache(maxsize=8192)
def key(number: DocumentNumber) -> str:
    """Return what is equal for all spellings of a number, also between the two scripts."""
    letters = "".join(_SPELLED.get(one, one) for one in number.agency.casefold() if one.isalnum())
    return f"{letters}〔{number.year}〕{number.serial}"


def is_slip(one: DocumentNumber, other: DocumentNumber) -> bool:
    """Tell whether one may be the other, mistyped: in one part only, by a digit or a character.

    成发办 for 成办发, 79 or 9 or 197 for 97; another year is another document.
    """
    if one.year != other.year or one.is_open or other.is_open or key(one) == key(other):
        return False
    if one.serial == other.serial:
        return _one_slip(one.agency, other.agency)
    same_agency = key(replace(one, serial="")) == key(replace(other, serial=""))
    return same_agency and _one_slip(one.serial, other.serial)


def _digits(run: str) -> str:
    if run.isascii() and run.isdecimal():
        return str(int(run))
    return _OPEN if run[0] in "Xx×" else str(han(run))


def _one_slip(one: str, other: str) -> bool:
    """A character more, less or another one, or two changed places."""
    if abs(len(one) - len(other)) > 1 or max(len(one), len(other)) < 2:
        return False
    head = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    mine, theirs = one[head:], other[head:]
    if len(one) == len(other):
        return mine[1:] == theirs[1:] or (mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:])
    return mine[1:] == theirs if len(mine) > len(theirs) else theirs[1:] == mine
