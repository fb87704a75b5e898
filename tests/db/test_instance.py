"""Only one process runs with a database; whoever comes second is told so in one line."""

import asyncio
import os
import subprocess
import sys

import pytest

import db.articles
from db.instance import AlreadyRunning, only_instance
from tests.builders import NOW, document, new_article, stored_source

HOLDER = """
import sys
from db.instance import only_instance
with only_instance(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(database_url):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, database_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_process_is_refused_until_the_first_is_gone(database_url, holder):
    with pytest.raises(AlreadyRunning, match="already running"), only_instance(database_url):
        pass
    holder.kill()
    holder.wait()
    with only_instance(database_url):
        pass


async def test_whoever_runs_may_write_into_the_register(database, database_url):
    source = await stored_source(database)
    article = new_article(facts=[document("成办发〔2020〕97号", "支持措施")])
    with only_instance(database_url):
        async with asyncio.timeout(5), database.write() as session:
            assert len(await db.articles.add_all(session, source.id, [article], NOW)) == 1


def test_the_second_is_told_who_the_first_is(sqlite_url):
    us = f"pid {os.getpid()}"
    with (
        only_instance(sqlite_url),
        pytest.raises(AlreadyRunning, match=us),
        only_instance(sqlite_url),
    ):
        pass
