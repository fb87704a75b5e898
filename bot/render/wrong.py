"""Wrong facts: what operators are asked, and what those are told who were told the fact."""

from bot import callback
from bot.language import Words, words_for
from bot.markup import Html, bold, code, folded, join, lines, link, own
from bot.render.columns import LINE, narrow
from bot.render.facts import fact_line, quote
from bot.safe_text import domain, one_line
from domain.chat import Chat
from domain.correction import Reported, Wrong
from domain.message import Button, Message


def told(wrong: Wrong, chat: Chat) -> Message:
    """Take back what was told, and say what is right where that is known."""
    words = words_for(chat.language)
    before = fact_line(wrong.before, words)
    now = (
        words.say("It reads now: {fact}", fact=fact_line(wrong.after, words))
        if wrong.after
        else words.say("It is not shown any more.")
    )
    html = lines(
        join(" ", Html("✏️"), bold(words.say("Correction"))),
        _article(wrong.title, wrong.url),
        words.say("We told you: {fact}", fact=before),
        now,
        folded(quote(wrong.before.evidence[0])),
    )
    return Message(html=html)


def reported(one: Reported, chat: Chat) -> Message:
    """Ask operators whether a fact is wrong, with the words it was found in."""
    words = words_for(chat.language)
    html = lines(
        join(
            " ",
            Html("⚑"),
            bold(words.say("A reader calls this fact wrong: f{number}", number=one.number)),
        ),
        fact_line(one.fact, words),
        quote(one.fact.evidence[0]),
        _article(one.title, one.url),
        example(one.number, words),
    )
    return Message(html=html, buttons=choices(one.number, words))


def example(number: int, words: Words) -> Html:
    """Say how a field is put right."""
    shown = join(
        ", ",
        code(own(f"/correct f{number} value 500万")),
        code(own(f"/correct f{number} cap 500万")),
    )
    return words.say("To put it right: {examples}", examples=shown)


def choices(number: int, words: Words) -> tuple[tuple[Button, ...], ...]:
    """Offer the decisions that need no typing."""
    hide = callback.button(words.plain("Hide it"), "hide", f"f{number}")
    keep = callback.button(words.plain("It is right"), "right", f"f{number}")
    return ((hide, keep),)


def _article(title: str, url: str) -> Html:
    return join(" · ", link(narrow(one_line(title), 2 * LINE) or domain(url), url), domain(url))
