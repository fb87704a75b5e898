"""The canonical text: what was given, minus what no reader sees."""

import re
import unicodedata

from domain.text.wrapping import unwrapped

LONGEST = 100_000
"""Characters of an article that are read; the rest is cut off, so that its time is bounded."""

_SPACES = {0x00A0, 0x2007, 0x202F, 0x205F, 0x1680, *range(0x2000, 0x200B)}
_BREAKS = {0x0B, 0x0C, 0x85, 0x2028, 0x2029}

# SEO mirrors put the pronunciation behind each character: 产(chǎn)业(yè).
_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zA-Zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüɡ]{1,7}[)）]")
_TONE = re.compile("[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]")
_FEWEST_PINYIN = 4
# Some leave the tones out: 产(chan)业. What stands in brackets then has to be a syllable each time.
_SYLLABLE = re.compile(r"[(（](?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?[aeiouvü]{1,3}(?:ng?|r)?[)）]")

# Badly converted pages put a space between two Han characters: 人 工 智 能.
_SCATTERED = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SCATTERED_SHARE = 0.04

# A scanned page whose letters were read puts one before marks as well: 以上的 ，分三年.
_BEFORE_MARK = re.compile(r"(?<=[\u3400-\u9fff\d%％）〕”]) (?=[，。；、）〕”])")
_FEWEST_BEFORE_MARKS = 3

# Digits of one number apart: "1 000 万元" stays, "2 0 2 5 年" and "2 1 个" are repaired.
_SPACED_DIGITS = re.compile(
    r"(?<![\d ])\d(?: \d){3}(?= ?年)|(?<=[\u3400-\u9fff] )[1-9](?: \d){1,3}(?= [个家项名户])"
)
_APART = re.compile(r"\d \d")
_DIGIT_GAP = re.compile(
    r"(?<=[\u3400-\u9fff\d%％）〕”]) (?=[\d\u3400-\u9fff%％，。；、：）〕”（〔“])"
    r"|(?<=[，。；、：（〔“]) (?=[\d\u3400-\u9fff“])"
)


def clean(given: str) -> str:
    """Return the canonical text of `given`: every offset of a reading counts its code points."""
    text = _visible(given[:LONGEST].replace("\r\n", "\n").replace("\r", "\n"))
    text = _without_scattered_spaces(_without_pinyin(text))
    return unwrapped(_without_marks(text))


def clean_line(given: str) -> str:
    """Return a title or other single line, cleaned and with no line break left in it."""
    return " ".join(clean(given).split())


def _visible(text: str) -> str:
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text  # as most texts are; no odd character is printable
    odd = {character for character in set(text) - _PLAIN if _is_odd(character)}
    if not odd:
        return text
    return text.translate({ord(character): _instead(character) for character in odd})


_PLAIN: set[str] = set()
"""Characters that were met before and are not odd: set arithmetic costs less than asking each."""


def _is_odd(character: str) -> bool:
    category = unicodedata.category(character)
    if character not in "\n\t" and (
        ord(character) in _SPACES or category in ("Cf", "Cc", "Cs", "Zl", "Zp")
    ):
        return True
    _PLAIN.add(character)
    return False


def _instead(character: str) -> str:
    code = ord(character)
    if code in _SPACES:
        return " "
    if code in _BREAKS:
        return "\n"
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else ""


# Marks of Markdown that a feed took for text.
_MARKS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|^#{1,6}[ ]+|`{1,3}", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]\n]{1,200})\]\(https?://[^()\s]{1,500}\)")


def _without_marks(text: str) -> str:
    if "**" not in text and "](" not in text and not text.startswith("#") and "\n#" not in text:
        return text
    return _MARKS.sub("", _LINK.sub(r"\1", text))


def _without_pinyin(text: str) -> str:
    if text.count("(") + text.count("（") < _FEWEST_PINYIN:
        return text
    found = _PINYIN.findall(text)
    if len(found) < _FEWEST_PINYIN:
        return text
    toned = sum(1 for residue in found if _TONE.search(residue))
    plain = all(_SYLLABLE.fullmatch(residue) for residue in found)
    if toned < 3 and not plain and len(found) < 4 * _FEWEST_PINYIN:
        return text
    return _PINYIN.sub("", text)


def _without_scattered_spaces(text: str) -> str:
    if text.isascii():
        return text
    if _APART.search(text):
        text = _SPACED_DIGITS.sub(lambda found: found.group().replace(" ", ""), text)
    return _DIGIT_GAP.sub("", text) if _is_scattered(text) else text


def _is_scattered(text: str) -> bool:
    if text.count(" ") < _FEWEST_BEFORE_MARKS:
        return False
    if len(_BEFORE_MARK.findall(text)) >= _FEWEST_BEFORE_MARKS:
        return True
    gaps = len(_SCATTERED.findall(text))
    return gaps >= 8 and gaps >= _SCATTERED_SHARE * len(_HAN.findall(text))
