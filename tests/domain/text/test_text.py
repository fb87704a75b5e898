"""Cleaning, folding, language, blocks and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text.blocks import blocks_of
from domain.text.clean import LONGEST, clean, clean_line
from domain.text.fold import fold
from domain.text.language import language_of
from domain.text.sentences import LONGEST_SENTENCE, sentences


@given(st.text())
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_cleaning_a_clean_text_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once


def test_what_no_reader_sees_is_taken_out():
    assert clean("成都\u200b市\ufeff\u00ad\r\nAI\u00a0产业\x07") == "成都市\nAI 产业"


def test_pinyin_of_a_mirror_is_taken_out():
    assert clean("成(chéng)都(dū)产(chǎn)业(yè)") == "成都产业"


def test_pinyin_without_tones_is_taken_out_where_every_bracket_holds_a_syllable():
    assert clean("成(cheng)都高新区智(zhi)能创新中(zhong)心投资40亿(yi)元") == (
        "成都高新区智能创新中心投资40亿元"
    )
    options = "方案(a)、方案(b)、方案(c)、方案(d)"
    assert clean(options) == options


def test_letters_in_brackets_are_not_taken_for_pinyin():
    assert clean("大模型(LLM)与算力") == "大模型(LLM)与算力"


def test_spaces_between_characters_are_taken_out_of_a_bad_copy():
    assert clean("成 都 人 工 智 能 产 业 规 模 达 到") == "成都人工智能产业规模达到"


def test_letters_read_from_a_scan_come_together_with_their_marks() -> None:
    scanned = (
        "实缴资本在2 亿元以上的 ，分三年兑现 ，总额最高 1 500万元 。\n"
        "按照不高 于设备投资额 15% 的比例补助 ，每 户每年限 400 万元。"
    )
    assert clean(scanned) == (
        "实缴资本在2亿元以上的，分三年兑现，总额最高1500万元。\n"
        "按照不高于设备投资额15%的比例补助，每户每年限400万元。"
    )


def test_digits_of_one_number_come_together_and_two_numbers_stay_apart() -> None:
    assert clean("新引进重大项目 2 1 个") == "新引进重大项目 21 个"
    assert clean("甲区 12 35\n乙区 3 4") == "甲区 12 35\n乙区 3 4"


def test_a_paragraph_cut_at_a_fixed_width_is_put_together():
    line = "成都市人工智能产业规模稳步增长企业数量持续增加算力供给能力"
    wrapped = "\n".join([line] * 12 + ["结束。"])
    assert "\n" not in clean(wrapped)


def test_marks_of_markdown_are_taken_out():
    assert clean("## 目标\n**规模**达到[100亿元](https://example.org/a)") == "目标\n规模达到100亿元"


def test_a_very_long_text_is_cut():
    assert len(clean("成" * (LONGEST + 5))) == LONGEST


def test_a_title_has_no_line_breaks():
    assert clean_line(" 成都\n人工智能 ") == "成都 人工智能"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("成都人工智能产业规模达到1000亿元", "zh-Hans"),
        ("成都人工智慧產業規模達到1000億元", "zh-Hant"),
        ("The AI industry of Chengdu is worth 100 billion yuan", "en"),
        ("成都の人工知能産業は急速に発展しています", "other"),
        (
            "L'industrie de l'intelligence artificielle à Chengdu connaît une forte croissance",
            "other",
        ),
        (
            "Indicator\n2024\n2027 target\nCore industry revenue (bn yuan)\n102\n260\n"
            "AI enterprises\n1,100\n2,000\nComputing capacity (PFLOPS)\n12,000\n40,000",
            "en",
        ),
        (
            "Título del proyecto: Centro Chengdu\nPresupuesto total: 8 millones de yuanes\n"
            "Plazo de entrega: tres meses\nContacto: oficina central, piso nueve",
            "other",
        ),
        (
            "Projekt: Rechenzentrum Chengdu\nBudget: 8 Millionen Yuan\nFrist: 3. Oktober\n"
            "Kontakt: Büro der Stadtverwaltung, Abteilung Industrie, Zimmer neun",
            "other",
        ),
        ("", "other"),
        ("12345", "other"),
    ],
)
def test_the_language_is_told_by_the_script(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("首页 > 通知公告 > 正文", "furniture"),
        ("责任编辑：张三", "furniture"),
        ("Share this article: Facebook Twitter", "furniture"),
        ("4 mins read", "furniture"),
        ("申报截止：2025年9月30日", "pair"),
        ("一、总体要求", "heading"),
        ("（一）提升算力。对企业给予补贴。", "clause"),
        ("• 企业数量达到2000家。", "item"),
        ("成都  34  3,120.00", "row"),
        ("| 企业 | 家 | 34 |", "row"),
        ("2025年9月10日", "signature"),
        ("成都人工智能产业规模达到1000亿元。", "paragraph"),
    ],
)
def test_lines_are_told_apart(line, kind):
    language = "zh" if any(letter >= "\u4e00" for letter in line) else "en"
    folded = fold(line)
    assert [block.kind for block in blocks_of(folded, language)] == [kind]


def test_an_hour_is_no_label():
    folded = fold("请在9月28日17：00前报名。")
    assert blocks_of(folded, "zh")[0].label == (0, 0)


def test_links_to_other_pages_are_furniture_until_somebody_speaks_again():
    text = "相关阅读\n武汉发放5亿元算力券\n深圳新增算力200P\n成都今天召开大会，规模空前。"
    kinds = [block.kind for block in blocks_of(fold(text), "zh")]
    assert kinds == ["furniture", "furniture", "furniture", "paragraph"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Huawei Co. Ltd. opened a lab. It is large.", 2),
        ("It grew 3.5 percent in the U.S. market.", 1),
        ('"We will build it." She smiled.', 2),
    ],
)
def test_english_sentences_end_at_full_stops_only(text, count):
    assert len(list(sentences(text, 0, len(text), "en"))) == count


@given(st.text(alphabet="成都ab. 。,", max_size=6000))
def test_sentences_are_bounded_and_in_order(text):
    for language in ("zh", "en"):
        spans = list(sentences(text, 0, len(text), language))
        assert all(end - start <= LONGEST_SENTENCE + 5 for start, end in spans)
        assert spans == sorted(spans)
