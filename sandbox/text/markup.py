"""Telegram's HTML: as few tags, and as unforgiving, as the real parser. Pure.

Sources: the Bot API's "HTML style", and what the real server is known to answer. Offsets in
complaints count bytes of the UTF-8 text, offsets of entities UTF-16 units of the result.
"""

import re
from dataclasses import dataclass, field, replace

from sandbox.text.formatted import CODE, Entity, Formatted
from sandbox.text.links import checked
from sandbox.text.references import REFERENCE, unescape
from sandbox.text.utf16 import units

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
"""Every tag that there is, and the entity that it makes."""

_SPACE = r" \t\r\n\0\v"
_PLAIN = re.compile(r"[^<&]+")
_NAME = re.compile(rf"[^{_SPACE}>]*")
_SPACES = re.compile(rf"[{_SPACE}]*")
_ATTRIBUTE = re.compile(rf"[^{_SPACE}=>/\"']*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


class CannotParse(Exception):
    """The markup is wrong; the text says how, in Telegram's words."""


@dataclass(slots=True)
class _Tag:
    name: str
    offset: int
    started: int
    attributes: dict[str, str]


def parse(html: str) -> Formatted:
    """The text and its entities, in the order in which their tags end.

    Raises:
        CannotParse: an unknown, unclosed or wrongly nested tag.
    """
    return _Parser(html).run()


@dataclass(slots=True)
class _Parser:
    html: str
    at: int = 0
    offset: int = 0
    written: list[str] = field(default_factory=list)
    open: list[_Tag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> Formatted:
        while self.at < len(self.html):
            self._step()
        if self.open:
            raise CannotParse(
                f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"'
            )
        entities = (e for e in self.entities if e.length)
        return Formatted(text="".join(self.written), entities=tuple(map(_without_hint, entities)))

    def _step(self) -> None:
        if self.html.startswith("</", self.at):
            self._end_tag()
        elif self.html[self.at] == "<":
            self._start_tag()
        elif self.html[self.at] == "&":
            self._write(unescape(self._take(REFERENCE)))
        else:
            self._write(self._take(_PLAIN))

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.html, self.at)
        taken = match.group() if match else ""
        self.at += len(taken)
        return taken

    def _next(self) -> str:
        return self.html[self.at : self.at + 1]

    def _write(self, text: str) -> None:
        self.written.append(text)
        self.offset += units(text)

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._take(_NAME).lower()
        if not self._next():
            raise self._complaint("Unclosed start tag", begin)
        if name not in TYPES:
            raise self._complaint(f'Unsupported start tag "{name}"', begin)
        attributes = self._attributes(name, begin)
        _demand(name, attributes, self._bytes(begin))
        self.open.append(_Tag(name, self.offset, len(self.written), attributes))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._take(_SPACES)
            if self._next() == ">":
                self.at += 1
                return found
            name = self._take(_ATTRIBUTE)
            if not name and self._next():
                raise self._complaint(f'Empty attribute name in the tag "{tag}"', begin)
            self._take(_SPACES)
            if not self._next():
                raise self._complaint(f'Unclosed start tag "{tag}"', begin)
            found[name.lower()] = self._value(tag, begin) if self._next() == "=" else ""

    def _value(self, tag: str, begin: int) -> str:
        self.at += 1
        self._take(_SPACES)
        quote = self._next()
        if not quote:
            raise self._complaint(f'Unclosed start tag "{tag}"', begin)
        if quote not in "\"'":
            return self._name_token()
        end = self.html.find(quote, self.at + 1)
        if end < 0 or end + 1 == len(self.html):
            raise self._complaint("Unclosed start tag", begin)
        value = self.html[self.at + 1 : end]
        self.at = end + 1
        return unescape(value)

    def _name_token(self) -> str:
        begin = self.at
        token = self._take(_TOKEN).lower()
        if self._next() not in set(" \t\r\n\0\v>"):
            raise self._complaint("Unexpected end of name token", begin)
        return token

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._complaint("Unexpected end tag", begin)
        self.at += 2
        name = self._take(_NAME)
        self._take(_SPACES)
        if self._next() != ">":
            raise self._complaint("Unclosed end tag", begin)
        self.at += 1
        tag = self.open.pop()
        if name and name.lower() != tag.name:
            where = self._bytes(begin)
            raise CannotParse(
                f"Unmatched end tag at byte offset {where}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        self._close(tag)

    def _close(self, tag: _Tag) -> None:
        covered = "".join(self.written[tag.started :])
        entity = _entity(tag, self.offset - tag.offset, covered)
        if entity is None or not entity.length:
            return
        last = self.entities[-1] if self.entities else None
        together = last and (last.offset, last.length) == (entity.offset, entity.length)
        if last and together and {last.type, entity.type} == CODE:
            # <pre><code class="language-x"> (either way round) is one entity.
            self.entities[-1] = Entity(
                type="pre",
                offset=entity.offset,
                length=entity.length,
                language=last.language or entity.language,
            )
            return
        self.entities.append(entity)

    def _bytes(self, index: int) -> int:
        return len(self.html[:index].encode("utf-8", "surrogatepass"))

    def _complaint(self, what: str, index: int) -> CannotParse:
        return CannotParse(f"{what} at byte offset {self._bytes(index)}")


def _demand(tag: str, attributes: dict[str, str], where: int) -> None:
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise CannotParse(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    if tag == "tg-emoji" and not attributes.get("emoji-id", "").isdecimal():
        raise CannotParse("Invalid custom emoji identifier specified")
    if tag == "tg-time" and not _is_time(attributes):
        raise CannotParse(f'Tag "tg-time" has invalid date at byte offset {where}')


def _is_time(attributes: dict[str, str]) -> bool:
    unix = attributes.get("unix", "")
    in_range = unix.isascii() and unix.isdecimal() and len(unix) <= 10
    return in_range and bool(_TIME_FORMAT.fullmatch(attributes.get("format", "")))


def _entity(tag: _Tag, length: int, covered: str) -> Entity | None:
    attributes = tag.attributes
    entity = Entity(type=TYPES[tag.name], offset=tag.offset, length=length)
    match entity.type:
        case "text_link":
            url = checked(attributes.get("href") or covered)
            return replace(entity, url=url) if url else None
        case "code":
            _, _, language = attributes.get("class", "").partition("language-")
            return replace(entity, language=language or None)
        case "blockquote" if "expandable" in attributes:
            return replace(entity, type="expandable_blockquote")
        case "custom_emoji":
            return replace(entity, custom_emoji_id=attributes["emoji-id"])
        case "date_time":
            shown = attributes.get("format", "")
            return replace(entity, unix_time=int(attributes["unix"]), date_time_format=shown)
    return entity


def _without_hint(entity: Entity) -> Entity:
    """A <code> of its own has no language; only a <pre> keeps it."""
    lone = entity.type == "code" and entity.language is not None
    return replace(entity, language=None) if lone else entity
