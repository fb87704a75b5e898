"""Whom a Chinese measure is for, and not a word of how much it is."""

import pytest

from domain.reading import read


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "对入选的示范场景，按不超过项目投资额的20%给予补助，单个项目最高150万元。",
            "入选的示范场景",
        ),
        ("对租用本市智能算力的企业，按照实际费用的50%给予补贴。", "租用本市智能算力的企业"),
    ],
)
def test_whom_it_is_for_ends_where_the_amount_begins(text: str, who: str) -> None:
    (measure,) = read(text, title="成都市人工智能政策措施", published="2025-08-28").facts
    assert measure.attributes["eligible"] == who
