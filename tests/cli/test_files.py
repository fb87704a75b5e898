"""Files that people open in a spreadsheet run nothing."""

import csv
import io
import json
import zipfile

import pytest

from bot.files import as_csv, as_json, as_xlsx, write_rows

ROWS = [
    {
        "id": 1,
        "title": '=HYPERLINK("http://evil.example")',
        "value": "-12",
        "more": {"a": ["算力"]},
    },
    {"id": 2, "title": "@SUM(A1)", "value": None, "more": []},
]


def test_json_is_a_list_of_objects_with_the_columns_in_order():
    assert json.loads(as_json(ROWS)) == ROWS
    assert [list(row) for row in json.loads(as_json(ROWS))] == [list(row) for row in ROWS]


def test_csv_disarms_formulas_and_leaves_negative_numbers_alone():
    header, first, second = csv.reader(io.StringIO(as_csv(ROWS).decode("utf-8-sig")))
    assert header == ["id", "title", "value", "more"]
    assert first == ["1", '\'=HYPERLINK("http://evil.example")', "-12", '{"a": ["算力"]}']
    assert second == ["2", "'@SUM(A1)", "", "[]"]


def test_a_workbook_holds_no_formula_and_no_link():
    with zipfile.ZipFile(io.BytesIO(as_xlsx(ROWS))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
        assert "=HYPERLINK" in sheet


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_an_empty_table_is_still_a_file(form, tmp_path):
    write_rows([], form, tmp_path / "empty")
    assert (tmp_path / "empty").exists()
