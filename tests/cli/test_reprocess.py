"""`pilotwatch reprocess`: all that is stored, once more, and what to say to a wrong date."""

from tests.feed_server import item, rss

TEXT = (
    "Chengdu's AI innovation and application pilot zone has over 90 key enterprises. The "
    "Chengdu Supercomputing Center serves more than 200 institutions."
)


async def test_everything_is_reread_and_counted(shell, feeds):
    feeds.bodies["/zone.xml"] = rss(
        [item(1, "Pilot zone", TEXT), item(2, "Zone grows", TEXT + ".")]
    )
    await shell.run("source", "add", feeds.url("/zone.xml"), "--yes")
    await shell.run("poll", "--once")
    ended = await shell.run("reprocess")
    assert ended.code == 0
    assert ended.out == "2 articles reread, 0 of them read otherwise now.\n"
    assert "2/2" in ended.err
    ended = await shell.run("reprocess", "--since", "2099-01-01")
    assert ended.out == "0 articles reread, 0 of them read otherwise now.\n"


async def test_a_wrong_date_is_one_line(shell):
    ended = await shell.run("reprocess", "--since", "yesterday")
    assert ended.code == 2
    assert len(ended.err.splitlines()) == 1
    assert "yesterday" in ended.err
