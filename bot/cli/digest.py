"""`pilotwatch digest --chat ID --preview`: what the next digest would hold."""

import asyncio

import click

import db.chats
import jobs.digest
from bot.cli.opening import now, opened_database, settings
from bot.render import digest as words
from bot.settings import Settings
from domain.chat import Destination
from domain.message import Message


@click.command()
@click.option("--chat", "chat_id", type=int, required=True, metavar="ID")
@click.option("--thread", "thread_id", type=int, default=0, help="A forum topic of the chat.")
@click.option("--preview", is_flag=True, required=True, expose_value=False, help="Only show it.")
def digest(chat_id: int, thread_id: int) -> None:
    """Show the digest that a chat would get now, as Telegram HTML."""
    for message in asyncio.run(_preview(settings(), chat_id, thread_id)):
        click.echo(message.html)


async def _preview(found: Settings, chat_id: int, thread_id: int) -> tuple[Message, ...]:
    destination = Destination(chat_id=chat_id, thread_id=thread_id)
    async with opened_database(found) as database:
        async with database.read() as session:
            chat = await db.chats.at(session, destination)
        if chat is None:
            raise click.ClickException(f"The bot does not know a chat {chat_id}.")
        letter = await jobs.digest.preview(database, destination, now())
    return words.render(letter, chat)
