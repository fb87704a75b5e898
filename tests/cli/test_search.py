"""`pilotwatch search` finds what was kept, and says what it cannot look for."""

import json
from datetime import timedelta

from db.engine import connect
from db.migrate import migrate
from tests.builders import NOW, new_article, stored_source, stored_story


async def filled(shell) -> None:
    url = shell.settings["DATABASE_URL"]
    migrate(url)
    database = connect(url)
    source = await stored_source(database, title="成都市经信局")
    for at in range(3):
        told = new_article(
            title=f"算力 {at}\x1b[31m", text="成都发布措施。", published=NOW - timedelta(days=at)
        )
        await stored_story(database, told, source_id=source.id)
    await stored_story(database, new_article(title="算力 elsewhere", band="off"), band="off")
    await database.close()


async def test_articles_are_found_newest_first(shell):
    await filled(shell)
    ended = await shell.run("search", "算力", "成都", "source:经信局")
    assert ended.code == 0
    assert [line.split("  ")[2] for line in ended.out.splitlines()[::2]] == [
        "算力 0[31m",
        "算力 1[31m",
        "算力 2[31m",
    ]
    assert ended.out.splitlines()[1].strip() == "成都发布措施。"
    ended = await shell.run("search", "算力", "band:all", "--json", "--limit", "2")
    assert len(json.loads(ended.out)) == 2
    ended = await shell.run("search", "北京", "--json")
    assert (ended.code, json.loads(ended.out)) == (0, [])


async def test_what_cannot_be_looked_for_is_one_line_with_an_example(shell):
    ended = await shell.run("search", "since:abc")
    assert ended.code == 2
    assert len(ended.err.splitlines()) == 1
    assert "'abc' cannot be looked for (since); for example: pilotwatch search" in ended.err
