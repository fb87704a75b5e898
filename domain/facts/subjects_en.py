"""What a number is about in English: the noun phrase behind it, or the subject of its clause."""

import re

from domain.facts.about import Subject
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.facts.rules import words as listed
from domain.text.matching import last_match

_WORD = re.compile(r"[A-Za-z0-9][\w'&./+-]*|[\"(),;:%$-]")
_MARK = re.compile(r"[,;:()\n]|\s-{1,2}\s|\.\s")
_VERBS = listed("en", "verbs")
_LINKS = listed("en", "links")
_DETERMINERS = listed("en", "determiners")
_WEAK = re.compile(
    (
        r"(?:it|they|that|which|(?:a )?(?:quarter|third|half)|[\d,. ]+|year on year"
        r"|year-on-year|combined|further|already|them|down|up|compared|a year|more|between|mere"
        r"|nonetheless|also|then|now|even|(?:\w+ ){0,2}(?:decrease|increase|decline|drop|fall|gain"
        r"|jump|reduction|rise|limit|ceiling|equivalent)|the "
        r"(?:figure|number|total|rate|value|city|province|plan|zone)|its|this|these|total|a "
        r"(?:rise|increase)|growth|up|and|with|of which)?\Z"
    ),
    re.IGNORECASE,
)
_NOUN_OF = re.compile(
    (
        r"\b(?P<head>(?:number|scale|size|value|area|capacity|price|share|rate|total|output"
        r"|revenue|amount|volume|proportion|length|speed)\sof\s[^,;:.\n]{3,90}?)\s(?:to|by"
        r"|has|have|had|was|is|were|reached|hit|rose|grew|climbed|fell|slipped|dropped|jumped"
        r"|increased|came|stood|totall?ed|exceed|from|in|at|will|should)\b"
    ),
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:\s\([^()\n]{2,30}\))?\s(?:of|in|into|for|on)\s(?P<noun>(?:[A-Za-z][\w'-]*\s){0"
    r",6}[A-Za-z][\w'-]*)"
)
_STOP_BEHIND = re.compile(
    (
        r"\s(?:in|by|over|for|from|to|with|since|during|and|this|last|next|a|per|each|is|was"
        r"|will|has|have|that|which|on|at)\b.*"
    ),
    re.DOTALL,
)
_AHEAD = re.compile(
    r"(?:\s\([^()\n]{2,30}\))?\s?(?P<noun>(?:[a-z][\w'-]*|AI"
    r"|[A-Z][\w-]*)(?:\s(?:[a-z][\w'-]*|AI|[A-Z][\w-]*)){0,4})"
)


_ASIDE = re.compile(r"\([A-Za-z]{2,12}\)")
_MEASURED = re.compile(
    (
        r"(?:total |combined |planned |annual )?(?:investment|cost|area|value|capacity"
        r"|contract value|floor area|budget)"
    ),
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:.*\s)?(?:items|entities|units|sites|locations|ones|others|cases|pieces|sets|categories)\Z",
    re.IGNORECASE,
)
_PASSIVE = listed("en", "before_participles")


def subject(
    page: Page, sentence: Sentence, quantity: Quantity, floor: int, memory: Subject | None
) -> Subject | None:
    """Return the subject of a quantity of an English sentence, or None where nothing says it."""
    labelled = _labelled(page, sentence, quantity)
    if labelled:
        return labelled
    begin = max(sentence.start, quantity.start - _LONGEST_CLAUSE)
    clause = _clause(page.folded, begin, floor, quantity.start)
    head = _head(page, clause, quantity.start)
    head = "" if _WEAK.match(head) or head[:1].isdigit() else head
    if quantity.kind == "count":
        return _counting(page, sentence, quantity, clause, head, memory)
    owner = _outside(page, sentence, clause) or _after_participle(page, sentence, quantity)
    head = f"{owner} {head}".strip() if owner not in head else head
    behind = _behind(page.folded, quantity, sentence.end)
    behind = None if behind and page.times_in(behind[0] - 8, behind[1]) else behind
    words = page.text[slice(*behind)] if behind else ""
    timed = bool(behind and page.times_in(behind[0] - 4, behind[1]))
    behind = None if timed or _WEAK.match(words) else behind
    text, end, investor = head, quantity.end, ""
    if head and _MEASURED.fullmatch(head):
        owner = _first_phrase(page, sentence, clause)
        text = f"{owner} {head}".strip() if owner not in head else head
    if behind and (not head or _invests(page.folded, quantity, behind)):
        text, end, investor = words, behind[1], head
    if not text:
        text = _left_out(page, sentence, clause, quantity, memory)
    if not text:
        return None
    return Subject(
        text=text[:90],
        owner=text[:90],
        counted=None,
        start=_skip(page.folded, clause),
        end=end,
        clause=(clause, quantity.start),
        certain=bool(head),
        investor=investor,
    )


def _counting(
    page: Page,
    sentence: Sentence,
    quantity: Quantity,
    clause: int,
    head: str,
    memory: Subject | None,
) -> Subject | None:
    counted = quantity.counter or _counted_before(page.folded, sentence.start, quantity)
    counted = counted or (memory.counted if memory else None)
    if counted is None:
        return None
    text = quantity.counter or head or counted
    if quantity.counter and _GENERIC.match(quantity.counter):
        owner = head or (memory.text if memory else _first_phrase(page, sentence, quantity.start))
        text = f"{owner} {quantity.counter}".strip()
    return Subject(
        text=text[:90],
        owner=text[:90],
        counted=counted,
        start=_skip(page.folded, clause),
        end=quantity.end,
        clause=(clause, quantity.start),
        certain=bool(quantity.counter),
    )


def _invests(folded: str, quantity: Quantity, behind: tuple[int, int]) -> bool:
    """Money goes into what stands behind it: its subject is who pays."""
    link = folded[quantity.end : behind[0]].strip().split(" ")[0]
    return quantity.kind == "money" and link in ("into", "in", "on")


def _left_out(
    page: Page, sentence: Sentence, clause: int, quantity: Quantity, memory: Subject | None
) -> str:
    """A clause without a subject takes the sentence's, or that of the number before it."""
    words = page.folded[clause : quantity.start].split()
    verbal = bool(words) and words[0].lower().strip(",") in _VERBS and not _GROWTH.match(words[0])
    first = _first_phrase(page, sentence, quantity.start)
    if memory is None or (verbal and first):
        behind = page.text[quantity.end : quantity.end + 60].split(".")[0].split(",")[0]
        return first or " ".join(behind.split()[:6])
    return memory.text


_GROWTH = re.compile(
    r"(?:up|down|rose|grew|rising|growing|fell|increased|climbed|jumped|reach)", re.IGNORECASE
)


def _first_phrase(page: Page, sentence: Sentence, position: int) -> str:
    """The first noun phrase of a sentence: up to its first mark or verb."""
    words = [
        (match.group(), match.start(), match.end())
        for match in _WORD.finditer(page.folded, sentence.start, position)
    ]
    times = [(when.start, when.end) for when in page.times_in(sentence.start, position)]
    words = [word for word in words if not any(a <= word[1] < b for a, b in times)]
    while words and (words[0][0].lower() in _LINKS | _DETERMINERS or words[0][0] in '",;:()'):
        words = words[1:]
    end = 0
    while (
        end < len(words)
        and end < 10
        and words[end][0].lower() not in _VERBS
        and words[end][0] not in ",;:()"
    ):
        if words[end][0].lower() in ("that", "which", "who"):
            break
        end += 1
    return page.text[words[0][1] : words[end - 1][2]] if end else ""


_LONGEST_CLAUSE = 400
"""Characters before a number in which its subject is looked for: time stays bounded."""
_LONGEST_LEAD = 60


def _labelled(page: Page, sentence: Sentence, quantity: Quantity) -> Subject | None:
    """ "Storage: 260 PB": the label of the line says what the number is."""
    block = page.block_of(sentence)
    lead = page.folded[block.body : quantity.start]
    if block.kind != "pair" or not block.label[1] or len(lead) > _LONGEST_LEAD or ". " in lead:
        return None
    if any(word.lower() in _VERBS for word in lead.split()):
        return None
    label = page.text[slice(*block.label)]
    counted = (quantity.counter or label) if quantity.kind == "count" else None
    text = label if counted in (None, label) else f"{label}: {counted}"
    return Subject(
        text=text[:90],
        owner=text[:90],
        counted=counted,
        start=block.label[0],
        end=quantity.end,
        clause=(block.label[0], quantity.start),
    )


def _outside(page: Page, sentence: Sentence, clause: int) -> str:
    """ "Hi-tech Zone (+26.1%)": what stands in brackets is said of the words before them."""
    if clause <= sentence.start or page.folded[clause - 1] != "(":
        return ""
    first = max(sentence.start, clause - _LONGEST_CLAUSE)
    begin = _clause(page.folded, first, first, clause - 1)
    found = _head(page, begin, clause - 1)
    return "" if _WEAK.match(found) else found


_PARTICIPLE = re.compile(r"(?:[A-Z][a-z]+(?:ed|ing)|Spread|Built|Set|Home)\b")


def _after_participle(page: Page, sentence: Sentence, quantity: Quantity) -> str:
    """ "Covering 60 hectares, the park is …": the subject stands behind the comma."""
    if not _PARTICIPLE.match(page.folded, sentence.start):
        return ""
    if "," in page.folded[sentence.start : quantity.start]:
        return ""
    mark = re.compile(r",\s").search(page.folded, quantity.end, sentence.end)
    if not mark or mark.start() - quantity.end > _LONGEST_LEAD:
        return ""
    rest = Sentence(start=mark.end(), end=sentence.end, block=sentence.block)
    return _first_phrase(page, rest, sentence.end)


def _head(page: Page, clause: int, position: int) -> str:
    """The noun phrase that the verb before the number at `position` belongs to."""
    left = page.folded[clause:position]
    named = last_match(_NOUN_OF, f"{left} to ")
    if named:
        return page.text[clause + named.start("head") : clause + named.end("head")]
    times = [(when.start - clause, when.end - clause) for when in page.times_in(clause, position)]
    times += [match.span() for match in _ASIDE.finditer(left)]
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(left)]
    words = [word for word in found if not any(a <= word[1] < b for a, b in times)]
    at = len(words)
    while at and _leads_to_number(words, at - 1):
        at -= 1
    finish = at
    while at and finish - at < 12 and not _closes(words, at - 1):
        at -= 1
    while at < finish and words[at][0].lower() in (_LINKS | _DETERMINERS):
        at += 1
    return page.text[clause + words[at][1] : clause + words[finish - 1][2]] if at < finish else ""


def _leads_to_number(words: list[tuple[str, int, int]], at: int) -> bool:
    """Verbs, links and adverbs between the noun phrase and its number; also "is to deliver"."""
    word = words[at][0]
    infinitive = at > 0 and words[at - 1][0].lower() == "to" and word.islower()
    return word.lower() in _VERBS | _LINKS or word.endswith("ly") or infinitive


def _closes(words: list[tuple[str, int, int]], at: int) -> bool:
    """Whether a word ends a noun phrase, seen from its end: a verb, a mark, a participle."""
    word = words[at][0].lower()
    if word in _VERBS or word in '",;:()':
        return True
    before = words[at - 1][0].lower() if at else ""
    return word.endswith(("ed", "ing")) and before in _PASSIVE


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


def _counted_before(folded: str, start: int, quantity: Quantity) -> str | None:
    """ "the number of such zones nationwide to eight": the noun stands before the number."""
    left = folded[start : quantity.start]
    found = re.search(
        (
            r"(?:number|total|count|tally)\sof\s(?P<noun>(?:[\w'()-]+\s){0"
            r",9}?[\w'-]+s)\b(?=[^,;.]{0,40}\Z)"
        ),
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
        article = _ARTICLE.search(folded, max(0, quantity.start - 6), quantity.start)
        hyphened = hyphened or (quantity.kind == "money" and article is not None)
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


_ARTICLE = re.compile(r"(?:\b(?:an?|the|its|their)|'s)\s\Z", re.IGNORECASE)


def _first_words(left: str) -> str:
    return " ".join(left.split()[:8]).strip(" ,;:")
