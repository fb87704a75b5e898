"""Whether a sum is a bar to pass: 20%以上, 超过300万元(含)的企业."""

import re

from domain.facts.benefit_case import Case

BAR = re.compile(
    r"\s?(?:\(含\))?(?:及?以[上下内]|以下)?(?:\(含\))?(?:的(?!给|补|奖|资助|支持|标准|比例|额度|一次|配套|启动|扶持|资金|经费|算力|最高|租|专|优)"
    r"|且|,(?:且|并)|者|[\u4e00-\u9fff]{0,6}(?:企业|项目|单位|机构|团队|人才|园区|产品)(?![\u4e00-\u9fff]{0,4}(?:奖|补|资助)))"
)
"""Words behind a sum that make it what is asked of somebody."""
_ABOVE = re.compile(r"\s?(?:\(含\))?(?:及?以[上下])")


def is_above(case: Case) -> bool:
    """20%以上, 超过300万元(含)"""
    text = case.page.folded[case.quantity.number_start : case.quantity.end + 5]
    return case.quantity.comparator in ("gt", "ge") or bool(_ABOVE.search(text))
