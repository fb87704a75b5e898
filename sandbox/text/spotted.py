"""What Telegram finds in a text by itself: commands, addresses, mentions, tags. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from sandbox.text.formatted import CODE, Entity
from sandbox.text.links import checked
from sandbox.text.utf16 import units

_COMMAND = re.compile(
    r"(?<![\w/<>@])/(?:[A-Za-z0-9_]{1,64})(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])", re.ASCII
)
_URL = re.compile(r"(?<![A-Za-z0-9_@.])(?:https?|tg)://[^\s<>\"'，。；：！？、（）《》「」]+")
_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_MENTION = re.compile(r"(?<![\w@/.])@[A-Za-z]\w{3,31}(?!\w)", re.ASCII)
_HASHTAG = re.compile(r"(?<![\w#&/])#(?!\d+\b)\w{1,256}")

_KINDS = (
    ("bot_command", _COMMAND),
    ("url", _URL),
    ("email", _EMAIL),
    ("mention", _MENTION),
    ("hashtag", _HASHTAG),
)
_CLOSED = CODE | {"text_link", "custom_emoji", "date_time"}


def spot(text: str, explicit: Sequence[Entity] = ()) -> list[Entity]:
    """Entities nobody wrote, apart from each other and from links and code."""
    taken = [entity for entity in explicit if entity.type in _CLOSED]
    found: list[Entity] = []
    for entity in _candidates(text):
        if not _touches(entity, taken) and not _touches(entity, found):
            found.append(entity)
    return found


def _candidates(text: str) -> Iterator[Entity]:
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            words = match.group().rstrip(".,;:!?)") if kind == "url" else match.group()
            if kind == "url" and not checked(words):
                continue
            yield Entity(type=kind, offset=units(text[: match.start()]), length=units(words))


def _touches(entity: Entity, others: Iterable[Entity]) -> bool:
    return any(entity.offset < other.end and other.offset < entity.end for other in others)
