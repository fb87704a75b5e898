"""/export: the right rows in a file that a spreadsheet opens without running anything."""

import csv
import io
import json
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import db.export
from bot.commands import export
from bot.files import FORMATS, as_csv, as_xlsx
from sandbox.server import Sandbox
from tests.bot.scene import READER, Scene
from tests.bot.test_documents import CHINESE, measure, told
from tests.builders import deadline, document, entry, fact, new_article, stored_source, stored_story

EVIL = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", '=HYPERLINK("http://x")']
_CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def content(sandbox: Sandbox, call) -> bytes:
    stored = sandbox.world.files.by_id(call["result"]["document"]["file_id"])
    assert stored is not None
    return stored.content


async def exported(scene: Scene, text: str, user=READER):
    """Ask for a file; return its name, what stands below it, and what is in it."""
    since = scene.seen
    (begun,) = await scene.say(text, user)
    assert begun.startswith("⏳")
    (call,) = scene.calls("sendDocument", since)
    name = call["result"]["document"]["file_name"]
    return name, call["params"].get("caption", ""), content(scene.sandbox, call)


async def kept(scene: Scene, *articles, **about):
    source = await stored_source(scene.tools.database, **about)
    for one in articles:
        await stored_story(scene.tools.database, one, source_id=source.id)


@pytest.fixture
async def full(scene: Scene) -> Scene:
    await kept(scene, told(measure(rate_base="算力使用费用"), title="算力券办法"), title="市政府")
    call = told(deadline(date(2026, 12, 31)), document("甲发〔2026〕1号", role="primary"))
    await kept(scene, call, told(fact(), title="Chips"), title="日报")
    return scene


@pytest.mark.parametrize("table", export.NAMES)
async def test_each_table_has_the_columns_of_the_command_line(full: Scene, table: str):
    _, _, file = await exported(full, f"/export json {table}")
    async with full.tools.database.read() as session:
        rows = [row async for row in db.export.rows(session, table)]
    assert rows
    found = json.loads(file)
    assert {tuple(row) for row in found} == {tuple(rows[0])}
    assert sorted(map(json.dumps, found)) == sorted(map(json.dumps, rows))


async def test_a_search_leaves_what_it_finds(full: Scene):
    name, caption, file = await exported(full, "/export csv facts 算力券")
    assert name == "pilotwatch-facts-2026-11-23.csv"
    assert caption == "Facts · 算力券 · 1 row"
    (row,) = csv.DictReader(io.StringIO(file.decode("utf-8-sig")))
    assert row["type"] == "measure"
    assert row["quote"].startswith("按不超过60%")


async def test_filters_of_search_are_understood(full: Scene):
    _, _, file = await exported(full, "/export json articles source:市政府")
    assert [row["title"] for row in json.loads(file)] == ["算力券办法"]
    _, _, file = await exported(full, "/export json type:deadline")
    assert {row["type"] for row in json.loads(file)} == {"deadline"}
    (answer,) = await full.say("/export csv since:soon")
    assert "“soon” is no time to look back to." in answer
    (answer,) = await full.say("/export csv source:nobody")
    assert answer == "No source is called “nobody”."


async def test_measures_have_a_column_for_each_role_of_an_amount(full: Scene):
    _, _, file = await exported(full, "/export json measures")
    (row,) = json.loads(file)
    assert (row["rate"], row["rate_unit"], row["rate_base"]) == ("60", "percent", "算力使用费用")
    assert (row["cap"], row["cap_unit"], row["cap_period"]) == ("5000000", "CNY", "year")
    assert row["pool"] is None


async def test_without_words_it_offers_what_there_is(full: Scene):
    (answer,) = await full.say("/export")
    assert "<code>/export xlsx measures 算力 since:365d</code>" in answer
    shown = full.last_message()
    since = full.seen
    await full.press(shown["buttons"]["Deadlines"], shown["id"])
    (call,) = full.calls("sendDocument", since)
    assert call["result"]["document"]["file_name"] == "pilotwatch-deadlines-2026-11-23.xlsx"


async def test_what_is_not_there_is_said_and_no_empty_file_is_sent(full: Scene):
    (_, answer) = await full.say("/export csv 没有这种")
    assert "Nothing was found for “没有这种”." in answer
    assert full.calls("sendDocument") == []


async def test_more_than_one_file_holds_is_cut_and_said(full: Scene, monkeypatch):
    monkeypatch.setattr(export, "MOST", 1)
    _, caption, file = await exported(full, "/export json articles")
    assert len(json.loads(file)) == 1
    assert caption == "Articles · 1 row · only the newest; there are more"


async def test_chinese_readers_are_told_in_chinese(full: Scene):
    _, caption, _ = await exported(full, "/export 措施 xlsx 算力", CHINESE)
    assert caption == "扶持措施 · 算力 · 1行"


async def test_what_is_coming_and_how_much_at_most_is_said_before_it_is_written(full: Scene):
    (begun,) = await full.say("/export csv measures 算力")
    assert begun == "⏳ Preparing a file: Measures · 算力\nAt most 20,000 rows, the newest."
    first, then = (call["method"] for call in full.calls() if call["method"].startswith("send"))
    assert (first, then) == ("sendMessage", "sendDocument")


async def test_where_no_file_can_be_written_it_is_said(full: Scene, monkeypatch):
    monkeypatch.setattr(full.tools.clerk, "_module", "there.is.none")
    (_, answer) = await full.say("/export csv facts")
    assert "too much for one file" in answer


async def test_hostile_words_of_a_feed_stay_words_in_the_file(scene: Scene):
    nasty = new_article(entry(title="=cmd|' /C calc'!A0"), facts=[fact(subject="@SUM(1)")])
    await kept(scene, nasty)
    _, _, file = await exported(scene, "/export csv facts")
    (row,) = csv.DictReader(io.StringIO(file.decode("utf-8-sig")))
    assert row["article"].startswith("'=cmd")
    assert row["subject"] == "'@SUM(1)"


def sheet(workbook: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        return ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_of_a_csv_begins_like_a_formula(text: str):
    (_, (cell,)) = csv.reader(io.StringIO(as_csv([{"a": text}]).decode("utf-8-sig"), newline=""))
    assert cell == "'" + text


@pytest.mark.parametrize("text", EVIL)
def test_a_spreadsheet_holds_the_text_itself_and_no_formula(text: str):
    found = sheet(as_xlsx([{"a": text}]))
    assert list(found.iter(f"{_CELL}f")) == []
    assert [one.get("t") for one in found.iter(f"{_CELL}c")] == ["inlineStr", "inlineStr"]


@given(st.text(max_size=30))
def test_no_text_at_all_becomes_a_formula(text: str):
    assert list(sheet(as_xlsx([{"a": text}])).iter(f"{_CELL}f")) == []
    content = as_csv([{"a": text}]).decode("utf-8-sig", "surrogatepass")
    cell = list(csv.reader(io.StringIO(content, newline="")))[1:]
    assert not cell or not cell[0] or not cell[0][0].startswith(tuple("=+@\t\r\n"))


@pytest.mark.parametrize("value", ["1780", "-3.5", "0", "0.25", "100000000"])
def test_numbers_can_be_added_up(value: str):
    (_, cell) = sheet(as_xlsx([{"value": value}])).iter(f"{_CELL}c")
    assert cell.get("t") is None
    assert cell[0].text is not None
    assert float(cell[0].text) == float(value)
    assert as_csv([{"value": value}]).decode("utf-8-sig").splitlines()[1] == value


@pytest.mark.parametrize("text", ["007", "1.2.3", "12345678901234567890", "٣", "-", "1e5"])
def test_what_only_looks_like_a_number_stays_as_it_is(text: str):
    (_, cell) = sheet(as_xlsx([{"a": text}])).iter(f"{_CELL}c")
    assert cell.get("t") == "inlineStr"


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_rows_give_the_same_file_in_every_form(form: str):
    rows = [{"a": "成都", "b": None, "c": [1, {"d": "e"}]}]
    assert FORMATS[form](rows)
