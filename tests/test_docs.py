"""Lists in the documentation are those of the registries, and its links lead somewhere."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.language import LANGUAGES
from bot.settings import SETTINGS
from domain.facts.fact import FACT_TYPES
from jobs.schedule import JOBS
from sources import PARSERS

ROOT = Path(__file__).parents[1]
WORKED_EXAMPLES = {"domain/topics/shenzhen-ai.toml"}
DOCS = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_readme_lists_every_command_of_the_shell():
    section = text("README.md").partition("## From the shell")[2].partition("\n## ")[0]
    for name in COMMANDS:
        assert re.search(rf"`(?:pilotwatch )?{name}\b", section), name


def every(job) -> str:
    if job.every is None:
        return "`POLL_SECONDS`"
    for unit, word in ((timedelta(hours=1), "h"), (timedelta(minutes=1), "min")):
        if job.every >= unit:
            return f"{job.every / unit:g} {word}"
    return f"{job.every.total_seconds():g} s"


def test_the_timetable_is_that_of_the_schedule():
    rows = re.findall(
        r"^\| ([a-z ]+) \| (`POLL_SECONDS`|[\d.]+ \w+) \|", text("docs/architecture.md"), re.M
    )
    assert rows == [(job.name, every(job)) for job in JOBS]


def test_every_type_of_fact_is_described():
    described = text("docs/facts.md")
    assert [one for one in FACT_TYPES if f"`{one}`" not in described] == []


def test_every_setting_about_keeping_is_in_the_operators_guide():
    guide = text("docs/operate.md")
    named = [one for one in SETTINGS if one.name.startswith("KEEP_")]
    assert len(named) == 3
    for setting in named:
        assert f"`{setting.name}` ({setting.default})" in guide


def test_a_how_to_names_the_places_that_there_are():
    guide = text("CONTRIBUTING.md")
    for heading in ("command", "fact type", "kind of source", "topic", "language of the interface"):
        assert re.search(rf"^### … an? {heading}$", guide, re.M), heading
    assert set(PARSERS)
    assert len(LANGUAGES) == 2


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_files_that_are_named_are_there(page: Path):
    content = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)\)", content):
        if "://" not in target:
            assert (page.parent / target).exists(), target
    rooms = "bot|jobs|db|sources|domain|sandbox|tests|bench|docs|deploy"
    for name in (
        set(re.findall(rf"`((?:{rooms})/[\w/.-]*\.(?:py|md|toml|jsonl))", content))
        - WORKED_EXAMPLES
    ):
        assert (ROOT / name).exists(), name
