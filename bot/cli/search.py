"""`pilotwatch search WORDS`: the articles with these words, newest first."""

import asyncio
import json
from collections.abc import Sequence

import click

import db.search
import db.sources
from bot.cli.opening import now, opened_database, settings
from bot.safe_text import one_line
from bot.settings import Settings
from db.search import Found
from domain.search.excerpt import excerpt
from domain.search.query import Query, Unclear, parse
from domain.source import called

_MOST = 1000
_EXCERPT = 160


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, _MOST), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="A list of objects.")
def search(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find articles by words, "quoted phrases", begin* and filters.

    since:30d, since:2026-10, source:NAME, type:measure, band:all
    """
    try:
        query = parse(" ".join(words), now())
    except Unclear as unclear:
        raise click.UsageError(
            f"{unclear.word or 'This'!r} cannot be looked for ({unclear.what}); "
            "for example: pilotwatch search 成都 算力 since:30d type:measure"
        ) from None
    found = asyncio.run(_find(settings(), query, limit))
    if as_json:
        click.echo(json.dumps([_row(one, query) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        about = one.article
        click.echo(f"{about.when:%Y-%m-%d}  a{about.id}  {one_line(about.title)}  {about.url}")
        click.echo(f"    {_words(one, query)}")


async def _find(found: Settings, query: Query, limit: int) -> Sequence[Found]:
    """Go from page to page until there are enough, or no more."""
    answers: list[Found] = []
    async with opened_database(found) as database, database.read() as session:
        ids = None
        if query.source:
            every = await db.sources.every(session)
            ids = [one.id for one in every if called(one, query.source)]
        before = None
        while len(answers) < limit:
            rest = limit - len(answers)
            page = await db.search.find(session, query, source_ids=ids, before=before, limit=rest)
            answers += page.found
            before = page.before
            if before is None:
                break
    return answers


def _row(one: Found, query: Query) -> dict[str, object]:
    about = one.article
    return {
        "id": about.id,
        "story_id": one.story_id,
        "title": about.title,
        "url": about.url,
        "source": about.source_title,
        "tier": about.tier,
        "when": about.when.isoformat(),
        "excerpt": _words(one, query),
    }


def _words(one: Found, query: Query) -> str:
    return one_line(
        "".join(said.text for said in excerpt(one.article.text, query.phrases, _EXCERPT))
    )
