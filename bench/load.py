"""A busy hour, cut short: `python -m bench load [--minutes N]`.

The real bot (`pilotwatch run`, SQLite) in a process of its own reads 2,000 sources every 15 minutes
that bring 50,000 articles a day, sends digests and alerts to 5,000 chats, and is asked 25 things a
second; then 500 people ask at the same moment. Telegram is the sandbox, as strict as it may be
(30 a second, 1 to a chat). Prints how long people waited, what was lost, what each process took.
"""

import argparse
import asyncio
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import crowd
from bench.processes import Family
from db.engine import connect
from sandbox.server import Sandbox

TOKEN = "123456:AAthisIsATokenOfTheBench"  # noqa: S105 - it opens nothing
PROGRAM = "import sys; from bot.cli import main; sys.argv = ['pilotwatch', {!r}, *{!r}]; main()"
ASKED = (
    "/latest", "/latest 10", "/facts", "/facts metrics", "/search 成都 人工智能",
    "/search pilot zone since:30d", "/deadlines", "/status", "/sources", "/documents", "/help",
    "/why a1", "/story s1", "/following",
)  # fmt: skip
BURST = 500
MEMORY = 400.0
ANSWERED = 1.0
_PATIENCE = 120.0
_LOOK = 0.02
_QUIET = 20.0


@dataclass
class Crowd:
    """People who ask, and how long each waited for the first word."""

    sandbox: Sandbox
    waited: list[float] = field(default_factory=list)
    by_command: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _asked: dict[int, deque[tuple[str, float]]] = field(default_factory=lambda: defaultdict(deque))
    _seen: int = 0

    def ask(self, chat: int, words: str, language: str = "en") -> None:
        """Let somebody ask something."""
        self._asked[chat].append((words, time.time()))
        self.sandbox.say({"id": chat, "first_name": "Person", "language_code": language}, words)

    def forget(self) -> None:
        """Ask no more for what was not answered, and pass over what comes besides an answer."""
        self._asked.clear()
        self.look()

    @property
    def waiting(self) -> int:
        """How many have no answer yet."""
        return sum(map(len, self._asked.values()))

    def look(self) -> None:
        """Take note of the answers that have come."""
        calls = self.sandbox.calls
        fresh = []
        for call in reversed(calls.kept):
            if call.seq <= self._seen:
                break
            fresh.append(call)
        self._seen = calls.last_seq
        for call in reversed(fresh):
            asked = self._asked.get(call.chat_id) if isinstance(call.chat_id, int) else None
            if asked and call.ok and call.method.lower().startswith("send"):
                words, at = asked.popleft()
                self.waited.append(call.time - at)
                self.by_command[words].append(call.time - at)

    async def rest(self, patience: float) -> None:
        """Wait until everybody has an answer."""
        until = time.monotonic() + patience
        while self.waiting and time.monotonic() < until:
            self.look()
            await asyncio.sleep(_LOOK)

    def fresh(self) -> list[float]:
        """Return how long those waited who got their answer since the last time."""
        waited, self.waited = self.waited, []
        return waited


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 1 where an answer was lost or memory went over the goal."""
    parser = argparse.ArgumentParser(prog="python -m bench load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--sources", type=int, default=2_000)
    parser.add_argument("--chats", type=int, default=5_000)
    parser.add_argument("--history", type=int, default=400_000, help="messages of the past")
    parser.add_argument("--per-second", type=float, default=25)
    options = parser.parse_args(list(arguments))
    with tempfile.TemporaryDirectory() as folder, feeds(options.sources) as port:
        return asyncio.run(_run(Path(folder), port, options))


async def _run(folder: Path, port: int, options: argparse.Namespace) -> int:
    url = f"sqlite+aiosqlite:///{folder}/pilotwatch.db"
    await crowd.settled(
        url,
        port,
        datetime.now(UTC),
        sources=options.sources,
        chats=options.chats,
        alerted=options.chats // 25,
    )
    began = time.monotonic()
    await asyncio.to_thread(read_first, url, folder)
    print(f"first reading of {options.sources} sources: {time.monotonic() - began:.0f} s")
    database = connect(url)
    now = datetime.now(UTC)
    await crowd.have_history(database, options.chats, options.history, now)
    await crowd.spread(database, now, timedelta(minutes=15))
    await database.close()
    control(port, generation=1)
    async with Sandbox(port=0) as sandbox:
        sandbox.limit()
        async with bot_on(sandbox, url, folder) as bot:
            return await _busy(sandbox, bot, options)


def read_first(url: str, folder: Path) -> None:
    """Read all sources for the first time, in a process of its own."""
    subprocess.run(_command("poll", "--once"), env=_settings(url, folder), check=True, cwd=folder)


async def _busy(sandbox: Sandbox, bot: subprocess.Popen[bytes], options: argparse.Namespace) -> int:
    people, family = Crowd(sandbox), Family(bot.pid)
    await sandbox.calls.wait(method="setMyCommands", timeout=_PATIENCE)
    people.ask(crowd.FIRST_CHAT, "/help")
    await people.rest(_PATIENCE)
    people.fresh()
    before = family.shares()
    await asyncio.sleep(_QUIET)
    idle = family.shares() - before
    print(f"nobody asks; {idle}")
    before, most = family.shares(), family.megabytes()
    chance, began = random.Random(1), time.monotonic()
    asked = 0
    while (elapsed := time.monotonic() - began) < 60 * options.minutes:
        while asked < elapsed * options.per_second:
            # Those who want alerts do not ask: an alert would pass for an answer.
            chat = crowd.FIRST_CHAT + chance.randrange(options.chats // 25, options.chats)
            people.ask(chat, chance.choice(ASKED))
            asked += 1
        people.look()
        if int(elapsed / _LOOK) % 100 == 0:
            most = max(most, family.megabytes())
        await asyncio.sleep(_LOOK)
    await people.rest(_PATIENCE)
    shares, lost = family.shares() - before, people.waiting
    steady = people.fresh()
    most = max(most, family.megabytes())
    _tell("asked steadily", asked, steady, lost)
    _tell_slowest(people)
    kinds = Counter(call.method for call in sandbox.calls.kept if call.ok)
    print(f"{dict(kinds)}; {sandbox.refused} calls too many")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {shares}")
    beside = idle.seconds["bot"] / idle.at * shares.at
    each = 1000 * (shares.seconds["bot"] - beside) / max(1, len(steady))
    print(f"the bot's own process: {each:.1f} ms of CPU an answer")
    burst = await _burst(people, options.chats)
    most = max(most, family.megabytes())
    print(f"memory of all processes at most {most:.0f} MB (goal {MEMORY:.0f})")
    return int(bool(lost or burst) or most > MEMORY)


async def _burst(people: Crowd, chats: int) -> int:
    began = time.monotonic()
    first = crowd.FIRST_CHAT + chats - BURST
    for chat in range(first, first + BURST):
        people.ask(chat, "/latest")
    await people.rest(_PATIENCE)
    took = time.monotonic() - began
    waited = people.fresh()
    print(f"burst: {len(waited)} of {BURST} answered in {took:.1f} s, {len(waited) / took:.1f}/s")
    return people.waiting


def _tell(what: str, asked: int, waited: Sequence[float], lost: int) -> None:
    ordered = sorted(waited)
    p50, p95, p99 = (ordered[int(q * (len(ordered) - 1))] for q in (0.5, 0.95, 0.99))
    print(
        f"{what}: {asked} questions, {lost} without an answer; waited p50 {p50:.2f} s, "
        f"p95 {p95:.2f} s (goal {ANSWERED:.0f}), p99 {p99:.2f} s"
    )


def _tell_slowest(people: Crowd) -> None:
    ordered = sorted(people.by_command.items(), key=lambda one: -statistics.median(one[1]))
    print("  " + ", ".join(f"{name} {statistics.median(w):.2f}" for name, w in ordered))
    people.by_command.clear()


@contextmanager
def feeds(number: int) -> Iterator[int]:
    """Serve so many feeds in a process of their own; yield the port."""
    command = [sys.executable, "-m", "bench.feed_server", str(number)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        yield int(server.stdout.readline() if server.stdout else b"0")


def control(port: int, *, generation: int) -> None:
    """Say which generation of the feeds is served."""
    wishes = f"generation={generation}&validators=1"
    urllib.request.urlopen(f"http://127.0.0.1:{port}/control?{wishes}").close()


def _command(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM.format(name, arguments)]


def _settings(url: str, folder: Path, **more: str) -> dict[str, str]:
    return {
        "DATABASE_URL": url,
        "FETCH_ALLOW_CIDRS": "127.0.0.0/8",
        "LOG_LEVEL": "ERROR",
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(Path(__file__).parents[1]),
        **more,
    }


@asynccontextmanager
async def bot_on(
    sandbox: Sandbox, url: str, folder: Path
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """Run the bot on a database, in a process of its own, until the block ends."""
    given = _settings(url, folder, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_BASE_URL=sandbox.base_url)
    bot = await asyncio.to_thread(subprocess.Popen, _command("run"), env=given, cwd=folder)
    try:
        yield bot
    finally:
        bot.send_signal(signal.SIGTERM)
        code = await asyncio.to_thread(bot.wait, 30)
        print(f"ended with {code}")
