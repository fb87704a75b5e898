"""Cards: lines of a label and what it says, parted by a bar; they look like rows of a table."""

import re
from collections.abc import Sequence

Span = tuple[int, int]

_BAR = re.compile(r"\s{0,3}[|\t]\s{0,3}")
_SAYS = re.compile(r"[。;!]")
_OF_CARD = re.compile(
    r"(?:对象|主体|条件|标准|额度|上限|封顶|比例|截止|时间|期限|方式|材料|流程|部门|电话|依据|入口)\s?\Z"
)
_FEWEST = 2


def bar_of(folded: str, start: int, end: int) -> Span | None:
    """Return the bar between two cells of a line; None where one of them is empty."""
    bar = _BAR.search(folded, start, end)
    return bar.span() if bar and start < bar.start() and bar.end() < end else None


def is_card(folded: str, lines: Sequence[Span]) -> bool:
    """Return whether lines of one bar each say something: 支持上市|在…上市的,给予…."""
    said = labelled = 0
    for start, end in lines:
        bar = bar_of(folded, start, end)
        if bar:
            said += bool(_SAYS.search(folded, bar[1], end))
            labelled += bool(_OF_CARD.search(folded[start : bar[0]]))
    return said * 2 > len(lines) or labelled >= max(_FEWEST, len(lines) // 2)
