"""What a source's last reading left for the next one."""

import db.memory
import db.sources
from tests.builders import stored_source


async def test_the_last_memory_is_the_one_that_counts(database):
    source = await stored_source(database)
    async with database.write() as session:
        assert await db.memory.recall(session, [source.id]) == {}
        await db.memory.keep(session, {source.id: b"\x00one"})
        await db.memory.keep(session, {source.id: b"\xfftwo"})
    async with database.read() as session:
        assert await db.memory.recall(session, [source.id, 7]) == {source.id: b"\xfftwo"}


async def test_it_goes_with_its_source(database):
    source = await stored_source(database)
    async with database.write() as session:
        await db.memory.keep(session, {source.id: b"one"})
        await db.sources.remove(session, source.id)
        assert await db.memory.recall(session, [source.id]) == {}
