"""What must hold for every message, whatever the feeds say."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.language import LANGUAGES, words_for
from bot.markup import ENTITIES, MARKUP, Html, bold, escape, lines, link, size, text_of
from bot.render import render
from bot.render.columns import columns, narrow
from bot.render.facts import BRIEF, brief_line, fact_line
from bot.render.pack import Block, pack
from bot.replies import within_limits
from bot.safe_text import WORD_JOINER, clean, cut, defuse
from domain.chat import Chat
from domain.digest import Alert, Digest, RoundUp
from domain.facts.fact import Fact
from domain.highlights import facts_of
from domain.message import Button, Message
from sandbox.text.markup import parse
from tests.bot.strategies import alerts, chats, digests, facts, round_ups, texts, urls

# Making up a digest takes ten times as long as telling it: fewer of them, new ones every time.
some = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])

HEADLINE = re.compile(r"^(\d+)\. (?:📄|⏰|💰|🎯|📰)⚡? <b>", re.M)
WHOSE = re.compile(r"^<b>(\d+)\.</b> <b>(?:📄|⏰|💰|🎯|📰)", re.M)
BOLD = re.compile(r"<b>.*?</b>", re.S)
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _shown_and_exact(pair: tuple[str, str]) -> tuple[str, str]:
    shown, exact = (re.sub(r"[\[\]()<>]", "", cut(text, 700)) for text in pair)
    return shown, exact


def check(message: Message) -> None:
    """Telegram takes it: it parses, it is within the limits, its buttons are short."""
    parsed = parse(message.html)
    assert type(message.html) is str
    most = 1024 if message.chart else 4096
    assert len(parsed.text.encode("utf-16-le")) // 2 <= most
    assert len(parsed.entities) <= ENTITIES
    assert size(message.html).markup <= MARKUP
    assert len(message.html.encode()) <= 35_000  # what Telegram reads of a text at all
    assert parsed.text.strip()
    assert not HIDDEN.search(parsed.text)
    check_links(message)
    check_buttons(message)


def check_links(message: Message) -> None:
    for entity in parse(message.html).entities:
        if entity.type == "text_link":
            assert re.match(r"https?://", entity.url or "")


def check_buttons(message: Message) -> None:
    pressed = [button for row in message.buttons for button in row]
    assert all(sum(map(bool, (one.data, one.url, one.copy))) == 1 for one in pressed)
    assert all(len((one.copy or "").encode("utf-16-le")) // 2 <= 256 for one in pressed)
    assert all(len((one.data or "").encode()) <= 64 for one in pressed)
    assert len(pressed) <= 100
    assert all(len(row) <= 8 for row in message.buttons)


@some
@given(alerts, chats)
def test_any_alert_is_a_message_that_telegram_takes(alert: Alert, chat: Chat):
    (message,) = render(alert, chat)
    check(message)


@some
@given(round_ups(), chats)
def test_what_waited_is_one_message_that_telegram_takes_and_names_every_story(
    round_up: RoundUp, chat: Chat
):
    (message,) = render(round_up, chat)
    check(message)
    numbers = re.findall(r"(?:^|<blockquote expandable>)(\d+)\. \S+ <b>", message.html, re.M)
    every = list(range(1, len(round_up.items) + 1))
    assert set(every) <= set(map(int, numbers))
    pressed = [one.data for row in message.buttons for one in row]
    assert pressed == [f"v1:story:s{item.story.id}" for item in round_up.items]


@some
@given(digests, chats)
def test_any_digest_is_messages_that_telegram_takes_and_tells_each_story_once(
    digest: Digest, chat: Chat
):
    messages = render(digest, chat)
    for message in messages:
        check(message)
    pressed = [one.data for message in messages for row in message.buttons for one in row]
    stories = [f"v1:facts:s{item.story.id}" for item in digest.items if facts_of(item.story)]
    assert sorted(pressed, key=str) == sorted(stories)


@some
@given(digests, chats)
def test_each_message_ends_with_the_evidence_of_its_own_stories(digest: Digest, chat: Chat):
    told = 0
    for message in render(digest, chat):
        shown, _, folded = message.html.partition("<blockquote expandable>")
        assert message.html.count("<blockquote") == message.html.count("</blockquote>") <= 1
        assert not folded or folded.endswith("</blockquote>")
        stories = [int(number) for number in HEADLINE.findall(shown)]
        assert stories == list(range(told + 1, told + len(stories) + 1))
        told += len(stories)
        assert set(map(int, WHOSE.findall(folded))) <= set(stories)
        with_facts = [button for row in message.buttons for button in row]
        assert len(with_facts) >= len(WHOSE.findall(folded))
    assert told == len(digest.items)


@given(st.lists(st.tuples(texts, texts).map(_shown_and_exact), max_size=30))
def test_packing_keeps_evidence_with_what_it_proves(pairs: list[tuple[str, str]]):
    blocks = [
        Block(html=escape(f"[{number}]{shown}"), evidence=escape(f"({number}){exact}"))
        for number, (shown, exact) in enumerate(pairs)
    ]
    numbers: list[str] = []
    for message in pack(Html("Head"), blocks, Html("Tail")):
        assert size(message.html).fits
        shown, _, folded = message.html.partition("<blockquote expandable>")
        here = re.findall(r"\[(\d+)\]", shown)
        assert here == re.findall(r"\((\d+)\)", folded)
        numbers += here
    assert numbers == [str(number) for number in range(len(pairs))]


@given(texts, st.integers(1, 100))
def test_a_narrow_text_is_as_narrow_as_it_says(text: str, room: int):
    short = narrow(text, room)
    assert columns(short) <= room
    assert short == text or short.endswith("…")


@some
@given(facts)
def test_a_fact_in_brief_says_the_figure_that_the_whole_line_says(given_fact: Fact):
    for words in map(words_for, LANGUAGES):
        whole, brief = fact_line(given_fact, words), brief_line(given_fact, words)
        assert columns(text_of(brief)) <= max(columns(text_of(whole)), BRIEF)
        if given_fact.type in ("metric", "target", "investment"):
            assert BOLD.findall(brief) == BOLD.findall(whole)


@given(st.one_of(texts, texts.map(lambda text: (text * 200)[:9000])))
def test_an_answer_that_grew_too_long_is_cut_rather_than_refused(text: str):
    answer = within_limits(Message(html=bold(text), buttons=((Button(text="x", data="v1:a:"),),)))
    assert size(answer.html).fits
    assert answer.buttons
    if size(bold(text)).fits:
        assert answer.html == bold(text)


@given(st.lists(texts.map(lambda text: cut(text, 800)), max_size=40))
def test_packing_keeps_every_word_in_order(paragraphs: list[str]):
    blocks = [Block(html=escape(text)) for text in paragraphs]
    packed = pack(Html(""), blocks)
    assert all(size(message.html).fits for message in packed)
    told = "\n\n".join(text_of(message.html) for message in packed if message.html)
    assert told == "\n\n".join(defuse(text) for text in paragraphs if defuse(text))


def test_headings_stand_again_at_the_top_of_the_next_message():
    blocks = [Block(html=Html("x" * 1500), heading=Html("Measures")) for _ in range(4)]
    first, second = pack(Html("Head"), blocks)
    assert first.html.count("Measures") == second.html.count("Measures") == 1
    assert second.html.startswith("Measures")


@given(texts)
def test_any_text_survives_escaping_word_for_word(text: str):
    shown = parse(escape(text)).text
    assert shown.replace(WORD_JOINER, "") == clean(text).replace(WORD_JOINER, "")


@given(texts)
def test_no_text_from_outside_is_a_command_or_a_mention(text: str):
    shown = defuse(text)
    assert not re.search(r"(?<![\w/<>])/[A-Za-z0-9_]", shown)
    assert not re.search(r"@[A-Za-z0-9_]", shown)
    assert "tg://" not in shown.lower()


@given(texts)
def test_defusing_twice_changes_nothing_more(text: str):
    assert defuse(defuse(text)) == defuse(text)


@given(texts, st.integers(1, 100))
def test_a_cut_is_short_and_shows_itself(text: str, limit: int):
    short = cut(text, limit)
    assert len(short) <= limit
    assert short == text or short.endswith("…")


@given(texts, urls)
def test_a_link_is_http_or_no_link(text: str, url: str):
    html = link(bold(text), url)
    for entity in parse(html).entities:
        if entity.type == "text_link":
            assert (entity.url or "").startswith(("http://", "https://"))


@given(st.lists(texts, max_size=5))
def test_sizes_are_what_telegram_counts(parts: list[str]):
    html = lines(*(bold(part) for part in parts))
    parsed = parse(html)
    assert size(html).units == len(parsed.text.encode("utf-16-le")) // 2
    assert size(html).entities >= len(parsed.entities)
