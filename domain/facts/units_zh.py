"""Chinese units: money, areas, bytes, computing power, durations, classifiers."""

import re
from decimal import Decimal

from domain.facts.quantity import QuantityKind
from domain.text.sought import Sought

_MONEY = {
    "CNY": r"元(?:人民币)?(?![件器素宇数])|圆|块钱|人民币"
    r"|(?<!亿)块(?=[,。!?;、)的]|\Z|左右|以内|每)",
    "USD": r"美元|美金",
    "HKD": r"港元|港币|港纸",
    "EUR": r"欧元",
    "JPY": r"日元|日圆",
    "GBP": r"英镑",
    "TWD": r"新?台币|新?台币元",
    "SGD": r"新(?:加坡)?元",
    "KRW": r"韩元",
}
_CURRENCY = Sought(
    r"(?:(?P<CNY>人民币)|(?P<TWD>新?台币)|(?P<HKD>港币|港元)|(?P<USD>美金|美元)|(?P<EUR>欧元)"
    r"|(?P<JPY>日币|日元))[ ]?(?:约|近|逾|超)?\Z"
)
"""新台币18.7亿元: the currency stands before the number."""
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
    "家个项名位户座台套只支所场处架吨辆颗张例株枚趟款机柜件艘篇宗单笔栋幢间块片头门对组粒册条档份"
)
_COUNTER = (
    r"人次|人(?![工民才形大士员类均])|架次|乘次|机柜|机架|标准机架|万?卡(?!车)|辆次"
    r"|余?项次|台套|台\(套\)|套次|班次|件次|家次|场次|批次"
    r"|次(?![序日月年于方会全常性级新元代高生要任席])"
    rf"|[{_CLASSIFIERS}](?!月|工作日|百分点|性化|别|领域之|件|案|阶|湾)(?<!起)|起(?![步草动飞来诉源点至])"
    r"|股(?![份权票东市本价息改比])|副(?![市省主局书总部教研高院秘会产作业厅])|双(?![方向重边创碳减流一选城层千模百])|盏|箱(?!体)|幅(?!度)|列(?![入为举第支车席])"
    r"|部(?=电影|手机|短剧|作品|电梯|法规|著作|电话|[,。;、])"
    r"|个(?=领域)|路(?=摄像|视频|[,。;]|\Z)(?<=[万千]路)"
)
_COMPUTE = (
    r"[EP][ ]?[Ff][Ll][Oo][Pp][Ss]?(?:/[sS])?|[EP](?:-?OPS)?(?![A-Za-z0-9])|百?亿亿次(?:/秒)?"
)


def _units() -> str:
    money = "|".join(f"(?P<{code}>{words})" for code, words in _MONEY.items())
    area = "|".join(re.escape(word) for word in _AREA)
    duration = "|".join(_DURATION)
    return (
        rf"(?P<money>{money})|(?P<point>个?百分点|pct(?![a-z])|个?(?P<basis>基点))|(?P<percent>%|个点)"
        r"|(?P<tenth>成(?P<half>半|[一二三四五六七八九](?![一二三四五六七八九十百千万亿个家]))?"
        r"(?![都立为果本员功熟长交型品效套就绩])(?P<tenthmore>有余|[多余强弱])?)"
        rf"|(?P<compute>{_COMPUTE})|(?P<area>{area})|(?P<bytes>[EPTGZ]B(?![A-Za-z]))"
        r"|(?P<times>倍(?P<timesmore>有余|[多余])?)"
        rf"|(?P<duration>{duration})|(?P<count>{_COUNTER})"
    )


UNITS = _units()
"""A pattern of every unit; its groups say which kind it is."""


def unit_of(match: re.Match[str]) -> tuple[QuantityKind | None, str]:
    """Return the kind of a quantity and its unit as in the contract; no kind without a unit."""
    if match["money"]:
        return "money", next(code for code in _MONEY if match[code])
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
    return ("count", "count") if match["count"] else (None, "")


def currency_before(folded: str, start: int) -> tuple[str, int] | None:
    """Return the currency named before a number, and where its name begins."""
    found = _CURRENCY.search(folded, max(0, start - 8), start)
    return (found.lastgroup or "CNY", found.start()) if found else None


def factor(match: re.Match[str], kind: QuantityKind) -> Decimal | int:
    """Return what a number is multiplied by to be in the contract's unit."""
    if kind == "area":
        return _AREA[match["area"]]
    if kind == "bytes":
        return _BYTES[match["bytes"]]
    if match["tenth"]:
        return 10
    if match["basis"]:
        return Decimal("0.01")
    if kind == "compute":
        unit = match["compute"]
        if "亿亿次" in unit:
            return 1000 if unit[0] == "百" else 10
        return 1000 if unit[0] == "E" else 1
    return 1
