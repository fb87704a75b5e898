"""Which encoding bytes are really in, from all the evidence: marks, validity, labels, looks.

Chinese sites label GB18030 as GB2312, GBK as nothing, and anything as UTF-8. So UTF-8 that
is valid wins over any label; after that the candidates are compared by what they make of it.
"""

import codecs
import re
from dataclasses import dataclass
from functools import cache

_SAMPLE = 200_000  # bytes that are compared; an encoding does not change half way
_DOUBTFUL = 0.02  # of the characters beyond ASCII that are unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHAPES = (
    (re.compile(rb"\s*<\x00\x00\x00"), "utf-32-le"),
    (re.compile(rb"\x00\x00\x00<"), "utf-32-be"),
    (re.compile(rb"(?:\s\x00){0,64}<\x00[^\x00]\x00"), "utf-16-le"),
    (re.compile(rb"(?:\x00\s){0,64}\x00<\x00[^\x00]"), "utf-16-be"),
)
"""A first "<" in one of the wide encodings, without a mark."""

_ALIASES = {
    **dict.fromkeys(
        (
            *("gb2312", "gb_2312", "gb_2312-80", "gb2312-80", "csgb2312", "csiso58gb231280"),
            *("iso-ir-58", "chinese", "gbk", "x-gbk", "cp936", "ms936", "windows-936", "936"),
            *("gb18030", "gb18030-2000", "gb18030-2005", "gb18030-2022", "gb-18030", "gb_18030"),
            *("euc-cn", "x-euc-cn", "euccn", "gb"),
        ),
        "gb18030",
    ),
    **dict.fromkeys(
        ("big5", "big-5", "big5-hkscs", "big5hkscs", "cn-big5", "x-x-big5", "csbig5", "cp950"),
        "big5hkscs",
    ),
    **dict.fromkeys(("utf-8", "utf8", "utf_8", "unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
    **dict.fromkeys(
        (
            "ascii",
            "us-ascii",
            "iso-8859-1",
            "iso8859-1",
            "latin1",
            "latin-1",
            "l1",
            "cp1252",
            "windows-1252",
        ),
        "cp1252",
    ),
}
"""Labels as browsers read them; each GB standard contains the one before it."""

_OTHERS = re.compile(
    r"iso-?8859-(?:[2-9]|1[0345])|(?:windows-|cp)125[013-8]|koi8-[ru]|euc[-_](?:jp|kr)|shift[-_]jis"
    r"|cp(?:932|949|866)|x-sjis|ks_c_5601-1987|tis-620"
)
"""The rest of what may be asked of Python by name: nothing that is no character encoding."""

_META = re.compile(
    rb"<meta\s[^<>]{0,200}?charset\s{0,8}=\s{0,8}[\"']?([^\"'<>;,\s/]{1,40})", re.IGNORECASE
)
_HEAD = 8 * 1024  # bytes of a web page in which it declares its encoding; browsers look at 1,024
_DECLARED = re.compile(rb"encoding\s{0,8}=\s{0,8}[\"']([^\"'<>]{1,40})[\"']")
_HEADER = re.compile(r"charset\s{0,8}=\s{0,8}[\"']?([^\"';,\s]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and how it was had."""

    text: str
    encoding: str
    doubtful: bool = False
    """So much is unreadable that it was probably another encoding."""


def decode(body: bytes, content_type: str = "", asked: str | None = None) -> Decoded:
    """Turn bytes into text; whatever is in them, this does not fail.

    `asked` is an encoding that an operator insists on: it wins over everything but a mark. What
    is no encoding of text is not insisted on.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], encoding)
    wanted = known(asked) if asked else None
    if wanted is not None:
        return _decoded(body, wanted)
    for shape, encoding in _SHAPES:
        if shape.match(body):
            return _decoded(body, encoding)
    try:
        return Decoded(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decoded(body, _likeliest(_sample(body), _labels(body, content_type)))


def _decoded(body: bytes, encoding: str) -> Decoded:
    text = body.decode(encoding, "replace")
    beyond = len(text) - _ascii_count(text)
    return Decoded(text, encoding, text.count("\ufffd") > beyond * _DOUBTFUL)


def _sample(body: bytes) -> bytes:
    # From the first byte that tells anything: pages begin with long scripts in plain ASCII.
    telling = _BEYOND_ASCII.search(body)
    start = telling.start() if telling else 0
    return body[start : start + _SAMPLE]


_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


def _ascii_count(text: str) -> int:
    return len(text.encode("ascii", "ignore"))


def _labels(body: bytes, content_type: str) -> list[str]:
    header = _HEADER.search(content_type)
    declaration = body[:1024].split(b">", 1)[0]
    declared = _DECLARED.search(declaration)
    meta = None if declared else _META.search(body, 0, _HEAD)
    found = (
        known(header.group(1)) if header else None,
        known(declared.group(1).decode("latin-1")) if declared else None,
        known(meta.group(1).decode("latin-1")) if meta else None,
    )
    return [label for label in dict.fromkeys(found) if label]


def known(label: str) -> str | None:
    """Return Python's name for an encoding of text as sites call it, or None."""
    label = label.strip().lower()
    if label in _ALIASES:
        return _ALIASES[label]
    if not _OTHERS.fullmatch(label):
        return None
    return {"x-sjis": "cp932", "shift_jis": "cp932", "ks_c_5601-1987": "cp949"}.get(label, label)


def _likeliest(sample: bytes, labels: list[str]) -> str:
    for label in labels:
        if label not in _CONFUSED and _reads(sample, label):
            return label
    candidates = dict.fromkeys((*labels, "gb18030", "big5hkscs", "utf-8", "cp1252"))
    return min(candidates, key=lambda encoding: _cost(sample, encoding, labels))


_CONFUSED = frozenset({"utf-8", "gb18030", "big5hkscs", "cp1252"})
"""Declared in each other's place so often that the label alone decides nothing."""


def _reads(sample: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _cost(sample: bytes, encoding: str, labels: list[str]) -> float:
    """How implausible the text is in this encoding; the share of odd characters, mainly."""
    text = sample.decode(encoding, "replace")
    beyond = [character for character in text if character > "\x7f"]
    if encoding == "cp1252":
        odd = _neighbours(text)
    else:
        usual = _usual()
        odd = sum(character not in usual for character in beyond)
    unreadable = text.count("\ufffd")
    label = 0.05 if encoding in labels else 0.0
    return (odd + 3 * unreadable) / (len(beyond) or 1) - label + _SUSPICION.get(encoding, 0.05)


_SUSPICION = {"gb18030": 0.0, "big5hkscs": 0.02, "utf-8": 0.0, "cp1252": 0.10}
"""What the undeclared reading has against it: no Chinese text fails to be Latin, for one."""


def _neighbours(text: str) -> int:
    # Latin letters with accents stand between plain ones; Chinese taken for Latin comes in runs.
    return sum(len(run.group()) for run in re.finditer("[\x80-\uffff]{2,}", text))


@cache
def _usual() -> frozenset[str]:
    """The characters that Chinese is written in: the first levels of GB 2312 and of Big5."""
    simplified = _rows("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    traditional = _rows("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    signs = _rows("gb2312", (0xA1, 0xA2, 0xA3, 0xA8), range(0xA1, 0xFF))
    return frozenset(simplified + traditional + signs + "—“”‘’…·「」『』《》（）：；，。？！％￥")


def _rows(
    encoding: str, leads: "range | tuple[int, ...]", trails: "range | tuple[int, ...]"
) -> str:
    pairs = b"".join(bytes((lead, trail)) for lead in leads for trail in trails)
    return pairs.decode(encoding, "ignore")
