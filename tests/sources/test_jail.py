"""Whatever a page does to its reader, it does to nobody else, and not for long."""

import asyncio
import gc
import os
import signal
import sys
import time
from collections.abc import Awaitable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.reading import Reading
from domain.source import ReadingOptions
from sources.cell import JailUnavailable
from sources.errors import ParseError
from sources.jail import Jail
from sources.opml import OpmlSource
from sources.opml import write as write_opml
from sources.page import Discovery, Feed, Page, PageText
from sources.task import ReadFailure, ReadRequest
from sources.web import Web
from sources.worker import MEMORY
from tests.sources.article_pages import ARTICLE_PAGES, PARAGRAPHS, TITLE
from tests.sources.killers import feed, killers, page_killers
from tests.sources.list_pages import LIST_PAGES, TITLES
from tests.sources.servers import answer, serving

POISONED = "tests.sources.poisoned"
KILLERS = killers()
PAGE_KILLERS = page_killers()
GOVERNMENT = ARTICLE_PAGES["a government site with its meta tags"]


def page(body: bytes, content_type: str = "text/xml") -> Page:
    return Page(url="http://news.example/feed", body=body, content_type=content_type, body_hash="0")


def texts(answers):
    return [a.text if isinstance(a, Reading) else a.code for a in answers]


def articles(*words: str) -> list[ReadRequest]:
    return [ReadRequest(text=word) for word in words]


async def test_a_feed_comes_through_the_jail_as_it_is():
    async with Jail(1) as jail:
        found = await jail.parse("feed", page(feed(50, "成都 &lt;b&gt;AI&lt;/b&gt;")))
    assert (found.title, len(found.entries), found.note) == ("T", 50, None)
    assert found.entries[7].text == "成都 AI"
    assert found.entries[7].url == "http://a.example/7"


async def test_a_feed_of_several_frames_keeps_its_order():
    async with Jail(1) as jail:
        found = await jail.parse("feed", page(feed(400, "word " * 400)))
    assert [entry.guid for entry in found.entries] == [str(number) for number in range(400)]


async def test_what_a_feed_says_of_itself_comes_through_too():
    about = (
        b"<ttl>30</ttl><atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' href='/f'/>"
    )
    body = feed(1).replace(b"<title>T</title>", b"<title>T</title>" + about)
    async with Jail(1) as jail:
        found = await jail.parse("feed", page(body))
        searched = await jail.parse("search", page(body))
    assert (found.ttl, found.self_url) == (timedelta(minutes=30), "http://news.example/f")
    assert (found.doubtful, found.discovery_only) == (False, False)
    assert searched.discovery_only


async def test_options_reach_the_parser():
    html = LIST_PAGES["definitions"].html
    body = html.replace("charset='utf-8'", "charset='big5'").encode("gb18030")
    options = ReadingOptions(charset="gbk", selector="dl dt:first-child a", timezone="UTC")
    async with Jail(1) as jail:
        (entry,) = (await jail.parse("list", page(body), options)).entries
        fields = ReadingOptions(fields={"items": "x.y", "title": "t"})
        (other,) = (await jail.parse("json", page(b'{"x":{"y":[{"t":"T"}]}}'), fields)).entries
    assert entry.title == TITLES[0]
    assert entry.published == datetime(2025, 9, 11, tzinfo=UTC)
    assert other.title == "T"


async def test_an_article_comes_through_the_jail_as_it_is():
    async with Jail(1) as jail:
        found = await jail.extract(page(GOVERNMENT.html.encode("gb18030"), "text/html"))
        with pytest.raises(ParseError) as caught:
            await jail.extract(page(b"%PDF-1.7"))
    assert found.title == TITLE
    assert found.text.split("\n")[: len(PARAGRAPHS)] == list(PARAGRAPHS)
    assert found.origins["published"] == "meta PubDate"
    assert found.published is not None
    assert found.published.isoformat() == "2025-09-11T10:20:00+08:00"
    assert caught.value.code == "not_a_page"


async def test_a_discovery_comes_through_the_jail_with_its_preview():
    link = b"<link rel=alternate type=application/rss+xml href=/rss title=F>"
    body = LIST_PAGES["definitions"].html.encode()
    async with Jail(1) as jail:
        found = await jail.discover(page(link + body))
        nothing = await jail.discover(page(b"<html><p>Nothing."))
        with pytest.raises(ParseError) as caught:
            await jail.discover(page(b""))
    assert found.kind == "list"
    assert found.feed is not None
    assert [entry.title for entry in found.feed.entries] == list(TITLES)
    assert [one.url for one in found.links] == ["http://news.example/rss"]
    assert (nothing.kind, nothing.feed) == (None, None)
    assert nothing.well_known
    assert caught.value.code == "empty"


async def test_a_list_of_sources_comes_through_the_jail():
    sources = [OpmlSource(url="https://a.example/", title="成都", kind="list", tier="official")]
    async with Jail(1) as jail:
        found = await jail.opml(write_opml(sources))
        for body, code in ((b"<!DOCTYPE a><opml/>", "doctype"), (b" " * 2**21, "too_large")):
            with pytest.raises(ParseError) as caught:
                await jail.opml(body)
            assert caught.value.code == code
    assert found.sources == tuple(sources)


async def test_an_unreadable_page_is_one_plain_error_and_the_worker_goes_on():
    async with Jail(1) as jail:
        await jail.parse("feed", page(feed()))
        before = _pids(jail)
        with pytest.raises(ParseError) as caught:
            await jail.parse("feed", page(b"<html><p>hello"))
        await jail.parse("feed", page(feed()))
        assert _pids(jail) == before
    assert caught.value.code == "web_page"
    assert caught.value.url == "http://news.example/feed"


@pytest.fixture(scope="module")
def outcomes():
    """Every killer in turn, a good feed after each, with the heart beat of the loop."""
    return asyncio.run(_outcomes())


async def _outcomes():
    results = {}
    async with Jail(1, seconds=1.2) as jail, _heart_beat() as longest:
        for name, body in KILLERS.items():
            longest.clear()
            try:
                result: Feed | ParseError = await jail.parse("feed", page(body))
            except ParseError as error:
                result = error
            good = await jail.parse("feed", page(feed()))
            results[name] = (result, len(good.entries), max(longest, default=0.0))
    return results


@asynccontextmanager
async def _heart_beat():
    # Collecting what hundreds of earlier tests left behind is not the jail's work: 0.4 s at once.
    gc.freeze()
    late: list[float] = []

    async def beat():
        while True:
            before = time.thread_time()
            await asyncio.sleep(0.01)
            late.append(time.thread_time() - before)

    task = asyncio.create_task(beat())
    try:
        yield late
    finally:
        task.cancel()
        gc.unfreeze()


@pytest.mark.parametrize("name", KILLERS)
def test_a_killer_gives_entries_or_one_clear_error_and_the_next_feed_is_read(outcomes, name):
    result, good, _ = outcomes[name]
    assert good == 3
    if isinstance(result, ParseError):
        assert str(result).isprintable()
        assert str(result).endswith(".")
        assert result.code != "parse_died"
    else:
        assert all(len(entry.text) <= 100_000 for entry in result.entries)


def test_no_killer_keeps_the_loop_busy(outcomes):
    # CPU time of the loop's own thread between two beats: a busy machine does not count.
    lags = {name: lag for name, (_, _, lag) in outcomes.items()}
    assert {name: lag for name, lag in lags.items() if lag >= 0.15} == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("many attributes", "tag_too_long"),
        ("many attributes behind a sign", "tag_too_long"),
        ("many namespaces", "tag_too_long"),
        ("a web page", "web_page"),
        ("zeros", "empty"),
        ("brackets only", "parse_timeout"),
    ],
)
def test_what_stopped_a_killer_is_named(outcomes, name, code):
    result, _, _ = outcomes[name]
    assert isinstance(result, ParseError)
    assert result.code == code


async def test_two_workers_read_while_a_third_page_hangs():
    async with Jail(2, seconds=2.0) as jail:
        hanging = asyncio.create_task(jail.parse("feed", page(KILLERS["brackets only"])))
        await asyncio.sleep(0)
        for _ in range(3):
            await jail.parse("feed", page(feed()))
        assert not hanging.done()
        with pytest.raises(ParseError):
            await hanging


async def test_more_tasks_than_workers_wait_their_turn():
    async with Jail(2) as jail:
        found = await asyncio.gather(*(jail.parse("feed", page(feed(n))) for n in range(1, 12)))
    assert [len(one.entries) for one in found] == list(range(1, 12))


async def test_articles_are_read_in_order_with_their_titles_and_dates():
    async with Jail(2, module=POISONED) as jail:
        requests = [ReadRequest(text=f"{n}", title=f"t{n}", published="2026") for n in range(100)]
        answers = await jail.read(requests, ["chengdu-ai"])
    assert texts(answers) == [str(number) for number in range(100)]
    assert isinstance(answers[99], Reading)
    assert (answers[99].title, answers[99].published) == ("t99", "2026")


@pytest.fixture(scope="module")
def page_outcomes():
    """Every hostile page, read as an article, and looked into: for feeds, JSON and lists."""
    return asyncio.run(_page_outcomes())


async def _page_outcomes():
    results = {}
    async with Jail(1, seconds=1.2) as jail, _heart_beat() as longest:
        for name, body in PAGE_KILLERS.items():
            longest.clear()
            given = page(body, "text/html")
            found = [await _answer(ask(given)) for ask in (jail.extract, jail.discover)]
            good = await jail.extract(page(GOVERNMENT.html.encode(), "text/html"))
            results[name] = (found, good.title, max(longest, default=0.0))
    return results


async def _answer(asked: Awaitable[Feed | PageText | Discovery]):
    try:
        return await asked
    except ParseError as error:
        return error


@pytest.mark.parametrize("name", PAGE_KILLERS)
def test_a_hostile_page_gives_its_words_or_one_clear_error_and_the_next_is_read(
    page_outcomes, name
):
    found, good, _ = page_outcomes[name]
    assert good == TITLE
    assert len(found) == 2
    assert all(not isinstance(one, ParseError) or str(one).isprintable() for one in found)


@pytest.mark.parametrize("name", PAGE_KILLERS)
def test_no_hostile_page_stalls_the_event_loop(page_outcomes, name):
    assert page_outcomes[name][2] < 0.15


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's own")
async def test_a_worker_with_everything_loaded_has_room_to_spare():
    async with Jail(1) as jail:
        await jail.extract(page(GOVERNMENT.html.encode(), "text/html"))
        (pid,) = _pids(jail)
        assert _most_memory(pid) < MEMORY / 2


async def test_no_articles_are_no_work():
    async with Jail(1, module=POISONED) as jail:
        assert await jail.read([], ["chengdu-ai"]) == []


async def test_a_poisonous_article_costs_itself_alone():
    words = ["a", "hang", "b", "die", "c", "fail", "d", "fill", "e", "print", "f"]
    async with Jail(1, seconds=0.7, module=POISONED) as jail:
        answers = await jail.read(articles(*words), ["chengdu-ai"])
    expected = ["a", "read_timeout", "b", "read_died", "c", "read_failed", "d", "read_failed"]
    assert texts(answers) == [*expected, "e", "print", "f"]
    failures = [answer.reason for answer in answers if isinstance(answer, ReadFailure)]
    assert all(reason.isprintable() and "secret" not in reason for reason in failures)


async def test_what_cannot_cross_the_pipe_keeps_its_place():
    async with Jail(1, module=POISONED) as jail:
        answers = await jail.read(articles("a\ud800b", "x" * 1_000_001, "ok"), [])
    assert texts(answers) == ["a?b", "read_too_large", "ok"]


async def test_a_header_of_odd_bytes_does_no_harm():
    reply = answer(feed(), content_type="text/xml; charset=\udcff\udcfe")
    async with serving(reply) as server, Web(allow_cidrs=["127.0.0.0/8"]) as web, Jail(1) as jail:
        fetched = await web.fetch(server.url())
        assert fetched is not None
        assert len((await jail.parse("feed", fetched)).entries) == 3


async def test_a_batch_of_nothing_but_poison_ends():
    async with Jail(2, module=POISONED) as jail:
        assert texts(await jail.read(articles("die", "die", "die"), [])) == ["read_died"] * 3


async def test_a_worker_that_was_killed_while_idle_is_replaced_unnoticed():
    async with Jail(1) as jail:
        await jail.parse("feed", page(feed()))
        (pid,) = _pids(jail)
        os.kill(pid, signal.SIGKILL)
        await _gone(pid)
        assert len((await jail.parse("feed", page(feed()))).entries) == 3


async def test_a_caller_that_gives_up_leaves_a_clean_worker_behind():
    async with Jail(1) as jail:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await jail.parse("feed", page(KILLERS["brackets only"]))
        assert len((await jail.parse("feed", page(feed()))).entries) == 3


async def test_the_worker_knows_nothing_of_our_environment(monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    async with Jail(1, module=POISONED) as jail:
        assert texts(await jail.read(articles("a"), [])) == ["a"]


async def test_the_worker_is_bounded_and_writes_nothing(tmp_path):
    target = tmp_path / "file"
    async with Jail(1, module=POISONED) as jail:
        requests = [ReadRequest(text="limits"), ReadRequest(text="write", title=str(target))]
        limits, written = texts(await jail.read(requests, []))
    assert limits == str([(MEMORY, MEMORY), (64, 64), (0, 0)])
    assert written == "refused"
    assert not target.exists() or target.read_bytes() == b""


async def test_leaving_the_jail_ends_every_worker():
    async with Jail(2) as jail:
        await jail.parse("feed", page(feed()))
        hanging = asyncio.create_task(jail.parse("feed", page(KILLERS["brackets only"])))
        await asyncio.sleep(0.1)
        pids = _pids(jail)
    for pid in pids:
        await _gone(pid)
    with pytest.raises(JailUnavailable, match="stopping"):
        await hanging
    assert _pids(jail) == []


async def test_a_worker_that_cannot_start_is_a_fault_of_ours_and_not_of_the_page():
    async with Jail(1, module="tests.sources.unstartable") as jail:
        for _ in range(2):
            with pytest.raises(JailUnavailable, match="make setup"):
                await jail.parse("feed", page(feed()))


PARENT = """
import asyncio, sys
from sources.jail import Jail
from tests.sources.test_jail import KILLERS, page

async def main():
    async with Jail(1, seconds=60) as jail:
        task = asyncio.create_task(jail.parse("feed", page(KILLERS["brackets only"])))
        while not (jail._cells[0]._process and jail._idle.empty()):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.5)
        print(jail._cells[0]._process.pid, flush=True)
        await task

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal is Linux's own")
async def test_a_spinning_worker_dies_with_its_parent():
    root = Path(__file__).parents[2]
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, stdout=asyncio.subprocess.PIPE, cwd=root
    )
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    assert _alive(pid)
    parent.kill()
    await parent.wait()
    await _gone(pid)


FRAGMENTS = st.binary(max_size=2000) | st.sampled_from([feed(2), b"<rss>", b"<item><title>"])


@settings(max_examples=6, deadline=None)
@given(bodies=st.lists(st.lists(FRAGMENTS, max_size=4), max_size=8))
def test_any_bytes_at_all_give_entries_or_one_clear_error_through_the_jail(bodies):
    outcomes = asyncio.run(_outcomes_of([b"".join(fragments) for fragments in bodies]))
    assert all(isinstance(one, Feed) or str(one).isprintable() for one in outcomes)


async def _outcomes_of(bodies: list[bytes]) -> list[Feed | ParseError]:
    outcomes: list[Feed | ParseError] = []
    async with Jail(1) as jail:
        for body in bodies:
            try:
                outcomes.append(await jail.parse("feed", page(body)))
            except ParseError as error:
                outcomes.append(error)
    return outcomes


def _pids(jail: Jail) -> list[int]:
    return [cell._process.pid for cell in jail._cells if cell._process]


def _most_memory(pid: int) -> int:
    """Bytes of address space, at its peak."""
    status = Path(f"/proc/{pid}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmPeak"))
    return int(peak.split()[1]) * 1024


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


async def _gone(pid: int) -> None:
    async with asyncio.timeout(5):
        while _alive(pid):  # noqa: ASYNC110  # another process's end has no event
            await asyncio.sleep(0.01)
