"""Wall time and CPU time of a piece of work, its ended child processes included."""

import json
import resource
import time
from types import TracebackType


class Stopwatch:
    """Runs inside `with`; `tell` prints what it saw, and what else there is to say."""

    def __enter__(self) -> "Stopwatch":
        """Start."""
        self._cpu, self._wall = _cpu(), time.perf_counter()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Stop."""
        self.wall, self.cpu = time.perf_counter() - self._wall, _cpu() - self._cpu

    def tell(self, **found: object) -> None:
        """Print one line of JSON."""
        print(json.dumps({"wall": self.wall, "cpu": self.cpu, **found}), flush=True)


def address(number: int, port: int) -> str:
    """Return where feed `number` is; as bench.feed_server has it, which peers cannot import."""
    return f"http://127.1.{number // 250}.{number % 250 + 1}:{port}/feed.xml"


def _cpu() -> float:
    own, ended = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
