"""The chat page in a real browser: it shows what was said, and believes none of it."""

import os
import re
import shutil
from collections.abc import AsyncIterator
from html import escape
from importlib.resources import files

import pytest
from playwright.async_api import Page, async_playwright, expect
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.cast import GROUP_ID, OPERATOR_ID, READER_ID
from sandbox.server import Sandbox

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = 2
COMPUTE = 3


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[Page]:
    """The reader's chat, open; whatever the page complains about fails the test."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail("REQUIRE_ALL=1, but Chromium was not found")
        pytest.skip("Chromium was not found")
    complaints: list[str] = []
    elsewhere: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1100, "height": 760})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("request", lambda r: elsewhere.append(r.url))
        await page.goto(f"{sandbox.page_url}#{READER_ID}")
        await expect(page.get_by_test_id("connection")).to_have_text("online")
        yield page
        await browser.close()
    assert complaints == []
    assert [url for url in elsewhere if not url.startswith(sandbox.base_url)] == []


def a_keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(x, callback_data=x) for x in labels]])


def test_no_script_of_the_page_ever_takes_text_for_markup():
    scripts = [f for f in (files("sandbox") / "page").iterdir() if f.name.endswith(".js")]
    assert len(scripts) > 5
    for script in scripts:
        code = script.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", code)


@pytest.mark.browser
async def test_a_hostile_text_is_only_a_text(sandbox: Sandbox, bot: Bot, page: Page):
    sandbox.say(READER_ID, "/start")
    evil = "<img src=x onerror=\"document.title='taken'\"><script>alert(1)</script>"
    await bot.send_message(READER_ID, escape(evil), "HTML", reply_markup=a_keyboard("<b>x</b>"))
    await bot.send_message(READER_ID, '<a href="tg://resolve?domain=x">words</a>', "HTML")
    await expect(page.get_by_test_id("text").nth(1)).to_have_text(evil)
    await expect(page.get_by_test_id("button")).to_have_text("<b>x</b>")
    await expect(page.get_by_test_id("text").nth(2)).to_have_text("words")
    await expect(page.locator("#messages img, #messages script, #messages a")).to_have_count(0)
    assert "taken" not in await page.title()


@pytest.mark.browser
async def test_a_pressed_button_turns_until_it_is_answered(sandbox: Sandbox, bot: Bot, page: Page):
    sandbox.say(READER_ID, "/start")
    await bot.send_message(READER_ID, "When?", reply_markup=a_keyboard("09:00", "18:00"))
    button = page.locator('[data-callback-data="09:00"]')
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    query = (await bot.get_updates(-1, timeout=5))[0].callback_query
    assert query is not None
    await query.answer("Noted")
    await expect(page.get_by_test_id("toast")).to_have_text("Noted")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await query.edit_message_text("At <b>09:00</b>", "HTML")
    await expect(page.get_by_test_id("text").last.locator("strong")).to_have_text("09:00")
    await expect(page.get_by_test_id("edited")).to_be_visible()
    await expect(button).to_have_count(0)


@pytest.mark.browser
async def test_a_slash_opens_the_menu_of_that_person(sandbox: Sandbox, bot: Bot, page: Page):
    await bot.set_my_commands([("start", "Begin"), ("sources", "What is watched")])
    await page.get_by_test_id("start").click()
    await page.get_by_test_id("composer-input").press_sequentially("/s")
    await expect(page.get_by_test_id("command")).to_have_text(
        [re.compile("Begin"), re.compile("is")]
    )
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("text").last).to_have_text("/sources")
    updates = await bot.get_updates(timeout=5)
    assert [u.message.text for u in updates if u.message] == ["/start", "/sources"]


@pytest.mark.browser
async def test_topics_are_tabs_with_counters(sandbox: Sandbox, bot: Bot, page: Page):
    await bot.send_message(GROUP_ID, "for policy", message_thread_id=POLICY)
    await bot.send_message(GROUP_ID, "for compute", message_thread_id=COMPUTE)
    row = page.locator(f'[data-chat-id="{GROUP_ID}"]')
    await expect(row.get_by_test_id("unread")).to_have_text("2")
    await row.click()
    await page.locator(f'[data-thread-id="{POLICY}"]').click()
    await expect(page.get_by_test_id("text")).to_have_text("for policy")
    await page.get_by_test_id("speaker").select_option(str(READER_ID))
    await page.get_by_test_id("composer-input").fill("thanks")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("text").last).to_have_text("thanks")
    message = (await bot.get_updates(-1, timeout=5))[0].message
    assert message is not None
    assert message.from_user is not None
    assert (message.from_user.id, message.message_thread_id) == (READER_ID, POLICY)


@pytest.mark.browser
async def test_new_chats_and_a_reset_show_by_themselves(sandbox: Sandbox, bot: Bot, page: Page):
    sandbox.say({"id": 77, "first_name": "Eve"}, "hello")
    await bot.send_message(77, "<blockquote expandable>" + "words " * 200 + "</blockquote>", "HTML")
    eve = page.locator('[data-testid="chat"][data-chat-id="77"]')
    await expect(eve.get_by_test_id("unread")).to_have_text("1")
    await eve.click()
    await page.get_by_test_id("quote").click()
    await expect(page.get_by_test_id("expand")).to_have_attribute("aria-expanded", "true")
    await bot.send_message(77, "next")
    await expect(page.get_by_test_id("text").last).to_have_text("next")
    await expect(page.get_by_test_id("expand")).to_have_attribute("aria-expanded", "true")
    sandbox.reset()
    await expect(eve).to_have_count(0)
    await expect(page.locator(f'[data-chat-id="{OPERATOR_ID}"]')).to_be_visible()
