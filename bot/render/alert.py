"""An alert: one story that should not wait, on one phone screen before it is unfolded."""

from bot.language import Words, words_for
from bot.markup import MESSAGE, NOTHING, Html, Size, escape, folded, join, lines, link, size
from bot.render.columns import LINE, narrow
from bot.render.dates import local_day
from bot.render.gloss import glossed
from bot.render.story import FACTS, bullets, buttons, evidence, fit, headline, origin
from bot.safe_text import one_line
from domain.chat import Chat
from domain.digest import Alert
from domain.highlights import facts_of, highlights, ordered
from domain.message import Message

SHOWN = 4
FOLDED = Size(1800, 40, 1500)
"""How much it folds away below the facts that it shows, if there is room for it."""
_MORE = Size(100, 1, 50)  # "and so many more facts"


def render(alert: Alert, chat: Chat) -> Message:
    """Tell a story: headline, source and time, what matters; folded, the exact words."""
    words, story = words_for(chat.language), alert.news
    facts = facts_of(story)
    shown = highlights(facts, SHOWN)
    rest = [fact for fact in ordered(facts) if fact not in shown]
    told = bullets(shown, words, story.lead.article.title)
    top = lines(
        join(" ", Html("⚡"), headline(story)),
        glossed(story.lead.article.title, words),
        origin(story, words, chat.timezone),
        _follows(alert, words, chat.timezone),
        Html("\n".join(["", *fit(told, FACTS)]) if told else ""),
    )
    room = (MESSAGE - size(top) - _MORE).least(FOLDED)
    exact = evidence(shown, rest, words, room)
    html = lines(top, folded(exact) if exact else NOTHING)
    return Message(html=html, buttons=buttons(story, words))


def _follows(alert: Alert, words: Words, timezone: str) -> Html:
    """Name what the news goes on from, which was told before or came with a backlog."""
    if alert.earlier is None:
        return NOTHING
    article = alert.earlier.article
    title = link(narrow(one_line(article.title), LINE), article.url)
    day = escape(local_day(article.when, timezone, words))
    said = words.say("Follows {title} ({day})", title=title, day=day)
    return join(" ", Html("↪️"), said)
