"""An alert: one story that should not wait, on one phone screen before it is unfolded."""

from bot.language import words_for
from bot.markup import MESSAGE, NOTHING, Html, Size, folded, join, lines, size
from bot.render.gloss import glossed
from bot.render.story import FACTS, bullets, buttons, evidence, fit, headline, origin
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
    words, story = words_for(chat.language), alert.story
    facts = facts_of(story)
    shown = highlights(facts, SHOWN)
    rest = [fact for fact in ordered(facts) if fact not in shown]
    told = bullets(shown, words, story.lead.article.title)
    top = lines(
        join(" ", Html("⚡"), headline(story)),
        glossed(story.lead.article.title, words),
        origin(story, words, chat.timezone),
        Html("\n".join(["", *fit(told, FACTS)]) if told else ""),
    )
    room = (MESSAGE - size(top) - _MORE).least(FOLDED)
    exact = evidence(shown, rest, words, room)
    html = lines(top, folded(exact) if exact else NOTHING)
    return Message(html=html, buttons=buttons(story, words))
