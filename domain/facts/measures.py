"""Measures: who gets what, from which pot, up to how much. One fact for one benefit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from domain.facts.amounts import Amount, amounts
from domain.facts.fact import Status
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.statement import Statement
from domain.facts.terms import eligible, rate_base, responsible
from domain.text.fold import fold
from domain.text.matching import last_match
from domain.text.sentences import clauses

_GRANT = {
    "zh": re.compile(
        r"给予|补贴|补助|奖励|资助|奖补|[加再]奖|贴息|抵扣|减免|免租|减半|配套|扶持|核发|兑付|补偿"
        r"|专项资金|预算|资金(?:总)?盘子|支持(?:上限|限额|标准|强度|额度|力度)|限额"
        r"|启动资金|[力型据料新]券|安家|奖金|经费|财政.{0,14}(?:安排|投入)|(?:安排|下达"
        r"|统筹).{0,8}资金|资金支持|租金|房租|本批额度|(?:最高|一次性|不超过)(?:可(?:获|享|得|领取?|申请))?[\d"
        r",.]+万?亿?元"
    ),
    "en": re.compile(
        (
            r"\b(?:gives? (?:each|every|eligible|certified|qualified)|seed money|grants?\b"
            r"|subsid\w+|rewards?\b|vouchers?\b|reimburs\w+|rents?\b|awards?\b|bonus\w*"
            r"|allowances?|rebates?|discounts?\b|(?:can|may|could|will|to|shall) (?:\w+ ){0"
            r",2}(?:claim|receive|apply|get|obtain|redeem|offset|be (?:awarded|reimbursed"
            r"|paid|given))|awarded|are paid|qualif(?:y|ies) for|set aside|allocate[sd]?|earmark\w*"
            r"|offers?\b|pays\b|capped at|eligible for|ceiling of|cap of|package"
            r"|(?:start-?up|research|seed) (?:funding|funds?)|(?:housing|financial|funding)"
            r" support|budget)"
        ),
        re.IGNORECASE,
    ),
}
_DONE = re.compile(
    r"已(?!定|备案|入)|累计(?!不超过|最高|补|奖|给|合同|投入)|共(?:支持|发放|兑付|惠及"
    r"|核发)|(?:上一?年度|去年).{0,12}(?:共|累计|拨付|发放|支持|兑)|惠及|(?:拨付|撬动"
    r"|核发券额|兑现)\Z"
    r"|\b(?:has|have|had|was|were|so far|last year)\b",
    re.IGNORECASE,
)


def _long_ago(page: Page, sentence: Sentence, one: Amount) -> bool:
    """A sum of a year gone by is history, unless the rule itself speaks of giving."""
    days = page.times_in(sentence.start, one.quantity.start)
    past = page.published and any(
        when.part == "point" and when.last < page.published and when.last.year < page.published.year
        for when in days
    )
    return bool(past) and not re.search(
        r"给予|补贴|补助|奖励|资助|\b(?:can|may|will) (?:be |get |claim |receive |apply )",
        page.folded[one.start : one.quantity.end + 12],
    )


_PAID = re.compile(
    r"已(?:下达|发放|兑付|拨付|安排|投入|支持|兑现|惠及|累计)|\b(?:received|won|got"
    r"|handed out|distributed|disbursed|gave out|was paid|were paid|has paid)\b"
)
_EARMARKED = re.compile(
    r"earmark|set aside|allocat|budget|offer|capp?ed|promis|pledg", re.IGNORECASE
)
_BUSINESS = {
    "zh": re.compile(
        r"投资(?!额的|补)|产值|营收|营业收入|规模|签约|融资|出资|注资|募集|首期|估值|消费"
        r"|交易额|增加值"
    ),
    "en": re.compile(
        (
            r"\b(?:invest(?:s|ed|ing|ments?)?|revenue|market|fund-of-funds|raised|plant|park"
            r"|industry|contract value|series [a-f]|cost|stake|output|sales)\b"
        ),
        re.IGNORECASE,
    ),
}
_GIVEN = {
    "zh": re.compile(
        r"给予|补贴|补助|奖励|资助|奖补|[加再]奖|贴息|抵扣|配套|支持|兑付|补偿|经费|奖金|安家|租金"
        r"|[力型据料新]券|专项资金|预算|盘子|额度|上限|限额|安排|启动资金"
    ),
    "en": re.compile(
        (
            r"\bget\b|redeem|budgeted|given\b|are paid|\bgives? (?:each|every|eligible"
            r"|certified|qualified)|seed "
            r"money|awarded|offset|qualif|funding|grant|subsid|reward|voucher|reimburs|rent\b|award|bonus"
            r"|allowance|rebate|discount|claim|receive|set aside|allocate|earmark|offers?|pays"
            r"|capped|budget|eligible|apply for"
        ),
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Sentences that may speak of one benefit together."""

    sentences: tuple[Sentence, ...]
    topic: str = ""
    """What the lines are about, from the line or heading above them."""
    lines: bool = False
    """Pairs below one another rather than running text."""


def measures(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the measures of the page."""
    for passage in _passages(page):
        if not any(_grants(page, sentence) for sentence in passage.sentences):
            continue
        for group in _groups(page, passage, taken):
            if any(one.role != "threshold" for one in group):
                yield _statement(page, passage, group)


def _grants(page: Page, sentence: Sentence) -> bool:
    block = page.block_of(sentence)
    start = block.start if block.kind == "pair" else sentence.start
    return bool(_GRANT[page.language].search(page.folded, start, sentence.end))


_SECTION = re.compile(
    r"\s*(?:[-*·]|\d{1,2}[.、])?\s*(?:项目|方向|类别|专题|任务|课题"
    r"|第)\s?[零一二三四五六七八九十\d]{1,3}"
)


_MOST_LINES = 30
"""Lines that may speak of one benefit together."""


def _passages(page: Page) -> Iterator[Passage]:
    """Pairs below one another belong together; other blocks are read sentence by sentence."""
    lines: list[Sentence] = []
    topic = heading = ""
    for number, block in enumerate(page.blocks):
        opens = bool(_SECTION.match(page.folded, block.start, block.end))
        if lines and (block.kind != "pair" or opens or len(lines) >= _MOST_LINES):
            yield Passage(sentences=tuple(lines), topic=topic, lines=True)
            lines = []
        if block.kind in ("heading", "pair") and (opens or block.kind == "heading"):
            heading = topic = page.text[block.body : block.end].strip()
        if block.kind == "pair":
            lines += page.sentences_of(number)
        elif block.kind not in ("furniture", "signature", "row"):
            yield from _running(page, page.sentences_of(number), heading)
    if lines:
        yield Passage(sentences=tuple(lines), topic=topic, lines=True)


def _running(page: Page, sentences: tuple[Sentence, ...], topic: str) -> Iterator[Passage]:
    """Sentence by sentence; one that only names the pot belongs to the next one with a rate."""
    waiting: Sentence | None = None
    for sentence in sentences:
        roles = (
            [one.role for one in amounts(page, sentence, frozenset())]
            if _grants(page, sentence)
            or (waiting is None and "udget" in page.folded[sentence.start : sentence.end])
            else []
        )
        if roles == ["pool"] and waiting is None:
            waiting = sentence
            continue
        together = waiting is not None and "rate" in roles and "pool" not in roles
        if waiting and not together:
            yield Passage(sentences=(waiting,), topic=topic)
        if roles:
            yield Passage(
                sentences=(waiting, sentence) if waiting and together else (sentence,), topic=topic
            )
            waiting = None
    if waiting:
        yield Passage(sentences=(waiting,), topic=topic)


def _groups(page: Page, passage: Passage, taken: frozenset[int]) -> Iterator[list[Amount]]:
    """Cut the run of amounts into benefits: a second sum of the same part begins a new one."""
    group: list[Amount] = []
    tiers_before = False
    for sentence in passage.sentences:
        found = [one for one in amounts(page, sentence, taken) if not _is_news(page, sentence, one)]
        if group and tiers_before:
            yield from _tiers(group)
            group = []
        tiers_before = False
        for given in found:
            one = _as_part(page, group, given)
            if group and _begins(page, group, one):
                tiers_before = passage.lines and group[-1].sentence == sentence
                yield from _tiers(group)
                group = []
            group.append(one)
    if group:
        yield from _tiers(group)


def _is_news(page: Page, sentence: Sentence, one: Amount) -> bool:
    """A sum that was paid, invested or earned is no benefit on offer."""
    clause = page.folded[one.start : one.quantity.number_start]
    if one.role == "threshold":
        return False
    if _DONE.search(clause) and not _EARMARKED.search(clause):
        return True
    part = max(sentence.start, page.folded.rfind(";", sentence.start, one.start) + 1)
    if one.role in ("pool", "fixed") and _long_ago(page, sentence, one):
        return True
    if _PAID.search(page.folded, part, one.quantity.number_start):
        return True
    if one.role == "rate":
        return False
    ahead = page.folded[
        one.quantity.end : min(sentence.end, one.quantity.end + _AHEAD[page.language])
    ]
    ahead = re.split(r"[,。;\n]", ahead)[0]
    given, business = _GIVEN[page.language], _BUSINESS[page.language]
    block = page.block_of(sentence)
    label = page.folded[slice(*block.label)]
    spoken = bool(given.search(clause + ahead))
    behind = bool(given.search(clause, _last(business, clause))) or bool(given.search(ahead))
    if page.language == "zh" and business.search(clause) and not behind:
        return True
    if page.language == "en" and business.search(clause + ahead) and not spoken:
        return True
    earlier = given.search(page.folded, sentence.start, one.quantity.start)
    each = one.role == "cap" or _EACH.search(clause)
    return not (given.search(label) or "资金" in label or spoken or (each and earlier))


_AHEAD = {"zh": 24, "en": 60}
_EACH = re.compile(r"每[家户个人名项所位]|单[个户项家]|\b(?:each|per|every)\b", re.IGNORECASE)


def _last(pattern: re.Pattern[str], text: str) -> int:
    found = last_match(pattern, text)
    return found.end() if found else 0


_PART = re.compile(r"其中|\bincluding\b")


def _as_part(page: Page, group: list[Amount], one: Amount) -> Amount:
    """其中: a share of the pot is a pot."""
    if one.role != "cap" or not group or group[-1].role != "pool":
        return one
    between = page.folded[group[-1].quantity.end : one.quantity.end]
    shared = _PART.search(between) and not re.search(
        r"单[个家户项]|每|给予|奖励|\b(?:each|per)\b",
        between + page.folded[one.quantity.end : one.quantity.end + 12],
    )
    return replace(one, role="pool") if shared else one


def _begins(page: Page, group: list[Amount], one: Amount) -> bool:
    """Whether an amount belongs to another benefit than those before it."""
    last = group[-1]
    roles: set[str] = {other.role for other in group}
    between = page.folded[last.quantity.end : one.quantity.start]
    if last.start == one.start and last.role == one.role and len(between) < _LISTED:
        return False  # one list: A、B和C
    if one.role == "pool" or _PART.search(between):
        return True
    if _bulleted(page, last) and _bulleted(page, one) and last.sentence.block != one.sentence.block:
        return True
    if one.role == "threshold":
        return not roles <= {"threshold", "pool"}
    return _breaks(page, roles, between, one) or _doubles(roles, between, one)


def _bulleted(page: Page, one: Amount) -> bool:
    """ "- Housing: …": every bullet with a label of its own is a benefit of its own."""
    block = page.block_of(one.sentence)
    return block.kind == "pair" and page.folded[block.start] in "-*•·★●◆■▪"


_LISTED = 12


def _breaks(page: Page, roles: set[str], between: str, one: Amount) -> bool:
    """A semicolon, a full stop, "and can claim": what follows is something else."""
    limits = one.role == "cap" and (roles <= {"rate", "threshold"} or _EACH.search(between))
    if ";" in between and not limits:
        return True
    if page.language == "en" and _NEXT_BENEFIT.search(between):
        return True
    if roles == {"pool"} and _OBTAINS.search(between):
        return True
    return "。" in between and roles != {"pool"} and "\n" not in between


def _doubles(roles: set[str], between: str, one: Amount) -> bool:
    """A second sum of the same part belongs to the next benefit."""
    if one.role == "rate":
        if roles & {"cap", "fixed", "per_unit"}:
            return not re.search(r"且|并", between[:4]) and one.quantity.comparator != "le"
        return "rate" in roles and not _YEARS.search(between) and not re.search(r"\sand\s", between)
    if one.role == "cap":
        return "cap" in roles and not _TOGETHER.search(between)
    return bool(roles & {"fixed", "per_unit", "cap"})


_TOGETHER = re.compile(r"同一|三年内|合计|累计")
_OBTAINS = re.compile(r"可(?:获|享|领|申)")
_NEXT_BENEFIT = re.compile(
    r"\band (?:can|may|could|will|also|pays?|offers?|gives|provides?|grants?|award)\b"
    r"|; (?:and )?\w+"
)
_YEARS = re.compile(r"第[一二三四五]年|前[一二两三]年|之后|次年|\byear\b", re.IGNORECASE)


def _tiers(group: list[Amount]) -> Iterator[list[Amount]]:
    """Split a distributive list: conditions A, B, C and sums a, b, c are three benefits."""
    sums = [one for one in group if one.role in ("fixed", "cap", "per_unit")]
    rates = [one for one in group if one.role == "rate"]
    listed = [one for one in sums if sums and one.role == sums[0].role]
    bars = sum(1 for one in group if one.role == "threshold")
    listed = rates if len(rates) == bars > 1 and len(listed) < 2 else listed
    apart = [other.quantity.number_start - one.quantity.end for one, other in pairwise(listed)]
    if max(apart, default=0) > _LISTED:
        yield group
        return
    if len(listed) < 2:
        yield group
        return
    conditions = [one for one in group if one.role == "threshold"]
    others = [one for one in group if one not in listed and one not in conditions]
    for number, one in enumerate(listed):
        paired = [conditions[number]] if len(conditions) == len(listed) else conditions[:1]
        yield [*paired, *others, one]


def _statement(page: Page, passage: Passage, group: list[Amount]) -> Statement:
    start, end = _span(page, group)
    attributes: dict[str, object] = {"amounts": [one.as_json() for one in group]}
    found = {
        "instrument": _instrument(page, passage, start, min(len(page.folded), end + 2)),
        "rate_base": rate_base(page, group),
        "eligible": eligible(page, start, end),
        "responsible": responsible(page, passage.sentences[-1]),
    }
    attributes |= {name: value for name, value in found.items() if value}
    return Statement(
        type="measure",
        subject=_subject(page, passage, group, start),
        spans=((start, end),),
        rule=f"{page.language}.measure.{'lines' if passage.lines else 'sentence'}",
        status=_status(page, start, end, passage.sentences[-1]),
        attributes=attributes,
        confidence="high" if len(group) > 1 else "medium",
        uses=frozenset(one.quantity.number_start for one in group),
    )


_STOP = re.compile(r"[,;。\n]|$")
_OPENS = re.compile(
    r"[ ]?(?:\(.{1,3}\)|\d[.、])?(?:对(?!外|接)|支持|鼓励|引导|凡|针对|市级财政|财政|新"
    r"|首次|设立|符合|入驻)"
)
_GOES_ON = re.compile(
    r"[ ]?(?:每|给予|奖励|补助|补贴|资助|按|单|最高|且|并|年度|一次性|予以|分别|依次|同一|可)"
)
_FARTHEST = 3


def _opening(page: Page, one: Amount) -> int:
    """Where the words of a benefit begin: at "对…的企业", at most three clauses before its sum."""
    part = max(one.sentence.start, page.folded.rfind(";", one.sentence.start, one.start) + 1)
    if page.language == "en":
        return part
    starts = [
        start
        for start, _ in clauses(page.folded, part, one.sentence.end, "zh")
        if start <= one.start
    ]
    for start in reversed(starts[-_FARTHEST - 1 :]):
        if _OPENS.match(page.folded, start):
            return start
    for start in reversed(starts[-_FARTHEST - 1 :]):
        if not _GOES_ON.match(page.folded, start):
            return start
    return starts[max(0, len(starts) - 3)] if starts else part


def _span(page: Page, group: list[Amount]) -> tuple[int, int]:
    """From where the first amount's benefit begins to the end of the last one's clause."""
    one = min(group, key=lambda amount: amount.start)
    last = max(group, key=lambda amount: amount.quantity.end)
    start = _opening(page, one)
    stop = _STOP.search(page.folded, last.quantity.end, last.sentence.end)
    end = stop.start() if stop else last.sentence.end
    while start < end and page.folded[start] in " \t\n,;":
        start += 1
    return start, end


def _instrument(page: Page, passage: Passage, start: int, end: int) -> str | None:
    """The telling kinds (a voucher, rent) win wherever they stand, else the nearest to the end."""
    lexicon = rules("instruments", page.language)
    block = page.block_of(passage.sentences[0])
    first = min(start, block.start) if passage.lines else start
    found = [hit.rule.meaning for hit in lexicon.hits(page.folded, first, end)]
    topic, title = fold(passage.topic), fold(page.title)
    if not set(found) - {"grant", "fund"}:
        found += [hit.rule.meaning for hit in lexicon.hits(topic, 0, len(topic))]
        found += [
            hit.rule.meaning
            for hit in lexicon.hits(title, 0, len(title))
            if hit.rule.meaning == "voucher"
        ]
    telling = [meaning for meaning in found if meaning in ("voucher", "rent", "loan", "tax")]
    plain = [meaning for meaning in found if meaning not in ("fund", "grant")]
    return next(iter([*telling, *reversed(plain), *found]), None)


_LEADING = re.compile(r"^(?:对于?|同时|其中|此外|另外|并且?|每年|年度|按照?|给予|再)+")
_TRAILING = re.compile(
    r"(?:,?(?:给予|予以|按照?|每年|年度|最高|一次性|分别|依次|再|奖励|补助|补贴|资助|可获"
    r"|不超过|的)+)+$"
)


def _subject(page: Page, passage: Passage, group: list[Amount], start: int) -> str:
    """Who or what is supported: the words before the first amount, below the line's topic."""
    first = min(group, key=lambda amount: amount.quantity.start)
    words = page.text[start : first.quantity.start].strip(" ,，、:：\n")
    words = _TRAILING.sub("", _LEADING.sub("", words)).strip(" ,，、:：\n")
    if passage.lines or len(words) < 4:
        block = page.block_of(first.sentence)
        label = page.text[slice(*block.label)]
        words = " ".join(dict.fromkeys(part for part in (passage.topic, label, words) if part))
    if page.language == "en":
        words = _english_subject(page, group, first)
    return (words or page.text[start : first.quantity.end].strip())[:110]


def _english_subject(page: Page, group: list[Amount], first: Amount) -> str:
    """The words from the amount before to a little behind this one."""
    quantities = page.quantities_in(first.sentence.start, first.quantity.number_start)
    start = max(first.sentence.start, quantities[-1].end if quantities else 0)
    last = max(group, key=lambda amount: amount.quantity.end).quantity
    stop = re.compile(r"[.;]|$").search(
        page.folded, last.end, min(last.end + 50, first.sentence.end)
    )
    end = min(stop.start() if stop else last.end + 50, start + 110)
    block = page.block_of(first.sentence)
    lead = page.text[block.start : page.sentences_of(first.sentence.block)[0].end]
    words = page.text[start:end].strip(" ,;")
    return f"{lead.strip(' .')}: {words}" if len(lead) < 30 and lead.endswith(".") else words


_DRAFT = re.compile(r"征求意见|草案|\bdraft\b", re.IGNORECASE)


_DENIED = re.compile(r"不实|辟谣|谣言|没有这项|并无此|\bdenied\b|\bno such\b")
_TO_COME = re.compile(
    r"(?:还|也|即)?将(?!按|对|给)|拟(?!支持)|准备|计划(?:再|年内|安排)|\b(?:would|plans? "
    r"to|is preparing to|will) (?:allocate|spend|set aside|open applications)\b"
)


def _status(page: Page, start: int, end: int, sentence: Sentence) -> Status:
    if _DENIED.search(page.folded, sentence.start, sentence.end):
        return "negated"
    if _DRAFT.search(page.folded[:300]) or _DRAFT.search(page.title):
        return "draft"
    return "planned" if _TO_COME.search(page.folded, start, end) else "in_force"
