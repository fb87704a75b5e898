"""Titles of policy documents and their numbers, as they stand in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.facts.numerals import han

_ZH_TITLE = re.compile(r"《(?P<name>[^《》\n]{2,120}(?:《[^《》\n]{2,80}》[^《》\n]{0,40})?)》")
_ZH_QUOTED = re.compile(
    r'(?<=[出台布施行发了的即称现据按实受享])"(?P<name>[^"\n《》]{2,16}(?:[十百一二三四五六七八九\d]条|政策|新政|措施|行动方案|行动计划))"'
)
_ZH_NUMBER = re.compile(
    r"(?P<agency>[\u4e00-\u9fff]{2,14})\s?[\[(](?P<year>(?:19|20)\d\d|二零[零一二三四五六七八九]{2})"
    r"[\])]\s?(?P<ordinal>第?)(?P<number>\d{1,5}|[XxＸ×]{1,4}|[一二三四五六七八九十百]{1,5})\s?号"
)
_ZH_ORDER = re.compile(
    r"[(\[](?P<whole>[\u4e00-\u9fff]{1,20}(?:令|公告)\s?(?:(?:19|20)\d\d年)?\s?第?\s?\d{1,4}\s?号)"
)
"""(市政府令第210号), (工业和信息化部公告2025年第3号): numbers without a year in brackets."""
_EN_NUMBER = re.compile(
    r"(?P<agency>[A-Z][A-Za-z]+(?:\s[A-Z][A-Za-z]+){0,5})\s?[\[(]\s?(?P<year>(?:19"
    r"|20)\d\d)\s?[\])]\s?(?P<no>No\.?\s?(?P<number>\d{1,5}|X{1,4}))"
)
_ZH_ALIAS = re.compile(
    r'\s?\((?:以?下简?称|简称|又称)(?:为)?[:,]?\s?["《]?(?P<alias>[^"《》()\n]{2,24})["》]?\)'
)
_EN_ALIAS = re.compile(
    r"\s?\((?:the |hereinafter (?:referred to as )?(?:the )?|or )?"
    r'"(?:the )?(?P<alias>[A-Z][^"\n]{2,40})"\)'
)

_KIND_EN = (
    r"(?:Plan|Measures|Opinions?|Rules|Regulations?|Guidelines?|Guidance|Notice|Blueprint"
    r"|Policy|Policies|Provisions|Law|Outline|Scheme|"
    r"Standards?|Roadmap|Framework|Catalogue|Programme|Program|Circular|Proposal|Strategy"
    r"|Directive|Decision|Agreement|Interpretation|Explanation|Initiative|White[ ]Paper)"
)
_WORD_EN = (
    r"(?:[A-Z0-9][\w&+'./-]*|AI|\"[A-Z][^\"\n]{1,30}\"|\((?![^()\n]*(?:\["
    r"|No\.))[A-Z0-9][^()\n]{1,30}\))"
)
_LINK_EN = (
    r"(?:of|for|on|the|and|in|into|to|toward|towards|through|under|as|with|a|an|by|from|at|&|\+)"
)
_EN_QUOTED = re.compile(r'"(?P<name>[A-Z0-9][^"\n]{6,160}?)"')
_EN_NAMED = re.compile(
    rf"(?<![\w\"])(?P<name>(?:{_WORD_EN}[ ](?:{_LINK_EN}[ ]){{0,3}}){{1"
    rf",12}}{_KIND_EN}(?:[ ](?:{_LINK_EN}[ ]){{0,3}}{_WORD_EN}){{0"
    rf",16}}(?:[ ]\((?![^()\n]*(?:\[|No\.)|in force|effective|issued|since|now )"
    rf"[^()\n]{{2,40}}\)){{0,2}})"
)
_EN_FIRST = re.compile(
    r"(?:(?:\d{1,2}|[IVX]{1,4})[.)][ ])?(?:Articles?[ ][\d ,and to]{1,20}[ ]of[ ](?:the[ ])?)?"
    r"(?:(?:The|Under|In|On|By|According|Its|This|A|An|And|With|Once|To|For|As|At|From|If"
    r"|Chinese|New)[ ](?:the[ ]|to[ ](?:the[ ])?)?)*"
    r"(?:(?:[A-Z][\w.&-]*[ ]){0,6}[A-Z][\w.&-]*'s[ ](?=[A-Z]))?"
)
_EN_LEADING = re.compile(
    rf"(?<![\w\"])(?P<name>(?:{_KIND_EN}[ ](?:of|for|on|to)[ ])(?:{_WORD_EN}"
    rf"|{_LINK_EN})(?:[ ](?:{_WORD_EN}|{_LINK_EN})){{2,24}}(?:[ ]\((?![^()\n]*(?:\["
    rf"|No\.))[^()\n]{{2,40}}\)){{0,2}})"
)
_KIND_WORD = re.compile(rf"\b{_KIND_EN}\b")
_NEAR = 180
_DATED = re.compile(
    r"[ ](?:in|on|of|by|from|since|dated"
    r"|for)[ ](?:the[ ])?(?:\d{1,2}[ ])?(?:(?:January|February|March|April"
    r"|May|June|July|August|September|October|November|December)\b.*|(?:19"
    r"|20)\d\d\b(?![-/)]).*)\Z|\.\Z"
)
"""When it was issued is no part of a title."""
_NO_TITLE = re.compile(
    r"(?:Table|Figure|Annex|Appendix|Chapter|Section|Article|Clause)s?\b|.*[\n|]"
)
_PLAIN_KIND = re.compile(
    r"(?:Programme|Program|Standards?|Agreement|Initiative|Proposal|Decision|Strategy|Framework"
    r"|Scheme|Policy|Policies)\Z"
)
_FEWEST_WORDS = 4
"""Words of a title that ends in a kind which is as often no document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A document as a text names it; offsets into the text."""

    start: int
    end: int
    """Around the title with its marks, its number and its declared alias."""
    name: tuple[int, int]
    """The title itself, without marks; empty where only a number stands."""
    number: str = ""
    """As in the contract: 成办发〔2020〕97号."""
    alias: str = ""


def titles(folded: str, language: str) -> tuple[Title, ...]:
    """Return the documents a folded text names, in order."""
    found = _chinese(folded) if language == "zh" else _english(folded)
    return tuple(sorted(found, key=lambda title: (title.start, title.end)))


def _chinese(folded: str) -> Iterator[Title]:
    numbers = {match.start(): match for match in _numbers(folded)}
    used: set[int] = set()
    for match in _ZH_TITLE.finditer(folded):
        end, alias = match.end(), ""
        declared = _ZH_ALIAS.match(folded, end)
        if declared:
            alias, end = declared["alias"], declared.end()
        number = _number_behind(folded, end)
        order = None if number else _ZH_ORDER.match(folded, end)
        closed = number or order
        if number:
            used.add(number.start())
        if closed:
            end = closed.end() + (folded[closed.end() : closed.end() + 1] in (")", "]"))
        declared = declared or _ZH_ALIAS.match(folded, end)
        if declared and not alias:
            alias, end = declared["alias"], declared.end()
        name = match.span("name")
        written = "".join(order["whole"].split()) if order else _written(number)
        yield Title(start=match.start(), end=end, name=name, number=written, alias=alias)
    for match in _ZH_QUOTED.finditer(folded):
        yield Title(start=match.start(), end=match.end(), name=match.span("name"))
    for start, match in numbers.items():
        if start not in used and not any(start <= other < match.end() for other in used):
            name = _plain_title_before(folded, start)
            lead = _LEADING.match(match["agency"])
            first = match.start() + (lead.end() if lead else 0)
            name = name if name[0] < name[1] else (first, first)
            yield Title(start=first, end=match.end(), name=name, number=_written(match))


_YEAR_IN_BRACKETS = re.compile(r"[\[(](?:(?:19|20)\d\d|二零[零一二三四五六七八九]{2})[\])]")
_AGENCY = re.compile(r"[\u4e00-\u9fff]{2,14}\s?\Z")
_LONGEST_AGENCY = 15


def _numbers(folded: str) -> Iterator[re.Match[str]]:
    """Every document number: its year in brackets is looked for first, which is rare."""
    for year in _YEAR_IN_BRACKETS.finditer(folded):
        agency = _AGENCY.search(folded, max(0, year.start() - _LONGEST_AGENCY), year.start())
        number = _ZH_NUMBER.match(folded, agency.start()) if agency else None
        if number:
            yield number


def _number_behind(folded: str, end: int) -> re.Match[str] | None:
    named = _NUMBER_NAMED.match(folded, end)
    return _ZH_NUMBER.match(folded, named.end() if named else end)


_NUMBER_NAMED = re.compile(r"[(\[]|,?\s?(?:发文)?[文编]号(?:是|为|:)\s?")


_PLAIN_TITLE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,16}(?:实施细则|实施方案|实施意见|管理办法|通知|意见|办法"
    r"|方案|规划|细则))\($"
)


_LONGEST_CELL = 70
_CELL_BEFORE = re.compile(
    r"(?:\A|[\n\t|]|\s{2})\s?(?P<name>[^\s|][^\n\t|]{2,58}"
    r"(?:办法|细则|方案|意见|规定|措施|政策|规划|计划|指南|条例|通知|规则|指引)(?:\([^()\n]{1,12}\))?)"
    r"(?:\s?\|\s?|\t|\s{2,4})\Z"
)
"""A title in a cell of its own, before the cell with its number."""


def _plain_title_before(folded: str, start: int) -> tuple[int, int]:
    """实施细则（成高经发〔2024〕31号）: a title that carries no marks."""
    cell = _CELL_BEFORE.search(folded, max(0, start - _LONGEST_CELL), start)
    if cell:
        return cell.span("name")
    match = _PLAIN_TITLE.search(folded, max(0, start - 24), start)
    if not match:
        return (start, start)
    name = re.sub(r"^.*(?:及其|和|与|按照|根据|依据|及)", "", match["name"])
    return (match.end("name") - len(name), match.end("name"))


_LEADING = re.compile(r"^(?:的通知|的|号|根据|按照|依据|以|印发|通知|文号是?为?)")


def _written(match: re.Match[str] | None) -> str:
    if not match:
        return ""
    agency = re.sub(
        r"^(?:的通知|的|号|根据|按照|依据|以|印发|通知|文号是?为?)", "", match["agency"]
    )
    year, number = match["year"], match["number"].upper()
    if not year.isdigit():
        year = f"{han(year):f}"
    if number[0] in "一二三四五六七八九十百":
        number = f"{han(number):f}"
    return f"{agency}〔{year}〕{match['ordinal']}{number}号"


def _english(folded: str) -> Iterator[Title]:
    found = list(_english_titles(folded))
    yield from found
    yield from _alone(folded, [(one.start, one.end) for one in found], found)


def _english_titles(folded: str) -> Iterator[Title]:
    taken: list[tuple[int, int]] = []
    for pattern in (_EN_QUOTED, _EN_NAMED, _EN_LEADING):
        for match in pattern.finditer(folded):
            start, end = match.span("name")
            first = _EN_FIRST.match(folded, start, end)
            start = first.end() if first else start
            dated = _DATED.search(folded[start:end]) if folded[end : end + 1] != '"' else None
            end = start + dated.start() if dated else end
            stopped = _STOPPED.search(folded, start, end)
            end = stopped.end() - 2 if stopped else end
            if any(start < b and a < end for a, b in taken) or not _is_document(folded[start:end]):
                continue
            taken.append((start, end))
            yield _english_title(folded, match, start, end)


_PERIOD = re.compile(r"(?:the\s)?\d{1,2}th\sFive-Year\sPlan(?:\s[Pp]eriod)?", re.IGNORECASE)
"""The years of a plan, and no document."""


def _is_document(name: str) -> bool:
    if not _KIND_WORD.search(name) or len(name) < 12 or _PERIOD.fullmatch(name):
        return False
    if _NO_TITLE.match(name) or (_PLAIN_KIND.search(name) and len(name.split()) < _FEWEST_WORDS):
        return False
    capitals = sum(1 for word in name.split() if word[:1].isupper() or not word[:1].isalpha())
    return (
        capitals >= 2
        and len(name.split()) >= 3
        and not re.match(r"(?:The\s)?(?:Plan|Five-Year)\b", name)
    )


_STOPPED = re.compile(r"(?:\d|[a-z]{3})\. (?=[A-Z])")
"""A sentence ends inside: two sentences, and no title."""
_RIGHT_BEHIND = 5


def _belongs(gap: str) -> bool:
    """Whether a number belongs to the title before it: in brackets behind it, or later on."""
    if len(gap) <= _RIGHT_BEHIND:
        return gap.strip() in ("(", "", ",", "[")
    return (
        "." not in gap
        and "\n" not in gap
        and gap.rstrip().endswith("(")
        and not (_KIND_WORD.search(gap) or '"' in gap)
    )


def _numbered(number: re.Match[str]) -> str:
    return f"{number['agency']} 〔{number['year']}〕 No. {number['number']}"


def _alone(folded: str, taken: list[tuple[int, int]], found: list[Title]) -> Iterator[Title]:
    """A number at the head of a page, without a title: of the document that the page is."""
    known = {title.number for title in found}
    for match in _EN_NUMBER.finditer(folded, 0, min(len(folded), _HEAD)):
        if any(a <= match.start() < b for a, b in taken) or _numbered(match) in known:
            continue
        start = match.start()
        near = max(0, start - _LONGEST_QUOTED)
        quoted = _QUOTED_BEFORE.search(folded, near, start) or _SHORT_BEFORE.search(
            folded, near, start
        )
        name = quoted.span("name") if quoted else (start, start)
        yield Title(start=name[0], end=match.end(), name=name, number=_numbered(match))


_HEAD = 500
_SHORT_BEFORE = re.compile(
    rf"(?<=the )(?P<name>(?:[A-Z][\w-]*\s){{0,6}}{_KIND_EN}"
    r"(?:\s(?:of|for|on)(?:\s(?:of|for|and|the|[A-Z][\w-]*)){1,6}))\s\(\Z"
)
"""A title of few words is one where its number follows."""
_LONGEST_QUOTED = 180
_QUOTED_BEFORE = re.compile(r'"(?P<name>[A-Z][^"\n]{8,160})"\s?\(?\Z')
"""A title that scanning has broken keeps its marks and its number."""


def _english_title(folded: str, match: re.Match[str], start: int, end: int) -> Title:
    outer = match.end() + (folded[match.end() : match.end() + 1] == '"')
    if folded[start:end].lower().startswith("the "):
        start += 4
    number = _EN_NUMBER.search(folded, outer, min(len(folded), outer + _NEAR))
    written = ""
    if number and _belongs(folded[outer : number.start()]):
        written = _numbered(number)
        near = number.start() - outer <= _RIGHT_BEHIND
        closed = folded[number.end() : number.end() + 2].strip()[:1] in (")", "]")
        outer = number.end() + closed if near else outer
    declared = _EN_ALIAS.match(folded, outer)
    return Title(
        start=match.start(),
        end=declared.end() if declared else outer,
        name=(start, end),
        number=written,
        alias=declared["alias"] if declared else "",
    )
