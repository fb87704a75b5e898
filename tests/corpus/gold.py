"""The gold of the corpus: its names, its times, and how its numbers are read."""

import datetime
import re
from decimal import Decimal

TYPES = ("policy_document", "measure", "target", "metric", "investment", "event", "deadline")
ALL_OF = {"issuers", "responsible", "investors"}
ANY_OF = {"place", "rate_base", "eligible", "document"}
PINYIN = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zA-Z\u00e0-\u01dc]{1,7}[)）]")


def interval(text):
    """gold time -> (first day, last day); ValueError where it is not one"""
    if "/" in text:
        a, b = text.split("/")
        first, last = interval(a)[0], interval(b)[1]
        if last < first:
            raise ValueError(text)
        return first, last
    m = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?", text)
    if not m:
        raise ValueError(text)
    y, q, h, mo, d = m.groups()
    y = int(y)
    if d:
        day = datetime.date(y, int(mo), int(d))
        return day, day
    if q:
        a, b = 3 * int(q) - 2, 3 * int(q)
    elif h:
        a, b = 6 * int(h) - 5, 6 * int(h)
    elif mo:
        a = b = int(mo)
    else:
        a, b = 1, 12
    following = datetime.date(y + (b == 12), b % 12 + 1, 1)
    return datetime.date(y, a, 1), following - datetime.timedelta(days=1)


ZH_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")}
ZH_DIGIT.update({"两": 2, "兩": 2, "〇": 0})
ZH_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
EN_NUM: dict[str, int | Decimal] = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}
EN_NUM.update(
    {
        "thirty": 30,
        "forty": 40,
        "fifty": 50,
        "sixty": 60,
        "seventy": 70,
        "eighty": 80,
        "ninety": 90,
        "hundred": 100,
        "half": Decimal("0.5"),
        "halved": Decimal("0.5"),
        "a": 1,
        "four-fifths": Decimal("0.8"),
    }
)
FRACTIONS: dict[str, int | Decimal] = {
    "四分之一": 25,
    "三分之一": Decimal("33.33"),
    "一半": 50,
    "半": 50,
    "全免": 100,
}


def zh_number(run):
    total, section, digit = 0, 0, None
    for c in run:
        if c in ZH_DIGIT:
            digit = ZH_DIGIT[c]
        elif c in ("万", "萬", "亿", "億"):
            total = (
                (total + section + (digit or 0)) * ZH_SCALE[c]
                if (total + section + (digit or 0))
                else ZH_SCALE[c]
            )
            section, digit = 0, None
        else:
            section += (1 if digit is None else digit) * ZH_SCALE[c]
            digit = None
    return total + section + (digit or 0)


def numbers_in(text):
    """Every number of a text, in digits and in words; generous."""
    flat = re.sub(r"(?<=\d)[ ,，](?=\d{3}(?!\d))", "", text)
    found = {Decimal(m) for variant in (text, flat) for m in re.findall(r"\d+(?:\.\d+)?", variant)}
    for run in re.findall(r"[零〇一二两兩三四五六七八九十百千万萬亿億]+", text):
        found.add(Decimal(zh_number(run)))
        found |= {Decimal(ZH_DIGIT[c]) for c in run if c in ZH_DIGIT}
    return (
        found
        | english_numbers_in(text.lower())
        | {Decimal(v) for k, v in FRACTIONS.items() if k in text}
    )


def english_numbers_in(text):
    """twenty-six, two hundred, half."""
    found = {Decimal(100 * EN_NUM.get(a, 1)) for a in re.findall(r"([a-z]+) hundred", text)}
    for word in re.findall(r"[a-z]+(?:-[a-z]+)?", text):
        parts = word.split("-")
        if word in EN_NUM:
            found.add(Decimal(EN_NUM[word]))
        elif len(parts) > 1 and all(part in EN_NUM for part in parts):
            found.add(Decimal(sum(EN_NUM[part] for part in parts)))
    return found


def forms(value, unit):
    v = Decimal(value)
    out = {v}
    for k in (10**3, 10**4, 10**6, 10**8, 10**9, 10**12, 10**15, 10**7, 10**10, 10**11):
        out.add(v / k)
    if unit == "m2":
        out |= {v / Decimal("666.67"), v / Decimal(10**10)}
    if unit == "percent":
        out |= {v / 10, v / 100}
    if unit == "PFLOPS":  # 亿亿次, billion billion operations
        out |= {v / 10, v / 1000}
    if unit == "times":
        out |= {v - 1, v + 1}
    return {x.normalize() for x in out}


def readable(value, unit, evidence):
    """the digits of value, in any scale, stand in the evidence"""
    there = {x.normalize() for x in numbers_in(evidence)}
    return bool(forms(value, unit) & there)
