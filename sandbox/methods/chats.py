"""Chats and who is in them."""

from sandbox.acts import become
from sandbox.members import may_read, standing
from sandbox.parameters import Parameters
from sandbox.people import Chat, Person, Status
from sandbox.refusal import bad_request
from sandbox.values import Json
from sandbox.world import World

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def _readable(world: World, call: Parameters) -> Chat:
    chat = world.chat_for_bot(call.chat_id)
    may_read(chat)
    return chat


def get_chat(world: World, call: Parameters) -> Json:
    """The Bot API's ChatFullInfo, with the fields that it must have."""
    chat = _readable(world, call)
    return chat.json() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


def get_chat_member(world: World, call: Parameters) -> Json:
    """The standing of one person, or of the bot."""
    chat = _readable(world, call)
    user_id = call.number("user_id")
    if user_id == world.bot.id:
        return standing(world.bot, chat.bot_status, chat)
    person = world.people.get(user_id or 0)
    if person is None:
        raise bad_request("invalid user_id specified" if not user_id else "user not found")
    return standing(person, chat.statuses.get(person.id, "left"), chat)


def get_chat_member_count(world: World, call: Parameters) -> int:
    """How many there are, the bot among them."""
    return len(_present(world, _readable(world, call)))


def get_chat_administrators(world: World, call: Parameters) -> list[Json]:
    """Owner and administrators."""
    chat = _readable(world, call)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    leading = ("creator", "administrator")
    return [
        standing(person, status, chat)
        for person, status in _present(world, chat)
        if status in leading
    ]


def _present(world: World, chat: Chat) -> list[tuple[Person, Status]]:
    known = [
        (world.people[user], status)
        for user, status in chat.statuses.items()
        if user in world.people
    ]
    everybody = [*known, (world.bot, chat.bot_status)]
    return [(person, status) for person, status in everybody if status not in ("left", "kicked")]


def leave_chat(world: World, call: Parameters) -> bool:
    """leaveChat; the bot is told of its own going, as by Telegram."""
    chat = _readable(world, call)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    become(world, chat, None, "left", by=world.bot)
    return True
