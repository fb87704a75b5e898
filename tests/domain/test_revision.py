"""An edit is told by what it changed: title, number, date, amount; else by its wording."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.reading import read
from domain.revision import MOST, Change, Version, changes
from tests.builders import fact

NOTICE = "单个项目补助不超过300万元。申报材料请于2025年10月13日17:00前提交，逾期不予受理。"


def version(text, title="关于申报专项资金的通知"):
    reading = read(text, title=title, published="2025-09-15")
    return Version(title=reading.title, text=reading.text, facts=reading.facts)


def told(before, after):
    return [(one.kind, one.before, one.after) for one in changes(before, after)]


def test_a_deadline_that_was_put_off_is_told_with_both_days():
    later = version(NOTICE.replace("10月13日17:00", "10月20日12:00"))
    assert told(version(NOTICE), later) == [("date", "2025-10-13 17:00", "2025-10-20 12:00")]


def test_an_amount_that_was_corrected_is_told_with_both_sums():
    corrected = version(NOTICE.replace("300万元", "500万元"))
    assert ("amount", "3000000 CNY", "5000000 CNY") in told(version(NOTICE), corrected)


def test_a_new_title_is_told_first():
    renamed = version(NOTICE.replace("300", "500"), title="更正：关于申报专项资金的通知")
    first, *rest = told(version(NOTICE), renamed)
    assert first == ("title", "关于申报专项资金的通知", "更正：关于申报专项资金的通知")
    assert rest


def test_a_document_that_got_its_number_and_was_issued_is_told():
    draft = fact(
        type="policy_document",
        subject="若干政策",
        value=None,
        unit=None,
        attributes={"stage": "draft"},
    )
    issued = replace(draft, attributes={"stage": "issued", "number": "成办规〔2025〕6号"})
    before, after = Version(title="t", text="a"), Version(title="t", text="b")
    found = changes(replace(before, facts=(draft,)), replace(after, facts=(issued,)))
    assert found == (
        Change(kind="number", subject="若干政策", before=None, after="成办规〔2025〕6号"),
        Change(kind="stage", subject="若干政策", before="draft", after="issued"),
    )


def test_each_amount_and_each_day_is_compared_with_what_it_was_itself():
    policy = (
        "成办发〔2026〕31号\n"
        "第一条 每年发放总额不超过1亿元的算力券，对企业购买智能算力服务，"
        "按不超过合同金额的40%给予补助，"
        "单个企业每年最高300万元。\n本措施自2026年12月10日起施行，有效期3年。"
    )
    edited = policy.replace("300万元", "500万元").replace("12月10日", "12月15日")
    title = "成都市智能体若干措施"
    found = changes(version(policy, title), version(edited, title))
    assert [(one.role, one.before, one.after) for one in found] == [
        ("effective", "2026-12-10", "2026-12-15"),
        ("expiry", "2029-12-09", "2029-12-14"),
        ("cap", "3000000 CNY", "5000000 CNY"),
    ]


def test_where_no_fact_changed_the_first_sentence_that_did_is_told():
    before = Version(title="t", text="第一句。联系人：张三。最后一句。")
    after = Version(title="t", text="第一句。聯系人：李四。最后一句。")
    assert changes(before, after) == (
        Change(kind="words", subject="", before="联系人：张三。", after="聯系人：李四。"),
    )


def test_spaces_and_scripts_are_no_change():
    assert (
        changes(Version(title="算力券", text="第 一句。"), Version(title="算力券", text="第一句。"))
        == ()
    )
    assert changes(Version(title="算力", text="产业。"), Version(title="算力", text="產業。")) == ()


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_changed_is_told_briefly_and_a_version_does_not_differ_from_itself(one, other):
    same = Version(title=one, text=other)
    assert changes(same, same) == ()
    found = changes(same, Version(title=other, text=one))
    assert len(found) <= MOST
    assert all(change.before != change.after for change in found)
