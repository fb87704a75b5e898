"""The watch for tokens itself: it has to notice one."""

from pathlib import Path

import pytest

from tests.leaks import SECRETS, leaks
from tests.whole import TOKEN


class Item:
    """As much of a test as the watch looks at."""

    def __init__(self, folder: Path) -> None:
        self.funcargs = {"tmp_path": folder}


def report(*sections: tuple[str, str]) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid="x",
        location=("x", 1, "x"),
        keywords={},
        outcome="passed",
        longrepr=None,
        when="call",
        sections=sections,
    )


def look(folder: Path, *sections: tuple[str, str]) -> list[str]:
    item: pytest.Item = Item(folder)  # type: ignore[assignment]  # only its folder is looked at
    return leaks(item, report(*sections))


def test_a_token_in_a_file_or_in_what_was_logged_is_noticed(tmp_path: Path):
    assert look(tmp_path) == []
    assert look(tmp_path, ("Captured log call", f"POST /bot{TOKEN}/getMe")) == [
        "what it printed or logged"
    ]
    kept = tmp_path / "folder" / "bot.log"
    kept.parent.mkdir()
    kept.write_bytes(b"..." + SECRETS[0] + b"...")
    assert look(tmp_path) == ["folder/bot.log"]
    kept.unlink()
