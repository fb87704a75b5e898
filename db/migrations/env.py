"""How Alembic runs the steps: over the connection that `db.migrate` hands it.

A new step is written by comparing the models with a scratch database that is at head:

    pilotwatch migrate                               (with DATABASE_URL=sqlite:///scratch.db)
    alembic -x url=sqlite:///scratch.db revision --autogenerate --rev-id 0002 -m "what changes"
"""

from typing import Literal

from alembic import context
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from db import migrate, models, terms


def run() -> None:
    """Run over the connection that was handed in, or over one to `-x url=…`."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _run_over(connection)
        return
    url = context.get_x_argument(as_dictionary=True).get("url")
    if url is None or context.is_offline_mode():
        raise CommandError("name a database to work on: alembic -x url=sqlite:///scratch.db …")
    with migrate.exclusively(url) as own:
        _run_over(own)


def _run_over(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=models.TABLES,
        # SQLite cannot alter most things: Alembic then copies the table. It can undo DDL, though.
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        compare_type=True,
        include_name=_include,
        render_item=_render,
    )
    with context.begin_transaction():
        context.run_migrations()


def _include(name: str | None, kind: str, _parents: object) -> bool:
    # The index of words is no table of the models: each database makes it in its own way.
    return not (kind == "table" and terms.is_ours(name))


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    # A step is history: it names plain types, which no later change of `db.columns` reaches.
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


run()
