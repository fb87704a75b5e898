"""The readers' guide: every command of a reader, with an example that is one, and its pictures."""

import re
from pathlib import Path

from bot.commands import COMMANDS

DOCS = Path(__file__).parents[1] / "docs"
GUIDE = (DOCS / "guide.md").read_text("utf-8")
READERS = {one.name for one in COMMANDS if one.who in ("everyone", "chat_admin")}


def test_the_guide_tells_of_every_command_of_a_reader():
    told = set(re.findall(r"`/([a-z]+)", GUIDE))
    assert READERS - told == set()


def test_the_guide_names_no_command_that_there_is_not():
    told = set(re.findall(r"`/([a-z]+)", GUIDE))
    assert told - {one.name for one in COMMANDS} == set()


def test_its_pictures_are_there_and_small_and_each_says_what_it_shows():
    shown = re.findall(r'<img src="([^"]+)" width="292" alt="([^"]+)">', GUIDE)
    assert GUIDE.count("<img") == len(shown) > 8
    for path, _ in shown:
        assert 8_000 < (DOCS / path).stat().st_size < 150_000, path


def test_the_readme_leads_to_it():
    assert "(docs/guide.md)" in (DOCS.parent / "README.md").read_text("utf-8")
