"""Every command does its work, and says in one line what is wrong."""

import json
import sqlite3
from typing import Any

import pytest

from tests.feed_server import article_page, item, list_page, rss

ARTICLE = (
    "Chengdu's AI innovation and application pilot zone has over 90 key enterprises. The "
    "Chengdu Supercomputing Center serves more than 200 institutions."
)


def one_line(err: str) -> bool:
    return len(err.splitlines()) == 1 and err.startswith("pilotwatch: ")


async def test_an_article_is_read_from_standard_input(program):
    ended = await program.run(
        "read", "-", "--json", "--title", "Pilot zone", "--published", "2025-08-28", given=ARTICLE
    )
    reading = json.loads(ended.out)
    assert ended.code == 0
    assert list(reading) == [
        "title", "published", "language", "text", "relevance", "facts", "entities",
    ]  # fmt: skip
    assert (reading["title"], reading["published"]) == ("Pilot zone", "2025-08-28")
    assert {"90", "200"} <= {fact["value"] for fact in reading["facts"]}
    for fact in reading["facts"]:
        for evidence in fact["evidence"]:
            text = reading[evidence["field"]]
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


async def test_a_batch_answers_each_line_and_names_the_one_it_cannot_read(shell):
    lines = [json.dumps({"id": "a", "text": ARTICLE}), "{broken", json.dumps({"id": 2, "text": ""})]
    ended = await shell.run("read", "--batch", given="\n".join(lines))
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", None, 2]
    assert answers[0]["facts"]
    assert "error" in answers[1]
    assert ended.code == 2
    assert one_line(ended.err)
    assert "line 2" in ended.err


async def test_a_reading_for_people_shows_the_judgement_before_the_facts(shell):
    ended = await shell.run("read", "-", "--title", "Pilot zone", given=ARTICLE)
    assert ended.code == 0
    assert (
        ended.out.index("for chengdu-ai")
        < ended.out.index("Figures")
        < ended.out.index("more than 90")
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "no-such-file.txt"],
        ["read"],
        ["read", "-", "--published", "last week"],
        ["read", "-", "--topic", "nothing-like-it"],
        ["export", "secrets"],
        ["export", "facts", "--format", "xlsx"],
        ["no-such-command"],
    ],
)
async def test_wrong_use_is_one_line_and_exit_code_2(shell, arguments):
    ended = await shell.run(*arguments, given=ARTICLE)
    assert ended.code == 2
    assert one_line(ended.err), ended.err
    assert "Traceback" not in ended.err


async def test_bytes_that_are_no_text_are_refused(shell):
    (shell.folder / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    ended = await shell.run("read", "picture.png")
    assert (ended.code, one_line(ended.err)) == (2, True)


async def test_every_mistake_in_the_settings_is_a_line_and_exit_code_78(program):
    ended = await program.run(
        "poll", "--once", TIMEZONE="Mars/Phobos", POLL_SECONDS="often", TELEGRAM_BOT_TOKEN="hunter2"
    )
    assert ended.code == 78
    assert len(ended.err.splitlines()) == 3
    for name in ("TIMEZONE", "POLL_SECONDS", "TELEGRAM_BOT_TOKEN"):
        assert name in ended.err
    assert "hunter2" not in ended.err


async def test_a_database_that_cannot_be_opened_is_one_line_and_exit_code_1(program):
    (program.folder / "pilotwatch.db").write_bytes(b"this is no database" * 100)
    ended = await program.run("poll", "--once")
    assert (ended.code, one_line(ended.err)) == (1, True), ended.err


async def test_a_source_is_added_read_exported_and_removed(shell, feeds):
    feeds.bodies["/zone.xml"] = rss([item(1, "Chengdu AI pilot zone grows", ARTICLE)])
    url = feeds.url("/zone.xml")

    added = await shell.run("source", "add", url, "--yes")
    assert added.code == 0, added.err
    assert "Chengdu AI pilot zone grows" in added.out

    again = await shell.run("source", "add", url, "--yes")
    assert (again.code, one_line(again.err)) == (1, True)

    polled = json.loads((await shell.run("poll", "--once", "--json")).out)
    assert (polled["read"], polled["articles"], polled["relevant"]) == (1, 1, 1)
    assert polled["facts"] >= 2
    assert polled["sources"] == [{"id": 1, "url": url, "outcome": "read", "new": 1, "error": None}]

    (listed,) = json.loads((await shell.run("source", "list", "--json")).out)
    assert (listed["id"], listed["url"], listed["failures"]) == (1, url, 0)
    assert listed["last_read"] < listed["next_read"]

    facts = json.loads((await shell.run("export", "facts")).out)
    assert {"90", "200"} <= {fact["value"] for fact in facts}
    table = await shell.run("export", "articles", "--format", "csv", "--output", "articles.csv")
    assert table.code == 0
    assert "pilot zone" in (shell.folder / "articles.csv").read_text("utf-8-sig")

    assert (await shell.run("source", "remove", "1")).code == 0
    gone = await shell.run("source", "remove", "1")
    assert (gone.code, one_line(gone.err)) == (1, True)


@pytest.mark.parametrize(
    ("body", "word"), [(b"<html><body>Welcome</body></html>", "page"), (b"", "empty")]
)
async def test_an_address_without_a_feed_is_refused_in_plain_words(shell, feeds, body, word):
    feeds.bodies["/"] = body
    ended = await shell.run("source", "add", feeds.url("/"), "--yes")
    assert (ended.code, one_line(ended.err)) == (1, True), ended.err
    assert word in ended.err


async def test_a_web_page_is_read_from_its_address_and_from_a_file_in_any_encoding(shell, feeds):
    told = ["成都市人工智能先导区现有重点企业90余家，申报截至2026年12月31日。" * 5] * 4
    html = article_page("成都市人工智能先导区算力券申报通知", told, "2026-11-20")
    url = feeds.page("/a.html", html, "gb18030")
    (shell.folder / "saved.html").write_bytes(html.encode("gb18030"))
    for source in (url, "saved.html"):
        ended = await shell.run("read", source, "--json")
        assert ended.code == 0, ended.err
        reading = json.loads(ended.out)
        assert reading["title"] == "成都市人工智能先导区算力券申报通知"
        assert reading["published"] == "2026-11-20"
        assert reading["facts"]
    said = await shell.run("read", url, "--json", "--title", "Mine", "--published", "2025-01-01")
    assert (json.loads(said.out)["title"], json.loads(said.out)["published"]) == (
        "Mine",
        "2025-01-01",
    )
    gone = await shell.run("read", feeds.url("/nowhere"))
    assert (gone.code, one_line(gone.err)) == (2, True), gone.err
    assert "404" in gone.err
    private = await shell.run("read", url, FETCH_ALLOW_CIDRS="")
    assert (private.code, one_line(private.err)) == (2, True)


VOUCHERS = "Chengdu gave 213 companies CNY 48.6 million of compute vouchers on December 22."


async def test_articles_are_grouped_line_by_line_and_a_broken_line_costs_itself(shell):
    shared = {"published": "2025-12-22T17:20:00+08:00", "source": "a.example", "tier": "media"}
    lines: list[dict[str, Any]] = [
        {"id": "a", "title": "首批算力券发放", "text": "22日，成都213家单位领到算力券4860万元。"},
        {"id": 2, "title": "Vouchers", "source": "b.example", "language": "en", "text": VOUCHERS},
        {"id": "c", "title": "Rain", "text": "It rains in Lisbon.", "published": "2025-12-22"},
    ]  # fmt: skip
    given = [json.dumps({**shared, **line}) for line in lines]
    ended = await shell.run("group", given="\n".join([*given[:1], "{broken", *given[1:]]))
    answers = {one["id"]: one["story"] for one in map(json.loads, ended.out.splitlines())}
    assert answers["a"] == answers[2] != answers["c"]
    assert (ended.code, one_line(ended.err)) == (2, True)
    assert "line 2" in ended.err


async def test_a_list_page_is_watched_by_its_selector(shell, feeds):
    rows = [(f"/art/{n}.html", f"成都市人工智能第{n}号公告", "2026-11-20") for n in range(3)]
    url = feeds.page("/list.html", list_page(rows))
    added = await shell.run("source", "add", url, "--yes", "--selector", "li a", "--kind", "list")
    assert added.code == 0, added.err
    (listed,) = json.loads((await shell.run("source", "list", "--json")).out)
    assert listed["kind"] == "list"
    wrong = await shell.run("source", "add", url, "--kind", "newspaper")
    assert (wrong.code, one_line(wrong.err)) == (2, True)


async def test_one_source_is_shown_changed_tested_and_read(shell, feeds):
    url = feeds.url("/zone.xml")
    feeds.bodies["/zone.xml"] = rss([item(1, "Chengdu AI pilot zone", ARTICLE)])
    assert (await shell.run("source", "add", url, "--yes", "--charset", "gb18030")).code == 0
    shown = await shell.run("source", "show", "1")
    assert shown.code == 0, shown.err
    assert "Encoding: gb18030" in shown.out
    assert "pilotwatch source edit 1 interval 30" in shown.out
    edited = await shell.run("source", "edit", "1", "tier", "official")
    assert "Tier: official" in edited.out
    assert "Chengdu AI pilot zone" in (await shell.run("source", "test", "1")).out
    assert "1 new" in (await shell.run("source", "poll", "1")).out
    for wrong, code in (
        (("edit", "1", "tier", "golden"), 2),
        (("edit", "9", "pause"), 1),
        (("show", "9"), 1),
        (("test", "9"), 1),
        (("poll", "9"), 1),
        (("add", url, "--charset", "klingon"), 2),
    ):
        ended = await shell.run("source", *wrong)
        assert (ended.code, one_line(ended.err)) == (code, True), ended.err


async def test_a_page_is_read_with_its_files_and_where_each_field_was_found(shell, feeds):
    html = article_page("成都市人工智能先导区算力券申报通知", ["成都算力券最高500万元。" * 9])
    html = html.replace("</div></body>", "<a href='/f/1.pdf'>申报表</a></div></body>")
    ended = await shell.run("read", feeds.page("/a.html", html, "gbk"))
    assert "attached: 申报表  " + feeds.url("/f/1.pdf") in ended.out
    assert "title from meta ArticleTitle" in ended.out
    (shell.folder / "text.txt").write_bytes(("成都市发放算力券1亿元。" * 9).encode("gb18030"))
    assert "1亿元" in (await shell.run("read", "text.txt")).out
    (shell.folder / "noise.bin").write_bytes(bytes(range(128, 256)) * 9 + b"\0" * 9)
    noise = await shell.run("read", "noise.bin")
    assert (noise.code, one_line(noise.err)) == (2, True)


async def test_sources_go_out_as_opml_and_come_back_once(shell):
    (shell.folder / "in.opml").write_text(
        "<opml version='2.0'><body><outline text='A' type='rss' xmlUrl='https://a.example/feed'/>"
        "<outline text='Mail' xmlUrl='mailto:x@a.example'/></body></opml>"
    )
    taken = await shell.run("import-opml", "in.opml")
    assert taken.code == 0, taken.err
    assert "1 added, 0 watched already, 1 refused" in taken.out
    assert "Mail: " in taken.out
    assert (await shell.run("export-opml", "out.opml")).code == 0
    again = await shell.run("import-opml", "out.opml")
    assert "0 added, 1 watched already, 0 refused" in again.out
    (shell.folder / "no.opml").write_text("nothing")
    for file in ("no.opml", "missing.opml"):
        refused = await shell.run("import-opml", file)
        assert (refused.code, one_line(refused.err)) == (2, True), refused.err


async def test_a_private_address_is_refused_and_the_setting_named(shell, feeds):
    ended = await shell.run("source", "add", feeds.url("/zone.xml"), "--yes", FETCH_ALLOW_CIDRS="")
    assert (ended.code, one_line(ended.err)) == (1, True), ended.err
    assert "private" in ended.err
    assert feeds.requests == []


async def test_poll_ends_well_also_when_a_source_failed(program, feeds):
    feeds.bodies["/zone.xml"] = rss([item(1, "News", ARTICLE)])
    await program.run("source", "add", feeds.url("/zone.xml"), "--yes")
    feeds.statuses["/zone.xml"] = 503
    ended = await program.run("poll", "--once", "--json")
    report = json.loads(ended.out)
    assert (ended.code, report["failed"]) == (0, 1)
    assert "503" in report["sources"][0]["error"]


async def test_migrate_says_where_the_database_is_and_may_be_repeated(shell):
    first, second = await shell.run("migrate"), await shell.run("migrate")
    assert (first.code, second.code) == (0, 0)
    assert first.out == second.out


async def test_the_doctor_finds_a_healthy_house_well_and_names_what_is_not(shell):
    well = await shell.run("doctor")
    assert well.code == 0, well.out
    (shell.folder / "pilotwatch.db").write_bytes(b"this is no database" * 100)
    ill = await shell.run("doctor")
    assert ill.code == 1
    assert "!!  database" in ill.out


async def test_help_names_every_command(shell):
    ended = await shell.run("--help")
    for name in (
        "run",
        "sandbox",
        "read",
        "source",
        "poll",
        "digest",
        "export",
        "import-opml",
        "export-opml",
        "migrate",
        "doctor",
    ):
        assert f"  {name} " in ended.out


async def test_a_batch_may_come_from_a_file_and_names_what_it_cannot_open(shell):
    (shell.folder / "cases.jsonl").write_text(json.dumps({"id": "a", "text": ARTICLE}))
    ended = await shell.run("read", "cases.jsonl", "--batch")
    assert json.loads(ended.out)["id"] == "a"
    missing = await shell.run("read", "nothing.jsonl", "--batch")
    assert (missing.code, one_line(missing.err)) == (2, True)
    mixed = await shell.run("read", "--batch", "--title", "x")
    assert (mixed.code, one_line(mixed.err)) == (2, True)


@pytest.mark.parametrize("given", ["", " \n\t "])
async def test_nothing_is_no_article(shell, given):
    ended = await shell.run("read", "-", given=given)
    assert (ended.code, one_line(ended.err)) == (2, True)


async def test_a_file_that_cannot_be_written_is_one_line(shell):
    ended = await shell.run("export", "facts", "--format", "csv", "--output", "nowhere/facts.csv")
    assert (ended.code, one_line(ended.err)) == (1, True), ended.err


async def test_without_anybody_to_ask_nothing_is_added(shell, feeds):
    feeds.bodies["/zone.xml"] = rss([item(1, "News", ARTICLE)])
    ended = await shell.run("source", "add", feeds.url("/zone.xml"))
    assert (ended.code, one_line(ended.err)) == (2, True)
    assert json.loads((await shell.run("source", "list", "--json")).out) == []


async def test_a_command_group_alone_shows_its_help_as_it_is(shell):
    ended = await shell.run("source")
    assert ended.code == 2
    assert len(ended.err.splitlines()) > 5


async def test_the_doctor_knows_a_database_that_is_too_new(shell):
    await shell.run("migrate")
    with sqlite3.connect(shell.folder / "pilotwatch.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    ended = await shell.run("doctor")
    assert ended.code == 1
    assert "newer version" in ended.out
