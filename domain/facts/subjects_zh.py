"""What a number is about in Chinese: the phrases around it, or what was spoken of before."""

import re

from domain.facts import phrases_zh
from domain.facts.about import Subject
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity

_KIND_ONLY = re.compile(r"(?:类|级|方面|以上|其中)\Z")
_PARTS = re.compile(r"(?:方面|部分|大类|环节|维度|章节|阶段|步骤|层面|要点|举措|条)")
_OBJECT = re.compile(
    r"(?:元|美元|港元)?(?P<noun>(?:[\u4e00-\u9fffA-Za-z+\"·]{2,24})(?:基金|项目|产业园|中心|平台|基地|工厂))"
)
_BUILT = re.compile(
    r"[,]?(?:用于|以)?(?:设立|建设|新建|打造|成立|组建|兴建|投向|投入)(?P<noun>[^,。;:\n]{2,28})"
)
_MEASURED = re.compile(
    r"(?:(?:总|计划|规划|概算|协议|签约)?(?:投资(?:总额|额)?|金额|规模|面积|用地|占地|占地面积|建筑面积|总建筑面积|产值|营收|收入|数量|总量|总数)|佔地|總.{2,4}|建築面積)+\Z"
)


def subject(
    page: Page, sentence: Sentence, quantity: Quantity, floor: int, memory: Subject | None
) -> Subject | None:
    """Return the subject of a quantity of a Chinese sentence, or None where nothing says it."""
    blanks = [(when.start, when.end) for when in page.times_in(sentence.start, quantity.start)]
    ceiling = _ceiling(page, sentence, quantity)
    found = phrases_zh.phrase(page.folded, quantity, floor, ceiling, blanks)
    before, after = found.before, found.after
    if quantity.written and quantity.kind == "count" and quantity.value < 10 and not _stands_for_itself(page, quantity, found):
        return None
    if quantity.kind == "count" and _PARTS.match(page.folded[quantity.end : quantity.end + 4]):
        return None
    text, counted, end = _chosen(page, quantity, found)
    owner = _MEASURED.sub("", text)
    folded = (
        page.folded[before[0] : before[1]] if text == page.text[before[0] : before[1]] else text
    )
    certain = bool(text)
    if text and _BASED_ON.search(text):
        text = _BASED_ON.sub("", text)
    if (
        quantity.kind == "count"
        and _HAS.search(page.folded, *found.clause)
    ):
        alike = memory is not None and memory.counter == quantity.counter
        counted = memory.counted if memory and alike else quantity.counter
    text = text if len(text) > 1 else ""
    verbal = quantity.kind == "count" and text == page.text[before[0] : before[1]] and phrases_zh.ends_in_verb(folded)
    kind_only = bool(_KIND_ONLY.search(folded)) and not page.text[slice(*after)]
    if quantity.kind == "count" and (verbal or kind_only or phrases_zh.is_act(folded)):
        counted = memory.counted if memory and memory.counted else quantity.counter
    if not text or phrases_zh.is_weak(folded) or _is_place(page, before, text):
        owner = memory.owner if memory else _anchor(page, sentence, found.clause[0])
        if memory and memory.counted:
            counted = memory.counted
        elif quantity.kind == "count" and not page.text[slice(*after)]:
            counted = quantity.counter
        if not text and memory:
            text, owner = memory.text, memory.owner
        elif owner not in text:
            text = _joined(text, owner, memory, _is_place(page, before, text))
        certain = False
    if quantity.kind == "count" and not counted:
        counted = quantity.counter
    if not text:
        return None
    start = min(found.clause[0] if not before[0] < before[1] else before[0], quantity.start)
    block = page.block_of(sentence)
    if block.label[1] and start <= block.body + 1:
        start = block.label[0]
    return Subject(
        text=text[:60],
        owner=owner or text,
        counted=counted if quantity.kind == "count" else None,
        start=_skip_space(page.folded, start),
        end=end,
        clause=found.clause,
        certain=certain,
        counter=quantity.counter,
    )


def _stands_for_itself(page: Page, quantity: Quantity, found: phrases_zh.Phrase) -> bool:
    """两个集群 only names them; 建成两个集群 counts them."""
    return quantity.comparator != "eq" or phrases_zh.ends_in_verb(page.folded[slice(*found.clause)])


def _chosen(
    page: Page, quantity: Quantity, found: phrases_zh.Phrase
) -> tuple[str, str | None, int]:
    before = page.text[found.before[0] : found.before[1]]
    after = page.text[found.after[0] : found.after[1]]
    if not after and quantity.kind == "money":
        return _invested_in(page, quantity, before, page.folded[slice(*found.clause)])
    if not after and quantity.kind == "compute" and phrases_zh.ends_in_verb(before):
        noun = re.match(
            r"[ ]?(?P<noun>(?:智能)?算力|计算能力)", page.folded[quantity.end : quantity.end + 8]
        )
        if noun:
            return (
                page.text[quantity.end + noun.start("noun") : quantity.end + noun.end("noun")],
                None,
                quantity.end + noun.end(),
            )
    if not after:
        return before, before or None, quantity.end
    if quantity.kind == "money" and after.endswith(("基金", "資金", "资金")):
        return after, None, found.after[1]
    if quantity.kind != "count":
        return (after if phrases_zh.is_weak(before) or not before else before), None, found.after[1]
    return after, after, found.after[1]


def _invested_in(
    page: Page, quantity: Quantity, before: str, clause: str
) -> tuple[str, str | None, int]:
    """What money is for stands behind it: 设立5亿元引导基金, 投资4亿元建设实验室."""
    direct = _OBJECT.match(page.folded, quantity.end, quantity.end + 32)
    if direct and (len(before) < 4 or phrases_zh.ends_in_verb(before)):
        return page.text[slice(*direct.span("noun"))], None, direct.end("noun")
    built = _BUILT.match(page.folded, quantity.end, quantity.end + 40)
    if built and re.search(r"[投出]资|投入|募", clause):
        noun = page.text[slice(*built.span("noun"))]
        return f"{before}…{noun}" if before else noun, None, built.end("noun")
    return before, before or None, quantity.end


def _joined(text: str, owner: str, memory: Subject | None, place: bool) -> str:
    if place and memory and memory.counted:
        return text + memory.counted
    return owner + text


def _is_place(page: Page, span: tuple[int, int], text: str) -> bool:
    names = page.names_in(*span)
    return bool(text) and any(
        name.entry.kind == "place" and name.end - name.start >= len(text) - 1 for name in names
    )


def _ceiling(page: Page, sentence: Sentence, quantity: Quantity) -> int:
    following = page.quantities_in(quantity.end, sentence.end)
    return min(following[0].start, sentence.end) if following else sentence.end


_HAS = re.compile(r"的(?:有|达|共有|已有|约有)\Z")
_BASED_ON = re.compile(r"(?:由|从(?!业|事|属))[^由从]{1,14}$")
_CLAUSE_MARK = re.compile(r"[,。;:!?\n]")
_TOPIC_VERB = re.compile(
    r"(?:将|已|拟|计划|由|位于|是|为|于|在|正式|日前|近日|预计|可|能|达|共|总)"
)


def _anchor(page: Page, sentence: Sentence, position: int) -> str:
    """What the sentence is about: its first words, or the label or heading above it."""
    lead = page.folded[sentence.start : position]
    names = [name for name in page.names_in(sentence.start, position) if name.entry.kind != "place"]
    if names:
        return page.text[names[-1].start : names[-1].end]
    for when in page.times_in(sentence.start, position):
        low, high = when.start - sentence.start, min(when.end, position) - sentence.start
        lead = lead[:low] + "," * (high - low) + lead[high:]
    clauses = [part for part in _CLAUSE_MARK.split(lead) if len(part.strip()) > 1]
    if clauses:
        at = lead.index(clauses[0])
        words = clauses[0]
        led = phrases_zh.LEAD.match(words)
        skip = led.end() if led else 0
        cut = _TOPIC_VERB.search(words, skip + 2)
        begin, finish = (
            sentence.start + at + skip,
            sentence.start + at + (cut.start() if cut else len(words)),
        )
        if finish - begin >= 2:
            return page.text[begin : min(finish, begin + 24)].strip()
    block = page.block_of(sentence)
    if block.label[1]:
        return page.text[slice(*block.label)]
    return _heading(page, sentence)


def _heading(page: Page, sentence: Sentence) -> str:
    for number in range(sentence.block - 1, max(-1, sentence.block - 6), -1):
        block = page.blocks[number]
        if block.kind == "heading":
            return page.text[block.body : block.end].strip()[:30]
    return ""


def _skip_space(folded: str, at: int) -> int:
    while at < len(folded) and folded[at] in " \t、,":
        at += 1
    return at
