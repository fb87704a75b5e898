"""What operators are asked because of readers: a rule, a source."""

from bot import callback
from bot.language import Words, words_for
from bot.markup import NOTHING, Html, bold, escape, lines, link
from bot.render import labels
from bot.render.columns import LINE, narrow
from bot.safe_text import cut, domain, one_line, plain_host
from domain.chat import Chat
from domain.message import Button, Message
from domain.proposal import BarWord, LowerTier, Proposal, Suggested, Thanked


def render(proposal: Proposal, chat: Chat) -> Message:
    """Ask whether a rule should follow from a reader's mark."""
    words = words_for(chat.language)
    return Message(html=question(proposal, words), buttons=choices(proposal.number, words))


def question(proposal: Proposal, words: Words) -> Html:
    """Say what was called not relevant, and what could follow from that."""
    title = narrow(one_line(proposal.title), 2 * LINE) or domain(proposal.url)
    about = words.say("👎 A reader called this not relevant: {title}",
                      title=link(title, proposal.url))  # fmt: skip
    return lines(
        about,
        _bar(proposal.bar, words) if proposal.bar else NOTHING,
        _lower(proposal.lower, words) if proposal.lower else NOTHING,
    )


def choices(number: int, words: Words) -> tuple[tuple[Button, ...], ...]:
    """Offer to put it into effect, or to let it be."""
    yes = callback.button(words.plain("✅ Do so"), "accept", number)
    no = callback.button(words.plain("Let it be"), "dismiss", number)
    return ((yes, no),)


def _bar(one: BarWord, words: Words) -> Html:
    return words.say(
        "Leave out for everybody what has “{word}” in its title? Besides this one, that are "
        "{matched} of the last {number} articles.",
        word=bold(escape(cut(one_line(one.word), 40))),
        matched=one.matched,
        number=one.of,
    )


def _lower(one: LowerTier, words: Words) -> Html:
    return words.say(
        "{marks} stories of {source} were called not relevant, none relevant. Take it for "
        "“{after}” instead of “{before}”?",
        marks=one.marks,
        source=bold(escape(cut(one_line(one.source), 60))),
        after=words.say(labels.TIERS[one.after]),
        before=words.say(labels.TIERS[one.before]),
    )


def suggested(one: Suggested, chat: Chat) -> Message:
    """Ask whether a source that a reader suggests should be looked at."""
    words = words_for(chat.language)
    host = domain(one.url)
    html = lines(
        words.say(
            "💡 A reader suggests a source: {source}", source=link(cut(one.url, 200), one.url)
        ),
        words.say("Mind the host’s real name: {host}", host=plain_host(host))
        if "xn--" in host
        else NOTHING,
    )
    look = callback.button(words.plain("Look at it"), "lookinto", one.number)
    no = callback.button(words.plain("No, thanks"), "decline", one.number)
    return Message(html=html, buttons=((look, no),))


def thanked(one: Thanked, chat: Chat) -> Message:
    """Tell a reader that the source he suggested is watched."""
    words = words_for(chat.language)
    title = cut(one_line(one.title), 80) or domain(one.url)
    return Message(
        html=words.say(
            "💡 The source that you suggested is watched now: {source}. Thank you.",
            source=link(title, one.url),
        )
    )
