"""The register in the chat: lists, one document in full, its measures, its versions compared."""

import re

import db.articles
import db.register
from bot.render.columns import LINE
from tests.bot.scene import OPERATOR, READER, Scene
from tests.builders import (
    NOW,
    document,
    entry,
    evidence,
    fact,
    moment,
    new_article,
    stored_source,
    stored_story,
)

TITLE = "成都市促进人工智能产业发展专项政策"
CHINESE = {"id": 2003, "first_name": "小明", "language_code": "zh-hans"}
TEXT = "按不超过60%给予补贴，每家企业每年最高500万元。对首批模型奖励100万元。"


def measure(subject="算力券", cap="5000000", rate="60", text=TEXT, quoted="", **given):
    amounts = [
        {"role": "rate", "value": rate, "unit": "percent", "comparator": "le", "period": None},
        {"role": "cap", "value": cap, "unit": "CNY", "comparator": "le", "period": "year"},
    ]
    return fact(
        type="measure",
        subject=subject,
        value=None,
        unit=None,
        counted=None,
        comparator=None,
        status="in_force",
        attributes={"instrument": "voucher", "amounts": amounts, **given},
        evidence=(evidence(quoted or text[:20], text),),
    )


def told(*facts, title="News", **about):
    return new_article(entry(title=title, text=TEXT), facts=facts, **about)


async def kept(scene: Scene, *articles, **about):
    """Keep articles of a source of their own, each in a story."""
    source = await stored_source(scene.tools.database, **about)
    for one in articles:
        await stored_story(scene.tools.database, one, source_id=source.id)


def fits_a_screen(text: str) -> bool:
    """Tell whether what stands above the fold fits a phone's screen of some 22 lines."""
    shown = re.sub(r"<blockquote expandable>.*?</blockquote>", "", text, flags=re.S)
    plain = re.sub(r"<[^>]*>", "", shown)
    return sum(1 + len(line) * 2 // (2 * LINE) for line in plain.splitlines()) <= 24


async def test_an_empty_register_says_so(scene: Scene):
    (answer,) = await scene.say("/documents")
    assert answer == "No policy documents have been found yet."
    (answer,) = await scene.say("/documents 没有")
    assert "No document with “没有” is known. For example: <code>/documents 算力</code>" in answer


async def test_doc_without_a_name_answers_with_an_example(scene: Scene):
    (answer,) = await scene.say("/doc")
    assert "<code>/doc 成办发〔2020〕97号</code>" in answer


async def test_a_document_is_found_by_any_spelling_of_its_number_its_title_and_its_id(
    scene: Scene,
):
    await kept(scene, told(document(title=TITLE, role="primary", stage="issued")))
    for name in ("成办发[2020]97号", "成办发（２０２０）97号", f"《{TITLE}》", "d1", "专项政策"):
        (answer,) = await scene.say(f"/doc {name}")
        assert TITLE in answer, name
        assert "<code>成办发〔2020〕97号</code>" in answer
    (answer,) = await scene.say("/doc d99")
    assert "No document with “d99” is known" in answer


async def test_a_list_turns_its_pages_and_its_buttons_open_documents(scene: Scene):
    facts = [
        document(f"成办发〔2020〕{n}号", f"第{n}号促进政策", role="primary") for n in range(10, 18)
    ]
    await kept(scene, *(told(one) for one in facts))
    (answer,) = await scene.say("/documents 促进政策")
    assert "第17号促进政策" in answer
    assert "第11号促进政策" not in answer
    message = scene.last_message()
    await scene.press(message["buttons"]["6… ›"], message["id"])
    further = scene.last_message("editMessageText")
    assert "第10号促进政策" in further["params"]["text"]
    await scene.press(further["buttons"]["📄 8"], further["id"])
    assert "<code>成办发〔2020〕10号</code>" in scene.last_message()["params"]["text"]


async def test_a_document_shows_its_status_variants_chain_and_measures(scene: Scene):
    dates = [
        {
            "role": "effective",
            "start": "2025-09-01",
            "end": "2025-09-01",
            "precision": "day",
            "text": "x",
        },
        {
            "role": "expiry",
            "start": "2028-08-31",
            "end": "2028-08-31",
            "precision": "day",
            "text": "x",
        },
    ]
    policy = document(
        title=TITLE, role="primary", stage="issued", issuers=["市政府办公厅"], dates=dates
    )
    await kept(scene, told(policy, measure(), title=TITLE), tier="official")
    await kept(
        scene,
        told(document("成发办〔2020〕97号", TITLE, role="primary"), measure()),
        tier="reprint",
    )
    notice = document("成经信发〔2025〕58号", "关于组织申报算力券的通知", role="primary")
    await kept(scene, told(notice, document(title=TITLE)), tier="official")
    (answer,) = await scene.say("/doc d1")
    assert "✅ in force from 1 Sep 2025 until 31 Aug 2028" in answer
    assert "市政府办公厅" in answer
    assert "⚠️ elsewhere written: 成发办〔2020〕97号" in answer
    assert "↓ call for applications: “关于组织申报算力券的通知” d2" in answer
    assert answer.count("60%") == 1
    assert "<b>Told by</b>" in answer
    assert fits_a_screen(answer)
    (answer,) = await scene.say("/doc d1", CHINESE)
    assert "✅ 有效 自2025年9月1日起 至2028年8月31日" in answer
    assert "↓ 申报通知：《关于组织申报算力券的通知》 d2" in answer


async def test_measures_of_a_document_stand_once_with_who_confirms_and_who_contradicts(
    scene: Scene,
):
    policy = document(title=TITLE, role="primary")
    await kept(scene, told(policy, measure()), tier="official", title="市政府")
    await kept(scene, told(policy, measure()), title="日报")
    await kept(scene, told(policy, measure(cap="3000000")), title="晚报")
    await scene.say("/doc d1")
    message = scene.last_message()
    await scene.press(message["buttons"]["Measures"], message["id"])
    text = scene.last_message()["params"]["text"]
    assert text.count("• ") == 1
    assert "✓ 2 sources · ⚠️ 1 says otherwise" in text
    assert all(name in text for name in ("市政府", "日报", "晚报"))


async def test_two_versions_are_compared_measure_by_measure(scene: Scene):
    old, new = (
        document(title=TITLE, role="primary"),
        document("成办发〔2024〕17号", TITLE, role="primary"),
    )
    await kept(
        scene,
        told(old, measure(), measure("首批模型奖励", "1000000", quoted="对首批模型奖励100万元")),
    )
    await kept(
        scene,
        told(
            new,
            measure(cap="8000000", rate="50"),
            measure("数据券", quoted="每家企业每年最高500万元"),
        ),
    )
    await scene.say("/doc d2")
    message = scene.last_message()
    await scene.press(message["buttons"]["Compare"], message["id"])
    text = scene.last_message()["params"]["text"]
    assert "▼ rate: up to 60% → up to 50%" in text
    assert "▲ cap: ¥5 million a year → ¥8 million a year" in text
    assert "＋ " in text
    assert "－ " in text


async def test_a_draft_is_compared_with_what_became_of_it(scene: Scene):
    draft = document(None, TITLE + "（征求意见稿）", role="primary", stage="draft")
    final = document(title=TITLE, role="primary", stage="issued")
    await kept(scene, told(draft, measure(cap="8000000")))
    await kept(scene, told(final, measure()))
    await scene.say("/doc d1")
    message = scene.last_message()
    assert "status: draft for comment → issued" in message["params"]["text"]
    await scene.press(message["buttons"]["Compare"], message["id"])
    assert "▼ cap: ¥8 million a year → ¥5 million a year" in scene.last_message()["params"]["text"]


async def test_what_only_articles_off_the_topic_name_is_not_listed(scene: Scene):
    source = await stored_source(scene.tools.database)
    async with scene.tools.database.write() as session:
        await db.articles.add_all(
            session, source.id, [told(document(title=TITLE), band="off")], NOW
        )
    (answer,) = await scene.say("/documents")
    assert answer == "No policy documents have been found yet."


async def test_a_button_for_what_is_gone_says_so(scene: Scene):
    await scene.say("/help")
    message = scene.last_message()
    for data in ("v1:doc:d9", "v1:measures:d9", "v1:compare:8.9"):
        await scene.press(data, message["id"], force=True)
        assert "There is no such document" in scene.last_message()["params"]["text"]


async def test_hostile_titles_are_shown_as_words(scene: Scene):
    nasty = "<b>办法</b> @everyone /start &amp; 关于办法的办法"
    await kept(scene, told(document("甲发〔2020〕1号", nasty, role="primary", issuers=["<i>"])))
    for said in ("/documents", "/doc d1", "/follow d1", "/following"):
        await scene.say(said)
        assert scene.calls("sendMessage")[-1]["status"] == 200


async def test_everybody_may_look_and_operators_too(scene: Scene):
    await kept(scene, told(document(title=TITLE, role="primary")))
    for user in (READER, OPERATOR):
        (answer,) = await scene.say("/documents", user)
        assert TITLE in answer


def scale(value, year, **given):
    when = moment(role="as_of", start=f"{year}-01-01", end=f"{year}-12-31", text=str(year))
    about = {"subject": "人工智能产业规模", "unit": "CNY", "counted": None, "time": when}
    quoted = evidence(TEXT[:12], TEXT)
    attributes = {"indicator": "industry_scale", "place": "成都"}
    return fact(value=value, **{**about, "evidence": (quoted,), "attributes": attributes, **given})


async def test_a_figure_shows_its_series_who_confirms_it_and_who_says_otherwise(scene: Scene):
    await kept(scene, told(scale("102600000000", 2024)), tier="official", title="统计局")
    await kept(scene, told(scale("102600000000", 2024)), title="日报")
    await kept(scene, told(scale("130000000000", 2024)), title="晚报")
    await kept(scene, told(scale("85000000000", 2023)))
    await kept(scene, told(scale("170000000000", 2026, type="target", status="target")))
    (answer,) = await scene.say("/facts f2")
    assert "✓ 2 sources · ⚠️ 1 says otherwise" in answer
    assert answer.index("• 2023: <b>¥85 billion</b>") < answer.index(
        "• 2024: <b>¥102.6 billion</b>"
    )
    assert "• 2026 (target): <b>¥170 billion</b>" in answer
    assert all(name in answer for name in ("统计局", "日报", "晚报"))
    assert fits_a_screen(answer)
    (answer,) = await scene.say("/facts f2", CHINESE)
    assert "<b>历年数据</b>" in answer
    message = scene.last_message()
    await scene.press(message["buttons"]["为什么？"], message["id"], CHINESE)
    assert "事实 f2" in scene.last_message()["params"]["text"]


async def test_a_measure_shows_who_confirms_it_also_across_stories(scene: Scene):
    policy = document(title=TITLE, role="primary")
    await kept(scene, told(policy, measure()), tier="official", title="市政府")
    await kept(scene, told(policy, measure(cap="3000000")), title="晚报")
    (answer,) = await scene.say("/facts f2")
    assert "⚠️ 1 says otherwise" in answer
    assert "晚报" in answer


async def test_a_fact_that_nobody_else_states_stands_alone(scene: Scene):
    await kept(scene, told(scale("85000000000", 2023)))
    (answer,) = await scene.say("/facts f1")
    assert "Over time" not in answer
    assert "sources" not in answer
    (answer,) = await scene.say("/facts f99")
    assert answer == "There is no such fact (any more)."
