"""The words of an English benefit: what it is about, its kind, and whether it is in force."""

import re

from domain.facts.amounts import Amount
from domain.facts.english.benefit_runs import GAP
from domain.facts.english.halves import halves
from domain.facts.english.passages import Passage
from domain.facts.english.phrases import shown, subject_of, verb_before
from domain.facts.english.pots import GOES_TO
from domain.facts.english.sentence_words import place_of, words_of
from domain.facts.fact import Status
from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.sections import headings
from domain.text.fold import fold

_STOP = re.compile(r"[,;.](?=\s|$)|\n|$")


def span_of(page: Page, passage: Passage, group: list[Amount]) -> tuple[int, int]:
    """From the beginning of the first amount's part of the sentence to the end of the last's."""
    first = min(group, key=lambda one: one.quantity.start)
    last = max(group, key=lambda one: one.quantity.end)
    block = page.block_of(first.sentence)
    start = first.sentence.start
    if passage.lines and block.label[1] and block.body >= start - 40:
        start = block.label[0]
    part = page.folded.rfind(";", start, first.quantity.start) + 1
    start = max(start, part)
    stop = _STOP.search(page.folded, last.quantity.end, last.sentence.end)
    end = stop.start() if stop else last.sentence.end
    while start < end and page.folded[start] in " \t\n,;":
        start += 1
    return start, max(end, last.quantity.end)


def instrument_of(
    page: Page, passage: Passage, group: list[Amount], start: int, end: int
) -> str | None:
    """The telling kinds (a voucher, rent) win wherever they stand, else the first that is said."""
    lexicon = rules("instruments", "en")
    near = _right_behind(page, group)
    if near:
        return near
    stop = min(_last(passage, end), _behind_list(page, end) + 40)
    parted = page.folded.find(";", end, stop)
    stop = parted if parted > 0 else stop
    hits = list(lexicon.hits(page.folded, start, stop))
    since = _before_group(page, group)
    hits = [hit for hit in hits if hit.start >= since] or hits
    hits.sort(key=lambda hit: _distance(group, hit.start, hit.end))
    own = [hit.rule.meaning for hit in hits if not _is_weak(page, hit.start, hit.end)]
    weak = [hit.rule.meaning for hit in hits if _is_weak(page, hit.start, hit.end)]
    named, above = _named_above(page, passage, own, weak)
    found = [*own, *named, *weak, *above]
    telling = [meaning for meaning in found if meaning in _TELLING]
    plain = [meaning for meaning in own if meaning != "fund"]
    other = [meaning for meaning in found if meaning not in ("fund", "grant")]
    found = [*telling, *named, *plain, *other, *found]
    return (
        next(iter(found), None) or _of_sentence(page, group) or _told(page, group) or _paid(group)
    )


def _named_above(
    page: Page, passage: Passage, own: list[str], weak: list[str]
) -> tuple[list[str], list[str]]:
    """What the card of a benefit calls it, and what heads it."""
    lexicon = rules("instruments", "en")
    card = fold(_card(page, passage)) if passage.lines else ""
    named = [hit.rule.meaning for hit in lexicon.hits(card, 0, len(card))]
    topic = fold(passage.topic)
    above = [hit.rule.meaning for hit in lexicon.hits(topic, 0, len(topic))]
    if not set(own) - {"grant", "fund"} and not above:
        title = fold(page.title)
        above = [hit.rule.meaning for hit in lexicon.hits(title, 0, len(title))]
        above = [one for one in above if one == "voucher" or not (own or weak)]
    return named, above


def _distance(group: list[Amount], start: int, end: int) -> int:
    """How far a word stands from the sums of a benefit; the words before one come first."""
    return min(
        one.quantity.start - end if end <= one.quantity.start else start - one.quantity.end + 1
        for one in group
    )


def _told(page: Page, group: list[Amount]) -> str | None:
    """ "Under the loan programme … A borrower can | obtain 20 million": a telling word before."""
    sentence = group[0].sentence
    start = page.block_of(sentence).start
    hits = rules("instruments", "en").hits(page.folded, start, sentence.start)
    kinds = [hit.rule.meaning for hit in hits if hit.rule.meaning in _TELLING]
    return kinds[-1] if kinds else None


_TELLING = ("voucher", "rent", "loan", "tax")


def _paid(group: list[Amount]) -> str | None:
    """Money that somebody gets for what he spends or is, and nothing says under which name."""
    return None if all(one.role == "pool" for one in group) else "subsidy"


def _right_behind(page: Page, group: list[Amount]) -> str | None:
    """ "200 million will go to vouchers and 120 million | to grants": what a part is for."""
    last = group[-1]
    found = GOES_TO.match(page.folded, last.quantity.end, last.sentence.end)
    if last.role != "pool" or not found:
        return None
    return rules("instruments", "en").meaning(page.folded, *found.span())


def _of_sentence(page: Page, group: list[Amount]) -> str | None:
    """ "A reward of 10 million yuan; for provincial ones, | 3 million": what it goes on from."""
    first = min(group, key=lambda one: one.quantity.start)
    hits = rules("instruments", "en").hits(page.folded, first.sentence.start, first.quantity.start)
    kinds = [hit.rule.meaning for hit in hits if not _is_weak(page, hit.start, hit.end)]
    return kinds[-1] if kinds else None


def _before_group(page: Page, group: list[Amount]) -> int:
    """Where the sum before ends: "half the rent, and up to 500,000 yuan in relocation grants"."""
    first = min(group, key=lambda one: one.quantity.start)
    sums = page.quantities_in(first.sentence.start, first.quantity.start)
    earlier = [*sums, *halves(page, first.sentence)]
    ends = [one.end for one in earlier if one.kind in ("money", "percent")]
    ends = sorted(end for end in ends if end <= first.quantity.start)
    changed = bool(ends) and page.folded[ends[-1] : first.quantity.start].strip() == "to"
    if changed or not ends:
        return 0
    parts = [mark.end() for mark in _NEXT.finditer(page.folded, ends[-1], first.quantity.start)]
    return parts[-1] if parts else ends[-1]


_NEXT = re.compile(r";|\band (?:\w+ )?(?:can|may|could|will|shall|pays?|gets?|receives?)\b")
""" "Half the market rent and can | apply for up to 500,000 in grants"."""


def _is_weak(page: Page, start: int, end: int) -> bool:
    """Whatever is given is paid: the word tells less than any other."""
    return page.folded[start:end].lower().startswith("pa")


def _behind_list(page: Page, end: int) -> int:
    """Where the list of sums ends that a sum stands in: "2 million, 1 million in rewards"."""
    for one in page.quantities_in(end, end + _LIST):
        if not GAP.fullmatch(page.folded, end, one.start):
            break
        end = one.end
    return end


_LIST = 80


def _last(passage: Passage, end: int) -> int:
    """Where the sentence ends that an amount ends in: the next line speaks of something else."""
    return next((one.end for one in passage.sentences if one.start < end <= one.end), end)


_LONGEST = 110


def subject_of_benefit(
    page: Page, passage: Passage, group: list[Amount], start: int, end: int
) -> str:
    """The words of the benefit, below what heads them."""
    first = min(group, key=lambda one: one.quantity.start)
    begin, position = _before_list(page, start, first.quantity.start)
    begin = max(start, begin)
    if position - begin > _FAR or start < begin < position:
        marks = [mark.end() for mark in _PART.finditer(page.folded, begin, position)]
        begin = next((at for at in marks if position - at <= _FAR), begin)
    words = page.text[begin : max(end, first.quantity.end)].strip(" ,;:")
    if _VERBAL.match(words):
        words = f"{_doer(page, first)} {words}".strip()
    heads = (_card(page, passage) or passage.topic) if passage.lines else _article(page, first)
    heads = heads or (passage.topic if len(words) < _SAYS_ENOUGH else "")
    if not heads and not passage.lines and page.block_of(first.sentence).kind == "item":
        heads = next(iter(headings(page, first.sentence)), "")
    room = _LONGEST - min(len(heads), 50)
    words = _ANSWER.sub("", words)
    heads = heads.rstrip(" :?,")
    return f"{heads[:50]}: {words[:room]}" if heads else words[:_LONGEST]


_VERBAL = re.compile(r"(?:and |or )?(?:will|can|may|shall|is|are|must|gets?|receives?|has|have)\b")


def _doer(page: Page, first: Amount) -> str:
    """ "The base is listed … and | will be supported": the subject of what goes on without one."""
    words = words_of(page, first.sentence)
    at = place_of(words, first.quantity)
    verb = verb_before(words, at) if at is not None else None
    found = subject_of(words, verb) if verb is not None else None
    return shown(page.text, words, *found) if found else ""


_ANSWER = re.compile(r"\A(?:A|Answer)\d{0,2}\s?[:.]\s?")


_FAR = 110
"""Characters before an amount from which its subject may begin."""


_PART = re.compile(r"[,;]\s|\s-{1,2}\s|\band\s")


def _before_list(page: Page, start: int, position: int) -> tuple[int, int]:
    """Where the amount before ends that stands in no list with this one, and where the list begins.

    A label ends with its colon: "Award for growth of 20%: RMB 200,000".
    """
    at = position
    for one in reversed(page.quantities_in(start, position)):
        if one.end > position:
            continue
        gap = page.folded[one.end : at].strip()
        if one.kind not in ("money", "percent") or gap.startswith(":") or gap == "to":
            continue
        if not GAP.fullmatch(page.folded, one.end, at):
            return one.end, at
        at = one.start
    return start, at


_NAME = re.compile(
    r"(?:instrument|programme|program|scheme|measure|benefit|item|name|support|type|incentive"
    r"|subsidy|policy|project|category)(?: (?:name|item|type|category|project))?",
    re.IGNORECASE,
)


def _card(page: Page, passage: Passage) -> str:
    """ "Instrument: first-order reward": the line of a card that names what it promises."""
    for sentence in passage.sentences[:3]:
        block = page.block_of(sentence)
        if _NAME.fullmatch(page.folded, *block.label) and not page.quantities_in(
            block.body, block.end
        ):
            return page.text[block.body : block.end].strip()
    return ""


_ARTICLE = re.compile(
    r"\s*(?:Article|Section|Item|Clause)? ?\(?\d{1,2}[.:)]?\s{1,3}"
    r"(?:\((?P<in>[A-Z][^()\n]{2,60})\)|(?P<out>[A-Z][^.:;\n]{3,70})(?=[.:]\s))"
)


def _article(page: Page, first: Amount) -> str:
    """ "Article 4 (Filing)", "(1) Support for first orders.": what an article calls itself."""
    found = _ARTICLE.match(page.folded, page.block_of(first.sentence).start)
    span = found.span(found.lastgroup or 0) if found else (0, 0)
    return page.text[slice(*span)] if span[1] < first.quantity.start else ""


_SAYS_ENOUGH = 40


_DRAFT = re.compile(
    r"\bdraft\b|\b(?:public )?consultation\b|\b(?:seek|solicit|invit)(?:s|es|ing|ed)? "
    r"(?:\w+ ){0,2}(?:comments?|opinions|feedback)",
    re.IGNORECASE,
)


_BEING_DRAFTED = re.compile(
    r"\b(?:being|is|are) (?:drafted|prepared|planned|considered"
    r"|studied|discussed|weighed)\b"
    r"|\bunder \"?(?:study|review|consideration|discussion)\b",
    re.IGNORECASE,
)


_DENIED = re.compile(r"\b(?:denied|no such|false|rumou?r)\b", re.IGNORECASE)


_GIVING_VERBS = (
    r"(?:allocate|spend|set aside|open applications|keep|draft|hand|give|offer|pay|provide"
    r"|grant|cover"
    r"|subsidi[sz]e|reimburse|refund|reward|award|issue|earmark|launch|introduce|raise|double|waive)"
)
_TO_COME = re.compile(
    rf"\b(?:will|is to|are to)(?: \w+){{0,2}}? (?:allocate|spend|set aside|open applications"
    rf"|draft)\b"
    rf"|\b(?:would|plans? to|is preparing to|intends? to|wants? to|hopes? to|aims? to|proposes? to"
    rf"|is considering|(?:is|are) (?:set|due|expected|likely"
    rf"|planning) to)(?: \w+){{0,2}}? {_GIVING_VERBS}\b"
    r"|\b(?:budgeted|pencill?ed in)(?: \w+){0,2}? for\b"
)


_SUGGESTED = re.compile(
    r"\b(?:suggest|propos|recommend|urg)(?:s|ed|es|ing)?\b[^.;\n]{0,60}\b(?:should|that|to|for)\b"
    r"|\bcall(?:s|ed|ing) for\b"
    r"|\b(?:city|district|government|province) should\b"
)
_MOST_ITEMS = 12


def _lead_in(page: Page, sentence: Sentence) -> str:
    """ "It suggests that the city should": the line over a list that its items go on from."""
    if page.blocks[sentence.block].kind != "item":
        return ""
    for number in range(sentence.block - 1, max(-1, sentence.block - _MOST_ITEMS), -1):
        block = page.blocks[number]
        if block.kind != "item":
            return page.folded[max(block.start, block.end - 120) : block.end]
    return ""


def status_of(page: Page, start: int, end: int, sentence: Sentence) -> Status:
    """Return whether a benefit is in force, planned, a draft or denied."""
    if _DENIED.search(page.folded, sentence.start, sentence.end):
        return "negated"
    if _BEING_DRAFTED.search(page.folded, sentence.start, sentence.end):
        return "planned"
    if _SUGGESTED.search(f"{_lead_in(page, sentence)}\n{page.folded[sentence.start : end]}"):
        return "planned"
    if _DRAFT.search(page.folded[:300]) or _DRAFT.search(page.title):
        return "draft"
    to_come = _TO_COME.search(page.folded, start, end) or _HEADED.match(
        page.folded, sentence.start, end
    )
    return "planned" if to_come or _would(page, sentence, end) else "in_force"


_HEADED = re.compile(
    r"[*\u2022\s]*(?:[A-Z][\w'&.,-]*\s){0,8}(?:to|TO)\s(?:(?i:issue|hand out|give|offer|pay"
    r"|allocate|spend|set aside|earmark|provide|launch|subsidi[sz]e|reward"
    r"|grant|cover|refund|reimburse))\b"
)
""" "CHENGDU TO ISSUE 80 MLN YUAN OF VOUCHERS": a headline tells what is to come."""


def _would(page: Page, sentence: Sentence, end: int) -> bool:
    """ "It would also copy the vouchers": an intention, unless an "if" makes it an example."""
    said = page.folded[sentence.start : end]
    return bool(re.search(r"\bwould\b", said)) and not re.search(r"\bif\b", said, re.IGNORECASE)
