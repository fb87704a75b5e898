"""Log lines, for people or for programs; none ever holds a secret or breaks into a second line."""

import json
import logging
import re
import sys
from collections.abc import Collection
from datetime import UTC, datetime
from typing import TextIO

from bot.settings import Settings
from jobs.concerning import concerned

NOISY = (
    "httpx",
    "httpcore",
    "aiohttp",
    "apscheduler",
    "telegram",
    "asyncio",
    "alembic",
    "procrastinate",
    "psycopg.pool",
)
"""httpx logs every address at INFO, and Telegram's addresses hold the token; others only chat."""

_REDACTIONS = (
    (re.compile(r"/bot(\d+):[^/\s\"'<>]*"), r"/bot\1:***"),
    (re.compile(r"(?<!\d)(\d{5,}):[A-Za-z0-9_-]{20,}"), r"\1:***"),
    (re.compile(r"://[^/\s@\"'<>]+@"), "://***@"),
    (
        re.compile(
            r"(?i)\b((?:access_?|api_?|auth_?)?(?:token|key|password|passwd|secret|sig|signature)"
            r"=)[^&\s\"'<>]+"
        ),
        r"\1***",
    ),
)

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Redaction:
    """Takes secrets out of a text: the known ones, and whatever has the form of one."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """Return the text without secrets."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        for pattern, replacement in _REDACTIONS:
            text = pattern.sub(replacement, text)
        return text


class TextFormatter(logging.Formatter):
    """One line a record; a traceback follows indented, so that no text can pose as a record."""

    def __init__(self, redact: Redaction) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line, and below it the lines of its exception."""
        when = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        message = printable(self._redact(record.getMessage()))
        line = f"{when}Z {record.levelname:<7} {record.name}: {message}"
        details = (printable(text) for text in self._redact(_details(self, record)).splitlines())
        return "\n    ".join((line, *details))


class JSONFormatter(logging.Formatter):
    """One JSON object a record, with the numbers of what was being worked on."""

    def __init__(self, redact: Redaction) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._redact(record.getMessage()),
            **concerned(),
        }
        if details := self._redact(_details(self, record)):
            fields["exception"] = details
        return json.dumps(fields, ensure_ascii=True)


def token_parts(token: str) -> tuple[str, ...]:
    """Return the token and its secret half, which is as bad when it stands alone."""
    return token, token.partition(":")[2]


def printable(text: str) -> str:
    r"""Write control characters and those that turn a line around as escapes (`\n`, `\u202e`)."""
    return _UNPRINTABLE.sub(lambda found: repr(found[0])[1:-1], text)


def set_up_logging(settings: Settings, stream: TextIO | None = None) -> None:
    """Send every log record and Python warning to one redacting handler (stderr)."""
    redact = Redaction(token_parts(settings.telegram_bot_token or ""))
    form = JSONFormatter if settings.log_format == "json" else TextFormatter
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(form(redact))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for name in NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # They log tracebacks of what `bot.telegram.Line` says in one line.
    for name in ("telegram.ext", "telegram.ext.Updater"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # A tick that is still running when its next one comes is no news: it is skipped.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    logging.captureWarnings(True)


def _details(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    parts = []
    if record.exc_info:
        parts.append(formatter.formatException(record.exc_info))
    elif record.exc_text:
        parts.append(record.exc_text)
    if record.stack_info:
        parts.append(formatter.formatStack(record.stack_info))
    return "\n".join(parts)
