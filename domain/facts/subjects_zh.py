"""What a number is about in Chinese: the phrases around it, or what was spoken of before."""

import re

from domain.facts import phrases_zh
from domain.facts.about import Subject
from domain.facts.lists_zh import of_list
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.topics_zh import anchor
from domain.gazetteer import names
from domain.text.fold import fold

_KIND_ONLY = re.compile(r"(?:类|级|方面|以上|其中)\Z")

_OBJECT_NOUN = re.compile(
    r"[ ]?(?P<noun>[\u4e00-\u9fffA-Za-z]{2,12}?)(?=[,。;:、\n)]|\Z|购买|用于|建设|支持|投入|的)"
)


def _object(page: Page, quantity: Quantity, ceiling: int) -> tuple[str, int]:
    """带来2000P智算能力, 使用8000万元自有资金: the noun stands right behind the number."""
    if quantity.kind not in ("money", "compute", "area"):
        return "", quantity.end
    found = _OBJECT_NOUN.match(page.folded, quantity.end, min(ceiling, quantity.end + 16))
    if not found or phrases_zh.says_nothing(found["noun"]):
        return "", quantity.end
    return page.text[slice(*found.span("noun"))], found.end("noun")


_PARTS = re.compile(r"(?:方面|部分|大类|环节|维度|章节|阶段|步骤|层面|要点|举措|条)")

_OBJECT = re.compile(
    r"(?:元|美元|港元)?(?P<noun>(?:[\u4e00-\u9fffA-Za-z+\"·]{2,24})(?:基金|项目|产业园"
    r"|中心|平台|基地|工厂))"
)

_BUILT = re.compile(
    r"[,]?(?:用于|以)?(?:设立|建设|新建|打造|成立|组建|兴建|投向|投入)(?P<noun>[^,。;:\n]{2,28})"
)

_MEASURED = re.compile(
    r"(?:(?:总|计划|规划|概算|协议|签约)?(?:投资(?:总额|额)?|金额|规模|面积|用地|占地"
    r"|占地面积|建筑面积|总建筑面积|产值|营收|收入|数量|总量|总数)|佔地|總.{2,4}"
    r"|建築面積)+\Z"
)


def subject(
    page: Page, sentence: Sentence, quantity: Quantity, floor: int, memory: Subject | None
) -> Subject | None:
    """Return the subject of a quantity of a Chinese sentence, or None where nothing says it."""
    blanks = [(when.start, when.end) for when in page.times_in(sentence.start, quantity.start)]
    ceiling = _ceiling(page, sentence, quantity)
    found = phrases_zh.phrase(page.folded, quantity, floor, ceiling, blanks)
    if quantity.kind == "count" and not _is_count(page, quantity, found):
        return None
    named = of_list(page, sentence, quantity)
    text, counted, end = _chosen(page, quantity, found)
    if not text and found.bracketed:
        text = page.text[slice(*found.bracketed)]
    text = _BASED_ON.sub("", text) if len(text) > 1 else ""
    bare = text if phrases_zh.says_nothing(fold(text)) else ""
    if bare:
        text, end = _object(page, quantity, ceiling)
        counted = None
    counted = _counted(page, quantity, found, text, counted, memory)
    owner, certain = _MEASURED.sub("", text), bool(text)
    if _leans(page, found, text):
        text, owner = _with_owner(page, sentence, found, text, memory)
        if quantity.kind == "count" and memory and memory.counted:
            counted = memory.counted
        elif _is_place(page, found.before, page.text[slice(*found.before)]):
            counted = owner or counted
        certain = False
    text = text.strip(" ()（）") or bare
    if named:
        text = _of_list(page, named, text)
    if not text:
        return None
    if counted == quantity.counter and page.block_of(sentence).label[1]:
        counted = text  # 新增上市企业:3家
    return Subject(
        text=text[:60],
        owner=owner or text,
        counted=(counted or quantity.counter) if quantity.kind == "count" else None,
        start=_begin(page, sentence, quantity, found),
        end=end,
        clause=found.clause,
        certain=certain,
        counter=quantity.counter,
    )


def _of_list(page: Page, named: tuple[int, int], text: str) -> str:
    """The name, and what is measured of it: 网络视听 + 营收."""
    name = page.text[slice(*named)].strip()
    measured = _MEASURED_TAIL.search(fold(text))
    return name + text[measured.start() :] if measured and measured.group() not in name else name


_MEASURED_TAIL = re.compile(
    r"(?:营业收入|营收|收入|产值|规模|总额|金额|数量|增速|占比|比重|利润|投资|产量)\Z"
)


def _is_count(page: Page, quantity: Quantity, found: phrases_zh.Phrase) -> bool:
    """Parts of a text (六个方面) and small numbers in words (两个集群) count nothing."""
    if _PARTS.match(page.folded[quantity.end : quantity.end + 4]):
        return False
    small = quantity.written and quantity.value < _LARGE
    return not small or _stands_for_itself(page, quantity, found)


_LARGE = 10


def _counted(
    page: Page,
    quantity: Quantity,
    found: phrases_zh.Phrase,
    text: str,
    counted: str | None,
    memory: Subject | None,
) -> str | None:
    """What is counted: the noun; without one that of the number before, or the classifier."""
    if quantity.kind != "count":
        return None
    if _HAS.search(page.folded, *found.clause):
        alike = memory is not None and memory.counter == quantity.counter
        return memory.counted if memory and alike else quantity.counter
    if page.text[slice(*found.after)]:
        return counted
    folded = page.folded[slice(*found.before)]
    bare = (
        phrases_zh.ends_in_verb(folded)
        or phrases_zh.is_act(folded)
        or bool(_KIND_ONLY.search(folded))
    )
    if text and not bare and not _leans(page, found, text):
        return counted
    return memory.counted if memory and memory.counted else quantity.counter


def _leans(page: Page, found: phrases_zh.Phrase, text: str) -> bool:
    """Whether a phrase needs the thing it belongs to: 总投资, 国家级, a place alone."""
    own = text == page.text[slice(*found.before)]
    folded = page.folded[slice(*found.before)] if own else fold(text)
    return not text or phrases_zh.is_weak(folded) or _is_place(page, found.before, text)


def _with_owner(
    page: Page, sentence: Sentence, found: phrases_zh.Phrase, text: str, memory: Subject | None
) -> tuple[str, str]:
    if not text and memory:
        return memory.text, memory.owner
    place = _is_place(page, found.before, text)
    if place:
        thing = memory.text if memory else anchor(page, sentence, found.clause[0], nearest=False)
        thing = _placeless(thing)
        return (text if thing in text else text + thing), thing
    owner = memory.owner if memory else anchor(page, sentence, found.clause[0], not text)
    return (text if owner in text else owner + text), owner


_OF_PLACE = re.compile(r"^(?:全[省市区县国]|[我本该][省市区]|各[省市区])")


def _placeless(thing: str) -> str:
    """The thing without the place it was said of before: another place's is spoken of now."""
    folded = fold(thing)
    for name in names(folded):
        if name.entry.kind == "place" and name.start == 0:
            thing, folded = thing[name.end :], folded[name.end :]
            break
    return _OF_PLACE.sub("", thing).removesuffix("方面").strip(" ，,、的")


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


def _is_place(page: Page, span: tuple[int, int], text: str) -> bool:
    """Whether a phrase is nothing but places: 成都, 全省, 绵阳、德阳."""
    if not text:
        return False
    rest = page.folded[slice(*span)]
    for name in page.names_in(*span):
        if name.entry.kind == "place":
            rest = rest.replace(page.folded[name.start : name.end], "")
    return not _OF_PLACE.sub("", rest).strip(" 、和与及市区县省")


def _ceiling(page: Page, sentence: Sentence, quantity: Quantity) -> int:
    following = page.quantities_in(quantity.end, sentence.end)
    return min(following[0].start, sentence.end) if following else sentence.end


_HAS = re.compile(r"的(?:有|达|共有|已有|约有)\Z")

_BASED_ON = re.compile(r"(?:由|从(?!业|事|属))[^由从]{1,14}$")


def _skip_space(folded: str, at: int) -> int:
    while at < len(folded) and folded[at] in " \t、,":
        at += 1
    return at
