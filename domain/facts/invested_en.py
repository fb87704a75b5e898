"""English: money that is put into something, its part, and who gives it."""

import re

from domain.facts.about import Subject
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.text.fold import fold

_INVESTED = re.compile(
    (
        r"\b(?:invest(?:s|ed|ing|ment|ments)?|fund(?:s|ing|-of-funds)?|financing|rais(?:e|es"
        r"|ed|ing)|put (?:in|into)|putting|spend(?:s|ing)?|cost(?:s|ing|ed)?"
        r"|contract value|deals?"
        r"|contribut(?:e|es|ed)|inject(?:s|ed)?|pumped|pour(?:s|ed)|pledg(?:e|es|ed)|stake"
        r"|acqui(?:red|sition)|price tag|financed|venture|phase (?:\d|one|two|three|i{1,3}v?)"
        r"|plant|tranche|secured|funding round|capital)\b"
    ),
    re.IGNORECASE,
)
_NOT_INVESTED = re.compile(
    (
        r"\b(?:revenue|industry|output|gdp|sales|market|industries|valuing|valuation|turnover"
        r"|mobili[sz]e|exports?)\b"
    ),
    re.IGNORECASE,
)
_BUILT_THING = re.compile(
    (
        r"(?:\s\([^()\n]{2,30}\))?[\s-](?:(?:in|into|on|for|to build)\s)?(?:[A-Za-z-]+\s){0"
        r",5}?(?:projects?|plant|phase|facility|cent(?:er|re)|park|fund|campus|base|hub|factory"
        r"|complex|scheme|investment|expansion|upgrade|deal|round|order|contract)\b"
    ),
    re.IGNORECASE,
)


def is_investment(page: Page, quantity: Quantity, about: Subject) -> bool:
    """Whether a sum is put into something, and not earned or made."""
    text = page.folded[about.clause[0] : min(len(page.folded), quantity.end + 24)]
    near = re.split(r"[,。;]", text[quantity.end - about.clause[0] :])[0]
    text = text[: quantity.end - about.clause[0]] + near
    if _BUILT_THING.match(page.folded, quantity.end):
        return True
    if not _INVESTED.search(text + " " + fold(about.text)):
        return False
    return not _NOT_INVESTED.search(text)


def role_of(page: Page, quantity: Quantity, about: Subject) -> str:
    """Return the part an invested sum plays."""
    text = f"{page.folded[about.clause[0] : quantity.end + 24]} {fold(about.text)}"
    return rules("investments", "en").meaning(text, 0, len(text)) or "total"


_BACKED = re.compile(
    r"\b(?:led by|co-led by|backed by|investors (?:including|such as)|participation (?:from|of|by)"
    r"|contributed by|from|funded by|financed by)\s(?:existing shareholders )?"
    r"(?P<names>[A-Z][\w&.'-]*(?:,? (?:and )?(?:[A-Z][\w&.'-]*|of|the)){0,12})"
)


def backers(page: Page, sentence: Sentence, quantity: Quantity, role: str) -> list[str]:
    """Return who put in what was raised: "from A, B and C", "led by D"."""
    if role not in ("raised", "fund_size"):
        return []
    found = _BACKED.search(page.folded, quantity.end, sentence.end)
    if not found:
        return []
    names = page.text[slice(*found.span("names"))]
    return [
        name.strip(" .") for name in re.split(r",\s(?:and\s)?|\sand\s", names) if name.strip(" .")
    ]
