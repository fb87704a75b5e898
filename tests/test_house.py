"""What the import contracts cannot say about the house."""

import ast
import re
from pathlib import Path

import pytest

from bot.commands import COMMANDS

ROOT = Path(__file__).parents[1]
ROOMS = ("domain", "sources", "db", "jobs", "bot", "sandbox")

# The standard library's own ways to the outside, and what may use them.
DOORS = ("urllib.request", "http.client", "socket.create_connection", "open_connection")
DOORKEEPERS = {"sources/web.py"}


def modules(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


@pytest.mark.parametrize("path", modules(*ROOMS), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_in_its_first_line_what_is_in_it(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


def test_nothing_but_the_web_module_opens_connections():
    for path in modules("domain", "sources", "db", "jobs"):
        if str(path.relative_to(ROOT)) not in DOORKEEPERS:
            code = path.read_text("utf-8")
            assert not any(door in code for door in DOORS), path


def test_the_domain_never_looks_at_a_clock():
    for path in modules("domain"):
        code = path.read_text("utf-8")
        assert not re.search(r"\b(?:now|utcnow|today)\(\)", code), path


def test_no_room_is_a_junk_drawer():
    junk = re.compile(r"(?:utils?|helpers?|managers?|misc|common)\.py")
    assert [path for path in modules(*ROOMS) if junk.fullmatch(path.name)] == []


def test_the_readme_lists_every_command_with_what_it_does():
    readme = (ROOT / "README.md").read_text("utf-8")
    who = {"operator": " (operators)", "owner": " (owners)"}
    rows = [f"| `/{one.name}` | {one.summary}{who.get(one.who, '')} |" for one in COMMANDS]
    assert [row for row in rows if row not in readme] == []
    assert len(re.findall(r"^\| `/", readme, re.MULTILINE)) == len(COMMANDS)


def test_no_file_that_installs_something_names_a_package_registry():
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org")
    written = [*ROOT.glob("*.lock"), *ROOT.glob("*.toml"), ROOT / "Makefile", ROOT / ".ci" / "run"]
    assert len(written) >= 5
    for path in written:
        assert not any(host in path.read_text("utf-8") for host in hosts), path
