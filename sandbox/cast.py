"""The people and chats that a new sandbox already has."""

from sandbox.people import Chat, Person, Topic

OPERATOR_ID = 1001
"""Mei: whoever starts the bot beside the sandbox may name her as operator."""
READER_ID = 1002
"""Alex: the sample reader."""
GROUP_ID = -1001000000001
CHANNEL_ID = -1001000000002


def people() -> list[Person]:
    """Three persons who read in different languages."""
    return [
        Person(
            id=OPERATOR_ID,
            first_name="Mei",
            last_name="Lin",
            username="mei_lin",
            language_code="zh-hans",
        ),
        Person(
            id=READER_ID,
            first_name="Alex",
            last_name="Carter",
            username="alex_carter",
            language_code="en",
        ),
        Person(id=1003, first_name="Sofia", last_name="Rossi", language_code="it"),
    ]


def chats() -> list[Chat]:
    """A forum group and a channel, in both of which the bot is an administrator."""
    return [_group(), _channel()]


def _group() -> Chat:
    topics = [
        Topic(id=2, name="Policy 政策", icon_color=7322096),
        Topic(id=3, name="Compute 算力", icon_color=16766590),
    ]
    return Chat(
        id=GROUP_ID,
        type="supergroup",
        title="Chengdu AI desk",
        is_forum=True,
        topics={topic.id: topic for topic in topics},
        statuses={OPERATOR_ID: "creator", READER_ID: "member", 1003: "member"},
        bot_status="administrator",
        last_message_id=3,
    )


def _channel() -> Chat:
    return Chat(
        id=CHANNEL_ID,
        type="channel",
        title="Pilot zone bulletin",
        username="pilot_zone_bulletin",
        statuses={OPERATOR_ID: "creator", READER_ID: "member"},
        bot_status="administrator",
    )


def private_chat(person: Person) -> Chat:
    """Between the bot and a person: only the operator has spoken to it already.

    Whoever sets a bot up has tried it first; and Telegram knows no commands for a chat that was
    never opened.
    """
    return Chat(
        id=person.id,
        type="private",
        first_name=person.first_name,
        last_name=person.last_name,
        username=person.username,
        statuses={person.id: "member"},
        started=person.id == OPERATOR_ID,
    )
