"""Why somebody was, or was not, told: what became of an article, stage by stage."""

from collections import Counter

from bot.language import Words
from bot.markup import NOTHING, Html, bold, escape, folded, join, lines, link
from bot.render import labels
from bot.render.columns import LINE, narrow
from bot.render.dates import local_time
from bot.render.digest import TITLES
from bot.safe_text import cut, domain, one_line
from domain.relevance import Reason, Relevance
from domain.story import Story
from domain.tracing import Judged, Step, Trace

REASONS = 8


def whole(trace: Trace, words: Words, timezone: str) -> Html:
    """Say what became of an article at each stage, for this chat."""
    article = trace.judged.article
    return lines(
        bold(link(narrow(one_line(article.title), 2 * LINE) or domain(article.url), article.url)),
        _fetched(trace.judged, words, timezone),
        _unread(trace.judged, words),
        *(_relevance(one, words) for one in trace.judged.relevance),
        _story(trace, words),
        join(" ", Html("⚡"), _step(trace.alert, words.say("Alert"), words, timezone)),
        join(" ", Html("📬"), _step(trace.digest, _digest(trace.digest, words), words, timezone)),
        _reasons(trace.judged, words),
        _origins(trace.judged, words),
    )


def brief(judged: Judged, words: Words) -> Html:
    """Name an article in a list, with the band it was put into."""
    article = judged.article
    title = link(narrow(one_line(article.title), LINE + 12) or domain(article.url), article.url)
    mark = labels.BAND_MARKS[judged.band]
    said = words.say(labels.BANDS[judged.band])
    return join(" ", Html(mark), join(" · ", title, said, Html(f"a{article.id}")))


def _fetched(judged: Judged, words: Words, timezone: str) -> Html:
    article = judged.article
    name = cut(one_line(article.source_title), 40) or domain(article.url)
    said = words.say(
        "Fetched {time} from {source}",
        time=local_time(article.first_seen_at, timezone, words),
        source=name,
    )
    edited = words.say("revision {number}", number=article.revision)
    return join(
        " ",
        Html("📥"),
        join(
            " · ",
            said,
            words.say(labels.TIERS[article.tier]),
            edited if article.revision > 1 else NOTHING,
            words.say("only its announcement was to be had") if article.quality != "full" else "",
            Html(f"a{article.id}"),
        ),
    )


def _unread(judged: Judged, words: Words) -> Html:
    if judged.article.unread is None:
        return NOTHING
    said = words.say(
        "Its text could not be judged, only its title was; /reprocess tries again. {reason}",
        reason=cut(one_line(judged.article.unread), 200),
    )
    return join(" ", Html("⚠️"), said)


def _relevance(one: Relevance, words: Words) -> Html:
    said = words.say(
        "{band}: {score} for {topic}",
        band=bold(words.say(labels.BANDS[one.band])),
        score=f"{one.score:.2f}",
        topic=words.say(labels.TOPICS[one.topic]) if one.topic in labels.TOPICS else one.topic,
    )
    return join(" ", Html("🎯"), said)


def _reasons(judged: Judged, words: Words) -> Html:
    """Give the words that counted, for and against, folded away."""
    counted = Counter(
        (_sign(reason), reason.signal, reason.quote)
        for one in judged.relevance
        for reason in one.reasons
    )
    said = [
        join(" ", sign, _reason(signal, quote, words), Html(f"×{times}" if times > 1 else ""))
        for (sign, signal, quote), times in list(counted.items())[:REASONS]
    ]
    if not said:
        said = [words.say("No word of it names the place and the subject together.")]
    return folded(lines(bold(words.say("What counted")), *said))


def _origins(judged: Judged, words: Words) -> Html:
    """Say where title, text and date were found, folded away."""
    found = judged.article.origins
    said = [
        words.say("{label}: {document}", label=words.say(label), document=_origin(origin, words))
        for field, label in labels.FIELDS.items()
        if (origin := found.get(field))
    ]
    return folded(lines(bold(words.say("Where it was found")), *said)) if said else NOTHING


def _origin(origin: str, words: Words) -> Html:
    known = labels.ORIGINS.get(origin)
    return words.say(known) if known else escape(cut(one_line(origin), 60))


def _sign(reason: Reason) -> Html:
    return Html("＋" if reason.weight >= 0 else "－")


def _reason(signal: str, quote: str, words: Words) -> Html:
    text = labels.SIGNALS.get(signal)
    label = words.say(text) if text else escape(cut(one_line(signal), 30))
    if not quote:
        return label
    said = Html(f"“{escape(cut(one_line(quote), 60))}”")
    return words.say("{label}: {document}", label=label, document=said)


def _objection(step: Step, words: Words) -> Html:
    if step.objection is None:
        return words.say("it was not asked for here when it came")
    text = labels.OBJECTIONS[step.objection.by]
    return words.say(text, word=bold(cut(one_line(step.objection.word), 40)))


def _story(trace: Trace, words: Words) -> Html:
    if trace.story is None:
        said = words.say("Left out: it is in no story, alert or digest.")
        return join(" ", Html("🗂"), said)
    others = _others(trace.story, trace.judged.article.id, words)
    said = words.say("In story s{number}", number=trace.story.id)
    return join(" ", Html("🗂"), join(words.say(", "), said, others))


def _others(story: Story, article_id: int, words: Words) -> Html:
    left = len(story.coverage) - 1
    if not left:
        return words.say("alone")
    lead = story.lead.article
    told = words.count("with {number} more article", "with {number} more articles", left)
    if lead.id == article_id:
        return join(words.say(", "), told, words.say("which it leads"))
    name = cut(one_line(lead.source_title), 40) or domain(lead.url)
    return join(words.say(", "), told, words.say("led by {source}", source=name))


def _digest(step: Step, words: Words) -> Html:
    return words.say(TITLES.get(step.name, TITLES["now"]))


def _step(step: Step, what: Html, words: Words, timezone: str) -> Html:
    if step.way == "sent" and step.at:
        time = local_time(step.at, timezone, words)
        return words.say("{what}: delivered {time}", what=what, time=time)
    if step.way == "waits" and step.waits:
        why = words.say(labels.WAITS[step.waits])
        return words.say("{what}: none, {reason}", what=what, reason=why)
    if step.way == "held" and step.at:
        time = local_time(step.at, timezone, words)
        return words.say("{what}: waits until {time}", what=what, time=time)
    if step.way == "filtered":
        return words.say("{what}: none, {reason}", what=what, reason=_objection(step, words))
    said = words.say(labels.WAYS[step.way])
    reason = escape(cut(one_line(step.error), 80)) if step.error else NOTHING
    return words.say("{what}: {reason}", what=what, reason=join(" – ", said, reason))
