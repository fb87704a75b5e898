"""Facts of articles, as the ledger gathers them."""

from datetime import timedelta
from itertools import count

from domain.facts.stated import Stated
from tests.builders import NOW, article, fact

_numbers = count(1)


def amount(role, value, unit="CNY", **given):
    return {"role": role, "value": value, "unit": unit, "comparator": "le", "period": None, **given}


def measure(subject="算力券", *amounts, instrument="voucher", **given):
    sums = amounts or (amount("rate", "60", "percent"), amount("cap", "5000000"))
    return fact(
        type="measure",
        subject=subject,
        value=None,
        unit=None,
        counted=None,
        comparator=None,
        attributes={"instrument": instrument, "amounts": list(sums)},
        **given,
    )


def stated(what, source=1, tier="media", **about):
    number = next(_numbers)
    told = {"id": number, "source_id": source, "tier": tier, "source_title": f"source {source}"}
    told |= {"published": NOW - timedelta(hours=1), **about}
    return Stated(number=number, fact=what, article=article(**told))
