"""Measures: who gets what, from which pot, up to how much. One fact for one benefit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from domain.facts.amounts import Amount, amounts
from domain.facts.fact import Status
from domain.facts.page import Page, Sentence
from domain.facts.roles_en import BENEFIT_LABEL, GIVING, GRANT, LIMIT
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
        r"|统筹).{0,8}资金|资金支持|租金|房租|本批额度|津贴|可[领获享]|抵用|让利|让渡|上浮"
        r"|拿出|[奖补贴抵返](?=[\d一二三四五六七八九十]|最高)|奖(?=[\u4e00-\u9fff]{0,4}\d)"
        r"|(?:资金|经费)(?:总额|计划|规模|池|盘子)|盘子|发放规模|年度限额"
        r"|(?:最高|一次性|不超过)(?:可(?:获|享|得|领取?|申请))?[\d"
        r",.]+万?亿?元"
    ),
    "en": GRANT,
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
    r"收到|核销(?!办法|管理|期|规则|的)|兑现(?=[^,。;]{0,8}\Z)|已(?:下达|发放|兑付|拨付|安排|投入|支持|兑现|惠及|累计)|\b(?:received|won|got"
    r"|handed out|distributed|disbursed|gave out|was paid|were paid|has paid)\b"
)
_WAS_GIVEN = re.compile(
    r"[^,;.]{0,20}\b(?:was|were|has been|have been|had been)\s\w+(?:ed|en|id)\b"
)
_EARMARKED = re.compile(
    r"earmark|set aside|allocat|budget|offer|capp?ed|promis|pledg", re.IGNORECASE
)
_BUSINESS = {
    "zh": re.compile(
        r"投资(?!额的|补)|产值|营收|营业收入|(?<!资金)(?<!资金池)(?<!发放)(?<!安排)规模|签约|融资|出资|注资|募集|首期|估值|消费"
        r"|交易额|增加值|经费支出|研究与试验发展"
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
        r"|[力型据料新]券|专项资金|预算|盘子|额度|上限|限额|安排|启动资金|津贴|可[领获享]"
        r"|让渡|拿出|上浮|发放规模|资金(?:总额|计划|规模|池)|奖|[补贴抵返](?:[最\d]|\Z)|领取|经费|安居"
    ),
    "en": GIVING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Sentences that may speak of one benefit together."""

    sentences: tuple[Sentence, ...]
    topic: str = ""
    """What the lines are about, from the line or heading above them."""
    lines: bool = False
    """Pairs below one another rather than running text."""
    offered: bool = False
    """Its page is about benefits: a bare sum for each of something is one too."""


def measures(page: Page, taken: frozenset[int]) -> Iterator[Statement]:
    """Yield the measures of the page."""
    if page.language == "zh":
        return
    offered = _is_of_benefits(page)
    for passage in _passages(page, offered):
        if not any(_grants(page, sentence, offered) for sentence in passage.sentences):
            continue
        for group in _groups(page, passage, taken):
            if any(one.role != "threshold" for one in group):
                yield _statement(page, passage, group)


_BENEFITS = re.compile(r"措施|政策|办法|细则|扶持|奖励|补贴|补助|资助|激励|兑现|指南|券")
_GIVES = re.compile(r"给予|补贴|补助|奖励|资助|奖补|贴息")
_FEWEST_GIFTS = 3
_EACH_GETS = re.compile(
    r"每(?:[家户个人名项位部篇件套台张款次]|一?[\u4e00-\u9fff]{1,4})[^,。;\d]{0,6}\d[\d.,]{0,9}[万亿]?元"
)


def _is_of_benefits(page: Page) -> bool:
    """Whether the page is a programme of benefits: so titled, and giving again and again."""
    if page.language == "en" or not _BENEFITS.search(fold(page.title)):
        return False
    return len(_GIVES.findall(page.folded)) >= _FEWEST_GIFTS


def _grants(page: Page, sentence: Sentence, offered: bool) -> bool:
    block = page.block_of(sentence)
    start = block.start if block.kind == "pair" else sentence.start
    if _GRANT[page.language].search(page.folded, start, sentence.end):
        return True
    return offered and bool(_EACH_GETS.search(page.folded, start, sentence.end))


_SECTION = re.compile(
    r"\s*(?:[-*·]|\d{1,2}[.、])?\s*(?:项目|方向|类别|专题|任务|课题"
    r"|第)\s?[零一二三四五六七八九十\d]{1,3}"
)


_MOST_LINES = 30
"""Lines that may speak of one benefit together."""


def _passages(page: Page, offered: bool) -> Iterator[Passage]:
    """Pairs below one another belong together; other blocks are read sentence by sentence."""
    lines: list[Sentence] = []
    topic = heading = intro = ""
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
            intro = _introduction(page, number, intro)
            topic_of = intro if block.kind in ("item", "clause") and intro else heading
            yield from _running(page, page.sentences_of(number), topic_of, offered)
    if lines:
        yield Passage(sentences=tuple(lines), topic=topic, lines=True)


_INTRODUCES = re.compile(r"[:]\s*\Z")


def _introduction(page: Page, number: int, intro: str) -> str:
    """后补助适用于下列事项: what heads the items below it, up to the next article."""
    block = page.blocks[number]
    if page.language == "zh" and _INTRODUCES.search(page.folded, block.start, block.end):
        return page.text[block.body : block.end].strip(" :：")[-_LONGEST_INTRO:]
    below = block.kind in ("item", "clause") and page.folded[block.start] != "第"
    return intro if below else ""


_LONGEST_INTRO = 40


def _running(
    page: Page, sentences: tuple[Sentence, ...], topic: str, offered: bool
) -> Iterator[Passage]:
    """Sentence by sentence; one that only names the pot belongs to the next one with a rate."""
    waiting: Sentence | None = None
    rated = False
    for sentence in sentences:
        roles = (
            [one.role for one in amounts(page, sentence, frozenset())]
            if _grants(page, sentence, offered)
            or (waiting is None and "udget" in page.folded[sentence.start : sentence.end])
            else []
        )
        if waiting is None and (roles == ["pool"] or (page.language == "en" and roles == ["rate"])):
            waiting, rated = sentence, roles == ["rate"]
            continue
        together = waiting is not None and (
            ("rate" in roles and "pool" not in roles) or (rated and roles == ["cap"])
        )
        if waiting and not together:
            yield Passage(sentences=(waiting,), topic=topic, offered=offered)
        if roles:
            yield Passage(
                sentences=(waiting, sentence) if waiting and together else (sentence,),
                topic=topic,
                offered=offered,
            )
            waiting = None
    if waiting:
        yield Passage(sentences=(waiting,), topic=topic, offered=offered)


def _groups(page: Page, passage: Passage, taken: frozenset[int]) -> Iterator[list[Amount]]:
    """Cut the run of amounts into benefits: a second sum of the same part begins a new one."""
    group: list[Amount] = []
    tiers_before = False
    for sentence in passage.sentences:
        found = [
            one
            for one in amounts(page, sentence, taken)
            if not _is_news(page, sentence, one, passage.offered)
        ]
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


def _is_news(page: Page, sentence: Sentence, one: Amount, offered: bool) -> bool:
    """A sum that was paid, invested or earned is no benefit on offer."""
    clause = page.folded[one.start : one.quantity.number_start]
    if one.role == "threshold":
        return False
    if _DONE.search(clause) and not _EARMARKED.search(clause):
        return True
    part = max(sentence.start, page.folded.rfind(";", sentence.start, one.start) + 1)
    if one.role in ("pool", "fixed") and _long_ago(page, sentence, one):
        return True
    if _was_paid(page, sentence, one, part):
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
    if page.language == "en" and (LIMIT.search(label) or BENEFIT_LABEL.search(label)):
        return False
    told = given.search(label) or "资金" in label or spoken
    return not (told or (each and (earlier or offered)))


def _was_paid(page: Page, sentence: Sentence, one: Amount, part: int) -> bool:
    """Whether its part of the sentence (English: its clause) says that the sum was paid out."""
    if page.language == "en":
        part = one.start
        if _WAS_GIVEN.match(page.folded, one.quantity.end, sentence.end):
            return True
    return bool(_PAID.search(page.folded, part, one.quantity.number_start))


_AHEAD = {"zh": 24, "en": 60}
_EACH = re.compile(
    r"每[家户个人名项所位部篇件套台张款次]|单[个户项家]|\b(?:each|per|every)\b", re.IGNORECASE
)


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
    if page.language == "en" and "\n" in between:
        return _begins_line(page, roles, one)
    if page.language == "en" and _NEXT_BENEFIT.search(between):
        return not (
            ";" in between
            and limits
            and LIMIT.search(between + page.folded[one.quantity.start : one.quantity.end])
        )
    if roles == {"pool"} and _OBTAINS.search(between):
        return True
    return "。" in between and roles != {"pool"} and "\n" not in between


def _begins_line(page: Page, roles: set[str], one: Amount) -> bool:
    """ "Maximum per project: …" below "Grant: …" is its limit; another benefit is not."""
    label = page.folded[slice(*page.block_of(one.sentence).label)]
    if one.role == "cap" and LIMIT.search(label):
        return "cap" in roles or "rate" not in roles
    return roles != {"threshold"} and bool(BENEFIT_LABEL.search(label))


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
    r"[ ]?(?:\(.{1,3}\)|\d[.、])?(?:对(?!外|接|应)|支持|鼓励|引导|凡|针对|市级财政|财政|新"
    r"|首次|设立|符合|入驻)"
)
_GOES_ON = re.compile(
    r"[ ]?(?:每|给予|按|单|最高|且|并|年度|一次性|予以|分别|依次|同一|可|对应|另|再|其|标准"
    r"|比例|金额|额度|至多|不超过|补|奖|获|上限|国[家际]级|省级|市级|\d|一[家户人个])"
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
            if hit.rule.meaning == "voucher" or (not found and page.language == "zh")
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
    if passage.lines or len(words) < _SAYS_ENOUGH:
        block = page.block_of(first.sentence)
        label = page.text[slice(*block.label)] or _lead(page, first.sentence)
        words = " ".join(dict.fromkeys(part for part in (passage.topic, label, words) if part))
    if page.language == "en":
        words = _english_subject(page, group, first)
        label = page.text[slice(*page.block_of(first.sentence).label)]
        words = f"{passage.topic} {label}: {words}".strip() if passage.lines else words
    return (words or page.text[start : first.quantity.end].strip())[:110]


_SAYS_ENOUGH = 12


def _lead(page: Page, sentence: Sentence) -> str:
    """5.鼓励精品。…: the short sentence that opens a block names what follows."""
    first = page.sentences_of(sentence.block)[0]
    short = first != sentence and first.end - first.start <= _LONGEST_LEAD
    return page.text[first.start : first.end].strip("。 ") if short else ""


_LONGEST_LEAD = 18
_SAME_LIST = 12
"""Characters: sums closer than that are a list, and its words stand before the first."""


def _english_subject(page: Page, group: list[Amount], first: Amount) -> str:
    """The words from the amount before to a little behind this one."""
    quantities = [
        one
        for one in page.quantities_in(first.sentence.start, first.quantity.number_start)
        if one.kind in ("money", "percent") and first.quantity.start - one.end > _SAME_LIST
    ]
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


_FAR_AHEAD = 80
"""Characters before a benefit within which a word of the future reaches it."""


def _status(page: Page, start: int, end: int, sentence: Sentence) -> Status:
    if _DENIED.search(page.folded, sentence.start, sentence.end):
        return "negated"
    if _DRAFT.search(page.folded[:300]) or _DRAFT.search(page.title):
        return "draft"
    if page.language == "zh":
        part = page.folded.rfind(";", sentence.start, start) + 1
        start = max(sentence.start, part, start - _FAR_AHEAD)
    return "planned" if _TO_COME.search(page.folded, start, end) else "in_force"
