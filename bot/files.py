"""Rows as files: JSON, CSV and a spreadsheet that runs nothing when it is opened."""

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import xlsxwriter

Row = Mapping[str, object]

# A cell that begins so is taken for a formula by spreadsheet programs, the wide forms by those of
# East Asia (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_DIGITS = 15
"""A spreadsheet keeps no more of a number; a longer one stays text."""

# More does not fit into a spreadsheet's cell.
# https://support.microsoft.com/office/excel-specifications-and-limits
_CELL = 32_767

_WORKBOOK = {
    "constant_memory": True,  # a row goes into a temporary file as soon as the next one comes
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def as_json(rows: Iterable[Row]) -> bytes:
    """Return a JSON list of objects."""
    out, between = io.BytesIO(), "["
    for row in rows:
        # A line's end within a text is escaped, so that every one here begins a line.
        told = json.dumps(row, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        out.write(f"{between}\n  {told}".encode())
        between = ","
    out.write(b"[]\n" if between == "[" else b"\n]\n")
    return out.getvalue()


def as_csv(rows: Iterable[Row]) -> bytes:
    """Return CSV with a header, marked as UTF-8 so that spreadsheets read Chinese rightly."""
    header, rest = _begun(rows)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rest:
        writer.writerow([_harmless(_flat(cell)) for cell in row.values()])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[Row]) -> bytes:
    """Return a workbook with one sheet; every cell is text or a number, never a formula."""
    header, rest = _begun(rows)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _WORKBOOK) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, bold)
        for line, row in enumerate(rest, start=1):
            for column, cell in enumerate(row.values()):
                _write(sheet, line, column, cell)
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Iterable[Row]], bytes]] = {
    "json": as_json,
    "csv": as_csv,
    "xlsx": as_xlsx,
}


def write_rows(rows: Iterable[Row], form: str, output: Path | None) -> None:
    """Write rows to a file, or to standard output."""
    content = FORMATS[form](rows)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    output.write_bytes(content)


def _begun(rows: Iterable[Row]) -> tuple[list[str], Iterable[Row]]:
    """Return the names of the columns, and all rows: a long table is never held as a whole."""
    rest = iter(rows)
    first = next(rest, None)
    return (list(first), chain([first], rest)) if first is not None else ([], ())


def _write(sheet: Any, line: int, column: int, cell: object) -> None:
    """Write a number as one that can be added up, and everything else as text."""
    text = _flat(cell)
    if _is_number(text) and len(text) <= _DIGITS:
        sheet.write_number(line, column, float(text))
    else:
        sheet.write_string(line, column, text[:_CELL])


def _flat(cell: object) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)


def _harmless(cell: str) -> str:
    # A plain negative number is data; anything else that starts like a formula gets a quote.
    if cell.startswith(_FORMULA_STARTS) and not _is_number(cell):
        return "'" + cell
    return cell


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None
