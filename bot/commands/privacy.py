"""/privacy: what is kept, how long, and how to be forgotten."""

import jobs.privacy
from bot import callback
from bot.command import Answer, Ask
from bot.language import later
from bot.markup import bold, lines
from domain.message import Message

_PERSON = (
    later("• this chat: its number and name, your language and time zone"),
    later("• what comes by itself, /settings, /following, /saved, what you called (not) relevant"),
    later("• what I sent you, so that nothing comes twice"),
    later("• your user number beside what you reported, suggested or were invited by"),
)
_GROUP = (
    later("• this group: its number and name, its language and time zone, who added me"),
    later("• what comes by itself, /settings, /following, /saved, what was called (not) relevant"),
    later("• what I sent here, so that nothing comes twice"),
    later("• the user number of whoever called a story (not) relevant or a fact wrong"),
)


async def privacy(ask: Ask) -> Answer:
    """Say what is kept here and how long, and offer to delete it."""
    words, private = ask.words, ask.asker.private
    html = lines(
        bold(words.say("🔒 What is kept")),
        *(words.say(one) for one in (_PERSON if private else _GROUP)),
        words.say(
            "Nothing else: what you write is answered, not kept, but for words and addresses that "
            "you set, follow or suggest. Nobody but the operators of this bot can see it."
        ),
        words.say(
            "It is kept until it is deleted here, at once and for good. Only the operators’ "
            "backups and log know of it until they are too old."
        ),
    )
    text = words.plain("Delete my data") if private else words.plain("Delete this group’s data")
    return Message(html=html, buttons=((callback.button(text, "forget", "ask"),),))


async def pressed(ask: Ask) -> Answer:
    """Ask once more, or delete; pressed twice there is nothing more to delete."""
    if ask.argument == "yes":
        return await _forget(ask)
    words = ask.words
    if ask.argument == "no":
        return Message(html=words.say("Nothing was deleted."))
    said = words.say(
        "Delete everything that is kept of this chat: subscriptions, settings, what is followed, "
        "saved and reminded of? It cannot be undone."
    )
    invited = words.say("This bot is by invitation: you would need a new one.")
    by_invitation = ask.asker.private and ask.tools.settings.access == "invite"
    yes = callback.button(words.plain("Delete for good"), "forget", "yes")
    no = callback.button(words.plain("Keep it"), "forget", "no")
    return Message(html=lines(said, invited if by_invitation else ""), buttons=((yes, no),))


async def _forget(ask: Ask) -> Message:
    database, user_id = ask.tools.database, ask.asker.user_id
    if not ask.asker.private:
        await jobs.privacy.forget_chat(database, ask.chat.id)
        return Message(html=ask.words.say("Everything of this group is deleted."))
    if user_id is None or await jobs.privacy.forget_person(database, user_id) == "operator":
        text = later(
            "You run this bot, and what you changed is in its audit log. Let an owner take that "
            "from you first (/admins), then ask again."
        )
        return Message(html=ask.words.say(text))
    return Message(html=ask.words.say("Everything about you is deleted. /start begins anew."))
