"""A page cut into blocks: what each line is, before anybody reads its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from domain.text.cards import bar_of, is_card
from domain.text.lexicon import lexicon

BlockKind = Literal[
    "heading", "pair", "item", "clause", "row", "paragraph", "signature", "furniture"
]
"""pair: "label: value". item: of a bulleted list. clause: numbered （一）, 第一条. row: of a table.
signature: who signed when, below a document. furniture: menus, share buttons, other links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A line, or a cell of one, as offsets into the text."""

    kind: BlockKind
    start: int
    end: int
    label: tuple[int, int] = (0, 0)
    """The label of a pair, before the colon; empty without one."""
    body: int = 0
    """Where the words begin, behind a bullet or number."""


_LINE = re.compile(r"[^\n]+")
_PAIR_GAP = re.compile(r"(?: {2,}|\t+)(?=[^\s:,。;]{2,12}:\s?\S)")

_INLINE_MARK = re.compile(
    r"(?<=[。;:!?)\]\"\s])(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1"
    r",3}、(?=[\u4e00-\u9fff])|第[一二三四五六七八九十]{1,3}条[ \[]|[①-⑳])"
)
_INLINE_LABEL = re.compile(r"(?<=[。;\s])(?P<label>[\u4e00-\u9fff]{2,8}):(?=\S)")
_SHORTEST_UNFOLDED = 100
_MANY_LABELS = 3
_MARK = re.compile(
    r"""\s{0,40}(?:
        (?P<bullet>
            (?:\d?[\ufe0f\u20e3]{1,2}
              |[\u2190-\u21ff\u2300-\u245f\u2600-\u2bff\U0001f000-\U0001faff][\ufe0f\u200d]?){1,4}\s{0,3}
          | -{0,2}[->*·◆■▪○★☆►▶√✓✔➢➤‣]\s{0,3}|[①-⑳]\s?|\d{1,2}[.、)](?!\d)\s{0,3}|\(\d{1,2}\)\s?)
      | (?P<clause>\([零一二三四五六七八九十]{1,4}\)|第[零一二三四五六七八九十百]{1,5}条)\s{0,4}
      | (?P<head>[零一二三四五六七八九十]{1,3}、|第[零一二三四五六七八九十]{1,4}[章节部分])\s{0,4}
      | (?:Article|Section)\s\d{1,3}[.:]?\s?
    )""",
    re.VERBOSE,
)
_PAIR = re.compile(
    r"""(?P<label>
          [\u3400-\u9fff][\u3400-\u9fffA-Za-z0-9()/、·\-]{1,15}
        | [A-Z][A-Za-z'()/\-]{1,20}(?:\s[A-Za-z'()/&\-]{1,20}){0,4}(?:(?<=No)\.)?
        )(?<!\d):(?!//)\s{0,4}(?P<value>\S)
      | (?P<from>[\u3400-\u9fffA-Za-z"][^\n:。;|→▶➡⇒]{1,30}?)\s?[→▶➡⇒]\s?(?P<fromvalue>\S)
      | (?P<plain>名称|对象|力度|截止|开始|主管|文号|依据|标准|条件|时间|地点|金额|比例|额度
          |上限|限额|范围|方式|内容|部门|申报|受理
          |[\u4e00-\u9fff]{2}(?:对象|标准|条件|时间|地点|金额|比例|额度|上限|方式|内容|部门|要求|期限|范围|主体))
        [ \t]{1,4}(?P<plainvalue>[^ \t]\S)""",
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"[。!?;.…:][\")\]]{0,2}\s{0,8}\Z")
_QUESTION = re.compile(r"[^。!?;]{2,40}\?")
_BOLD = re.compile(r"\*\*[^*\n]{2,40}\*\*")
_BRACKETED = re.compile(r"\[[^\]\n]{1,20}\]\s*")
_HEADS_LIST = re.compile(r"[^。!?;,:\d]{2,20}\?\s*")
_DATE_ONLY = re.compile(
    r"\s*(?:\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
    r"|[零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1"
    r",3}日"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)\s*"
)
_SPACED_ROW = re.compile(
    r"[^\d。;!?][^。;!?]{0,38}?(?: [≥>≤<约超]?\d[\d,.]{0,12}(?:%|[\u4e00-\u9fff]{1,3})?){2,8}"
)
_DATED_PAIR = re.compile(r"\s*[A-Za-z][A-Za-z ]{2,30}: ?(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? \d")
""" "Date of issue: November 3, 2025": its numbers are no cells."""
_CELL_GAP = re.compile(r" {2,}|\t+|\s?\|\s?|\s/\s")
_NUMBER_CELL = re.compile(r"[\d,.]+%?|[\d,.]+\S{0,4}")
_TALK = re.compile(r"记者|答|问|网友|主持人|专家|(?:据|他|她)|[QA](?![A-Za-z])|Question|Answer")
_SUM = re.compile(r"\d[万亿]?元")
"""专项一共6亿元:… tells a sum, and labels nothing."""
_STOP = re.compile(r"[。!?]|[.](?=\s[A-Z])")
_LONGEST_VALUE = 160
_LONGEST_HEADING = {"zh": 34, "en": 80}
_LONGEST_FURNITURE = {"zh": 90, "en": 170}
"""A longer line speaks of something else too; three times as long where it begins as furniture."""
_HEAD = 4
_LONGEST_MENU_CELL = {"zh": 12, "en": 24}


def blocks_of(folded: str, language: str) -> tuple[Block, ...]:
    """Return the blocks of a folded text in order; empty lines are none."""
    lines = [line for line in _lines(folded) if folded[line[0] : line[1]].strip()]
    found = [_block(folded, start, end, language) for start, end in lines]
    found = _with_headers(folded, _ruled(folded, _undated(found)))
    return tuple(_without_links(folded, found, language))


_MOST_SIGNED = 2


def _undated(blocks: list[Block]) -> list[Block]:
    """Days on many lines are cells of a table; a document is signed once or twice."""
    days = [one for one in blocks if one.kind == "signature"]
    if len(days) <= _MOST_SIGNED:
        return blocks
    return [replace(one, kind="paragraph") if one.kind == "signature" else one for one in blocks]


_FEWEST_ROWS = 2


def _ruled(folded: str, blocks: list[Block]) -> list[Block]:
    """Lines below one another with as many bars or tabs as each other are rows of a table."""
    bars = [_dividers(folded, block) for block in blocks]
    at = 0
    while at < len(blocks):
        end = at + 1
        while end < len(blocks) and bars[end] == bars[at]:
            end += 1
        wide = bars[at] > 1 or (bars[at] == 1 and end - at > _FEWEST_ROWS)
        if bars[at] == 1 and is_card(folded, [(one.start, one.end) for one in blocks[at:end]]):
            blocks[at:end] = [_told(folded, block) for block in blocks[at:end]]
        elif wide and end - at >= _FEWEST_ROWS:
            for number in range(at, end):
                block = blocks[number]
                if block.kind != "furniture" or bars[at] > 1:
                    blocks[number] = replace(block, kind="row", body=block.start, label=(0, 0))
        at = end
    return blocks


def _told(folded: str, block: Block) -> Block:
    """A line of a card as a pair."""
    bar = bar_of(folded, block.start, block.end)
    if bar is None or block.kind == "furniture":
        return block
    return replace(block, kind="pair", label=(block.start, bar[0]), body=bar[1])


_WIDE_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")


def _dividers(folded: str, block: Block) -> int:
    """How many bars or tabs part a line, else how many wide gaps, if they make three cells."""
    bars = max(folded.count(mark, block.start, block.end) for mark in "|\t")
    if bars or folded.find("  ", block.start, block.end) < 0:
        return bars
    gaps = sum(1 for _ in _WIDE_GAP.finditer(folded, block.start, block.end))
    return gaps if gaps > 1 else 0


def _with_headers(folded: str, blocks: list[Block]) -> list[Block]:
    """The line above the first row of a table is its header, if it has about as many cells."""
    for number in range(len(blocks) - 1, 0, -1):
        above, row = blocks[number - 1], blocks[number]
        if row.kind != "row" or above.kind not in ("heading", "paragraph", "furniture"):
            continue
        cells = _cells(folded[above.start : above.end]), _cells(folded[row.start : row.end])
        if len(cells[0]) >= 2 and abs(len(cells[0]) - len(cells[1])) <= 1:
            blocks[number - 1] = replace(above, kind="row", body=above.start)
    return blocks


def _cells(line: str) -> list[str]:
    narrow = _CELL_GAP.split(line.strip(" |"))
    narrow = narrow if len(narrow) > 1 else re.split(r" (?=[≥>≤<约超]?\d)", line.strip())
    return [cell for cell in narrow if cell.strip()]


def _lines(folded: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(folded):
        for start, end in _unfolded(folded, line.start(), line.end()):
            yield from _pairs(folded, start, end)


def _unfolded(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A page that lost its line breaks keeps its numbering: 一、… (一)… 第二条…"""
    if end - start < _SHORTEST_UNFOLDED:
        yield start, end
        return
    marks = [found.start() for found in _INLINE_MARK.finditer(folded, start, end)]
    if len(marks) < 2:
        yield start, end
        return
    for first, last in zip([start, *marks], [*marks, end], strict=True):
        if first < last:
            yield first, last


_BARS = re.compile(r"\s{0,3}\|\s{0,3}")
_LABELLED = re.compile(r"[A-Z][A-Za-z .'/()-]{1,30}:\s?\S")
_FEWEST_LABELS = 2


def _between_bars(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """ "Document No.: … | Issued by: …" as lines of their own; else nothing."""
    if "|" not in folded[start:end]:
        return []
    ends = [(bar.start(), bar.end()) for bar in _BARS.finditer(folded, start, end)]
    cells = list(zip([start, *(b for _, b in ends)], [*(a for a, _ in ends), end], strict=True))
    labelled = sum(1 for a, b in cells if _LABELLED.match(folded, a, b))
    return cells if labelled >= max(_FEWEST_LABELS, len(cells) - 1) else []


def _pairs(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """ "状态：征集中　　截止时间：…" is two lines in one."""
    cells = _between_bars(folded, start, end)
    if cells:
        yield from cells
        return
    colons = folded.count(":", start, end)
    labels = (
        [found.start("label") for found in _INLINE_LABEL.finditer(folded, start, end)]
        if colons >= _MANY_LABELS
        else []
    )
    if len(labels) >= _MANY_LABELS:
        yield from zip([start, *labels], [*labels, end], strict=True)
        return
    for gap in _PAIR_GAP.finditer(folded, start, end) if colons > 1 else ():
        if ":" in folded[start : gap.start()]:
            yield start, gap.start()
            start = gap.end()
    yield start, end


def _block(folded: str, start: int, end: int, language: str) -> Block:
    mark = _MARK.match(folded, start, end)
    body = mark.end() if mark else start + _indent(folded, start, end)
    kind = _kind(folded, start, body, end, language, mark)
    if kind in ("furniture", "row", "signature"):
        return Block(kind=kind, start=start, end=end, body=body)
    pair = _PAIR.match(folded, body, end)
    label = pair["label"] or "" if pair else ""
    if pair and kind != "clause" and not (_TALK.match(label) or _SUM.search(label)):
        name = next(name for name in ("label", "from", "plain") if pair[name])
        value = pair.start("value" if name == "label" else f"{name}value")
        kind = "pair" if _is_short(folded, value, end) else kind
        return Block(kind=kind, start=start, end=end, label=pair.span(name), body=value)
    return Block(kind=kind, start=start, end=end, body=body)


def _is_short(folded: str, value: int, end: int) -> bool:
    """A pair's value is a phrase or a sentence or two; a paragraph with a colon is a paragraph."""
    stops = len(_STOP.findall(folded, value, end))
    return stops <= 2 and end - value <= _LONGEST_VALUE


def _kind(
    folded: str, start: int, body: int, end: int, language: str, mark: re.Match[str] | None
) -> BlockKind:
    line = folded[start:end]
    if _DATE_ONLY.fullmatch(line):
        return "signature"
    if is_furniture(folded, start, end, language):
        return "furniture"
    if _is_row(line):
        return "row"
    if _BOLD.fullmatch(line.strip()):
        return "heading"
    if mark and _BRACKETED.fullmatch(folded, body, end):
        return "heading"
    if mark and mark.lastgroup == "bullet":
        return "heading" if _HEADS_LIST.fullmatch(folded, body, end) else "item"
    ended = bool(_SENTENCE_END.search(line)) and not _QUESTION.fullmatch(line.strip())
    if not ended and end - body <= _LONGEST_HEADING[language]:
        return "heading"
    if mark and (mark.lastgroup == "clause" or mark.lastgroup is None):
        return "clause"
    return "paragraph"


def is_furniture(folded: str, start: int, end: int, language: str) -> bool:
    """Whether a line (or a sentence) is about the page and not about the world."""
    hit = lexicon("domain.text", "furniture", language).first(folded, start, end)
    if hit:
        at_head = len(folded[start : hit.start].strip()) < _HEAD
        longest = _LONGEST_FURNITURE[language] * (3 if at_head else 1)
        return end - start <= longest
    return _is_menu(folded[start:end], language)


def _is_menu(line: str, language: str) -> bool:
    if line.strip().startswith("|") or not _has_gap(line):
        return False
    cells = [cell for cell in _MENU_GAP.split(line.strip()) if cell]
    if len(cells) < 3 or any(_NO_MENU.search(cell) for cell in cells):
        return False
    return all(len(cell) <= _LONGEST_MENU_CELL[language] for cell in cells)


_MENU_GAP = re.compile(r"\s?[|>»/]{1,2}\s?| {2,}|\t")
_NO_MENU = re.compile(r"[\d。;:,]")
_BAR = re.compile(r"[|>»/\t]")


def _has_gap(line: str) -> bool:
    """Whether there is anything that could stand between two cells."""
    return "  " in line or _BAR.search(line) is not None


def _is_row(line: str) -> bool:
    if not _has_gap(line):
        return _is_spaced_row(line)
    cells = [cell for cell in _CELL_GAP.split(line.strip(" |")) if cell.strip()]
    if line.strip().startswith("|") and line.strip().endswith("|") and len(cells) >= 2:
        return True
    if _is_spaced_row(line):
        return True
    if len(cells) < 2 or any(len(cell) > 40 for cell in cells) or re.search(r"[。!?;]", line):
        return False
    numbers = sum(1 for cell in cells[1:] if _NUMBER_CELL.fullmatch(cell.strip()))
    header = all(re.search(r"[(\[][^()]{1,8}[)\]]|数|额|量|别|称|序号|名", cell) for cell in cells)
    return numbers >= 1 or (header and not re.search(r"\d", line))


def _is_spaced_row(line: str) -> bool:
    return bool(_SPACED_ROW.fullmatch(line.strip())) and not _DATED_PAIR.match(line)


def _indent(folded: str, start: int, end: int) -> int:
    line = folded[start:end]
    return len(line) - len(line.lstrip())


def _without_links(folded: str, blocks: list[Block], language: str) -> Iterator[Block]:
    """Lines under "Related" are links to other pages until somebody speaks in sentences again."""
    links = False
    for block in blocks:
        if block.kind == "furniture":
            hit = lexicon("domain.text", "furniture", language).first(
                folded, block.start, block.end
            )
            links = links or (hit is not None and hit.rule.meaning == "links")
        elif links and (
            block.kind == "paragraph" or _SENTENCE_END.search(folded, block.start, block.end)
        ):
            links = False
        yield replace(block, kind="furniture") if links else block
