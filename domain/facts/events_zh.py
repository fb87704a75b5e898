"""Chinese: which verb a date belongs to, and of what it is said."""

import re

from domain.facts.page import Page, Sentence
from domain.facts.rules import rules
from domain.facts.topics_zh import anchor
from domain.facts.when import When
from domain.text.fold import fold
from domain.text.lexicon import Hit
from domain.text.sentences import clauses

_REACH = 46
_FAR = 130
"""Characters over which the date at the head of a sentence still is that of its main verb."""
_SUBORDINATE = re.compile(
    r"[\s\"]*(?:随着|为了?(?!期)|根据|按照|依据|经(?!信|开|济|过)|据|由于|受|围绕|针对|继|伴随|借助|作为|记者)"
    r"|.{2,30}(?:之际|期间|背景下|推动下|支持下|见证下|带领下|获悉|主办的?|承办的?)\Z"
)
_HEAD = re.compile(r"[^\w(]*(?:当地时间|北京时间|[\u4e00-\u9fff]{0,4}[:])?\Z")
_MODIFIES = re.compile(r"第[一二三四五六七八九十\d]{1,3}[批届次期]|[首一二三四]季度重|的")
"""今年第三批清单: the time tells which one, and not when it happened."""


def verb_of(page: Page, sentence: Sentence, when: When, used: set[int]) -> Hit | None:
    """Return the verb of a date: in its clause, in the main clause behind it, or before it."""
    if _MOVED_TO.search(page.folded, max(sentence.start, when.start - 5), when.start + 1):
        moved = _hits(page, max(sentence.start, when.start - _REACH), when.start, set())
        return moved[-1] if moved else None
    if _MOVED_ON.match(page.folded, when.end, sentence.end):
        return None
    labelled = _of_label(page, sentence, when, used)
    if labelled:
        return labelled
    start, end = _clause(page, sentence, when)
    following = [
        other.start
        for other in page.times_in(when.end, sentence.end)
        if other.precision in ("day", "month")
        and other.part in ("point", "since", "before")
        and not JOINED.fullmatch(page.folded, when.end, other.start)
    ]
    limit = min([sentence.end, *following])
    behind = _hits(page, when.end, min(end, limit, when.end + _REACH), used)
    if behind:
        return behind[0]
    dated = when.precision in ("day", "month")
    heads = dated and _HEAD.match(page.folded, start, when.start)
    on = when.precision == "day" and _goes_on(page, when.end, end)
    if (heads or on) and (found := _main(page, sentence, when, min(limit, when.end + _FAR), used)):
        return found
    before = _hits(page, max(start, when.start - _REACH), when.start, used)
    return before[-1] if before else None


_MOVED_TO = re.compile(r"(?:延期|推迟|顺延|延后|改期|改)[至到在为]")
_MOVED_ON = re.compile(
    r"[^。;]{0,50}(?:延期|推迟|顺延|延后|改期)(?:至|到)[^,。;]{0,4}(?:\d|[明今后次本下])"
)
"""原定本月开园的产业园延期至明年3月: the day that holds is the later one."""
JOINED = re.compile(r"(?:[、和与及]|以及)(?:于|在)?")
_TOGETHER = re.compile(r",\s?(?:双方|两地|三方|各方|并|随后|现场|会上|期间|共同)")


def _goes_on(page: Page, start: int, end: int) -> bool:
    """局长8日率团访问成都,双方签署…: what comes of it in the next clause is of the same day."""
    return bool(_TOGETHER.match(page.folded, end)) and end - start < _REACH


_NO_EVENT = re.compile(
    r"申[报请领]|报名|截止|受理|征集|征求|公示|发布|印发|成文|更新|公开|有效|服务|兑[现付]"
)


def _of_label(page: Page, sentence: Sentence, when: When, used: set[int]) -> Hit | None:
    """计划开工:2025年11月, 现场答辩:7月22日: the label says what happens on the day."""
    label = page.block_of(sentence).label
    if not label[1] or page.folded[sentence.start : when.start].strip():
        return None
    if _NO_EVENT.search(page.folded, *label) or not _ENDS.match(page.folded, when.end):
        return None
    found = _hits(page, *label, used)
    return found[-1] if found else None


_ENDS = re.compile(r"\s*(?:[,。;(]|上午|下午|前|\Z|\n)")


def _main(page: Page, sentence: Sentence, when: When, limit: int, used: set[int]) -> Hit | None:
    """The verb of the first clause behind a date that stands alone or before a lead-in."""
    for start, end in clauses(page.folded, sentence.start, sentence.end, "zh"):
        if end <= when.end or start >= limit:
            continue
        first = max(start, when.end)
        if _SUBORDINATE.match(page.folded[first : min(end, limit)]):
            continue
        found = _hits(page, first, min(end, limit), used)
        if found:
            return found[0]
    return None


def _clause(page: Page, sentence: Sentence, when: When) -> tuple[int, int]:
    spans = clauses(page.folded, sentence.start, sentence.end, "zh")
    return next(
        ((start, end) for start, end in spans if start <= when.start < end),
        (sentence.start, sentence.end),
    )


def _hits(page: Page, start: int, end: int, used: set[int]) -> list[Hit]:
    lexicon = rules("events", "zh")
    return [hit for hit in lexicon.hits(page.folded, start, end) if hit.start not in used]


_SINCE = re.compile(r"以来|以后|之后|之前|后(?!续)|前(?!后)|期间|时(?!间)")
_BESIDE = 4
_BEYOND = re.compile(r"(?:以|之)[后前]")
_ASKS = re.compile(r"请|须|应(?!用|对|急)|务必|逾期")
_BUILT = ("construction_started", "completed", "in_operation")
"""What is asked of a project and not of those who apply: 务必在4月底前开工."""
_COUNTED = ("signed", "announced", "completed", "established", "launched", "approved")


def is_told(page: Page, sentence: Sentence, when: When, hit: Hit) -> bool:
    """Whether date and verb tell something that happens, not a task, a title or a count."""
    beside = 0 <= hit.start - when.end <= _BESIDE
    dated = when.part == "since" or when.precision in ("day", "month")
    since = _SINCE.match(page.folded, hit.end)
    if since and not (beside and dated and (when.part == "since" or since.group() == "以来")):
        return False
    if _is_source(page, sentence, when, hit) or _is_window(page, sentence, when, hit):
        return False
    if _BEYOND.match(page.folded, when.end) and page.folded[hit.end : hit.end + 1] == "的":
        return False
    if when.precision not in ("day", "month") and _MODIFIES.match(page.folded, when.end):
        return False
    start, _ = _clause(page, sentence, when)
    due = when.part == "before" and _OWED.search(page.folded, start, when.end)
    if due and hit.rule.meaning == "completed":
        return False
    asked = when.part == "before" and hit.rule.meaning not in _BUILT
    if asked and _ASKS.search(page.folded, start, max(when.start, hit.start)):
        return False
    counts = when.part == "before" and page.quantities_in(max(start, when.start - 8), when.start)
    if counts and not _INTENDED.search(page.folded, counts[-1].end, when.start):
        return False
    counted = page.quantities_in(hit.end, hit.end + 10)
    stat = when.precision == "month" and hit.rule.meaning in _COUNTED
    near = counted and "," not in page.folded[hit.end : counted[0].start]
    return not (stat and near and counted[0].kind == "count")


_NAMED_BY = re.compile(
    r"的(?=[^,。;《]{0,12}(?:政策|新政|措施|办法|细则|方案|通知|意见|规定|文件|条例|名单|数据|报告|公报|白皮书))"
)
_INTENDED = re.compile(r"计划|拟|将|预计|力争")
_OWED = re.compile(r"[应须][于在]")
"""公司应于9月30日前完成交付: owed, and no news."""
_OF_PAPERS = ("issued", "announced")


_QUOTED = re.compile(
    r"的《[^《》\n]{2,60}(?:《[^《》\n]{1,40}》[^《》\n]{0,20})?》[^,。;《]{0,4}中"
)
"""7日发布的《…》中: what is corrected."""
_BASIS = re.compile(r"(?:根据|按照|依据|依照|遵照|对照|参照)[^,。;]{0,30}\Z")


def _is_source(page: Page, sentence: Sentence, when: When, hit: Hit) -> bool:
    """按照6月印发的新政, 根据10月印发的《…》: what is applied, told before."""
    if hit.rule.meaning not in _OF_PAPERS:
        return False
    if _QUOTED.match(page.folded, hit.end):
        return True
    based = _BASIS.search(page.folded, max(sentence.start, when.start - _REACH), when.start)
    behind = page.folded[hit.end : hit.end + 1]
    return bool(_NAMED_BY.match(page.folded, hit.end) or (based and behind in ("的", "《")))


_OPENED = re.compile(r"开[放启]\Z")
_APPLIED = re.compile(r"申[领报请]|报名|填报|通道|入口|窗口|系统|预约|第[一二三四五六]批")


def _is_window(page: Page, sentence: Sentence, when: When, hit: Hit) -> bool:
    """申领通道1月15日开放: of a window, and no place that opens."""
    opened = _OPENED.search(page.folded, hit.start, hit.end)
    start = max(sentence.start, when.start - _REACH)
    return bool(opened) and bool(_APPLIED.search(page.folded, start, hit.end))


_NO_NAME = re.compile(
    r"[\d年月日号底末初第季度上下将拟于在至到已也,内前后 ]|[一二三四]季度|半年|计划|预计|力争"
    r"|全面|正式|推迟|提前|分别|以及|[和与及、]"
    r"|最快|最迟|才|可|要|完成|顺利|同步|陆续|开始|原定?|目前|并|即|再|还|就|均|选址|立项|开工|建成|拿地"
)
_SHORTEST_NAME = 2


def named(page: Page, sentence: Sentence, words: str, start: int, verb: int) -> str:
    """Return the words of an event, with the name of the thing where they leave it out."""
    own = _NO_NAME.sub("", _undated(page, start, verb))
    behind = _NO_NAME.sub("", fold(words))
    if len(own) >= _SHORTEST_NAME or len(behind) > _LONG_ENOUGH:
        return words
    part = page.folded.rfind(";", sentence.start, start) + 1 or sentence.start
    lead = page.text[part:start].strip(" ,，、;；")[:_LONGEST_LEAD]
    owner = lead if len(_NO_NAME.sub("", fold(lead))) >= _SHORTEST_NAME else ""
    owner = owner or anchor(page, sentence, sentence.start, nearest=False)
    return words if not owner or owner in words else f"{owner} {words}"


def _undated(page: Page, start: int, end: int) -> str:
    """The folded words without the times in them."""
    words, at = "", start
    for when in page.times_in(start, end):
        words += page.folded[at : when.start]
        at = max(at, min(when.end, end))
    return words + page.folded[at:end]


_LONGEST_LEAD = 48
_LONG_ENOUGH = 12
