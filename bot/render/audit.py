"""A change in the audit log, in the reader's words."""

from collections.abc import Mapping

from bot.language import Words, later
from bot.markup import Html, code, escape, join, lines, own
from bot.render.dates import local_time
from bot.safe_text import cut, one_line
from domain.operator import AuditEntry

ACTIONS: dict[str, str] = {
    "source.add": later("source added"),
    "source.import": later("sources imported"),
    "source.remove": later("source removed"),
    "source.pause": later("source paused"),
    "source.resume": later("source resumed"),
    "source.rename": later("source renamed"),
    "source.address": later("address of a source changed"),
    "source.gone": later("source gone for good"),
    "source.moved": later("source followed to its new address"),
    "story.merge": later("stories merged"),
    "story.split": later("story split"),
    "fact.kept": later("fact confirmed"),
    "fact.hidden": later("fact hidden"),
    "fact.corrected": later("fact corrected"),
    "proposal.accepted": later("proposed rule accepted"),
    "proposal.dismissed": later("proposed rule dismissed"),
    "suggestion.accepted": later("suggested source accepted"),
    "suggestion.dismissed": later("suggested source dismissed"),
    "word.unbarred": later("word let in again"),
    "invitation.made": later("invitation made"),
    "invitation.used": later("invitation used"),
    "invitation.withdrawn": later("invitation taken back"),
    "operator.removed": later("operator removed"),
    "broadcast.sent": later("broadcast sent"),
    "outbox.retry": later("messages given up tried again"),
    "outbox.drop": later("messages given up let go"),
    "backup.taken": later("backup taken"),
    "database.put_back": later("database restored"),
}
_SET = later("setting of a source changed")
_LONGEST = 120


def told(entry: AuditEntry, words: Words, timezone: str) -> Html:
    """Say when, who and what in one line, and to what it was changed below it."""
    when = escape(local_time(entry.at, timezone, words))
    who = code(own(str(entry.actor_id))) if entry.actor_id else words.say("the console")
    what = join(" ", action(entry.action, words), escape(cut(one_line(entry.subject), 60)))
    return lines(join(" · ", when, who, what), escape(cut(_detail(entry.detail), _LONGEST)))


def action(name: str, words: Words) -> Html:
    """Say what was done; what a later version calls otherwise is shown as it is kept."""
    if name in ACTIONS:
        return words.say(ACTIONS[name])
    kind, _, setting = name.partition(".")
    if kind == "source" and setting:
        return words.say("{what}: {setting}", what=words.say(_SET), setting=escape(setting))
    return escape(name)


def _detail(detail: Mapping[str, object]) -> str:
    return " · ".join(f"{name}: {_value(value)}" for name, value in detail.items())


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return one_line(str(value))
