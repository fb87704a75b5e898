"""Whatever a feed may say, as hypothesis draws it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

from hypothesis import strategies as st

from domain.chat import Chat, Language
from domain.delivery import MOST_TOGETHER
from domain.digest import Alert, Digest, Item, RoundUp, SourceHealth, Waited
from domain.facts.fact import (
    FACT_TYPES,
    Comparator,
    Confidence,
    Evidence,
    Fact,
    Moment,
    Precision,
    Status,
    TimeRole,
)
from domain.source import TIERS
from tests.builders import NOW, article, coverage, story

NASTY = (
    "</b>",
    "<script>",
    "&amp;",
    "&lt",
    "<a href='tg://user?id=1'>",
    "@everyone",
    "/start",
    "\u202e",
    "\u200b",
    "𝟗😀",
    "\x00",
    "{title}",
    "中文",
)
texts = st.one_of(
    st.text(st.characters(), max_size=60),
    st.lists(st.sampled_from(NASTY), max_size=8).map("".join),
    st.integers(1, 5000).map(lambda length: "长&" * length),
    st.integers(1, 3000).map(lambda length: "😀" * length),
)
numbers = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.integers(-(10**15), 10**15).map(str),
    texts,
)
units = st.one_of(
    st.sampled_from(
        (
            "CNY",
            "USD",
            "percent",
            "percentage_point",
            "count",
            "PFLOPS",
            "byte",
            "m2",
            "day",
            "times",
        )
    ),
    texts,
)
urls = st.one_of(
    st.sampled_from(
        (
            "https://例子.中国/页面",
            "javascript:alert(1)",
            "http://[::1",
            "https://a.example/" + "%20&" * 2000,
            "",
        )
    ),
    texts.map(lambda text: f"https://news.example/{text}"),
    texts,
)
moments = st.builds(
    Moment,
    role=st.sampled_from(get_args(TimeRole)),
    start=st.one_of(st.dates().map(str), texts),
    end=st.one_of(st.dates().map(str), texts),
    precision=st.sampled_from(get_args(Precision)),
    text=texts,
    clock=st.one_of(st.none(), texts),
)
sums = st.fixed_dictionaries(
    {
        "role": st.one_of(st.sampled_from(("pool", "cap", "fixed", "rate", "threshold")), texts),
        "value": numbers,
        "unit": units,
        "comparator": st.one_of(st.none(), st.sampled_from(get_args(Comparator))),
        "period": st.one_of(st.none(), st.sampled_from(("once", "year")), texts),
    }
)
attributes = st.fixed_dictionaries(
    {},
    optional={
        "amounts": st.lists(sums, max_size=8),
        "rate_base": texts,
        "eligible": texts,
        "responsible": st.lists(texts, max_size=5),
        "issuers": st.lists(texts, max_size=5),
        "number": texts,
        "kind": st.one_of(st.sampled_from(("application", "launched")), texts),
        "role": st.one_of(st.sampled_from(("primary", "cited", "total")), texts),
        "stage": st.one_of(st.sampled_from(("draft", "issued")), texts),
        "instrument": st.one_of(st.sampled_from(("voucher", "subsidy")), texts),
        "dates": st.one_of(st.none(), texts, st.lists(st.dictionaries(texts, texts), max_size=2)),
    },
)
facts = st.builds(
    Fact,
    id=texts,
    type=st.sampled_from(FACT_TYPES),
    subject=texts,
    value=st.one_of(st.none(), numbers),
    value_high=st.one_of(st.none(), numbers),
    unit=st.one_of(st.none(), units),
    counted=st.one_of(st.none(), texts),
    comparator=st.one_of(st.none(), st.sampled_from(get_args(Comparator))),
    status=st.sampled_from(get_args(Status)),
    time=st.one_of(st.none(), moments),
    attributes=attributes,
    evidence=st.lists(
        texts.map(lambda text: Evidence(start=0, end=len(text), quote=text)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    confidence=st.sampled_from(get_args(Confidence)),
)


@st.composite
def stories(draw: st.DrawFn):
    number = draw(st.integers(1, 10**9))
    told = article(
        id=number,
        title=draw(texts),
        url=draw(urls),
        source_title=draw(texts),
        tier=draw(st.sampled_from(TIERS)),
        published=NOW - timedelta(minutes=draw(st.integers(0, 10**6))),
    )
    return story(coverage(told, facts=draw(st.lists(facts, max_size=8))), id=number)


chats = st.builds(
    Chat,
    id=st.just(7),
    language=st.sampled_from(get_args(Language)),
    timezone=st.sampled_from(("Asia/Shanghai", "America/St_Johns", "UTC")),
)


@st.composite
def round_ups(draw: st.DrawFn):
    """A few stories, told again and again under other numbers: twenty of their own take long."""
    few = draw(st.lists(stories(), min_size=1, max_size=3))
    labels = draw(st.lists(texts, max_size=5).map(tuple))
    items = [
        Waited(story=replace(few[at % len(few)], id=at), labels=labels if at % 2 else ())
        for at in range(1, draw(st.integers(2, MOST_TOGETHER)) + 1)
    ]
    return RoundUp(items=tuple(items), at=NOW)


alerts = stories().map(lambda told: Alert(story=told))
digests = st.builds(
    Digest,
    kind=st.sampled_from(("daily", "weekly", "now")),
    since=st.just(datetime(2026, 11, 22, tzinfo=UTC)),
    until=st.just(datetime(2026, 11, 23, tzinfo=UTC)),
    items=st.lists(
        st.builds(Item, story=stories(), alerted=st.booleans()),
        max_size=12,
    ).map(tuple),
    health=st.builds(
        SourceHealth,
        watched=st.integers(8, 1000),
        failing=st.lists(texts, max_size=8).map(tuple),
    ),
)
