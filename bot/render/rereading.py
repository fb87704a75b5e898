"""How far a run over what is stored has got: one message, edited as it goes."""

from bot.language import words_for
from bot.markup import Html, bold, join, lines
from domain.chat import Chat
from domain.message import Message
from domain.rereading import Progress

BLOCKS = 12


def render(progress: Progress, chat: Chat) -> Message:
    """Show a bar, the counts, and in the end that it is over."""
    words = words_for(chat.language)
    title = words.say("Rereading") if not progress.finished else words.say("Reread")
    filled = BLOCKS if progress.finished else BLOCKS * progress.done // max(1, progress.total)
    bar = Html("▓" * filled + "░" * (BLOCKS - filled))
    counts = words.say(
        "{done} of {total} articles, {changed} read otherwise now",
        done=progress.done,
        total=progress.total,
        changed=progress.changed,
    )
    nothing = words.say("Nothing of it is sent to anybody.")
    return Message(html=lines(join(" ", Html("♻️"), bold(title)), bar, counts, nothing))
