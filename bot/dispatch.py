"""The one door for commands and buttons: who is it, may he, do it, say what came of it."""

import logging
from collections.abc import Callable
from difflib import get_close_matches

import telegram
from telegram import CallbackQuery, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError

import db.chats
from bot import callback
from bot.access import BY_INVITATION, may_enter
from bot.acquaintance import know, stranger_or_known
from bot.command import Answer, Ask, Command, Pressed
from bot.commands import COMMANDS, PRESSED
from bot.context import Context
from bot.hint import hint
from bot.identify import is_first_hand, presser, sender
from bot.language import Words, language_of, later, words_for
from bot.markup import Html, own
from bot.replies import replace_message, say
from bot.rights import STAFF, Asker, Refusal, refusal
from bot.spoken import SLASH, spoken
from db.errors import DatabaseUnavailable
from domain.chat import Destination
from domain.message import Message
from jobs.faults import report
from jobs.ports import DeliveryError

log = logging.getLogger(__name__)

REFUSALS: dict[Refusal, str] = {
    "private_only": later("This works only in a private chat with me."),
    "admins_only": later("Only administrators of this group can do that."),
    "operators_only": later("This is for the operators of this bot only."),
    "owners_only": later("This is for the owners of this bot only; /admins names them."),
}


async def on_message(update: Update, context: Context) -> None:
    """Answer a command; other words only in private, where silence would look broken."""
    message = update.message
    if message is None or message.text is None or not is_first_hand(message):
        return
    heard = spoken(message.text, context.bot.username)
    private = message.chat.type == ChatType.PRIVATE
    if heard is None:
        if private and SLASH.fullmatch(message.text.strip()) is None:
            if not await _has_patience(message, context):
                return
            await _hint(message, context)
        return
    if not await _has_patience(message, context):
        return
    command = next((one for one in COMMANDS if one.name == heard.name), None)
    if command is None:
        if private or heard.addressed:
            await _unknown(message, heard.name, context)
        return
    await _command(message, command, heard.argument, context)


async def on_channel_post(update: Update, context: Context) -> None:
    """Say where a channel is managed; whoever posts there has no name, so nothing more."""
    post = update.channel_post
    heard = spoken(post.text or "", context.bot.username) if post else None
    if post is None or heard is None or not any(one.name == heard.name for one in COMMANDS):
        return
    if context.tools.patience.with_(None, post.chat.id) != "answer":
        return
    words = await _words_in(post, None, context)
    text = words.say(
        "Channels are managed in a private chat with me, {name}, by /channel.",
        name=own(f"@{context.bot.username}"),
    )
    await say(context.tools, _place(post), Message(html=text))


async def on_document(update: Update, context: Context) -> None:
    """Take a file: by the command in its caption, or a list of sources by its name in private."""
    message = update.message
    if message is None or message.document is None or not is_first_hand(message):
        return
    private = message.chat.type == ChatType.PRIVATE
    heard = spoken(message.caption or "", context.bot.username)
    named = (message.document.file_name or "").lower().endswith((".opml", ".xml"))
    name = heard.name if heard else ("importopml" if private and named else "")
    command = next((one for one in COMMANDS if one.name == name), None)
    if (command is not None or private) and not await _has_patience(message, context):
        return
    if command is not None:
        await _command(message, command, heard.argument if heard else "", context)
    elif private:
        await _hint(message, context)


async def on_press(update: Update, context: Context) -> None:
    """Answer a pressed button: first Telegram, so that it stops waiting, then the person."""
    query = update.callback_query
    if query is None:
        return
    if not await _has_patience_with(query, context):
        return
    press = callback.read(query.data)
    pressed = next((one for one in PRESSED if press and one.verb == press.verb), None)
    if press is None or pressed is None or query.message is None:
        words = await _words_in(query.message, query.from_user, context)
        await _answer(query, words.plain(_GONE))
        return
    await _press(query, query.message, pressed, press.argument, context)


async def on_error(update: object, context: Context) -> None:
    """Say that something failed, under a number that the log explains; never what failed."""
    said = await _reported(context)
    if not isinstance(update, Update) or update.effective_chat is None:
        return
    if update.my_chat_member or update.effective_message is None:
        return
    text = said(_words_of(update.effective_user))
    await say(context.tools, _place(update.effective_message), Message(html=text))


async def _reported(context: Context) -> Callable[[Words], Html]:
    """Log what failed, tell operators of what is new, and return what people are told of it."""
    error = context.error
    if isinstance(error, DatabaseUnavailable):
        log.warning("not answered: %s", error)
        return lambda words: words.say("The database does not answer just now; try again soon.")
    tools = context.tools
    number = await report(tools.database, error or RuntimeError("nothing"), tools.clock())
    return lambda words: words.say(
        "Something failed (id {number}). The operators’ log has it.", number=number
    )


_GONE = later("This button is no longer valid.")
_TOO_MUCH = later("That was a lot at once. I will answer again in a minute.")


async def _has_patience(message: telegram.Message, context: Context) -> bool:
    user = message.from_user.id if message.from_user and not message.sender_chat else None
    verdict = context.tools.patience.with_(user, message.chat.id)
    if verdict == "decline":
        words = await _words_in(message, message.from_user, context)
        await say(context.tools, _place(message), Message(html=words.say(_TOO_MUCH)))
    return verdict == "answer"


async def _has_patience_with(query: CallbackQuery, context: Context) -> bool:
    verdict = context.tools.patience.with_(query.from_user.id, query.from_user.id)
    if verdict != "answer":
        words = await _words_in(query.message, query.from_user, context)
        await _answer(query, words.plain(_TOO_MUCH) if verdict == "decline" else None)
    return verdict == "answer"


async def _command(
    message: telegram.Message, command: Command, argument: str, context: Context
) -> None:
    tools = context.tools
    asker = await sender(message, command.who, context.bot, tools.database)
    has_code = command.name == "start" and asker.private and bool(argument)
    is_in = await may_enter(tools, asker, message.chat.id)
    if not has_code and not is_in:
        if asker.private:
            words = await _words_in(message, message.from_user, context)
            await say(tools, _place(message), Message(html=words.say(BY_INVITATION)))
        return
    no = refusal(asker, command.who, command.where)
    ask = await _ask(message, asker, argument, context, message.from_user, is_in=is_in)
    if no is None and command.who == "chat_admin" and asker.user_id is None:
        await _ask_for_proof(ask, message)
    elif no is None:
        await _say(ask, await command.run(ask))
    elif asker.private or no == "admins_only" or asker.role or command.who == "everyone":
        await _say(ask, Message(html=ask.words.say(REFUSALS[no])))


async def _ask_for_proof(ask: Ask, message: telegram.Message) -> None:
    """An anonymous administrator has no rights of his own: a press says who it is."""
    text = ask.words.say("This is for administrators. Press to show that you are one.")
    button = callback.button(ask.words.plain("I am an administrator"), "prove")
    prompt = Message(html=text, buttons=((button,),))
    try:
        await ask.tools.courier.answer(ask.destination, message.message_id, prompt)
    except DeliveryError as error:
        log.info("chat %d: no proof could be asked for (%s)", ask.chat.id, error)


async def _press(
    query: CallbackQuery,
    message: telegram.MaybeInaccessibleMessage,
    pressed: Pressed,
    argument: str,
    context: Context,
) -> None:
    tools = context.tools
    asker = await presser(query, message.chat.id, pressed.who, context.bot, tools.database)
    no = refusal(asker, pressed.who, pressed.where)
    welcome = await may_enter(tools, asker, message.chat.id)
    if no is not None or not welcome:
        words = await _words_in(message, query.from_user, context)
        await _answer(query, words.plain(REFUSALS[no] if no else BY_INVITATION))
        return
    await _answer(query)
    ask = await _ask(message, asker, argument, context, query.from_user)
    answer = await pressed.run(ask)
    parts = (answer,) if isinstance(answer, Message) else answer or ()
    if pressed.replaces and parts:
        await replace_message(tools, ask.destination, message.message_id, parts[0])
        parts = parts[1:]
    await _say(ask, parts)


async def _ask(
    message: telegram.MaybeInaccessibleMessage,
    asker: Asker,
    argument: str,
    context: Context,
    user: telegram.User | None,
    *,
    is_in: bool = True,
) -> Ask:
    tools = context.tools
    place = _place(message)
    code = user.language_code if user else None
    if is_in:
        chat = await know(message.chat, tools, code, place.thread_id)
    else:
        chat = await stranger_or_known(message.chat, tools, code)
    return Ask(
        tools=tools,
        bot=context.bot,
        asker=asker,
        chat=chat,
        destination=place,
        argument=argument,
        words=words_for(chat.language),
        now=tools.clock(),
        commands=_open_to(asker),
        document=message.document if isinstance(message, telegram.Message) else None,
        original=message.reply_to_message if isinstance(message, telegram.Message) else None,
    )


def _open_to(asker: Asker) -> tuple[Command, ...]:
    """Return what an asker may use; in groups also what its administrators may."""
    admin = Asker(user_id=asker.user_id, private=asker.private, role=asker.role, group_admin=True)
    return tuple(one for one in COMMANDS if refusal(admin, one.who, one.where) is None)


async def _say(ask: Ask, answer: Answer) -> None:
    for message in (answer,) if isinstance(answer, Message) else answer or ():
        await say(ask.tools, ask.destination, message)


async def _hint(message: telegram.Message, context: Context) -> None:
    words = await _words_in(message, message.from_user, context)
    first = (message.text or "").lower().split(maxsplit=1)[:1]
    near = nearest(first[0], certain=True) if first else None
    said = await hint(message.text or "", near, words, context.tools.database)
    await say(context.tools, _place(message), said)


MEANT = {
    "stop": "unsubscribe",
    "daily": "subscribe",
    "weekly": "subscribe",
    "instant": "subscribe",
    "alerts": "subscribe",
    "news": "latest",
    "menu": "help",
    "config": "settings",
    "filter": "settings",
    "exclude": "settings",
    "mute": "settings",
    "quiet": "settings",
    "timezone": "settings",
    "lang": "language",
    "save": "saved",
    "delete": "privacy",
    "forget": "privacy",
}
"""What other bots call the same."""


def nearest(name: str, *, certain: bool = False) -> str | None:
    """Return the reader's command that somebody may mean; `certain`: only by its very name."""
    known = [one.name for one in COMMANDS if one.who not in STAFF]
    if name in known or name in MEANT:
        return MEANT.get(name, name)
    close = [] if certain else get_close_matches(name, [*known, *MEANT], n=1)
    return MEANT.get(close[0], close[0]) if close else None


async def _unknown(message: telegram.Message, name: str, context: Context) -> None:
    words = await _words_in(message, message.from_user, context)
    near = nearest(name)
    said = (
        words.say("I do not know /{name}. Did you mean /{near}?", name=own(name), near=own(near))
        if near
        else words.say("I do not know /{name}. /help lists what there is.", name=own(name))
    )
    await say(context.tools, _place(message), Message(html=said))


async def _answer(query: CallbackQuery, text: str | None = None) -> None:
    try:
        await query.answer(text, show_alert=bool(text))
    except BadRequest:
        # Too old to be answered: the press itself still counts.
        log.info("a press could not be answered any more")
    except TelegramError as error:
        log.warning("a press was not answered: %s", error.message)


def _place(message: telegram.MaybeInaccessibleMessage) -> Destination:
    thread = 0
    if isinstance(message, telegram.Message) and message.is_topic_message:
        thread = message.message_thread_id or 0
    return Destination(chat_id=message.chat.id, thread_id=thread)


async def _words_in(
    message: telegram.MaybeInaccessibleMessage | None, user: telegram.User | None, context: Context
) -> Words:
    """Speak the chat's language; where we do not know it yet, the client's."""
    if message is not None:
        async with context.tools.database.read() as session:
            chat = await db.chats.at(session, _place(message))
        if chat is not None:
            return words_for(chat.language)
    return _words_of(user)


def _words_of(user: telegram.User | None) -> Words:
    return words_for(language_of(user.language_code if user else None))
