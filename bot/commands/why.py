"""/why: what became of an article, a story, a fact or a document, stage by stage."""

import re
import unicodedata

import db.deliveries
import db.facts
import db.judgements
import db.register
import db.stories
import db.subscriptions
from bot import callback
from bot.command import Answer, Ask
from bot.language import Words
from bot.markup import Html, bold, code, join, lines, own
from bot.render import why as rendered
from bot.render.echo import echo
from bot.render.facts import quote
from bot.safe_text import cut, one_line
from db.engine import Session
from domain.chat import Subscription
from domain.facts.stated import Stated
from domain.message import Button, Message
from domain.rule import Sieve
from domain.story import Story
from domain.tracing import Here, Judged, Trace, trace
from jobs.listening import listener

LISTED = 8
_ID = re.compile(r"([asfd])\s?(\d{1,18})", re.ASCII)
_EXAMPLES = ("/why s12", "/why a12", "/why 算力券")


async def why(ask: Ask) -> Answer:
    """Say what became of something; without an id list what was left out, or bears these words."""
    wanted = unicodedata.normalize("NFKC", ask.argument).strip()
    found = _ID.fullmatch(wanted.lower())
    return await _of(ask, found[1], int(found[2])) if found else await _listed(ask, wanted)


async def pressed(ask: Ask) -> Answer:
    """Answer for what a button names."""
    return await _of(ask, ask.argument[:1], int(ask.argument[1:]))


async def _of(ask: Ask, kind: str, number: int) -> Answer:
    async with ask.tools.database.read() as session:
        stated = await db.facts.get(session, number) if kind == "f" else None
        judged = await _judged(session, kind, number, stated)
        found = await _trace(session, ask, judged) if judged else None
    if found is None:
        text = ask.words.say("There is no {id} (any more).", id=own(f"{kind}{number}"))
        return Message(html=text)
    html = rendered.whole(found, ask.words, ask.chat.timezone)
    if stated is not None:
        html = lines(_rule(stated, ask.words), html)
    return Message(html=html, buttons=_buttons(found, ask.words))


async def _judged(session: Session, kind: str, number: int, stated: Stated | None) -> Judged | None:
    if kind == "s":
        story = await db.stories.get(session, number)
        number = story.lead.article.id if story else 0
    elif kind == "f":
        number = stated.article.id if stated else 0
    elif kind == "d":
        record = await db.register.record(session, number)
        number = record.mentions[0].article.id if record and record.mentions else 0
    return await db.judgements.get(session, number)


async def _trace(session: Session, ask: Ask, judged: Judged) -> Trace:
    story = await db.stories.get(session, judged.story_id) if judged.story_id else None
    return trace(judged, story, await _here(session, ask, story))


async def _here(session: Session, ask: Ask, story: Story | None) -> Here:
    standing = await db.subscriptions.of(session, ask.destination)
    coming = tuple(one.kind for one in standing if _covers_next(one, story))
    if story is None:
        return Here(told=(), subscribed=coming, now=ask.now)
    one = await listener(session, ask.destination, [story.id], ask.chat.timezone)
    return Here(
        told=await db.deliveries.told(session, ask.destination, story.id, story.news_at),
        subscribed=coming,
        alert=one.alert_objection(story, Sieve()),
        digest=one.objection(story, Sieve()),
        now=ask.now,
    )


def _covers_next(one: Subscription, story: Story | None) -> bool:
    """Tell whether the next digest can hold a story: of a backlog only what came out since."""
    if story is None or not story.backlog or one.kind == "instant":
        return True
    return any(at > one.covered_until for at in story.news_at)


async def _listed(ask: Ask, words: str) -> Answer:
    async with ask.tools.database.read() as session:
        found = (
            await db.judgements.titled(session, words, LISTED)
            if words
            else await db.judgements.left_out(session, LISTED)
        )
    if len(found) == 1 and words:
        return await _of(ask, "a", found[0].article.id)
    examples = join(ask.words.say(", "), *(code(own(one)) for one in _EXAMPLES))
    if not found:
        said = ask.words.say(
            "Nothing bears “{words}” in its title. For example: {example}",
            words=echo(words),
            example=examples,
        )
        nothing = ask.words.say(
            "Nothing was left out yet. For example: {example}", example=examples
        )
        return Message(html=said if words else nothing)
    title = (
        ask.words.say("Articles with these words") if words else ask.words.say("Left out lately")
    )
    html = lines(
        bold(title),
        *(rendered.brief(one, ask.words) for one in found),
        ask.words.say("For example: {examples}", examples=examples),
    )
    return Message(html=html, buttons=_choices(found))


def _choices(found: list[Judged]) -> tuple[tuple[Button, ...], ...]:
    each = [callback.button(f"a{one.article.id}", "why", f"a{one.article.id}") for one in found]
    return tuple(tuple(each[at : at + 4]) for at in range(0, len(each), 4))


def _buttons(found: Trace, words: Words) -> tuple[tuple[Button, ...], ...]:
    if found.story is None:
        return ()
    return ((callback.button(words.plain("Story"), "story", f"s{found.story.id}"),),)


def _rule(stated: Stated, words: Words) -> Html:
    """Say which rule found a fact, how sure it is, and in which words."""
    fact = stated.fact
    said = words.say(
        "Fact f{number}: found by rule {rule}, confidence {confidence}",
        number=stated.number,
        rule=code(own(cut(one_line(fact.rule), 60))),
        confidence=fact.confidence,
    )
    return lines(said, quote(fact.evidence[0]))
