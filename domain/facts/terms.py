"""The terms of a Chinese benefit: who gets it, a percentage of what, and who answers for it."""

import re

from domain.facts.amounts import Amount
from domain.facts.benefit_places import Place
from domain.facts.page import Page
from domain.facts.statement import Span
from domain.text.blocks import Block
from domain.text.sentences import clauses
from domain.text.sought import Sought

_MOST_BESIDE = 6
"""Lines of a card in which its other terms are looked for."""
_LONGEST = 60
_SHORTEST = 2
_FARTHEST = 160
"""Characters before a benefit in which its recipient or its base can stand."""

# --- who gets it ------------------------------------------------------------------------------

_BESIDE = re.compile(r"对象|主体|适用|面向|谁[能可]|申[报请领](?:条件|主体|人)|条件$")
_RECIPIENT = Sought(
    r"企业|机构|单位|平台|园区|工厂|车间|基地|联盟|协会|商会|孵化器|加速器|空间|门店"
    r"|市民|家庭|职工|员工|群众|团队|高校|院所|主体|业者|人才|个人|毕业生|开发者|区\(市\)县|公司|医院|学校"
    r"|[方商户](?![面向式法案案口务外内均])|[作研开创]?发?者|博士|硕士|本科|联合体|基金管理|[总分]部|载体|运营方"
    r"|[冠亚季]军|选手|得主|高校|用户|居民|学生|教师|工程师|官(?![方网])|项目|产品|大模型|数据集|中心|楼宇|实验室|人(?![工民均才次形力类员机])"
)
_BENEFIT_LABEL = re.compile(r"补|奖|支持|资助|标准|额|政策|措施|项目名|方[式向案]")
_DOING = re.compile(
    r"(?:建设|引育|引进|培育|培养|发展|转化|研发|创新|应用|上市|集聚|升级|攻关|推广|改造|打造|提升|融合|开放|落地|运营|壮大)\Z"
)
"""支持平台建设: what is to be done, and nobody who gets it."""
_LEADING = re.compile(
    r"^(?:的|[|/、;]|如果是?|若是?|属于?|对于?(?!接|外)|凡是?|针对|同时|其中|此外|另外|并且?|每年|年度|按照?|给予|再|支持|鼓励|引导|为|向|给"
    r"|第[一二三四五六七八九十]{1,4}[条,、 ]{0,3}|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])+"
)
_TRAILING = re.compile(
    r"(?:[,、:×]?(?:给予|予以|按照?|每年|年度|最高|一次性|分别|依次|再|奖励|奖补|补助|补贴|资助|可获|可"
    r"|不超过|的|由|各|另有?|拟|给|获|按|每|至|共))+$"
)


def eligible(page: Page, place: Place, group: list[Amount], span: Span) -> str | None:
    """Return the words that say who gets it, where a clause or a line names a recipient."""
    named = place.recipients or _beside(page, place, _BESIDE)
    if named:
        return named.strip(" 。\n")[:_LONGEST]
    own = _trimmed(page, *page.block_of(group[0].sentence).label)
    first_part = ";" not in page.folded[page.block_of(group[0].sentence).start : span[0]]
    if own and first_part and not (_BENEFIT_LABEL.search(own) or _DOING.search(own)):
        return own
    floor = max(span[0], _behind_others(page, group))
    said = _behind_sum(page, group)
    if said:
        return said
    for one in sorted(group, key=lambda amount: amount.quantity.number_start):
        floor = max(floor, _behind(page, floor, one.quantity.number_start))
        for start, end in clauses(page.folded, floor, one.quantity.start, "zh"):
            who = _trimmed(page, start, end)
            if who:
                return who
        floor = max(floor, one.quantity.end)
    floor = max(group[0].sentence.start, span[0] - _FARTHEST)
    earlier = clauses(page.folded, floor, span[0], "zh")
    said = next((who for part in reversed(list(earlier)) if (who := _trimmed(page, *part))), None)
    if not said and ";" not in page.folded[floor : span[1]]:
        said = _HOW_MUCH.sub("", _trimmed(page, floor, span[1]) or "")
    return said or _holder(page, group)


_HOW_MUCH = re.compile(r"[,，](?:按照?|给予|予以|不超过|最高|一次性).*", re.DOTALL)
"""对入选的示范场景，| 按不超过项目投资额的20%给予补助: where whom it is for has been said."""


_TO_WHOM = re.compile(r"(?:补[贴助]|奖励|资助|支持|给予?)(?P<who>[^,。;、\d]{1,9})(?=[,。;、]|\Z)")
_OF_SORT = re.compile(r"(?:\(含\))?(?:及?以[上下])?(?:\(含\))?的(?P<who>[^,。;\d]{2,30})(?=,)")
_ONE_OF = re.compile(
    r"(?:[单每]一?[个家]|同一个?)(?P<who>企业|单位|主体|机构|团队|高校院所|高校|院所|个人)"
)


def _behind_sum(page: Page, group: list[Amount]) -> str | None:
    """12%补贴买方, 持股三成以上的团队: named behind the share, or behind the bar it has to pass."""
    for one in group:
        end = one.quantity.end
        if one.role in ("rate", "fixed"):
            found = _TO_WHOM.match(page.folded, end, end + _SHORT)
            if found and _RECIPIENT.search(page.folded, *found.span("who")):
                return page.text[slice(*found.span("who"))]
        if one.role == "threshold":
            found = _OF_SORT.match(page.folded, end, end + _LONGEST)
            if found and _RECIPIENT.search(page.folded, *found.span("who")):
                return page.text[one.start : found.end()].strip(" ,，。\n对")[-_LONGEST:]
    return None


_SHORT = 14


def _holder(page: Page, group: list[Amount]) -> str | None:
    """单个企业最高100万元: where nothing else says who gets it."""
    for one in group:
        found = _ONE_OF.search(page.folded, one.start, one.quantity.number_start)
        if found:
            return page.text[slice(*found.span("who"))]
    return None


def _behind_others(page: Page, group: list[Amount]) -> int:
    """中小企业50%|高校40%: the recipient of a later one stands behind the sum before."""
    first = min(one.quantity.number_start for one in group)
    return _behind(page, max(0, first - _BETWEEN), first)


def _behind(page: Page, floor: int, number: int) -> int:
    before = page.quantities_in(floor, number)
    named = before and _RECIPIENT.search(page.folded, before[-1].end, number)
    return before[-1].end if named else 0


_BETWEEN = 40
_PAID_BEFORE = re.compile(r"(?:给|补|奖|发)[^,。;\d]{0,4}\d[\d,.]*[万亿]?元")
"""A类人才给500万元项目资助、B类…: the words of another benefit name nobody."""
_THEN = re.compile(
    r"(?:每[年月天]|按月|按年|发放|给予|予以|可?享受|可?获得?(?!奖)|可[领得抵享]|只能|最[高多]|补助|补贴|奖励?|资助|抵扣?)"
)
"""Words behind a recipient that begin to tell what it gets."""
_NOBODY = re.compile(
    r"(?:每|单|同一|一)(?:一)?[家户个名位人]?(?:企业|单位|项目|主体)?(?:每?全?年度?|一[个年]|当年|累计|[省市区]级资金)*"
    r"|[^,]{0,40}\d(?:元|[万亿]元?)?(?:人民币|美元|港元)?(?:以上|以下)?[的者]?"
)
"""What names nobody by itself: 单户全年, 3000万元者."""


_WHO = re.compile(
    r"(?:对|凡|针对)(?!应|接|外)(?P<who>[^,。;\d]{2,40})的(?=给|奖|补|[,，]|\Z|再|一次|最高|每|按)"
)
"""对入选省级“专精特新”的给予…: who it is, without a noun."""


def _trimmed(page: Page, start: int, end: int) -> str | None:
    """The words of a clause about its recipient; None where it names none."""
    start = max(start, end - _FARTHEST)
    words, clause = page.folded[start:end], start
    led = _LEADING.match(words.lstrip(" ,\n"))
    start += len(words) - len(words.lstrip(" ,\n")) + (led.end() if led else 0)
    tail = _TRAILING.search(page.folded[start:end].rstrip())
    end = start + tail.start() if tail else end
    if end - start < _SHORTEST or page.folded[start].isdigit():
        return None
    named = _RECIPIENT.search(page.folded, start, end)
    headless = named is None and _WHO.search(page.folded, clause, clause + len(words))
    if headless:
        return page.text[slice(*headless.span("who"))][:_LONGEST]
    if not named or _NOBODY.fullmatch(page.folded, start, end):
        return None
    if _PAID_BEFORE.search(page.folded, start, end):
        return None
    told = _THEN.search(page.folded, named.end(), end)
    end = told.start() if told else end
    return page.text[start:end].strip(" ,，、:：\n")[:_LONGEST] or None


def _beside(page: Page, place: Place, label: re.Pattern[str]) -> str:
    """支持对象:… as a line of its own beside the measure."""
    if not place.label or place.row:
        return ""
    at = place.sentence.block
    for step in (-1, 1):
        for number in range(at + step, at + step * _MOST_BESIDE, step):
            if not 0 <= number < len(page.blocks) or page.blocks[number].kind != "pair":
                break
            block = page.blocks[number]
            if label.search(page.folded, *block.label):
                return page.text[block.body : block.end]
    return ""


# --- a percentage of what ---------------------------------------------------------------------

_BASE = re.compile(
    r"[\u4e00-\u9fff\"]{0,8}?(?:费用?|支出|开支|开销|佣金|酬金|学费|花费|花销|投入额?|金额|总额|[\u4e00-\u9fff]额(?!度)|投资额?|收入|利息|利率|租金"
    r"|保费|贷款|LPR|薪酬?|造价|价格|价款|资本|合同(?=的)"
    r"|收益|增量(?:部分)?|预算|款(?!项)|成本|资金(?!池)|规模|价|房租|经费|损失|贡献|本金|[账价]额|所得)"
)
_SETTLED = re.compile(r"[^。\n;]{0,40}?[,]以(?P<base>[^,。;\n]{2,20})为(?:准|基数|依据|基础)")
"""比例30%,以审计后的实际投入为准."""
_CUT = re.compile(
    r"按照?|可?抵扣|对|不超过|不高于|给予|最高|为|以|期间|其|补贴?|补助|每月|的(?=[^的]*\Z)"
)


def rate_base(page: Page, group: list[Amount], span: Span) -> str | None:
    """Return what a rate is a percentage of: before it, right behind it, or said earlier."""
    rate = next((one for one in group if one.role == "rate"), None)
    if rate is None:
        return None
    number = rate.quantity.number_start
    begin = max([rate.start, *(when.end for when in page.times_in(rate.start, number))])
    own = list(_BASE.finditer(page.folded, begin, number))
    if own:
        return _phrase(page, begin, own[-1].end())
    behind = _BASE.match(page.folded, rate.quantity.end, min(span[1], rate.quantity.end + 12))
    if behind:
        return page.text[slice(*behind.span())].strip("的")
    block = page.block_of(rate.sentence)
    floor = max(block.body or block.start, min(span[0], number) - _FARTHEST, 0)
    settled = _SETTLED.search(page.folded, rate.quantity.end, rate.quantity.end + _FARTHEST)
    if settled:
        return page.text[slice(*settled.span("base"))]
    earlier = list(_BASE.finditer(page.folded, min(floor, begin), begin))
    return _phrase(page, floor, earlier[-1].end()) if earlier else None


def _phrase(page: Page, begin: int, end: int) -> str | None:
    """The noun phrase that ends there, from behind the last word that leads to it."""
    start = max(begin, end - 24)
    marks = [found.end() for found in re.finditer(r"[,。;:、\n]", page.folded[start:end])]
    start += max(marks, default=0)
    cuts = [found.end() for found in _CUT.finditer(page.folded[start : end - 1])]
    return page.text[start + max(cuts, default=0) : end].strip(" :：") or None


# --- who answers for it -----------------------------------------------------------------------

_ROLE = (
    r"(?:责任|牵头|配合|主责|主管|实施|承办|执行|落实|经办|负责){1,2}"
    r"(?:单位|部门|主体|处室|科室|机构|落实|实施)?"
)
_NOTED = re.compile(
    rf"[(\[](?:{_ROLE}|责任分工)\s?:(?P<bodies>(?:[^\n()\[\]]|\([^()\n]{{1,6}}\)){{2,160}})[)\]]"
)
_BODY = r"[\u4e00-\u9fff]{2,20}(?:局|委|办|部|厅|中心|政府|集团|公司|街道|院|会)"
_NAMED = re.compile(
    rf"[(\[](?P<bodies>{_BODY}(?:牵头|负责)?(?:[、,]{_BODY}(?:配合|负责)?){{0,9}})[)\]]"
    r"[。]?(?=\s*(?:$|\n))"
)
_STATED = re.compile(rf"(?<=[。;!\s]){_ROLE}\s?:\s?(?P<bodies>[^。\n:]{{2,160}})")
"""牵头落实:区经信局、区国资金融局。 as a sentence at the end of the article."""
_ANSWERS = re.compile(rf"{_ROLE}$|^主管|受理(?:单位|部门)")
_NOTE = 600
"""Characters behind a sentence in which its paragraph names the bodies."""
_PREFIX = re.compile(rf"\A\s*(?:{_ROLE}\s?:)?\s*|\s*(?:牵头|负责|配合)?[。\s]*\Z")


def responsible(page: Page, place: Place, group: list[Amount]) -> list[str]:
    """Return the bodies: of a column, in brackets at the end of the block, in a line below."""
    if place.bodies:
        return list(place.bodies)
    sentence = group[-1].sentence
    block = page.block_of(sentence)
    end = min(block.end, sentence.end + _NOTE)
    pattern = _NOTED.search(page.folded, sentence.start, end)
    found = pattern or _NAMED.search(page.folded, sentence.start, end)
    found = found or _STATED.search(page.folded, sentence.end - 1, end)
    if found:
        return _split(page, *found.span("bodies"))
    for below in page.blocks[sentence.block + 1 : sentence.block + 1 + _MOST_BESIDE]:
        if below.kind != "pair":
            return _under(page, below)
        if _ANSWERS.search(page.folded[slice(*below.label)]):
            return _split(page, below.body, below.end)
    return []


def _under(page: Page, block: Block) -> list[str]:
    """(责任单位:A、B) as a line of its own."""
    found = _NOTED.match(page.folded, block.start, block.end)
    return _split(page, *found.span("bodies")) if found else []


def _split(page: Page, start: int, end: int) -> list[str]:
    bodies = []
    for part in re.finditer(r"[^、,;]+", page.folded[start:end]):
        words = part.group()
        led = _PREFIX.match(words)
        tail = re.search(r"(?:牵头|负责|配合)?[。\s]*\Z", words)
        first = start + part.start() + (led.end() if led else 0)
        last = start + part.start() + (tail.start() if tail else len(words))
        if first < last:
            bodies.append(page.text[first:last])
    return bodies
