"""From words, typed or of a button, to one change of what a chat has set. Pure.

Buttons say what could be typed: one reader for both, so that neither can do what the other cannot.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import NamedTuple, TypeVar
from zlib import crc32

from bot.language import language_of, later
from bot.weekdays import day_of, days_of
from bot.wishes import Mistake, minute_of, words_of, zone_of
from domain.chat import Language
from domain.highlights import SECTIONS, Section
from domain.pattern import is_usable
from domain.preferences import Quiet
from domain.rule import MOST_WORDS, ArticleLanguage, Level, Rule
from domain.source import Tier

Value = TypeVar("Value")

LONGEST_IN_BUTTON = 48
"""Bytes of a word that a button can carry (`bot.callback.LONGEST`)."""

OFF = ("off", "no", "none", "stop", "never", "关", "关闭", "无", "不要", "取消")
ON = ("on", "yes", "开", "开启", "是")
ALL = ("all", "any", "every", "everything", "全部", "所有", "不限")


class Choice(NamedTuple):
    """One thing that is set; what `value` is depends on `name` (see READERS)."""

    name: str
    value: object


Ruling = Callable[[Rule], Rule]
"""What becomes of a chat's rule."""


class Digest(NamedTuple):
    """How a digest is to come: what is None stays as it is."""

    minute: int | None = None
    weekday: int | None = None
    days: int | None = None


class Incomplete(Exception):
    """It says what is to be set and not to what; `name` has a screen that offers it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def read(text: str) -> Choice:
    """Read "quiet 22:00-07:00", "exclude 招聘", "安静 22点到7点".

    Raises:
        Incomplete: Nothing follows the name of what is to be set.
        Mistake: It cannot be understood.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    first, _, rest = plain.partition(" ")
    name = _NAMES.get(first.lower())
    if name is None:
        raise Mistake(later("“{word}” cannot be set; /settings shows what can be."), first)
    if name == "reset":
        return Choice(name, None)
    if not rest or name == "words":
        raise Incomplete(name)
    return Choice(name, READERS[name](rest))


def named(text: str) -> str | None:
    """Return what is to be set, however it is to be; None for what cannot be."""
    first = unicodedata.normalize("NFKC", text).split(maxsplit=1)[:1]
    return _NAMES.get(first[0].lower()) if first else None


def near(text: str) -> str | None:
    """Return what somebody who mistyped may mean to set."""
    first = unicodedata.normalize("NFKC", text).split(maxsplit=1)[:1]
    close = get_close_matches(first[0].lower(), _NAMES, n=1) if first else []
    found = _NAMES[close[0]] if close else None
    return None if found == "reset" else found


def _daily(text: str) -> Digest | None:
    if text.lower() in OFF:
        return None
    tokens = words_of(text)
    days = days_of(tokens[0]) if tokens else None
    rest = tokens if days is None else tokens[1:]
    return Digest(minute=minute_of(" ".join(rest)) if rest else None, days=days)


def _weekly(text: str) -> Digest | None:
    if text.lower() in OFF:
        return None
    tokens = words_of(text)
    day = day_of(tokens[0]) if tokens else None
    rest = tokens if day is None else tokens[1:]
    return Digest(minute=minute_of(" ".join(rest)) if rest else None, weekday=day)


def _days(text: str) -> Digest:
    days = days_of("".join(words_of(text)))
    if days is None:
        raise Mistake(later("“{word}” names no days; write weekdays, mon-fri or sat,sun."), text)
    return Digest(days=days)


_SPAN = re.compile(r"(?:from |从)?(.+?)\s*(?:-|–|—|~| to |至|到)\s*(.+)")


def _quiet(text: str) -> Quiet | None:
    if text.lower() in OFF:
        return None
    found = _SPAN.fullmatch(text)
    if found is None:
        raise Mistake(later("“{word}” is no span of hours; write 22:00-07:00."), text)
    start, until = (minute_of(one.replace(" ", "")) for one in found.groups())
    if start == until:
        raise Mistake(later("“{word}” would be the whole day; /settings mute does that."), text)
    return Quiet(start=start, until=until)


_LEVELS: Mapping[str, Level | None] = {
    **dict.fromkeys((*ALL, *ON), "all"),
    **dict.fromkeys(("firm", "important", "重要"), "firm"),
    **dict.fromkeys(OFF, None),
}
_TIERS: Mapping[str, Tier] = {
    **dict.fromkeys((*ALL, *OFF), "reprint"),
    **dict.fromkeys(("media", "媒体"), "media"),
    **dict.fromkeys(("state", "state_media", "官媒"), "state_media"),
    **dict.fromkeys(("official", "official only", "官方", "仅官方", *ON), "interpretation"),
    **dict.fromkeys(("original", "原文"), "official"),
}
_LANGUAGES: Mapping[str, tuple[ArticleLanguage, ...]] = {
    **dict.fromkeys((*ALL, *OFF), ()),
    **dict.fromkeys(("en", "english", "英文", "英语"), ("en",)),
    **dict.fromkeys(("zh", "chinese", "中文"), ("zh",)),
}
_KINDS: Mapping[str, Section] = {
    **{name: name for name in SECTIONS},
    "document": "documents",
    "policies": "documents",
    "文件": "documents",
    "政策": "documents",
    "deadline": "deadlines",
    "截止": "deadlines",
    "measure": "measures",
    "措施": "measures",
    "figure": "figures",
    "targets": "figures",
    "metrics": "figures",
    "数据": "figures",
    "指标": "figures",
    "目标": "figures",
    "新闻": "news",
    "动态": "news",
}


def _one_of(table: Mapping[str, Value], complaint: str) -> Callable[[str], Value]:
    def take(text: str) -> Value:
        if text.lower() not in table:
            raise Mistake(complaint, text)
        return table[text.lower()]

    return take


def _kinds(text: str) -> Ruling:
    if text.lower() in (*ALL, *OFF):
        return lambda rule: replace(rule, kinds=SECTIONS)
    chosen = set()
    for word in re.split(r"[\s,、;]+", text.lower().strip(",、; ")):
        if word not in _KINDS:
            raise Mistake(
                later(
                    "“{word}” is no kind; there are documents, deadlines, measures, figures, news."
                ),
                word,
            )
        chosen.add(_KINDS[word])
    kinds = tuple(kind for kind in SECTIONS if kind in chosen)
    return lambda rule: replace(rule, kinds=kinds)


_SHARE = re.compile(r"(?:0?\.\d{1,3}|[01](?:\.\d{1,3})?|(\d{1,3})\s?%)", re.ASCII)


def _sources(text: str) -> Ruling:
    complaint = later("“{word}” are no sources; write official, state, media or all.")
    farthest = _one_of(_TIERS, complaint)(text)
    return lambda rule: replace(rule, farthest=farthest)


def _articles(text: str) -> Ruling:
    complaint = later("“{word}” is no article language; write en, zh or all.")
    languages = _one_of(_LANGUAGES, complaint)(text)
    return lambda rule: replace(rule, languages=languages)


def _minimum(text: str) -> Ruling:
    share = 0.0 if text.lower() in (*ALL, *OFF) else _share(text)
    return lambda rule: replace(rule, minimum=share)


def _share(text: str) -> float:
    found = _SHARE.fullmatch(text)
    share = int(found[1]) / 100 if found and found[1] else float(text) if found else 2.0
    if share > 1:
        raise Mistake(later("“{word}” is no relevance; write one from 0 to 1, such as 0.8."), text)
    return share


_PARTS = re.compile(r"\s*[,，、;；\n]\s*")
_QUOTES = "\"'“”‘’「」『』《》"


def _include(text: str) -> Ruling:
    new = _new_words(text)
    return lambda rule: replace(
        rule, include=_joined(rule.include, new), exclude=_without(rule.exclude, new)
    )


def _exclude(text: str) -> Ruling:
    new = _new_words(text)
    return lambda rule: replace(
        rule, exclude=_joined(rule.exclude, new), include=_without(rule.include, new)
    )


def _drop(text: str) -> Ruling:
    gone = _cut(text)
    return lambda rule: replace(
        rule, include=_without(rule.include, gone), exclude=_without(rule.exclude, gone)
    )


def mark_of(word: str) -> str:
    """Return by what a button names a word of a rule, however long it is."""
    return f"x{crc32(word.encode(errors='replace')):08x}"


def _joined(words: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    joined = tuple(dict.fromkeys((*words, *new)))
    if len(joined) > MOST_WORDS:
        raise Mistake(later("With “{word}” there would be too many words on this list."), new[-1])
    return joined


def _without(words: tuple[str, ...], gone: tuple[str, ...]) -> tuple[str, ...]:
    names = {one.casefold() for one in gone}
    return tuple(one for one in words if one.casefold() not in names and mark_of(one) not in names)


def _new_words(text: str) -> tuple[str, ...]:
    words = _cut(text)
    if not words:
        raise Mistake(later("“{word}” holds no word."), text)
    for word in words:
        if not is_usable(word):
            raise Mistake(
                later(
                    "“{word}” is too little, or too much, to look for: two letters or one "
                    "Chinese character at least, 40 at most."
                ),
                word,
            )
    return words


def _cut(text: str) -> tuple[str, ...]:
    found = (one.strip().strip(_QUOTES).strip() for one in _PARTS.split(text))
    return tuple(dict.fromkeys(one for one in found if one))


_SPELL = re.compile(r"(\d{1,4})\s*(?:d|days?|天|日)?", re.ASCII | re.I)
_WEEKS = re.compile(r"(\d{1,3})\s*(?:w|weeks?|周|个星期)", re.ASCII | re.I)


def _mute(text: str) -> int:
    """Read for how many days; 0 is to hear again."""
    if text.lower() in OFF:
        return 0
    weeks, days = _WEEKS.fullmatch(text), _SPELL.fullmatch(text)
    number = 7 * int(weeks[1]) if weeks else int(days[1]) if days else 0
    if not 0 < number <= 365:
        raise Mistake(later("“{word}” is no number of days from 1 to 365."), text)
    return number


def _silent(text: str) -> bool:
    if text.lower() not in (*ON, *OFF):
        raise Mistake(later("“{word}” is neither on nor off."), text)
    return text.lower() in ON


AS_IN_THE_CHAT = ("chat", "group", "same", "群", "群组", "同群", "跟随群组", "与群一致")
"""Of a topic: not its own language or zone any more."""


def _zone(text: str) -> str | None:
    return None if text.lower() in AS_IN_THE_CHAT else zone_of(text)


def _language(text: str) -> Language | None:
    if text.lower() in AS_IN_THE_CHAT:
        return None
    named: Mapping[str, Language] = {
        "english": "en", "英文": "en", "英语": "en",
        "chinese": "zh", "中文": "zh", "简体中文": "zh",
    }  # fmt: skip
    if text.lower() in named:
        return named[text.lower()]
    if text.lower().replace("_", "-").split("-")[0] not in ("en", "zh"):
        raise Mistake(later("“{word}” is not a language that I speak; write en or zh."), text)
    return language_of(text)


READERS: Mapping[str, Callable[[str], object]] = {
    "daily": _daily,
    "days": _days,
    "weekly": _weekly,
    "alerts": _one_of(_LEVELS, later("“{word}” is no level of alerts; write all, firm or off.")),
    "quiet": _quiet,
    "kinds": _kinds,
    "minimum": _minimum,
    "sources": _sources,
    "articles": _articles,
    "include": _include,
    "exclude": _exclude,
    "drop": _drop,
    "mute": _mute,
    "silent": _silent,
    "zone": _zone,
    "language": _language,
}
"""How what follows each name is read; each raises `Mistake`."""

_SYNONYMS = {
    "reset": ("reset", "重置", "恢复默认"),
    "words": ("words", "关键词"),
    "daily": ("daily", "time", "每日", "每天", "时间"),
    "days": ("days", "weekdays", "日子", "星期"),
    "weekly": ("weekly", "每周"),
    "alerts": ("alerts", "instant", "level", "快讯", "提醒", "即时"),
    "quiet": ("quiet", "安静", "免打扰"),
    "kinds": ("kinds", "types", "类型", "种类"),
    "minimum": ("minimum", "relevance", "相关度"),
    "sources": ("sources", "official", "tier", "tiers", "来源", "官方"),
    "articles": ("articles", "文章"),
    "include": ("include", "only", "with", "包含", "只要"),
    "exclude": ("exclude", "without", "排除", "不要"),
    "drop": ("drop", "remove", "删除"),
    "mute": ("mute", "静音", "暂停"),
    "silent": ("silent", "silence", "静默"),
    "zone": ("zone", "timezone", "时区"),
    "language": ("language", "语言"),
}
_NAMES = {word: name for name, words in _SYNONYMS.items() for word in words}
NAMES = tuple(_SYNONYMS)
"""Everything that can be set, and `words`, which shows what is."""
