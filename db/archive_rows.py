"""Tables as an archive has them: columns of a few plain kinds, rows as lists that JSON can hold.

The models are those of today; an archive may be of another version, and goes into another engine.
So it says itself what its columns are, and what is stored is carried as it is stored.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator, TypeEngine

Kind = Literal["text", "integer", "boolean", "moment", "day", "json", "bytes"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_TYPES: Mapping[Kind, Callable[[], TypeEngine[Any]]] = {
    "text": sa.Text,
    "integer": sa.BigInteger,
    "boolean": sa.Boolean,
    "moment": sa.DateTime,
    "day": sa.Date,
    "json": lambda: sa.JSON(none_as_null=True),
    "bytes": sa.LargeBinary,
}
# The narrower before the wider: a Boolean is no Integer, but a DateTime is no Date either.
_KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (sa.Boolean, "boolean"),
    (sa.Integer, "integer"),
    (sa.DateTime, "moment"),
    (sa.Date, "day"),
    (sa.JSON, "json"),
    (sa.LargeBinary, "bytes"),
    (sa.String, "text"),
)

Cells = list[Any]
_Convert = Callable[[Any], Any]

_OUT: Mapping[Kind, _Convert] = {
    "moment": datetime.isoformat,
    "day": date.isoformat,
    "bytes": lambda raw: b64encode(raw).decode(),
}
_IN: Mapping[Kind, _Convert] = {
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "bytes": b64decode,
}


def kinds_of(table: sa.Table) -> dict[str, Kind]:
    """Return a table's columns by name, in their order, with the kind of each."""
    return {str(column.name): _kind(column.type) for column in table.columns}


def plain(name: str, columns: Mapping[str, Kind]) -> sa.TableClause:
    """Return a table that hands over what is stored, as it is stored."""
    return sa.table(name, *(sa.column(one, _TYPES[kind]()) for one, kind in columns.items()))


def to_cells(row: Sequence[Any], kinds: Iterable[Kind]) -> Cells:
    """Return a row as JSON holds it."""
    return [_converted(_OUT, kind, cell) for kind, cell in zip(kinds, row, strict=True)]


def to_row(cells: Sequence[Any], columns: Mapping[str, Kind]) -> dict[str, Any]:
    """Return a row as a database takes it.

    Raises:
        ValueError: A cell is not of its column's kind, or there is one too many or too few.
        TypeError: The same.
    """
    pairs = zip(columns.items(), cells, strict=True)
    return {name: _converted(_IN, kind, cell) for (name, kind), cell in pairs}


def _converted(by: Mapping[Kind, _Convert], kind: Kind, cell: Any) -> Any:
    return cell if cell is None or kind not in by else by[kind](cell)


def _kind(stored: TypeEngine[Any]) -> Kind:
    bare = stored.impl_instance if isinstance(stored, TypeDecorator) else stored
    return next(kind for one, kind in _KINDS if isinstance(bare, one))
