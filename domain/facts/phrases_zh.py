"""Noun phrases around a number in Chinese: what it is about and what it counts."""

import re
from dataclasses import dataclass

from domain.facts.quantity import Quantity
from domain.facts.rules import words
from domain.text.fold import fold
from domain.text.matching import last_match

_DELIMITERS = ",;。:!?\n"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_PARENTHESES = re.compile(r"\([^()\n]{0,60}\)")

_VERB = "|".join(sorted(words("zh", "verbs"), key=lambda verb: (-len(verb), verb)))
LEAD = re.compile(
    r"(?:(?:(?:我们|我市|全市|我省)?的?目标(?:是|为)|(?:较|比)[^,。;\d]{1,8}(?=多|少|增|减|高|低|提|下降|上升)|(?:全部|项目|全面)?(?:建成|达产|投产|满产|投运|竣工|交付|落成|完工|量产"
    r"|投用)(?:之)?后|YoY|QoQ|yoy|qoq|届时|同期|远期|近期|净增|净(?!利|亏|资|值|流|收|额|赚|息|出|化|水|零|现|产|投|销|买)|(?:较|比)(?:上年|去年|前年|今年|年初|年末|年底|上月|上季|上周|上半年|前月|前季|前[一二两三]个?[月年季周]|同期|同[月日]|此前|[一二三四]季度?|疫前|末|底|度|的){1,4}(?:相比)?|其中|同时|目前|此外|另外"
    r"|此次|本次|今年以来|如今|当前|截至|截止|力争|争取|确保|努力|预计|预期|有望|计划"
    r"|拟(?!人)|将(?!军)|要(?!素)|可(?!信|控|视|穿|调)|已经|已|正在|正(?!式)"
    r"|共计?(?!享|建|同|性)|累计|合计|总计|全年|每年|年均|并(?!购|网|发|行|表|联|轨)且?|且|以及|和(?!谐)|与|及|或"
    r"|还|也|又|再(?!生|贷|制)|均(?!衡)|新增|新建|新(?!增|建|川|经济|能源|型|材料|区|都"
    r"|津|质|基建|一代|兴|华|城|闻|加坡|生|药|登记)"
    r"|有(?!效|机|限|色|轨|关|线|声|序|形|源|人|望)|但是?|不过|首批|分别|先后|成功|全面|基本(?!面)|初步|一共|总共|约(?!束)|近(?!郊|海)|超(?!算|级"
    r"|高|大|前|导)|现有?(?!代|场|实|货)|的|在(?!手|校|册|线|建|用|蓉|岗|读|研)|对(?!外|接"
    r"|口|标|象)|把|从(?!业|事|属)|由|至|到(?!位|账)"
    r"|向(?!量|上)|为(?!主)|是|了|使(?!用|命)|让|据(?:介绍|统计|悉|了解)|[年月日](?!利|化|息|薪|租|收|增|用|产|均"
    r"|活|度|货|轻|龄)|[\s、,\"'/-])+)"
)
_COMPOUND = (
    r"机器人|平台|中心|体系|能力|设备|基地|总值|机构|团队|人员|人才|企业|单位|投入|支出|经费|合同"
)
_LEAD_VERB = re.compile(
    rf"(?!(?<=研发|科研|财政|资金|科技|创新)投入)(?:{_VERB})(?!周期|工期|期限|内容|用地|(?<=建设)期)(?![商器者员方站业费权率力线链值心])(?!(?<=研发|服务|生产|制造|销售|采集|培训|处理|供应|投资|创新|检测|测试|运营)(?:人员|人才|机构|团队|中心|企业|基地|设备|经费|投入|成本))(?!总[量数]|数量|次数)(?!(?:{_COMPOUND})\Z)(?!总值|机器人)"
    r"(?:了|起|出|到|有)?"
)
_FUNCTION = "|".join(sorted(words("zh", "function_words"), key=lambda word: (-len(word), word)))
_NOTHING = re.compile(
    rf"(?:(?>{_VERB}|{_FUNCTION}|(?:开业)?首年|年时间|年|[一二三四五六七八九十\d\s\x00,、()\"']))++\Z"
)
_TAIL_WORDS = (
    r"预计|估计|有望|可望|上看|录得|力争|争取|计划|规划|目标|将|拟|(?<!许)可|(?<![智功性节职产])能|已经?"
    r"|均|(?<!成)(?<!首)都|分别|总共|总计|合计|合共|原则上|不得|共计?|累计|仅有?|只有|达成?到?"
    r"|(?<![行作认华])为|拥有|设有|现有|具有|有|是|的|(?<![所存])在|占到?|"
    r"增长(?:至|到|了)?|增加(?:至|到|了)?|提高(?:至|到|了)?|提升(?:至|到|了)?|上升(?:至"
    r"|到|了)?|扩大(?:至|到)?|扩至|增至|升至|降至|减至|下降(?:至|到|了)?|降低(?:至|到"
    r"|了)?|"
    r"减少(?:至|到|了)?|下滑|回落|缩减|攀升(?:至|到)?|保持(?:在)?|稳定(?:在)?|维持(?:在)?"
    r"|同比|环比|按年|较上年(?:同期)?|年均|年复合|平均|就|也|还|又|再|从|由|到|至|(?<![签预合条公契节])约|近"
    r"|超过?|突破|逾|不少于|不低于|迈上|跨越|站上|做到|做大到|"
    r"(?<![需主重])要|首次|率先|全面|成功|新增|每年|全年|当年|(?<![\u4e00-\u9fff])年|(?<!提)升|增|跌|降|了|着"
    r"|等|给予|最高|安排|(?<!研发)(?<!企业)(?<!资金)(?<!财政)(?<!科研)(?<!社会)投入到?|加快|放缓"
    r"|则|(?<![加所可])以|料|仍|再|亦|回升|抬升|跃升|爬升|蹿升|上行|下行|走强|走弱|提速|回暖|反弹|长(?=[到至])|拉长|拉高|压降|大增|大涨|大升|大跌|大减|大降|劲增|劲升|飙升|飙涨|暴涨|暴增|激增|猛增|骤增|骤减|骤降|锐减|急升|急跌|急增|腰斩|缩水|萎缩|高出|低于|高于|多出|收窄|净增|净|扩增至?|扩充至?|扩建至?|确保|冲刺|[+]|第二年|[\s、"
    r",\"':=\-~和与及]"
)
_TAIL = re.compile(rf"(?:{_TAIL_WORDS})+\Z")
_STRONG_TAIL = re.compile(rf"(?:{_VERB}|共|为|有|达|超|约|近)(?:了|起|出|成|到|至)?[\s]*\Z")
_AFTER = re.compile(r"(?:的|\s)?(?P<noun>[\u4e00-\u9fffA-Za-z\"·+()/、\-0-9]{1,40})")
_AFTER_VERBS = (
    "提供|参与|参加|参展|参会|开展|实现|完成|入选|获批|通过|获得|获评|落地|投用|投产|集聚"
    "|形成|覆盖|带动|用于|位于|来自|开工|达产|上线|分布|接入|发布|"
    "举行|召开|达成|签署|签订|增长|下降|提升|聚焦|涵盖|包括|组成|构成|联合|围绕|签约|入驻"
    "|受惠|受益|计划|打算|表示|认为|选择|希望|发现|反映|提出(?!者)|宣称|坦言"
    "|当[天日]|领取|享受|申请|申报(?!项)|上市(?!公司|企业)|建成|投产|竣工|挂牌|揭牌|落户|亮相|取得|中标|下线|签署|启用|现场|集中签|登陆|在港"
)
_AFTER_ADVERBS = (
    "累计|合计|陆续|相继|先后|率先|普遍|正在|目前|仍|全部|主动|首次|成功|纷纷|同时|已经|预计|有望|力争|即将|共同"
    "|分别|平均|每年|年均|今年|去年|明年|当年|全年|近日|日前"
)
_AFTER_STOP = re.compile(
    r"[、,;。!?\n]|(?:和|及|与|以及|或)(?=[约近超]?[\d一二三四五六七八九十])"
    rf"|(?<=.{{2}})(?:{_AFTER_VERBS}|{_AFTER_ADVERBS})"
    r"|(?:已|将|均|(?<![成首])都|正(?!式)|(?<![所存])在(?!建|线)|(?<!许)可"
    r"|(?<![智功性节职产])能|占|达|(?<![行作认华])为(?!主|民)|是|等(?!级)|共|并|且|到|至"
    r"|于|从|由|约|超(?!算|高|大|级|导|前)|近(?!郊)|实体化|运行|运营|总投资|总金额|总额"
    r"|投资额|协议金额)"
)
_NOT_NOUN = re.compile(
    r"(?:\d{1,2}月|[减增升降扩涨跌翻缩](?=[至到为,。]|\Z)|因|被|由于|增加|提高|提升|扩大|减少|下降|上升|增至|已|将|均|提供|参与|参加|完成|实现|入选"
    r"|获批|通过|实体化|来自|位于|用于|以上|以下|左右|以内|次|左|多|余|之|一(?!线|级|体|类|流)|二(?!线|级|类)|三(?!甲|级|维|方|农|线|星|类|资)|不(?!良|动产|同)|未(?!来)"
    r"|较|比|同比|增长|其中|中(?!试|小|心|医|国|台|外|西))"
)
_RELATIVE = re.compile(r"(?:具有|拥有|有|具备|达到|符合|面向|来自|涉及|属于|能够|可)")
_ACT = re.compile(
    r"(?:授权|否决|派出|派发|淘汰|叫停|关停|清退|投出|撤销|退出|在岗|认购|剩余|披露|申请|上市|备案|在建|净|净增|对接|签约|撤回|装机|拿下|出货|发布|立项|成交|兑付|申领|受理|注销|发放|核销|转化|调用|新签|中标"
    r"|入选|获评|验收|登记|推广|输送|培训|订单|立案|在用|投用|在营|促成签约?|通过审核|不予兑付|新增|实缴|实缴到位|到位|拨付|出资|认缴|实际到位"
    r"|签约|交付|存续|合计|每股|人均)(?:数|额|金额|规模)?"
)
_WEAK = re.compile(
    r"(?:(?:总|计划|规划|概算|估算|预估|测算|协议|意向|签约|合同|累计|预计|认缴|目标|管理|设计|拟|首轮|首期|本期|募集|涉|披露|发行|涉及|含税|不含税|剩余|合共|合计|造价|股权"
    r"|(?:[双三四各]方|两地|两家|两市)?各?(?:自|方)?出资|认购|分季度看)?(?:投资(?:总?额)?|投资金额|总?经费|募资额?|融资额?|金额|资金|额度|余额|差额|造价|单价|均价|缺口|股份|规模|面积|用地|占地"
    r"|占地面积|建筑面积|总建筑面积|产值|营收|收入|数量|总量|总数|总额|占比|比例|比重"
    r"|首期|一期|二期|三期|四期|国家级|省级|市级|省部级|其余|其他|前者|后者|平均?每[度卡吨台P千瓦时小]{1,4}(?:价格|均价)?|它|其|我们|我[市区县省]|他们|她|自己|该项目"
    r"|该?中心|该区|该市|容量|增速|增幅|降幅|涨幅|同比增幅|同比增速|持股|同比|环比))?\Z"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What stands before a number and what stands behind it, as offsets."""

    before: tuple[int, int]
    after: tuple[int, int]
    clause: tuple[int, int]
    """From the last mark before the number to the number: where its cues are looked for."""
    bracketed: tuple[int, int] | None = None
    """The name before the brackets that the number stands alone in: 郫都区(33%)."""


def window(folded: str, floor: int, position: int) -> int:
    """Return where the clause of `position` begins, seen from `floor` on."""
    text = folded[floor:position]
    if "(" in text:
        text = _PARENTHESES.sub(lambda found: "\x00" * len(found.group()), text)
    if "," in text:
        text = _THOUSANDS.sub("\x00", text)
    opened = text.rfind("(")
    cut = max(map(text.rfind, _DELIMITERS))
    return floor + max(cut, opened) + 1


def phrase(
    folded: str, quantity: Quantity, floor: int, ceiling: int, blanks: list[tuple[int, int]]
) -> Phrase:
    """Return the noun phrases around a quantity; `blanks` are times, which are never nouns."""
    start = window(folded, floor, quantity.start)
    text = folded[start : quantity.start]
    for first, last in blanks:
        low, high = max(first, start) - start, min(last, quantity.start) - start
        if low < high:
            text = text[:low] + "\x00" * (high - low) + text[high:]
    cut = text.rfind("\x00")
    own = text[cut + 1 :]
    rest = own
    if len(own.strip()) < 2 or _TAIL.fullmatch(own) or _goes_on(text[:cut], own):
        rest = text.replace("\x00", " ")
    begin = quantity.start - len(rest)
    lead, tail = 0, len(rest)
    ended = _TAIL.search(rest)
    if ended:
        tail = ended.start()
    led = LEAD.match(rest)
    if led:
        lead = min(led.end(), tail)
    verb = last_match(_LEAD_VERB, rest, lead, tail)
    whole = verb and verb.group()[:2] in ("实现", "完成", "获得") and verb.start() - lead >= 3
    if (
        verb
        and not whole
        and (
            tail - verb.end() >= 3
            or (verb.start() == lead and verb.group() == "实现" and tail - verb.end() == 2)
        )
        and rest[verb.end()] not in "的"
    ):
        lead = verb.end()
    before = (begin + lead, begin + tail)
    return Phrase(
        before=_trim(folded, *before),
        after=_after(folded, quantity, ceiling)
        if quantity.kind in ("count", "area", "money", "compute")
        else (quantity.end, quantity.end),
        clause=(start, quantity.start),
        bracketed=_bracketed(folded, quantity, floor),
    )


_HEAD_NOUN = re.compile(r"的|(?:人数|总数|数量|规模|总额|金额|总量|存量|余额|户数)")


_IN_BRACKET = 12
_GIVEN = re.compile(
    r"(?:拟|计划|预计|总|约)?(?:投入|投资|使用|安排|出资|持股|占股|占比|占)(?:金额|总?额|资金|比例)?"
)
"""建设项目(拟投入11亿元): the name before the brackets is what the number is of."""
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9\"]{2,20}\Z")


def _bracketed(folded: str, quantity: Quantity, floor: int) -> tuple[int, int] | None:
    opened = folded.rfind("(", max(0, floor, quantity.start - _IN_BRACKET), quantity.start)
    if opened < 0 or folded[quantity.end : quantity.end + 1] != ")":
        return None
    inside = folded[opened + 1 : quantity.start]
    if inside and not (_GIVEN.fullmatch(inside) or says_nothing(inside)):
        return None
    low = max(0, floor, opened - 22)
    name = _NAME.search(folded[low:opened])
    return (low + name.start(), low + name.end()) if name else None


def _goes_on(before: str, behind: str) -> bool:
    """从业人员期末人数, 深圳今年的产业规模: a time stands in the middle of the noun phrase."""
    words = before.strip(" \x00")
    return len(words) >= _SHORTEST and bool(_HEAD_NOUN.match(behind)) and not says_nothing(words)


_SHORTEST = 2


def says_nothing(text: str) -> bool:
    """Whether folded words are none but verbs and adverbs: 按计划, 估计会, 多出."""
    return bool(_NOTHING.match(text.strip())) and not _OF_TWO_VERBS.search(text)


_OF_TWO_VERBS = re.compile(
    r"(?:研发|科研|建设|生产|培训|创新|改造|升级|转化|销售)(?:投入|支出|服务)\s*\Z"
)
"""研发投入 is a noun, though of two verbs."""


def is_weak(text: str) -> bool:
    """Whether a phrase says too little without the thing it belongs to: 总投资, 国家级, 授权."""
    return bool(_WEAK.match(text)) or bool(_ACT.fullmatch(text)) or text.startswith("占")


def is_act(text: str) -> bool:
    """Whether a phrase is only what was done: 授权, 在建."""
    return bool(_ACT.fullmatch(text))


def _after(folded: str, quantity: Quantity, ceiling: int) -> tuple[int, int]:
    none = (quantity.end, quantity.end)
    if quantity.kind != "count" and folded[quantity.end : quantity.end + 1] != "的":
        return none
    found = _AFTER.match(folded, quantity.end, ceiling)
    if not found or _NOT_NOUN.match(found["noun"]):
        return none
    start, end = found.span("noun")
    noun = folded[start:end]
    if _RELATIVE.match(noun) and "的" in noun[:24]:
        start += noun.index("的") + 1
        noun = folded[start:end]
    stop = _AFTER_STOP.search(noun)
    if stop:
        noun = noun[: stop.start()]
    noun = (
        noun.partition("的")[0]
        if noun.find("的") >= 2
        else noun.replace("的", "", 1)
        if noun.startswith("的")
        else noun.partition("的")[0]
    )
    noun = re.sub(r"(?:和|及|与|以及|或)\Z", "", noun)
    if noun.count("(") != noun.count(")"):
        noun = noun.partition("(")[0]
    if len(noun) > 22 or not noun:
        return none
    return _trim(folded, start, start + len(noun))


def _trim(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start] in " \t、,\"'·:-=~\x00)":
        start += 1
    while end > start and folded[end - 1] in " \t、,\"'·:-=~\x00(":
        end -= 1
    if end - start > 30:
        start = end - 30
    if folded.count('"', start, end) % 2 and folded[end : end + 1] == '"':
        end += 1
    elif folded.count('"', start, end) % 2 and folded[start - 1 : start] == '"':
        start -= 1
    return start, end


def ends_in_verb(text: str) -> bool:
    """Whether a clause's last word before a number is a verb, so that its noun comes behind."""
    return bool(_STRONG_TAIL.search(text))


_VERB_FIRST = re.compile(rf"(?:{_VERB})(?:了|起|出|到)?")


def verb_at(folded: str, start: int, end: int) -> int | None:
    """Return where the verb ends that begins there, if one does."""
    found = _VERB_FIRST.match(folded, start, end)
    return found.end() if found else None


_VERB_LAST = re.compile(rf"(?:{_VERB})(?=了?\Z)")


def last_verb(words: str) -> str:
    """Return the verb that words end with, or none: 促成对接 + 1200余次."""
    found = _VERB_LAST.search(fold(words))
    return words[slice(*found.span())] if found else ""
