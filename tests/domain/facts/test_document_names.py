"""What a document is called, and what is only short for it."""

from domain.reading import read

NAMED = (
    "成都市人民政府办公厅印发《成都市人工智能应用场景开放行动方案（2026—2028年）》"
    "（成办发〔2026〕18号）。《方案》提出，到2028年核心产业规模力争达到3000亿元。"
)


def titles(text: str) -> list[str]:
    return [one.subject for one in read(text).facts if one.type == "policy_document"]


def test_a_bare_kind_is_short_for_the_document_before_it():
    assert titles(NAMED) == ["成都市人工智能应用场景开放行动方案（2026—2028年）"]


def test_a_bare_kind_alone_names_no_document():
    assert titles("《方案》提出，到2028年成都人工智能核心产业规模力争达到3000亿元。") == []


def test_a_preposition_is_no_part_of_a_title():
    text = "During the 14th Five-Year Plan (2021-2025), Chengdu will support its AI industry."
    assert [title.startswith("14th") for title in titles(text)] == [True]
