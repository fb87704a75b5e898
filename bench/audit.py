"""`make audit`: licences and known vulnerabilities of what is locked; never a silent pass."""

import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
AGREED = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|LGPL|Lesser General|MPL|Mozilla|"
    r"Unlicense|0BSD|CC0|HPND|Redistribution and use in source and binary forms",
    re.IGNORECASE,
)
_NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^ ;\\]+)(.*)$", re.MULTILINE)
KNOWN_BAD = "jinja2==2.10"
"""Has been known as vulnerable for years (CVE-2019-10906): a service that does not say so is a
mirror without that knowledge, and its "nothing known" would be a silent pass."""
_SERVICE = ("pip-audit==2.10.1",)


def locked(text: str) -> list[tuple[str, str]]:
    """Return the packages of a lock file with their versions."""
    return [(found[1], found[2]) for found in _NAME.finditer(text)]


def licence(name: str) -> str:
    """Return what an installed package says of its licence; "" where it says nothing."""
    about = metadata(name)
    classified = [
        line.rpartition("::")[2].strip()
        for line in about.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    said = about.get("License-Expression") or ", ".join(classified) or about.get("License") or ""
    return " ".join(said.split())


def licences(packages: list[tuple[str, str]]) -> Iterator[str]:
    """Print the report; give what has to be looked at."""
    for name, version in packages:
        try:
            said = licence(name)
        except PackageNotFoundError:
            print(f"{name:28} {version:14} not for this platform")
            continue
        print(f"{name:28} {version:14} {said[:60] or '?'}")
        if not AGREED.search(said):
            told = said[:60] or "none"
            yield f"{name} {version}: its licence is not one that was agreed to ({told})"


def vulnerabilities() -> str | None:
    """Ask about every locked version; return what is wrong, also that nobody could be asked."""
    with tempfile.TemporaryDirectory(prefix="pilotwatch-audit-") as folder:
        venv.create(folder, with_pip=True)
        python = f"{folder}/bin/python"
        install = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *_SERVICE]
        if subprocess.run(install, check=False).returncode:
            return "pip-audit cannot be installed: nothing is known about vulnerabilities."
        canary = Path(folder) / "canary.txt"
        canary.write_text(f"{KNOWN_BAD}\n", "utf-8")
        tried = _asked(python, "--no-deps", "-r", str(canary))
        if tried.returncode and not _knows(tried):
            return verdict(tried.returncode, "", tried.stderr)
        if not _knows(tried):
            return (
                f"The service does not know {KNOWN_BAD} as vulnerable: its word is worth nothing."
            )
        asked = _asked(python, "--require-hashes", "-r", str(LOCK))
    return verdict(asked.returncode, asked.stdout, asked.stderr)


def _asked(python: str, *what: str) -> subprocess.CompletedProcess[str]:
    command = [python, "-m", "pip_audit", "--disable-pip", "--progress-spinner=off", *what]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _knows(asked: subprocess.CompletedProcess[str]) -> bool:
    return asked.returncode == 1 and KNOWN_BAD.partition("==")[0] in asked.stdout


def verdict(code: int, out: str, err: str) -> str | None:
    """Tell a clean answer from vulnerabilities, and both from no answer at all."""
    if code == 0 and "No known vulnerabilities found" in err + out:
        return None
    if "Vulnerability" in out or "known vulnerabilit" in err:
        return f"Known vulnerabilities:\n{out}{err}"
    last = (err.strip().splitlines() or ["it said nothing"])[-1]
    return f"No vulnerability service could be asked, so nothing is known: {last[:300]}"


def main() -> int:
    """Report; 1 where something has to be done, also where nobody could be asked."""
    troubles = list(licences(locked(LOCK.read_text("utf-8"))))
    if wrong := vulnerabilities():
        troubles.append(wrong)
    for trouble in troubles:
        print(f"audit: {trouble}", file=sys.stderr)
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
