"""/measures: everything an applicant asks about a benefit, once, with who says otherwise."""

import re
from datetime import date

import pytest

from bot.markup import text_of
from tests.bot.scene import Scene
from tests.bot.test_documents import CHINESE, TEXT, fits_a_screen, measure, told
from tests.builders import (
    deadline,
    document,
    entry,
    evidence,
    fact,
    new_article,
    stored_source,
    stored_story,
)

TITLE = "成都市人工智能若干政策"
NUMBER = "成办发〔2025〕12号"


def policy(**given):
    return document(NUMBER, TITLE, role="primary", stage="issued", **given)


async def kept(scene: Scene, *articles, **about) -> None:
    source = await stored_source(scene.tools.database, **about)
    for one in articles:
        await stored_story(scene.tools.database, one, source_id=source.id)


def award(subject: str = "首批模型奖励", value: str = "1000000"):
    amounts = [{"role": "fixed", "value": value, "unit": "CNY", "comparator": "eq"}]
    return fact(
        type="measure",
        subject=subject,
        value=None,
        unit=None,
        counted=None,
        comparator=None,
        status="in_force",
        attributes={"instrument": "award", "amounts": amounts},
        evidence=(evidence("对首批模型奖励100万元", TEXT),),
    )


async def test_a_measure_says_all_that_an_applicant_asks(scene: Scene):
    offer = measure(
        eligible="本市中小企业", responsible=["市经信局市新经济委"], rate_base="算力使用费用"
    )
    until = deadline(date(2026, 12, 31), subject="算力券申报")
    await kept(scene, told(policy(), offer, until), tier="official")
    (answer,) = await scene.say("/measures")
    plain = text_of(answer)
    assert plain.startswith("1 measure\n\n1. 算力券 · Voucher")
    assert "💰 up to 60% of 算力使用费用; cap ¥5 million a year" in plain
    assert "👥 本市中小企业" in plain
    assert re.search(r"🏛 市经信局市新经济委( \(.*Economic.*\))?", plain)
    assert f"📄 {NUMBER}" in plain
    assert "⏰ Apply by 31 Dec 2026 · 38 days left" in plain
    assert "“按不超过60%给予补贴" in plain
    assert fits_a_screen(answer)


async def test_it_stands_once_with_who_confirms_it_and_what_is_another_sum_elsewhere(scene: Scene):
    await kept(scene, told(policy(), measure()), tier="official", title="市政府")
    await kept(scene, told(policy(), measure()), title="日报")
    await kept(scene, told(policy(), measure(cap="3000000")), title="晚报")
    (answer,) = await scene.say("/measures 算力券")
    plain = text_of(answer)
    assert plain.startswith("1 measure")
    assert "✓ 2 sources · ⚠️ 1 says otherwise" in plain
    assert "cap ¥5 million a year" in plain
    assert "⚠️ cap elsewhere ¥3 million a year" in plain


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("type:award", {"首批模型奖励"}),
        ("类型：券", {"算力券"}),
        ("official", {"算力券"}),
        ("cap:300万", {"算力券"}),
        ("min:0.5m", {"算力券", "首批模型奖励"}),
        ("open", {"算力券"}),
        ("可申报 算力券", {"算力券"}),
        ("奖励", {"首批模型奖励"}),
    ],
)
async def test_filters_leave_what_was_asked_for(scene: Scene, question: str, found: set[str]):
    until = deadline(date(2026, 12, 31), subject="算力券申报")
    await kept(scene, told(policy(), measure(), until), tier="official")
    await kept(scene, told(award(), title="另一条"))
    answers = await scene.say(f"/measures {question}")
    assert {one for one in ("算力券", "首批模型奖励") if f"{one} ·" in text_of(answers[0])} == found


async def test_pages_turn_in_place_and_back(scene: Scene):
    subjects = [f"第{at}类场景奖励{'甲乙丙丁戊'[at]}" for at in range(5)]
    for at, subject in enumerate(subjects):
        text = TEXT + subject
        one = new_article(entry(title=subject, text=text), facts=(award(subject, f"{at + 1}0000"),))
        await kept(scene, one)
    await scene.say("/measures")
    first = scene.last_message()
    assert "4–5 ›" in first["buttons"]
    await scene.press(first["buttons"]["4–5 ›"], first["id"])
    second = scene.last_message("editMessageText")
    assert "\n4. " in text_of(second["params"]["text"])
    assert not any("›" in one for one in second["buttons"])
    await scene.press(second["buttons"]["‹ 1–3"], first["id"])
    back = scene.last_message("editMessageText")
    assert back["params"]["text"] == first["params"]["text"]


async def test_buttons_filter_and_let_go_again(scene: Scene):
    await kept(scene, told(policy(), measure()), tier="official")
    await scene.say("/measures 算力")
    shown = scene.last_message()
    await scene.press(shown["buttons"]["Official"], shown["id"])
    filtered = scene.last_message("editMessageText")
    assert "✓ Official" in filtered["buttons"]
    await scene.press(filtered["buttons"]["Open now"], shown["id"])
    nothing = scene.last_message("editMessageText")
    assert "No measure fits “算力 official open”." in nothing["params"]["text"]
    assert "✓ Open now" in nothing["buttons"]


async def test_a_filter_that_is_none_is_answered_with_those_there_are(scene: Scene):
    (answer,) = await scene.say("/measures type:sausage")
    assert "“type:sausage” is no filter that I know." in answer
    assert "voucher, subsidy" in answer
    (answer,) = await scene.say("/measures cap:lots")
    assert "“cap:lots” is no filter" in answer


async def test_nothing_known_is_said_in_one_line(scene: Scene):
    assert await scene.say("/measures") == ["No measures have been found yet."]


async def test_chinese_readers_get_it_in_chinese(scene: Scene):
    await kept(scene, told(policy(), measure(rate_base="算力使用费用")), tier="official")
    (answer,) = await scene.say("/measures", CHINESE)
    plain = text_of(re.sub(r"<blockquote.*?</blockquote>", "", answer, flags=re.S))
    assert "500万元" in plain
    assert not re.search(r"[A-Za-z]{4,}", plain)


async def test_the_detail_button_leads_to_the_fact_itself(scene: Scene):
    await kept(scene, told(policy(), measure()), tier="official")
    await scene.say("/measures")
    shown = scene.last_message()
    await scene.press(shown["buttons"]["💰 1"], shown["id"])
    assert "<b>f2</b>" in scene.last_message()["params"]["text"]
