"""What a person sees and presses on the sandbox's chat page, with the whole bot behind it."""

import pytest
from playwright.async_api import Page, expect

from sandbox.cast import OPERATOR_ID, READER_ID
from tests.whole import Whole, running

pytestmark = pytest.mark.browser

MESSAGES = "[data-testid=message][data-sender=bot]"


async def open_chat(page: Page, whole: Whole, person: int) -> None:
    await page.goto(whole.sandbox.page_url)
    await page.click(f"[data-testid=chat][data-chat-id='{person}']")


async def type_in(page: Page, text: str) -> None:
    await page.fill("[data-testid=composer-input]", text)
    await page.press("[data-testid=composer-input]", "Enter")


async def watch_samples(whole: Whole) -> None:
    for feed in whole.sandbox.feeds:
        await whole.watch(feed, OPERATOR_ID)
    await whole.sandbox.newsroom.wait_until_read(20)


async def test_a_reader_subscribes_by_button_and_gets_alert_and_digest(
    sqlite_url, page, shape, screenshots
):
    async with running(sqlite_url) as whole:
        await watch_samples(whole)
        await open_chat(page, whole, READER_ID)
        await page.click("[data-testid=start]")
        await page.click("[data-callback-data='v1:sub:both']")
        await expect(page.locator(MESSAGES).last).to_contain_text("every day at 09:00")

        (title, _) = whole.sandbox.publish()
        alert = page.locator(MESSAGES, has_text=title).first
        await expect(alert).to_contain_text("more than 90", timeout=15_000)
        await expect(alert.locator("a[href*='pilot-zone']").first).to_be_visible()

        await type_in(page, "/digest")
        digest = page.locator(MESSAGES, has_text="Digest").last
        await expect(digest).to_contain_text(title, timeout=15_000)
        await expect(digest.locator("[data-testid=quote]").first).to_contain_text("“")

        await alert.scroll_into_view_if_needed()
        name = "chat" if shape == "wide" else "chat-phone"
        await page.screenshot(path=screenshots / f"{name}.png")
        assert (screenshots / f"{name}.png").stat().st_size > 20_000


async def test_the_menu_offers_the_commands_in_the_readers_language(sqlite_url, page, screenshots):
    async with running(sqlite_url) as whole:
        await whole.sandbox.calls.wait(method="setMyCommands", timeout=20)
        await whole.ask("/start", user=OPERATOR_ID)
        await open_chat(page, whole, OPERATOR_ID)
        await type_in(page, "/language")
        await page.locator("[data-callback-data='v1:lang:zh']").last.click()
        await expect(page.locator(MESSAGES).last).to_contain_text("中文")
        await page.fill("[data-testid=composer-input]", "/")
        commands = page.locator("[data-testid=command]")
        await expect(commands.filter(has_text="/digest")).to_be_visible()
        await expect(commands.filter(has_text="/addsource")).to_be_visible()


async def test_a_pressed_button_brings_every_fact_with_its_quote(sqlite_url, page):
    async with running(sqlite_url) as whole:
        await watch_samples(whole)
        await whole.ask("/subscribe instant")
        (title, _) = whole.sandbox.publish()
        await whole.message(title)
        await open_chat(page, whole, READER_ID)
        alert = page.locator(MESSAGES, has_text=title).first
        await alert.locator("[data-testid=button]", has_text="All facts").click()
        facts = page.locator(MESSAGES).last
        await expect(facts).to_contain_text("1.52 million", timeout=15_000)
