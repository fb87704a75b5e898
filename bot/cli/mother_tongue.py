"""What goes wrong on the command line, said in the language of the shell where that is known.

Rooms below raise plain English, which is also what logs and scripts read. The lines that operators
meet most often stand here as they are formed, so that the catalogue carries them; one that is not
among them stays English.
"""

import re
from collections.abc import Mapping
from functools import cache

from bot.language import SOURCE, language_of, later, words_for
from domain.chat import Language

LINES = (
    later("{file} cannot be used: {reason}."),
    later("{file} cannot be read: {reason}."),
    later("{file} cannot be written: {reason}."),
    later("{file} is not a backup: it begins otherwise than those do."),
    later("{file} is damaged; take another backup."),
    later("{file} holds no tables of Pilotwatch."),
    later("{file} is empty."),
    later("{file} is larger than 5 MiB; that is no article."),
    later("{file}, line {number} is not NAME=value; see .env.example"),
    later("{name} in {file} is not a setting; did you mean {nearest}?"),
    later("{name} in {file} is not a setting; see .env.example for the names"),
    later("{name}: {value} does not hold a bot token; see @BotFather"),
    later("{name}: {value} is not a host; write one like 127.0.0.1 or 0.0.0.0"),
    later("{name}: {value} is not a network; write one like 10.20.0.0/16"),
    later("{name}: {value} is not a number from {least} to {most}"),
    later("{name}: {value} is not a numeric user id; @userinfobot tells you yours"),
    later("{name}: {value} is not a port, a number from 1 to 65535"),
    later("{name}: {value} is not a time zone; write one like Asia/Shanghai"),
    later("{name}: {value} is not one of {allowed}"),
    later("An archive needs a file: --output FILE.zip"),
    later("A spreadsheet needs a file: --output FILE.xlsx"),
    later("Name a file or an address to read, or - for standard input."),
    later("Not well: {troubles}."),
    later("Nothing was added: there is nobody to ask; say --yes."),
    later("Nothing was changed: there is a database already; say --yes."),
    later("TELEGRAM_BOT_TOKEN and TELEGRAM_BOT_TOKEN_FILE are both set; keep one"),
    later("TELEGRAM_BOT_TOKEN is not set: there is no bot to ask about."),
    later("The bot does not know a chat {number}."),
    later("There is no source {number}."),
    later("There is no source {number} that is active."),
    later("There is nothing to back up: the database has no tables yet."),
    later("WEBHOOK_URL needs {name} as well"),
    later(
        "WORK_BACKEND is embedded: the bot does its work itself, and a worker would wait for ever; "
        "set it to procrastinate for both"
    ),
)
_PLACE = re.compile(r"\\\{(\w+)\\\}")


def language_of_shell(environment: Mapping[str, str]) -> Language:
    """Return the language that a shell asks for, by the first of the variables that is set.

    https://www.gnu.org/software/gettext/manual/html_node/Locale-Environment-Variables.html
    """
    said = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return language_of(next(filter(None, said), SOURCE).partition(".")[0])


def in_its_words(line: str, language: Language) -> str:
    """Return a line in a language, where the catalogue carries it; else as it is."""
    if language == SOURCE:
        return line
    for text, pattern in _patterns():
        if found := pattern.fullmatch(line):
            return words_for(language).plain(text, **found.groupdict())
    return line


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each line with what recognises it, those with most words of their own first."""
    ordered = sorted(LINES, key=lambda text: -len(_PLACE.sub("", re.escape(text))))
    return tuple(
        (text, re.compile(_PLACE.sub(r"(?P<\1>.+?)", re.escape(text)), re.DOTALL))
        for text in ordered
    )
