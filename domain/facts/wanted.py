"""Which numbers state something about the world, and which only what somebody has to be."""

import re

from domain.facts.benefit_zh import is_benefit, is_condition
from domain.facts.page import Page, Sentence
from domain.facts.quantity import Quantity
from domain.text.fold import fold
from domain.text.sought import Sought

_QUALIFIES = re.compile(
    r"(?:的|以上的)[\u4e00-\u9fff]|(?:项目|企业|单位|工程|平台|产品|载体)(?:\d|[达有共超数])"
)

_BASE_VALUE = re.compile(r"(?P<word>由|从)[^,。;\d]{0,10}\Z")

_CHANGED_TO = re.compile(
    r"[ ]?(?:倍增|翻倍|激增|猛增|扩充|扩容|成长|长|提高"
    r"|提升|增加|增长|扩大|上升|下降|降低?|减少|增|升|扩|跃升|更正|调整|上调|上修|下修|压减|压降|拉升|拉高|扩建|扩展?|跃升|攀升|回升|飙升|收窄|缩短|延长|滑落|跌|下滑|回落|缩减|变成?|减|缩|压"
    r"|下调|改)?(?:至|到|为)"
)

_GROWS = re.compile(
    (
        r"(?:增长|提高|提升|增加|扩大|上升|增)(?:了)?(?:约|近|超|超过)?\Z|\b(?:rose|grew"
        r"|increased|up|grown|expanded)\s(?:by\s|about\s|nearly\s)?\Z"
    ),
    re.IGNORECASE,
)

_OF_ANOTHER = re.compile(
    r"(?:(?:增长|提高|提升|增加|扩大|上升|增|涨|升|成长|放大|激增|猛增|暴增|多出?)(?:了)?"
    r"|(?:为|是|达到?|相当于|等于|合)[^,。;]{0,24}的|(?:达到?|为|是|回报|倍数|比例)(?:了)?"
    r"|(?:19|20)\d\d年[^,。;]{0,6}的|[增升长涨](?:\d{1,4}(?:\.\d{1,2})?[%倍][、和与及]){1,4})(?:约|近|超过?|逾)?\s*\Z"
)
"""增长两倍, 是2022年的12倍, 账面回报2.3倍."""
_OFFERED = re.compile(r"免收|免租|租金|补贴|补助|给予|提供.{0,12}办公")

_QUOTA = re.compile(
    r"(?:遴选|评选|支持|限报|推荐|择优|认定|选取)[^,。;]{0,6}\Z|(?:数量|名额)[:]\s?\Z"
)

_WHOSE = re.compile(r"\b(?:exceed\w*|with|whose|worth|valued|having|of)\b[^,.;]*\Z")

_LASTS = re.compile(
    r"(?:周期|交期|交货期|账期|工期|建设期|存续期|回收期)(?:\([^()\n]{0,10}\))?(?:为|约|仅|[:]|[缩压延拉]短?长?[至到]|平均|长达|预计|最长)*\s?\Z"
)

_CONDITIONS = Sought(
    r"(?:申报|申请|准入|入驻|支持|认定|报名|基本|参评|推荐|合同.{0,4})(?:条件|要求|资格"
    r"|门槛)|(?<!有利)(?<!基础)条件\Z|资格|门槛|准入|申报(?:对象|范围|主体|材料|程序|方式|须知)"
    r"|评(?:分|审|价标准)|分值|遴选(?:标准|程序)|支持(?:标准|对象|范围)|资助标准"
    r"|(?i:\b(?:applicants?|eligib\w*|who (?:can|may)|qualif\w*|co-funding|contact)\b)"
)

_APPLICANT = Sought(
    r"(?:申报|申请|参赛|揭榜|承担|牵头|推荐)(?:单位|主体|企业|项目|人|者|团队|方)|联合体|限报"
    r"|项目负责人|服务机构(?=[须应需])|每个?(?:单位|企业|申报)"
)

_MUST = re.compile(
    r"须|应(?!用|对|急)|需(?!求)|不得|原则上|限报|不超过|不少于|不低于|具有|具备|满足|符合"
)

_FARTHEST = 90
"""Characters before a number within which an applicant is looked for."""

_GRANTEES = re.compile(r"公示|名单|公布.{0,20}结果|拟(?:支持|资助|补助|兑现|奖励|立项|认定)")

_GRANTEE = re.compile(r"(?:公司|大学|研究院|研究所|医院|学院|集团|中心)(?:[ (|:,]|\s)")


def is_wanted(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is a fact, and no condition, quota, base value or grantee's sum."""
    if (
        _is_condition(page, sentence)
        or _asks(page, sentence, quantity)
        or _is_of_grantee(page, sentence)
        or (page.language == "zh" and _is_of_paper(page, sentence, quantity))
        or (page.language == "zh" and is_benefit(page, sentence, quantity))
        or (page.language == "zh" and is_condition(page, sentence, quantity))
    ):
        return False
    if quantity.kind == "times" and page.language == "zh":
        return bool(_OF_ANOTHER.search(page.folded, sentence.start, quantity.start))
    if quantity.kind == "times" and not (
        _GROWS.search(page.folded, sentence.start, quantity.start)
        or re.match(
            r"\sthe (?:level|number|figure|amount)|\s(?:as|that)\b",
            page.folded[quantity.end : quantity.end + 12],
        )
    ):
        return False
    first = page.block_of(sentence).label[0] or sentence.start
    if quantity.kind == "duration" and not _LASTS.search(page.folded, first, quantity.start):
        return False
    after = page.folded[quantity.end : quantity.end + 6]
    if page.language == "zh":
        based = _BASE_VALUE.search(page.folded, sentence.start, quantity.number_start)
        changed = _CHANGED_TO.match(after)
        if based and changed and (based["word"] == "由" or len(changed.group().strip()) > 1):
            return False
        if (
            quantity.kind == "area"
            and quantity.comparator == "le"
            and _OFFERED.search(page.folded, sentence.start, sentence.end)
        ):
            return False
        if (
            quantity.kind == "count"
            and quantity.comparator == "le"
            and _QUOTA.search(page.folded, page.block_of(sentence).start, quantity.start)
        ):
            return False
        return not (
            quantity.comparator in ("gt", "ge", "lt", "le")
            and _QUALIFIES.match(after)
            and quantity.kind == "money"
            and page.quantities_in(quantity.end, _clause_end(page, sentence, quantity))
        )
    return not _is_whose(page, sentence, quantity)


_OF_A_TEXT = re.compile(
    r"(?:》|办法|措施|意见|政策|条例|规定|方案|细则|新政|决定|举措)[^,。;]{0,12}(?:\d+章)?\Z"
)
_OF_TITLES = ("项", "个", "件", "部", "份", "篇")
_BEHIND_TITLE = re.compile(r"》(?:\([^()\n]{1,12}\))?等?\Z")
"""《A》《B》2项行业标准: so many titles were named."""
_PAPERS = re.compile(
    r"(?:行政)?规范性文件[^。;\n]{0,12}(?:废止|修改|失效|清理|继续有效)|(?:行政)?规范性文件(?=[,。;:予])"
)
"""对以下2件规范性文件予以废止: how many are named below."""
_PRIZES = re.compile(r"(?:等奖|优胜奖|入围奖|金奖|银奖|铜奖|[单专]项奖)[:]?(?:各|共)?\Z")
_CORRECTED = re.compile(
    r'[^"。\n]{0,20}"?\s?[,]?(?:应当?|现|更|修|订|误|有误,)(?:为|正为|更正为|改为|写为|订正为|作)'
)
"""“达到3.6万P”应为“达到2.6万P”: what is corrected is said no more."""
_FACE = re.compile(r"(?:面额|面值|票面)[^,。;]{0,16}\Z")
_CHAPTERS = re.compile(r"[\d一二三四五六七八九十]章[、,]?(?:共)?\Z")
_PROVISIONS = re.compile(r"[^,。;\d]{0,6}(?:举措|措施|政策|意见|任务|细则|条款|硬招|干货)")
_COPIES = re.compile(r"(?:一式|材料|申报书|复印件|原件|纸质)[^,。;]{0,12}\Z")
_ADDRESS = re.compile(r"\d号[^,。;]{0,12}\Z")
_FEW = 100


def _is_of_paper(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """36条 of a rule, 一式3份, 5栋 of an address count nothing in the world."""
    before = page.folded[max(sentence.start, quantity.start - 24) : quantity.number_start]
    if quantity.counter in _OF_TITLES and _BEHIND_TITLE.search(before):
        return True
    if quantity.kind == "count" and _PRIZES.search(before):
        return True
    if quantity.counter in _OF_TITLES and _PAPERS.match(page.folded, quantity.end, sentence.end):
        return True
    if _CORRECTED.match(page.folded, quantity.end, sentence.end):
        return True
    if quantity.kind == "money" and _FACE.search(before):
        return True
    if quantity.counter == "条" and _CHAPTERS.search(before):
        return True
    if quantity.counter == "条":
        told = _OF_A_TEXT.search(before) or _PROVISIONS.match(page.folded, quantity.end)
        return told is not None and quantity.value <= _FEW
    if quantity.counter == "份":
        return _COPIES.search(before) is not None
    return quantity.counter in ("栋", "座", "幢", "间") and _ADDRESS.search(before) is not None


def _asks(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """Who applies has to have so much: a condition, whatever section it stands in."""
    if page.language == "en":
        return False
    part = page.folded.rfind(";", sentence.start, quantity.start) + 1
    part = max(sentence.start, part, quantity.start - _FARTHEST)
    who = _APPLICANT.search(page.folded, part, quantity.start)
    return who is not None and bool(_MUST.search(page.folded, who.end(), quantity.number_start))


def _is_of_grantee(page: Page, sentence: Sentence) -> bool:
    """A line of a list of grantees tells what one of them got, which is no fact wanted."""
    if page.language == "en" or not _GRANTEES.search(fold(page.title)):
        return False
    block = page.block_of(sentence)
    listed = block.kind in ("item", "pair", "row")
    return listed and bool(_GRANTEE.search(page.folded, block.start, sentence.end))


def _is_whose(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """ "ten with annual sales above RMB 1 billion": the sum says which ten."""
    if quantity.kind != "money" or quantity.comparator not in ("gt", "ge", "lt"):
        return False
    before = page.quantities_in(sentence.start, quantity.number_start)
    if not before or before[-1].kind != "count":
        return False
    gap = page.folded[before[-1].end : quantity.number_start]
    return len(gap) < 50 and bool(_WHOSE.search(gap)) and not re.search(r"[,;]", gap)


def _clause_end(page: Page, sentence: Sentence, quantity: Quantity) -> int:
    stop = re.compile(r"[,。;]").search(page.folded, quantity.end, sentence.end)
    return stop.start() if stop else sentence.end


def _is_condition(page: Page, sentence: Sentence) -> bool:
    """What an applicant has to be is no fact about the world."""
    block = page.block_of(sentence)
    if _CONDITIONS.search(page.folded, *block.label):
        return True
    if block.kind not in ("item", "pair", "clause", "paragraph"):
        return False
    for number in range(sentence.block - 1, max(-1, sentence.block - 9), -1):
        above = page.blocks[number]
        if above.kind == "heading":
            return bool(_CONDITIONS.search(page.folded, above.start, above.end))
    return False
