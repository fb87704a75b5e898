"""One place in the jail: a worker process to talk to, to kill, and to start afresh."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from sources.task import LENGTH, LONGEST_FRAME, Answer, Ready, Task, framed

_AT_ONCE = 256 * 1024  # bytes
_START = 30.0  # seconds; a process starts in half of one, unless the machine is very busy
_ROOT = Path(__file__).resolve().parent.parent
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from importlib import import_module; import_module(sys.argv[2]).main(int(sys.argv[3]))"
)
"""Isolated mode knows no current directory: the worker is told where its code is."""


class JailUnavailable(RuntimeError):
    """No worker can be had: a fault of the installation, or the end; not a page's doing."""


class WorkerDied(Exception):
    """The process ended, or said something that is no answer."""

    def __init__(self) -> None:
        super().__init__("Reading it made the reading process fail.")


class Cell:
    """One place for a process: empty, starting, or running."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: asyncio.subprocess.Process | None = None
        self._starting: asyncio.Task[None] | None = None
        self._clearing: set[asyncio.Task[None]] = set()
        self._over = False
        self._heard = bytearray()
        """What the process has said and nobody has read yet."""
        self.kills = 0
        """How often what ran here had to be ended before it was done."""

    def prepare(self) -> None:
        """Begin to start a process, so that nobody has to wait for it later."""
        if not self._over:
            self._starting = asyncio.create_task(self._start())
            self._starting.add_done_callback(_seen)

    def renew(self) -> None:
        """End the process and begin to start another one."""
        self.kills += 1
        self.kill()
        self.prepare()

    async def ready(self) -> None:
        """Wait until a process runs; one that has ended by itself is replaced."""
        if self._process is not None and self._process.returncode is not None:
            self.kill()
        if self._starting is None or (self._starting.done() and self._process is None):
            self.prepare()
        if self._over or self._starting is None:
            raise JailUnavailable("The bot is stopping: nothing is read any more.")
        await asyncio.shield(self._starting)

    async def send(self, task: Task, body: bytes | None = None) -> None:
        """Hand a task over."""
        writer = self._running().stdin
        assert writer is not None  # noqa: S101  # it was started with a pipe
        try:
            writer.write(framed(_encode(task)))
            if body is not None:
                writer.write(framed(body))
            await writer.drain()
        except OSError as error:
            raise WorkerDied from error

    async def answer(self) -> Answer:
        """Wait for the next answer."""
        reader = self._running().stdout
        assert reader is not None  # noqa: S101  # it was started with a pipe
        try:
            while (answer := self.heard()) is None:
                # All that has come by now: answers that came together cost one waking up.
                more = await reader.read(_AT_ONCE)
                if not more:
                    raise WorkerDied
                self._heard += more
        except OSError as error:
            raise WorkerDied from error
        return answer

    def heard(self) -> Answer | None:
        """Return the next answer if it has come already.

        Raises:
            WorkerDied: What has come is no answer.
        """
        length = int.from_bytes(self._heard[:LENGTH], "big")
        if length > LONGEST_FRAME:
            raise WorkerDied
        if len(self._heard) < LENGTH + length or not self._heard:
            return None
        frame = bytes(self._heard[LENGTH : LENGTH + length])
        del self._heard[: LENGTH + length]
        try:
            answer: Answer = _decode(frame)
        except msgspec.MsgspecError as error:
            raise WorkerDied from error
        return answer

    def kill(self) -> None:
        """End the process now; what is left of it is cleared away in the background."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        clearing = asyncio.create_task(_clear(process))
        self._clearing.add(clearing)
        clearing.add_done_callback(self._clearing.discard)

    async def end(self) -> None:
        """End whatever runs or is starting, for good, and wait until it is gone."""
        self._over = True
        self.kill()
        if self._starting is not None:
            await asyncio.gather(self._starting, return_exceptions=True)
            self.kill()
        await asyncio.gather(*self._clearing)

    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise WorkerDied
        return self._process

    async def _start(self) -> None:
        self._heard.clear()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-I", "-B", "-c", _PROGRAM, str(_ROOT), self._module, str(os.getpid())),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,  # Ctrl-C in a terminal is for us: we end the workers
        )
        try:
            answer = await asyncio.wait_for(self.answer(), _START)
        except (WorkerDied, TimeoutError) as error:
            self.kill()
            raise JailUnavailable(_UNAVAILABLE) from error
        if not isinstance(answer, Ready):
            raise JailUnavailable(_UNAVAILABLE)


_UNAVAILABLE = (
    "The process that reads pages does not start; set the installation up again (make setup)."
)
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Answer).decode


def _seen(task: asyncio.Task[None]) -> None:
    # A failed start is told to whoever needs the worker, at the next start.
    if not task.cancelled():
        task.exception()


async def _clear(process: asyncio.subprocess.Process) -> None:
    await process.wait()
    if process.stdin is not None:
        process.stdin.close()
        with suppress(OSError):
            await process.stdin.wait_closed()


def _environment() -> dict[str, str]:
    # Nothing of ours: it holds the token. Only what some Pythons need to find their library.
    needed = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {name: os.environ[name] for name in needed if name in os.environ}
