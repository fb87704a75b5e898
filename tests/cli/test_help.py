"""--help says how a command is typed, and what it says is true."""

import shlex

import click
import pytest

from bot.cli import COMMANDS, pilotwatch
from bot.cli.examples import EXAMPLES

TYPED = [(name, line) for name, lines in EXAMPLES.items() for line in lines]


def test_every_command_has_an_example():
    assert set(EXAMPLES) == set(COMMANDS)


@pytest.mark.parametrize(("name", "line"), TYPED, ids=[line for _, line in TYPED])
def test_every_example_can_be_typed(name: str, line: str):
    words = shlex.split(line.partition("|")[0].partition("<")[0].partition(">")[0])
    at = words.index("pilotwatch")
    assert words[at + 1] == name
    assert all("=" in word for word in words[:at])  # settings
    command: click.Command = pilotwatch
    given = words[at + 1 :]
    context = click.Context(pilotwatch)
    while isinstance(command, click.Group):
        found = command.get_command(context, given.pop(0))
        assert found
        command = found
    # Raises where an option is not known, or lacks its value.
    taken, left, _ = command.make_parser(click.Context(command)).parse_args(list(given))
    assert left == []
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    assert all(taken.get(one.name) for one in arguments if one.name)


async def test_examples_stand_below_the_help(shell):
    said = await shell.run("export", "--help")
    assert said.code == 0
    assert "Examples:\n    pilotwatch export facts" in said.out
