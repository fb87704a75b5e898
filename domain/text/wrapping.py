"""Hard line breaks: a paragraph that was cut at a fixed width is put together again."""

import re

_TERMINAL = re.compile(r"[。！？!?；;:：.…][\"”’）)」』]{0,2}\s*\Z")
_BEGINS = re.compile(
    r"\s*(?:[-*·•◆■▪●○★☆►▶|#>]|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[条章节]"
    r"|\d{1,2}[.、)）]|[①-⑳]|《|【|附件|[^\s:：]{2,10}[:：])"
)
_WIDE_ONES = r"\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60"
_WIDE = re.compile(f"[{_WIDE_ONES}]")
_NARROW = re.compile(f"[^{_WIDE_ONES}]+")
_NARROWEST, _WIDEST = 36, 140
_FEWEST = 5
_SHARE = 0.3


def unwrapped(text: str) -> str:
    """Return the text with the line breaks of a fixed width taken out; other texts as they are."""
    lines = text.split("\n")
    written = sorted(length for line in lines if (length := len(line.strip())))
    if len(written) < 2 * _FEWEST or _most(written) > _WIDEST:
        return text
    widths = [_width(line) for line in lines]
    full = sorted(width for width in widths if width)
    limit = _most(full)
    slack = 16 if _wide(text) * 3 < len(text) else 7
    open_lines = [
        number for number in range(len(lines) - 1) if _is_open(lines, widths, number, limit, slack)
    ]
    if not _NARROWEST <= limit <= _WIDEST or len(open_lines) < max(_FEWEST, _SHARE * len(full)):
        return text
    return _joined(lines, set(open_lines))


def _width(line: str) -> int:
    """Columns: a Han character takes two."""
    plain = line.strip()
    return len(plain) + _wide(plain)


def _wide(text: str) -> int:
    """How many characters are wide: all but those in runs of narrow ones."""
    return 0 if text.isascii() else len(text) - sum(map(len, _NARROW.findall(text)))


def _most(growing: list[int]) -> int:
    """What nine of ten do not pass."""
    return growing[int(len(growing) * 0.9)]


def _is_open(lines: list[str], widths: list[int], number: int, limit: int, slack: int) -> bool:
    if not limit - slack <= widths[number] <= limit + slack or not widths[number + 1]:
        return False
    return not _TERMINAL.search(lines[number]) and not _BEGINS.match(lines[number + 1])


def _glue(above: str, below: str) -> str:
    """A space between English words; nothing between Chinese ones, nor within their numbers."""
    if _WIDE.search(above[-1:] + below[:1]):
        return ""
    chinese = _WIDE.search(above[-8:] + below[:8])
    return "" if chinese and not (above[-1:].isalpha() and below[:1].isalpha()) else " "


def _joined(lines: list[str], open_lines: set[int]) -> str:
    parts: list[str] = []
    for number, line in enumerate(lines):
        parts.append(line if number not in open_lines else line.rstrip())
        if number == len(lines) - 1:
            break
        if number in open_lines:
            parts.append(_glue(line.rstrip(), lines[number + 1].lstrip()))
            lines[number + 1] = lines[number + 1].lstrip()
        else:
            parts.append("\n")
    return "".join(parts)
