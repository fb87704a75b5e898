"""Whether a sum or percentage is something to be had, and which part it plays in the benefit."""

import re
from dataclasses import dataclass, replace

from domain.facts.amounts import Amount, AmountRole, Period
from domain.facts.english.grammar import Word
from domain.facts.english.subjects import place_of, words_of
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import words as listed_words

GIVING = listed_words("en", "giving_verbs")
HANDING = listed_words("en", "handing_verbs")
GETTING = listed_words("en", "getting_verbs")
_GIVING_PHRASE = re.compile(
    r"\b(?:set(?:s|ting)? aside|take(?:s|n)? (?:over|home)|pencil\w* in)\b", re.I
)
_STILL = listed_words("en", "promising_verbs")
CUTTING = listed_words("en", "cutting_verbs")
_NO_BENEFIT = listed_words("en", "business_verbs")

BENEFIT = re.compile(
    r"\b(?:grants?|subsid(?:y|ies)|rewards?|vouchers?|coupons?|awards?|bonus(?:es)?|prizes?"
    r"|allowances?|rebates?|discounts?|refunds?|relief|stipends?|incentives?|compensation"
    r"|waivers?|top-ups?|cash-?back|scholarships?|concessions?|assistance|support|funding"
    r"|reimbursements?|rewarding funds?|(?:rent|tax|price|fee) (?:reductions?|cuts?|exemptions?)"
    r"|seed money|start-up (?:capital|money)|prize money|settling-in fees?"
    r"|matching funds?|(?:lump-sum|one-off|cash) payments?|rent[- ]free)\b",
    re.IGNORECASE,
)
"""What is given."""
POT = re.compile(
    r"\b(?:budgets?|pots?|pool|kitty|purse|envelope|special (?:\w+ ){0,3}funds?|funds arranged"
    r"|programme|program|scheme|package|tranche|total (?:funding|support|amount)|funding volume)\b",
    re.IGNORECASE,
)
"""Where it comes from."""
LIMIT = re.compile(
    r"\b(?:up to|at most|maximum|max\b\.?|upper limit|ceilings?|limit(?:ed|s)?|caps?|capped"
    r"|no more than|not more than|not exceed\w*|never (?:above|more than)|not above|within|highest"
    r"|as much as|cannot exceed|may not exceed|subject to a)\b",
    re.IGNORECASE,
)
_LIMIT_BEHIND = re.compile(
    r"\s?(?:in (?:[\w-]+ ){1,4}?)?(?:(?:per|a|an|for each|for every) (?:\w+ ){1,3}){0,3}"
    r"(?:at (?:the )?most|maximum|max\b|ceiling|cap\b|limit|or less)",
    re.IGNORECASE,
)
_COST = re.compile(
    r"\s?(?:of|off|on|towards?)\s(?:[a-z'&-]+\s){0,6}?(?:costs?|fees?|prices?|expens\w+|expenditures?"
    r"|invoices?|bills?|rents?|rental|tuition|premiums?|interest|outlays?|spend(?:ing)?|salar\w+"
    r"|wages?|charges?|purchases?|payments?|loans?|equipment|capital|contracts?|amounts?|rate"
    r"|investments?|value|tax\w*|sums?|inputs?|losses|losse?s?|what (?:they|it) (?:spend|pay)s?)\b",
    re.IGNORECASE,
)
_RATE_BEHIND = re.compile(
    r"\s?(?:\w+ ){0,2}(?:subsid|discount|rebate|reimburs|refund|relief|off\b|waiver|grant)",
    re.IGNORECASE,
)
_MOVES = listed_words("en", "moving_verbs")
_CONDITION = re.compile(
    r"\b(?:revenues?|sales|spend(?:ing)?|spent|salar(?:y|ies)|turnover|contracts?"
    r"|registered capital|paid-in capital|income|output|investment|invested|capital|expens\w+"
    r"|purchas\w+|assets|valuation|order value|tax)\b",
    re.IGNORECASE,
)
_EACH_OF = re.compile(
    r"\s?(?:/|(?:for each|for every|per|an?)\s)(?!(?:[\w-]+ ){0,2}?(?:company|applicant|firm"
    r"|years?|team|enterprise|project|person|month|start-?up|recipient|lab\w*|institution|student"
    r"|household|one|user|head|quarter|customer|unit\b|centre|center|winner|researcher)\b)[a-z]",
    re.IGNORECASE,
)
_LED_BY_EACH = re.compile(
    r"\b(?:for|per) (?:each|every) (?!(?:[\w-]+ ){0,3}?(?:company|applicant|firm|team|enterprise"
    r"|project|person|start-?up|recipient|institution|student|engineer|employee|graduate)\b)[a-z]",
    re.IGNORECASE,
)
_AVAILABLE = re.compile(
    r"\s?(?:yuan )?(?:(?:per|for each) \w+ )?(?:(?:in|of|worth of) [\w -]{3,40})?"
    r"\b(?:is|are|will be) (?:available|on offer|set aside|earmarked|reserved|allocated"
    r"|budgeted)\b",
    re.IGNORECASE,
)
_OF_VOUCHERS = re.compile(
    r"\s?(?:a year |per year |annually )?(?:in|of|worth of|for)\s(?:[\"\w'-]+\s){0,4}?\"?"
    r"(?:[\w-]+ )?(?:vouchers|coupons|special funds|subsidies|grants)\b",
    re.IGNORECASE,
)
_VOUCHERS_WORTH = re.compile(r"\b(?:vouchers|subsidies|coupons|grants) worth\b[^,;]{0,16}\Z", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around an amount."""

    label: str
    """Of its line, where that is a pair."""
    topic: str
    """Of the lines above it."""
    before: str
    """Of its clause, before it."""
    after: str
    """Of its sentence, behind it."""
    lead: str
    """Of its sentence, before its clause."""
    verb: Word | None
    """The verb that governs it."""
    conditional: bool
    """Between its verb of giving and itself stands an "if" or a "whose"."""
    past: bool


_CLAUSE = re.compile(r"(?<!max)(?<!min)[,;:.(]\s|\n|\(|\s-{1,2}\s")
_SHOWN = 90


def around(page: Page, sentence: Sentence, quantity: Quantity, topic: str) -> Around:
    """Return the surroundings of an amount."""
    block = page.block_of(sentence)
    left = page.folded[sentence.start : quantity.start]
    cut = max((found.end() for found in _CLAUSE.finditer(left)), default=0)
    words = words_of(page, sentence)
    at = place_of(words, quantity)
    verb, conditional, past = _governing(words, at) if at is not None else (None, False, False)
    label = page.folded[slice(*block.label)]
    if left[:cut].rstrip().endswith(":"):
        label = f"{label} {left[:cut]}"
    return Around(
        label=label,
        topic=topic,
        before=left[cut:] + page.folded[quantity.start : quantity.number_start],
        after=page.folded[quantity.end : min(sentence.end, quantity.end + _SHOWN)],
        lead=left[:cut],
        verb=verb,
        conditional=conditional,
        past=past,
    )


def _governing(words: list[Word], at: int) -> tuple[Word | None, bool, bool]:
    """The verb before an amount (else the one behind it), whether under an "if", whether past."""
    conditional = crossed = False
    for here in range(at - 1, max(-1, at - 40), -1):
        word = words[here]
        if word.text in (";", ":"):
            break
        crossed = crossed or word.text == ","
        if word.tag in ("if", "rel") and not crossed:
            conditional = True
            break
        if word.tag == "aux" and word.text in ("have", "has", "get") and here >= at - 2:
            return None, False, False  # "factories have 40% of the rent paid"
        if word.tag in ("verb", "part", "ing") and word.verb and _governs(word):
            gives = word.verb.lemma in GIVING | HANDING | GETTING
            asked = not crossed and not gives and _under_if(words, here)
            return word, asked, _is_past(words, here)
    for here in range(at + 1, min(len(words), at + 30)):
        word = words[here]
        if word.text in (";", ".") or word.tag in ("rel", "if"):
            break
        if (
            word.tag == "verb"
            and word.verb
            and any(one.tag == "aux" for one in words[here - 3 : here])
        ):
            return word, conditional, _is_past(words, here)
    return None, conditional, False


def _governs(word: Word) -> bool:
    """A participle inside a noun phrase ("laboratories working on") takes no amount of its own."""
    return word.tag == "verb" or (word.verb is not None and word.verb.lemma in GIVING | HANDING)


def _under_if(words: list[Word], verb: int) -> bool:
    """Whether a verb stands in a clause with "if", "where", "whose", "that"."""
    for here in range(verb - 1, max(-1, verb - 24), -1):
        if words[here].text in (",", ";", ":") or words[here].tag == "verb":
            return False
        if words[here].tag in ("if", "rel"):
            return True
    return False


def _is_past(words: list[Word], verb: int) -> bool:
    """Told of the past: "paid", "was redeemed", "has received"."""
    own = words[verb].verb
    if own is None or own.lemma in _STILL or (verb and words[verb - 1].text in (",", "(")):
        return False
    before = [
        one.text for one in words[max(0, verb - 4) : verb] if one.tag in ("aux", "not", "adv")
    ]
    if before:
        return any(text in ("was", "were", "had", "has", "have", "did") for text in before)
    return words[verb].tag == "verb" and "past" in own.forms and "base" not in own.forms


def role_of(
    here: Around, quantity: Quantity, offered: bool, last: AmountRole | None
) -> AmountRole | None:
    """Return the part an amount plays in a benefit, or None where it is no part of any.

    `last` is the part of the amount before it in the sentence.
    """
    if quantity.kind == "percent":
        return _rate(here, quantity, offered)
    if quantity.kind != "money" or _A_FUND.match(here.after):
        return None
    if last == "pool" and _OF_IT.match(here.after):
        return "pool"
    if last and _limited(here, quantity) and not _OWN_THING.search(here.before):
        return "cap" if not _pooled(here, quantity) else "pool"
    return _sum(here, quantity, offered)


_A_FUND = re.compile(
    r"[\s-](?!for|per|to|in|from|each)(?:[\w-]+\s){0,4}?(?<!special )(?<!matching )"
    r"(?:funds?|venture|stake|project)\b",
    re.IGNORECASE,
)
"""What is set up, not what is given."""
_OF_IT = re.compile(r"\s?of (?:it|them|which|this|that)\b", re.IGNORECASE)
_OWN_THING = re.compile(
    r"\b(?:revenue|sales|salary|turnover|investment of|output)\b", re.IGNORECASE
)


def _gives(here: Around) -> bool:
    return _lemma(here) in GIVING | GETTING or bool(_GIVING_PHRASE.search(here.before + here.after))


_TO_SOMEBODY = re.compile(
    r"\b(?:gives?|given|giving|pa(?:y|ys|id|ying)|offers?|offered|provid\w+|hand\w*|gave)\s"
    r"(?:[a-z-]+\s){0,4}?(?:us|them|compan|enterprise|firm|start-?up|business|team|lab|universit|institut"
    r"|graduate|expert|developer|applicant|researcher|tenant|user|buyer|manufactur|project|zone)",
    re.IGNORECASE,
)


def _hands(here: Around, offered: bool, limit: bool) -> bool:
    """Whether "pays", "provides" is the giving of a benefit."""
    if _lemma(here) not in HANDING:
        return False
    return offered or limit or bool(_TO_SOMEBODY.search(here.lead + here.before))


def _lemma(here: Around) -> str:
    return here.verb.verb.lemma if here.verb and here.verb.verb else ""


def _rate(here: Around, quantity: Quantity, offered: bool) -> AmountRole | None:
    lemma = _lemma(here)
    if quantity.unit == "percentage_point":
        return "rate" if lemma in ("subsidise", "subsidize", "discount") else None
    if (lemma in _MOVES and lemma not in CUTTING) or here.conditional:
        return None
    of_cost = bool(_COST.match(" " + here.after.lstrip())) or quantity.written
    named = bool(BENEFIT.search(here.before)) or bool(LIMIT.search(here.before) and of_cost)
    named = named or bool(offered and _SHARE.search(here.before))
    if named and _SHARE.search(here.before):
        return "rate"
    if _RATE_BEHIND.match(here.after) or LABEL.search(here.label):
        return "rate" if offered or named or of_cost or not here.label else None
    if of_cost and (_gives(here) or lemma in HANDING or named or offered):
        return "rate"
    if lemma in CUTTING and _PRICE.search(here.before + here.lead):
        return "rate"
    return "rate" if offered and (_gives(here) or lemma in HANDING or named) else None


_SHARE = re.compile(
    r"\b(?:rate|proportion|ratio|percentage|share) (?:is|was|will be|shall be|rises?)\b", re.I
)
_PRICE = re.compile(r"\b(?:rents?|prices?|fees?|tax|tuition|tariffs?)\b", re.IGNORECASE)


LABEL = re.compile(
    rf"{BENEFIT.pattern}|\b(?:rates?|amounts?|rents?|payments?|standards?|ceilings?|caps?|maximum|max"
    r"|limits?|budgets?|pots?|pool|volume|share|intensity|benefits?|level)\b",
    re.IGNORECASE,
)
"""A label under which a benefit's amount stands."""


def _sum(here: Around, quantity: Quantity, offered: bool) -> AmountRole | None:
    limit = _limited(here, quantity)
    if _is_condition(here, quantity):
        return (
            "threshold"
            if offered or _gives(here) or BENEFIT.search(here.lead + here.after)
            else None
        )
    if not _is_offered(here, offered, limit):
        return None
    if limit and not _pooled(here, quantity):
        return "cap"
    if _pooled(here, quantity):
        return "pool"
    if quantity.comparator in ("le", "lt"):
        return "cap"
    many = re.match(r"\s(?:each|apiece)\b", here.after) and _MANY.search(here.before)
    each = many or _EACH_OF.match(here.after) or _LED_BY_EACH.search(here.lead + here.before)
    return "per_unit" if each else "fixed"


_MANY = re.compile(r"s (?:of|worth)\s(?:[A-Z]{3}\s?)?\Z", re.IGNORECASE)
"""Vouchers of 20,000 yuan each: one recipient may have several."""


def _limited(here: Around, quantity: Quantity) -> bool:
    near = re.split(r"[,;]", here.before)[-1]
    return (
        quantity.comparator in ("le", "lt")
        or bool(LIMIT.search(f"{here.label}: {near}"))
        or bool(_LIMIT_BEHIND.match(here.after))
    )


_CLAUSE_TAIL = re.compile(r"\b(?:whose|which|that|where|if|when)\b", re.IGNORECASE)


def _is_condition(here: Around, quantity: Quantity) -> bool:
    """ "Firms whose revenue exceeds", "on a salary of … or above", "reaches RMB 500,000"."""
    if BENEFIT.search(_CLAUSE_TAIL.split(here.before)[-1]):
        return False
    if _gives(here) and not here.conditional:
        named = _CONDITION.search(here.before) and quantity.comparator in ("gt", "ge")
        return bool(named) and not BENEFIT.search(here.before) and not POT.search(here.before)
    if here.conditional:
        return True
    return bool(_CONDITION.search(here.before)) and quantity.comparator in ("gt", "ge")


def _is_offered(here: Around, offered: bool, limit: bool) -> bool:
    if LABEL.search(here.label) and (
        offered or BENEFIT.search(here.label) or POT.search(here.label)
    ):
        return True
    named = BENEFIT.search(here.before) or NAMED_BEHIND.match(here.after)
    if _lemma(here) in _NO_BENEFIT and not named:
        return False
    if (
        named
        or _OF_VOUCHERS.match(here.after)
        or ((offered or limit) and _AVAILABLE.match(here.after))
    ):
        return True
    if POT.search(here.before):
        return True
    return _gives(here) or _hands(here, offered, limit) or (limit and offered)


NAMED_BEHIND = re.compile(
    r"\s?(?:one-?(?:off|time)\s)?(?:in|of|as an?|each in)?\s?(?:[\w-]+\s){0,3}?" + BENEFIT.pattern,
    re.IGNORECASE,
)


def _pooled(here: Around, quantity: Quantity) -> bool:
    """A pot: by its name, by what is done with it, by the vouchers that it is worth."""
    ahead = re.split(r"[,;.]", here.after)[0]
    if re.search(r"\b(?:per|each|every|single)\b(?! year)", here.before + ahead):
        return False
    if POT.search(here.label) or _VOUCHERS_WORTH.search(here.before):
        return True
    if _OF_VOUCHERS.match(here.after) and quantity.value >= _LARGE:
        return True
    if _AVAILABLE.match(here.after) or (
        re.search(r"\bbudget\b", here.topic, re.I) and not here.verb
    ):
        return True
    lemma = _lemma(here)
    if lemma in (
        "allocate",
        "earmark",
        "reserve",
        "budget",
        "arrange",
        "appropriate",
        "issue",
        "pencil",
    ):
        return True
    if _GIVING_PHRASE.search(here.before + ahead) and "take" not in here.before:
        return True
    return bool(POT.search(here.before)) and not BENEFIT.search(_POT_SPLIT.split(here.before)[-1])


_POT_SPLIT = re.compile(POT.pattern, re.IGNORECASE)
_LARGE = 10_000_000

_PERIODS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    (
        "year",
        re.compile(
            r"\b(?:(?:a|per|each|every|any|one|any one|calendar|and|policy) year\b(?! period)"
            r"|annual(?:ly)?|per annum|yearly|/year)",
            re.IGNORECASE,
        ),
    ),
    ("once", re.compile(r"\b(?:one-off|one-time|lump[ -]sum|once)\b", re.IGNORECASE)),
    (
        "project",
        re.compile(r"\b(?:per|each|every|single|for a|any) (?:\w+ )?project\b", re.IGNORECASE),
    ),
    (
        "total",
        re.compile(r"\b(?:in total|cumulative\w*|combined|altogether|overall)\b", re.IGNORECASE),
    ),
)


def period_of(here: Around, role: AmountRole) -> Period | None:
    """Return for how long, or for what, a sum is meant."""
    if role in ("rate", "threshold"):
        return None
    behind = re.split(r"[,;\n]", here.after)[0]
    words = f"{here.label} {here.before} {behind}"
    return next((period for period, pattern in _PERIODS if pattern.search(words)), None)


_HALF = re.compile(
    r"\b(?P<half>half)(?: of)? (?:the|their|its|of|market)? ?(?:\w+ ){0,3}?(?:rents?|prices?|costs?"
    r"|fees?|rate|interest|tuition|premium|bill)\b|\bat (?P<half2>half) of cost\b"
    r"|\b(?P<halved>halved)\b",
    re.IGNORECASE,
)


def halves(page: Page, sentence: Sentence) -> list[Quantity]:
    """Half is a rate of 50 percent, where somebody pays half of something."""
    found = []
    taken = [one.number_start for one in page.quantities_in(sentence.start, sentence.end)]
    for match in _HALF.finditer(page.folded, sentence.start, sentence.end):
        start, end = match.span(match.lastgroup or 0)
        if start not in taken:
            found.append(_half(start, end))
    return found


def _half(start: int, end: int) -> Quantity:
    from decimal import Decimal

    return Quantity(
        start=start,
        number_start=start,
        end=end,
        kind="percent",
        value=Decimal(50),
        unit="percent",
        written=True,
    )


def listed(amounts: list[Amount]) -> list[Amount]:
    """The comparator of the first holds for a whole list."""
    first = amounts[0].quantity.comparator
    return [
        replace(one, quantity=replace(one.quantity, comparator=first))
        if one.quantity.comparator == "eq"
        else one
        for one in amounts
    ]
