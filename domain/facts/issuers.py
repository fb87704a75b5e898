"""Who issues a document, as the sentence that names it says."""

import re

from domain.facts.english import issuers as english
from domain.facts.page import Page, Sentence
from domain.facts.titles import Title

_BODY = (
    r"[\u4e00-\u9fff()]{2,24}?(?:人民政府办公厅|人民政府|办公厅|办公室|委员会|管委会|管理局"
    r"|数据局|经信局|科技局|财政局|局|委|部|厅|政府|国务院|网信办|领导小组|协会|新区|高新区|经开区|市|省|[区县])"
)
_VERB = (
    r"(?:联合|正式|共同|同步|日前|近日|今日|现场|昨天|今年|去年|于?[\d月年日]{2,11})*(?:印发|发布|出台|公布|颁布|下发"
    r"|制定|推出|起草|公开征求|亮出|送出|祭出|批准实施|修[订正](?:印发|公布|发布|出台))"
)
_ZH = re.compile(
    rf"(?:^|[,。;:、\n和与及日前])(?P<body>{_BODY})(?:等[一二三四五六七八九十\d]{{1"
    rf",3}}(?:个)?(?:部门|单位|厅局))?{_VERB}[^《]{{0,24}}$"
)
_LIST = re.compile(
    rf"(?P<bodies>{_BODY}(?:[、和与]{_BODY}){{0,5}})(?:等[一二三四五六七八九十\d]{{1"
    rf",3}}(?:个)?(?:部门|单位|厅局))?{_VERB}[^《]{{0,24}}$"
)


_HEADS = re.compile(
    rf"(?P<bodies>{_BODY}(?:[、和与 ]{{1,2}}{_BODY}){{0,5}})[ ]{{0,3}}"
    r"关于(?:印发|转发|发布|公布|公开征求|修订|修改|废止)[^《]{0,10}$"
)
_RIGHT_BEFORE = re.compile(
    r"(?:^|[,;:、]|根据|按照|依据|落实|贯彻|日前|近日|日|日起)(?P<bodies>国务院(?:办公厅)?|[\u4e00-\u9fff]{2,16}(?:人民政府|办公厅|委员会|厅|局|部))(?:(?:日前|近日|昨[日天]?|今[日天]?)?就)?$"
)
"""国务院《关于…的意见》."""
_LABEL_VERB = re.compile(
    r"^[^《]{0,4}(?:正式|日前|近日|今日|率先)?(?:印发|发布|出台|公布|推出|修订|发)[^《]{0,10}$"
)


def _of_label(page: Page, sentence: Sentence, title: Title) -> list[str]:
    """深圳:印发《…》: in a roundup the label of the line says whose document it is."""
    block = page.block_of(sentence)
    label = page.text[slice(*block.label)].strip(" ◆■●▲·*-")
    if not label or not _LABEL_VERB.match(page.folded[block.body : title.start].lstrip(": ")):
        return []
    named = [name for name in page.names_in(*block.label) if name.entry.kind == "place"]
    return [label] if named and len(label) <= _SHORT else []


_SHORT = 8


def issuers(page: Page, sentence: Sentence, title: Title) -> list[str]:
    """Return the issuing bodies a sentence gives before the title; none where it gives none."""
    before = page.folded[sentence.start : title.start]
    if page.language == "en":
        return english.issuers(page, sentence, title)
    match = _LIST.search(before) or _HEADS.search(before) or _RIGHT_BEFORE.search(before)
    if not match:
        return _of_label(page, sentence, title)
    text = page.text[sentence.start + match.start("bodies") : sentence.start + match.end("bodies")]
    return [_plain(body) for body in _AND.split(text) if len(_plain(body)) >= 2]


_AND = re.compile(
    r"[、與与 ]{1,2}"
    r"|和(?!信息化|資訊化|改革|城[乡鄉]|自然|社[会會]|旅游|健康|退役|应急|新经济)"
)
"""成都市经济和信息化局 is one body."""


def _plain(body: str) -> str:
    return re.sub(r"^(?:根据|依据|按照?|近日|日前|今日|由|据悉|[\d月年日]+|[,，。、])+", "", body)
