"""What is deployed, as far as it can be checked without a container engine or systemd."""

import re
from pathlib import Path

import pytest

from bot.settings import SETTINGS

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "jobs", "db", "sources", "domain", "sandbox")
NAMES = {setting.name for setting in SETTINGS}


def steps() -> list[str]:
    """Return the Dockerfile's steps, each on one line."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^#.*\n", "", text))
    return [line for line in joined.splitlines() if line.strip()]


def stages() -> tuple[list[str], list[str]]:
    every = steps()
    second = [number for number, step in enumerate(every) if step.startswith("FROM ")][1]
    return every[:second], every[second:]


def test_everything_is_installed_by_the_lock_with_its_hashes():
    build, final = stages()
    (locked,) = [step for step in build if "requirements.lock" in step and step.startswith("RUN")]
    assert "--require-hashes --only-binary :all:" in locked
    assert not any("pip install" in step for step in final)


def test_the_image_holds_every_room_and_nothing_secret():
    build, _ = stages()
    for room in ROOMS:
        assert f"COPY {room} {room}" in build
        assert (ROOT / room).is_dir()
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[1] == "*"
    allowed = {line[1:] for line in ignored if line.startswith("!")}
    assert allowed == {*ROOMS, "requirements.lock", "pyproject.toml", "README.md"}


def test_it_runs_as_nobody_in_particular_without_build_tools():
    _, final = stages()
    (user,) = [step for step in final if step.startswith("USER ")]
    assert int(user.removeprefix("USER ")) >= 1000
    assert final.index(user) < final.index('CMD ["run"]')
    installed = " ".join(step for step in final if "apt-get install" in step)
    assert "fonts-noto-cjk" in installed
    assert not re.search(r"gcc|build-essential|python3-dev|git\b", installed)


@pytest.mark.parametrize("file", ["Dockerfile", "compose.yaml", "deploy/pilotwatch.service"])
def test_only_settings_that_exist_are_set(file: str):
    text = (ROOT / file).read_text("utf-8")
    named = set(re.findall(r"\b((?:DATABASE|HTTP|LOG|TELEGRAM|POLL|SEND|WEBHOOK)_[A-Z_]+)\b", text))
    assert named
    assert named <= NAMES


def test_the_container_can_write_nowhere_but_its_volume():
    bot = (ROOT / "compose.yaml").read_text("utf-8").partition("\n  database:")[0]
    for line in (
        "read_only: true",
        "- ALL",
        "no-new-privileges:true",
        "- data:/data",
        "pids_limit",
    ):
        assert line in bot
    assert "ports:" not in bot
    assert "privileged" not in bot.replace("no-new-privileges", "")


def test_a_service_with_wrong_settings_is_not_started_again_and_again():
    unit = (ROOT / "deploy" / "pilotwatch.service").read_text("utf-8")
    assert "RestartPreventExitStatus=78" in unit
    assert "Restart=always" in unit
    lines = [line for line in unit.splitlines() if line and not line.startswith(("#", "["))]
    assert [line for line in lines if not re.fullmatch(r"[A-Z][A-Za-z]*=.*", line)] == []
    for wanted in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="):
        assert wanted in lines
