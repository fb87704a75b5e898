"""What is deployed, as far as it can be checked without a container engine or systemd."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
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
    assert "postgresql-client" in installed
    assert "fonts" not in installed, "charts have their own: tests/bot/test_drawing.py"
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


def test_its_health_is_asked_without_a_port():
    _, final = stages()
    (check,) = [step for step in final if step.startswith("HEALTHCHECK")]
    assert check.endswith('CMD ["pilotwatch", "health"]')
    assert not any("EXPOSE" in step or "HTTP_PORT" in step for step in final)


def needed(program: str) -> str:
    """Return where a program is; without it the test is left out, or fails by REQUIRE_ALL=1."""
    found = shutil.which(program)
    if found is None and os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"REQUIRE_ALL=1, but there is no {program}")
    if found is None:
        pytest.skip(f"there is no {program} here")
    return found


def run(*command: str, **how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, **how)  # type: ignore[call-overload, no-any-return]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the image's second stage gets: the Dockerfile's COPY lines, built as its RUN line says.

    Dependencies are those of this environment; a wheel of what was copied stands before them.
    """
    folder = tmp_path_factory.mktemp("image")
    source = folder / "src"
    source.mkdir()
    for step in stages()[0]:
        if step.startswith("COPY "):
            *files, target = step.split()[1:]
            for name in files:
                there = source / (name if target == "./" else target)
                copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
                copy(ROOT / name, there)
    (install,) = [step for step in stages()[0] if "--no-build-isolation ." in step]
    assert install.startswith("RUN pip install --no-deps --no-build-isolation . ")
    wheels = ("-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder))
    built = run(sys.executable, *wheels, ".", cwd=source)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    installed = folder / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    shutil.rmtree(source)
    return installed


def pilotwatch(image: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {"PATH": os.environ["PATH"], "PYTHONPATH": str(image)}
    program = (
        "import bot.cli; "
        f"assert bot.cli.__file__.startswith({str(image)!r}), bot.cli.__file__; bot.cli.main()"
    )
    return run(sys.executable, "-c", program, *arguments, cwd=folder, env=settings)


def test_what_the_image_holds_runs_from_any_folder(image: Path, tmp_path: Path):
    assert "version" in pilotwatch(image, tmp_path, "--version").stdout
    assert pilotwatch(image, tmp_path, "migrate").returncode == 0  # the steps are in it
    (tmp_path / "notice.txt").write_text(
        "成都国家人工智能创新应用先导区每年发放不超过1亿元算力券，每家企业最高500万元。"
    )
    read = pilotwatch(image, tmp_path, "read", "notice.txt", "--json")
    assert read.returncode == 0, read.stderr
    assert '"measure"' in read.stdout  # and the rules
    well = pilotwatch(image, tmp_path, "doctor")
    assert well.returncode == 0, well.stdout
    assert pilotwatch(image, tmp_path, "health").returncode == 1


@pytest.mark.parametrize(
    "file",
    ["bot/locale/zh/LC_MESSAGES/pilotwatch.po", "bot/starter.opml", "sandbox/page/index.html"],
)
def test_the_image_holds_what_is_no_code(image: Path, file: str):
    assert (image / file).is_file()


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path):
    """With paths and a user that there are here: it looks for those as well."""
    unit = (ROOT / "deploy" / "pilotwatch.service").read_text("utf-8")
    unit = unit.replace("/opt/pilotwatch/.venv/bin/pilotwatch", sys.executable)
    unit = unit.replace("WorkingDirectory=/opt/pilotwatch", f"WorkingDirectory={tmp_path}")
    (tmp_path / "pilotwatch.service").write_text(
        unit.replace("User=pilotwatch", "User=daemon").replace("Group=pilotwatch", "Group=daemon")
    )
    file = str(tmp_path / "pilotwatch.service")
    told = run(needed("systemd-analyze"), "verify", "--man=no", file)
    assert (told.returncode, told.stderr) == (0, "")
    exposed = run(needed("systemd-analyze"), "security", "--offline=true", file)
    level = re.search(r"Overall exposure level .*: (\d+\.\d)", exposed.stdout)
    assert level, exposed.stderr
    assert float(level[1]) < 4.0


def test_compose_fits_its_schema():
    """The schema of https://github.com/compose-spec/compose-spec, as check-jsonschema brings it."""
    check = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec")
    told = run(*check, str(ROOT / "compose.yaml"))
    assert told.returncode == 0, told.stdout + told.stderr


def test_the_schema_would_notice_a_mistake(tmp_path: Path):
    wrong = (ROOT / "compose.yaml").read_text("utf-8").replace("read_only: true", "read_only: [1]")
    (tmp_path / "compose.yaml").write_text(wrong)
    check = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec")
    told = run(*check, str(tmp_path / "compose.yaml"))
    assert told.returncode == 1
    assert "read_only" in told.stdout


def test_a_service_with_wrong_settings_is_not_started_again_and_again():
    unit = (ROOT / "deploy" / "pilotwatch.service").read_text("utf-8")
    assert "RestartPreventExitStatus=78" in unit
    assert "Restart=always" in unit
    lines = [line for line in unit.splitlines() if line and not line.startswith(("#", "["))]
    assert [line for line in lines if not re.fullmatch(r"[A-Z][A-Za-z]*=.*", line)] == []
    for wanted in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="):
        assert wanted in lines
