"""Lines in capitals: a wire's flashes, headings of a filing, read as if written plainly."""

import re

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z&.']*")
_FEWEST = 4
"""Words in capitals that make a line one of capitals: fewer are a name or a heading's mark."""
_KEPT_WORDS = """
    AI GPU CPU NPU LLM AIGC RMB CNY USD HKD EUR US GDP PUE FLOPS PFLOPS EFLOPS IPO CEO CFO
    MIIT NDRC IDC IT ICT EV R&D FY H Q P EU UK STAR API SME SMES
"""
_KEPT = frozenset(_KEPT_WORDS.split())
_NAMES_WORDS = """
    JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER JAN
    FEB MAR APR JUN JUL AUG SEP SEPT OCT NOV DEC MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY
    SATURDAY SUNDAY CHENGDU SICHUAN CHINA BEIJING SHANGHAI SHENZHEN FIVE-YEAR PLAN
"""
_NAMES = frozenset(_NAMES_WORDS.split())


def quieted(folded: str) -> str:
    """Return the text with lines of nothing but capitals in small letters, of the same length.

    Abbreviations stay as they are; months, days and well-known places keep their first letter.
    """
    if not folded.isascii() and len(folded.upper()) != len(folded):
        return folded
    return _LINE.sub(_quiet, folded)


def _quiet(line: re.Match[str]) -> str:
    text = line.group()
    if text != text.upper() or len(_WORD.findall(text)) < _FEWEST:
        return text
    return _WORD.sub(_lowered, text)


def _lowered(word: re.Match[str]) -> str:
    text = word.group()
    plain = text.rstrip(".'")
    if plain in _KEPT:
        return text
    return text.capitalize() if plain in _NAMES else text.lower()
