"""Commands that are loaded when they are called: a list of them needs nothing of the house."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import click


class Commands(click.Group):
    """A group of commands that knows of each only where it is and what the list says about it."""

    places: Mapping[str, tuple[str, str]]

    def __init__(
        self,
        *,
        places: Mapping[str, tuple[str, str]],
        epilog_of: Callable[[str], str] = lambda _: "",
        **attributes: Any,
    ) -> None:
        super().__init__(**attributes)
        self.places = places
        self.epilog_of = epilog_of

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order in which they are best read."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; None where there is none of this name."""
        if cmd_name not in self.places:
            return None
        module, _, function = self.places[cmd_name][0].partition(":")
        command = getattr(import_module(f"bot.cli.{module}"), function)
        if not isinstance(command, click.Command):
            return None
        command.epilog = self.epilog_of(cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in self.places.items()])
