"""Policy documents: a list of them, and one with its chain, its measures and who tells of it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import callback
from bot.language import Words
from bot.markup import MESSAGE, NOTHING, Html, Size, bold, code, escape, folded, join, lines, link
from bot.markup import size as measured
from bot.render import labels
from bot.render.columns import LINE, narrow
from bot.render.dates import day, short_time
from bot.render.facts import brief_line
from bot.render.gloss import named_with_gloss
from bot.render.pack import Block
from bot.render.story import copy_button, fit
from bot.safe_text import cut, domain, one_line
from domain.documents.document import ChangedField, Document
from domain.documents.record import Listed, Mention, Record, Related
from domain.facts.stated import Stated
from domain.ledger.measures import join as joined_measures
from domain.message import Button

TITLE = 2 * LINE - 16
"""Columns: two lines of bold type, with the number before them."""
ISSUER = LINE - 14
SHOWN = 3
"""How many of each kind stand above the fold: a phone's screen holds some twenty lines."""
LONGEST_NUMBER = 60


def block(number: int, listed: Listed, words: Words, timezone: str, now: datetime) -> Block:
    """Show a document in a list: its title, its number, how it stands, how many tell of it."""
    document = listed.document
    told = words.count("{number} article", "{number} articles", listed.articles)
    status = document.status(_today(timezone, now))
    mark = join(" ", Html(labels.STATUS_MARKS[status]), words.say(labels.SHORT_STATUSES[status]))
    issuer = narrow(one_line(document.issuers[0]), ISSUER) if document.issuers else ""
    html = lines(
        join(" ", Html(f"{number}."), bold(_titled(document, TITLE, words))),
        join(" · ", numbered(document), mark),
        join(" · ", escape(issuer), told),
    )
    return Block(html=html, button=callback.button(f"📄 {number}", "doc", f"d{document.id}"))


def whole(record: Record, words: Words, timezone: str, now: datetime) -> Html:
    """Show a document in full: what it is on one screen, the rest folded away."""
    document, today = record.document, _today(timezone, now)
    top = lines(
        bold(_titled(document, 4 * LINE, words)),
        join(" · ", numbered(document), Html(f"d{document.id}")),
        _status(document, today, words),
        _issued(document, words),
        _variants(document, words),
        *_chain(record, words),
        *_measures(record.current, words),
    )
    room = (MESSAGE - measured(top) - Size(60, 2, 80)).least(Size(2200, 50, 4000))
    rest = fit(_folded(record, words, timezone, now), room)
    return lines(top, folded(lines(*rest)) if rest else NOTHING)


def numbered(document: Document) -> Html:
    """Show a document's number as something to copy."""
    return code(escape(cut(document.number, LONGEST_NUMBER))) if document.number else NOTHING


def named(document: Document, words: Words, room: int = LINE) -> Html:
    """Name a document by its title in so many columns, and by its id."""
    return join(" ", _titled(document, room, words), Html(f"d{document.id}"))


def changed(field: ChangedField, before: str | None, after: str | None, words: Words) -> Html:
    """Say what became of a document."""
    if field == "announced":
        return words.say("announced: {stage}", stage=_stage(after, words))
    label = words.say(labels.CHANGED[field])
    old, new = _value(before, words), _value(after, words)
    if not before:
        return words.say("{what}: {after}", what=label, after=new)
    return words.say("{what}: {before} → {after}", what=label, before=old, after=new)


def buttons(record: Record, words: Words, *, following: bool) -> tuple[tuple[Button, ...], ...]:
    """Offer to follow it, to compare versions, and to look at what is next to it."""
    number = record.document.id
    follow = callback.button(
        words.plain("🔕 Unfollow") if following else words.plain("🔔 Follow"),
        "unfollow" if following else "follow",
        f"d{number}",
    )
    first = [follow]
    if record.measures:
        first.append(callback.button(words.plain("Measures"), "measures", f"d{number}"))
    if other := _comparable(record):
        first.append(callback.button(words.plain("Compare"), "compare", f"{other}.{number}"))
    near = [one.document for one in (*record.cites, *record.cited_by)]
    near = [*record.versions, *near]
    second = tuple(
        callback.button(f"📄 {cut(one_line(one.title), 12)}", "doc", f"d{one.id}")
        for one in near[:4]
    )
    copied = (copy_button(record.document.number),) if record.document.number else ()
    rows = [tuple(first), copied, second[:2], second[2:]]
    return tuple(row for row in rows if row)


def _comparable(record: Record) -> int | None:
    """Return what its measures can be compared with: an older version, or its own draft."""
    if record.versions:
        return record.versions[0].id
    drafts = {one.claim.stage for one in record.mentions if one.claim.role == "primary"}
    return record.document.id if len(drafts & {"draft", "issued", "revised"}) > 1 else None


def _titled(document: Document, room: int, words: Words) -> Html:
    title = narrow(one_line(document.title), room)
    return words.say("“{title}”", title=title)


def _today(timezone: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(timezone)).date()


def _status(document: Document, today: date, words: Words) -> Html:
    status = document.status(today)
    said = words.say(labels.DOCUMENT_STATUSES[status])
    dates = []
    if document.effective_on and status in ("announced", "in_force"):
        dates.append(words.say("from {day}", day=day(document.effective_on, words)))
    if document.expires_on and status in ("announced", "in_force", "expired"):
        dates.append(words.say("until {day}", day=day(document.expires_on, words)))
    return join(" ", Html(labels.STATUS_MARKS[status]), join(" ", said, *dates))


def _issued(document: Document, words: Words) -> Html:
    names = words.say(", ").join(cut(one_line(name), 40) for name in document.issuers[:3])
    when = day(document.issued_on, words) if document.issued_on else ""
    return join(" · ", named_with_gloss(names, words), escape(when))


def _variants(document: Document, words: Words) -> Html:
    if not document.variants:
        return NOTHING
    shown = words.say(", ").join(
        cut(one_line(one), LONGEST_NUMBER) for one in document.variants[:3]
    )
    return words.say("⚠️ elsewhere written: {numbers}", numbers=shown)


def _chain(record: Record, words: Words) -> list[Html]:
    """Show what it carries out and what carries it out; what it merely cites is folded away."""
    above, below = _first_links(record)
    shown = [_related(one, "↑", labels.RELATIONS, words) for one in above]
    return [*shown, *(_related(one, "↓", labels.RELATED, words) for one in below)]


def _first_links(record: Record) -> tuple[list[Related], list[Related]]:
    """Return the links above the fold: those that do more than cite."""
    above = [one for one in record.cites if one.relation != "cites"]
    below = [one for one in record.cited_by if one.relation != "cites"]
    return above[:SHOWN], below[:SHOWN]


def _related(one: Related, mark: str, said: dict[str, str], words: Words) -> Html:
    clause = words.say(" ({notes})", notes=one.clause) if one.clause else NOTHING
    label = said[one.relation]
    if one.relation == "implements" and mark == "↓":
        label = labels.STEPS[one.document.step]
    about = join("", named(one.document, words, LINE), clause)
    return join(
        " ", Html(mark), words.say("{label}: {document}", label=words.say(label), document=about)
    )


def _measures(stated: Sequence[Stated], words: Words) -> list[Html]:
    """Show the first measures, each once however many articles repeat it."""
    entries = joined_measures(stated)
    shown = [join(" ", Html("•"), brief_line(one.lead.fact, words)) for one in entries[:SHOWN]]
    left = len(entries) - SHOWN
    more = words.count("… and {number} more measure", "… and {number} more measures", left)
    return [*shown, more] if left > 0 else shown


def _folded(record: Record, words: Words, timezone: str, now: datetime) -> Iterable[Html]:
    """Give the rest, what tells most first: coverage, other links, its way, other names."""
    yield from _coverage(record.mentions, words, timezone, now)
    above, below = _first_links(record)
    left = [one for one in record.cites if one not in above]
    further = [_related(one, "→", labels.RELATIONS, words) for one in left]
    left = [one for one in record.cited_by if one not in below]
    further += [_related(one, "←", labels.RELATED, words) for one in left]
    if further:
        yield bold(words.say("Other documents"))
        yield from further
    if record.versions:
        yield bold(words.say("Other versions"))
        yield from (join(" · ", named(one, words), numbered(one)) for one in record.versions)
    if record.history:
        yield bold(words.say("What became of it"))
        for change in record.history:
            when = short_time(change.at, now, timezone, words)
            said = changed(change.field, change.before, change.after, words)
            yield join(" · ", escape(when), said)
    if record.document.aliases:
        names = words.say(", ").join(cut(one_line(one), 60) for one in record.document.aliases[:5])
        yield words.say("Also called: {names}", names=names)


def _coverage(
    mentions: Sequence[Mention], words: Words, timezone: str, now: datetime
) -> Iterable[Html]:
    if not mentions:
        return
    yield bold(words.say("Told by"))
    for one in mentions[:20]:
        article = one.article
        title = link(narrow(one_line(article.title), LINE) or domain(article.url), article.url)
        cited = words.say("cites it") if one.claim.role == "cited" else NOTHING
        when = escape(short_time(article.when, now, timezone, words))
        tier = words.say(labels.TIERS[article.tier])
        yield join(" · ", title, tier, when, cited, Html(f"a{article.id}"))


def _stage(value: str | None, words: Words) -> Html:
    text = labels.STAGES.get(value or "")
    return words.say(text) if text else escape(value or "")


def _value(value: str | None, words: Words) -> Html:
    """Write a stage, a date or a number as it was kept."""
    if value in labels.STAGES:
        return _stage(value, words)
    try:
        return escape(day(date.fromisoformat(value or ""), words))
    except ValueError:
        return escape(cut(one_line(value or ""), LONGEST_NUMBER))
