"""What one article says of documents: which it is, which it cites, where it points to in them."""

from dataclasses import replace
from datetime import date

import pytest

from domain.documents.naming import links, namings
from domain.reading import read
from tests.builders import document, evidence

POLICY = "成都市建设人工智能产业新高地若干政策措施"


def named(title, text, published="2025-09-10"):
    reading = read(text, title=title, published=published)
    return namings(reading.title, reading.text, reading.facts)


def told(found):
    return [
        (found[one.source].claim.title, one.relation, found[one.target].claim.title, one.clause)
        for one in links(found)
    ]


def test_an_application_notice_carries_out_the_policy_it_acts_upon():
    title = "关于组织申报2025年度成都市人工智能算力券的通知"
    text = (
        f"各有关单位：\n\n根据《{POLICY}》（成办规〔2025〕6号）第七条第（一）款规定，"
        "现组织2025年度算力券申报工作。"
    )
    found = named(title, text)
    assert [(one.claim.role, one.claim.title) for one in found] == [
        ("primary", title),
        ("cited", POLICY),
    ]
    assert found[0].claim.first_hand
    assert told(found) == [(title, "implements", POLICY, "第七条第（一）款")]


def test_a_reading_of_a_policy_is_a_document_of_its_own():
    title = f"《{POLICY}》政策解读"
    text = f"《{POLICY}》（成办规〔2025〕6号）已印发。现解读如下。"
    found = named(title, text)
    assert found[0].claim.kind == "interpretation"
    assert found[1].claim.role == "cited"
    assert [one[1] for one in told(found)] == ["implements"]


def test_what_is_repealed_is_told_as_such():
    title = f"成都市人民政府办公厅关于印发《{POLICY}》的通知"
    text = (
        f"《{POLICY}》已经审议通过，现印发给你们。本政策自2025年9月1日起施行，有效期3年。"
        "《成都市促进人工智能产业发展专项政策》（成办发〔2020〕97号）同时废止。"
    )
    found = named(title, text)
    own = found[0].claim
    assert (own.first_hand, own.effective_on) == (True, date(2025, 9, 1))
    assert own.expires_on == date(2028, 8, 31)
    assert [one[1] for one in told(found)] == ["repeals"]


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ("The measures repeal the {old}.", "repealed"),
        ("They replace the {old} from January 1.", "repealed"),
        ("The {old} was abolished at the same time.", "repealed"),
        ("The draft would replace the {old}.", "issued"),
        ("Forty firms were paid under the {old}.", "issued"),
    ],
)
def test_what_english_reports_say_of_an_older_document(said, stage):
    old = '"Interim Measures of Chengdu for Robot Demonstration" (Cheng Jing Xin Fa [2023] No. 8)'
    text = (
        'The bureau of Chengdu has issued the "Measures of Chengdu for Embodied Intelligence" '
        "(Cheng Jing Xin Gui [2026] No. 9). " + said.format(old=old)
    )
    found = named("Chengdu issues measures for embodied intelligence", text, "2026-11-29")
    (cited,) = (one.claim for one in found if one.claim.role == "cited")
    assert cited.stage == stage


@pytest.mark.parametrize("said", ["废止《{old}》", "本办法施行后停止执行《{old}》"])
def test_what_is_repealed_may_be_named_behind_the_word(said):
    title = f"成都市人民政府办公厅关于印发《{POLICY}》的通知"
    text = (
        f"《{POLICY}》已经审议通过，现印发给你们。"
        + said.format(old="成都市促进智能体应用的若干意见")
        + "。"
    )
    assert [one[1] for one in told(named(title, text))] == ["repeals"]


def test_an_english_clause_stands_before_the_title():
    text = "Article 7 of the Compute Voucher Rules 2025 says so."
    title = "Compute Voucher Rules 2025"
    cited = replace(document(None, title), evidence=(evidence(title, text),))
    (found,) = namings("News", text, [cited])
    assert found.clause == "Article 7"


def test_an_article_about_two_documents_links_neither_to_what_it_cites():
    facts = [
        document("甲发〔2020〕1号", "甲", role="primary"),
        document("乙发〔2020〕1号", "乙", role="primary"),
        document("丙发〔2020〕1号", "丙"),
    ]
    assert links(namings("News", "x", facts)) == ()


def test_a_document_without_any_name_is_none():
    assert namings("News", "x", [document(None, " "), document("", "")]) == ()


def test_a_headline_is_no_title_of_a_document():
    headline, title = "成都出台人工智能新政", "成都市人工智能产业若干政策"
    (found,) = namings(headline, "x", [document("成办规〔2025〕6号", headline, role="primary")])
    assert found.claim.title == "成办规〔2025〕6号"
    (found,) = namings(title, "x", [document("成办规〔2025〕6号", title, role="primary")])
    assert found.claim.title == title
