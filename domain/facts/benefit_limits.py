"""Limits that several benefits share, or that stand apart from the benefit they limit."""

import re
from collections.abc import Iterator

from domain.facts.amounts import Amount
from domain.facts.page import Page

Group = list[Amount]


def shared(page: Page, groups: list[Group]) -> Iterator[Group]:
    """Yield the benefits, each with the limits that hold for it."""
    yield from _limited_together(page, _limited_by_name(page, groups))


_BOTH = re.compile(
    r"(?:[两三四各]档|[两三]类|以上|上述)[^,。;]{0,8}(?:都|均|合计|最高|不超过|封顶)|[都均](?:不超过|以)"
)
_ALL = re.compile(r"合计|[均都]|总计|合并")
_HOLDER = re.compile(r"[单每]一?[户家位]|[单每]一?个(?:企业|单位|主体|机构|法人)|同一|一[家户]")


def _limited_together(page: Page, groups: list[Group]) -> Iterator[Group]:
    """两档都不超过500万元: a limit named for several benefits stands in each of them."""
    done: list[Group] = []
    cap: Amount | None = None
    for number in range(len(groups) - 1, -1, -1):
        group = groups[number]
        if number and len(group) == 1 and group[0].role == "cap" and _for_both(page, group[0]):
            cap = group[0]
            continue
        if number and _is_of_things(page, groups[number - 1], group):
            cap = group[-1]
        near = cap is not None and cap.sentence.block == group[0].sentence.block
        limited = any(one.role == "cap" for one in group)
        done.append([*group, cap] if cap and near and not limited else group)
    yield from reversed(done)


def _for_both(page: Page, one: Amount) -> bool:
    return bool(_BOTH.search(page.folded, one.start, one.quantity.number_start))


def _is_of_things(page: Page, before: Group, group: Group) -> bool:
    """国内展每个补1万元,境外展每个补3万元,一家全年最多20万元: of things of two sorts together."""
    roles = [one.role for one in (*before, *group)]
    if before[0].sentence != group[-1].sentence or roles[1:] not in (
        ["rate", "cap"],
        ["per_unit", "cap"],
        ["fixed", "cap"],
    ):
        return False
    if roles[:2] == ["per_unit", "per_unit"]:
        start = group[0].quantity.end
        return bool(_HOLDER.search(page.folded, start, group[-1].quantity.number_start))
    named = page.folded[group[-1].start : group[-1].quantity.number_start]
    return roles[0] in ("rate", "per_unit") and bool(_ALL.search(named))


# --- limits by name ----------------------------------------------------------------------------

_NAME = re.compile(
    r"[,。;、\s]*(?:其中)?(?P<name>[\u4e00-\u9fffA-Za-z]{2,8}?)(?:每?全?年度?|单[个家户笔]|累计|一年|补[贴助]|奖励)*"
    r"(?:总?额)?(?:最[高多]|上限|不|至多|封顶|限)"
)
_BEHIND = 8
"""补贴买方: characters behind a share in which its recipient is named."""


def _limited_by_name(page: Page, groups: list[Group]) -> list[Group]:
    """按12%补贴买方、5%补贴卖方;买方不超过60万元,…: each limit joins what its noun names."""
    done: list[Group] = []
    for group in groups:
        home = _named(page, done, group)
        if home is None:
            done.append(group)
        else:
            done[home] = [*done[home], *group]
    return done


def _named(page: Page, done: list[Group], group: Group) -> int | None:
    if len(group) != 1 or group[0].role != "cap" or not done:
        return None
    cap = group[0]
    found = _NAME.match(page.folded, cap.start, cap.quantity.number_start)
    if not found:
        return None
    homes = [
        number
        for number, other in enumerate(done)
        if other[0].sentence.block == cap.sentence.block
        and not any(one.role == "cap" for one in other)
        and found["name"] in _behind(page, other[-1])
    ]
    return homes[0] if len(homes) == 1 else None


def _behind(page: Page, one: Amount) -> str:
    """The words behind a sum, up to the next mark."""
    end = one.quantity.end
    return re.split(r"[,。;、]", page.folded[end : end + _BEHIND])[0]
