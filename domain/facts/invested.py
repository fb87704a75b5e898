"""Money that is put into something: whether a sum is an investment, its part, and who gives it."""

import re

from domain.facts.about import Subject
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.text.fold import fold

_INVESTED = {
    "zh": re.compile(
        r"投资|出资|融资|募资|注资|募集|入股|基金|首期|(?<!研发)(?<!企业)投入(?:资金)?"
        r"|合同(?:总)?(?:金)?额|签约(?!企业|项目|使用)|协议(?:总)?(?:金)?额|概算"
    ),
    "en": re.compile(
        (
            r"\b(?:invest(?:s|ed|ing|ment|ments)?|fund(?:s|ing|-of-funds)?|financing|rais(?:e|es"
            r"|ed|ing)|put (?:in|into)|putting|spend(?:s|ing)?|cost(?:s|ing|ed)?"
            r"|contract value|deals?"
            r"|contribut(?:e|es|ed)|inject(?:s|ed)?|pumped|pour(?:s|ed)|pledg(?:e|es|ed)|stake"
            r"|acqui(?:red|sition)|price tag|financed|venture|phase (?:\d|one|two|three|i{1,3}v?)"
            r"|plant|tranche|secured|funding round|capital)\b"
        ),
        re.IGNORECASE,
    ),
}

_NOT_INVESTED = {
    "zh": re.compile(
        r"产值|营收|收入|规模达|产业规模|产出|增加值|消费|交易额|GDP|生产总值|销售|核发|拨付"
        r"|带动|拉动|市场规模|经济总量|利润|出口|进出口|税收"
    ),
    "en": re.compile(
        (
            r"\b(?:revenue|industry|output|gdp|sales|market|industries|valuing|valuation|turnover"
            r"|mobili[sz]e|exports?)\b"
        ),
        re.IGNORECASE,
    ),
}

_AMOUNT_ONLY = re.compile(r"(?:披露|总|合计|协议|签约)?金额")

_BUILT_THING = re.compile(
    (
        r"(?:\s\([^()\n]{2,30}\))?[\s-](?:(?:in|into|on|for|to build)\s)?(?:[A-Za-z-]+\s){0"
        r",5}?(?:projects?|plant|phase|facility|cent(?:er|re)|park|fund|campus|base|hub|factory"
        r"|complex|scheme|investment|expansion|upgrade|deal|round|order|contract)\b"
    ),
    re.IGNORECASE,
)


def is_investment(page: Page, sentence: Sentence, quantity: Quantity, about: Subject) -> bool:
    """Whether a sum is put into something, and not earned or made."""
    text = page.folded[about.clause[0] : min(len(page.folded), quantity.end + 24)]
    near = re.split(r"[,。;]", text[quantity.end - about.clause[0] :])[0]
    text = text[: quantity.end - about.clause[0]] + near
    wide = page.folded[sentence.start : quantity.end] if _AMOUNT_ONLY.search(text) else text
    if page.language == "en" and _BUILT_THING.match(page.folded, quantity.end):
        return True
    if wide != text and re.search(r"签约|融资|投资|引资", wide):
        return True
    if not _INVESTED[page.language].search(wide + " " + fold(about.text)):
        return False
    return not _NOT_INVESTED[page.language].search(text)


def role_of(page: Page, quantity: Quantity, about: Subject) -> str:
    """Return the part an invested sum plays."""
    text = f"{page.folded[about.clause[0] : quantity.end + 24]} {fold(about.text)}"
    return rules("investments", page.language).meaning(text, 0, len(text)) or "total"


_BACKED = re.compile(
    r"\b(?:led by|co-led by|backed by|investors (?:including|such as)|participation (?:from|of|by)"
    r"|contributed by|from|funded by|financed by)\s(?:existing shareholders )?"
    r"(?P<names>[A-Z][\w&.'-]*(?:,? (?:and )?(?:[A-Z][\w&.'-]*|of|the)){0,12})"
)


def backers(page: Page, sentence: Sentence, quantity: Quantity, role: str) -> list[str]:
    """Return who put in what was raised: "from A, B and C", "led by D"."""
    if page.language != "en" or role not in ("raised", "fund_size"):
        return []
    found = _BACKED.search(page.folded, quantity.end, sentence.end)
    if not found:
        return []
    names = page.text[slice(*found.span("names"))]
    return [
        name.strip(" .") for name in re.split(r",\s(?:and\s)?|\sand\s", names) if name.strip(" .")
    ]
