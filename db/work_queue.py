"""Work for other processes: a queue in PostgreSQL, carried by Procrastinate.

What is in it are numbers of rows and nothing else: the tables say what is due, and the queue only
who looks after it. A job that is lost comes again when its rows are due again; one that comes
twice finds nothing to do. So the queue may be thrown away, and is, when the library that carries
it has another version.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from typing import Any

import procrastinate
import psycopg
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from psycopg import sql
from sqlalchemy.engine import URL

from db import address
from db.backup_postgres import QUEUE
from db.errors import DatabaseUnavailable, explain
from db.locks import Lock

log = logging.getLogger(__name__)

SCHEMA = QUEUE
"""Tables of its own, apart from ours."""
LOOK_EVERY = 5.0
"""Seconds; the server says at once when there is work, this is for when its word was lost."""

Handler = Callable[[Sequence[int], str], Awaitable[None]]
"""Does one kind of work: the numbers of its rows, and the stamp with which they were claimed."""


class WorkQueue:
    """Puts work into the queue, and takes it out."""

    def __init__(self, app: procrastinate.App, url: str) -> None:
        self._app = app
        self._url = url

    async def put(self, task: str, numbers: Sequence[int] = (), stamp: str = "") -> None:
        """Let somebody do a task.

        Raises:
            DatabaseUnavailable: It could not be handed over.
        """
        with self._explained():
            deferrer = self._app.configure_task(task, queue=task)
            await deferrer.defer_async(numbers=list(numbers), stamp=stamp)

    async def put_once(self, task: str) -> None:
        """Let somebody do a task that is no use twice: not while one waits already.

        Raises:
            DatabaseUnavailable: It could not be handed over.
        """
        with self._explained():
            deferrer = self._app.configure_task(task, queue=task, queueing_lock=task)
            try:
                await deferrer.defer_async(numbers=[], stamp="")
            except AlreadyEnqueued:
                log.debug("%s waits already", task)

    async def waiting(self, task: str) -> int:
        """Return how many jobs of a task nobody has begun yet.

        Raises:
            DatabaseUnavailable: It could not be asked.
        """
        with self._explained():
            return sum([int(queue["todo"]) for queue in await self._queues(task)])

    async def clear_stalled(self, silent_for: timedelta) -> int:
        """Drop the jobs of workers that have said nothing for so long; return how many.

        Whoever was killed has left them as begun. What they were about is due again by itself.

        Raises:
            DatabaseUnavailable: It could not be asked.
        """
        jobs = self._app.job_manager
        with self._explained():
            seconds = silent_for.total_seconds()
            stalled = list(await jobs.get_stalled_jobs(seconds_since_heartbeat=seconds))
            for job in stalled:
                # Two bots may clear at once, and a worker may come back: then it is gone already.
                with suppress(ConnectorException):
                    await jobs.finish_job(job, Status.FAILED, delete_job=True)
        return len(stalled)

    async def _queues(self, task: str) -> list[dict[str, Any]]:
        return list(await self._app.job_manager.list_queues_async(queue=task))

    async def serve(
        self, handlers: Mapping[str, Handler], *, at_once: int, patience: float
    ) -> None:
        """Take work out and do it until cancelled; then what is under way gets so many seconds.

        Raises:
            DatabaseUnavailable: The queue cannot be reached any more.
        """
        for name, handler in handlers.items():
            self._app.task(name=name, queue=name)(partial(_handled, name, handler))
        with self._explained():
            await self._app.run_worker_async(
                queues=list(handlers),
                concurrency=at_once,
                fetch_job_polling_interval=LOOK_EVERY,
                shutdown_graceful_timeout=patience,
                delete_jobs="always",
                install_signal_handlers=False,
            )

    @contextmanager
    def _explained(self) -> Any:
        try:
            yield
        except (ConnectorException, psycopg.Error) as error:
            raise explain(_cause(error), self._url) from None


async def _handled(name: str, handler: Handler, numbers: list[int], stamp: str) -> None:
    try:
        await handler(numbers, stamp)
    except DatabaseUnavailable as error:
        # Its rows are due again when their claim is over.
        log.warning("%s was left: %s", name, error)


@asynccontextmanager
async def work_queue(url: str, connections: int = 4) -> AsyncIterator[WorkQueue]:
    """Open the queue in a database, made or made anew where it has to be.

    Raises:
        DatabaseUnavailable: It cannot be reached, is none of PostgreSQL's, or may not be made.
    """
    parsed = address.synchronous(url)
    if address.is_sqlite(parsed):
        raise DatabaseUnavailable(
            "Work is shared between processes by PostgreSQL only; "
            "set DATABASE_URL to one, or WORK_BACKEND to embedded."
        )
    await asyncio.to_thread(_prepare, url, parsed)
    connector = procrastinate.PsycopgConnector(
        kwargs=_arguments(parsed) | {"options": _options(parsed)},
        min_size=1,
        max_size=connections,
    )
    app = procrastinate.App(connector=connector)
    try:
        async with app.open_async():
            yield WorkQueue(app, url)
    except ConnectorException as error:
        raise explain(_cause(error), url) from None


def _prepare(url: str, parsed: URL) -> None:
    """Make the queue's tables; those of another version of the library are thrown away."""
    ours = version("procrastinate")
    try:
        with psycopg.connect(**_arguments(parsed)) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [int(Lock.QUEUE)])
            found = connection.execute(
                "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s",
                [SCHEMA],
            ).fetchone()
            if found is None or found[0] != ours:
                _make(connection, ours)
    except psycopg.Error as error:
        raise explain(error, url) from None


def _make(connection: psycopg.Connection[Any], ours: str) -> None:
    name = sql.Identifier(SCHEMA)
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(name))
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
    connection.execute(sql.SQL("SET LOCAL search_path TO {}").format(name))
    connection.execute(SchemaManager.get_schema())
    comment = sql.SQL("COMMENT ON SCHEMA {} IS {}").format(name, sql.Literal(ours))
    connection.execute(comment)


def _arguments(parsed: URL) -> dict[str, Any]:
    told = parsed.translate_connect_args(username="user", database="dbname")
    return told | dict(parsed.query)


def _options(parsed: URL) -> str:
    own = parsed.query.get("options", "")
    return f"{own if isinstance(own, str) else ' '.join(own)} -c search_path={SCHEMA}".strip()


def _cause(error: Exception) -> Exception:
    """Return what the driver said: the queue's library says only that something failed."""
    cause = error.__cause__
    return cause if isinstance(cause, Exception) else error
