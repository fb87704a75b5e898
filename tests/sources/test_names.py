"""Looking a name up never blocks the loop, and what hangs stays within its bound."""

import asyncio
import socket
from threading import Event
from threading import enumerate as threads

import pytest

from sources.names import Names


async def test_a_name_becomes_its_addresses_each_once():
    assert await Names().lookup("127.0.0.1", 80) == ["127.0.0.1"]
    assert "127.0.0.1" in await Names().lookup("localhost", 80)


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "\udcff.example", "nowhere.invalid"])
async def test_a_name_that_leads_nowhere_is_an_os_error(host):
    with pytest.raises(OSError, match=r"\w"):
        await Names().lookup(host, 80)


@pytest.fixture
def hanging(monkeypatch):
    """Every lookup hangs until the event is set."""
    answered = Event()

    def getaddrinfo(host, port, **_options):
        answered.wait(10)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield answered
    answered.set()


async def test_what_hangs_keeps_its_place_though_nobody_waits_for_it(hanging):
    names = Names(at_once=2)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(names.lookup("slow.example", 80), 0.01)
    third = asyncio.create_task(names.lookup("next.example", 80))
    await asyncio.sleep(0.02)
    assert not third.done()
    assert sum(thread.name == "lookup" for thread in threads()) == 2
    hanging.set()
    assert await third == ["127.0.0.1"]


async def test_a_hanging_lookup_does_not_delay_the_end_of_the_program(hanging):
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(Names().lookup("slow.example", 80), 0.01)
    assert all(thread.daemon for thread in threads() if thread.name == "lookup")
