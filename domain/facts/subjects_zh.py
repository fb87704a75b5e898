"""What a number is about in Chinese: the phrases around it, or what was spoken of before."""

import re
from dataclasses import dataclass, replace

from domain.facts import phrases_zh
from domain.facts.about import Subject
from domain.facts.counted_zh import counted_by, is_count, is_part, lent, noun_of
from domain.facts.lists_zh import object_of_list, of_list, summed_up
from domain.facts.page import Page, Sentence
from domain.facts.places_zh import is_place, leans, placeless
from domain.facts.quantity import Quantity
from domain.facts.topics_zh import anchor, thing_put_in
from domain.text.fold import fold

_OBJECT_NOUN = re.compile(
    r"[ ]?的?(?P<noun>[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9]{1,13}?)"
    r"(?=[,。;:、\n)]|\Z|购买|用于|建设|支持|投入|的)"
)


def _object(page: Page, quantity: Quantity, ceiling: int) -> tuple[str, int]:
    """带来2000P智算能力, 使用8000万元自有资金: the noun stands right behind the number."""
    if quantity.kind not in ("money", "compute", "area", "bytes"):
        return "", quantity.end
    found = _OBJECT_NOUN.match(page.folded, quantity.end, min(ceiling, quantity.end + 16))
    if not found or phrases_zh.says_nothing(found["noun"]):
        return "", quantity.end
    return page.text[slice(*found.span("noun"))], found.end("noun")


_TREND = re.compile(
    r"(?:^|[,;。])\s?(?:但是?|不过|而|同时|其中|其)?(?P<noun>[\u4e00-\u9fffA-Za-z()]{2,18}?)"
    r"(?:[也则均都仍]|普遍|持续|明显|稳步|有所|大幅|小幅|略有|继续|进一步|快速|较快){0,3}"
    r"(?:下滑|下降|上升|增长|回升|回落|走低|走高|提升|改善|扩大|缩小|收窄|偏低|偏高|不足|吃紧)[,]\Z"
)
_AMONG = re.compile(r"(?:^|[,;。])\s?在(?:所有|全部)?(?P<noun>[^,。;\d]{2,12}?)(?:当?中|里)?[,]\Z")
_CLAUSE_BEFORE = 26


def _of_clause_before(page: Page, quantity: Quantity, floor: int, start: int, own: str) -> str:
    """毛利率普遍下滑,平均只有22.6%; 在受访企业中,超过六成…: the clause before names it."""
    low = max(floor, start - _CLAUSE_BEFORE, 0)
    if quantity.kind != "percent":
        return ""
    for pattern in (_AMONG,) if own else (_TREND, _AMONG):
        found = pattern.search(page.folded[low:start])
        if found:
            return page.text[low + found.start("noun") : low + found.end("noun")]
    return ""


_OBJECT = re.compile(
    r"(?:元|美元|港元)?(?P<noun>(?:[\u4e00-\u9fffA-Za-z+\"·]{2,24})(?:基金|项目|产业园"
    r"|中心|平台|基地|工厂))"
)

_BUILT = re.compile(
    r"[,]?(?:用于|以)?(?:设立|建设|建起|建成|建了|盖起|新建|扩建|改扩建|改造|购置|打造|成立|组建|兴建|投建|投向|投入)(?!周期|工?期|规模|内容|用地|地[点址]|时间|标准)(?P<noun>[^,。;:\n]{2,28})"
)

_MEASURED = re.compile(
    r"(?:(?:总|计划|规划|概算|协议|签约)?(?:投资(?:总额|额)?|金额|规模|面积|用地|占地"
    r"|占地面积|建筑面积|总建筑面积|产值|营收|收入|数量|总量|总数)|佔地|總.{2,4}"
    r"|建築面積)+\Z"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words found for a number: what it is of, what it counts, where they end."""

    text: str
    counted: str | None
    end: int
    bare: str = ""
    """Words that name nothing, kept for want of better ones."""
    defined: bool = False
    """The line says of what its number is."""


def subject(
    page: Page, sentence: Sentence, quantity: Quantity, floor: int, memory: Subject | None
) -> Subject | None:
    """Return the subject of a quantity of a Chinese sentence, or None where nothing says it."""
    blanks = [(when.start, when.end) for when in page.times_in(sentence.start, quantity.start)]
    ceiling = _ceiling(page, sentence, quantity)
    found = phrases_zh.phrase(page.folded, quantity, floor, ceiling, blanks)
    if quantity.kind == "count" and not is_count(page, quantity, found):
        return None
    words = _words(page, sentence, quantity, found, ceiling)
    beside = page.folded[floor : quantity.start].strip(" 约近超逾") in _BESIDE
    spoken = words.text and not quantity.written
    told = "" if spoken else _of_clause_before(page, quantity, floor, found.clause[0], words.text)
    if told:
        words = replace(words, text=told, bare="")
    if memory and not told:
        words = _as_share(page, quantity, found.clause, words, memory)
    if memory and not words.text and not beside and not _alike(memory, quantity):
        memory = None
    counted = counted_by(page, quantity, found, words.text, words.counted, memory)
    text, owner, certain = words.text, _MEASURED.sub("", words.text), bool(words.text)
    if not words.defined and leans(page, found, text):
        text, owner = _with_owner(page, sentence, quantity, found, text, memory)
        counted = lent(page, quantity, found, owner, counted, memory)
        certain = False
    if quantity.kind == "count" and memory and words.bare and text == memory.text:
        text += phrases_zh.last_verb(words.bare)
    text = text.strip(" ()（）") or words.bare
    named = of_list(page, sentence, quantity)
    text = _of_list(page, quantity, named, text) if named else text
    if not text:
        return None
    part = bool(named) or is_part(page, found, text)
    if part and memory and memory.counter == quantity.counter:
        counted = memory.counted
    counted = noun_of(counted, quantity)
    if counted == quantity.counter and page.block_of(sentence).label[1] and not part:
        counted = text  # 新增上市企业:3家
    return Subject(
        text=text[:60],
        owner=owner or text,
        counted=(counted or quantity.counter) if quantity.kind == "count" else None,
        start=_begin(page, sentence, quantity, found),
        end=words.end,
        clause=found.clause,
        certain=certain,
        counter=quantity.counter,
        part=part,
        kind=quantity.kind,
        bare=not words.text and memory is None,
    )


def _as_share(
    page: Page, quantity: Quantity, clause: tuple[int, int], words: _Words, memory: Subject
) -> _Words:
    """为预算的101.2%: what was spoken of, as a share of a base that is named."""
    first = clause[0]
    based = _OF_BASE.search(page.folded[slice(*clause)]) if quantity.kind == "percent" else None
    if based is None:
        return words
    base = page.text[first + based.start("base") : first + based.end("base")]
    return _Words(f"{memory.text}…{base}", None, words.end)


def _words(
    page: Page, sentence: Sentence, quantity: Quantity, found: phrases_zh.Phrase, ceiling: int
) -> _Words:
    """The words before a number, or behind it where those before name nothing."""
    defined = _defined(page, sentence, quantity) or _labelled(page, sentence, quantity)
    if defined:
        return _Words(page.text[slice(*defined)], None, defined[1], defined=True)
    text, counted, end = _chosen(page, quantity, found)
    if found.bracketed and (not text or "(" in fold(text)):
        text = page.text[slice(*found.bracketed)]
    alone = quantity.kind == "count" and text == page.text[slice(*found.after)]
    owned = quantity.kind == "percent" and _OWNS.search(page.folded, *found.clause)
    text = (
        text
        if owned
        else _BASED_ON.sub("", text).rstrip("将將拟擬已")
        if len(text) > 1 or alone
        else ""
    )
    bare = text if phrases_zh.says_nothing(fold(text)) else ""
    whose = _WHOSE.match(page.folded, quantity.end, ceiling)
    clause = page.folded[slice(*found.clause)]
    told = phrases_zh.ends_in_verb(clause) or _OF_WHOLE.search(clause)
    if whose and quantity.kind == "percent" and told:
        return _Words(page.text[slice(*whose.span("noun"))], None, whose.end("noun"))
    if quantity.kind == "percent" and quantity.written and (bare or not text):
        return _shared(page, quantity, ceiling, bare)
    if bare or (not text and quantity.kind in ("area", "compute", "bytes")):
        text, end = _object(page, quantity, ceiling)
        counted = None
    return _Words(text, counted, end, bare)


_OWNS = re.compile(r"出资|持股|占股|认缴|控股")
_WHOSE = re.compile(
    r"的(?P<noun>[\u4e00-\u9fffA-Za-z]{2,10}?)(?=已|均|都|接入|使用|应用|部署|实现|,|。|;|\Z)"
)
"""已有80%以上的科室接入…: the share is of what stands behind it."""
_OF_WHOLE = re.compile(
    r"(?:占|集聚|聚集|汇聚|集中|拥有|承担|贡献|提供|容纳|生产|承载)了?[^,。;\d]{0,6}"
    r"(?:全[省市区国球县]|[\u4e00-\u9fff]部|[我本][省市区国])\Z"
)
"""集聚了全省八成以上的人工智能企业."""
_DEFINES = re.compile(
    r"(?:[ ]?(?:-{1,2}|[:|])[ ]?|[ ](?=[\u4e00-\u9fffA-Za-z]))"
    r"(?P<noun>[^,。;(\n\-][^,。;(\n]{1,29})"
)


def _defined(page: Page, sentence: Sentence, quantity: Quantity) -> tuple[int, int] | None:
    """3.42亿元——今年兑现的算力券金额: a line that begins with the number says of what it is."""
    block = page.block_of(sentence)
    if sentence.start > block.body or page.folded[block.body : quantity.start].strip(" -+约近超逾"):
        return None
    noun = _DEFINES.match(page.folded, quantity.end, block.end)
    return noun.span("noun") if noun else None


def _labelled(page: Page, sentence: Sentence, quantity: Quantity) -> tuple[int, int] | None:
    """建设周期:18个月: how long something lasts is of what the label says lasts."""
    block = page.block_of(sentence)
    bare = not page.folded[block.body : quantity.start].strip(" :约为")
    return block.label if quantity.kind == "duration" and block.label[1] and bare else None


_SHARE_OF = re.compile(r"(?:的|以?上?是|用于|投向|来自|为)?(?P<noun>[\u4e00-\u9fffA-Za-z\"]{2,16})")


def _shared(page: Page, quantity: Quantity, ceiling: int, bare: str) -> _Words:
    """约有三成企业, 九成花在训练上: of a share that begins a clause the words behind it tell."""
    noun = _SHARE_OF.match(page.folded, quantity.end, ceiling)
    if noun is None or phrases_zh.says_nothing(noun["noun"]):
        return _Words("", None, quantity.end, bare)
    return _Words(page.text[slice(*noun.span("noun"))], None, noun.end("noun"), bare)


def _of_list(page: Page, quantity: Quantity, named: tuple[int, int], text: str) -> str:
    """The name, and what is measured of it or done by it: 网络视听 + 营收, 青羊区 + 标准厂房."""
    name = page.text[slice(*named)].strip()
    measured = _MEASURED_TAIL.search(fold(text))
    summed = summed_up(page, quantity, named[0])
    if summed:
        return name + page.text[slice(*summed)]
    if measured and measured.group() not in name:
        return name + text[measured.start() :]
    shared = object_of_list(page, quantity, named[1])
    return name + page.text[slice(*shared)] if shared else name


_OF_BASE = re.compile(
    r"(?:^|[,;。:、]|年)(?:已|约|均)?(?P<base>(?:完成|达到?|为|是|相当于|占)(?:了)?[^,。;\d]{2,12})的(?:约|近|超过?|逾)?\Z"
)
"""为年初预算的101.2%: a share of something named, of what was spoken of before."""
_MEASURED_TAIL = re.compile(
    r"(?:营业收入|营收|收入|产值|规模|总额|金额|数量|增速|占比|比重|利润|投资|产量)\Z"
)


_BESIDE = ("", "、", "和", "与", "及", ",", "/")


def _alike(memory: Subject, quantity: Quantity) -> bool:
    return memory.kind in ("", quantity.kind) or quantity.kind in ("percent", "times", "duration")


def _with_owner(
    page: Page,
    sentence: Sentence,
    quantity: Quantity,
    found: phrases_zh.Phrase,
    text: str,
    memory: Subject | None,
) -> tuple[str, str]:
    if not text and memory:
        return memory.text, memory.owner
    place = is_place(page, found.before, text)
    if place:
        thing = memory.text if memory else anchor(page, sentence, found.clause[0], nearest=False)
        thing = placeless(thing)
        return (text if thing in text else text + thing), thing
    if memory and quantity.kind == "percent" and memory.kind != "percent":
        return (text if memory.text in text else memory.text + text), memory.owner
    put_in = quantity.kind == "money" and not memory and _PUT_IN.search(fold(text))
    owner = thing_put_in(page, sentence, found.clause[0]) if put_in or not text else ""
    owner = owner or (memory.owner if memory else anchor(page, sentence, found.clause[0], not text))
    if owner in text or (_PHASE.fullmatch(fold(text)) and _PHASE.fullmatch(fold(owner))):
        return text, owner
    return owner + text, owner


_PHASE = re.compile(r"(?:项目|工程)?[首一二三四五六]期")


_PUT_IN = re.compile(r"规模|金额|投资|[募融]资|首期|首轮|经费|造价|总额|出资|砸下|斥资|花")


def _begin(page: Page, sentence: Sentence, quantity: Quantity, found: phrases_zh.Phrase) -> int:
    """Where the evidence begins: at the noun, or at the label it stands behind."""
    spoken = found.before[0] < found.before[1]
    if not spoken and found.bracketed:
        return found.bracketed[0]
    start = min(found.before[0] if spoken else found.clause[0], quantity.start)
    block = page.block_of(sentence)
    if block.label[1] and start <= block.body + 1:
        return block.label[0]
    return _skip_space(page.folded, start)


def _chosen(
    page: Page, quantity: Quantity, found: phrases_zh.Phrase
) -> tuple[str, str | None, int]:
    before = page.text[found.before[0] : found.before[1]]
    after = page.text[found.after[0] : found.after[1]]
    if not after and quantity.kind == "money":
        return _invested_in(page, quantity, before, page.folded[slice(*found.clause)])
    if not after and quantity.kind == "compute" and phrases_zh.ends_in_verb(_BATCH.sub("", before)):
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
    if quantity.kind == "money" and after.split("（")[0].endswith(("基金", "資金", "资金")):
        return after, None, found.after[1]
    if quantity.kind != "count":
        measured = _MEASURED.search(before) or phrases_zh.is_weak(before) or not before
        measured = measured or phrases_zh.says_nothing(fold(before))
        measured = measured or _ONE_OF.fullmatch(fold(before)) is not None
        return (after if measured else before), None, found.after[1]
    return after, after, found.after[1]


_BATCH = re.compile(r"(?:首批|全部|剩余|其余)$")
_ONE_OF = re.compile(
    r"(?:其中)?(?:另(?:外|有)?|还有)?[一两二三四五六]?[座个处家片栋](?:号称|规模|面积|占地|达)?"
)
"""一座号称500P的算力中心: the thing itself stands behind."""


def _invested_in(
    page: Page, quantity: Quantity, before: str, clause: str
) -> tuple[str, str | None, int]:
    """What money is for stands behind it: 设立5亿元引导基金, 投资4亿元建设实验室."""
    direct = _OBJECT.match(page.folded, quantity.end, quantity.end + 32)
    if direct and (len(before) < 4 or not phrases_zh.is_weak(fold(before))):
        return page.text[slice(*direct.span("noun"))], None, direct.end("noun")
    built = _BUILT.match(page.folded, quantity.end, quantity.end + 40)
    if built and re.search(r"[投出]资|投入|募|拿出|斥资|砸|花", clause):
        noun = page.text[slice(*built.span("noun"))]
        return f"{before}…{noun}" if before else noun, None, built.end("noun")
    return before, before or None, quantity.end


def _ceiling(page: Page, sentence: Sentence, quantity: Quantity) -> int:
    following = page.quantities_in(quantity.end, sentence.end)
    return min(following[0].start, sentence.end) if following else sentence.end


_BASED_ON = re.compile(r"(?:由|从(?!业|事|属))[^由从]{1,14}$")


def _skip_space(folded: str, at: int) -> int:
    while at < len(folded) and folded[at] in " \t、,":
        at += 1
    return at
