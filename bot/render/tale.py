"""A story in full: the original, who else tells it, its facts, and what was edited."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from bot import callback
from bot.language import Words
from bot.markup import MESSAGE, NOTHING, Html, Size, bold, escape, folded, join, lines, link, size
from bot.render import labels
from bot.render.columns import LINE, narrow
from bot.render.dates import day, short_time
from bot.render.document import named
from bot.render.gloss import glossed
from bot.render.numbers import amount
from bot.render.story import bullets, evidence, fit, headline, marks, origin, save
from bot.safe_text import cut, domain, one_line, web_address
from domain.article import Attachment
from domain.documents.document import Document
from domain.highlights import facts_of, highlights, ordered
from domain.message import Button
from domain.revision import Change, ChangeKind
from domain.story import Coverage, Story
from domain.tracing import Edit

FACTS = 4
SHOWN = 4
"""How many who tell it stand above the fold."""
MOST_CHANGES = 4
FILES = 3
"""How many of its files stand above the fold."""
FOLDED = Size(2400, 60, 3500)


def whole(
    story: Story,
    documents: Iterable[Document],
    edits: Iterable[Html],
    words: Words,
    timezone: str,
    now: datetime,
) -> Html:
    """Tell a story on one screen of a phone, the rest of it folded away."""
    facts = facts_of(story)
    shown = highlights(facts, FACTS)
    rest = [fact for fact in ordered(facts) if fact not in shown]
    others = _others(story)
    about = [join(" ", Html("📄"), named(one, words)) for one in documents]
    files = [_file(one) for one in _files(story)]
    top = lines(
        join(" · ", headline(story), Html(f"s{story.id}")),
        glossed(story.lead.article.title, words),
        origin(story, words, timezone),
        _partial(story, words),
        *about[:2],
        *fit(files[:FILES], Size(400, 6, 1200)),
        *fit(bullets(shown, words, story.lead.article.title), Size(1200, 20, 500)),
        *(_told(one, words, timezone, now) for one in others[:SHOWN]),
    )
    room = (MESSAGE - size(top) - Size(120, 2, 100)).least(FOLDED)
    further = [_told(one, words, timezone, now) for one in others[SHOWN:]]
    parts = fit([*edits, *files[FILES:], *further], room)
    left = room - size(lines(*parts))
    exact = evidence(shown, rest, words, left)
    inside = lines(*parts, exact)
    return lines(top, folded(inside) if inside else NOTHING)


def buttons(
    story: Story, documents: Iterable[Document], words: Words
) -> tuple[tuple[Button, ...], ...]:
    """Offer every fact, why it came, what is wrong, and the documents it is about."""
    number = f"s{story.id}"
    first = [callback.button(words.plain("All facts"), "facts", number)] if facts_of(story) else []
    first.append(callback.button(words.plain("Why?"), "why", number))
    if facts_of(story):
        first.append(callback.button(words.plain("Wrong fact"), "wrong", number))
    named = [
        callback.button(f"📄 {cut(one_line(one.title), 14)}", "doc", f"d{one.id}")
        for one in list(documents)[:2]
    ]
    url = web_address(story.lead.article.url)
    opening = [Button(text=words.plain("Open article"), url=url)] if url else []
    rows = (first, named, [*opening, save(story, words)], marks(story, words))
    return tuple(tuple(row) for row in rows if row)


def _others(story: Story) -> list[Coverage]:
    lead = story.lead
    return sorted(
        (one for one in story.coverage if one is not lead),
        key=lambda one: (one.article.when, one.article.id),
    )


def _partial(story: Story, words: Words) -> Html:
    if story.lead.article.quality == "full":
        return NOTHING
    return words.say("✂️ Only its announcement could be read, not the whole article.")


def _files(story: Story) -> list[Attachment]:
    """Return what can be downloaded with the articles, the original's first, each once."""
    everything = [story.lead, *_others(story)]
    files = {file.url: file for one in everything for file in one.article.attachments}
    return [file for file in files.values() if web_address(file.url)]


def _file(one: Attachment) -> Html:
    name = narrow(one_line(one.name), LINE - 4) or domain(one.url)
    return join(" ", Html("📎"), link(name, one.url))


def _told(one: Coverage, words: Words, timezone: str, now: datetime) -> Html:
    """Name one article that tells it, too."""
    article = one.article
    title = narrow(one_line(article.title), LINE - 4) or domain(article.url)
    name = cut(one_line(article.source_title), 24) or domain(article.url)
    when = short_time(article.when, now, timezone, words)
    about = join(" · ", escape(name), words.say(labels.TIERS[article.tier]), escape(when))
    return lines(
        join(" ", Html("▸"), link(title, article.url)), join(" · ", about, Html(f"a{article.id}"))
    )


def edited(edit: Edit, words: Words, timezone: str, now: datetime) -> Html:
    """Say that an article was edited, and what it said before where that changed."""
    time = escape(short_time(edit.at, now, timezone, words))
    said = words.say("a{article} edited {time}", article=edit.article_id, time=time)
    return lines(
        join(" ", Html("✏️"), bold(said)),
        *(_changed(one, words) for one in edit.changes[:MOST_CHANGES]),
    )


def _changed(one: Change, words: Words) -> Html:
    """Say what it was and what it is; of what came or went, only that."""
    before, after = (_said(one.kind, text, words) for text in (one.before, one.after))
    subject = escape(narrow(one_line(one.subject), LINE))
    values = {"before": before or Html("–"), "after": after or Html("–")}
    if label := _ROLES.get(one.role or ""):
        said = words.say("{what}: {before} → {after}", what=words.say(label), **values)
    else:
        said = words.say("{before} → {after}", **values)
    return words.say("{label}: {document}", label=subject, document=said) if subject else said


_ROLES = labels.ROLES | {
    "effective": labels.CHANGED["effective_on"],
    "expiry": labels.CHANGED["expires_on"],
    "event": labels.CHANGED["issued_on"],
}
_FIGURE = re.compile(r"(?P<value>-?[\d.]+)(?:–(?P<high>-?[\d.]+))?(?: (?P<unit>\w+))?", re.ASCII)


def _said(kind: ChangeKind, text: str | None, words: Words) -> Html:
    """Write a sum or a day as the reader's language does, anything else as it stands."""
    if text and kind == "amount" and (found := _FIGURE.fullmatch(text)):
        value = amount(found["value"], found["unit"], words)
        if not found["high"]:
            return value
        high = amount(found["high"], found["unit"], words)
        return words.say("{low} to {high}", low=value, high=high)
    if text and kind == "date" and (moment := _moment(text)):
        return escape(" ".join(filter(None, (day(moment[0], words), moment[1]))))
    if text and kind == "stage" and text in labels.STAGES:
        return words.say(labels.STAGES[text])
    return escape(cut(one_line(text or ""), 80))


def _moment(text: str) -> tuple[date, str] | None:
    """Read "2026-12-15 17:00"."""
    first, _, clock = text.partition(" ")
    try:
        return date.fromisoformat(first), clock
    except ValueError:
        return None
