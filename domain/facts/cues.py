"""The words that say how real a number is: its own, those before it, those behind it."""

import re

from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import rules
from domain.facts.sections import INTRO, headings
from domain.text.fold import fold
from domain.text.lexicon import Hit
from domain.text.matching import last_match


def cue(page: Page, sentence: Sentence, quantity: Quantity, clause: tuple[int, int]) -> str | None:
    """What the words around a number say of its reality: its own, earlier ones, those behind it."""
    done = _DONE.match(page.folded, quantity.end, sentence.end)
    if page.language == "zh" and (done or _chosen(page, sentence, quantity)):
        return "achieved"
    if page.language == "zh" and (against := _against_aim(page, quantity, clause)):
        return against
    base = _base_end(page, clause[0], quantity) if page.language == "zh" else clause[0]
    own = own_cue(page, base, quantity.end)
    if own and page.language == "zh" and _is_official(page, sentence, own):
        return "target"
    if own and page.language == "zh" and _is_soft(page, own):
        own = None if _aims_before(page, sentence, own.start) else own
    if own and not (page.language == "zh" and _is_reckoned(page, sentence, own)):
        return own.rule.meaning
    if own:
        return "forecast"
    floor = max(sentence.start, quantity.number_start - _FARTHEST)
    part = max(floor, page.folded.rfind(";", floor, quantity.number_start) + 1)
    lexicon = rules("status", page.language)
    wide = [
        hit.rule.meaning
        for hit in lexicon.hits(page.folded, part, quantity.number_start)
        if page.language == "en"
        or not (
            _is_of_base(page, hit)
            or (_is_soft(page, hit) and _aims_before(page, sentence, hit.start))
        )
    ]
    if page.language == "zh" and page.folded.find("预期", part, quantity.number_start) >= 0:
        far = lexicon.last(page.folded, part, quantity.number_start)
        if far and _is_official(page, sentence, far):
            return "target"
    if page.language == "zh" and wide and wide[-1] == "planned" and "forecast" in wide:
        return "forecast"
    label = _labelled(page, sentence) if not wide else None
    return (
        _inherited(wide)
        or label
        or _ahead(page, sentence, quantity, part)
        or _introduced(page, sentence)
    )


_TAG = re.compile(r"\s?\[(?P<tag>[^\[\]\n]{2,10})\]")
"""【目标】地区生产总值增长6%."""


def _labelled(page: Page, sentence: Sentence) -> str | None:
    """全年指引:营收3.5亿元: the label says what the line aims at."""
    block = page.block_of(sentence)
    if page.language == "en":
        return None
    tagged = _TAG.match(page.folded, block.start, block.end)
    tagged = tagged if tagged and sentence.start <= tagged.end() + 1 else None
    first = sentence.start <= block.body + 1
    if not tagged and not (first and block.label[1]):
        return None
    hit = own_cue(page, *(tagged.span("tag") if tagged else block.label))
    return hit.rule.meaning if hit and hit.rule.meaning in ("target", "forecast") else None


_FROM = re.compile(r"[由从](?:现在|目前|去年|上年|年初|当前)?的?\Z")
_RISEN = re.compile(r"[^,。;\d]{0,4}[增升扩提降减调成][\u4e00-\u9fff]{0,2}[至到为]")


def _is_of_base(page: Page, hit: Hit) -> bool:
    """由现有的1100家增至2000家: 现有 tells of the number that was, not of the aim."""
    return bool(_FROM.search(page.folded, max(0, hit.start - 4), hit.start))


def _base_end(page: Page, start: int, quantity: Quantity) -> int:
    """Where the number's own words begin: behind the base that it rose or fell from."""
    before = page.quantities_in(start, quantity.number_start)
    risen = before and _RISEN.match(page.folded, before[-1].end, quantity.number_start)
    return before[-1].end if risen and before else start


_CHOSEN = re.compile(r"[^,。;\d]{0,8}(?:入选|获批|上榜|获评|入围|中选)(?=[,。;]|\Z)")


def _chosen(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """成都等8个城市入选: told of as done, whichever year the list is of."""
    return quantity.kind == "count" and bool(_CHOSEN.match(page.folded, quantity.end, sentence.end))


_DONE = re.compile(r"(?:[、和及与][^,。;\n]{1,12})?(?:均|业|都)?已(?!定|经认定)")
_ACTUAL = re.compile(r"实际(?!控制|到位)(?:只|仅|为|达|完成|有|到|值|是|上)*\s*\Z")
_OF_THOSE = re.compile(
    r"的(?:企业|单位|机构|人|受访者|受访企业)?(?:只|仅|约|就)?占(?:了|到|比)?(?:约|近|超过?|逾)?\Z"
)
"""认为订单将增加的占43.9%: how many said so, whatever they said."""
_OF_AIM = re.compile(
    r"(?:完成|达到?|占|为|相当于)(?:了)?[^,。;\d]{0,8}(?:目标|计划|预算|任务)[^,。;\d]{0,8}的(?:约|近|超过?|逾)?\Z"
)
_AIMED = re.compile(r"(?:计划|目标|任务|预算)(?:是|为|数|值|:)?\s*\Z")
_THEN_ACTUAL = re.compile(r"[^。;\d]{0,8},?[^。;\d]{0,6}实际")
_GOING_ON = re.compile(
    r"(?:目前|现)?(?:还|仍|正)?(?:在(?:建|打桩|施工|装修|调试|推进)|正在|施工中|建设中)"
)


def _against_aim(page: Page, quantity: Quantity, clause: tuple[int, int]) -> str | None:
    """计划350家,实际只有318家; 完成全年目标的76.2%: what was aimed at and what was reached."""
    before = page.folded[clause[0] : quantity.start]
    if _ACTUAL.search(before) or (quantity.kind == "percent" and _OF_THOSE.search(before)):
        return "achieved"
    if quantity.kind == "percent" and _OF_AIM.search(before) and not _LATER.search(before):
        return "achieved"
    if _AIMED.search(before) and _THEN_ACTUAL.match(page.folded, quantity.end):
        return "target"
    return "in_progress" if _GOING_ON.match(page.folded, quantity.end) else None


_LATER = re.compile(r"预计|力争|将|拟|确保|争取|有望|计划完成|要")
_OF_OFFICE = re.compile(r"预算|政府工作|工作报告|国民经济|计划草案|工作安排|主要目标|预期目标")


def _is_official(page: Page, sentence: Sentence, hit: Hit) -> bool:
    """一般公共预算收入预期2066亿元: what an administration expects of itself is its aim."""
    if page.folded[hit.start : hit.end] != "预期":
        return False
    above = [page.title, *headings(page, sentence)]
    return any(_OF_OFFICE.search(fold(words)) for words in above)


_SAYS_LITTLE = ("将", "将会", "会", "同比", "环比", "按年", "年增")
_RECKONS = re.compile(
    r"(?:预计|预测|预估|估计|估算|(?<![资材原燃])料|测算|看好|判断)[^。;]{0,60}\Z"
)


def _is_reckoned(page: Page, sentence: Sentence, own: Hit) -> bool:
    """据初步预计,全年规模将达…: what somebody reckons with is not planned by saying 将."""
    if page.folded[own.start : own.end] not in _SAYS_LITTLE:
        return False
    return bool(_RECKONS.search(page.folded, max(sentence.start, own.start - 70), own.start))


_FARTHEST = 300
"""Characters before a number in which a word still says how real it is: time stays bounded."""


def _introduced(page: Page, sentence: Sentence) -> str | None:
    """The lines below "in 2026 the city is to:" are what it is to do."""
    if page.block_of(sentence).kind != "item":
        return None
    for number in range(sentence.block - 1, max(-1, sentence.block - 12), -1):
        block = page.blocks[number]
        if block.kind == "item":
            continue
        if not INTRO.search(page.folded, block.start, block.end):
            return None
        hit = own_cue(page, max(block.start, block.end - 60), block.end)
        return (
            hit.rule.meaning
            if hit and hit.rule.meaning in ("target", "planned", "forecast")
            else None
        )
    return None


_AIMS = re.compile(r"目标(?:是|为|:)|力争|争取|确保")


def _aims_before(page: Page, sentence: Sentence, position: int) -> bool:
    """今年的目标是认定3000家,两年累计8000家: the aim reaches over the clauses behind it."""
    start = max(sentence.start, page.folded.rfind(";", sentence.start, position) + 1)
    words = page.folded[max(start, position - _FARTHEST) : position]
    aimed = last_match(_AIMS, words)
    return aimed is not None and not any(word in words[aimed.end() :] for word in _FIRM)


_SOFT = ("累计", "完成", "实现了", "达成", "突破了")
_FIRM = ("已", "截至", "目前", "去年", "上年", "现有")


def _is_soft(page: Page, hit: Hit) -> bool:
    """力争年内完成投资5亿元, 计划累计投放1万台: done only once the aim is reached."""
    return hit.rule.meaning == "achieved" and page.folded[hit.start : hit.end] in _SOFT


def _is_firm(page: Page, hits: list[Hit]) -> bool:
    return any(page.folded[hit.start : hit.end] in _FIRM for hit in hits)


def own_cue(page: Page, start: int, end: int) -> Hit | None:
    """The last cue of the number's own words; English "will cost" is a plan, whatever follows."""
    hits = list(rules("status", page.language).hits(page.folded, start, end))
    if page.language == "zh" and len(hits) > 1 and _is_soft(page, hits[-1]):
        ahead = [hit for hit in hits if hit.rule.meaning in ("target", "planned", "forecast")]
        hits = ahead if ahead and not _is_firm(page, hits) else hits
    if page.language == "zh" and hits and hits[-1].rule.meaning == "planned":
        hits = [hit for hit in hits if hit.rule.meaning == "target"] or hits
    if page.language == "en":
        ahead = [hit for hit in hits if hit.rule.meaning in ("planned", "target", "forecast")]
        hits = ahead or hits
    return hits[-1] if hits else None


_IMPERATIVE = re.compile(
    r"(?:\([^()]{1,4}\)|\d{1,2}[.、])?(?:大力|积极|鼓励|推动|支持|加快|推进|设立|建设"
    r"|打造|实施|培育|引导|组建|规划建设|力促|新建|发起设立)"
)


_ALREADY = re.compile(r"[^,。;]{0,6}(?:已|均已|业已)(?!定)")
_MEANT_FOR = re.compile(r"(?:将|拟)?(?:投向|用于|拟用于)")
_DUE_BEHIND = re.compile(
    r"[^。;,、]{0,4}(?:、[^,。;、]{1,16}){0,4},[^,。;]{2,12}前(?:要|需|应|将)?(?:全部|全面|均|陆续)?(?:投入使用|投用|建成|完成|交付|竣工|开放|上线|到位)"
)


def _due_behind(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """建成养老院3家,6月30日前全部投入使用: the clause behind says when it is to be."""
    found = _DUE_BEHIND.match(page.folded, quantity.end, sentence.end)
    if found is None or page.published is None:
        return False
    times = page.times_in(quantity.end, found.end())
    return any(when.last > page.published for when in times)


_AGREED = re.compile(r"订单|合同|中标|成交|采购")
_THEN = re.compile(r"[^,。;]{0,8},(?:将|计划|拟|预计|力争)")


def _ahead(page: Page, sentence: Sentence, quantity: Quantity, part: int) -> str | None:
    """What the words behind the number say, or an order at the head of the sentence."""
    following = page.quantities_in(quantity.end, sentence.end)
    limit = following[0].start if following else min(sentence.end, quantity.end + 90)
    if page.language == "zh":
        if _ALREADY.match(page.folded, quantity.end, limit):
            return "achieved"
        if _MEANT_FOR.match(page.folded, quantity.end, limit):
            return "planned"
        if _due_behind(page, sentence, quantity):
            return "target"
        agreed = quantity.kind == "money" and _AGREED.search(page.folded, part, quantity.start)
        if _THEN.match(page.folded, quantity.end, limit) and not agreed:
            return "planned"
        begins = _IMPERATIVE.match(page.folded, part, quantity.start)
        return "planned" if begins else None
    aside = page.folded.find(", with", quantity.end, limit)
    limit = aside if aside > 0 else limit
    hit = rules("status", "en").first(page.folded, quantity.end, limit)
    return hit.rule.meaning if hit and hit.rule.meaning in ("planned", "in_progress") else None


def _inherited(cues: list[str]) -> str | None:
    """A cue of an earlier clause still counts when it is about the future or the latest one."""
    return cues[-1] if cues and cues[-1] not in ("in_progress", "negated") else None
