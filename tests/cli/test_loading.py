"""The list of commands knows where each is, and loads none of them."""

import subprocess
import sys

import click
import pytest

from bot.cli import COMMANDS, pilotwatch
from bot.cli.source import PLACES

EVERY: list[tuple[tuple[str, ...], str]] = [
    ((name,), words) for name, (_, words) in COMMANDS.items()
]
EVERY += [(("source", name), words) for name, (_, words) in PLACES.items()]


@pytest.mark.parametrize(("path", "words"), EVERY, ids=lambda one: " ".join(one))
def test_every_command_is_where_the_list_says(path, words):
    command: click.Command | None = pilotwatch
    context = click.Context(pilotwatch)
    for name in path:
        assert isinstance(command, click.Group)
        command = command.get_command(context, name)
    assert isinstance(command, click.Command)
    assert command.name == path[-1]
    assert command.help


def test_a_list_of_commands_loads_no_driver_no_parser_and_no_rules():
    dear = "{'sqlalchemy', 'telegram', 'aiohttp', 'domain.facts', 'rich', 'sources'}"
    asked = f"import sys, bot.cli, bot.cli.source; print({dear} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    assert found.stdout.decode().strip() == "set()"


def test_reading_a_text_loads_neither_a_database_nor_the_web():
    dear = "{'sqlalchemy', 'telegram', 'aiohttp', 'alembic'}"
    asked = f"import sys, bot.cli.read; print({dear} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    assert found.stdout.decode().strip() == "set()"


async def test_the_list_says_what_each_command_does(shell):
    ended = await shell.run("--help")
    assert ended.code == 0
    for (name, *_), words in EVERY[: len(COMMANDS)]:
        assert name in ended.out
        assert words in " ".join(ended.out.split())


async def test_an_unknown_command_is_named(shell):
    ended = await shell.run("polll")
    assert ended.code == 2
    assert "polll" in ended.err
