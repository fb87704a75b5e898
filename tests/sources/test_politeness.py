"""Turns are given one by one to each host, and idle hosts are forgotten."""

import asyncio

import pytest

from sources.politeness import Politeness


async def test_idle_hosts_are_forgotten_and_waiting_ones_are_not():
    politeness = Politeness(at_once=10, pause=0.0)
    async with politeness.turn("busy.example"):
        for number in range(3000):
            async with politeness.turn(f"{number}.example"):
                pass
        waiting = asyncio.create_task(_visit(politeness, "busy.example"))
        await asyncio.sleep(0)
        assert not waiting.done()
    await waiting
    assert len(politeness._hosts) < 1500


async def _visit(politeness: Politeness, host: str) -> None:
    async with politeness.turn(host):
        pass


async def test_a_turn_that_fails_or_is_given_up_frees_the_host():
    politeness = Politeness(at_once=1, pause=0.0)
    with pytest.raises(ValueError, match="broken"):
        async with politeness.turn("a.example"):
            raise ValueError("broken")
    async with politeness.turn("b.example"):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(_visit(politeness, "a.example"), 0.01)
    await asyncio.wait_for(_visit(politeness, "a.example"), 1)
