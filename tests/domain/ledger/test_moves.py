"""What has moved: a later value that contradicts an earlier one, and nothing else."""

from decimal import Decimal

from domain.ledger.moves import MOST, moves
from tests.builders import moment
from tests.domain.ledger.builders import stated
from tests.domain.ledger.test_metrics import scale


def found(now, before):
    return [(one.before.fact.value, one.after.fact.value) for one in moves(now, [*before, *now])]


def test_a_later_value_has_moved_from_the_latest_one_before_it():
    old, older = stated(scale("100", 2024)), stated(scale("80", 2023))
    new = stated(scale("118", 2025))
    assert found([new], [older, old]) == [("100", "118")]
    (move,) = moves([new], [older, old])
    assert move.change == Decimal("0.18")


def test_what_says_the_same_and_what_is_only_rounded_has_not_moved():
    before = [stated(scale("100", 2024))]
    assert found([stated(scale("100", 2025))], before) == []
    assert found([stated(scale("102", 2025, comparator="approx"))], before) == []


def test_aims_and_guesses_have_not_moved_anything():
    before = [stated(scale("100", 2024))]
    for given in ({"type": "target", "status": "target"}, {"status": "forecast"}):
        assert found([stated(scale("200", 2025, **given))], before) == []
    assert found([stated(scale("200", 2025, confidence="low"))], before) == []


def test_half_a_year_is_no_fall_beside_a_whole_one():
    half = moment(role="period", start="2025-01-01", end="2025-06-30", precision="half")
    assert found([stated(scale("68", 2025, time=half))], [stated(scale("102", 2024))]) == []


def test_a_news_of_what_was_before_moves_nothing():
    assert found([stated(scale("80", 2022))], [stated(scale("100", 2024))]) == []


def test_the_largest_changes_come_first_and_few_of_them():
    names = [
        "人工智能企业数量",
        "人工智能专利",
        "智能算力",
        "机器人场景",
        "园区建筑面积",
        "培训人次",
    ]
    before = [stated(scale("100", 2024, subject=name)) for name in names]
    now = [stated(scale(str(110 + at), 2025, subject=name)) for at, name in enumerate(names)]
    told = found(now, before)
    assert [after for _, after in told] == ["115", "114", "113", "112"]
    assert len(told) == MOST
