"""What people say of stories: relevant, not relevant; and what operators make of it, /rules."""

import db.barred
import db.proposals
import jobs.feedback
from bot import callback
from bot.choices import LONGEST_IN_BUTTON
from bot.command import Answer, Ask
from bot.language import later
from bot.markup import Html, bold, code, escape, join, lines
from bot.render.proposal import choices, question
from bot.render.story import headline
from bot.safe_text import cut, one_line
from domain.message import Button, Message
from domain.preferences import Verdict
from domain.proposal import Decided, Decision

SHOWN = 5
MOST_BUTTONS = 24

_DECIDED: dict[Decision, str] = {
    "accepted": later("✅ Done. /rules shows it, and takes it back."),
    "dismissed": later("It stays as it is; this is not asked again."),
    "open": later("It stays as it is; this is not asked again."),
}


async def relevant(ask: Ask) -> Answer:
    """Let a story be told here whatever the rules say."""
    return await _judge(ask, "relevant")


async def irrelevant(ask: Ask) -> Answer:
    """Tell a story here no more, nor what follows up on it."""
    return await _judge(ask, "irrelevant")


async def taken_back(ask: Ask) -> Answer:
    """Forget what was said of a story here."""
    await jobs.feedback.take_back(ask.tools.database, ask.destination, _number(ask))
    return Message(html=ask.words.say("Forgotten: the rules decide of this story again."))


async def accepted(ask: Ask) -> Answer:
    """Put into effect what readers' marks suggest; pressed twice it says the same again."""
    return await _decide(ask, "accepted")


async def dismissed(ask: Ask) -> Answer:
    """Let what readers' marks suggest be."""
    return await _decide(ask, "dismissed")


async def rules(ask: Ask) -> Answer:
    """List the words that are left out for everybody, and what waits for a decision."""
    words = ask.words
    async with ask.tools.database.read() as session:
        barred = await db.barred.every(session)
        waiting = await db.proposals.waiting(session, SHOWN)
    listed = join(words.say(", "), *(code(escape(cut(one_line(one), 40))) for _, one in barred))
    html = lines(
        bold(words.say("Rules for everybody")),
        words.say("Left out by title: {words}", words=listed or words.say("none")),
        words.count(
            "{number} proposal waits.", "{number} proposals wait.", len(waiting)
        ) if waiting else words.say("No proposal waits."),
    )  # fmt: skip
    each = [
        callback.button(f"✕ {cut(one_line(word), 20)}", "unbar", number)
        for number, word in barred[:MOST_BUTTONS]
    ]
    rows = tuple(tuple(each[at : at + 2]) for at in range(0, len(each), 2))
    asked = (
        Message(html=question(one, words), buttons=choices(one.number, words)) for one in waiting
    )
    return (Message(html=html, buttons=rows), *asked)


async def unbarred(ask: Ask) -> Answer:
    """Leave a word out no more."""
    word = await jobs.feedback.unbar(
        ask.tools.database, int(ask.argument), actor_id=ask.asker.user_id, now=ask.now
    )
    if word is None:
        return Message(html=ask.words.say("This word is not left out (any more)."))
    shown = bold(escape(cut(one_line(word), 40)))
    return Message(html=ask.words.say("“{word}” is left out no more.", word=shown))


async def _judge(ask: Ask, verdict: Verdict) -> Answer:
    words = ask.words
    heard = await jobs.feedback.judge(
        ask.tools.database,
        ask.destination,
        _number(ask),
        verdict,
        user_id=ask.asker.user_id,
        now=ask.now,
    )
    if heard is None:
        return Message(html=words.say("There is no story s{number}.", number=_number(ask)))
    undo = callback.button(words.plain("Undo"), "unjudge", f"s{heard.story.id}")
    title = headline(heard.story, 60)
    if verdict == "relevant":
        said = words.say("👍 This story is told here whatever the rules say: {title}", title=title)
        return Message(html=said, buttons=((undo,),))
    said = words.say("👎 Not told here again, nor what follows up on it: {title}", title=title)
    offers = _offers(ask, heard.words)
    more = words.say("Leave out more of this kind here?") if offers else ""
    return Message(html=lines(said, more), buttons=(*offers, (undo,)))


def _offers(ask: Ask, telling: tuple[str, ...]) -> tuple[tuple[Button, ...], ...]:
    """Offer words for the rule of this chat: what a press does, /settings can take back."""
    text = later("Never with “{word}”")
    return tuple(
        (callback.button(ask.words.plain(text, word=word), "set", f"exclude.{word}"),)
        for word in telling
        if len(word.encode()) <= LONGEST_IN_BUTTON
    )


async def _decide(ask: Ask, state: Decision) -> Answer:
    decided = await jobs.feedback.decide(
        ask.tools.database, int(ask.argument), state, actor_id=ask.asker.user_id, now=ask.now
    )
    if decided is None:
        return Message(html=ask.words.say("This proposal is not there (any more)."))
    return Message(html=_outcome(decided, ask))


def _outcome(decided: Decided, ask: Ask) -> Html:
    return lines(
        question(decided.proposal, ask.words), bold(ask.words.say(_DECIDED[decided.state]))
    )


def _number(ask: Ask) -> int:
    return int(ask.argument[1:])
