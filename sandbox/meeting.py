"""Finds the person and the chat that a test or the page names, or brings them into the world."""

from sandbox import bodies, cast
from sandbox.acts import Impossible
from sandbox.people import Chat, Person, type_of
from sandbox.world import World


def person(world: World, user: bodies.User | int) -> Person:
    """The person; newer details replace older ones.

    Raises:
        Impossible: only a number is given, and nobody has it.
    """
    wanted = bodies.User(id=user) if isinstance(user, int) else user
    known = world.people.get(wanted.id)
    if known is None and isinstance(user, int):
        raise Impossible(f'nobody has the id {user}: give "user": {{"id", "first_name"}}')
    found = known or Person(id=wanted.id, first_name=f"Person {wanted.id}", is_bot=wanted.is_bot)
    for name in ("first_name", "last_name", "username", "language_code"):
        setattr(found, name, getattr(wanted, name) or getattr(found, name))
    world.people[found.id] = found
    return found


def chat(world: World, named: bodies.Chat | int | None, who: Person | None) -> Chat:
    """The chat; without one the person's own with the bot. The person is in it from now on.

    Raises:
        Impossible: it is somebody else's private chat.
    """
    wanted = bodies.Chat(id=named) if isinstance(named, int) else named
    if wanted is None:
        wanted = bodies.Chat(id=who.id if who else 0)
    kind = wanted.type or type_of(wanted.id)
    found = world.chats.get(wanted.id)
    if found is None:
        found = _create(world, wanted, kind, who)
    if found.type == "private" and who is not None and found.id not in (who.id, world.bot.id):
        raise Impossible(f"chat {found.id} is private: {who.first_name} ({who.id}) is not in it")
    found.is_forum = found.is_forum or wanted.is_forum
    if who is not None and found.statuses.get(who.id) in (None, "left", "kicked"):
        found.statuses[who.id] = "member"
    return found


def _create(world: World, wanted: bodies.Chat, kind: str, who: Person | None) -> Chat:
    created = _private(world, wanted, who) if kind == "private" else _shared(wanted, kind)
    world.chats[created.id] = created
    world.tell({"event": "chat", "chat_id": created.id})
    return created


def _private(world: World, wanted: bodies.Chat, who: Person | None) -> Chat:
    if wanted.id <= 0:
        raise Impossible("a private chat has the number of its person, above zero")
    owner = world.people.get(wanted.id)
    if owner is None and who is not None and who.id != wanted.id:
        raise Impossible(f"chat {wanted.id} is private: {who.first_name} ({who.id}) is not in it")
    if owner is None:
        owner = person(world, bodies.User(id=wanted.id, first_name=wanted.first_name))
    return cast.private_chat(owner)


def _shared(wanted: bodies.Chat, kind: str) -> Chat:
    if wanted.id >= 0:
        raise Impossible(f"a {kind} has a number below zero, not {wanted.id}")
    return Chat(
        id=wanted.id,
        type="group" if kind == "group" else "channel" if kind == "channel" else "supergroup",
        title=wanted.title or f"{kind.capitalize()} {wanted.id}",
        username=wanted.username,
        is_forum=wanted.is_forum,
        bot_status="administrator" if kind == "channel" else "member",
    )
