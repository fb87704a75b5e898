"""Quantities in English text: numeral, scale, unit or noun, and the words that compare."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from domain.facts.english.verbs import verbs
from domain.facts.fact import Comparator
from domain.facts.numerals import ENGLISH_SCALES, ENGLISH_WORD, digits, english
from domain.facts.quantity import SIGN, SIGNS, Quantity, QuantityKind
from domain.facts.rules import rules, words

_DIGITS = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,8})?"
_WORDS = (
    rf"(?:{ENGLISH_WORD})(?:[\s-](?:{ENGLISH_WORD}|hundred|thousand)){{0,3}}|(?:a"
    r"|several)\s(?=hundred|thousand|million|billion|trillion)"
)
_SCALE = (
    r"ten\sthousand|hundred|thousand|million|billion|trillion|mln|bln|bn|mn|trln|tn|crore|lakh"
    r"|[MBk](?![\w])"
)
_SYMBOLS = {
    "RMB": "CNY",
    "CNY": "CNY",
    "CN¥": "CNY",
    "¥": "CNY",
    "￥": "CNY",
    "US$": "USD",
    "USD": "USD",
    "U.S.$": "USD",
    "HK$": "HKD",
    "HKD": "HKD",
    "$": "USD",
    "€": "EUR",
    "EUR": "EUR",
    "£": "GBP",
    "GBP": "GBP",
    "S$": "SGD",
    "INR": "INR",
    "₹": "INR",
    "JPY": "JPY",
    "NT$": "TWD",
}
_NAMES = (
    ("CNY", r"(?:chinese\s)?(?:yuan|renminbi|rmb|cny)"),
    ("USD", r"(?:u\.?s\.?\s)?dollars?|usd"),
    ("HKD", r"(?:hong\skong|hk)\sdollars?|hkd"),
    ("EUR", r"euros?|eur"),
    ("GBP", r"pounds?(?:\ssterling)?"),
    ("JPY", r"yen"),
    ("INR", r"rupees?"),
)
_AREA = (
    (10**6, r"(?:sq(?:uare)?\.?[\s-]?(?:kilomet(?:er|re)s?|km)|km2|km²|sq\s?km)"),
    (1, r"(?:sq(?:uare)?\.?[\s-]?(?:met(?:er|re)s?|m)\b|m2|m²|sqm)"),
    (10**4, r"hectares?"),
    (Decimal("666.67"), r"mu\b"),
    (Decimal("4046.86"), r"acres?"),
)
_COMPUTE = (
    (Decimal(1), r"(?:petaflops?|pflops?|peta[\s-]?flops?|petaflop/s|peta\b|(?-i:P)\b(?!/))"),
    (Decimal(1000), r"(?:exaflops?|eflops?|exa[\s-]?flops?)"),
    (
        Decimal(1) / 10**15,
        (
            r"(?:(?:floating[\s-]point\s)?(?:calculations|operations|computations)\s(?:per|a"
            r"|every)\ssecond|flops\b)"
        ),
    ),
)
_BYTES = (
    (10**15, r"(?:petabytes?|pb\b)"),
    (10**12, r"(?:terabytes?|tb\b)"),
    (10**18, r"(?:exabytes?|eb\b)"),
    (10**9, r"(?:gigabytes?|gb\b)"),
)
_DURATION = {"year": "year", "month": "month", "day": "day", "week": "day"}


def _any(pairs: tuple[tuple[object, str], ...], prefix: str) -> str:
    return "|".join(f"(?P<{prefix}{number}>{words})" for number, (_, words) in enumerate(pairs))


_SYMBOL = "|".join(re.escape(symbol) for symbol in sorted(_SYMBOLS, key=lambda word: -len(word)))
_QUANTITY = re.compile(
    rf"""(?:\b|(?=[$¥€£₹￥]))(?:(?<![A-Za-z])(?P<symbol>{_SYMBOL})[\s-]?|(?<![\w.]))
        (?P<number>{_DIGITS}|{_WORDS})(?!\d|:\S)(?P<plus>\+|-plus\b)?
        (?:(?<=\d)(?:[ ]?-[ ]?|\sto\s|\sand\s(?=\d{{1,3}}\s?(?:percent|per\scent|%)))(?:
            (?:{_SYMBOL})\s?)?(?P<high>{_DIGITS})(?![\w]|,\d))?
        (?:[\s-]?(?P<scale>{_SCALE})\b(?:[\s-](?P<scale2>{_SCALE})\b)?)?
        (?P<plus2>\+)?[\s-]?
        (?:(?P<money>{"|".join(f"(?P<{code}>{words})" for code, words in _NAMES)})\b
          |(?P<point>percentage[\s-]points?|pp\b)
          |(?P<percent>%|percent\b|per\scent\b|pct\b)
          |(?P<fraction>(?<=[a-z][\s-])(?:fifths|thirds|quarters|tenths)\b(?=\sof\b)|(?<=-)(?:fifth|third|quarter|tenth)\b)
          |(?P<compute>{_any(_COMPUTE, "c")})
          |(?P<bytes>{_any(_BYTES, "b")})
          |(?P<area>{_any(_AREA, "a")})
          |(?P<times>times\b|-?fold\b)
          |(?:working\s|business\s|calendar\s)?(?P<duration>years?|months?|days?|weeks?)\b(?!-old)
        )?
        (?P<after>\s(?:or\s(?:more|above|over|higher)|and\sabove|or\s(?:less|below|under|fewer)|or\sso\b))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PER = re.compile(
    (
        r"\s?(?:/|\s(?:per|for\s(?:each|every)|each|an?)\s)\s?(?P<per>[a-z]{3"
        r",14}(?:\s(?:meter|metre|per\s[a-z]{3,8}|project))?)"
    ),
    re.IGNORECASE,
)
_NOT = (
    r"(?:not|cannot|n't|never|neither|nor|without)(?: (?:to|be|go|hold|rise|get|stand|cost"
    r"|pay|have))?"
)
_PARTICLE = r"(?<!turned )(?<!spread )(?<!handed )(?<!taken )(?<!took )(?<!carried )(?<!stretches )"
"""Before "over" that belongs to its verb and compares nothing."""
_RAISED = re.compile(
    r"\b(?:br(?:ing|ings|inging|ought)|rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|push(?:es|ed|ing)?"
    r"|increas(?:e|es|ed|ing)|took|takes?|scal(?:e|es|ed|ing)|grow(?:s|n|ing)?|grew|go(?:es|ing)?"
    r"|went|came|edg(?:e|es|ed|ing)|climb(?:s|ed)?|ris(?:e|es|en|ing)|rose|mov(?:e|es|ed))\b"
    r"[^,.;]{0,60}\Z",
    re.IGNORECASE,
)
_WORDS_OF: tuple[tuple[Comparator, str], ...] = (
    (
        "le",
        rf"no more than|not more than|{_NOT} (?:exceed(?:s|ing)?|surpass(?:ing)?|above"
        r"|over|more than"
        r"|higher than|top(?:ping)?|pass(?:ing)?|beyond)|up to|at most|as (?:much|many|high) as"
        r"|(?:a )?maxim(?:um|al)(?: \w+){0,3} of|maximum|capp?ed at|cap of|ceiling of"
        r"|limit(?:ed)? (?:to|of)|no (?:larger|higher|greater|bigger) than|to a maximum of|within",
    ),
    (
        "ge",
        rf"at least|no (?:less|fewer|lower|smaller) than|{_NOT} (?:less|fewer|lower) than"
        rf"|{_NOT} (?:below|under|fall below|drop below)|a minimum of|minimum(?: \w+){{0,2}} of",
    ),
    (
        "gt",
        r"(?:well |far )?(?:more|greater|higher|larger|bigger) than"
        rf"|{_PARTICLE}over|exceed(?:s|ed|ing)?"
        r"|surpass(?:es|ed|ing)?|above|in excess of|topp?(?:s|ed|ing)?|pass(?:es|ed|ing)?"
        r"|break(?:s|ing)? through|broke through"
        r"|past|upwards? of|break(?:s|ing)?|crossed|beyond|north of|outstrip(?:s|ped|ping)?",
    ),
    (
        "lt",
        r"(?:less|fewer|lower|smaller) than|under|below|short of"
        r"|not (?:yet |quite )?(?:reach(?:ed)?)",
    ),
    (
        "approx",
        r"about|around|approximately|approx\.?|roughly|some|nearly|almost|closer? to"
        r"|an estimated|estimated at|circa|near(?:ing)?|or so",
    ),
)
_FOLLOWED = r"(?:\s(?:the|its|a|an|their|his|of|to|by|total|around|RMB))?[\s(]{0,2}\Z"
_COMPARATORS = tuple(
    (name, re.compile(rf"(?:(?<![A-Za-z])|(?=n't))(?:{pattern}){_FOLLOWED}", re.IGNORECASE))
    for name, pattern in _WORDS_OF
)
_AFTER = re.compile(r"or (?P<down>less|below|under|fewer)", re.IGNORECASE)
_REACH = 40
_FALLS = re.compile(
    r"\b(?:down|fell|fall(?:s|ing|en)?|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)"
    r"|decreas(?:e|es|ed|ing)|shr[aiu]nk|slipp(?:ed|ing)|slid(?:es)?|plung(?:e|es|ed)|tumbled)"
    r"(?:\s(?:by|of|as much as|about|around|roughly|nearly))?\s*\Z",
    re.IGNORECASE,
)
_PEAK = re.compile(r"\b(?:maximum|highest|peak|top)\b[^.;]{0,40}\Z", re.IGNORECASE)

_NOUN_WORD = re.compile(
    r"[\s-]?(?P<word>\d{1,3}-[a-z]{2,12}\b|[A-Za-z][A-Za-z'\-/]{0,30}|\"|'|\d{1,3}G\b)"
)
_STOP = words("en", "ends_a_noun")
_PLURAL = re.compile(
    r"(?:[a-z]{2,}(?<!s)s|people|staff|personnel|media|men|women|children|data|alumni|criteria)\Z",
    re.IGNORECASE,
)
_NOT_PLURAL = words("en", "not_plural")
_NOT_COUNTED = words("en", "never_counted")
_OUGHT = re.compile(
    (
        r"(?:\b(?:another|additional|further|new|build|open|create|establish|develop"
        r"|train|cultivate|add|to|total|least|than|over|about|some|nearly"
        r"|around|up)\s)\Z"
    ),
    re.IGNORECASE,
)
_BARE_BEFORE = re.compile(
    (
        r"\b(?:(?:to|at|reach(?:ed|es|ing)?|total(?:s|l?ed|l?ing)?|number(?:s|ed|ing)?|now|was|were"
        r"|is|are|be|hit|hits|pass(?:es|ed)?|top(?:s|ped)?|exceed(?:s|ed)?|surpass(?:es|ed)?|past"
        r"|pencil(?:s|l?ed)? in|averag(?:es|ed))\s(?:a total of\s)?"
        r"|of (?:which|whom|these|them|those),?\s|including\s|with\s)\Z"
    ),
    re.IGNORECASE,
)
_BARE_AFTER = re.compile(
    (
        r"\s(?:(?:more|fewer) than\b|of (?:them|these|those|which|whom)\b|(?:more )?(?:exceed"
        r"|have|had|were|are|with|from|in|at|already|by|before|after|this|last|next|or so)\b"
        r"|each\b|(?:between|until) (?:19|20)\d\d\b|(?:and|but|of) )|\s?(?:[.,;)]|\Z)"
    ),
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"\b(?:(?:total |combined |overall )?number of|total|tally|count|list)\b", re.IGNORECASE
)
_OF_THEM = re.compile(r"\b[Oo]f (?:the |these |those )?(?:more than |some |about )?\d[\d,]* [a-z]")
_NAME_BEFORE = re.compile(
    r"(?:\b(?:no|nos|article|section|phase|chapter|version|tower|gate|flight|page|figure|table"
    r"|model|series|top|tier|class|grade|edition|room|route|step|per|ranked|ranks|ranking)\s"
    r"|\bnos?\.\s|[A-Za-z]-?|#|\d[.,:/-])\Z",
    re.IGNORECASE,
)
_LARGE_YEAR = re.compile(r"(?:19|20)\d\d\Z")


def quantities(folded: str, skip: tuple[tuple[int, int], ...]) -> tuple[Quantity, ...]:
    """Return the quantities of an English text, outside the spans to skip (dates, titles)."""
    return tuple(_ranged(folded, list(_found(folded, skip))))


def _found(folded: str, skip: tuple[tuple[int, int], ...]) -> Iterator[Quantity]:
    at = 0
    waiting: list[re.Match[str]] = []
    last: Quantity | None = None
    for match in _QUANTITY.finditer(folded):
        number = match.start("number")
        while at < len(skip) and skip[at][1] <= number:
            at += 1
        if at < len(skip) and skip[at][0] <= number:
            continue
        if waiting and not _LISTED.fullmatch(folded, waiting[-1].end(), match.start()):
            waiting = []
        quantity = _quantity(folded, match) or _elliptic(folded, match, last)
        if quantity is None:
            waiting = (
                [*waiting[-6:], match] if match["scale"] or match["number"][0].isdigit() else []
            )
            continue
        if quantity.kind in ("money", "percent"):
            yield from (_shared(folded, one, quantity) for one in waiting)
        waiting = []
        last = quantity
        yield quantity


_LISTED = re.compile(r",?\s?(?:and|or)?\s?")
_BETWEEN = re.compile(
    r"\b(?:between|(?:rang(?:e|es|ing)|var(?:y|ies|ying)) from)\s(?:about |around |some )?\Z",
    re.IGNORECASE,
)
_TO = re.compile(r"\s?(?:to|-)\s?")
_SCALE_WORD = re.compile(rf"\d[\s-]?(?P<scale>{_SCALE})\b", re.IGNORECASE)


def _ranged(folded: str, found: list[Quantity]) -> Iterator[Quantity]:
    """ "Between A and B", "A million to B million": two numbers that are one range."""
    low: Quantity | None = None
    for one in found:
        whole = low and _range(folded, low, one)
        if whole:
            yield whole
            low = None
            continue
        if low:
            yield low
        low = one
    if low:
        yield low


def _range(folded: str, low: Quantity, top: Quantity) -> Quantity | None:
    if low.unit != top.unit or low.high or top.high or top.comparator != "eq":
        return None
    gap = folded[low.end : top.start]
    between = _BETWEEN.search(folded, max(0, low.start - 24), low.number_start)
    if not (between and gap.strip() in ("and", "to")) and not (
        low.kind == "money" and _is_to(folded, low, gap)
    ):
        return None
    bottom = low.value
    scales = [_SCALE_WORD.search(folded, one.number_start, one.end) for one in (low, top)]
    if scales[1] and not scales[0]:
        shared = bottom * ENGLISH_SCALES[scales[1]["scale"].lower()]
        bottom = shared if shared < top.value else bottom
    if not bottom < top.value:
        return None
    return replace(
        low, value=bottom, high=top.value, comparator="range", end=top.end, counter=top.counter
    )


def _is_to(folded: str, low: Quantity, gap: str) -> bool:
    """Not "from A to B", which is a change."""
    changed = re.search(r"\b(?:from|up|by)\s\Z", folded[max(0, low.start - 8) : low.start])
    return bool(_TO.fullmatch(gap)) and not changed


_FARTHEST_UNIT = 400
_LARGE = ("million", "billion", "trillion", "bn", "mn", "bln", "mln")
_OPEN_END = re.compile(
    r"\s?(?:[,.;:)]|\Z|\n|(?:and|or|but|in|for|on|while|to|from|last|this|by|against|a year|had|has"
    r"|have|is|was|were|will|a day|per)\b)"
)
_OWNED = re.compile(r"[A-Z][\w'-]+\s(?:[a-z]+\s)?\Z")


def _elliptic(folded: str, match: re.Match[str], last: Quantity | None) -> Quantity | None:
    """ "38 billion yuan, those in Hangzhou 29.7 billion": the unit was said before."""
    if last is None or match["high"] or not match["number"][0].isdigit():
        return None
    gap = folded[last.end : match.start()]
    if len(gap) > _FARTHEST_UNIT or "\n" in gap or not _OPEN_END.match(folded, match.end()):
        return None
    scale = (match["scale"] or "").lower()
    if last.kind == "money" and scale in _LARGE:
        return _shared(folded, match, last)
    listed = last.kind == "count" and last.counter and len(match["number"]) > 1 and not scale
    dated = _LARGE_YEAR.match(match["number"]) and "," not in match["number"]
    if listed and not dated and _OWNED.search(folded, max(0, match.start() - 40), match.start()):
        return replace(_shared(folded, match, last), counter=last.counter)
    return None


def _shared(folded: str, match: re.Match[str], last: Quantity) -> Quantity:
    """ "100 million, 500 million and 1 billion yuan": the unit stands behind the last."""
    comparator, begin = _comparator(folded, match, last.kind)
    return Quantity(
        start=begin,
        number_start=match.start("number"),
        comparator=comparator,
        end=match.end() - (1 if match.group().endswith(" ") else 0),
        kind=last.kind,
        value=_value(match["number"]) * _factor(match, last.kind),
        unit=last.unit,
    )


def _quantity(folded: str, match: re.Match[str]) -> Quantity | None:
    number = match.start("number")
    symbol = match["symbol"]
    if not symbol and _NAME_BEFORE.search(folded, max(0, number - 12), number):
        return None
    kind, unit = _kind(match)
    end, counter = match.end(), ""
    if kind is None:
        kind, unit, end, counter = _counted(folded, match)
        if kind is None:
            return None
    factor = _factor(match, kind)
    value = _value(match["number"]) * factor
    high = digits(match["high"]) * factor if match["high"] else None
    if high is not None and _FROM.search(folded, max(0, match.start() - 16), match.start()):
        number, value, high = match.start("high"), high, None  # "from 100 to 170": a change
    if high is not None and (high <= value or (kind == "count" and not counter)):
        return None
    comparator, begin = _comparator(folded, match, kind)
    end = _trimmed(folded, match.start(), end)
    per = _PER.match(folded, end) if kind == "money" else None
    return Quantity(
        start=begin,
        number_start=match.start("symbol") if symbol else number,
        end=end,
        kind=kind,
        value=value,
        high=high,
        unit=unit,
        comparator="range" if high is not None else comparator,
        counter=counter,
        per=per["per"] if per else "",
        negative=_is_fall(folded, kind, comparator, begin),
        written=not match["number"][0].isdigit(),
    )


_FROM = re.compile(r"\bfrom\s(?:about |around |some |roughly )?\Z", re.IGNORECASE)


def _is_fall(folded: str, kind: QuantityKind, comparator: Comparator, begin: int) -> bool:
    """ "Fell 12 percent" is minus 12; "dropped below 50 percent" is where it stands."""
    fell = kind == "percent" and _FALLS.search(folded, max(0, begin - 30), begin)
    return bool(fell) and comparator not in ("lt", "le")


def _trimmed(folded: str, start: int, end: int) -> int:
    while end > start and folded[end - 1] in " -\n":
        end -= 1
    return end


def _kind(match: re.Match[str]) -> tuple[QuantityKind | None, str]:
    if match["money"]:
        return "money", next(code for code, _ in _NAMES if match[code])
    if match["symbol"]:
        return "money", _SYMBOLS[match["symbol"].upper()]
    if match["point"]:
        return "percent", "percentage_point"
    if match["percent"] or match["fraction"]:
        return "percent", "percent"
    if match["compute"]:
        return "compute", "PFLOPS"
    if match["bytes"]:
        return "bytes", "byte"
    if match["area"]:
        return "area", "m2"
    if match["times"]:
        return "times", "times"
    if match["duration"]:
        return "duration", _DURATION[match["duration"].lower().rstrip("s")]
    return None, ""


_MADE_OF = re.compile(r"-(?!plus|odd|some|strong)[a-z]+\s")
"""12-inch fabs, 300-bed hospitals: what a thing is like, not how many there are."""

_Counted = tuple[QuantityKind | None, str, int, str]
_NOT_A_COUNT: _Counted = (None, "", 0, "")


def _counted(folded: str, match: re.Match[str]) -> _Counted:
    """Tell what a bare number counts, or that it counts nothing."""
    number, scale = match["number"], match["scale"]
    if not scale and not match["plus"] and _LARGE_YEAR.match(number) and "," not in number:
        return _NOT_A_COUNT
    if match["number"][-1:].isdigit() and _MADE_OF.match(folded, match.end("number")):
        return _NOT_A_COUNT
    behind = _trimmed(folded, match.start(), match.end())
    end, noun = _noun(folded, behind)
    small = not number[0].isdigit() and not scale and english(number) <= 10
    before = folded[max(0, match.start() - 24) : match.start()]
    if noun and noun.split()[-1].lower() not in _NOT_COUNTED:
        ought = _OUGHT.search(before) or "more " in noun[:5] or "new " in noun[:4]
        single = number.lower() in ("one", "a", "zero")
        if small and not (ought or (not single and _is_telling(noun, before))):
            return _NOT_A_COUNT
        return "count", "count", end, noun
    if noun:
        return _NOT_A_COUNT
    label = _label(folded, match.start(), behind)
    if label:
        return "count", "count", behind, label
    return _without_noun(folded, match, behind)


def _without_noun(folded: str, match: re.Match[str], behind: int) -> _Counted:
    """A number with no noun right behind it: of some of them, a label's, or one alone."""
    number, scale = match["number"], (match["scale"] or "").lower()
    before = folded[max(0, match.start() - 24) : match.start()]
    alone = number.lower() in ("one", "a") or ("." in number and not scale)
    of_them = _OF_SOME.match(folded, behind)
    if of_them and not alone:
        return "count", "count", behind, of_them["noun"]
    if scale in ("million", "billion", "trillion", "bn", "mn") and not _COUNT_OF.search(before):
        return _NOT_A_COUNT
    titled = _TITLED.match(folded, behind)
    end, noun = _noun(folded, titled.end() - 1) if titled else (behind, "")
    if noun:
        return "count", "count", end, noun
    if alone:
        return _NOT_A_COUNT
    at = _comparator(folded, match, "count")[1]
    counts = _bare(folded, match, at, behind, before)
    return ("count", "count", behind, "") if counts else _NOT_A_COUNT


def _bare(folded: str, match: re.Match[str], at: int, behind: int, before: str) -> bool:
    """Whether a number without a noun stands for things; `at` is where its comparator begins."""
    return (
        _stands_for_things(folded, match.start(), behind, before)
        or _stands_for_things(folded, at, behind, folded[max(0, at - 24) : at])
        or _acts(folded, at, behind)
    )


_COUNT_OF = re.compile(r"\b(?:number|calls|users|count|population)\b")
_TITLED = re.compile(r":\s(?=[A-Za-z])")
"""1,502: AI companies in the city."""
_OF_SOME = re.compile(
    r"\sof (?:the|its|their|those|these|all|our)\s(?:\d[\d,]*\s)?"
    r"(?P<noun>(?:[a-z][\w-]*\s|AI\s){0,3}?[a-z]{3,}s)\b"
)
_OPENS = re.compile(r"(?:\A|[,;.!?:\n]\s?|\b(?:and|but|only|just|while|that) )\Z")
_STILL_THERE = re.compile(r"\s(?:no longer|still|already|or so\b|have|had|were|are|was)\b")


def _acts(folded: str, start: int, behind: int) -> bool:
    """ "Of the 412 opened, 268 found a supplier": a number that acts stands for things."""
    if not _OPENS.search(folded, max(0, start - 8), start):
        return False
    if _STILL_THERE.match(folded, behind):
        return True
    following = _NEXT_WORD.match(folded, behind)
    verb = verbs().get(following["word"].lower()) if following else None
    return verb is not None and "past" in verb.forms and not verb.nominal


_NEXT_WORD = re.compile(r"\s(?P<word>[a-z]{3,})\b")


_TELLING = ("enterprises", "institutions", "models", "patents", "projects", "scenarios")
_KNOWN = re.compile(
    r"\b(?:the|these|those|its|their|our|all|both|first|last|other|following|any|every|of|for"
    r"|per|than|or|no|another)\s\Z",
    re.IGNORECASE,
)


def _is_telling(noun: str, before: str) -> bool:
    """A small number in words counts where its noun is one of those that are followed."""
    hit = rules("indicators", "en").last(noun, 0, len(noun))
    return bool(hit and hit.rule.meaning in _TELLING) and not _KNOWN.search(before)


_LABEL = re.compile(
    r"^\W{0,4}(?P<label>[A-Z][^:\n]{1,70}?)(?:\s\([^()\n]{1,20}\))?:\s(?:[a-z]+ ){0,3}\Z",
    re.MULTILINE,
)
_LINE_ENDS = re.compile(r"\s{0,3}(?:\n|\Z|\([^()\n]{1,24}\)|[;,] )")


def _label(folded: str, start: int, behind: int) -> str:
    """ "Students: 64,000": the label of the line is what is counted."""
    line = folded.rfind("\n", max(0, start - 100), start) + 1
    found = _LABEL.search(folded[line:start]) if line or start < 100 else None
    if not found or not _LINE_ENDS.match(folded, behind):
        return ""
    label = re.sub(r"\A(?:(?:Total )?[Nn]umber of|Total)\s", "", found["label"])
    return "" if _NOT_LABELLED.search(label) else label


_NOT_LABELLED = re.compile(
    r"\b(?:tel|telephone|phone|hotline|fax|contact|post ?code|zip|ref(?:erence)?|no|code|views"
    r"|reads|page|article|source|version|date|time|year|step|issue|room|index)\b",
    re.IGNORECASE,
)


def _stands_for_things(folded: str, start: int, behind: int, before: str) -> bool:
    """A bare number that counts what was named before: "to eight", "200 of them", "37 were"."""
    ahead = folded[behind : behind + 14]
    if _BARE_BEFORE.search(before) and _BARE_AFTER.match(folded, behind):
        return True
    if before.endswith(", ") and re.match(r"\s(?:more|fewer) than\b", ahead):
        return True
    named = before.endswith(", ") and _OF_THEM.search(folded, max(0, start - 60), start)
    if named and re.match(r"\s(?:were|was|have|had|are)\b", ahead):
        return True
    return bool(re.match(r"\s?of (?:them|these|those|which|whom)\b", ahead))


def _noun(folded: str, at: int) -> tuple[int, str]:
    """The noun phrase behind a number: up to the first plural that nothing nominal follows."""
    words: list[str] = []
    start = at
    plural = (at, 0)
    while len(words) < 7:
        found = _NOUN_WORD.match(folded, at)
        if not found or found["word"].lower() in _STOP or "\n" in found.group():
            break
        if re.search(r"(?:ed|ly)\Z", found["word"]) and plural[1]:
            break
        words.append(found["word"])
        at = found.end()
        if _is_plural(found["word"]):
            if plural[1] and _VERB_LIKE.match(found["word"]):
                break
            plural = (at, len(words))
    if not plural[1]:
        return start, ""
    return plural[0], folded[start : plural[0]].strip(" -\"'")


_VERB_LIKE = re.compile(
    r"(?:covers|serves|includes|makes|offers|works|says|shows|runs|plans|hopes|aims|needs"
    r"|means|comes|takes|gets|remains|uses|spans)\Z"
)


def _is_plural(word: str) -> bool:
    last = word.rsplit("-", 1)[-1]
    return bool(_PLURAL.match(last)) and last.lower() not in _NOT_PLURAL


def _value(number: str) -> Decimal:
    if number[0].isdigit():
        return digits(number)
    return Decimal(1) if number.lower().startswith("a") else english(number)


def _factor(match: re.Match[str], kind: QuantityKind) -> Decimal:
    factor = Decimal(1)
    for scale in (match["scale"], match["scale2"]):
        factor *= ENGLISH_SCALES[scale.lower()] if scale else 1
    if match["fraction"]:
        parts = {"fi": 5, "th": 3, "qu": 4, "te": 10}[match["fraction"][:2].lower()]
        factor *= Decimal(100) / parts if parts != 3 else Decimal("33.33")
        factor = Decimal("33.335") if parts == 3 and match["number"].lower() == "two" else factor
    groups = {"area": ("a", _AREA), "compute": ("c", _COMPUTE), "bytes": ("b", _BYTES)}.get(kind)
    if groups:
        prefix, pairs = groups
        factor *= next(Decimal(pairs[n][0]) for n in range(len(pairs)) if match[f"{prefix}{n}"])
    if match["duration"] and match["duration"].lower().startswith("week"):
        factor *= 7
    return factor


def _is_level(folded: str, hit: re.Match[str]) -> bool:
    """ "Bring the rate up to 65%": the level that is reached, not a limit."""
    upward = hit.group().lower().startswith("up to")
    if re.search(r"\bof \Z", folded[max(0, hit.start() - 3) : hit.start()]):
        return False
    return upward and bool(_RAISED.search(folded, max(0, hit.start() - 80), hit.start()))


def _comparator(folded: str, match: re.Match[str], kind: QuantityKind) -> tuple[Comparator, int]:
    begin = max(0, match.start() - _REACH)
    if match["after"]:
        if match["after"].lower().endswith("so"):
            return "approx", match.start()
        down = _AFTER.search(match["after"])
        return ("le" if down else "ge"), match.start()
    sign = SIGN.search(folded, max(0, match.start() - 3), match.start())
    if sign:
        return SIGNS[sign["sign"]], sign.start()
    for name, pattern in _COMPARATORS:
        hit = pattern.search(folded, begin, match.start())
        if hit and not _is_level(folded, hit):
            return name, hit.start()
    if match["plus"] or match["plus2"]:
        return "gt", match.start()
    if (
        kind == "compute"
        and match["scale2"]
        and _PEAK.search(folded, begin - 20 if begin > 20 else 0, match.start())
    ):
        return "le", match.start()
    return "eq", match.start()
