"""Measures one below the other: how much, for whom, by whom, under which document, until when."""

from collections.abc import Sequence
from datetime import date

from bot import callback
from bot.language import Words
from bot.markup import NOTHING, Html, bold, escape, join, lines
from bot.render import labels
from bot.render.bare import names_nothing
from bot.render.columns import LINE, narrow
from bot.render.dates import day
from bot.render.deadlines import left
from bot.render.document import numbered
from bot.render.facts import sum_of, sums
from bot.render.gloss import named_with_gloss
from bot.render.measures import confirmed, passages
from bot.render.pack import Block
from bot.safe_text import one_line
from domain.documents.document import Document
from domain.facts.label import label
from domain.ledger.entry import Entry
from domain.ledger.measures import by_role
from domain.ledger.offers import Offer, differing
from domain.message import Button

_SUMS = 4
_APPLY = labels.DEADLINES["application"]


def block(number: int, offer: Offer, today: date, words: Words) -> Block:
    """Tell one offer, a line for each question that an applicant has."""
    fact = offer.entry.lead.fact
    html = lines(
        join(" ", Html(f"{number}."), _name(offer, words)),
        join(" ", Html("💰"), _sums(offer, words)),
        _said("👥", _text(fact.attributes.get("eligible")), words),
        _said("🏛", words.say(", ").join(_texts(fact.attributes.get("responsible"))[:2]), words),
        _document(offer.document, today, words) if offer.document else NOTHING,
        _window(offer, today, words),
        _differ(offer.entry, words),
    )
    exact = lines(bold(f"{number}."), passages(offer.entry, words))
    return Block(html=html, evidence=exact)


def buttons(offers: Sequence[Offer], first: int) -> tuple[Button, ...]:
    """Offer each in full."""
    return tuple(
        callback.button(f"💰 {number}", "facts", f"f{one.entry.lead.number}")
        for number, one in enumerate(offers, start=first)
    )


def _name(offer: Offer, words: Words) -> Html:
    fact = offer.entry.lead.fact
    kind = labels.INSTRUMENTS.get(
        _text(fact.attributes.get("instrument")), labels.INSTRUMENTS["other"]
    )
    name = escape(narrow(_called(offer), 2 * LINE - 20))
    status = labels.STATUSES.get(fact.status)
    return join(
        " · ",
        bold(name),
        words.say(kind),
        words.say(status) if status else NOTHING,
        confirmed(offer.entry, words) if offer.entry.sources > 1 else NOTHING,
    )


def _called(offer: Offer) -> str:
    """Return what a benefit is called; one without a name is called by its article."""
    lead = offer.entry.lead
    name = one_line(label(lead.fact))
    title = one_line(lead.article.title)
    people = one_line(_text(lead.fact.attributes.get("eligible")))
    return title if title and names_nothing(name, people) else name


def _sums(offer: Offer, words: Words) -> Html:
    given = sums(offer.entry.lead.fact, words)
    more = Html("…") if len(given) > _SUMS else NOTHING
    return join(words.say("; "), *map(bold, given[:_SUMS]), more)


def _said(mark: str, text: str, words: Words) -> Html:
    if not text:
        return NOTHING
    return join(" ", Html(mark), named_with_gloss(narrow(one_line(text), 2 * LINE - 10), words))


def _document(document: Document, today: date, words: Words) -> Html:
    mark = labels.STATUS_MARKS[document.status(today)]
    status = words.say(labels.SHORT_STATUSES[document.status(today)])
    number = numbered(document)
    title = NOTHING if number else words.say("“{title}”", title=narrow(document.title, LINE))
    named = join(" · ", join(" ", Html("📄"), number or title), join(" ", Html(mark), status))
    return join(" · ", named, Html(f"d{document.id}"))


def _window(offer: Offer, today: date, words: Words) -> Html:
    if offer.window is None:
        return NOTHING
    when = words.say(_APPLY, time=day(offer.window.last, words))
    return join(" ", Html("⏰"), join(" · ", when, left(offer.window.last, today, words)))


def _differ(entry: Entry, words: Words) -> Html:
    """Say which amount is another one elsewhere, and how much it is there."""
    said = []
    for role, others in differing(entry):
        what = words.say(labels.ROLES.get(role, labels.ROLES["fixed"]))
        there = words.say(", ").join(
            dict.fromkeys(sum_of(by_role(one.fact)[role], words) for one in others)
        )
        said.append(words.say("{what} elsewhere {amount}", what=what, amount=Html(there)))
    return join(" ", Html("⚠️"), join(words.say("; "), *said)) if said else NOTHING


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []
