"""Quantities in Chinese text: numeral, scale, unit, and the words around them that compare."""

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.facts.fact import Comparator
from domain.facts.numerals import digits, han, scale
from domain.facts.quantity import SIGN, SIGNS, Quantity, QuantityKind

_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|(?<![\d.])(?<![\d.] )\d{1,3}(?:[ ]\d{3}){1"
    r",3}(?:\.\d{1,6})?(?![\d.])(?=[ ]?[\u4e00-\u9fffPETGm%])|\d{1,15}(?:\.\d{1,8})?)"
)
_HAN = (
    r"[零一二三四五六七八九十百千万亿两](?:[零一二三四五六七八九十百千万亿两]"
    r"|点(?=[零一二三四五六七八九])){0,11}"
)
_SCALE = r"(?:(?!亿?亿次)[十百千万亿]){0,3}"
_MONEY = {
    "CNY": r"元(?:人民币)?(?![件器素宇数])|圆|块钱|人民币",
    "USD": r"美元|美金",
    "HKD": r"港元|港币|港纸",
    "EUR": r"欧元",
    "JPY": r"日元|日圆",
    "GBP": r"英镑",
    "TWD": r"新?台币|新?台币元",
    "SGD": r"新(?:加坡)?元",
    "KRW": r"韩元",
}
_AREA: dict[str, Decimal | int] = {
    "平方公里": 10**6,
    "平方千米": 10**6,
    "公顷": 10**4,
    "平方米": 1,
    "平米": 1,
    "平方公尺": 1,
    "m²": 1,
    "㎡": 1,
    "km²": 10**6,
    "亩": Decimal("666.67"),
}
_BYTES = {"EB": 10**18, "PB": 10**15, "TB": 10**12, "GB": 10**9, "ZB": 10**21}
_DURATION = {
    "个工作日": "day",
    "工作日": "day",
    "个月": "month",
    "日历天": "day",
    "年": "year",
    "天": "day",
    "日": "day",
}
_CLASSIFIERS = (
    "家个项名位户座台套只支所场处架吨辆颗张例株枚趟款机柜件艘篇宗单笔栋幢间块片头门对组粒册"
)
_COUNTER = (
    r"人次|人(?![工民才形大士员类均])|架次|乘次|机柜|机架|标准机架|万?卡(?!车)|辆次"
    r"|余?项次|台套|台\(套\)|套次|亿次|班次|件次|"
    rf"[{_CLASSIFIERS}](?!月|工作日|百分点|性化|别|领域之)(?<!起)|起(?![步草动飞来诉源点至])"
    r"|个(?=领域)"
)
_COMPUTE = (
    r"[EP][ ]?[Ff][Ll][Oo][Pp][Ss]?(?:/[sS])?|[EP](?:-?OPS)?(?![A-Za-z0-9])|百?亿亿次(?:/秒)?"
)


def _units() -> str:
    money = "|".join(f"(?P<{code}>{words})" for code, words in _MONEY.items())
    area = "|".join(re.escape(word) for word in _AREA)
    duration = "|".join(_DURATION)
    return (
        rf"(?P<money>{money})|(?P<point>个?百分点)|(?P<percent>%|个点)"
        r"|(?P<tenth>成(?P<half>半|[一二三四五六七八九](?![一二三四五六七八九十百千万亿个家]))?(?![都立为果本员功熟长交型品效套就绩]))"
        rf"|(?P<compute>{_COMPUTE})|(?P<area>{area})|(?P<bytes>[EPTGZ]B(?![A-Za-z]))|(?P<times>倍)"
        rf"|(?P<duration>{duration})|(?P<count>{_COUNTER})"
    )


_QUANTITY = re.compile(
    rf"""(?P<number>{_DIGITS}|{_HAN})
        (?:[ ]?(?P<vague>[余多来]))?[ ]?(?P<scale>{_SCALE})
        (?:(?<=亿)(?P<rest>\d{{1,4}}(?:\.\d{{1,4}})?)(?P<restscale>千?万))?
        (?P<more>[余多来])?
        (?:[ ]?(?P<lowunit>元|美元|港元|%|家|个|项|平方米|亩|P)?[ ]?(?:至|到|-|~)[ ]?
           (?P<high>{_DIGITS}|{_HAN})[ ]?(?P<highscale>{_SCALE})
           (?(lowunit)(?=[ ]?(?P=lowunit))))?
        [ ]?(?:{_units()})?
        (?P<after>[ ]?(?:\(含\))?(?:及|或)?(?:以上|以下|以内|左右|上下|不等|之内|开外|不到"""
    r"""|(?:为|作为?)?(?:上限|封顶|限(?!于|额|制|价))|(?:为|作为?)(?:下限|底线)))?
    """,
    re.VERBOSE,
)
_PERCENT_WORDS = re.compile(
    r"百分之(?P<number>[零一二三四五六七八九十百]{1,6}(?:点[零一二三四五六七八九]{1"
    r",4})?)(?P<after>以上|以下|以内|左右)?"
)
_PER = re.compile(
    r"[ ]?(?:/|每)[ ]?(?P<per>[家个项名人户年月平方米亩台套天日PTB次篇件]{1,4}(?:[·/][月年日])?)"
)

_GAP = r"[^,。;:!?\n\d]{0,14}?"
_NOT = r"(?:不|未|没有|没|勿|别|均不|从未)(?:得|应|能|可|会|宜|许|准|再|曾|予|该|必|敢)?"
_BEFORE: tuple[tuple[Comparator, str], ...] = (
    (
        "le",
        rf"(?:{_NOT}(?:超过?|超出|高于|多于|大于|突破|逾|越过)|至多|最多|最长"
        rf"|最高(?!的|人民|法|检|级|端|层))(?:{_GAP})"
        r"|(?:上限|封顶|限额|顶格)(?:的|为|是|线|从|可|达|到|:|由|[ ]|不超过|给予){0,2}",
    ),
    ("ge", rf"(?:{_NOT}(?:低于|少于|小于|短于)|不下于?|至少|最低|最少|下限为?|起码)(?:{_GAP})"),
    ("lt", r"(?:不足|不到|未满|不满|低于|小于|少于|未达到?|未及|不及|未超过?)"),
    (
        "gt",
        r"(?:超过|超出|突破|大于|高于|多于|逾|跨越|迈[上过]|越过|跨过|冲破|打破|站[上稳]|首破|不止|破|超|(?<=[值入模额量数])过)",
    ),
    ("approx", r"(?:大约|约(?:为|有|占|合|在)?|接近|将近|近|大概)"),
)
_TIGHT = r"(?:了|达|到|至|为|有|的|人民币|共|计|逾)?[\"\s]{0,2}\Z"
_COMPARATORS = tuple((name, re.compile(rf"(?P<word>{words}){_TIGHT}")) for name, words in _BEFORE)
_NOT_APPROX = re.compile(r"(?:签|预|合|条|公|契|节|附|大)约\Z|(?:最|附|临|靠|邻|亲|远)近\Z")
_AFTER: dict[str, Comparator] = {
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

_NAME_BEFORE = re.compile(r"(?:第|[A-Za-z#.]|[A-Za-z0-9]\+|\d[.:])\Z")
_NAME_AFTER = re.compile(
    r"级|[Gg](?![Bb])|号|\+|:\d|届|期(?!间)|批|条|大|类|字|路|楼|层|环|线|版|代|[A-Za-z]{2}"
)
_NUMBERED = re.compile(r"0\d")
"""01, 02: the number of a heading."""
_MONEY_HEAD = re.compile(
    r"(?:投资|产值|营收|收入|(?<!参数)(?<!用户)规模|融资|基金|资金|金额|估值|产出|增加值|总量|市值|贷款"
    r"|出资|投入)[^,。;:!?\n]{0,8}\Z"
)
_WAN = re.compile(r"[万亿]\Z")
_GIVEN_HEAD = re.compile(
    r"(?:奖励|补贴|补助|资助|给予|奖补|投资|出资|融资)[ :]?(?:最高|不超过|各|约|了|金额)?\Z"
    r"|最高(?:可获|可享|可得|奖励)?\Z"
)
_CLOSED_BEHIND = re.compile(r"[ ]?(?:[,。;、)!]|的|以|\Z|\n|奖|补|资助|支持|扶持)")
_NOT_NUMERAL = frozenset("零一万亿千百十")
_VAGUE_DAYS = re.compile(r"\d[ ]?(?:年|月)[ ]?\Z|[年月]\Z")


def quantities(folded: str, skip: tuple[tuple[int, int], ...]) -> tuple[Quantity, ...]:
    """Return the quantities of a folded Chinese text, outside the spans to skip (dates, titles)."""
    found = [*_percent_words(folded), *_fractions(folded), *_found(folded, skip)]
    return tuple(sorted(found, key=lambda quantity: (quantity.number_start, quantity.end)))


def _found(folded: str, skip: tuple[tuple[int, int], ...]) -> Iterator[Quantity]:
    closed = _Closed(skip)
    for match in _QUANTITY.finditer(folded):
        if closed.holds(match.start()):
            continue
        quantity = _quantity(folded, match)
        if quantity:
            yield quantity


class _Closed:
    """Spans in order, asked for positions in order: one pass over both."""

    def __init__(self, spans: tuple[tuple[int, int], ...]) -> None:
        self._spans = spans
        self._at = 0

    def holds(self, position: int) -> bool:
        while self._at < len(self._spans) and self._spans[self._at][1] <= position:
            self._at += 1
        return self._at < len(self._spans) and self._spans[self._at][0] <= position


def _quantity(folded: str, match: re.Match[str]) -> Quantity | None:
    start, number = match.start(), match["number"]
    written = not number[0].isdigit()
    if _NUMBERED.match(number):
        return None
    before = folded[max(0, start - 3) : start]
    if _NAME_BEFORE.search(before) and not re.search(r"[A-Z]{2}\Z", before):
        return None
    kind, unit = _kind(folded, match)
    if kind is None or (written and not _is_numeral(number, match, kind)):
        return None
    factor = _factor(match, kind)
    value = _value(number, match) * factor
    high = _high(match, factor)
    if high is not None and match["highscale"] and not match["scale"] and not match["lowunit"]:
        value *= scale(match["highscale"])  # 3至5亿元 is of 300 million on
    negative = False
    if kind == "duration" and (value > 60 or _VAGUE_DAYS.search(before)):
        return None
    comparator, begin = _comparator(folded, start, match)
    if high is not None and high > value:
        comparator = "range"
    else:
        high = None
    end = match.end()
    per = _PER.match(folded, end) if kind in ("money", "percent", "area") else None
    return Quantity(
        start=begin,
        number_start=start,
        end=per.end() if per else end,
        kind=kind,
        value=value,
        high=high,
        unit=unit,
        comparator=comparator,
        counter=(match["count"] or "") if kind == "count" else "",
        per=per["per"] if per else "",
        negative=negative,
        written=written,
    )


def _kind(folded: str, match: re.Match[str]) -> tuple[QuantityKind | None, str]:
    if match["money"]:
        code = next(code for code in _MONEY if match[code])
        return "money", code
    if match["point"]:
        return "percent", "percentage_point"
    if match["percent"] or match["tenth"]:
        return "percent", "percent"
    if match["compute"]:
        return "compute", "PFLOPS"
    if match["area"]:
        return "area", "m2"
    if match["bytes"]:
        return "bytes", "byte"
    if match["times"]:
        return "times", "times"
    if match["duration"]:
        return "duration", _DURATION[match["duration"]]
    if match["count"]:
        return "count", "count"
    return _bare(folded, match)


_SHARES = re.compile(
    rf"(?:[、和及或与至到]|以及)(?:约|近|超过?|最高|不超过)?(?:(?:{_DIGITS})[ "
    rf"]?{_SCALE}[、和及或与至到]){{0,5}}(?:约|近|超过?|最高|不超过)?(?:{_DIGITS})[ "
    rf"]?{_SCALE}[ ]?(?P<unit>元|美元|港元)"
)


def _bare(folded: str, match: re.Match[str]) -> tuple[QuantityKind | None, str]:
    """A number without a unit is money where its list ends in money, or behind a noun of it."""
    shared = _SHARES.match(folded, match.end()) if match["scale"] else None
    if shared:
        return "money", {"元": "CNY", "美元": "USD", "港元": "HKD"}[shared["unit"]]
    if _WAN.search(match["scale"] or "") and _GIVEN_HEAD.search(
        folded, max(0, match.start() - 14), match.start()
    ):
        return ("money", "CNY") if _CLOSED_BEHIND.match(folded, match.end()) else (None, "")
    if "亿" not in (match["scale"] or match["number"]) or _NAME_AFTER.match(folded, match.end()):
        return None, ""
    head = folded[max(0, match.start() - 16) : match.start()]
    return ("money", "CNY") if _MONEY_HEAD.search(head) else (None, "")


def _is_numeral(number: str, match: re.Match[str], kind: QuantityKind) -> bool:
    if kind == "money":
        return len(number) > 1 or bool(match["scale"])
    if kind in ("percent", "compute", "area"):
        return True
    if number in _NOT_NUMERAL or (match["duration"] in ("年", "日", "天") and len(number) > 3):
        return False
    return kind != "count" or match["count"] not in (
        "对",
        "组",
        "块",
        "片",
        "门",
        "头",
        "支",
        "件",
        "单",
    )


def _value(number: str, match: re.Match[str]) -> Decimal:
    value = han(number) if not number[0].isdigit() else digits(number)
    value *= scale(match["scale"] or "")
    if match["half"]:
        value += Decimal("0.5") if match["half"] == "半" else han(match["half"]) / Decimal(10)
    if match["rest"]:
        value += digits(match["rest"]) * scale(match["restscale"])
    return value


def _high(match: re.Match[str], factor: Decimal | int) -> Decimal | None:
    number = match["high"]
    if not number:
        return None
    value = digits(number) if number[0].isdigit() else han(number)
    return value * scale(match["highscale"] or match["scale"] or "") * factor


def _factor(match: re.Match[str], kind: QuantityKind) -> Decimal | int:
    if kind == "area":
        return _AREA[match["area"]]
    if kind == "bytes":
        return _BYTES[match["bytes"]]
    if match["tenth"]:
        return 10
    if kind == "compute":
        unit = match["compute"]
        if "亿亿次" in unit:
            return 1000 if unit[0] == "百" else 10
        return 1000 if unit[0] == "E" else 1
    return 1


def _comparator(folded: str, start: int, match: re.Match[str]) -> tuple[Comparator, int]:
    begin = max(0, start - _REACH)
    sign = SIGN.search(folded, max(0, start - 3), start)
    if sign:
        return SIGNS[sign["sign"]], sign.start()
    name: Comparator = "eq"
    where = start
    for candidate, words in _COMPARATORS:
        hit = words.search(folded, begin, start)
        if hit and not (
            candidate == "approx" and _NOT_APPROX.search(folded, begin, hit.start() + 1)
        ):
            name, where = candidate, hit.start()
            break
    after = (match["after"] or "").strip()
    for word, meaning in _AFTER.items():
        if after.endswith(word):
            return meaning, where
    if match["vague"] in ("余", "多") or match["more"] in ("余", "多"):
        return ("gt" if name in ("eq", "approx") else name), where
    if name == "eq" and "来" in (match["vague"], match["more"]):
        name = "approx"
    return name, where


_FRACTION = re.compile(
    r"(?<!百)(?P<whole>[二三四五六七八九十])分之?(?<!十分)(?P<part>[一二三四五六七八九])(?!个|家|项)"
    r"(?P<more>[强弱多余])?"
    r"|(?P<half>一半|半数)(?!以[上下]?的时间)"
)


def _fractions(folded: str) -> Iterator[Quantity]:
    """四分之一 is 25 percent, rounded to two decimals."""
    for match in _FRACTION.finditer(folded):
        value = Decimal(50)
        if match["whole"]:
            value = (100 * han(match["part"]) / han(match["whole"])).quantize(Decimal("0.01"))
        name, where = _compared(folded, match.start())
        if match["more"]:
            name = "lt" if match["more"] == "弱" else "gt"
        if (
            match["half"]
            and where == match.start()
            and folded[match.start() - 1 : match.start()] not in "占的"
        ):
            continue
        yield Quantity(
            start=where,
            number_start=match.start(),
            end=match.end(),
            kind="percent",
            value=value,
            unit="percent",
            comparator=name,
            written=True,
        )


def _compared(folded: str, start: int) -> tuple[Comparator, int]:
    """The comparator before a number, and where its words begin."""
    for candidate, words in _COMPARATORS:
        hit = words.search(folded, max(0, start - _REACH), start)
        if hit:
            return candidate, hit.start()
    return "eq", start


def _percent_words(folded: str) -> Iterator[Quantity]:
    for match in _PERCENT_WORDS.finditer(folded):
        begin = max(0, match.start() - _REACH)
        name: Comparator = _AFTER.get(match["after"] or "", "eq")
        where = match.start()
        for candidate, words in _COMPARATORS:
            hit = words.search(folded, begin, match.start())
            if hit:
                name = candidate if name == "eq" else name
                where = hit.start()
                break
        yield Quantity(
            start=where,
            number_start=match.start(),
            end=match.end(),
            kind="percent",
            value=han(match["number"]),
            unit="percent",
            comparator=name,
            written=True,
        )
