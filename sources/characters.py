"""Characters that may stay: what XML, databases, terminals and readers' eyes can take."""

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids; PostgreSQL refuses NUL, UTF-8 refuses lone surrogates."""

_UNSEEN = re.compile(
    "[\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Direction controls, zero-width characters, tags: they hide or turn round what is read."""

_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]++)|([0-9]++));?")


def legal(text: str) -> str:
    """Drop what XML forbids, and replace references to characters that do not exist.

    Linear; Python's own unescaping raises on references of some thousand digits.
    """
    if not _is_printable(text):
        text = _ILLEGAL.sub("", text)
    return _REFERENCE.sub(_reference, text) if "&#" in text else text


def visible(text: str) -> str:
    """Drop every character that cannot be seen but would act: nothing to fool a reader with."""
    return text if _is_printable(text) else _UNSEEN.sub("", _ILLEGAL.sub("", text))


def _is_printable(text: str) -> bool:
    """Most texts are, and then nothing has to be looked for: no odd character is printable."""
    return text.replace("\n", "").isprintable()


def width(text: str) -> int:
    """How wide a text is: Han characters say about twice as much as letters."""
    return len(text) + len(_WIDE.findall(text))


_WIDE = re.compile("[\u2e80-\uffff\U00020000-\U0003ffff]")


def _reference(found: re.Match[str]) -> str:
    """A reference to a character that exists stays; 128 to 159 mean Windows' characters."""
    hexadecimal, decimal = found.groups()
    digits = (hexadecimal or decimal).lstrip("0")[:9]
    number = int(digits or "0", 16 if hexadecimal else 10)
    if 0x80 <= number < 0xA0:
        return bytes((number,)).decode("cp1252", "replace")
    exists = number in {9, 10, 13} or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    return found.group() if exists or 0x10000 <= number <= 0x10FFFF else "\ufffd"
