"""Whether something has to be done by an English day."""

import re

from domain.facts.english.acts import ORDERED, STRONGER, line_above, named
from domain.facts.english.columns import head_over
from domain.facts.english.sentence_words import words_of
from domain.facts.english.tags import Word
from domain.facts.page import Page, Sentence
from domain.facts.sections import headings
from domain.facts.when import When

_CLOSES = re.compile(
    r"\b(?:deadlines?|clos(?:e[sd]?|ing)|shuts?|cut-?off|expires?|latest|(?:time limits?"
    r"|final day|end date|expiry date)\b|not after|(?:by|until|till) when|last (?:day|intake"
    r"|call|chance|batch|date|opportunity|round)|ends?(?! of)"
    r"|due(?! (?:online|out|to (?!be (?:submit|sent|return|hand|fil|paid))"
    r"|in (?:service|operation|use)|for (?:completion|launch|delivery|release)))"
    r"|extended to|postponed to|no later than|not later than|on or before|cut off"
    r"|finish(?:es)? on|runs? (?:through|to)\b"
    r"|up to and including|until|till)\b",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"\b(?:submi(?:t|tted|ssion)|send|sent|file[ds]?|appl(?:y|ied|ications?)|register(?:ed)?|return(?:ed)?"
    r"|hand(?:ed)? in|write in|e-?mail(?:ed)?|deliver(?:ed)?|reach"
    r"|upload(?:ed)?|report(?:ed|s)?|object"
    r"|raise[ds]?|comments?|feedback|finish(?:ed)?|complet(?:e|ed)|enter"
    r"|entries|enrol|sign up|bids?"
    r"|collect(?:ed)?|respond|reply|replies|contact|check(?:ed)?|sign|provide|take part"
    r"|review(?:ed)?|conclude[ds]?|accept(?:ed|ance)|forward(?:ed)?|re-register|confirm|nominate|recommend"
    r"|name|designate|appoint|identify|prepare|formulate|draw up|draft|publish|work out"
    r"|notify|inform|claim(?:ed|s)?|book(?:ed)?|withdraw)\b",
    re.IGNORECASE,
)
_LATE = re.compile(r"\b(?:late|not be (?:accepted|considered)|no longer|rejected|refused)\b", re.I)
_WINDOW = re.compile(r"\b(?:from|between|period|window|round|open)\b", re.IGNORECASE)
_DUE_THEN = re.compile(
    r"\b(?:period|window|round|applications?|registration|submissions?|comments?|objections?)\b",
    re.IGNORECASE,
)
"""A label under which a stretch of days is the time for doing so."""


def is_last_day(page: Page, sentence: Sentence, when: When) -> bool:
    """Whether something has to be done by that time."""
    if not _is_short(page, when) or when.part in ("base", "ahead", "period", "as_of"):
        return False
    before = page.folded[_since(page, sentence, when) : when.start]
    label = page.folded[slice(*page.block_of(sentence).label)] + _question(page, sentence)
    label = label or _above(page, sentence) or _column(page, sentence, when)
    near = re.split(r"[;.]\s", before)[-1] + page.folded[when.start : when.end]
    if _HANDED_OUT.search(label) or _is_no_limit(page, sentence, when, before):
        return False
    if _leads_line(page, sentence, when) or _is_due_by(page, sentence, when):
        return True
    if _CLOSES.search(f"{label}: {near}") or _is_latest(page, sentence, when):
        return True
    if _is_too_late(page, sentence, near):
        return True
    if when.part == "since":
        return False
    if _ends_window(page, sentence, when):
        return True
    ranged = when.first != when.last and when.precision == "day"
    if ranged and (page.block_of(sentence).label[1] or _DUE_THEN.search(label)):
        return True
    if when.part in ("before", "horizon") or _BY.search(near):
        said = f"{label}: {page.folded[sentence.start : sentence.end]}"
        strong = named(said, 0, len(said)) in STRONGER
        sure = when.precision == "day" or bool(_OBLIGED.search(before))
        acts = strong or (bool(_SENT.search(said)) and sure)
        ordered = ORDERED.search(near) and when.precision in ("day", "month")
        return acts or bool(ordered or _WINDOW.search(f"{label} {near}"))
    return False


_YEARS_END = re.compile(
    r"(?:until|till|before)\s(?:the\s)?(?:end|close)\b[^.;,]{0,24}?(?:year|\d{4}),?\s(?:to"
    r"|in which to)\s[a-z]"
)


def _is_too_late(page: Page, sentence: Sentence, near: str) -> bool:
    """ "What arrives after 5 May will not be accepted"."""
    late = _LATE.search(page.folded, sentence.start, sentence.end)
    return bool(late) and (" after " in f" {near}" or "(after" in near)


_DEADLINES = re.compile(
    r"\b(?:deadlines?|cut-?off dates?|closing dates?"
    r"|last dates?)\b",
    re.IGNORECASE,
)


def _is_listed(page: Page, sentence: Sentence, when: When) -> bool:
    """ "Deadlines / Abstracts: 16 January / Full papers: 13 April": a bare day below a head."""
    block = page.block_of(sentence)
    bare = when.start - block.body < _MARK and when.first == when.last
    if not (bare and block.label[1]) or _MEETS.search(page.folded, *block.label):
        return False
    return any(_DEADLINES.search(head) for head in headings(page, sentence))


def _is_latest(page: Page, sentence: Sentence, when: When) -> bool:
    """ "On 19 September | at the latest"; in a column of days, one that has an hour."""
    if _AT_LATEST.match(page.folded, when.end) or _is_listed(page, sentence, when):
        return True
    if when.clock is None:
        return False
    block = page.block_of(sentence)
    label = page.folded[slice(*block.label)]
    asks = named(label, 0, len(label)) and not _MEETS.search(label)
    return bool(asks or _WHEN.search(_column(page, sentence, when)))


def _is_short(page: Page, when: When) -> bool:
    """A day or a month; "until the end of the year" is its last day."""
    ends = when.precision == "year" and when.part == "before"
    closed = ends and _YEARS_END.match(page.folded, when.start)
    return when.precision in ("day", "month") or bool(closed)


def _since(page: Page, sentence: Sentence, when: When) -> int:
    """Where the words begin that may say what a day is: behind another day with its own "until"."""
    start = max(sentence.start, when.start - _REACH)
    own = [one.end for one in page.times_in(start, when.start) if one.part == "before"]
    return own[-1] if own and when.part == "point" else start


def _above(page: Page, sentence: Sentence) -> str:
    """ "Application 2026 / Items 1 and 3 / 24 February to 20 March": what stands over bare days."""
    above = line_above(page, sentence)
    return f"{above} {' '.join(headings(page, sentence))}" if above else ""


def _column(page: Page, sentence: Sentence, when: When) -> str:
    """ "Window | 15 October - 15 November": what heads the column."""
    told = page.block_of(sentence).kind in ("row", "heading", "item")
    return head_over(page, when.start) if told else ""


_WHEN = re.compile(r"\b(?:when|date|time|by)\b", re.IGNORECASE)
""" "When | 28 November, 17:00": in a column of days one with an hour is a last day."""
_MEETS = re.compile(
    r"\b(?:opens?|opening|starts?|begins?|session|meeting|hearing|conference|information|briefing|ceremony"
    r"|held|presentation|defen[cs]e|event|visit|from)\b",
    re.IGNORECASE,
)
_AT_LATEST = re.compile(
    r",?\s(?:\([^()\n]{2,24}\)\s)?(?:at (?:the )?(?:very )?latest"
    r"|or (?:earlier|before))\b"
)
_HANDED_OUT = re.compile(
    r"\b(?:available|download|collection of|issue of|obtain\w*|sale of|opening of|purchase of)\b",
    re.IGNORECASE,
)
""" "Bid documents available: 16 to 22 September": when papers are to be had."""
_VALID = re.compile(
    r"\b(?:provisions?|measures|polic(?:y|ies)|documents?|rules|regulations?|validity|notice|licen[cs]es?"
    r"|contracts?|plan|permits?|certificates?)\b[^.;]{0,60}\b(?:expires?|lapses?|extended"
    r"|valid|in force|runs?)\b"
    r"[^.;]{0,16}\Z",
    re.IGNORECASE,
)
""" "The provisions expire on 31 December": how long a document holds is no last day."""
_EXPECTED = re.compile(
    r"\b(?:expected|planned|scheduled|foreseen|slated|likely|hoped for)\s(?:on |for |in "
    r"|by )?\Z",
    re.IGNORECASE,
)
""" "Second close expected | before July is out": what will be then is no last day."""
_GATHERED = re.compile(
    r"\b(?:forum|expo|conference|summit|fair|congress|symposium|festival|exhibition|show|workshop"
    r"|marathon|carnival|session|meeting|assembly)\b[^,;.]{0,60}?(?:, which)?"
    r"[^,;.]{0,20}?\b(?:close[sd]?|end(?:s|ed)?|conclude[sd]?|finishe[sd])"
    r"(?: its doors)?\b(?! for)[^,;.]{0,20}\Z",
    re.IGNORECASE,
)
""" "The sixth conference closed on Saturday": that it is over is no deadline."""


def _is_no_limit(page: Page, sentence: Sentence, when: When, before: str) -> bool:
    """Something that was, the first day of a window, a day that no longer holds."""
    return (
        bool(any(one.search(before) for one in (_GATHERED, _EXPECTED, _VALID)))
        or _is_told(page, sentence, when)
        or _begins_window(page, sentence, when)
        or _is_replaced(page, sentence, when)
        or _dates_headline(page, sentence, when)
    )


_OBLIGED = re.compile(
    r"\b(?:must|should|shall|(?:is|are|has|have) to|urged|require[ds]?|ask(?:ed|s)|needs? to"
    r"|ordered|told|instructed)\b",
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"(?:\b(?:original(?:ly)?|initial(?:ly)?|previous(?:ly)?|first|instead of"
    r"|rather than|earlier)\b"
    r"[^.;\d]{0,40}|\b(?:was|were|had been)(?: \w+ly)? (?:to|due|set|meant|supposed|scheduled)\b"
    r"[^.;\d]{0,30}|\bhad\s|\bshould have (?:closed|ended|expired|been (?:over|due|closed))\b"
    r"[^.;\d]{0,30})\Z",
    re.IGNORECASE,
)
_EVERY_YEAR = re.compile(
    r"\s(?:of (?:the (?:following|next|same|relevant|current)|each|every|any) year"
    r"|(?:each|every) year)\b"
)
""" "By 30 June | of the following year": a rule of every year is the last day of none."""
_OLD_DAY = re.compile(
    r"\b(?:previous|former|old|original|initial|earlier) (?:[\w-]+ ){0,3}?"
    r"(?:deadline|date|day|cut-?off|limit|closing|time|end)\b[^.;\d]{0,24}\b(?:was|were|had been)\s"
    r"(?:on |at |set for |midnight |noon )*\Z|, (?:and )?not (?:on |by )?\Z",
    re.IGNORECASE,
)
""" "The previous cut-off was | 19 September": it says itself that it no longer holds."""
_MOVED = re.compile(
    r"\b(?:extend|extension|postpone|prolong|delay|push|move|put back|defer|now|longer"
    r"|stays? open)\w*\b",
    re.IGNORECASE,
)


def _is_replaced(page: Page, sentence: Sentence, when: When) -> bool:
    """ "Originally due on 30 September, it has been extended": the day that no longer holds."""
    before = page.folded[max(sentence.start, when.start - _REACH) : when.start]
    part = re.split(r"[;.]\s", before)[-1]
    if _OLD_DAY.search(part) or _EVERY_YEAR.match(page.folded, when.end):
        return True
    return bool(_REPLACED.search(part)) and bool(
        _MOVED.search(page.folded, sentence.start, sentence.end)
    )


def _dates_headline(page: Page, sentence: Sentence, when: When) -> bool:
    """ "[2] Deadline for bids extended   2025-10-20": when the headline appeared."""
    gap = page.folded[when.start - 2 : when.start]
    ends = not page.folded[when.end : page.block_of(sentence).end].strip()
    ends = ends and not _column(page, sentence, when)
    return ends and gap in ("  ", " \t", "\t\t") and page.block_of(sentence).kind != "pair"


_TO_DO = re.compile(
    r"(?:\s?(?:-{1,2}|:|\|)\s?|\s{2,})"
    r"(?:(?:[\w-]+ ){0,3}(?:closes?|due|deadline|cut-?off)\b|(?:final date|close of)\b"
    r"|(?:the |final |online )?(?:last day|deadline|closing|cut-?off|end of)\b"
    r"|(?:submit|send|file|apply|register|return|hand in|deliver|upload|report|complete|enter"
    r"|sign up|enrol|pay|claim|renew|respond|reply|comment)\b"
    r"(?! ?\w+ (?:opens?|begins?|starts?)\b))",
    re.IGNORECASE,
)


def _leads_line(page: Page, sentence: Sentence, when: When) -> bool:
    """ "28 February - last day to register": a list of things to do begins with its days."""
    begins = when.start - page.block_of(sentence).body < _MARK
    return begins and bool(_TO_DO.match(page.folded, when.end, sentence.end))


_MARK = 6
_DUE_BY = re.compile(
    r"\b(?:by|before|until|till|no later than|due)\s*(?:\([^()]{1,20}\))?\Z", re.IGNORECASE
)


def _is_due_by(page: Page, sentence: Sentence, when: When) -> bool:
    """ "Register by: 25 September": the label leaves its day to the body of the line."""
    block = page.block_of(sentence)
    led = page.folded[block.body : when.start]
    return bool(_DUE_BY.search(page.folded, *block.label)) and not any(c.isalpha() for c in led)


_REACH = 90
_BY = re.compile(
    r"\b(?:by|before)\s(?:(?:noon|midnight|\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\.?)?)\b"
    r"|(?:the )?(?:end|close|closing|finish) of (?:work|business|play|trading|office hours"
    r"|the (?:[a-z]+ )?day)\b|close\b|closing time\b|the (?:deadline|cut-?off) of\b)",
    re.IGNORECASE,
)


def _question(page: Page, sentence: Sentence) -> str:
    """ "When do applications end? On 24 October": the question says what the day is."""
    siblings = page.sentences_before(sentence, 1)
    text = page.folded[siblings[-1].start : siblings[-1].end] if siblings else ""
    if not siblings and sentence.block:
        above = page.blocks[sentence.block - 1]
        text = page.folded[above.start : above.end].rstrip()
    return f" {text}" if text.endswith("?") else ""


def _begins_window(page: Page, sentence: Sentence, when: When) -> bool:
    """ "From 1 May to 3 June": the first of two days opens the window."""
    following = page.times_in(when.end, sentence.end)
    gap = page.folded[when.end : following[0].start].strip() if following else ""
    opened = when.part == "since" and bool(following) and len(gap) < _NEAR
    if gap == "and":
        led = page.folded[max(sentence.start, when.start - _NEAR) : when.start + 8]
        return bool(re.search(r"\b(?:between|from)\b", led, re.IGNORECASE))
    return opened or gap in ("to", "until", "through", "-")


def _ends_window(page: Page, sentence: Sentence, when: When) -> bool:
    """ "Applications are accepted between 1 March and | 31 May"."""
    ahead = page.times_in(max(sentence.start, when.start - _NEAR), when.start)
    if not ahead or page.folded[ahead[-1].end : when.start].strip() != "and":
        return False
    led = page.folded[max(sentence.start, ahead[-1].start - _NEAR) : ahead[-1].start + 8]
    between = re.search(r"\bbetween\b", led, re.IGNORECASE)
    return bool(between) and named(page.folded, sentence.start, when.start) in STRONGER


_NEAR = 40


_CLOSING = re.compile(
    r"\b(?:ends?|closes?|finish(?:es)?|expires?|shuts?|due|until)\s(?:on |at |by |noon )?"
    r"\S{0,5}\s?\Z"
)


def _is_told(page: Page, sentence: Sentence, when: When) -> bool:
    """ "By late August 1,034 firms had registered": what was done by then is no deadline."""
    if _SAID.search(page.folded, max(sentence.start, when.start - _NEAR), when.start + 3):
        return True
    if page.published is not None and when.last > page.published:
        return bool(_HAD.search(page.folded, sentence.start, when.start))
    if _CLOSING.search(page.folded, max(sentence.start, when.start - _NEAR), when.start + 3):
        return False
    words = words_of(page, sentence)
    at = next((n for n, word in enumerate(words) if word.start <= when.start < word.end), 0)
    verb = _clause_verb(words, at)
    if verb is None:
        return False
    texts = [word.text for word in words[max(0, verb - 4) : verb + 1]]
    texts = texts[max((n + 1 for n, text in enumerate(texts) if text == ","), default=0) :]
    form = words[verb].verb
    lemma = form.lemma if form else ""
    follows = words[verb + 1 : verb + 2]
    if lemma in _MOVING or (lemma == "close" and follows and follows[0].tag in ("prep", "time")):
        return False
    perfect = any(text in ("had", "has", "have", "was", "were") for text in texts)
    known = words[verb].verb
    past = known is not None and "past" in known.forms and "base" not in known.forms
    bare = (
        past
        and words[verb].tag == "verb"
        and not any(w.tag == "aux" for w in words[verb - 3 : verb])
    )
    modal = any(text in _MODALS for text in texts)
    return (perfect or bare) and not modal


_HAD = re.compile(r"\bhad (?:\w+ly |already |also )?[a-z]+(?:ed|en|ne|nt|ld|id)\b")
_SAID = re.compile(
    r"\b(?:said|says|announced|confirmed|added|noted|reported|told \w+)(?: in an? \w+)?"
    r"(?: on| late| earlier)?\s*(?:on\s)?\Z",
    re.IGNORECASE,
)
_MOVING = ("extend", "postpone", "set", "fix", "move", "push", "put", "delay", "defer", "prolong")
_MODALS = ("must", "should", "may", "can", "shall", "will", "to", "be", "is", "are")


def _clause_verb(words: list[Word], at: int) -> int | None:
    """The verb of the clause a time stands in, nearest before it, else behind it."""
    for here in range(at - 1, -1, -1):
        if words[here].text in (";", "."):
            break
        if words[here].tag == "verb":
            return here
    for here in range(at + 1, len(words)):
        if words[here].text in (";", "."):
            break
        if words[here].tag == "verb":
            return here
    return None
