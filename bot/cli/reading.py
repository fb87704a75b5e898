"""A reading as an analyst likes to see it on a terminal: the judgement, then facts by type."""

import re
from collections.abc import Iterator

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.cli.saying import Saying
from bot.language import Words, words_for
from bot.markup import text_of
from bot.render import labels
from bot.render.facts import fact_line
from bot.safe_text import cut, one_line
from domain.facts.fact import FACT_TYPES, Fact
from domain.reading import Reading
from domain.relevance import Relevance

_BANDS = {"core": "bold green", "adjacent": "bold yellow", "off": "bold red"}
_CONFIDENCE = {"high": "green", "medium": "yellow", "low": "red"}
_QUOTE = 160
_REASONS = 6
_BOLD = re.compile(r"(</?b>)")


def show(reading: Reading, said: Saying) -> None:
    """Print a reading and what else its page says, in colour where it goes to a terminal."""
    console = Console(highlight=False)
    console.print(Text(one_line(reading.title) or "(no title)", style="bold"))
    console.print(Text(" · ".join(_about(reading)), style="dim"))
    for told in _page(said):
        console.print(Text(told, style="dim"), soft_wrap=True)
    for judgement in reading.relevance:
        console.print(_judgement(judgement))
    words = words_for("zh" if reading.language.startswith("zh") else "en")
    for line in _facts(reading, words):
        console.print(line)


def _about(reading: Reading) -> Iterator[str]:
    yield reading.published or "no date"
    yield reading.language
    yield f"{len(reading.facts)} facts"


def _page(said: Saying) -> Iterator[str]:
    if said.origins:
        found = (f"{field} from {cut(one_line(at), 60)}" for field, at in said.origins.items())
        yield ", ".join(found)
    if said.quality == "snippet":
        yield "Only a snippet was to be had, hardly more than a title."
    if said.doubtful:
        yield "The text may be garbled: its encoding could not be told for certain."
    for file in said.attachments:
        yield f"attached: {cut(one_line(file.name), 80)}  {file.url}"


def _judgement(judgement: Relevance) -> Text:
    line = Text.assemble(
        "\n",
        (judgement.band, _BANDS[judgement.band]),
        f" for {judgement.topic} ({judgement.score:.2f})",
    )
    weightiest = sorted(judgement.reasons, key=lambda reason: -abs(reason.weight))
    for reason in weightiest[:_REASONS]:
        line.append(f"\n  {reason.weight:+.2f}  {reason.signal}: ", style="dim")
        line.append(f"“{cut(one_line(reason.quote), 60)}”")
    return line


def _facts(reading: Reading, words: Words) -> Iterator[Text]:
    for kind in FACT_TYPES:
        found = [fact for fact in reading.facts if fact.type == kind]
        if found:
            yield Text(f"\n{words.plain(labels.TYPES[kind])} ({len(found)})", style="bold")
        for fact in found:
            yield _fact(fact, words)


def _fact(fact: Fact, words: Words) -> Text:
    line = Text("  ")
    line.append("● ", style=_CONFIDENCE[fact.confidence])
    line.append_text(_styled(fact_line(fact, words)))
    for evidence in fact.evidence[:1]:
        line.append(f"\n    “{cut(one_line(evidence.quote), _QUOTE)}”", style="dim italic")
        line.append(f"  {evidence.field} {evidence.start}–{evidence.end}", style="dim")
    return line


def _styled(html: str) -> Text:
    """Turn our own small HTML into styled text; only bold is used in a fact's line."""
    styled, bold = Text(), False
    for piece in _BOLD.split(html):
        if piece in ("<b>", "</b>"):
            bold = piece == "<b>"
            continue
        styled.append(text_of(piece), style=Style(bold=bold))
    return styled
