"""What is about no topic is taken into the search index when there is time for it."""

import db.search
from db.engine import Database

AT_ONCE = 50
"""Articles in one transaction: about 50 ms of everybody's time."""
_ROUNDS = 20


async def index_waiting(database: Database, rounds: int = _ROUNDS) -> int:
    """Index articles that wait, for some rounds; return how many it were."""
    done = 0
    for _ in range(rounds):
        async with database.write() as session:
            some = await db.search.put_waiting(session, AT_ONCE)
        done += some
        if some < AT_ONCE:
            break
    return done


async def waiting(database: Database) -> int:
    """Return how many articles searches do not find yet."""
    async with database.read() as session:
        return await db.search.count_waiting(session)
