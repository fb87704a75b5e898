"""Chinese: what is spoken of where a clause leaves it out: a name, a topic, a heading."""

import re

from domain.facts import phrases_zh
from domain.facts.page import Page, Sentence
from domain.text.fold import fold
from domain.text.matching import last_match
from domain.text.sentences import clauses

_FARTHEST = 2

_SHORT = 3

_LONGEST_TOPIC = 24
_FIGURE = re.compile(
    r"(?:[约近超达为逾]|不到|共)?\d[\d,.]*(?:[%亿万千百个家项元台套人亩成倍款条件]|平方|[PE](?![A-Za-z]))"
)
"""A topic ends before its figure: 增长21%, 投资12.3亿元."""

_TOPIC_VERB = re.compile(
    r"(?:翻[一两]番|将|已|(?<!模)(?<!虚)拟|计划|(?<!自)由|位于|(?<!还)是|(?<![行作认华])为(?!主|民)|于"
    r"|(?<!存)在(?!线)|正式|日前|近日|昨[日天]|今[日天]|预计|(?<!许)可(?!信|视|控|再生)"
    r"|(?<![智功性节职产赋])能(?!源|力|耗|级|量)|(?<![发雷])达(?!州|摩|标)|(?<!公)共(?!享|性)"
    r"|总(?![部体量规产部面投]))"
)

_FIELD = re.compile(
    r"(?:项目|建设|工程|实施|投资|合作)?(?:进度|进展|内容|时间|日期|工期|周期|预期|效益|状态|地点|地址|规模|规划|计划|简介|概况|亮点|备注|现状|情况|条件"
    r"|(?:计划|预计|实际)?(?:开工|动工|投产|投用|竣工|建成|交付|开园)(?:时间|日期)?"
    r"|成效|产出|金额|总?投资额?|总额|投资方|业主|主体|责任单位|目标|阶段|投产|开工|看点|答|问)"
)
"""Labels of the fields of a list: what they are of stands above them."""
_SAYS_NOTHING = re.compile(r"[:]\s*\Z|提示\s*\Z|如下\s*\Z")
_OF_NAME = re.compile(
    r"(?:投资|建设|合作)?(?:标的|工程|合同|项目|企业|基金|平台|公司|园区|产品|单位|机构|活动)?(?:名称|全称)?"
)
_NO_TOPIC = re.compile(
    r".{0,30}(?:显示|表示|指出|认为|透露|介绍|获悉|据悉|报道|发布会上?|称)\Z|若|如果?|假如|随着|受|据|虽|尽管|由于|为[了此]|通过|根据|按(?!年)|相比|对比|其[中一二三]|此外|另外|这(?!里|座|家|款|个[\u4e00-\u9fff]{0,6}(?:园|项目|中心|平台))|那|前[一二三四五六七八九十两几\d]+年|他|她|它|我|你|您|大家|双方|对此|同时|同期|目前|现场|会上|当天|其余"
)

_THING = re.compile(r"(?:项目|基地|中心|总部|[一二三四]期|产业园|园区|工厂|平台|枢纽)\Z")
"""华为生态基地 is the base, not 华为."""


def anchor(page: Page, sentence: Sentence, position: int, nearest: bool) -> str:
    """What is spoken of: a name, the first words of the sentence (or the nearest clause), the
    label or the heading above."""
    names = [name for name in page.names_in(sentence.start, position) if name.entry.kind != "place"]
    if names and not nearest:
        name = page.text[names[-1].start : names[-1].end]
        thing = _topic(page, names[-1].start, position)
        return thing if thing.startswith(name) and _THING.search(fold(thing)) else name
    spans = [
        span
        for span in clauses(page.folded, sentence.start, position, "zh")
        if span[1] - span[0] > 1
    ]
    for start, end in reversed(spans) if nearest else spans:
        words = _topic(page, start, end)
        if words and not _NO_TOPIC.match(fold(words)) and not phrases_zh.says_nothing(fold(words)):
            return words
    block = page.block_of(sentence)
    label = page.text[slice(*block.label)].strip(" ◆■●▲△·*○◎▶-")
    field = _FIELD.fullmatch(fold(label).strip()) is not None
    if label and not field and not phrases_zh.is_weak(page.folded[slice(*block.label)]):
        return label
    label = "" if field else label
    above = _before(page, sentence) or _heading(page, sentence)
    return f"{above}{label}" or page.title[:_LONGEST_TOPIC]


_MADE = re.compile(
    r"(?:成立|设立|组建|发起|打造|新建|建设|建起|建成|投建|兴建|扩建|落户|签约|收购|布局|启动|发布|募集|引进|签下|签订|斩获|拿下|中标|收获)(?:了|的)?(?:[一两二三]?[座个家只支期条])?"
    r'(?P<name>"[^"\n]{2,24}"(?:[\u4e00-\u9fff]{2,6})?|[^,。;:"\n]{2,24}(?:基金|项目|中心|基地|园区?|工厂|平台|实验室|总部|产线|电?站|枢纽|集群|订单|合同|协议))'
)


def thing_put_in(page: Page, sentence: Sentence, position: int) -> str:
    """What was set up or built in the clauses before: 成立"X基金",目标规模…; 建起储能站,花了…"""
    start = max(sentence.start, position - 90)
    found = last_match(_MADE, page.folded, start, position)
    return page.text[slice(*found.span("name"))].strip('“”「」『』"') if found else ""


def _before(page: Page, sentence: Sentence) -> str:
    """What the sentence before speaks of, in the same paragraph."""
    for one in reversed(page.sentences_before(sentence, _FARTHEST)):
        for start, end in clauses(page.folded, one.start, one.end, "zh"):
            words = _topic(page, start, end) if end - start > 1 else ""
            if len(words) > _SHORT and not _NO_TOPIC.match(fold(words)):
                return words
    return ""


def _topic(page: Page, start: int, end: int) -> str:
    """The noun phrase at the head of a clause, without its time and its lead-in."""
    for when in page.times_in(start, end):
        if when.start <= start + 2:
            start = min(when.end, end)
    words = page.folded[start:end]
    led = phrases_zh.LEAD.match(words)
    skip = led.end() if led else 0
    cut = _TOPIC_VERB.search(words, skip + 2)
    finish = min(cut.start() if cut else len(words), skip + _LONGEST_TOPIC)
    text = page.text[start + skip : start + finish]
    figure = _FIGURE.search(fold(text))
    text = (text[: figure.start()] if figure else text).strip()
    return text if len(text) > 1 else ""


def _heading(page: Page, sentence: Sentence) -> str:
    paired = page.block_of(sentence).kind == "pair"
    for number in range(sentence.block - 1, max(-1, sentence.block - 8), -1):
        block = page.blocks[number]
        if paired and block.kind == "pair":
            if _OF_NAME.fullmatch(page.folded[slice(*block.label)].strip()):
                return page.text[block.body : block.end].strip()[:30]
            continue
        if _SAYS_NOTHING.search(page.folded, block.body, block.end):
            continue
        short = paired and block.end - block.body <= _LONGEST_TOPIC
        if block.kind == "heading" or short:
            return page.text[block.body : block.end].strip()[:30]
    return ""
