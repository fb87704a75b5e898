"""What the words around a document say of it: announced, cited, drafted, revised, repealed."""

import re
from bisect import bisect_right

from domain.facts.document_dates import dates_behind
from domain.facts.document_names import Document
from domain.facts.fact import Moment
from domain.facts.issuers import issuers
from domain.facts.page import Page, Sentence
from domain.facts.titles import Title
from domain.facts.when import When

DRAFT = re.compile(r"征求意见|草案|公开稿|送审稿|\bdraft\b", re.IGNORECASE)
_ISSUED = {
    "zh": re.compile(
        r"(?:印发|发布|出台|公布|颁布|下发|推出|制定|通过|发出|出炉|发文"
        r"|实施)(?:了|的)?(?:关于)?[\"(]?\Z"
    ),
    "en": re.compile(
        (
            r"\b(?:seek(?:s|ing)?|solicit(?:s|ed|ing)?|invit(?:es|ed|ing)|issued?|issues|published?|publishes|released?|releases|unveil(?:s|ed)"
            r"|adopt(?:s|ed)|rolled out|announced?|launched|approved|passed|introduced"
            r"|promulgate[sd]?|circulate[sd]?|enact(?:s|ed)|gazetted|put out|brought out"
            r"|handed down"
            r"|drafted|drawn up|formulated|compiled|tabled|jointly "
            r"issued)\s(?:the|a|an|its|their|new|draft|three|two|of|consultation|for|public|comments?|opinions|feedback|views|on"
            r"|revised|final|version|jointly|,|and|\"|\s)*\Z"
        ),
        re.IGNORECASE,
    ),
}
_ISSUED_BEHIND = {
    "zh": re.compile(
        r"[\"》]?(?:\([^()]{0,40}\))?(?:日前|近日|今日|今天|正式|于[^,。]{2,12}日|已|全文"
        r"|的通知|开始|业经[^,。]{0,24})*[,]?(?:印发|发布|出台|公布|颁布|施行|执行|实施|出炉|审议通过"
        r"|对外公布|公开)"
    ),
    "en": re.compile(
        (
            r"[\"]?(?:\s\([^()]{0,60}\))?,?\s(?:(?:was|were|has been|is|which "
            r"was)\s)?(?:\w+\s)?(?:out (?=on|in|last|this)|issued|published|printed and distributed"
            r"|promulgated|circulated|made public|enacted|gazetted|passed"
            r"|released|unveiled|adopted|announced|approved)"
        ),
        re.IGNORECASE,
    ),
}
_BASIS = {
    "zh": re.compile(
        r"(?:根据|依据|按照|贯彻|落实|按|遵照|依照|执行|结合|参照|为落实|深入实施|围绕|对照"
        r"|符合)[^。;]{0,40}\Z"
    ),
    "en": re.compile(
        (
            r"\b(?:under|in line with|pursuant to|according to|in accordance with"
            r"|based on|builds? on"
            r"|replace|following|implement(?:ing)?|legal basis:|basis:"
            r"|alongside)\s(?:the|its|a)?\s*\"?\Z"
        ),
        re.IGNORECASE,
    ),
}
_SPEAKS = {
    "zh": re.compile(
        r"[》\"](?:\([^()]{0,40}\))*(?:提出|明确|指出|要求|规定|强调|部署|显示|聚焦|围绕|从"
        r"|共|包括|涵盖|图解|解读)"
    ),
    "en": re.compile(
        (
            r"[\"]?(?:\s\([^()]{0,60}\))?,?\s(?:calls? for|t(?:akes?|ook) effect|c(?:o|a)mes? into"
            r"|says|lists|sets|covers|envisages|aims"
            r"|offers|outlines|proposes|provides|states|requires|includes|designat)"
        ),
        re.IGNORECASE,
    ),
}
_DRAFTING = re.compile(
    (
        r"(?:正在|抓紧|牵头)?(?:编制|起草|草拟|加快|拟定|制定中|研究制定|酝酿)[^,。]{0,6}\Z"
        r"|\b(?:drafting|drafted|draft|consultation draft|exposure draft)(?: version)?(?: of)?"
        r"(?: the| its)?\s?\"?\Z|\bfor (?:public )?(?:consultation|comment)\b[^.]{0,12}\Z"
    ),
    re.IGNORECASE,
)
_CONSULTED = re.compile(
    r"[》\"](?:\([^()]{0,20}\))?(?:正在|今起|开始|公开|面向社会|向社会|对外){0,3}(?:征求意见|征集意见|意见征集)"
    r"|[》\"](?:\([^()]{0,20}\))?(?:进行|展开|开展|启动|举行|公开)[^,。;]{0,14}(?:咨询|谘询|征求意见|意见征[集询]|听证)"
    r"|[》\"]\((?:公开)?(?:征求意见|讨论|送审|审议)稿?\)|[》\"]\(草案[^()]{0,6}\)"
)
"""《…试点方案》征求意见: what is asked about is a draft."""
_REPEALED = re.compile(
    r"[^,。;]{0,20}(?:同时|同步)?(?:予以)?(?:废止|失效|停止(?:执行|施行)|不再(?:执行|施行))|[^.;]{0,60}\b(?:repealed|abolished|annulled|revoked|superseded"
    r"|cease[sd]? to apply|no longer appl(?:y|ies))\b",
    re.IGNORECASE,
)


_REVISED = re.compile(
    r"\b(?:revis|amend|updat)(?:es|ed|ing)(?: version of)?(?: (?:the|its|their))?\s\"?\Z"
    r"|(?:新近?|最新|重新|经|刚)(?:修订|修正|修改)(?:后|过|印发|发布|出台)?的?\Z|修[订正改]后的\Z",
    re.IGNORECASE,
)
_IN_FORCE = re.compile(
    r"[\"\s]{0,2}(?:\([^()\n]{1,40}\)\s)?(?:took effect|came into (?:force|effect)"
    r"|entered into force"
    r"|has been in (?:force|effect)|have been in (?:force|effect))\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"[^.;\n]{0,60}\b(?:is|are|was|were|been|be) (?:hereby )?(?:amended|revised|modified)\b",
    re.IGNORECASE,
)
"""Behind the title; not what merely changes a number in it."""


_TITLED = re.compile(
    r"\b(?:titled|entitled|called|named|formally|officially|known as)(?: the)?\s\"?\Z"
    r"|^(?:document|title|policy|file|name): \"?\Z",
    re.IGNORECASE,
)
"""What a text calls by its full name is what it speaks of."""


_REPEALS = re.compile(
    r"(?:废止|停止执行|停止施行|取代|替代|代替)(?:了)?(?:原|原有的)?[^,。;:]{0,12}\Z"
    r"|(?<!\bwould )(?<!\bcould )(?<!\bmay )(?<!\bmight )(?<!\bto )"
    r"\b(?:repeal(?:s|ed)?|replace[sd]?|supersede[sd]?|abolish(?:e[sd])?|revoke[sd]?)\s"
    r"(?:both\s)?(?:the|its|their)?\s*\"?\Z",
    re.IGNORECASE,
)
"""Before the title; what a draft would replace is in force."""


_NOT_YET = re.compile(
    r"[^.;\n]{0,80}\bnot yet (?:been )?(?:approved|adopted|issued|published|passed|in force"
    r"|final)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"(?:此前|早在|早些时候|早前|曾|之前|上一轮|去年|前年|先前)[^。;]{0,30}(?:印发|发布|出台|公布|颁布|制定|推出)[^。;《]{0,6}\Z"
)
"""此前,川渝已于2023年印发《…》: no news."""


_ANNIVERSARY = re.compile(
    r"[》\"](?:\([^()]{0,40}\))?(?:正式)?(?:印发|发布|出台|施行|实施)(?:[一二两三四五六七八九十\d]{1,3}(?:周年|年来|个月来)|以来|情况)"
)
"""《…》实施一周年: looked back at."""
_ABOUT = re.compile(r"(?:就|对|将|关于)\Z")


def learn(page: Page, title: Title, document: Document) -> None:
    """Add to a document what one mention of it says."""
    sentence = page.sentence_at(title.start)
    start = sentence.start if sentence else title.start
    before = _labelled(page, sentence, start) + page.folded[start : title.start]
    behind = page.folded[title.name[1] : title.name[1] + 100]
    document.spans.append((title.start, title.end))
    document.number = document.number or title.number
    document.alias = document.alias or title.alias
    folded = page.folded[slice(*title.name)]
    document.draft |= bool(DRAFT.search(folded)) or bool(_DRAFTING.search(before))
    document.revised |= bool(_REVISED.search(before))
    asked = bool(_CONSULTED.match(behind))
    document.draft |= asked
    document.draft |= page.language == "en" and bool(_NOT_YET.match(page.folded, title.end))
    document.primary |= asked and page.language == "zh" and bool(_ABOUT.search(before))
    document.repealed |= bool(
        _REPEALED.match(page.folded, title.end) or _REPEALS.search(before[-60:])
    )
    issued = bool(_ISSUED[page.language].search(before[-60:])) or bool(
        _ISSUED_BEHIND[page.language].match(behind)
    )
    issued |= page.language == "en" and bool(_IN_FORCE.match(behind))
    basis = bool(_BASIS[page.language].search(before[-50:]))
    document.issued |= issued and (not basis or page.language == "zh")
    early = page.language == "en" or sentence is None or sentence.block <= _LEADS
    if not document.repealed and not basis:
        announced = issued and not before.rstrip().endswith("的")
        announced &= page.language == "en" or not (
            _EARLIER.search(before[-50:]) or _ANNIVERSARY.match(behind)
        )
        announced |= page.language == "en" and bool(_TITLED.search(before))
        document.primary |= announced or (early and bool(_SPEAKS[page.language].match(behind)))
    if page.language == "zh":
        _learn_fate(page, title, document)
    elif sentence:
        _learn_list(page, sentence, document)
    cited = page.language == "zh" and document.subject == title.number
    if title.name[0] == title.name[1] and not basis and not cited:
        document.primary = document.issued = True
    if sentence:
        document.issuers += [
            one for one in issuers(page, sentence, title) if one not in document.issuers
        ]
        learnt = dates_behind(page, sentence, title)
        document.dates += learnt
        if issued and document.time is None:
            document.time = _issue_day(page, sentence, title)


def _labelled(page: Page, sentence: Sentence | None, start: int) -> str:
    """ "Legal basis: …": in English the label of a line tells what its document is to the page."""
    block = page.block_of(sentence) if sentence else None
    if page.language != "en" or block is None or not block.label[1] or start > block.body:
        return ""
    return f"{page.folded[slice(*block.label)]}: "


_LISTED = re.compile(
    r"\b(?:(?P<gone>repealed|abolished|annulled|revoked|no longer (?:valid|in force)|invalid)"
    r"|(?P<changed>amended|revised|updated|modified))\b",
    re.IGNORECASE,
)
_SHORT = 80
_LEADING = re.compile(_LISTED.pattern + r"[^.;:\n]{0,30}:", re.IGNORECASE)
""" "The following are repealed: 1. …; 2. …", in one line."""


def _learn_list(page: Page, sentence: Sentence, document: Document) -> None:
    """ "Repealed are" over a list: what becomes of its documents."""
    start = page.blocks[sentence.block].start
    led = [*_LEADING.finditer(page.folded, start, document.spans[-1][0])]
    if led:
        document.repealed |= bool(led[-1]["gone"])
        document.revised |= bool(led[-1]["changed"])
        return
    document.revised |= bool(_CHANGED.match(page.folded, document.spans[-1][1]))
    if page.block_of(sentence).kind not in ("item", "clause"):
        return
    for block in reversed(page.blocks[max(0, sentence.block - 2 * _LEADS) : sentence.block]):
        if block.kind in ("item", "clause") or block.end - block.start > _SHORT:
            continue
        found = _LISTED.search(page.folded, block.start, block.end)
        document.repealed |= bool(found and found["gone"])
        document.revised |= bool(found and found["changed"])
        return


_LEADS = 6
"""Blocks at the head of an article, in which what a document says makes it the article's own."""
_ENDED = re.compile(r"废止|失效|停止执行")
_AMENDED = re.compile(r"修改|修订")


def _learn_fate(page: Page, title: Title, document: Document) -> None:
    """一、废止以下文件: the heading or the line above a list says what becomes of it."""
    behind = page.folded[title.end : title.end + 12]
    if re.match(
        r"(?:继续|仍|保持)(?:有效|执行|施行)|有效期(?:延长|顺延|延续)|(?:予以)?保留", behind
    ):
        return
    if re.match(r"(?:作出?|做出|进行|予以)?(?:如下|以下|部分)?(?:修改|修订|修正)", behind):
        document.revised = True
        return
    at = bisect_right(page.blocks, title.start, key=lambda block: block.start) - 1
    for block in reversed(page.blocks[max(0, at - _LEADS) : at]):
        if block.kind != "heading" and not page.folded[block.start : block.end].rstrip().endswith(
            ":"
        ):
            continue
        words = page.folded[block.start : block.end]
        document.repealed |= bool(_ENDED.search(words)) and not _AMENDED.search(words)
        return


def _issue_day(page: Page, sentence: Sentence, title: Title) -> Moment | None:
    days = [
        when
        for when in page.times_in(sentence.start, title.start)
        if when.part == "point"
        and (when.precision == "day" or (when.precision == "month" and page.language == "zh"))
    ]
    if not days and page.language == "en":
        days = _day_behind(page, sentence, title)
    return days[-1].moment("event", page.text) if days else None


def _day_behind(page: Page, sentence: Sentence, title: Title) -> list[When]:
    """ "The plan, out on 5 March", "issued on Friday": the day stands behind the title."""
    issued = _ISSUED_BEHIND["en"].match(page.folded, title.end, sentence.end)
    near = page.times_in(issued.end(), min(sentence.end, issued.end() + _CLOSE)) if issued else ()
    return [when for when in near if when.part == "point" and when.precision == "day"][:1]


_CLOSE = 24
