"""The head of a news item, where and by whom it was sent: no part of what it says."""

import re

_ZH = re.compile(
    r"\[[^\]\n\d]{2,12}\]\s*(?=[^\s])|[\[【](?:20)?\d\d[-/.]\d{1,2}[-/.]\d{1,2}[\]】]\s*(?=[^\s])"
    r"|[\u4e00-\u9fff·]{2,12}(?:\d{1,2}月)?\d{1,2}日电(?:\s?\([^()\n]{0,30}\))?[\s:,]*|"
    r"[【\[][^】\]\n]{1,20}(?:讯|电|消息)[】\]]\s*"
    r"|[^\s,。;:\n]{2,14}讯(?:\s?\([^()\n]{0,30}\)|(?=[\s:]))[\s:]*"
    r"|\([^\s()\n,。;:]{1,12}(?:电|讯)\)[\s:]*"
    r"|(?:本报|本网|本台|[^\s,。;:\n]{2,8}[报网社台])[^\s,。;:\n]{0,16}"
    r"(?:讯|电)(?:\s?\([^()\n]{0,30}\)|(?=[\s:]))[\s:]*"
)
_EN = re.compile(
    r"[A-Z][A-Za-z' .,]{2,40}?(?:\s\d{1,2}(?:,\s\d{4})?)?\s\([A-Z][^()\n]{2,30}\)"
    r"\s?-{1,2}\s(?![¥$€£\d])"
    r"|[A-Z]{3,20}(?:[ ,/][A-Za-z.]{2,12}){0,3}(?:\s\d{1,2}(?:,\s\d{4})?)?\s-{1,2}\s"
)


def behind_dateline(folded: str, start: int, end: int, language: str) -> int:
    """Return where a sentence begins, behind the dateline that may stand before it."""
    found = (_EN if language == "en" else _ZH).match(folded, start, end)
    return found.end() if found and found.end() < end else start
