"""What is due on a Chinese day: the act in its own words, in its label, or above it."""

import re
from dataclasses import dataclass

from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.when import When
from domain.text.fold import fold
from domain.text.lexicon import Hit

WEAK, PLAIN, EXPLICIT = 1, 2, 3
"""How plainly the words say that something closes: by place alone, by 前, by 截止."""
HAPPENS = re.compile(
    r"形成|审定|(?<![寄发提送交报派推])出(?:台|来|炉)?(?=[,。;]|\Z)|交割|报[市省区]政府审|到账|施行|生效|挂网|实施|建成|投用|投产|开[幕工园业]|举[行办]|召开|竣工|成立|注册(?=的)|签订日|有效期|公布|发布(?!之日)|出台|印发|启动(?!申)"
    r"|完工|交付|上线|公告(?!期)|拨付|拨款|兑付到位"
)
_WEAK_ACT = re.compile(r"受理|完成|推荐|提供|登记|注册|备案|验收|兑付")
_ACTS = ("objection", "comment", "review", "application", "submission")
_NEAR = 30
FARTHEST = 8
"""Blocks above a line that can still head it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day in its clause; offsets into the text."""

    when: When
    start: int
    end: int
    label: str


def kind_of(page: Page, sentence: Sentence, one: Due, strength: int) -> str | None:
    """The act of its own words, of its label, its sentence, or of what stands above it."""
    if _ASKED_ABOUT.search(page.folded, one.start, one.end) or _is_own_work(page, one, strength):
        return None
    if re.search(r"异议", page.folded[sentence.start : sentence.end]):
        return "objection"
    own = _act(page, min(one.start, one.when.start), one.end, one.when)
    if strength < EXPLICIT and _happens(page, one):
        return None
    if own:
        wide = _act(page, *_around(sentence, one), one.when)
        return "comment" if (own, wide) == ("submission", "comment") else own
    lexicon = rules("deadlines", "zh")
    label = one.label or page.folded[page.block_of(sentence).start : sentence.start]
    named = lexicon.meaning(label, 0, len(label))
    if named and not one.label and strength >= PLAIN:
        named = _act(page, *_part(page, sentence, one), one.when) or named
    if named:
        gathers = named == "application" and label.startswith("征集")
        return "comment" if gathers and _COMMENTED.search(fold(page.title)) else named
    if re.search(r"公示", one.label or page.folded[one.start : one.end]):
        return "objection"
    wide = _act(page, *_part(page, sentence, one), one.when)
    wide = wide or _act(page, *_around(sentence, one), one.when)
    if wide and (strength >= PLAIN):
        return wide
    if strength >= PLAIN and "公示" in page.folded[sentence.start : sentence.end]:
        return "objection"
    return _from_above(page, sentence, one, strength)


_ASKS = re.compile(
    r"请|须|应(?!用|对|急)|需(?!求)|务必|逾期|可(?!视|信|持|靠)|报名|填报|申报|申请|提交|报送|意见|领取|申领"
)
_NOTICE = re.compile(
    r"通知|公告|通告|申[报请领]|征[集求]|指南|问答|招|须知|流程|安排|办法|细则|延[长期]|公示|提醒|报名"
)
_DONE_BY = re.compile(
    r"(?:完成|取得|通过)[^,。;]{0,10}(?:登记|注册|备案|验收|认证|评审|审核|审查|交付|部署|建设|安装|搬迁|整改|投资)|完成全部"
)


def _is_own_work(page: Page, one: Due, strength: int) -> bool:
    """协会12月15日前完成法人登记: what somebody in the news is going to do, asked of no reader."""
    if strength == EXPLICIT or one.label or not _DONE_BY.search(page.folded, one.when.end, one.end):
        return False
    asked = _ASKS.search(page.folded, one.start, one.end)
    return not asked and not _NOTICE.search(fold(page.title))


_ASKED_ABOUT = re.compile(r"咨询|查询|致电")
"""申报咨询截至3月28日: nobody has to ask."""
_REACH = 300
"""Characters around a day in which its sentence says what is due."""


def _around(sentence: Sentence, one: Due) -> tuple[int, int]:
    start = max(sentence.start, one.when.start - _REACH)
    return start, min(sentence.end, one.when.end + _REACH)


def _part(page: Page, sentence: Sentence, one: Due) -> tuple[int, int]:
    """The part of the sentence between semicolons."""
    start, end = _around(sentence, one)
    stop = page.folded.find(";", one.when.end, end)
    return max(start, page.folded.rfind(";", start, one.when.start) + 1), stop if stop >= 0 else end


def _happens(page: Page, one: Due) -> bool:
    return bool(HAPPENS.search(page.folded, one.when.end, one.end))


def _from_above(page: Page, sentence: Sentence, one: Due, strength: int) -> str | None:
    """首批什么时候可以申报?, 报名: the heading, else the title, for a day that plainly closes."""
    lexicon = rules("deadlines", "zh")
    for number in range(sentence.block - 1, max(-1, sentence.block - FARTHEST), -1):
        block = page.blocks[number]
        if block.kind == "heading" or _ITEM.match(page.folded, block.start, block.end):
            found = lexicon.meaning(
                page.folded[block.start : block.end], 0, block.end - block.start
            )
            if found:
                return found
    window = one.when.first < one.when.last and _TIMES.search(one.label)
    if strength < EXPLICIT and not window:
        return None
    title = fold(page.title)
    titled = [hit.rule.meaning for hit in lexicon.hits(title, 0, len(title))]
    named = next((meaning for meaning in titled if meaning in _TITLED), None)
    offers = one.label or OFFERS.search(title)
    return named or ("application" if offers else None)


_ITEM = re.compile(r"\s*(?:事项|项目|专项|类别|任务|批次)[一二三四五六七八九十\d]{1,3}\s?:")
"""事项二:算力券兑付: as good as a heading."""
_TIMES = re.compile(r"时间|时限|日期|期限|窗口")
OFFERS = re.compile(r"领|券|补[贴助]|奖|资助|扶持|兑现|红包|招募|大赛|政策|新政|专项|揭榜")
"""Titles of what one applies for."""


_APPLIES = re.compile(
    r"(?:提交|递交|完成|办理|提出)(?:[\u4e00-\u9fff]{0,4})(?:申请|申报|报名|填报|登记|揭榜)(?!材料|书|表)"
)
_COMMENTED = re.compile(r"意见")
_TITLED = ("application", "comment", "objection")


def _act(page: Page, start: int, end: int, when: When) -> str | None:
    """What somebody does: comments and applications before the steps on their way."""
    hits = list(rules("deadlines", "zh").hits(page.folded, start, end))
    if not hits:
        return None
    words = {hit: page.folded[hit.start : hit.end] for hit in hits}
    for strong in ("objection", "comment"):
        if any(hit.rule.meaning == strong for hit in hits):
            return strong
    doing = [hit for hit in hits if not _WEAK_ACT.fullmatch(words[hit])] or hits
    near = [
        hit for hit in doing if min(abs(hit.start - when.end), abs(when.start - hit.end)) < _NEAR
    ]
    behind = [hit for hit in near if hit.start >= when.end]
    chosen = behind or near or doing
    by_rank = {meaning: number for number, meaning in enumerate(_ACTS)}
    if not behind:
        return max(chosen, key=lambda hit: hit.start).rule.meaning
    first = behind[0]
    if first.rule.meaning == "submission" and _APPLIES.match(page.folded, first.start, end):
        return "application"
    return min(behind, key=lambda hit: (hit.start, by_rank[hit.rule.meaning])).rule.meaning


def _distance(hit: Hit, when: When) -> int:
    return min(abs(hit.start - when.end), abs(when.start - hit.end))
