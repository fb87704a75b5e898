"""What was said before is known again, in another language and in other words."""

import pytest

from domain.ledger.known import is_known
from tests.builders import document, fact
from tests.domain.ledger.builders import amount, measure

POOL, RATE, CAP = (
    amount("pool", "150000000"),
    amount("rate", "30", "percent"),
    amount("cap", "5000000"),
)
VOUCHER = measure("支持企业使用算力", POOL, RATE, CAP)


def test_a_benefit_is_known_in_another_language_by_its_sums():
    english = measure("A company may claim up to", RATE, CAP, instrument="other")
    pool = measure("The city will issue compute vouchers", POOL, instrument="other")
    assert is_known(english, [VOUCHER])
    assert is_known(pool, [VOUCHER])


@pytest.mark.parametrize(
    "new",
    [
        measure("A company may claim", RATE, amount("cap", "6000000")),
        measure("A company may claim", RATE, CAP, amount("threshold", "100000")),
        measure("Talent settles in", amount("fixed", "800000"), instrument="grant"),
    ],
)
def test_another_sum_or_one_more_is_news(new):
    assert not is_known(new, [VOUCHER])


def test_a_figure_of_the_same_time_is_known_and_another_years_is_not():
    year = fact(subject="人工智能产业规模", value="130000000000", unit="CNY", counted=None)
    assert is_known(year, [year])
    assert not is_known(fact(subject="人工智能产业规模", value="104000000000", unit="CNY"), [year])


def test_a_document_is_known_by_its_number_in_either_script():
    chinese = document("成办发〔2026〕31号", "成都市支持智能体产业发展的若干措施")
    english = document("Cheng Ban Fa [2026] No. 31", "Several Measures of Chengdu")
    assert is_known(english, [chinese])
    assert not is_known(document("成办发〔2026〕32号", "另一个措施"), [chinese])


def test_nothing_is_known_where_nothing_was_said():
    assert not is_known(VOUCHER, [])
