"""`pilotwatch group`: articles in, the stories they would have become out."""

import asyncio
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import msgspec

from db.engine import connect
from db.migrate import migrate
from domain.source import Tier
from jobs.trial_grouping import Shown, TrialGrouping


class _Line(msgspec.Struct):
    """One article; its language is told from its text."""

    id: str | int
    published: str
    title: str = ""
    text: str = ""
    source: str = ""
    tier: Tier = "media"
    language: str = ""


@click.command()
def group() -> None:
    """Group articles into stories: JSON lines in (id, title, text, published, source, tier), out.

    They are taken as if they came in that order, each when it was published, into a database of
    their own that is gone afterwards. Each line is answered with its id and the name of its story.
    """
    with TemporaryDirectory(prefix="pilotwatch-group-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'group.db'}"
        migrate(url)
        sys.exit(asyncio.run(_group(url, sys.stdin.buffer)))


async def _group(url: str, lines: Iterable[bytes]) -> int:
    """Answer each line as it comes; return 2 if some could not be read, else 0."""
    database = connect(url)
    grouping, wrong = TrialGrouping(database), 0
    try:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                shown = _shown(given := msgspec.json.decode(line, type=_Line))
            except ValueError as error:
                wrong = 2
                click.echo(f"pilotwatch: line {number}: {error}", err=True)
                continue
            story = await grouping.place(shown)
            click.echo(msgspec.json.encode({"id": given.id, "story": f"s{story}"}))
    finally:
        await database.close()
    return wrong


def _shown(given: _Line) -> Shown:
    published = datetime.fromisoformat(given.published)
    return Shown(
        id=str(given.id),
        title=given.title,
        text=given.text,
        published=published if published.tzinfo else published.replace(tzinfo=UTC),
        source=given.source,
        tier=given.tier,
    )
