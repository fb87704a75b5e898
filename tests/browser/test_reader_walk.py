"""Every command there is, walked on the sandbox's page in both languages and looked at.

Some pictures go into the guide with `make screenshots`; each shows what was asked and the answer.
All of them go to the folder that WALK_PICTURES names, for somebody's own eyes.
"""

import asyncio
import io
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import ElementHandle, Locator, Page, expect

from bot.commands import COMMANDS
from sandbox.cast import OPERATOR_ID, READER_ID
from tests.browser.test_chat_page import MESSAGES, open_chat, type_in, watch_samples
from tests.whole import Whole, running

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Step:
    """Something to say, and what the answer has to hold in each language."""

    said: str
    en: str
    zh: str
    picture: str = ""
    """The name of the picture that the guide shows, if it does."""
    more: int = 0
    """Messages that follow the first one of the answer."""


WALK = (
    Step("/start", "Chengdu AI pilot zone", "成都"),
    Step("/help", "/latest", "/latest"),
    Step("/latest 3", "The latest", "最新", "latest"),
    Step("/search 算力", "算力", "算力", "search"),
    Step("/facts measures 算力", "f", "f", "facts"),
    Step("/measures", "measures", "措施", "measures"),
    Step("/documents", "Policy documents", "政策文件", "documents"),
    Step("/doc d1", "d1", "d1", "document"),
    Step("/deadlines", "days left", "还剩", "deadlines"),
    Step("/metric", "Figures", "数据"),
    Step("/metric compute", "18,000 PFLOPS", "18000 PFLOPS", "metric", more=1),
    Step("/metric 产业规模", "¥68 billion", "680亿元", more=1),
    Step("/story s1", "s1", "s1", "story"),
    Step("/why s1", "s1", "s1", "why"),
    Step("/follow 算力券", "算力券", "算力券"),
    Step("/following", "算力券", "算力券"),
    Step("/unfollow 算力券", "算力券", "算力券"),
    Step("/export", "csv", "csv"),
    Step("/export xlsx measures", "Measures", "措施", "export", more=1),
    Step("/sources", "Pilot Zone Review", "Pilot Zone Review"),
    Step("/status", "", ""),
    Step("/subscribe weekly mon 09:00", "Monday", "星期一"),
    Step("/unsubscribe weekly", "", ""),
    Step("/settings", "Quiet hours", "免打扰", "settings"),
    Step("/settings quiet 22:00-07:00", "22:00", "22:00"),
    Step("/settings exclude 招聘", "招聘", "招聘"),
    Step("/saved s1", "/saved", "/saved"),
    Step("/saved", "", ""),
    Step("/suggest https://example.org/news/", "Thank you", "谢谢"),
    Step("/privacy", "", "", "privacy"),
    Step("/channel", "administrator", "管理员"),
    Step("/channel @nowhere", "no such channel", "频道"),
    Step("/language", "English", "English"),
    Step("/digest preview", "The week", "一周", more=1),
    Step("/digest", "The week", "一周", "digest", more=1),
)
STAFF = (
    Step("/start", "Chengdu AI pilot zone", "成都"),
    Step("/sources", "Pilot Zone Review", "Pilot Zone Review"),
    Step("/source 1", "every", "每"),
    Step("/addsource", "/addsource", "/addsource"),
    Step("/removesource 1", "Remove", "移除"),
    Step("/importopml", "OPML", "OPML"),
    Step("/exportopml", "", "", more=0),
    Step("/merge", "/merge s12 s15", "/merge s12 s15"),
    Step("/split", "/split", "/split"),
    Step("/correct", "/correct", "/correct"),
    Step("/rules", "", ""),
    Step("/reprocess 1d", "", ""),
    Step("/poll", "Sources", "来源"),
    Step("/outbox", "", ""),
    Step("/users", "", ""),
    Step("/invite", "", ""),
    Step("/admins", "1001", "1001"),
    Step("/broadcast Good morning", "Good morning", "Good morning"),
    Step("/stats", "", ""),
    Step("/audit", "source added", "添加来源"),
    Step("/backup", "", ""),
)
BOTH = {"latest", "measures", "metric", "digest"}
"""What the guide shows in Chinese, too."""


def test_the_walk_knows_every_command_of_the_registry():
    def walked(steps: tuple[Step, ...]) -> set[str]:
        return {step.said.split()[0].removeprefix("/") for step in steps}

    staff = {one.name for one in COMMANDS if one.who in ("operator", "owner")}
    assert walked(WALK) == {one.name for one in COMMANDS} - staff
    assert staff <= walked(STAFF)


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("shape", ["phone"], indirect=True)
async def test_everybody_is_answered_whatever_he_asks(
    sqlite_url, page: Page, shape, language: str, screenshots: Path
):
    async with running(sqlite_url) as whole:
        await begin(page, whole, language)
        for number, step in enumerate(WALK):
            await walk(page, step, language, screenshots, number)
        await whole.ask(f"/language {language}", user=OPERATOR_ID)
        await open_chat(page, whole, OPERATOR_ID)
        await expect(page.locator(MESSAGES).first).to_be_visible()
        for number, step in enumerate(STAFF, start=len(WALK)):
            await walk(page, step, language, screenshots, number)


async def test_the_page_shows_a_picture_with_its_words_also_on_a_wide_screen(
    sqlite_url, page: Page, shape, tmp_path: Path
):
    async with running(sqlite_url) as whole:
        await watch_samples(whole)
        await whole.ask("/start")
        await open_chat(page, whole, READER_ID)
        await type_in(page, "/metric compute")
        picture = page.locator("[data-testid=picture] img").last
        await expect(picture).to_be_visible(timeout=20_000)
        shown = await picture.evaluate("image => [image.naturalWidth, image.clientWidth]")
        assert shown[0] == 1080
        assert shown[1] >= 250
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        keep(await page.screenshot(), tmp_path / f"metric-{shape}.png")


async def begin(page: Page, whole: Whole, language: str) -> None:
    """Let the reader subscribe in this language, and get his first alerts."""
    await watch_samples(whole)
    await open_chat(page, whole, READER_ID)
    await page.click("[data-testid=start]")
    await expect(page.locator("[data-callback-data='v1:sub:both']")).to_be_visible()
    await type_in(page, "/language")
    await page.locator(f"[data-callback-data='v1:lang:{language}']").last.click()
    await whole.ask("/subscribe instant")
    titles = whole.sandbox.publish()
    for title in titles:
        await expect(page.locator(MESSAGES, has_text=title).first).to_be_visible(timeout=90_000)


async def walk(page: Page, step: Step, language: str, folder: Path, number: int) -> None:
    messages = page.locator(MESSAGES)
    before = await messages.count()
    await type_in(page, step.said)
    await expect(messages).not_to_have_count(before, timeout=20_000)
    answer = messages.nth(before)
    await expect(answer).to_contain_text(step.en if language == "en" else step.zh, timeout=20_000)
    for further in range(1, step.more + 1):
        await expect(messages.nth(before + further)).to_be_visible(timeout=20_000)
    for image in await answer.locator("img").all():
        await expect(image).to_have_js_property("complete", value=True)
    assert not await sticks_out(answer), step.said
    if look := os.environ.get("WALK_PICTURES"):
        words = step.said.strip("/").replace("/", "").replace(" ", "-")[:24]
        kept = Path(look) / f"{language}-{number:02}-{words}.png"
        kept.write_bytes(await picture_of(page, answer))
    if step.picture and (language == "en" or step.picture in BOTH):
        name = f"{step.picture}-{language}.png"
        keep(await picture_of(page, answer), folder / name)


async def sticks_out(answer: Locator) -> bool:
    """Tell whether anything in an answer sticks out of it."""
    script = "one => one.scrollWidth > one.clientWidth + 1"
    return bool(await answer.locator(".bubble").evaluate(script))


async def picture_of(page: Page, answer: Locator) -> bytes:
    """Take what a phone shows when the answer stands at the top of its screen."""
    handle: ElementHandle | None = await answer.element_handle()
    await page.evaluate("one => one.scrollIntoView({block: 'start'})", handle)
    await asyncio.sleep(0.2)  # until the page has come to rest
    return await page.screenshot()


def keep(content: bytes, path: Path) -> None:
    """Keep a picture small enough for a guide: half the dots, and no more colours than it has."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    small = image.resize((image.width * 3 // 4, image.height * 3 // 4), Image.Resampling.LANCZOS)
    small.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.stat().st_size > 8_000
