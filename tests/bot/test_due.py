import pytest

from bot.render.due import what_is_due
from tests.builders import deadline, moment


@pytest.mark.parametrize(
    ("subject", "day", "due"),
    [
        ("申报时间 网上申报截止时间为2026年12月22日17:00", "2026年12月22日17:00", "网上申报"),
        ("算力券有效期6个月 兑付申请须在2026年4月30日前提交", "在2026年4月30日前", "兑付申请提交"),
        ("第一輪申請到6月30日下午5時為止", "到6月30日下午5時為止", "第一輪申請"),
        ("按照分工 各区县须在8月底前拿出三年清单", "在8月底前", "各区县拿出三年清单"),
        ("首批申請即日起接受 5月31日截止。", "5月31日截止", "首批申請即日起接受"),
        ("Comments may be sent until November 9.", "until November 9", "Comments may be sent"),
        ("Papers must arrive by 17:30 on July 24.", "17:30 on July 24", "Papers must arrive"),
        ("15 September: deadline for nominations", "15 September", "deadline for nominations"),
        ("Vouchers for compute", "by 5 May", "Vouchers for compute"),
        ("截止时间：5月5日", "5月5日", "截止时间：5月5日"),
    ],
)
def test_what_is_due_is_said_without_the_day_that_stands_beside_it(subject, day, due):
    assert what_is_due(deadline(subject=subject, time=moment(text=day))) == due
