"""What a test or the page may do with the little world: one method for each /sandbox address."""

from dataclasses import dataclass
from typing import Any

import msgspec

from sandbox import acts, bodies, meeting
from sandbox.acts import Impossible, Speech
from sandbox.calls import Calls
from sandbox.faults import Fault, Faults
from sandbox.limits import Limit, Limits
from sandbox.people import Topic
from sandbox.values import Json
from sandbox.world import World


@dataclass(slots=True, kw_only=True)
class Stage:
    """Acts on the world; every act answers with what /sandbox answers.

    Raises:
        Impossible: an act that could not happen in a real chat; one clear line.
    """

    world: World
    calls: Calls
    faults: Faults

    def say(self, body: bodies.Say) -> Json:
        """Somebody speaks: `{"update_id", "message_id"}`, the update null if the bot is out."""
        who = meeting.person(self.world, body.user)
        chat = meeting.chat(self.world, body.chat, who)
        speech = Speech(
            text=body.text,
            thread=body.thread,
            document=body.document.attachment() if body.document else None,
            reply_to=body.reply_to,
            anonymous=body.anonymous,
        )
        update_id, message_id = acts.say(self.world, who, chat, speech)
        return {"update_id": update_id, "message_id": message_id}

    def press(self, body: bodies.Press) -> Json:
        """Somebody presses a button: `{"update_id", "query_id"}`."""
        who = meeting.person(self.world, body.user)
        chat = meeting.chat(self.world, body.chat, who)
        update_id, query_id = acts.press(
            self.world, who, chat, body.message_id, body.data, force=body.force
        )
        return {"update_id": update_id, "query_id": query_id}

    def member(self, body: bodies.Member) -> Json:
        """Somebody's standing changes: `{"update_id"}`, null if the bot did not ask for it."""
        about_bot = body.user is None or self._is_bot(body.user)
        who = None if about_bot else meeting.person(self.world, body.user or 0)
        chat = meeting.chat(self.world, body.chat, None)
        if chat.type == "private" and who is not None and who.id != chat.id:
            raise Impossible(f"chat {chat.id} is private: person {who.id} is not in it")
        return {"update_id": acts.become(self.world, chat, who, body.status)}

    def _is_bot(self, user: bodies.User | int) -> bool:
        number = user if isinstance(user, int) else user.id
        return number == self.world.bot.id

    def update(self, raw: Any) -> Json:
        """Any update, as it stands: `{"update_id"}`."""
        if not isinstance(raw, dict) or not raw:
            raise Impossible("an update is a JSON object with something in it")
        number = raw.get("update_id", 0)
        if isinstance(number, bool) or not isinstance(number, int):
            raise Impossible(f"update_id is a whole number, not {number!r}")
        return {"update_id": self.world.queue_raw(raw)}

    def topic(self, body: bodies.OpenTopic) -> Json:
        """Opens, closes or deletes a topic: `{"thread", "state"}`."""
        chat = meeting.chat(self.world, body.chat, None)
        if chat.type != "supergroup":
            raise Impossible(f"chat {chat.id} is a {chat.type}: only supergroups have topics")
        topic = chat.topics.get(body.thread)
        if body.state == "deleted":
            chat.topics.pop(body.thread, None)
        elif topic is None:
            topic = Topic(id=body.thread, name=body.name or f"Topic {body.thread}")
            self.world.open_topic(chat, topic)
        if topic is not None:
            topic.closed = body.state == "closed"
        self.world.tell({"event": "chat", "chat_id": chat.id})
        return {"thread": body.thread, "state": body.state}

    def fault(self, body: bodies.PlannedFault) -> Json:
        """Plans something that goes wrong: `{"planned"}`, how many faults are to come."""
        self.faults.add(Fault(**msgspec.structs.asdict(body)))
        return {"planned": len(self.faults.planned)}

    def limit(self, body: bodies.SetLimits) -> Json:
        """Counts calls from now on, or stops doing so: `{"on"}`."""
        given = {name: getattr(body, name) for name in ("overall", "chat", "group")}
        chosen = {k: Limit(**msgspec.structs.asdict(v)) for k, v in given.items() if v}
        self.world.limits = Limits(**chosen) if body.on else None
        return {"on": body.on}

    def revoke(self, body: bodies.Revoke) -> Json:
        """From now on that token is not authorised: `{"ok"}`."""
        self.world.revoked.add(body.token)
        return {"ok": True}

    def reset(self) -> Json:
        """Everything as on the first day: `{"ok"}`."""
        self.faults.clear()
        self.calls.clear()
        self.world.reset()
        return {"ok": True}
