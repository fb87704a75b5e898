"""Two articles tell one story by what they say, in any language; never by their titles alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.likeness import COPY_GATE, GATE, SAME, Telling, copied, likeness, same_facts, same_story
from domain.reading import signature_of
from domain.signature import SAMPLE, Signature, finding_keys, stating_keys, weight
from tests.builders import NOW

ZH = (
    "22日，成都2025年第一批蓉城算力券完成发放，213家企业和科研单位拿到电子券，面额合计4860万元。"
    "发放仪式在成都智算中心举行，领到最大一笔的是一家做蛋白质设计的公司，金额320万元。"
)
EN = (
    "Chengdu has distributed the first batch of compute vouchers. On December 22, 213 companies "
    "and research bodies received electronic vouchers worth CNY 48.6 million in total. The biggest "
    "sum, CNY 3.2 million, went to a protein-design company."
)
PARK = (
    "7月14日，位于成都高新区新川创新科技园的AI创新中心二期封顶，"
    "建筑面积约51万平方米，投资约40亿元。"
)
NOTICE = (
    "各有关单位：为做好2025年度{place}人工智能专项资金工作，现将申报事项通知如下。支持方向为算力租用、"
    "大模型备案和场景示范三类，单个项目补助不超过{sum}万元。申报主体须在{place}注册并依法纳税，近三年无严重"
    "失信记录。申报材料请于2025年{day}17:00前提交，逾期不予受理。联系人：产业发展处。"
)


def telling(text, title="", *, after=timedelta(0), source_id=1, story_id=1, **given):
    at = NOW + after
    signature = signature_of(text, title, given.pop("published", date(2025, 12, 22)))
    return Telling(
        story_id=story_id,
        source_id=source_id,
        title=title,
        at=at,
        signature=replace(signature, **given),
    )


def test_the_same_event_in_two_languages_is_one_story():
    assert (
        likeness(telling(ZH, "首批算力券发放"), telling(EN, "First vouchers", source_id=2)) >= SAME
    )


def test_other_news_of_the_same_place_is_another_story():
    assert likeness(telling(ZH, "首批算力券发放"), telling(PARK, "二期封顶", source_id=2)) < SAME


def test_the_same_title_alone_joins_nothing():
    title = "成都人工智能产业快报"
    assert likeness(telling(ZH, title), telling(PARK, title, source_id=2)) < SAME


def test_a_reprint_in_the_other_script_with_a_new_title_and_end_is_the_same_story():
    copy = "據悉，" + ZH.replace("发", "發").replace("单", "單") + "（本文由機器自動採編）"
    one, other = telling(ZH, "首批算力券发放"), telling(copy, "真金白銀！", source_id=2)
    assert copied(one.signature, other.signature) > 0.7
    assert likeness(one, other) >= SAME


def test_notices_of_two_districts_in_the_same_form_are_two_stories():
    title = "关于组织申报人工智能专项资金的通知"
    ours = NOTICE.format(place="成都高新区", sum=300, day="10月13日")
    theirs = NOTICE.format(place="锦江区", sum=100, day="10月20日")
    assert copied(telling(ours).signature, telling(theirs).signature) > 0.5
    assert likeness(telling(ours, title), telling(theirs, title, source_id=2)) < SAME


def test_one_sources_notices_under_one_title_are_a_series_but_for_an_exact_copy():
    first = NOTICE.format(place="成都高新区", sum=300, day="10月13日")
    next_one = NOTICE.format(place="成都高新区", sum=300, day="12月13日")
    one, other = telling(first, "第1批申报通知"), telling(next_one, "第2批申报通知")
    assert likeness(one, other) == float("-inf")
    assert likeness(one, telling(first, "第1批申报通知")) >= SAME


def test_one_source_that_says_the_same_under_another_title_fills_in_a_form():
    one, other = telling(ZH, "首批算力券发放"), telling(ZH, "第二批算力券发放")
    assert likeness(one, other) == float("-inf")
    assert likeness(one, replace(other, source_id=2)) >= SAME


POLICY = "成都市人民政府办公厅关于印发《成都市支持智能体产业发展的若干措施》的通知"
CALL = "关于申报2026年度成都市智能体标杆应用的通知"
STATED = (
    "《成都市支持智能体产业发展的若干措施》（成办发〔2026〕31号）提出，每年遴选20个智能体标杆应用，"
    "按项目投入的35%给予最高120万元补助，自2026年12月10日起施行。"
)


@pytest.mark.parametrize(
    "other",
    [
        CALL,
        "关于印发《成都市支持智能体产业发展的若干措施实施细则》的通知",
        "关于公布2026年度智能体标杆应用名单的公示",
    ],
)
def test_two_acts_are_two_stories_however_much_one_repeats_of_the_other(other):
    act = telling(STATED, POLICY)
    assert likeness(act, telling(STATED, other, source_id=2)) == float("-inf")


@pytest.mark.parametrize(
    "other",
    [
        "关于印发《成都市支持智能体产业发展的若干措施》的通知",
        "成都支持智能体：最高补助120万元",
        "《成都市支持智能体产业发展的若干措施》政策解读",
    ],
)
def test_a_copy_a_report_and_a_reading_of_an_act_are_its_story(other):
    assert likeness(telling(STATED, POLICY), telling(STATED, other, source_id=2)) >= SAME


def test_two_articles_that_both_cite_an_older_document_are_two_stories():
    cited = '"Interim Measures of Chengdu for Robot Demonstration" (Cheng Jing Xin Fa [2023] No. 8)'
    report = telling(
        f"CHENGDU, Nov. 10 -- Forty companies in Chengdu received money under the {cited}. "
        "Robot makers in the Hi-tech Zone got most, 38 million yuan.",
        "Chengdu firms still claim",
    )
    policy = telling(
        "CHENGDU, Nov. 12 -- The bureau has issued measures for embodied intelligence, which take "
        "effect on January 1, 2027. A company that rents the training ground will be refunded 40 "
        "percent of the fee, up to 2 million yuan a year. A first humanoid product will earn a "
        f"one-off award of 3 million yuan. The measures repeal the {cited}.",
        "Chengdu issues measures",
        source_id=2,
    )
    assert likeness(report, policy) < SAME


def test_a_dateline_in_capitals_is_no_rare_name():
    given = signature_of("CHENGDU, Nov. 10 -- EIR showed a robot in Chengdu.", "", None)
    assert {"e:chengdu", "l:eir"} <= set(given.keys)
    assert "l:chengdu" not in given.keys


def test_a_draft_and_what_becomes_of_it_are_two_stories():
    said = "《智能体若干措施》：每年发放算力券1亿元，单个企业最高300万元，奖励50万元。"
    draft, final = f"成都市公开征求意见，{said}", f"成都市印发，{said}"
    one, other = telling(draft, "智能体措施征求意见"), telling(final, "智能体措施", source_id=2)
    assert (one.signature.is_draft, other.signature.is_draft) == (True, False)
    assert likeness(one, other) < SAME
    again = telling(draft, "成都智能体新政拟发算力券", source_id=2)
    assert likeness(one, again) >= SAME


def test_a_report_of_both_brings_no_two_acts_together():
    act = telling(STATED, POLICY)
    report = telling(STATED, "成都支持智能体", source_id=2)
    assert same_story(telling(STATED, CALL, source_id=3), [report]) == 1
    assert same_story(telling(STATED, CALL, source_id=3), [report, act]) is None


def test_a_documents_number_is_one_key_in_both_languages():
    chinese = signature_of("依据成办发〔2026〕31号文件《成都市智能体若干措施》。", "", None)
    english = signature_of(
        'The "Several Measures of Chengdu" (Cheng Ban Fa [2026] No. 31) took effect.', "", None
    )
    assert "#:chengbanfa〔2026〕31" in set(chinese.keys) & set(english.keys)


@pytest.mark.parametrize(("title", "text"), [("成都AI早报", ZH), ("Chengdu AI Briefing", EN)])
def test_a_column_of_several_stories_belongs_to_none_of_them(title, text):
    column, news = telling(text, title, source_id=2), telling(ZH, "首批算力券发放")
    assert column.signature.is_roundup
    assert same_story(column, [news]) is None
    assert same_story(news, [column]) is None


def test_far_apart_in_time_nothing_is_one_story_a_copy_a_little_longer():
    news = telling(ZH, "首批算力券发放")
    later = telling(EN, "First vouchers", after=GATE + timedelta(hours=1), source_id=2)
    reprint = telling(ZH, "首批算力券", after=GATE + timedelta(hours=1), source_id=2)
    assert likeness(news, later) == float("-inf")
    assert likeness(news, reprint) > float("-inf")
    assert likeness(news, replace(reprint, at=NOW + COPY_GATE * 2)) == float("-inf")


def test_of_several_stories_the_most_alike_is_chosen():
    park = telling(PARK, "二期封顶", source_id=2, story_id=5)
    vouchers = telling(EN, "First vouchers", source_id=3, story_id=6)
    assert same_story(telling(ZH, "首批算力券发放"), [park, vouchers]) == 6
    assert same_story(telling(ZH, "首批算力券发放"), [park]) is None
    assert same_story(telling(ZH, "首批算力券发放"), []) is None


def test_same_facts_need_two_exact_ones():
    stated = {1: ["n:count:2.13e+2", "n:CNY:4.86e+7"], 2: ["n:count:2.13e+2"], 3: []}
    assert same_facts(stated) == {1: stated[1]}


def test_what_is_exact_says_more_than_what_is_round():
    rising = ["n:count:5.00e+0", "n:count:5.00e+2", "n:count:5.50e+2", "n:count:5.53e+2"]
    assert [weight(key) for key in rising] == sorted(weight(key) for key in rising)
    assert weight("#:成办规〔2025〕6号") > weight("n:count:5.53e+2") > weight("e:chengdu")


def test_an_article_is_found_by_its_rarest_keys_and_stated_by_its_exact_ones():
    given = signature_of(ZH, "首批算力券发放", date(2025, 12, 22))
    finding = finding_keys(given)
    assert {"n:count:2.13e+2", "n:CNY:4.86e+7", "d:2025-12-22"} <= set(finding)
    assert "e:chengdu" not in finding
    assert set(stating_keys(given)) >= {"n:count:2.13e+2", "n:CNY:4.86e+7", "n:CNY:3.20e+6"}


def test_a_signature_speaks_no_language():
    chinese = signature_of(ZH, "", date(2025, 12, 22))
    english = signature_of(EN, "", date(2025, 12, 22))
    shared = set(chinese.keys) & set(english.keys)
    assert {
        "n:count:2.13e+2",
        "n:CNY:4.86e+7",
        "n:CNY:3.20e+6",
        "d:2025-12-22",
        "c:voucher",
        "c:protein",
        "e:chengdu",
    } <= shared


@given(st.text(max_size=400), st.text(max_size=60), st.text(max_size=400))
def test_any_articles_can_be_compared_both_ways_alike(text, title, other):
    one, two = telling(text, title), telling(other, title, source_id=2)
    assert likeness(one, two) == likeness(two, one)
    assert set(one.signature.opening) <= set(one.signature.keys)
    assert len(one.signature.sample) <= SAMPLE


def test_nothing_is_no_copy_of_nothing():
    assert copied(Signature(), Signature()) == 0.0
