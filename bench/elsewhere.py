"""Articles that happen to another city: what is about the topic, moved away, is not.

Labelled articles are mostly about Chengdu. The same article about Wuhu or Shenzhen, with Chengdu
named in passing, is off the topic; so every core article gives a case of what long articles about
other cities look like. Part of `python -m bench relevance --fit`, and of a test.
"""

import random
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from domain.signals import signals
from domain.text.fold import fold


class _City(NamedTuple):
    zh: str
    en: str
    province_zh: str
    province_en: str


_CITIES = (
    _City("芜湖", "Wuhu", "安徽省", "Anhui"),
    _City("武汉", "Wuhan", "湖北省", "Hubei"),
    _City("白沙", "Baisha", "岭东", "Lingdong"),  # Of no gazetteer.
    _City("深圳", "Shenzhen", "广东省", "Guangdong"),
)
_PASSING = {
    "zh": (
        "此前，成都、西安等地也推出过类似做法。",
        "该公司在成都、南京设有分部。",
        "一名来自成都的参会者说，这里的经验值得借鉴。",
        "相关做法已在成都先行试点。",
        "成都也在跟进。",
    ),
    "en": (
        " Similar schemes exist in Chengdu and Xi'an.",
        " A visitor from Chengdu called it a model for others.",
        " The company also keeps an office in Chengdu.",
        " Chengdu announced something of the kind last year.",
        " Among the guests were officials from Chengdu.",
    ),
}
_END = re.compile(r"[。\n]|\. ")


def moved(case: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return the case about another city, with Chengdu in one or two sentences of its last part."""
    city = _CITIES[number % len(_CITIES)]
    text = _renamed(case["text"], city)
    chance = random.Random(number)
    ends = [one.end() for one in _END.finditer(text) if 3 * one.end() > len(text)] or [len(text)]
    for at in sorted(chance.sample(ends, min(len(ends), 1 + number // 4 % 2)), reverse=True):
        said = chance.choice(_PASSING["en" if case["language"] == "en" else "zh"])
        text = text[:at] + said + text[at:]
    return {**case, "title": _renamed(case["title"], city), "text": text, "band": "off"}


def _renamed(text: str, city: _City) -> str:
    """Put the city and its province in the place of Chengdu's names, its zones and Sichuan's."""
    folded, parts, at = fold(text), [], 0
    for one in signals(folded, "chengdu-ai"):
        name = _instead(one.group, one.key, folded[one.start : one.end], city)
        if name:
            parts += [text[at : one.start], name]
            at = one.end
    return _without_short_forms("".join([*parts, text[at:]]), city)


def _instead(group: str, key: str, name: str, city: _City) -> str:
    latin = name.isascii()
    if group == "zone":
        computing = "omput" in name or "算" in name
        if latin:
            return f"{city.en} {'computing center' if computing else 'AI pilot zone'}"
        return f"{city.zh}{'智算中心' if computing else '人工智能先导区'}"
    if group == "place":
        return city.en if latin else city.zh
    if key.startswith("sichuan") or key == "chengdu-chongqing":
        return city.province_en if latin else city.province_zh
    return ""


def _without_short_forms(text: str, city: _City) -> str:
    for name in ("成都", "天府", "Chengdu", "Tianfu"):
        text = text.replace(name, city.en if name.isascii() else city.zh)
    text = text.replace("Sichuan", city.province_en).replace("四川", city.province_zh)
    return text.replace("蓉", city.zh[0])
