"""/backup: everything that is stored as one file, to an owner in private."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import db.audit
import db.backup
from bot.command import Ask
from bot.markup import Html, code, escape, own
from bot.safe_text import cut, one_line
from db.backup import Backup
from db.backup_errors import BackupFailed
from domain.message import Message

LARGEST = 50_000_000
"""Bytes; Telegram takes no larger file from a bot.
https://core.telegram.org/bots/api#senddocument"""


async def backup(ask: Ask) -> Message | None:
    """Send a backup that was read again; what is too large for Telegram is said."""
    with TemporaryDirectory(prefix="pilotwatch-backup-") as folder:
        file = Path(folder) / f"pilotwatch-{ask.now:%Y%m%d-%H%M}.backup"
        try:
            made = await asyncio.to_thread(db.backup.backup, ask.tools.settings.database_url, file)
        except BackupFailed as error:
            return Message(html=escape(cut(one_line(str(error)), 500)))
        if made.size > LARGEST:
            return Message(html=_too_large(ask, made))
        await _note(ask, made)
        said = ask.words.say(
            "Written and read again. Everything is in it: keep it where only you can read it. "
            "It is put back by: {example}",
            example=code(own(f"pilotwatch restore {file.name}")),
        )
        content = await asyncio.to_thread(file.read_bytes)
        await ask.tools.courier.send_file(ask.destination, file.name, content, said)
    return None


def _too_large(ask: Ask, made: Backup) -> Html:
    return ask.words.say(
        "The backup has {size} MB, and Telegram takes files of up to {most} MB from a bot. Make it "
        "on the machine: pilotwatch backup FILE",
        size=made.size // 1_000_000,
        most=LARGEST // 1_000_000,
    )


async def _note(ask: Ask, made: Backup) -> None:
    async with ask.tools.database.write() as session:
        await db.audit.note(
            session,
            actor_id=ask.asker.user_id,
            action="backup.taken",
            subject="database",
            detail={"bytes": made.size},
            now=ask.now,
        )
