"""`make audit` passes only where somebody has said that nothing is known."""

import pytest

from bench.audit import AGREED, LOCK, licence, locked, verdict


def test_every_locked_package_is_listed():
    text = LOCK.read_text("utf-8")
    packages = locked(text)
    assert {"python-telegram-bot", "aiohttp", "sqlalchemy"} <= {name for name, _ in packages}
    # A package may stand there twice, for different Pythons; what follows ";" names none.
    assert len(packages) == sum("==" in line.partition(" ;")[0] for line in text.splitlines())


def test_licences_that_bind_this_program_are_not_agreed_to():
    assert AGREED.search(licence("aiohttp"))
    assert not AGREED.search("GNU Affero General Public License v3")
    assert not AGREED.search("GPL-3.0-only")
    assert not AGREED.search("")


@pytest.mark.parametrize(
    ("code", "out", "err", "words"),
    [
        (0, "", "", "could be asked"),
        (1, "", "ConnectionError: no route", "could be asked"),
        (2, "", "usage: pip-audit", "could be asked"),
        (1, "Name Version ID Vulnerability", "Found 1 known vulnerability", "Known vuln"),
    ],
)
def test_no_answer_is_never_a_pass(code: int, out: str, err: str, words: str):
    assert words in (verdict(code, out, err) or "")


def test_a_clean_answer_is_one():
    assert verdict(0, "", "No known vulnerabilities found") is None
