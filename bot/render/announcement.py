"""What is told besides news: an operator's own words, and that something failed."""

from bot.language import words_for
from bot.markup import bold, code, escape, lines, own
from bot.safe_text import cut, one_line
from domain.chat import Chat
from domain.message import Message
from domain.notice import Broadcast, Failed


def render(letter: Broadcast | Failed, chat: Chat) -> Message:
    """Say an operator's words as they are: no markup of theirs is ours."""
    if isinstance(letter, Broadcast):
        return Message(html=escape(letter.text))
    return _failed(letter, chat)


def _failed(fault: Failed, chat: Chat) -> Message:
    """Say what kind of bug it is and where, and under which number the log has it."""
    words = words_for(chat.language)
    return Message(
        html=lines(
            bold(words.say("🐞 Something failed (id {number}).", number=own(fault.number))),
            code(escape(cut(one_line(fault.what), 300))),
            words.say("The log has the details under this id. It is told only once."),
        )
    )
