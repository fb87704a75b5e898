"""One sum of a Chinese page to judge, and what rules it out: paid long ago, a fine, an example."""

import re
from dataclasses import dataclass

from domain.facts.amounts import AmountRole
from domain.facts.benefit_places import Place
from domain.facts.benefit_words import Around, Words
from domain.facts.benefit_zh import tells_account
from domain.facts.page import Page
from domain.facts.quantity import Quantity
from domain.text.fold import fold

ISSUES = ("发放", "投放", "核发", "发给", "兑付")
"""To give out, said of what is planned and of what is past alike."""
_REPORTED = re.compile(r"\s?(?:已|全部|均已)(?:发|兑|拨|到|下)")
_TO_COME = re.compile(r"[将拟]|还[可能要会]|再(?=[安给拿配补叠奖加按])|叠加|另(?=[安给拿外])")
_PAID_SUM = re.compile(r"[额款费](?:的|×)?\Z")
"""按实际核销金额的20%: what was paid is only what the rate is of."""
_GOT = re.compile(r"拿到|获得|领到|得到|获各类")
_EXAMPLE = re.compile(
    r"也就是说|换句话说|换言之|相当于|意味着|也即|举例|示例|算例|您这|你这|举个例|例如|比如|假设|譬如"
)
_CHARGED = re.compile(r"[^,。;]{0,4}(?:收取|缴纳|交纳)")
_FINE = re.compile(r"\s?(?:以[上下])?的?罚")
_NO_BENEFIT = re.compile(
    r"花[了费掉]|[只自]掏|省[下了]|付了|有望\Z|(?:没|未)(?:有|能)?(?:拿|收|领)到|罚|赔偿|没收|处以|并处|(?<!可领)(?<!领取)(?<!申领)面额|定金|押金|保证金|平均|(?<!按)人均|户均|比[^,;]{1,12}[多少增减]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One run of like sums, read: what it is, and where its clause begins."""

    role: AmountRole
    around: Around
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Case:
    """One sum to judge."""

    page: Page
    place: Place
    words: Words
    around: Around
    quantity: Quantity
    last: Read | None
    """The sum before it in the sentence, where that plays a part."""


def is_void(case: Case) -> bool:
    """Return whether a sum is a fine, an example worked out, or history."""
    fined = _NO_BENEFIT.search(case.around.before) or _FINE.match(case.around.after)
    charged = case.quantity.kind == "money" and _CHARGED.match(case.around.after)
    if fined or charged or _is_instalment(case) or _is_of_grantees(case):
        return True
    return _was_done(case) or _is_example(case)


_GRANTEES = re.compile(
    r"拟(?:支持|资助|补助|兑现|奖励|立项|拨付|扶持|认定|入选|入库)[^,。;]{0,12}(?:公示|名单|公告)"
)
_ADDED_UP = re.compile(
    r"合计|共计|总(?:金)?额|共(?=\d)|拟(?:支持|兑现|资助)(?:企业|项目|单位|资金|金额)?\d"
)


def _is_of_grantees(case: Case) -> bool:
    """拟支持38家,合计4215万元,其中单家最高297万元: what a list of grantees adds up to."""
    if not _GRANTEES.search(fold(case.page.title)):
        return False
    part = case.words.part(case.quantity.number_start)
    return bool(_ADDED_UP.search(case.page.folded, part, case.quantity.number_start))


_PAID_OUT = re.compile(
    r"(?:拨付|预拨|拨款|拨给|支付|预付|先付|付|到账|到位|兑现|兑付|发放|发|划拨|下达|下拨|拨)"
    r"(?:首[期批笔年]|第[一二三四]期|尾款|其中|资金|补助资金|资助额?|总额|剩?余?款?)?(?:的|至|到)?\s?\Z"
)
_PART_PAID = re.compile(
    r"(?:先行?|首[期批笔次年]|预先?|先期|前期|剩余|余下|其余|尾款|第[一二三四]年|分[一二三四两]?[年期批次])[^,。;\d]{0,8}\Z"
)
_REST_PAID = re.compile(
    r"[^。;\d]{0,24}(?:剩余|余下|其余|尾款|剩下|再[拨付兑发]|\d{1,2}%[^。;]{0,20}(?:剩余|余下|其余|尾款|拨付))|(?:首付|启动)款"
)
_OF_BASE = re.compile(r"按照?[^,。;]{2,20}的\s?\Z")


def _is_instalment(case: Case) -> bool:
    """立项后先行拨付50%,验收后拨付剩余资金: when it is paid, and not how much."""
    around = case.around
    if case.quantity.kind != "percent" or _OF_BASE.search(around.before):
        return False
    if case.last is None and not case.place.open and not case.words.any("give", "pot", "cap"):
        return False
    paid, part = _PAID_OUT.search(around.before), _PART_PAID.search(around.before)
    rest = _REST_PAID.match(case.page.folded, case.quantity.end, case.place.sentence.end)
    return bool((paid and (part or rest or "拨" in paid.group())) or (part and rest))


def _is_example(case: Case) -> bool:
    """举例:合同额80万元…: a sum worked out for one of them."""
    start = case.words.part(case.quantity.number_start)
    if _EXAMPLE.search(case.place.label):
        return True
    return bool(_EXAMPLE.search(case.page.folded, start, case.quantity.number_start))


def _was_done(case: Case) -> bool:
    """What was paid out is history."""
    around = case.around
    part = case.words.part(case.quantity.number_start)
    said = [w for w in case.words.words if part <= w.start < case.quantity.number_start]
    done = [word.start for word in said if word.meaning == "done"]
    since = [word.start for word in said if word.meaning in ("cap", "each", "by")]
    if case.quantity.kind == "percent" and _PAID_SUM.search(around.before):
        return False
    if done:
        since += [done[-1]] if _TO_COME.search(case.page.folded, done[-1], around.end) else []
    if done and not (since and since[-1] >= done[-1]) and not _is_running(case, part):
        return True
    if _is_gained(case, part) or _goes_on_telling(case):
        return True
    if _is_counted_up(case) or _is_paid(case):
        return True
    told = tells_account(case.page, part, case.quantity)
    return told or bool(_REPORTED.match(around.after)) or _long_ago(case)


def _is_running(case: Case, part: int) -> bool:
    """2024年至2026年累计安排2400万元: of a period that is not over."""
    published = case.page.published
    return published is not None and any(
        when.part == "period" and when.first < when.last and when.last > published
        for when in case.page.times_in(part, case.quantity.number_start)
    )


def _is_counted_up(case: Case) -> bool:
    """截至当日18时,累计申领金额3120万元: what there is by a day gone by."""
    page, around = case.page, case.around
    if page.published is None or around.has("cap", "each", "by", "pot") or case.place.row:
        return False
    start = case.place.sentence.start
    return any(
        when.part == "as_of" and when.last <= page.published
        for when in page.times_in(max(start, case.words.part(around.start)), around.start)
    )


_PAYS = re.compile(r"(?:兑[现付]|拨付|发放)了?[\u4e00-\u9fff]{0,6}\Z")
_MODAL = re.compile(r"[将拟可按应须]|每|最[高多]|不超过|标准|计划|给予|凡|年度?(?=兑|发)")


def _is_paid(case: Case) -> bool:
    """对首批53户企业兑付算力补贴3318万元: told of, and nothing of it is on offer."""
    if case.place.open or case.around.has("cap", "each", "by"):
        return False
    part = case.words.part(case.quantity.number_start)
    paid = _PAYS.search(case.around.before)
    counted = paid and _TO_SO_MANY.search(case.page.folded, part, case.quantity.number_start)
    return bool(counted) and not _MODAL.search(case.around.before)


_TO_SO_MANY = re.compile(r"\d+[家户个名][^,。;\d]{0,12}(?:兑|拨|发)")
_OF_THEM = re.compile(r"\s*(?:其中|分别|包括|具体)")
_RECEIVED = re.compile(
    r"实际支出|执行率|收到|获得|到账|已(?:累计)?(?:兑[现付]|发放|拨付|安排|下达)|累计(?:兑[现付]|发放|拨付|收到)"
)


def _goes_on_telling(case: Case) -> bool:
    """累计收到政府补助1286万元。其中,算力券320万元: parts of what was received."""
    sentence = case.place.sentence
    if not _OF_THEM.match(case.page.folded, sentence.start, sentence.end):
        return False
    before = case.page.sentences_before(sentence, 1)
    return bool(before) and bool(_RECEIVED.search(case.page.folded, before[0].start, before[0].end))


_GAINED = re.compile(
    r"(?:得到|获得|争取到|收到|拿到)(?:了)?[^,。;\d]{0,12}(?:奖补|补助|补贴|资金|支持|奖励)[^,。;\d]{0,3}\Z"
)
_OFFERED = re.compile(r"[可能将]|最高|不超过|每|单|均|的,|凡|对")


def _is_gained(case: Case, part: int) -> bool:
    """得到中央财政奖补1.5亿元: somebody got it, and nobody offers it."""
    before = case.page.folded[part : case.quantity.number_start]
    return bool(_GAINED.search(before)) and not _OFFERED.search(before[-40:])


def _long_ago(case: Case) -> bool:
    """A sum of a year gone by is history, unless the rule itself speaks of giving."""
    page, published = case.page, case.page.published
    if published is None or case.last or case.around.has("by", "each", "cap"):
        return False
    days = page.times_in(case.place.sentence.start, case.quantity.start)
    past = any(
        when.part == "point" and when.last < published and when.last.year < published.year
        for when in days[-1:]
    )
    given = case.around.nearest("give")
    word = page.folded[given.start : given.end] if given else ""
    got = _GOT.search(page.folded, case.around.start, case.quantity.start)
    return past and (given is None or word in ISSUES or got is not None)
