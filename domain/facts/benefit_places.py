"""Where benefits may stand on a Chinese page, and whether somebody is giving there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.facts.page import Page, Sentence
from domain.facts.table_cells import Row, rows
from domain.text.blocks import Block
from domain.text.fold import fold

_GIVES = re.compile(
    r"[省市区]级资金|财政资金|支持(?:额度|强度|经费)|给予|补贴|补助|奖励|资助|奖补|贴息|抵扣|[算模型数据力料]券|最高\d"
    r"|[补奖给][\d一二三四五六七八九十]"
)
_BENEFITS = re.compile(
    r"措施|新政|政策|办法|细则|扶持|奖|补[贴助]|资助|激励|兑现|指南|券|惠企|申[报领]|支持|红包|福利|[\d一二三四五六七八九十]条"
)
_PROGRAMME = re.compile(
    r"(?:支持|扶持|奖补|补贴|惠企|奖励|激励|资助|优惠|兑现)[\u4e00-\u9fff]{0,8}(?:政策|措施|办法|细则|清单|标准|指南|通知)|红包|礼包|券[\u4e00-\u9fff]{0,6}(?:办法|细则|指南)"
)
_HEADING = re.compile(
    r"支持|补[贴助]|奖|资助|扶持|优惠|政策|待遇|力度|福利|能[拿补领]|多少|红包|钱|券|贴息|激励|资金|怎么[补用领]|好处|红利|享受|标准|额度"
)
_REPORT = re.compile(
    r"目标|成效|背景|现状|基础|数据|进展|概况|回顾|看板|统计|运行|成绩|情况|概览|家底|规模|市场"
)
_STATED = re.compile(
    r"支持|补[贴助]|奖|资助|扶持|优惠|激励|抵|贴息|力度|待遇|多少|能拿|怎么[补领]|红包"
)
"""What a label says where it names a benefit; "amount" and "limit" need a page that gives."""
_LABEL = re.compile(
    r"最高|最多|支持|补[贴助]|奖|资助|扶持|优惠|激励|抵扣|贴息|力度|额度|限额|上限|封顶|顶格|待遇|金额|标准|比例|资金|经费|预算|给多少|补多少|能拿|政策|内容|强度|定额"
)
_CONDITION = re.compile(
    r"(?:条件|对象|范围|门槛|要求|资格|依据|(?<![创业经])(?<!市场)主体(?<!企业主体)|(?:谁|什么人)[能可][报领申拿]?)$|适用(?:对象|范围|条件|主体|企业)|谁能"
)
_NEVER = re.compile(r"预算金额|采购预算|最高限价|总投资|投资额|中标|合同金额|注册资本|电话|邮箱")
_GATHERS = re.compile(r"[:]\s*\Z")
_FEWEST_GIFTS = 2
_LONGEST_TOPIC = 40
_MOST_LINES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A sentence, a line or a cell, and what stands above it."""

    sentence: Sentence
    label: str = ""
    """The folded label of its line, or the head of its column."""
    topic: str = ""
    """What the line is about: the heading above it, or the name of its row."""
    open: bool = False
    """Somebody gives here: a bare sum can be a benefit."""
    stated: bool = False
    """Its own label names a benefit."""
    asks: bool = False
    """It says what an applicant must be: its sums are conditions."""
    row: tuple[int, int] | None = None
    """The row of the table that a cell stands in."""
    bodies: tuple[str, ...] = ()
    """Who answers for it, in a column of its own."""
    recipients: str = ""
    """Who gets it, in a column of its own."""
    unit: str = ""
    """The unit of bare numbers, from the head of the column or the line above the table."""


def places(page: Page) -> Iterator[tuple[Place, ...]]:
    """Yield the places that may speak of one benefit together: lines in a run, cells of a row."""
    lines: list[Place] = []
    table = {row.block: row for row in rows(page)}
    of_rows = {at for row in table.values() for at in range(row.block, row.block + row.lines)}
    offered = of_benefits(page)
    for number, block, topic in _topics(page):
        paired = block.kind == "pair" and len(lines) < _MOST_LINES
        if lines and (not paired or _opens_card(page, block)):
            yield _card(lines)
            lines = []
        if number in table:
            yield from _cells(page, table[number], offered=offered)
        elif (
            number not in of_rows
            and block.kind in _SPEAKING
            and not _NEVER.search(_plain(page.folded[slice(*block.label)]))
        ):
            here = [
                _place(page, block, one, topic, offered=offered)
                for one in page.sentences_of(number)
            ]
            lines += here if paired else []
            if here and not paired:
                yield tuple(here)
    if lines:
        yield _card(lines)


_SHARE = re.compile(r"比例|标准|力度|额度|金额|方式")


def _card(lines: list[Place]) -> tuple[Place, ...]:
    """对象, 标准, 上限 below one another: the card of a benefit, whatever its page is called."""
    labels = [place.label for place in lines]
    shares = sum(1 for label in labels if _SHARE.search(label))
    limits = any(_LIMITS.search(label) for label in labels)
    whom = any(_CONDITION.search(label) for label in labels)
    if not (shares and (limits or whom)):
        return tuple(lines)
    return tuple(
        replace(place, open=True, stated=True)
        if _SHARE.search(place.label) or _LIMITS.search(place.label)
        else place
        for place in lines
    )


_LIMITS = re.compile(r"限额|上限|最[高多]|封顶|顶格")
_SPEAKING = ("heading", "pair", "item", "clause", "paragraph")


def _topics(page: Page) -> Iterator[tuple[int, Block, str]]:
    """Every block with what stands above it: its heading, or the line that introduces a list."""
    heading = intro = ""
    for number, block in enumerate(page.blocks):
        if _opens_card(page, block) or (block.kind == "heading" and not is_bare(page, block)):
            heading = page.text[block.body : block.end].strip()
        if block.kind in _SPEAKING:
            intro = _introduction(page, block, intro)
        yield number, block, intro if block.kind in ("item", "clause") and intro else heading


_BARE = re.compile(
    r"\s*(?:最[高多]|不超过|至多|每[年家户人个项])?[^,。;:\d]{0,6}[≤]?\d[\d.,]{0,9}\s?(?:[万亿]?元|%)[^,。;:\d]{0,8}"
)


def is_bare(page: Page, block: Block) -> bool:
    """最高500万元/年 as a line: the figure of a picture, and no heading of what is below."""
    return bool(_BARE.fullmatch(page.folded, block.start, block.end))


def of_benefits(page: Page) -> bool:
    """Return whether the page is about benefits: so titled, and giving again and again."""
    title = fold(page.title)
    if _PROGRAMME.search(title):
        return True
    if not _BENEFITS.search(title):
        return False
    return len(_GIVES.findall(page.folded)) >= _FEWEST_GIFTS


_CARD = re.compile(
    r"\s*(?:[-*·◆■▪●★]|\d{1,2}[.、])?\s*(?:项目|方向|类别|专题|任务|课题|第|卡片)\s?[零一二三四五六七八九十\d]{1,3}"
)


def _opens_card(page: Page, block: Block) -> bool:
    return bool(_CARD.match(page.folded, block.start, block.end)) and block.kind in (
        "pair",
        "heading",
    )


def _introduction(page: Page, block: Block, intro: str) -> str:
    """后补助适用于下列事项: what heads the items below it, up to the next article."""
    if _GATHERS.search(page.folded, block.start, block.end):
        return page.text[block.body : block.end].strip(" :：")[-_LONGEST_TOPIC:]
    below = block.kind in ("item", "clause") and page.folded[block.start] != "第"
    return intro if below else ""


def _is_open(label: str, topic: str, *, offered: bool) -> bool:
    if _is_stated(label):
        return True
    if topic and _REPORT.search(topic) and not _HEADING.search(topic):
        return False
    return offered or bool(topic and _HEADING.search(topic))


def _place(page: Page, block: Block, sentence: Sentence, topic: str, *, offered: bool) -> Place:
    label = page.folded[slice(*block.label)]
    above = fold(topic)
    return Place(
        sentence=sentence,
        label=label,
        topic=topic,
        open=_is_open(label, above, offered=offered),
        stated=_is_stated(label) or _is_asked(above),
        asks=_asks(label, above),
    )


def _is_stated(label: str) -> bool:
    named = _STATED.search(label) or label.endswith(("比例", "总额"))
    return bool(named) and not _REPORT.search(label)


def _is_asked(topic: str) -> bool:
    """资助分几档?: what stands below answers a question about giving."""
    return topic.endswith("?") and bool(_STATED.search(topic))


def _asks(label: str, topic: str) -> bool:
    if not label and _HEADING.search(topic):
        return False
    said = _plain(label) if label else topic.rstrip("?")
    return bool(_CONDITION.search(said)) and not _LABEL.search(said[-2:])


def _plain(label: str) -> str:
    return _BRACKETED.sub("", label) if "(" in label else label


_BRACKETED = re.compile(r"\(.{0,20}")


def _cells(page: Page, row: Row, *, offered: bool) -> Iterator[tuple[Place, ...]]:
    """The cells of a row below columns of benefits; each alternative in a cell is a row."""
    caption = _caption(page, row.block)
    for cells in row.variants(page):
        found = []
        limited = _limits([page.folded[slice(*head)] for head, _ in cells])
        for head, cell in cells:
            label = page.folded[slice(*head)].strip(" |")
            if not _LABEL.search(label) or _CONDITION.search(label):
                continue
            found.append(
                Place(
                    sentence=Sentence(start=cell[0], end=cell[1], block=row.block),
                    label=label,
                    topic=" ".join(
                        dict.fromkeys(
                            page.text[slice(*other)].strip(" |")
                            for name, other in cells
                            if other != cell and _names_row(page, name, other)
                        )
                    ),
                    open=offered or limited or bool(_STATED.search(label)),
                    stated=True,
                    unit=_unit(label) or caption,
                    bodies=tuple(
                        page.text[slice(*other)]
                        for name, other in cells
                        if _ANSWERS.search(page.folded, *name)
                    ),
                    recipients=next(
                        (
                            page.text[slice(*other)].strip()
                            for name, other in cells
                            if _RECIPIENTS.search(page.folded[slice(*name)])
                        ),
                        "",
                    ),
                    row=(min(one[0] for _, one in cells), max(one[1] for _, one in cells)),
                )
            )
        if found:
            yield tuple(found)


def _limits(heads: list[str]) -> bool:
    """Whether one column tells a share and another how much at most: nobody else has both."""
    shares = any("比例" in head for head in heads)
    return shares and any(re.search(r"额度|限额|上限|最[高多]|封顶", head) for head in heads)


_UNIT = re.compile(
    r"单位[:]?(?:人民币)?(?P<unit>[万亿]?元)|\((?:单位:?)?(?P<own>[万亿]?元)(?:/[年户家个人项])?\)"
)
_ABOVE = 16


def _unit(words: str) -> str:
    found = _UNIT.search(words)
    return (found["unit"] or found["own"]) if found else ""


def _caption(page: Page, block: int) -> str:
    """单位:万元, in one of the lines right above the table."""
    while block and page.blocks[block - 1].kind == "row":
        block -= 1
    above = page.blocks[max(0, block - _ABOVE) : block]
    return next(
        (unit for one in reversed(above) if (unit := _unit(page.folded[one.start : one.end]))), ""
    )


_RECIPIENTS = re.compile(r"对象|主体|面向|适用")
_ANSWERS = re.compile(r"部门|单位|主管|负责")
_NO_NAME = re.compile(r"序号|编号|部门|单位|电话|备注|依据|时间|截止")


def _names_row(page: Page, head: tuple[int, int], cell: tuple[int, int]) -> bool:
    named = page.folded[slice(*head)]
    text = page.folded[slice(*cell)].strip(" |")
    return not _NO_NAME.search(named) and not text.isdigit()
