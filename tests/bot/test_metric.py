"""/metric: the picture that is sent, what it shows in words, and the values with their sources."""

import re

import pytest

from bot.markup import text_of
from sandbox.files import measure
from tests.bot.scene import READER, Scene
from tests.builders import (
    entry,
    evidence,
    fact,
    moment,
    new_article,
    stored_source,
    stored_story,
)

CHINESE = {"id": 2003, "first_name": "小明", "language_code": "zh-hans"}
SUBJECT = "成都市智能算力规模"


def compute(value: str, year: int, subject: str = SUBJECT, **given):
    text = f"截至{year}年，{subject}达到{value}P。"
    when = moment(role="as_of", start=f"{year}-01-01", end=f"{year}-12-31", text=f"{year}年")
    attributes = {"indicator": "compute_capacity"}
    said = {"time": when, "attributes": attributes, "evidence": (evidence(text, text),)}
    return fact(**{"subject": subject, "value": value, "unit": "PFLOPS", "counted": None,
                   **said, **given})  # fmt: skip


def target(value: str, year: int, **given):
    when = moment(start=f"{year}-01-01", end=f"{year}-12-31")
    return compute(value, year, type="target", status="target", comparator="ge", time=when, **given)


async def kept(scene: Scene, *facts, title: str = "成都算力", **about) -> None:
    source = await stored_source(scene.tools.database, **about)
    for one in facts:
        text = one.evidence[0].quote
        article = new_article(entry(title=title, text=text), facts=(one,))
        await stored_story(scene.tools.database, article, source_id=source.id)


async def asked(scene: Scene, text: str, user=READER) -> tuple[str, str]:
    """Ask for a figure; return the caption and what stands below the picture."""
    since = scene.seen
    below = await scene.say(text, user)
    (picture,) = scene.calls("sendPhoto", since)
    assert picture["status"] == 200
    assert len(text_of(picture["params"]["caption"]).encode("utf-16-le")) <= 2048
    return picture["params"]["caption"], "\n".join(below)


async def test_a_figure_comes_as_a_picture_with_its_newest_value_first(scene: Scene):
    await kept(scene, compute("900", 2024), compute("1780", 2025), target("3000", 2027))
    caption, below = await asked(scene, "/metric 算力")
    first, *rest = text_of(caption).splitlines()
    assert first == f"📈 {SUBJECT}: 1,780 PFLOPS (2025)"
    assert rest[0] == "intelligent computing capacity"
    assert "🎯 at least 3,000 PFLOPS (target, 2027)" in rest
    assert "The picture: 3 values, 2024 to 2027." in rest
    plain = text_of(below)
    values = re.findall(r"[•🎯] (20\d\d).*?: ([^\[]*) \[(\d)\]", plain)
    assert values == [
        ("2027", "at least 3,000 PFLOPS", "1"),
        ("2025", "1,780 PFLOPS", "2"),
        ("2024", "900 PFLOPS", "3"),
    ]
    assert all(f"[{number}] Chengdu Daily · media" in plain for number in (1, 2, 3))


async def test_what_is_sent_is_a_picture_of_a_phones_shape(scene: Scene):
    await kept(scene, compute("900", 2024), compute("1780", 2025))
    since = scene.seen
    await scene.say("/metric 算力")
    (call,) = scene.calls("sendPhoto", since)
    stored = scene.sandbox.world.files.by_id(call["result"]["photo"][-1]["file_id"])
    assert stored is not None
    kind, (width, height) = measure(stored.content)  # type: ignore[misc]
    assert kind == "png"
    assert width == 1080
    assert 600 < height < 1400


@pytest.mark.parametrize(
    "question", ["compute", "算力", "computing power", "Chengdu compute", "成都 算力", "COMPUTE"]
)
async def test_english_and_chinese_words_find_the_same_figure(scene: Scene, question: str):
    english = "computing power of the city"
    await kept(scene, compute("900", 2024), compute("1780", 2025))
    await kept(scene, compute("1780", 2025, subject=english), title="Chengdu computing power")
    await kept(scene, fact(subject="人工智能企业", attributes={"indicator": "enterprises"}))
    caption, below = await asked(scene, f"/metric {question}")
    assert SUBJECT in caption
    assert "企业" not in caption + below


async def test_sources_that_differ_are_both_shown(scene: Scene):
    await kept(scene, compute("900", 2023), compute("1780", 2025), tier="official", title="甲")
    await kept(scene, compute("1450", 2025), title="乙")
    caption, below = await asked(scene, "/metric 算力")
    assert "⚠️ Sources differ; both are shown." in text_of(caption)
    assert re.search(r"2025: 1,780 PFLOPS \[\d\] · ⚠️ 1,450 PFLOPS \[\d\]", text_of(below))


async def test_forecasts_are_marked_as_what_they_are(scene: Scene):
    await kept(scene, compute("900", 2024), compute("5000", 2030, status="forecast"))
    caption, below = await asked(scene, "/metric 算力")
    assert text_of(caption).splitlines()[0].endswith("900 PFLOPS (2024)")
    assert "🔮 5,000 PFLOPS (forecast, 2030)" in text_of(caption)
    assert "🔮 2030 (forecast): 5,000 PFLOPS" in text_of(below)


async def test_a_figure_of_a_single_time_is_drawn_beside_others_of_its_unit(scene: Scene):
    await kept(scene, compute("1780", 2025), compute("300", 2025, subject="天府新区算力中心"))
    caption, _ = await asked(scene, "/metric compute")
    assert "1,780 PFLOPS" in caption
    assert "300 PFLOPS" in caption


async def test_further_figures_have_a_button_that_shows_them(scene: Scene):
    await kept(scene, compute("900", 2024), compute("1780", 2025))
    await kept(scene, compute("41", 2025, subject="超算中心算力利用率", unit="percent"))
    _, below = await asked(scene, "/metric 算力")
    assert "1. 超算中心算力利用率: 41% (2025)" in text_of(below)
    shown = scene.last_message()
    since = scene.seen
    await scene.press(shown["buttons"]["📈 1"], shown["id"])
    (picture,) = scene.calls("sendPhoto", since)
    assert "41%" in picture["params"]["caption"]


async def test_chinese_readers_get_it_in_chinese(scene: Scene):
    await kept(scene, compute("900", 2024), compute("1780", 2025), target("3000", 2027))
    caption, below = await asked(scene, "/metric compute", CHINESE)
    assert text_of(caption).splitlines()[0] == f"📈 {SUBJECT}：1780 PFLOPS（2025年）"
    assert "3000 PFLOPS" in below
    assert not re.search(r"[a-z]{5,}", text_of(caption))


async def test_without_words_it_says_which_figures_there_are(scene: Scene):
    await kept(scene, compute("900", 2024), compute("1780", 2025))
    (answer,) = await scene.say("/metric")
    assert "<code>/metric compute</code>" in answer
    assert f"1. {SUBJECT}: 1,780 PFLOPS (2025) · 2 values" in text_of(answer)
    assert list(scene.last_message()["buttons"]) == ["📈 1"]


async def test_what_is_not_known_is_answered_with_an_example(scene: Scene):
    (answer,) = await scene.say("/metric <b>nothing")
    assert "No figure of “&lt;b&gt;nothing” is known." in answer
    assert "<code>/metric compute</code>" in answer
    (answer,) = await scene.say("/metric")
    assert answer == "No figures have been found yet."


async def test_hostile_subjects_are_shown_as_words(scene: Scene):
    nasty = "<b>算力</b> [1] @everyone " + "算" * 300
    await kept(scene, compute("900", 2024, nasty), compute("1", 2025, nasty))
    caption, _ = await asked(scene, "/metric 算力")
    assert "&lt;b&gt;" in caption


async def test_where_nothing_can_be_drawn_the_words_are_said(scene: Scene, monkeypatch):
    await kept(scene, compute("900", 2024), compute("1780", 2025))
    monkeypatch.setattr(scene.tools.workshop, "_module", "there.is.none")
    since = scene.seen
    answers = await scene.say("/metric 算力")
    assert scene.calls("sendPhoto", since) == []
    assert "1,780 PFLOPS" in answers[0]


def companies(value: str, place: str, subject: str = "人工智能企业", **given):
    text = f"{place}{subject}达到{value}家"
    attributes = {"indicator": "enterprises", "place": place}
    when = moment(role="as_of", start="2025-01-01", end="2025-12-31", text="2025年")
    said = {"time": when, "attributes": attributes, "evidence": (evidence(text, text),)}
    return fact(**{"subject": subject, "value": value, "counted": subject, **said, **given})


async def test_unlike_figures_are_choices_with_what_sets_them_apart(scene: Scene):
    await kept(scene, companies("1780", "全市"), title="一")
    await kept(scene, companies("362", "青羊区"), title="二")
    await kept(scene, companies("412", "全市", "规模以上人工智能企业"), title="三")
    added = companies("188", "全市", evidence=(evidence("年内净增188家", "年内净增188家"),))
    await kept(scene, added, title="四")
    caption, below = await asked(scene, "/metric AI companies")
    assert text_of(caption).splitlines()[0] == "📈 人工智能企业: 1,780 (2025)"
    said = text_of(below)
    for line in ("人工智能企业 (Qingyang District): 362", "规模以上人工智能企业: 412",
                 "人工智能企业 (added): 188"):  # fmt: skip
        assert line in said
    caption, _ = await asked(scene, "/metric 青羊区 人工智能企业")
    assert text_of(caption).splitlines()[0] == "📈 人工智能企业: 362 (2025)"
