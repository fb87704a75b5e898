"""Measures across articles: each once, who confirms it, who says otherwise, what has changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.language import Words
from bot.markup import NOTHING, Html, bold, escape, folded, join, lines, link
from bot.render import labels
from bot.render.columns import LINE, narrow
from bot.render.document import named, numbered
from bot.render.facts import brief_line, quote, sum_of
from bot.render.pack import Block, pack
from bot.safe_text import domain, one_line
from domain.documents.record import Record
from domain.facts.fact import Fact
from domain.facts.stated import Stated
from domain.ledger.entry import Entry
from domain.ledger.measures import Difference, Shift, compare
from domain.ledger.measures import join as join_measures
from domain.message import Message

MOST = 30
MARKS = {"up": "▲", "down": "▼", "new": "＋", "gone": "－", "changed": "≠"}


def measures(entries: Iterable[Entry], words: Words) -> list[Block]:
    """Show each measure once, with the exact words of who states it folded away."""
    return [_entry(one, words) for one in list(entries)[:MOST]]


def confirmed(entry: Entry, words: Words) -> Html:
    """Say how many sources say so, and that some say otherwise."""
    count = words.count("{number} source", "{number} sources", entry.sources)
    agreed = join(" ", Html("✓"), count) if entry.sources > 1 else NOTHING
    against = words.count(
        "⚠️ {number} says otherwise", "⚠️ {number} say otherwise", len(entry.disputed)
    )
    return join(" · ", agreed, against if entry.disputed else NOTHING)


def passages(entry: Entry, words: Words) -> Html:
    """Give the words of everyone who states it: first who agree, then who do not."""
    said = [_passage(one, words) for one in (entry.lead, *entry.confirmed)[:4]]
    against = [join(" ", Html("⚠️"), _passage(one, words)) for one in entry.disputed[:4]]
    return lines(*said, *against)


def compared(before: Record, after: Record, words: Words) -> tuple[Message, ...]:
    """Show what became of each measure from one version of a document to another."""
    own = before.document.id == after.document.id
    old = _once(before.stated(draft=own) or before.current)
    new = _once(after.stated(draft=False) or ([] if own else after.current))
    head = lines(
        bold(words.say("What has changed")),
        join(" ", Html("1."), named(before.document, words), _which(before, own, True, words)),
        join(" ", Html("2."), named(after.document, words), _which(after, own, False, words)),
    )
    differences = compare(old, new)
    told = [one for one in differences if one.shifts or not (one.before and one.after)]
    same = len(differences) - len(told)
    tail = words.count("{number} measure is unchanged.", "{number} measures are unchanged.", same)
    if not old or not new:
        tail = words.say("No measures are known of one of them.")
    blocks = [_difference(one, words) for one in told[:MOST]]
    return pack(head, blocks, tail if same or not told else NOTHING)


def _entry(entry: Entry, words: Words) -> Block:
    lead = entry.lead
    html = lines(
        join(" ", Html("•"), brief_line(lead.fact, words)),
        join(" · ", Html(f"   f{lead.number}"), confirmed(entry, words)),
        folded(passages(entry, words)),
    )
    return Block(html=html)


def _passage(stated: Stated, words: Words) -> Html:
    article = stated.article
    name = narrow(one_line(article.source_title), 24) or domain(article.url)
    tier = words.say(labels.TIERS[article.tier])
    whose = join(" · ", link(name, article.url), tier, Html(f"f{stated.number}"))
    return lines(whose, quote(stated.fact.evidence[0]))


def _once(stated: Sequence[Stated]) -> list[Fact]:
    return [entry.lead.fact for entry in join_measures(stated)]


def _which(record: Record, own: bool, draft: bool, words: Words) -> Html:
    if not own:
        return numbered(record.document)
    return words.say("draft for comment") if draft else words.say("issued")


def _difference(one: Difference, words: Words) -> Block:
    if one.before is None or one.after is None:
        fact = one.after or one.before
        mark = MARKS["new" if one.after else "gone"]
        said = brief_line(fact, words) if fact else NOTHING
        return Block(html=join(" ", Html(mark), said))
    subject = escape(narrow(one_line(one.after.subject), LINE))
    shifts = [_shift(shift, words) for shift in one.shifts]
    quotes = lines(quote(one.before.evidence[0]), quote(one.after.evidence[0]))
    return Block(html=lines(bold(subject), *shifts, folded(quotes)))


def _shift(shift: Shift, words: Words) -> Html:
    role = words.say(labels.ROLES.get(shift.role, labels.ROLES["fixed"]))
    before, after = _sum(shift.before, words), _sum(shift.after, words)
    mark = Html(MARKS[shift.direction])
    said = words.say("{what}: {before} → {after}", what=role, before=before, after=after)
    return join(" ", mark, said)


def _sum(given: Mapping[str, Any] | None, words: Words) -> Html:
    return sum_of(given, words) if given else Html("–")
