"""`pilotwatch export everything` and `import`, as a shell calls them."""

import pytest

from tests.feed_server import item, rss

TEXT = "Chengdu's AI innovation and application pilot zone has over 90 key enterprises."


async def test_everything_moves_to_another_database(shell, feeds):
    feeds.bodies["/zone.xml"] = rss([item(1, "Pilot zone", TEXT)])
    await shell.run("source", "add", feeds.url("/zone.xml"), "--yes")
    await shell.run("poll", "--once")
    written = await shell.run("export", "everything", "--output", "all.zip")
    assert written.code == 0, written.err
    assert written.out.startswith("Written: all.zip (")
    there = {"DATABASE_URL": f"sqlite:///{shell.folder}/other.db"}
    loaded = await shell.run("import", "all.zip", **there)
    assert loaded.code == 0, loaded.err
    assert "Loaded: " in loaded.out
    found = await shell.run("search", "enterprises", **there)
    assert "Pilot zone" in found.out
    again = await shell.run("import", "all.zip", **there)
    assert (again.code, again.err.count("\n")) == (1, 1)
    assert "something in the database already" in again.err


@pytest.mark.postgres
async def test_it_moves_to_the_other_engine(shell, feeds, bare_postgres_url):
    feeds.bodies["/zone.xml"] = rss([item(1, "Pilot zone", TEXT)])
    await shell.run("source", "add", feeds.url("/zone.xml"), "--yes")
    await shell.run("poll", "--once")
    await shell.run("export", "everything", "--output", "all.zip")
    there = {"DATABASE_URL": bare_postgres_url}
    assert (await shell.run("import", "all.zip", **there)).code == 0
    here = await shell.run("export", "facts")
    assert here.out == (await shell.run("export", "facts", **there)).out
    assert '"quote"' in here.out


async def test_what_is_missing_is_said_in_one_line(shell):
    await shell.run("migrate")
    nameless = await shell.run("export", "everything")
    assert (nameless.code, nameless.err.count("\n")) == (2, 1)
    assert "--output FILE.zip" in nameless.err
    (shell.folder / "all.zip").write_text("no archive")
    wrong = await shell.run("import", "all.zip")
    assert (wrong.code, wrong.err.count("\n")) == (1, 1)
    assert "is no archive" in wrong.err


async def test_a_restore_says_what_becomes_of_the_time_since(shell):
    await shell.run("migrate")
    await shell.run("backup", "copy.db")
    seen = await shell.run("restore", "copy.db", "--yes", "--since-then", "seen")
    assert "Taken for told: 0 messages" in seen.out
    again = await shell.run("restore", "copy.db", "--yes")
    assert again.code == 0
    assert "told" not in again.out  # an empty one has nothing to repeat
