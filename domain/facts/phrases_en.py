"""What a number is about in English: the noun phrase behind it, or the subject of its clause."""

import re

from domain.facts.quantity import Quantity

_WORD = re.compile(r"[A-Za-z0-9][\w'&./+-]*|[\"(),;:%$-]")
_MARK = re.compile(r"[,;:()\n]|\s-{1,2}\s|\.\s")
_VERBS = frozenset(
    """is are was were be been being has have had will would should could can may might must shall do does did
    reached reach reaches hit hits totalled totaled totals stood stands rose rise rises grew grow grows fell fall
    exceed exceeds exceeded surpass surpassed surpasses top topped topping pass passed increased increase increases
    expanded climbed jumped said says told announced plans plan aims aim wants want intends seeks expects expected
    expect hopes targets calls cost costs accounted accounts amounted came comes contributed contribute generate
    generates generated became become raised raise offers offer counted hosted hosts employs covers cover covering
    serve serves served drew drawn attracted attract gathered includes include including totalling totaling worth
    showed shows put puts putting valued valuing averages average averaged dropped cut brings brought lifting lift
    lifted bringing drive drives shipped ship mobilise mobilize estimated forecast forecasts projected planned going
    grown risen fallen broken gone made make makes taken takes take provides provide provided pledged pledge
    invested invest allocate allocated allocates receives received spent spend used use operates opened open built build
    completed signed published issued issues set sets kept keep remains remain remained posted post recorded record closed presented found compared went came going doubled triple tripled double jumped soared surged climbed approved sourced earmarked found use keep kept remain combined according released target targets versus""".split()
)
_LINKS = frozenset(
    "to of with at by in on for from as that which who than and or but while when where its their it they".split()
)
_DETERMINERS = frozenset(
    "the a an its their his this that these those some any each every all another".split()
)
_WEAK = re.compile(
    r"(?:it|they|that|which|year on year|year-on-year|combined|further|already|them|down|up|compared|a year|more|the (?:figure|number|total|rate|value|city|province|plan|zone)|its|this|these|total|a (?:rise|increase)|growth|up|and|with|of which)?\Z",
    re.IGNORECASE,
)
_NOUN_OF = re.compile(
    r"\b(?P<head>(?:number|scale|size|value|area|capacity|price|share|rate|total|output|revenue|amount|volume|proportion|length|speed)\sof\s[^,;:.\n]{3,60}?)\s(?:to|by|has|have|had|was|is|were|reached|exceed|from|in|at|will|should)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s(?:of|in|into|for)\s(?P<noun>(?:[A-Za-z][\w'-]*\s){0,6}[A-Za-z][\w'-]*)")
_STOP_BEHIND = re.compile(
    r"\s(?:in|by|over|for|from|to|with|since|during|and|this|last|next|a|per|each|is|was|will|has|have|that|which|on|at)\b.*",
    re.DOTALL,
)
_AHEAD = re.compile(
    r"\s?(?P<noun>(?:[a-z][\w'-]*|AI|[A-Z][\w-]*)(?:\s(?:[a-z][\w'-]*|AI|[A-Z][\w-]*)){0,4})"
)


def subject(page, sentence, quantity: Quantity, floor: int, memory):  # type: ignore[no-untyped-def]
    """Return the subject of a quantity of an English sentence, or None."""
    from domain.facts.subject import Subject

    clause = _clause(page.folded, sentence.start, floor, quantity.start)
    left = page.text[clause : quantity.start]
    head = _head(page, clause, quantity, memory)
    counted = quantity.counter or None
    end = quantity.end
    text = counted or head
    if quantity.kind == "count" and not counted:
        counted = _counted_before(page.folded, sentence.start, quantity) or (
            memory.counted if memory else None
        )
        if counted is None:
            return None
        text = head if head and not _WEAK.match(head) else counted
        if text == counted and memory:
            text = f"{counted}"
    if quantity.kind != "count":
        behind = _behind(page.folded, quantity, sentence.end)
        if behind and (_WEAK.match(head) or not head or quantity.kind in ("area", "money")):
            text, end = (
                (page.text[behind[0] : behind[1]], behind[1])
                if not head or _WEAK.match(head)
                else (head, end)
            )
        if not text or _WEAK.match(text):
            text = memory.text if memory else head or _first_words(left)
    if not text:
        return None
    return Subject(
        text=text[:90],
        owner=text[:90],
        counted=counted if quantity.kind == "count" else None,
        start=_skip(page.folded, clause),
        end=end,
        clause=(clause, quantity.start),
        certain=bool(head or quantity.counter),
    )


def _clause(folded: str, start: int, floor: int, position: int) -> int:
    """Where the words of a number begin: behind the last mark, or the number before it."""
    begin = start
    depth = 0
    for mark in _MARK.finditer(folded, start, position):
        sign = mark.group()
        if sign == "(":
            depth += 1
            begin = mark.end()
        elif sign == ")":
            depth -= 1
        elif sign == "," and folded[mark.end() : mark.end() + 1].isdigit():
            continue
        else:
            begin = mark.end()
    words = len(folded[begin:position].split())
    if words <= 1 and begin > start and floor <= start:
        previous = [mark.end() for mark in _MARK.finditer(folded, start, begin - 1)]
        begin = previous[-1] if previous else start
    return max(begin, min(floor, position)) if floor > begin else begin


def _skip(folded: str, at: int) -> int:
    while at < len(folded) and folded[at] in " ,;:-\n":
        at += 1
    return at


def _head(page, clause: int, quantity: Quantity, memory) -> str:  # type: ignore[no-untyped-def]
    """The noun phrase that the verb before the number belongs to."""
    left = page.folded[clause : quantity.start]
    named = None
    for named in _NOUN_OF.finditer(left + " to "):
        pass
    if named:
        return page.text[clause + named.start("head") : clause + named.end("head")]
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(left)]
    blanks = [
        (when.start - clause, when.end - clause) for when in page.times_in(clause, quantity.start)
    ]
    words = [word for word in words if not any(a <= word[1] < b for a, b in blanks)]
    at = len(words)
    while at and (
        words[at - 1][0].lower() in _VERBS
        or words[at - 1][0].lower() in _LINKS
        or words[at - 1][0].lower().endswith("ly")
    ):
        at -= 1
    finish = at
    while (
        at
        and words[at - 1][0].lower() not in _VERBS
        and words[at - 1][0] not in '",;:()'
        and finish - at < 12
    ):
        at -= 1
    while at < finish and words[at][0].lower() in (_LINKS | _DETERMINERS):
        at += 1
    if at >= finish:
        return ""
    return page.text[clause + words[at][1] : clause + words[finish - 1][2]]


def _counted_before(folded: str, start: int, quantity: Quantity) -> str | None:
    """ "the number of such zones nationwide to eight": the noun stands before the number."""
    left = folded[start : quantity.start]
    found = re.search(
        r"(?:number|total|count|tally)\sof\s(?P<noun>(?:[\w'()-]+\s){0,9}?[\w'-]+s)\b(?=[^,;.]{0,40}\Z)",
        left,
        re.IGNORECASE,
    )
    if found:
        return found["noun"]
    found = re.search(
        r"\b(?P<noun>(?:[\w'-]+\s)?(?:total|tally|number|count|list))\b(?=[^,;.]{0,30}\Z)",
        left,
        re.IGNORECASE,
    )
    return found["noun"] if found else None


def _behind(folded: str, quantity: Quantity, ceiling: int) -> tuple[int, int] | None:
    """The noun behind an adjective number (2-billion-yuan fund) or behind its "of"."""
    found = _BEHIND.match(folded, quantity.end, min(ceiling, quantity.end + 80))
    if not found:
        hyphened = bool(re.search(r"\d-[a-z]", folded[quantity.number_start : quantity.end]))
        found = (
            _AHEAD.match(folded, quantity.end, min(ceiling, quantity.end + 60))
            if hyphened
            else None
        )
    if not found:
        return None
    start, end = found.span("noun")
    cut = _STOP_BEHIND.search(folded[start:end])
    return (start, start + cut.start()) if cut else (start, end)


def _first_words(left: str) -> str:
    return " ".join(left.split()[:8]).strip(" ,;:")
