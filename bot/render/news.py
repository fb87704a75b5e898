"""News of what somebody follows: what is followed, what became of it, and who tells it."""

from bot import callback
from bot.language import Words, words_for
from bot.markup import MESSAGE, NOTHING, Html, Size, bold, folded, join, lines, size
from bot.render.document import changed, named
from bot.render.story import FACTS, bullets, evidence, fit, headline, marks, origin, save
from bot.safe_text import cut, one_line
from domain.chat import Chat
from domain.digest import Bulletin
from domain.documents.document import Document
from domain.facts.fact import Fact
from domain.follow import Development, about, term_key
from domain.highlights import highlights, ordered
from domain.message import Button, Message

SHOWN = 3
LABELS = 4
FOLDED = Size(1800, 40, 1500)


def render(bulletin: Bulletin, chat: Chat) -> Message:
    """Tell what is new: followed things, changes, the article, and the facts about them."""
    words = words_for(chat.language)
    facts = _facts(bulletin)
    shown = facts[:SHOWN]
    told = bullets(shown, words, bulletin.told.article.title)
    top = lines(
        join(" ", Html("🔔"), bold(_labels(bulletin, words))),
        *(_development(one, words) for one in bulletin.news.developments[:SHOWN]),
        headline(bulletin.story),
        origin(bulletin.story, words, chat.timezone),
        Html("\n".join(["", *fit(told, FACTS)]) if told else ""),
    )
    room = (MESSAGE - size(top) - Size(100, 1, 50)).least(FOLDED)
    exact = evidence(shown, facts[SHOWN:], words, room)
    html = lines(top, folded(exact) if exact else NOTHING)
    return Message(html=html, buttons=_buttons(bulletin, words))


def _facts(bulletin: Bulletin) -> list[Fact]:
    """Return the new facts; of a new story those about what is followed first."""
    every = bulletin.told.facts
    if bulletin.news.facts or bulletin.news.told_before:
        return list(ordered(fact for fact in every if fact.id in bulletin.news.facts))
    terms = [term_key(label) for label in bulletin.news.labels]
    own = [fact for fact in ordered(every) if about(fact, terms)]
    rest = [fact for fact in highlights(every, SHOWN) if fact not in own]
    return [*own, *rest]


def _labels(bulletin: Bulletin, words: Words) -> str:
    labels = bulletin.news.labels
    shown = words.say(", ").join(cut(one_line(one), 40) for one in labels[:LABELS])
    return shown + ("…" if len(labels) > LABELS else "")


def _development(one: Development, words: Words) -> Html:
    document = Document(id=one.document_id, title=one.title)
    said = changed(one.field, one.before, one.after, words)
    return join(" ", Html("📄"), join(" · ", named(document, words), said))


def _buttons(bulletin: Bulletin, words: Words) -> tuple[tuple[Button, ...], ...]:
    number = f"s{bulletin.story.id}"
    first = (
        callback.button(words.plain("Story"), "story", number),
        callback.button(words.plain("Wrong fact"), "wrong", number),
        save(bulletin.story, words),
    )
    documents = [
        callback.button(f"📄 {cut(one_line(one.title), 14)}", "doc", f"d{one.document_id}")
        for one in bulletin.news.developments[:2]
    ]
    rows = (first, tuple(documents), marks(bulletin.story, words))
    return tuple(row for row in rows if row)
