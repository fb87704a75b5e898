"""Chinese documents: numbers in any spelling, dates said of them, and what becomes of them."""

from typing import Any

import pytest

from domain.facts.fact import Fact
from domain.reading import read


def _documents(text: str, title: str = "成都人工智能动态") -> list[Fact]:
    facts = read(text, title=title, published="2025-08-28").facts
    return [fact for fact in facts if fact.type == "policy_document"]


def _one(text: str, title: str = "成都人工智能动态") -> dict[str, Any]:
    fact = _documents(text, title)[0]
    dates = {one.role: one.end for one in fact.attributes.get("dates", ())}
    issued = fact.time.end if fact.time else None
    return {
        **fact.attributes,
        "subject": fact.subject,
        "status": fact.status,
        "when": issued,
        **dates,
    }


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("《锦江区若干政策》（锦府规〔2025〕3号）提出，奖励创新。", "number", "锦府规〔2025〕3号"),
        (
            "《锦江区若干政策》，文号是锦府规〔2025〕3号，昨天印发。",
            "number",
            "锦府规〔2025〕3号",
        ),
        ("《锦江区若干政策》（锦府规〔二〇二五〕十三号）。", "number", "锦府规〔2025〕13号"),
        ("根据锦府办发〔2025〕37号文件，现开放申报。", "subject", "锦府办发〔2025〕37号"),
        ("《锦江区若干政策》自2025年9月1日起施行，有效期3年。", "expiry", "2028-08-31"),
        ("《锦江区若干政策》自2025年9月1日起施行，有效期至2027年8月31日。", "expiry", "2027-08-31"),
        ("《锦江区若干政策》10月1日起实施，管到2027年9月30日。", "effective", "2025-10-01"),
        ("8月1日，《锦江区若干政策》开始执行。", "effective", "2025-08-01"),
        ("10月起实施的《锦江区若干政策》提出，奖励创新。", "effective", "2025-10-31"),
        ("根据市科技局7月印发的《锦江区若干政策》，可领补贴。", "when", "2025-07-31"),
        ("根据市科技局7月印发的《锦江区若干政策》，可领补贴。", "issuers", ["市科技局"]),
        ("对《锦江区若干政策》作如下修改：删去第三条。", "stage", "revised"),
        ("区里正在草拟《锦江区人工智能促进条例》。", "stage", "draft"),
        ("一、废止以下文件\n1.《锦江区若干政策》（锦府规〔2020〕3号）", "stage", "repealed"),
        ("原《锦江区若干政策》同时废止。", "stage", "repealed"),
        ("按照《锦江区若干政策》，可领补贴。", "role", "cited"),
        ("市科技局近日印发《锦江区若干政策》。", "role", "primary"),
        ("《锦江区智能算力券试点方案》征求意见", "stage", "draft"),
        ("《锦江区智能算力券试点方案》今起面向社会征求意见。", "status", "draft"),
        ("东部新区同步亮出《支持智能网联产业十二条》。", "issuers", ["东部新区"]),
        ("区里同步兑现“算力十二条”，奖励创新。", "subject", "算力十二条"),
        (
            "会上发布《支持智能网联产业十二条》。政策自2025年10月1日起执行。",
            "effective",
            "2025-10-01",
        ),
        (
            "《锦江区若干办法》印发。全国首部人工智能促进条例将于2025年10月1日起实施。",
            "effective",
            None,
        ),
        (
            "《锦江区若干政策》发布后，老政策（锦府规〔2023〕5号）到期。",
            "number",
            None,
        ),
    ],
)
def test_a_sentence_tells_of_a_document(text: str, name: str, wanted: object) -> None:
    assert _one(text).get(name) == wanted


def test_a_list_of_documents_without_marks_is_read_by_its_cells() -> None:
    text = (
        "附件1\n继续有效的文件（2件）\n序号\t文件名称\t文号\t有效期至\n"
        "1\t成都市算力券管理办法\t成经信规〔2026〕1号\t2029-01-31\n"
        "2\t成都市中试平台认定细则\t成经信规〔2025〕2号\t2028-05-14\n"
    )
    found = [
        (one.subject, one.attributes["number"], one.attributes["dates"][0].end)
        for one in _documents(text, "关于公布文件清理结果的公告")
    ]
    assert found == [
        ("成都市算力券管理办法", "成经信规〔2026〕1号", "2029-01-31"),
        ("成都市中试平台认定细则", "成经信规〔2025〕2号", "2028-05-14"),
    ]


def test_the_rules_of_a_policy_are_another_document_than_the_policy() -> None:
    text = "为规范《武侯区十条政策》（武侯府发〔2025〕11号）兑现工作，制定本细则。"
    (policy,) = _documents(text, "《武侯区十条政策》实施细则")
    assert policy.attributes["role"] == "cited"


def test_the_notice_that_hands_out_a_document_is_that_document() -> None:
    text = (
        "双府办规〔2025〕3号\n关于印发《双流区低空智能产业扶持办法（试行）》的通知\n"
        "各镇（街道）：现予印发。\n第一条　本办法自2025年8月1日起施行，试行期至2027年7月31日。"
    )
    (own,) = _documents(text, "双流区关于印发低空智能产业扶持办法的通知")
    ends = {one.role: one.end for one in own.attributes["dates"]}
    assert ends == {"effective": "2025-08-01", "expiry": "2027-07-31"}
    assert own.attributes["role"] == "primary"
