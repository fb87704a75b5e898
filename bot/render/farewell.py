"""What whoever brought the bot to a chat is told when it cannot speak there any more."""

from bot.language import words_for
from bot.markup import bold, escape, lines
from bot.safe_text import cut, one_line
from domain.chat import Chat
from domain.message import Message
from domain.notice import Farewell


def render(farewell: Farewell, chat: Chat) -> Message:
    """Say where, why in Telegram's words, and what to do about it."""
    words = words_for(chat.language)
    title = cut(one_line(farewell.title), 80) or str(farewell.chat_id)
    return Message(
        html=lines(
            words.say("🔕 I cannot write in {title} any more.", title=bold(escape(title))),
            words.say(
                "Telegram says: {reason}", reason=escape(cut(one_line(farewell.reason), 200))
            ),
            words.say(
                "Everything that was set up there is kept. Add me again, or let me write there "
                "(in a channel: as an administrator who may post), and it goes on by itself."
            ),
        )
    )
