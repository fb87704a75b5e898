"""Everything that can be set: read once, checked at once, and frozen."""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dotenv.parser import parse_stream

from bot.setting import Setting
from bot.setting_values import (
    Network,
    address,
    choice,
    database,
    days,
    host,
    networks,
    number,
    people,
    port,
    proxy,
    secret_file,
    token,
    webhook,
    webhook_secret,
    zone,
)
from domain.keeping import Keeping

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "TELEGRAM_BOT_TOKEN",
        None,
        token,
        "The bot's token, from @BotFather. Without one, the sandbox starts instead of Telegram.",
        secret=True,
        example="123456789:AAExampleOfATokenFromBotFather",
    ),
    Setting(
        "TELEGRAM_BOT_TOKEN_FILE",
        None,
        secret_file,
        "A file that holds the token, instead of the token itself (for container secrets).",
        example="/run/secrets/telegram_bot_token",
    ),
    Setting(
        "TELEGRAM_API_BASE_URL",
        "https://api.telegram.org",
        address,
        "Where the Bot API is: the part of its addresses before /bot<token>.",
    ),
    Setting(
        "ADMIN_IDS",
        "",
        people,
        "Who may run the bot: numeric Telegram user ids, separated by commas.",
        example="123456789,987654321",
    ),
    Setting(
        "ACCESS",
        "open",
        choice("open", "invite"),
        "Who may use the bot: everybody, or only who was given a code by /invite.",
    ),
    Setting(
        "DATABASE_URL",
        "sqlite+aiosqlite:///data/pilotwatch.db",
        database,
        "Where everything is kept: sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME.",
        secret=True,
    ),
    Setting(
        "TIMEZONE",
        "Asia/Shanghai",
        zone,
        "The time zone of new chats, an IANA name.",
    ),
    Setting(
        "FETCH_ALLOW_CIDRS",
        "",
        networks,
        "Private networks that may be fetched, separated by commas. Usually none.",
        example="127.0.0.0/8,10.20.0.0/16",
    ),
    Setting(
        "TELEGRAM_PROXY",
        None,
        proxy,
        "An HTTP proxy for Telegram, where it cannot be reached directly (mainland China).",
        secret=True,
        example="http://127.0.0.1:7890",
    ),
    Setting(
        "FETCH_PROXY",
        None,
        proxy,
        "An HTTP proxy for everything that is read; it has to keep out of private networks itself.",
        secret=True,
        example="http://127.0.0.1:7890",
    ),
    Setting(
        "POLL_SECONDS",
        "2",
        number(least=0.05, most=3600),
        "How often due work is looked for, in seconds.",
    ),
    Setting(
        "POLL_INTERVAL_MINUTES",
        "15",
        number(least=1 / 60, most=60 * 24 * 7),
        "How often a new source is read, in minutes; may be a fraction.",
    ),
    Setting(
        "SEND_PER_SECOND",
        "29",
        number(least=0.1, most=1000),
        "Messages a second to Telegram, over all chats. About 30 are free, more are paid (Stars).",
    ),
    Setting(
        "HTTP_HOST",
        "127.0.0.1",
        host,
        "Where /healthz, /metrics and the webhook are served, once HTTP_PORT is set.",
    ),
    Setting(
        "HTTP_PORT",
        None,
        port,
        "The port of /healthz, /metrics and the webhook. Without one nothing is served.",
        example="8080",
    ),
    Setting(
        "WEBHOOK_URL",
        None,
        webhook,
        "The https address at which Telegram reaches /telegram. Without one updates are fetched.",
        example="https://bot.example.org/telegram",
    ),
    Setting(
        "WEBHOOK_SECRET",
        None,
        webhook_secret,
        "What Telegram proves itself with at the webhook: 16 to 256 of A-Z, a-z, 0-9, _ and -.",
        secret=True,
        example="a-long-random-word-of-your-own",
    ),
    Setting(
        "WORK_BACKEND",
        "embedded",
        choice("embedded", "procrastinate"),
        "Who reads and writes: this process, or any number of `pilotwatch worker` (PostgreSQL).",
    ),
    Setting(
        "KEEP_SENT_DAYS",
        "90",
        days,
        "For how many days it is kept what was sent to whom; 30 at least, or 0: for ever.",
    ),
    Setting(
        "KEEP_OFF_TOPIC_DAYS",
        "90",
        days,
        "For how many days the words of articles about no topic are kept; 0 is for ever.",
    ),
    Setting(
        "KEEP_SILENT_CHATS_DAYS",
        "730",
        days,
        "For how many days chats are kept that cannot be reached any more; 0 is for ever.",
    ),
    Setting("LOG_FORMAT", "text", choice("text", "json"), "Log lines for people or for programs."),
    Setting(
        "LOG_LEVEL",
        "INFO",
        choice("DEBUG", "INFO", "WARNING", "ERROR"),
        "How much is logged: DEBUG, INFO, WARNING or ERROR.",
    ),
)
"""In the order of `.env.example`. To add one: a line here, a field in Settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `SETTINGS` say, by their names in small letters. Secrets are not in its repr."""

    telegram_bot_token: str | None = field(default=None, repr=False)
    telegram_api_base_url: str
    admin_ids: tuple[int, ...]
    access: str
    database_url: str = field(repr=False)
    timezone: str
    fetch_allow_cidrs: tuple[Network, ...]
    telegram_proxy: str | None = field(default=None, repr=False)
    fetch_proxy: str | None = field(default=None, repr=False)
    poll_seconds: float
    poll_interval_minutes: float
    send_per_second: float
    http_host: str
    http_port: int | None
    webhook_url: str | None
    webhook_secret: str | None = field(default=None, repr=False)
    work_backend: str = "embedded"
    keep_sent_days: timedelta | None
    keep_off_topic_days: timedelta | None
    keep_silent_chats_days: timedelta | None
    log_format: str
    log_level: str

    @property
    def keeping(self) -> Keeping:
        """How long what is stored is kept."""
        return Keeping(
            sent=self.keep_sent_days,
            off_topic=self.keep_off_topic_days,
            silent_chats=self.keep_silent_chats_days,
        )

    @classmethod
    def read(cls, environ: Mapping[str, str], env_file: Path | None = None) -> "Settings":
        """Read the environment and, for what it leaves open, the lines of a `.env` file.

        Raises:
            SettingsError: With every mistake there is, not only the first.
        """
        mistakes: list[str] = []
        written = dict(_lines(env_file, mistakes)) if env_file else {}
        given = _filled(written) | _filled(environ)
        values = {s.name: _value(s, given.get(s.name), mistakes) for s in SETTINGS}
        _settle_token(values, mistakes)
        _check_webhook(values, mistakes)
        _check_backend(values, mistakes)
        if mistakes:
            raise SettingsError(tuple(mistakes))
        return cls(**{name.lower(): value for name, value in values.items()})


class SettingsError(Exception):
    """Settings that cannot be used; each of `mistakes` is one line and shows no secret."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def example() -> str:
    """Return what `.env.example` holds: every setting, its meaning and its default."""
    head = (
        "# Everything that can be set. Copy this file to .env and change what you need;\n"
        "# a line that stays commented out keeps the value shown. The environment wins over .env.\n"
    )
    return head + "".join(f"\n# {s.help}\n# {s.name}={s.shown}\n" for s in SETTINGS)


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    # "NAME=" is how people switch a setting off; it is as good as not there.
    return {name: value for name, value in values.items() if value.strip()}


def _lines(path: Path, mistakes: list[str]) -> Iterator[tuple[str, str]]:
    """Give the names and values of a `.env` file; what cannot be used becomes a mistake."""
    try:
        # Some editors begin a file with a byte order mark; it is no part of the first name.
        with path.open(encoding="utf-8-sig") as stream:
            bindings = list(parse_stream(stream))
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        mistakes.append(f"{path.name} cannot be read: {reason}")
        return
    for binding in bindings:
        if binding.error or (binding.key and binding.value is None):
            where = f"{path.name}, line {binding.original.line}"
            mistakes.append(f"{where} is not NAME=value; see .env.example")
        elif binding.key and _known(binding.key, path.name, mistakes):
            yield binding.key, binding.value or ""


def _known(name: str, file: str, mistakes: list[str]) -> bool:
    names = [setting.name for setting in SETTINGS]
    if name in names:
        return True
    nearest = get_close_matches(name.upper(), names, n=1, cutoff=0.6)
    hint = f"did you mean {nearest[0]}?" if nearest else "see .env.example for the names"
    mistakes.append(f"{name} in {file} is not a setting; {hint}")
    return False


def _value(setting: Setting, text: str | None, mistakes: list[str]) -> Any:
    text = setting.default if text is None else text.strip()
    if text is None:
        return None
    try:
        return setting.parse(text)
    except ValueError as error:
        mistakes.append(f"{setting.name}: {error}")
        return None


def _settle_token(values: dict[str, Any], mistakes: list[str]) -> None:
    """Let the file's token stand for the token, and refuse two of them."""
    in_file = values.pop("TELEGRAM_BOT_TOKEN_FILE")
    if in_file and values["TELEGRAM_BOT_TOKEN"]:
        mistakes.append("TELEGRAM_BOT_TOKEN and TELEGRAM_BOT_TOKEN_FILE are both set; keep one")
    values["TELEGRAM_BOT_TOKEN"] = values["TELEGRAM_BOT_TOKEN"] or in_file


def _check_webhook(values: dict[str, Any], mistakes: list[str]) -> None:
    """A webhook without a secret would take anybody's updates, one without a port nobody's."""
    if not values["WEBHOOK_URL"]:
        return
    for name in ("WEBHOOK_SECRET", "HTTP_PORT"):
        if values[name] is None and not any(name in mistake for mistake in mistakes):
            mistakes.append(f"WEBHOOK_URL needs {name} as well")


def _check_backend(values: dict[str, Any], mistakes: list[str]) -> None:
    """SQLite belongs to one process."""
    url = values["DATABASE_URL"] or ""
    if values["WORK_BACKEND"] == "procrastinate" and url.startswith("sqlite"):
        mistakes.append(
            "WORK_BACKEND: procrastinate needs PostgreSQL; set DATABASE_URL to one, "
            "or leave it embedded"
        )


if __name__ == "__main__":
    sys.stdout.write(example())
    sys.exit(os.EX_OK)
