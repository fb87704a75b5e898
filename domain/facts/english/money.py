"""English sums that are put into something: whether they are, their part, and who gives them."""

import re

from domain.facts.about import Subject
from domain.facts.english.stance import governing
from domain.facts.english.tags import Word
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.facts.rules import words as listed
from domain.text.fold import fold

_PAYING = listed("en", "paying_verbs")
_RAISING = listed("en", "raising_verbs")
_INVESTED = re.compile(
    r"\b(?:invest(?:ments?|ed)?|offering|flotation|placement|subscription|proceeds|pre-[a-f]\b"
    r"|venture capital|funds?|fund-of-funds|sub-?funds?|financing|funding|capital|stake"
    r"|price tag|contract value|contracts?|deals?|agreements?|tranche|round|series [a-f]\b|costs?"
    r"|bonds?|capex|capital expenditure|spending|budget|venture|plant"
    r"|phase (?:\d|one|two|three|i{1,3}v?)"
    r"|(?:estimated|contract|tender|procurement|ceiling) (?:value|amount|price)"
    r"|projects?|expansion|conversion|acquisition|facility|seed|(?:first|second|interim"
    r"|final) clos(?:e|ing)|hard cap)\b",
    re.IGNORECASE,
)
_EARNED = re.compile(
    r"\b(?:revenues?|output|gdp|sales|markets?|profits?|turnover|income|exports?|imports?"
    r"|value[- ]added|valuation|valued|valuing|industr(?:y|ies|ial)|economy|sector|pay"
    r"|salar(?:y|ies)"
    r"|wages?|fees?|sav(?:e|es|ed|ing)|rents?|tariffs?|prices?(?! tag)|loans?|savings|tax|losses"
    r"|loss|GMV|orders|vouchers?|subsid(?:y|ies)|scale of the)\b",
    re.IGNORECASE,
)
_BUILT_THING = re.compile(
    r"(?:\s\([^()\n]{2,30}\))?[\s-](?:(?:in|into|on|for|to build)\s)?(?:[A-Za-z-]+\s){0,5}?"
    r"(?:projects?|plant|phase|facility|cent(?:er|re)|park|fund|campus|base|hub|factory|complex"
    r"|scheme|investment|expansion|upgrade|deal|round|order|contract)\b",
    re.IGNORECASE,
)


def is_invested(page: Page, quantity: Quantity, about: Subject, words: list[Word], at: int) -> bool:
    """Whether a sum is put into something, and not earned or made."""
    said = fold(about.text)
    if quantity.per or quantity.value < _LEAST or _HANDED_OUT.search(said):
        return False
    near = _before(page, quantity, about)
    sentence = page.sentence_at(quantity.number_start)
    if (sentence and _is_contracted(page, sentence, quantity)) or _is_raised(words, at):
        return True
    if _EARNED.search(near) and not _PUT_IN.search(near):
        return False
    if _BOUGHT.search(near) or _is_price(page, quantity):
        return True
    if _DUES.match(page.folded, quantity.end):
        return False
    lemma = _verb_of(words, at)
    if lemma in _PAYING or lemma in _RAISING or lemma in _COSTING:
        of_earned = lemma == "contribute" and sentence and _is_of_earned(page, sentence, quantity)
        return not of_earned and not _EARNED.search(said)
    return _is_called_so(page, sentence, quantity, (near, said), at)


def _before(page: Page, quantity: Quantity, about: Subject) -> str:
    """The words of a sum before it; of one right behind a colon those before the colon."""
    sentence = page.sentence_at(quantity.number_start)
    start = max(about.clause[0], quantity.start - _NEAR)
    if sentence and page.folded[sentence.start : quantity.start].rstrip().endswith(":"):
        start = max(sentence.start, quantity.start - 2 * _NEAR)  # "Capital poured in: | 5 billion"
    return page.folded[start : quantity.start]


def _is_price(page: Page, quantity: Quantity) -> bool:
    return bool(_BUILT_THING.match(page.folded, quantity.end)) or _is_price_of(page, quantity)


def _verb_of(words: list[Word], at: int) -> str:
    verb = governing(words, at)
    known = words[verb].verb if verb is not None else None
    return known.lemma if known and words[at - 1].text != "at" else ""


def _is_called_so(
    page: Page, sentence: Sentence | None, quantity: Quantity, words: tuple[str, str], at: int
) -> bool:
    """By the nouns around it; `words` stand before it, and say what it is about."""
    near, said = words
    behind = page.folded[quantity.end : quantity.end + _NEAR]
    if _TO_REVENUE.match(behind):
        return False
    if _GONE_INTO.match(behind) or _INVESTED.search(near):
        return True
    if _ROUND.match(behind) or _is_backed(page, quantity, at):
        return True
    earned = _EARNED.search(said) and not _FUND.search(said)
    if sentence and _INVESTING.search(page.folded, sentence.start, sentence.end):
        return not earned
    return bool(_INVESTED.search(said)) and not earned


_PUT_IN = re.compile(r"\binvest|\b[Ff]unds?\b|\bcapital\b")


def _is_raised(words: list[Word], at: int) -> bool:
    """ "Filed for a market listing and hopes to raise 1.1 billion": its verb is right before it."""
    here = at - 1
    while here >= 0 and (words[here].tag in ("adv", "prep") or words[here].text == "some"):
        here -= 1
    known = words[here].verb if here >= 0 and words[here].tag in _VERBAL else None
    return known is not None and known.lemma in _RAISING and known.lemma != "attract"


_VERBAL = ("verb", "part", "ing")


_FROM = re.compile(r" (?:from|led by|co-led by) (?:the |existing |its )?(?:[a-z-]+ ){0,2}[A-Z]")
_VALUED = re.compile(r"[^.;\n]{0,24} (?:at|on|with) an? (?:[a-z-]+ ){0,3}valuation\b")


def _is_backed(page: Page, quantity: Quantity, at: int) -> bool:
    """ "Silkworm Compute: US$45m from Vertex", "is looking for 500 million at a valuation of"."""
    if _VALUED.match(page.folded, quantity.end):
        return True
    return at == 0 and bool(_FROM.match(page.folded, quantity.end))


def _is_price_of(page: Page, quantity: Quantity) -> bool:
    """ "The 480-million-yuan laboratory": what such a thing costs, unless it is earned."""
    joined = re.search(r"\d-[a-z]", page.folded[quantity.number_start : quantity.end])
    thing = _THING.match(page.folded, quantity.end) if joined else None
    return bool(thing) and not _EARNED.search(page.folded, *thing.span())  # type: ignore[union-attr]


_THING = re.compile(r"[\s-](?:[\w-]+\s){0,5}?[\w-]+(?=[\s.,;:)]|\Z)")
_NEAR = 60
_DUES = re.compile(
    r"\s(?:in|of) (?:[a-z-]+ ){0,2}?(?:tax(?:es)?|wages|salaries|dividends?|fees|fines|interest"
    r"|compensation|rent|bonuses|subsidies|damages)\b",
    re.IGNORECASE,
)
""" "Paid 1.6 billion yuan in taxes"."""
_FUND = re.compile(r"\bfunds?\b", re.IGNORECASE)
_HANDED_OUT = re.compile(
    r"\b(?:support|subsidy|incentive|reward|award|aid)\s(?:funds?|funding|money)\b", re.IGNORECASE
)
"""What is given to applicants: the pot of a measure, no investment."""


def _is_of_earned(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """ "An output of 1.7 trillion, of which Chengdu contributed 1.1 trillion"."""
    return bool(_EARNED.search(page.folded, sentence.start, quantity.start))


_BOUGHT = re.compile(
    r"\b(?:built|constructed|bought|acquired|erected|upgraded|converted|renovated)\s"
    r"(?:[\w-]+\s){0,3}for\s(?:about |around |some |roughly )?\Z",
    re.IGNORECASE,
)
_COSTING = frozenset(("cost", "budget", "earmark"))
_LEAST = 100_000
"""Less is a price or a fee."""
_ROUND = re.compile(
    r"[^.;\n]{0,30}\b(?:series [a-f]\b|seed\b|angel round|funding round|pre-[a-f]\b|ipo\b)",
    re.IGNORECASE,
)
_TO_REVENUE = re.compile(
    r"\s(?:to|in|of) (?:[\w'-]+ ){0,3}?(?:revenues?|sales|output|profits?|turnover|income"
    r"|exports?|GDP|tax)\b",
    re.IGNORECASE,
)
""" "Will add 310 million to annual revenue"."""
_CONTRACTED = re.compile(
    r"\b(?:signed|signing|agreements?|contracts?|deals?|memorand\w+)\b[^.;\n]{0,120}"
    r"\b(?:worth|valued at|totall?ing|with an? (?:total|combined|aggregate))\b[^.;\n]{0,60}\Z",
    re.IGNORECASE,
)
_PAID_IN = re.compile(r"\bfund\b[^.;\n]{0,120}\Z", re.IGNORECASE)
_GONE_INTO = re.compile(
    r"\s(?:of (?:it|this|that) )?(?:has |have |had |was |were |will )?(?:already |so far "
    r"|since )?(?:be |been )?"
    r"(?:gone|go|flowed|flow|poured|put|pumped|ploughed|plowed|channell?ed|spent) (?:into|on)\b"
)
""" "240 million yuan have gone into the buildings"."""
_ALREADY = re.compile(
    r"\s(?:\w+\s){0,2}(?:paid in|paid up|committed|drawn down|in place|secured|raised)\b"
)


def _is_contracted(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """ "Signed agreements with 26 firms worth 17 billion"; of a fund, "with 4 billion paid in"."""
    begin = max(sentence.start, quantity.start - _FAR)
    if _CONTRACTED.search(page.folded, begin, quantity.start):
        return True
    paid = _ALREADY.match(page.folded, quantity.end)
    return bool(paid and _PAID_IN.search(page.folded, begin, quantity.start))


_FAR = 180
_INVESTING = re.compile(r"\b(?:invested|investing|to invest|investment)\b", re.IGNORECASE)


def attributes(
    page: Page, sentence: Sentence, quantity: Quantity, about: Subject
) -> dict[str, object]:
    """Return the part an invested sum plays, and who puts it in."""
    role = _role(page, sentence, quantity, about)
    paid = [about.investor] if about.investor else []
    paid = paid or _backers(page, sentence, quantity)
    return {"role": role, "investors": paid} if paid else {"role": role}


def _role(page: Page, sentence: Sentence, quantity: Quantity, about: Subject) -> str:
    """By what it is called, else by the words around it."""
    lexicon = rules("investments", "en")
    own = fold(about.text)
    behind = page.folded[quantity.end : quantity.end + 24].split(",")[0]
    near = page.folded[max(about.clause[0], quantity.start - _NEAR) : quantity.end] + behind
    wide = page.folded[sentence.start : sentence.end]
    for text in (near, own, wide):
        found = lexicon.meaning(text, 0, len(text))
        if found:
            return found
    return "raised" if _FROM.match(page.folded, quantity.end) else "total"


_BACKED = re.compile(
    r"\b(?:led by|co-led by|backed by|investors (?:including|such as)|participation (?:from|of|by)"
    r"|contributed by|lead(?: investor)?:|from|funded by|financed by)\s"
    r"(?:the )?(?:existing shareholders )?"
    r"(?P<names>[A-Z][\w&.'-]*(?:,? (?:and )?(?:[A-Z][\w&.'-]*|of|the)){0,12})"
)


def _backers(page: Page, sentence: Sentence, quantity: Quantity) -> list[str]:
    """Who put in what was raised: "from A, B and C", "led by D"."""
    found = _BACKED.search(page.folded, quantity.end, sentence.end)
    if not found:
        return []
    names = page.text[slice(*found.span("names"))]
    parts = re.split(r",\s(?:and\s)?|\sand\s", names)
    return [name.strip(" .") for name in parts if name.strip(" .")]
