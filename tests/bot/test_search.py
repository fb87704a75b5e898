"""/search in the chat: results with their words, pages, filters, and what nobody can look for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import callback
from bot.language import LANGUAGES, words_for
from bot.render.search import Reader, Result, found
from db.search import Found
from domain.facts.stated import Stated
from domain.search.query import Unclear, parse
from tests.bot.scene import Scene
from tests.bot.strategies import facts, texts, urls
from tests.bot.test_render_properties import check
from tests.builders import NOW, article, deadline, fact, new_article, stored_source, stored_story

TEXT = "昨日，成都市发布通知。对企业购买算力服务，给予最高60%的算力券补贴。"
CHINESE = {"id": 2003, "first_name": "小明", "language_code": "zh-hans"}


async def test_what_is_found_shows_the_words_in_their_midst(scene: Scene):
    database = scene.tools.database
    told = new_article(title="Vouchers & more", text=TEXT, facts=[fact()])
    number = await stored_story(database, told)
    (answer,) = await scene.say("/search 算力券 成都")
    assert answer.startswith("<b>Search: 算力券 成都</b>")
    assert "1. <b><a href=" in answer
    assert "Vouchers &amp; more" in answer
    assert "最高60%的<b>算力券</b>补贴" in answer
    assert "Chengdu Daily · media · 23 Nov 08:00" in answer
    message = scene.last_message()
    assert message["buttons"] == {"Facts 1": f"v1:facts:s{number}"}


async def test_pages_replace_each_other_and_lead_back_to_the_newest(scene: Scene):
    for at in range(12):
        told = new_article(title=f"成都 {at}", published=NOW - timedelta(hours=at))
        await stored_story(scene.tools.database, told)
    (first,) = await scene.say("/search 成都")
    assert "成都 4" in first
    assert "成都 5" not in first
    message = scene.last_message()
    assert set(message["buttons"]) == {"Older ›"}
    await scene.press(message["buttons"]["Older ›"], message["id"])
    edit = scene.calls("editMessageText")[-1]["params"]
    assert "成都 5" in edit["text"]
    assert "成都 9" in edit["text"]
    buttons = {one["text"]: one["callback_data"] for row in rows(edit) for one in row}
    assert set(buttons) == {"‹ Newest", "Older ›"}
    await scene.press(buttons["Older ›"], message["id"])
    last = scene.calls("editMessageText")[-1]["params"]
    assert "成都 11" in last["text"]
    assert [one["text"] for row in rows(last) for one in row] == ["‹ Newest"]
    await scene.press(buttons["‹ Newest"], message["id"])
    again = scene.calls("editMessageText")[-1]["params"]
    assert again["text"] == first


def rows(params):
    return params["reply_markup"]["inline_keyboard"]


async def test_what_many_report_is_told_once(scene: Scene):
    same = [new_article(title=f"成都 {at}") for at in range(3)]
    await stored_story(scene.tools.database, *same)
    (answer,) = await scene.say("/search 成都")
    assert "+2 · media" in answer
    assert answer.count("<a href") == 1


async def test_a_type_shows_its_facts(scene: Scene):
    told = new_article(title="成都", text=TEXT, facts=[fact(), deadline()])
    await stored_story(scene.tools.database, told)
    (answer,) = await scene.say("/search 算力 type:deadline")
    assert "• <b>" in answer
    assert "31 Dec 2026" in answer
    assert "90" not in answer.replace("60%", "")
    (answer,) = await scene.say("/search 算力 type:target")
    assert "Nothing was found" in answer


async def test_a_source_is_named_by_number_name_or_address(scene: Scene):
    database = scene.tools.database
    one = await stored_source(database, title="成都市经信局", url="https://jxj.example/list")
    other = await stored_source(database, title="Other")
    await stored_story(database, new_article(title="成都 here"), source_id=one.id)
    await stored_story(database, new_article(title="成都 there"), source_id=other.id)
    for name in ("经信局", "JXJ.example", str(one.id), f"#{one.id}", "經信局"):
        (answer,) = await scene.say(f"/search 成都 source:{name}")
        assert "here" in answer, name
        assert "there" not in answer, name
    (answer,) = await scene.say("/search 成都 source:nobody")
    assert "No source is called “nobody”" in answer


async def test_what_is_off_topic_is_a_tap_away(scene: Scene):
    database = scene.tools.database
    await stored_story(database, new_article(title="成都 food", band="off"))
    (answer,) = await scene.say("/search 成都")
    assert "Only what is on topic was searched" in answer
    message = scene.last_message()
    await scene.press(message["buttons"]["Search off topic, too"], message["id"])
    assert "food" in scene.calls("editMessageText")[-1]["params"]["text"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/search", "Say which words to look for."),
        ("/search …", "For example: <code>/search 成都 算力"),
        ("/search 算力 since:abc", "“abc” is no time to look back to"),
        ("/search type:x{y}", "“x{y}” is not a type of facts"),
        ("/search band:{0}", "“{0}” is not a range"),
        ("/search source:", "Say which source"),
        ("/search {nothing} <b>", "Nothing was found for “{nothing} &lt;b&gt;”"),
    ],
)
async def test_what_nobody_can_look_for_is_answered_with_an_example(
    scene: Scene, said: str, answer: str
):
    (told,) = await scene.say(said)
    assert answer in told
    assert "<code>" in told


async def test_it_speaks_chinese(scene: Scene):
    (told,) = await scene.say("/search 近：很久", CHINESE)
    assert "不是有效的起始时间" in told
    (told,) = await scene.say("/search 算力", CHINESE)
    assert "没有找到“算力”" in told


async def test_words_too_many_for_a_button_are_found_without_pages(scene: Scene):
    for at in range(7):
        await stored_story(scene.tools.database, new_article(title=f"{at}", text="成都算力" * 30))
    (answer,) = await scene.say("/search " + "成都算力" * 20)
    assert "use fewer words" in answer
    assert all("Older" not in one for one in scene.last_message()["buttons"])


@given(st.none() | st.integers(0, 2**63 - 1), st.text(max_size=30))
def test_a_page_of_articles_is_read_as_it_was_meant_or_has_no_button(before, words: str):
    data = callback.page_of_search(before, words)
    if data is None:
        return
    assert len(data.encode()) <= callback.LONGEST
    press = callback.read(data)
    assert press is not None
    assert callback.page_searched(press.argument) == (before, words)


def test_a_page_of_common_words_has_a_button():
    assert callback.page_of_search(2**62, "成都 算力 since:30d") is not None
    assert callback.page_of_search(2**62, "\ud800") is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(texts, texts, urls, st.lists(facts, max_size=3)), max_size=5),
    texts,
    st.sampled_from(LANGUAGES),
)
def test_any_results_are_messages_that_telegram_takes(told, text, language):
    try:
        query = parse(text, NOW)
    except Unclear:
        query = parse("成都", NOW)
    results, stated = [], {}
    for number, (title, words, url, some) in enumerate(told, start=1):
        one = article(id=number, title=title, text=words, url=url)
        results.append(
            Result(Found(key=number, article=one, story_id=number, states_facts=True), count=2)
        )
        stated[number] = [Stated(number=1, fact=fact, article=one) for fact in some]
    reader = Reader(words=words_for(language), timezone="Asia/Shanghai", now=NOW)
    for message in found(text, query, results, stated, reader, rows=()):
        check(replace(message, html=str(message.html)))
