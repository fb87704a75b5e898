"""A watched source: in one line of a list, and with everything that is set about it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.language import NAMES, Words, later
from bot.markup import NOTHING, Html, bold, code, escape, join, lines, link, own
from bot.render import labels
from bot.render.dates import local_time, short_time
from bot.render.trouble import action, reason
from bot.safe_text import cut, domain, one_line
from domain.health import GARBLED, silence
from domain.source import ReadingOptions, Source, pace

NAMED = {
    "kind": later("Kind"),
    "tier": later("Tier"),
    "interval": later("Read"),
    "language": later("Articles in"),
    "charset": later("Encoding"),
    "selector": later("Selector"),
    "fields": later("Fields"),
    "timezone": later("Time zone"),
    "fulltext": later("Articles read in full"),
}
"""What is set about a source, in the order in which it is told."""


def brief(source: Source, words: Words, timezone: str, now: datetime, *, number: bool) -> Html:
    """Name a source, how near it stands to the original, and how it is."""
    head = join(
        " ",
        own(f"#{source.id}") if number else NOTHING,
        bold(escape(_title(source))),
        escape(f"({domain(source.url)})"),
    )
    tier = words.say(labels.TIERS[source.tier])
    return lines(join(" · ", head, tier), condition(source, words, timezone, now))


def condition(source: Source, words: Words, timezone: str, now: datetime) -> Html:
    """Say how a source is: what is wrong with it and what to do, or when it was read."""
    if source.state == "paused":
        return words.say("⏸ paused")
    if source.state == "gone" or source.error:
        return _failure(source, words, timezone)
    if source.last_read_at is None:
        return words.say("not read yet")
    quiet = silence(source, now)
    read = short_time(source.last_read_at, now, timezone, words)
    return lines(
        join(
            " · ",
            words.say("✅ read {time}", time=own(read)),
            words.say("next {time}", time=own(short_time(source.next_at, now, timezone, words))),
        ),
        words.count(
            "🔇 nothing new for {number} day", "🔇 nothing new for {number} days", quiet.days
        )
        if quiet
        else "",
        _note(source.note, words) if source.note else "",
    )


def whole(
    source: Source,
    words: Words,
    timezone: str,
    now: datetime,
    *,
    example: str,
    unread: Sequence[int] = (),
) -> Html:
    """Say everything that is set about a source, and by an example how to change it.

    `unread`: articles that could not be judged.
    """
    options = source.options
    usual = words.say("found out by itself")
    settings = {
        "kind": words.say(labels.KINDS[source.kind]),
        "tier": words.say(labels.TIERS[source.tier]),
        "interval": _interval(source, words),
        "language": _language(source, usual),
        "charset": escape(options.charset) if options.charset else usual,
        "selector": code(escape(options.selector)) if options.selector else NOTHING,
        "fields": code(escape(_fields(options))) if options.fields else NOTHING,
        "timezone": escape(options.timezone),
        "fulltext": words.say("yes") if source.full_text else words.say("no"),
    }
    return lines(
        join(" ", own(f"#{source.id}"), bold(escape(_title(source)))),
        link(escape(cut(source.url, 300)), source.url),
        condition(source, words, timezone, now),
        _moved(source, words) if source.moved_to else NOTHING,
        _unread(unread, words) if unread else NOTHING,
        *(
            words.say("{label}: {document}", label=words.say(NAMED[name]), document=value)
            for name, value in settings.items()
            if value
        ),
        words.say("Change one: {example}", example=code(own(example))),
    )


def _language(source: Source, usual: Html) -> Html:
    if not source.language:
        return usual
    known = (name for one, name in NAMES.items() if one == source.language)
    return escape(next(known, source.language))


def _moved(source: Source, words: Words) -> Html:
    return words.count(
        "↪️ It said once that it has moved for good to {address}",
        "↪️ It said {number} times in a row that it has moved for good to {address}",
        source.moves,
        address=code(escape(cut(one_line(source.moved_to or ""), 300))),
    )


def _unread(articles: Sequence[int], words: Words) -> Html:
    return words.count(
        "⚠️ {number} article could not be judged: {example}",
        "⚠️ {number} articles could not be judged: {example}",
        len(articles),
        example=join(" ", *(code(own(f"/why a{number}")) for number in articles[:3])),
    )


def _fields(options: ReadingOptions) -> str:
    return " ".join(f"{name}={path}" for name, path in options.fields.items())


def _note(note: str, words: Words) -> Html:
    if note == GARBLED:
        return words.say("⚠️ The text may be garbled; /source changes the encoding.")
    return words.say("⚠️ {note}", note=cut(one_line(note), 200))


def _title(source: Source) -> str:
    return cut(one_line(source.title), 80) or domain(source.url)


def _failure(source: Source, words: Words, timezone: str) -> Html:
    why = reason(source.error_code, source.error, source.url, words)
    what = action(source.error_code, words)
    said = words.say("{reason}. {action}", reason=why, action=what) if what else why
    since = source.failing_since
    return lines(
        words.count(
            "⚠️ failed: {error}", "⚠️ failed {number} times: {error}", source.failures, error=said
        ),
        words.say("since {time}", time=own(local_time(since, timezone, words))) if since else "",
    )


def _interval(source: Source, words: Words) -> Html:
    asked = _every(source.interval, words)
    if pace(source) == source.interval:
        return asked
    slower = _every(pace(source), words)
    return words.say("{asked}, now {slower}: it publishes rarely", asked=asked, slower=slower)


def _every(time: timedelta, words: Words) -> Html:
    """Say how often, in the unit that makes it a plain number."""
    seconds = round(time.total_seconds())
    if seconds < 60:
        return words.count("every {number} second", "every {number} seconds", seconds)
    if seconds % 3600 == 0:
        return words.count("every {number} hour", "every {number} hours", seconds // 3600)
    return words.count("every {number} minute", "every {number} minutes", round(seconds / 60))
