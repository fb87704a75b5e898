"""Telegram's HTML, as strictly as Telegram reads it."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.text.formatted import Entity, Formatted, piece, settle
from sandbox.text.markup import TYPES, CannotParse, parse
from sandbox.text.utf16 import index_at, units

# Surrogates have no place in UTF-8 and so never come in; NUL and the like are settled elsewhere.
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
PIECES = [*"<>/=\"'&;#x \nabipre😀成", "<b>", "</b>", "<a href=", "</a>", "<pre>", "<code>", "</"]
CODE_LIKE = st.lists(st.sampled_from(PIECES)).map("".join)


def covered(html: str) -> list[tuple[str, str]]:
    formatted = parse(html)
    return [(entity.type, piece(formatted.text, entity)) for entity in formatted.entities]


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        (f"<{tag}>x</{tag}>", kind)
        for tag, kind in TYPES.items()
        if not tag.startswith(("s", "a", "tg-"))
    ]
    + [
        ("<s>x</s>", "strikethrough"),
        ("<strike>x</strike>", "strikethrough"),
        ("<strong>x</strong>", "bold"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ('<blockquote expandable="">x</blockquote>', "expandable_blockquote"),
        ('<a href="https://example.com/a?b=1&amp;c=2">x</a>', "text_link"),
        ('<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>', "custom_emoji"),
        ('<tg-time unix="1647531900" format="wDT">x</tg-time>', "date_time"),
        ("<B>x</b>", "bold"),
    ],
)
def test_every_tag_makes_its_entity(html: str, kind: str):
    assert covered(html) == [(kind, "x")]


def test_a_link_keeps_its_address_with_references_resolved():
    [entity] = parse('<a href="https://e.com/a?b=1&amp;c=&quot;">x</a>').entities
    assert entity.url == 'https://e.com/a?b=1&c="'


@pytest.mark.parametrize(
    "url", ["http://localhost/", "javascript:alert(1)", "http://a b.c", "", "/x"]
)
def test_what_is_no_web_address_makes_no_link_and_no_error(url: str):
    assert parse(f'<a href="{url}">words</a>').entities == ()


def test_a_link_without_an_address_takes_its_words():
    [entity] = parse("<a>example.com/x</a>").entities
    assert entity.url == "http://example.com/x"


def test_code_within_pre_names_its_language():
    [entity] = parse('<pre><code class="language-python">x = 1</code></pre>').entities
    assert (entity.type, entity.language) == ("pre", "python")


def test_a_time_keeps_its_moment_and_its_format():
    [entity] = parse('<tg-time unix="1647531900" format="Dt">then</tg-time>').entities
    assert (entity.unix_time, entity.date_time_format) == (1647531900, "Dt")


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<x>y</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("成<br/>", 'Unsupported start tag "br/" at byte offset 3'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("1<2", "Unclosed start tag at byte offset 1"),
        ("<", "Unclosed start tag at byte offset 0"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ("<a href=http://e.com>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="no">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="now">x</tg-time>', 'Tag "tg-time" has invalid date at byte offset 0'),
    ],
)
def test_what_is_wrong_is_refused_in_telegrams_words(html: str, complaint: str):
    with pytest.raises(CannotParse) as refused:
        parse(html)
    assert str(refused.value) == complaint


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&nbsp;&copy;&apos;", "&nbsp;&copy;&apos;"),
        ("&#8364;&#x20ac;&#X20ac;", "€€&#X20ac;"),
        ("AT&T & co", "AT&T & co"),
        ("&lt", "<"),
        ("&#0;&#xD800;&#x110000;", "&#0;&#xD800;&#x110000;"),
        ("&", "&"),
    ],
)
def test_only_four_names_and_numbers_are_references(html: str, text: str):
    assert parse(html).text == text


@given(WORDS)
def test_an_escaped_text_comes_back_unchanged(words: str):
    assert parse(escape(words)) == Formatted(text=words)


@given(WORDS, WORDS.filter(bool), WORDS)
def test_an_entity_covers_what_its_tag_covers(before: str, inside: str, after: str):
    formatted = parse(f"{escape(before)}<b>{escape(inside)}</b>{escape(after)}")
    [entity] = formatted.entities
    assert entity.offset == len(before.encode("utf-16-le")) // 2
    assert entity.length == len(inside.encode("utf-16-le")) // 2
    assert piece(formatted.text, entity) == inside


@given(CODE_LIKE)
def test_no_markup_raises_anything_but_a_complaint(html: str):
    try:
        formatted = parse(html)
    except CannotParse:
        return
    assert all(e.length > 0 and e.end <= units(formatted.text) for e in formatted.entities)


@given(CODE_LIKE)
def test_settling_keeps_entities_within_the_text_and_in_order(html: str):
    try:
        settled = settle(parse(html))
    except CannotParse:
        return
    assert settled.text == settled.text.strip()
    assert all(e.offset >= 0 and e.length > 0 and e.end <= settled.length for e in settled.entities)
    assert list(settled.entities) == sorted(
        settled.entities, key=lambda e: (e.offset, -e.length, e.type)
    )


def test_white_space_at_the_ends_goes_and_entities_follow():
    settled = settle(parse("\n  <b>bold </b>\n<i>  </i>"))
    assert settled == Formatted(text="bold", entities=(Entity(type="bold", offset=0, length=4),))


def test_a_style_stops_around_code():
    kinds = [
        (e.type, e.offset, e.length) for e in settle(parse("<b>a<code>b</code>c</b>")).entities
    ]
    assert kinds == [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]


def test_code_holds_nothing_and_a_quote_holds_no_quote():
    html = "<code><i>x</i></code><blockquote>a<blockquote>b</blockquote></blockquote>"
    assert [e.type for e in settle(parse(html)).entities] == ["code", "blockquote"]


def test_the_hundred_and_first_entity_is_dropped_without_a_word():
    settled = settle(parse("<b>x</b> " * 101))
    assert len(settled.entities) == 100
    assert settled.entities[-1].offset == 198


@given(WORDS, st.integers(0, 50))
def test_utf16_offsets_and_indices_agree(words: str, index: int):
    index = min(index, len(words))
    assert index_at(words, units(words[:index])) == index
