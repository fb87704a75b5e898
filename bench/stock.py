"""Made-up articles with facts, in stories, as the bot would have kept them after years.

Half English, half Chinese (`bench.archive`). Of a hundred articles fifty state a figure, 25 a
measure, ten announce a policy document, five name a last day; three tell each story. Everything
follows from the number, so that both databases hold the same.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from sqlalchemy import text

import db.articles
import db.sources
import db.stories
from bench.archive import NEWEST, told
from db.engine import Database, Session
from domain.article import Entry, NewArticle
from domain.facts.fact import Evidence, Fact, FactType, Moment
from domain.reading import Reading
from domain.relevance import Relevance
from domain.source import TIERS
from domain.text.language import language_of

SOURCES = 50
_AT_ONCE = 200
_IN_A_STORY = 3
_PLACES = (
    ("成都", "Chengdu"), ("天府新区", "Tianfu New Area"), ("武侯区", "Wuhou District"),
    ("青羊区", "Qingyang District"), ("郫都区", "Pidu District"), ("全市", "the city"),
)  # fmt: skip
_FIGURES = (
    ("人工智能企业", "AI companies", "count", "enterprises"),
    ("规模以上人工智能企业", "AI companies above designated size", "count", "enterprises"),
    ("智能算力", "intelligent computing capacity", "PFLOPS", "compute_capacity"),
    ("人工智能产业规模", "scale of the AI industry", "CNY", "industry_scale"),
    ("人工智能人才", "AI talent", "count", "employees"),
    ("算力利用率", "utilisation of computing capacity", "percent", "utilisation"),
    ("机器人应用场景", "robot application scenarios", "count", "scenarios"),
)
_MEASURES = (
    ("算力券", "computing vouchers", "voucher"), ("房租补贴", "rent subsidy", "subsidy"),
    ("研发奖励", "research awards", "award"), ("产业基金", "industry fund", "fund"),
)  # fmt: skip
_DOCUMENTS = ("若干政策措施", "三年行动计划", "实施方案", "管理办法", "申报指南")


def article(number: int) -> NewArticle:
    """Return an article with what it states."""
    title, words, _ = told(number)
    # Those who tell one story do so within hours.
    first = number - (number - 1) % _AT_ONCE % _IN_A_STORY
    when = told(first)[2] + timedelta(minutes=30 * (number - first))
    facts = tuple(_facts(number))
    words += "\n" + "\n".join(fact.evidence[0].quote for fact in facts)
    entry = Entry(url=f"https://a.example/{number}", title=title, text=words, published=when)
    reading = Reading(
        title=title,
        published=when.date().isoformat(),
        language=language_of(words),
        text=words,
        relevance=(Relevance(topic="chengdu-ai", band="core", score=0.9, reasons=()),),
        facts=facts,
        entities=(),
    )
    return NewArticle(
        entry=entry,
        keys=(f"k{number}",),
        canonical_url=entry.url,
        content_hash=f"{number:032x}",
        reading=reading,
    )


async def fill(database: Database, articles: int) -> int:
    """Keep so many articles; return how many bytes of text they have."""
    async with database.write() as session:
        sources = [await _source(session, number) for number in range(SOURCES)]
    weight = 0
    for first in range(1, articles + 1, _AT_ONCE):
        some = [article(number) for number in range(first, min(first + _AT_ONCE, articles + 1))]
        weight += sum(len((one.entry.title + one.entry.text).encode()) for one in some)
        await _keep(database, sources[first // _AT_ONCE % SOURCES], some)
    async with database.write() as session:
        # PostgreSQL does so by itself, soon after; it plans by what it counts.
        await session.execute(text("ANALYZE"))
    return weight


async def _keep(database: Database, source: int, some: Sequence[NewArticle]) -> None:
    async with database.write() as session:
        stories = [await _story(session, one) for one in some[::_IN_A_STORY]]
        placed = [_placed(one, stories[place // _IN_A_STORY]) for place, one in enumerate(some)]
        await db.articles.add_all(session, source, placed, NEWEST)


def _placed(one: NewArticle, story: int) -> NewArticle:
    return NewArticle(
        entry=one.entry,
        keys=one.keys,
        canonical_url=one.canonical_url,
        content_hash=one.content_hash,
        reading=one.reading,
        story_id=story,
    )


async def _story(session: Session, one: NewArticle) -> int:
    now = one.entry.published or NEWEST
    return await db.stories.add(session, topic="chengdu-ai", band="core", backlog=False, now=now)


async def _source(session: Session, number: int) -> int:
    source = await db.sources.add(
        session,
        url=f"https://site{number}.example/feed.xml",
        kind="feed",
        title=f"Site {number}",
        tier=TIERS[number % len(TIERS)],
        interval=timedelta(minutes=15),
        now=NEWEST,
    )
    return source.id


def _facts(number: int) -> list[Fact]:
    random, chinese = Random(number), number % 2 == 1
    found = []
    if number % 4 < 2:
        found.append(_figure(number, random, chinese))
    if number % 8 < 2:
        found.append(_measure(number, random, chinese))
    if number % 20 < 2:
        found.append(_document(number, random))
    if number % 40 < 2:
        found.append(_deadline(number, random, chinese))
    return found


def _figure(number: int, random: Random, chinese: bool) -> Fact:
    place, (zh, en, unit, indicator) = random.choice(_PLACES), random.choice(_FIGURES)
    year, value = random.randint(2019, 2026), str(random.randint(10, 9999))
    type_: FactType = "target" if random.random() < 0.3 else "metric"
    subject = zh if chinese else en
    said = f"{year}年{place[0]}{zh}{value}" if chinese else f"{place[1]}: {en}, {value} in {year}"
    return _fact(
        number, type_, subject, said,
        value=value,
        unit=unit,
        counted=subject if unit == "count" else None,
        comparator="eq",
        status="target" if type_ == "target" else "achieved",
        time=_moment(date(year, 1, 1), date(year, 12, 31), "year", "as_of"),
        attributes={"indicator": indicator, "place": place[0] if chinese else place[1]},
    )  # fmt: skip


def _measure(number: int, random: Random, chinese: bool) -> Fact:
    zh, en, instrument = random.choice(_MEASURES)
    cap = str(random.randint(1, 500) * 10_000)
    subject = zh if chinese else en
    said = f"{zh}最高{cap}元" if chinese else f"{en}: up to {cap} yuan"
    amount = {"role": "cap", "value": cap, "unit": "CNY", "comparator": "le", "period": None}
    about = {"instrument": instrument, "amounts": [amount]}
    return _fact(number, "measure", subject, said, status="in_force", attributes=about)


def _document(number: int, random: Random) -> Fact:
    year = random.randint(2019, 2026)
    name = f"成办发〔{year}〕{number % 3_000 + 1}号"
    title = f"成都市{random.choice(_DOCUMENTS)}{number}"
    about = {"number": name, "role": "primary"}
    said = f"《{title}》（{name}）"
    return _fact(number, "policy_document", title, said, status="in_force", attributes=about)


def _deadline(number: int, random: Random, chinese: bool) -> Fact:
    day = NEWEST.date() + timedelta(days=random.randint(-900, 60))
    subject = f"算力券申报{number}" if chinese else f"applications for vouchers {number}"
    when = _moment(day, day, "day", "deadline")
    about = {"kind": "application"}
    return _fact(
        number, "deadline", subject, f"{subject} {day}",
        status="in_force", time=when, attributes=about,
    )  # fmt: skip


def _fact(number: int, type_: FactType, subject: str, said: str, **given: object) -> Fact:
    quote = Evidence(field="text", start=0, end=len(said), quote=said)
    usual: dict[str, object] = {
        "value": None, "unit": None, "counted": None, "comparator": None, "time": None,
    }  # fmt: skip
    return Fact(
        id=f"{type_}-{number}",
        type=type_,
        subject=subject,
        evidence=(quote,),
        confidence="high",
        rule="made/1",
        **{**usual, **given},  # type: ignore[arg-type]  # a Fact's own fields, by its callers below
    )


def _moment(start: date, end: date, precision: str, role: str) -> Moment:
    return Moment(
        role=role,  # type: ignore[arg-type]
        start=start.isoformat(),
        end=end.isoformat(),
        precision=precision,  # type: ignore[arg-type]
        text=str(start.year),
    )
