"""`pilotwatch source add|list|show|edit|test|poll|remove`: what is watched."""

import click

from bot.cli.loading import Commands

PLACES = {
    "add": ("source_change:add", "Look at an address, show what it brings, and watch it."),
    "list": ("source_list:list_", "List what is watched and how well."),
    "show": ("source_one:show", "Show everything about one source."),
    "edit": ("source_one:edit", "Change one source: edit 3 tier official, edit 3 pause."),
    "test": ("source_one:test", "Read one source without keeping anything."),
    "poll": ("source_one:poll", "Read one source now, due or not."),
    "remove": ("source_change:remove", "Stop watching a source and forget its articles."),
}


@click.group(cls=Commands, places=PLACES)
def source() -> None:
    """Add, list, change and remove the sources that are watched."""
