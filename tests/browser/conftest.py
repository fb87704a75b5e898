"""A headless Chromium of the system's, and a page in it that has looked nowhere but at us."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize, async_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
KEPT = Path(__file__).parents[2] / "docs" / "screenshots"


@pytest.fixture
def chromium() -> str:
    """The browser's program; without one the test is left out, or fails by REQUIRE_ALL=1."""
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        missing = "Chromium is not on this machine (Debian: apt install chromium)"
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(f"REQUIRE_ALL=1, but: {missing}")
        pytest.skip(missing)
    return found


@pytest.fixture(params=["wide", "phone"])
def shape(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def page(chromium: str, shape: str) -> AsyncIterator[Page]:
    """A page that fails the test if anything goes wrong in it."""
    size = ViewportSize(width=1280, height=800)
    if shape == "phone":
        size = ViewportSize(width=390, height=844)
    troubles: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        page = await browser.new_page(viewport=size, device_scale_factor=2)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
        yield page
        await browser.close()
    assert troubles == []


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    """Where pictures go: into the docs with KEEP_SCREENSHOTS=1 (`make screenshots`)."""
    folder = KEPT if os.environ.get("KEEP_SCREENSHOTS") == "1" else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    return folder
