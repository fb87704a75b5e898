"""A deadline as a calendar file that phones and mail programs take over (RFC 5545)."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.render.facts import QUOTE_LENGTH
from bot.safe_text import cut, one_line, web_address
from domain.deadlines import Window

_PLACE = ZoneInfo("Asia/Shanghai")
"""Where the hours of Chinese notices count."""
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_LONGEST = 75
"""Octets of a line; what is longer goes on in the next one, after a space."""


def calendar_file(window: Window, now: datetime) -> bytes:
    """Return the file: the last day, or its hour, what is to be done, the words and the address."""
    fact, article = window.stated.fact, window.stated.article
    said = one_line(fact.evidence[0].quote)
    about = f"{cut(said, QUOTE_LENGTH)}\n{one_line(article.title)}"
    fields = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pilotwatch//Deadlines//EN",
        "BEGIN:VEVENT",
        f"UID:f{window.stated.number}@pilotwatch",
        f"DTSTAMP:{_moment(now)}",
        *_when(window),
        f"SUMMARY:{_text(cut(one_line(fact.subject), 200))}",
        f"DESCRIPTION:{_text(about)}",
        *([f"URL:{url}"] if (url := web_address(article.url)) else []),
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(cut(one_line(fact.subject), 200))}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in fields).encode()


def _when(window: Window) -> list[str]:
    last = window.last
    clock = _CLOCK.fullmatch(window.clock or "")
    if clock is None:
        after = last + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{last:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    # 24:00 is the end of the day.
    hour, minute = int(clock[1]), int(clock[2])
    end = datetime.combine(last, time(), _PLACE) + timedelta(hours=hour, minutes=minute)
    return [f"DTSTART:{_moment(end)}", f"DTEND:{_moment(end)}"]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    for special in ("\\", ";", ","):
        text = text.replace(special, f"\\{special}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line where its octets are too many, never within a character."""
    parts, used = [""], 0
    for character in line:
        octets = len(character.encode())
        if used + octets > _LONGEST:
            parts.append(" ")
            used = 1
        parts[-1] += character
        used += octets
    return "\r\n".join(parts)
