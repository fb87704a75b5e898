"""`pilotwatch source add|list|remove`: what is watched."""

import click

from bot.cli.loading import Commands

PLACES = {
    "add": ("source_change:add", "Look at an address, show what it brings, and watch it."),
    "list": ("source_list:list_", "List what is watched and how well."),
    "remove": ("source_change:remove", "Stop watching a source and forget its articles."),
}


@click.group(cls=Commands, places=PLACES)
def source() -> None:
    """Add, list and remove the sources that are watched."""
