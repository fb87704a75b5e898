"""Who may do what in a chat, and how the Bot API writes somebody's standing."""

from sandbox.people import Chat, Person, Status
from sandbox.refusal import Refusal, bad_request, forbidden
from sandbox.values import Json

_ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)


def may_write(chat: Chat) -> None:
    """Returns where the bot may write.

    Raises:
        Refusal: it may not; in the words that Telegram has for each case.
    """
    refusal = _private_refusal(chat) if chat.type == "private" else _shared_refusal(chat)
    if refusal is not None:
        raise refusal


def _private_refusal(chat: Chat) -> Refusal | None:
    match chat.bot_status:
        case "kicked" | "left":
            return forbidden("bot was blocked by the user")
        case "deactivated":
            return forbidden("user is deactivated")
    return None


def _shared_refusal(chat: Chat) -> Refusal | None:
    match chat.bot_status:
        case "kicked":
            return forbidden(f"bot was kicked from the {chat.type} chat")
        case "left":
            return forbidden(f"bot is not a member of the {chat.type} chat")
        case "restricted":
            return bad_request("not enough rights to send text messages to the chat")
        case "member" if chat.type == "channel":
            return bad_request("need administrator rights in the channel chat")
    return None


def may_read(chat: Chat) -> None:
    """Returns where the bot may look at the chat and its members.

    Raises:
        Refusal: it has been shown out.
    """
    if chat.type != "private" and chat.bot_status in ("kicked", "left"):
        may_write(chat)


def standing(person: Person, status: Status, chat: Chat) -> Json:
    """The Bot API's ChatMember."""
    body: Json = {"user": person.json(), "status": status}
    match status:
        case "creator":
            return body | {"is_anonymous": False}
        case "administrator":
            return body | _administrator(chat)
        case "restricted":
            return (
                body
                | dict.fromkeys(_MEMBER_RIGHTS, False)
                | {
                    "is_member": True,
                    "until_date": 0,
                }
            )
        case "kicked":
            return body | {"until_date": 0}
        case "deactivated":
            return body | {"status": "left"}
    return body


def _administrator(chat: Chat) -> Json:
    rights: Json = dict.fromkeys(_ADMINISTRATOR_RIGHTS, True)
    if chat.type == "channel":
        rights |= {"can_post_messages": True, "can_edit_messages": True}
    else:
        rights |= {"can_pin_messages": True, "can_manage_topics": chat.is_forum}
    return rights | {"can_be_edited": False, "is_anonymous": False}
