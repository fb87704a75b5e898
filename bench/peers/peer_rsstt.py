"""The monitor of RSS-to-Telegram-Bot, on SQLite, parsing in processes.

What it would send is counted instead.
"""

import logging
import os
import sys
from typing import Any

phase, folder, port, feeds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
sys.argv = ["-m", "-c", folder]
os.environ |= {
    "TOKEN": "none",
    "MANAGER": "1",
    "MULTIPROCESSING": "1",
    "HTTP_CONCURRENCY": "32",
    "HTTP_CONCURRENCY_PER_HOST": "32",
}


class Counter:
    """Stands where it speaks to Telegram."""

    told = 0

    def __init__(self, *_feed_and_subscribers: Any, entries: Any = None, **_why: Any) -> None:
        Counter.told += len(entries or ())

    async def notify_all(self) -> None:
        """Tell nobody."""


async def _subscribe(db: Any) -> None:
    from stopwatch import address

    user = await db.User.create(id=1)
    for number in range(feeds):
        feed = await db.Feed.create(link=address(number, port), title="t")
        await db.Sub.create(user=user, feed=feed)


async def _read(environment: Any) -> Any:
    from rsstt import aio_helper, db
    from rsstt.helpers.bg import bg
    from rsstt.monitor import _monitor
    from stopwatch import Stopwatch

    _monitor.Notifier = Counter
    await db.init()
    await bg.init(loop=environment.loop)
    await db.EffectiveOptions.cache()
    if phase == "cold":
        await _subscribe(db)
    monitor = _monitor.Monitor()
    numbers = await db.Feed.all().values_list("id", flat=True)
    with Stopwatch() as watch:
        await _monitor.Monitor._do_monitor_task.raw(monitor, numbers, "bench")
        aio_helper.shutdown()
    await db.close()
    return watch


def main() -> None:
    """Read all feeds once."""
    from rsstt import aio_helper, env, log

    aio_helper.init()
    log.init()
    logging.disable(logging.INFO)
    env.loop.run_until_complete(_read(env)).tell(new=Counter.told)


if __name__ == "__main__":
    main()
