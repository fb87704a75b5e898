"""Simple HTML is read by its tags as its tree reads, or not at all."""

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.plain import plain
from sources.simple import lines_of

SIMPLE = [
    "<p>One</p><p>Two <b>bold</b> &amp; <a href='x?a=1&b=2' title=\"it's\">link</a></p>",
    "One<br>Two<br/>Three<hr>Four<img src=x.jpg alt='a'>Five",
    "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>d",
    "<h2>成都\n市</h2>text\nmore",
    "<P CLASS=x>One</P>two&nbsp;three &#8217; &hellip;",
    "<p>no end",
    "<b>0</b> | <p>0</p>",
]
TREES = [
    "<ul><li>a<li>b</ul>c",
    "a</div>b",
    "<p>a<b>b</p>c</b>",
    "<h1>a<h2>b</h2>c</h1>d",
    "<table><tr><td>a</table>b",
    "a<!-- x -->b",
    "1 < 2 <b>x</b>",
    "<script>x</script><p>a</p>",
    "<p title='a>b'>c</p>",
    "<p>a&#13;b</p>",
    "<a>x<a>y</a></a>",
    "<p/>a</p>b</p>c",
]


def by_its_tree(html: str) -> str:
    with mock.patch("sources.plain.lines_of", return_value=None):
        return plain(html)


@pytest.mark.parametrize("html", SIMPLE)
def test_simple_html_is_read_by_its_tags_as_by_its_tree(html):
    assert lines_of(html) is not None
    assert plain(html) == by_its_tree(html)


@pytest.mark.parametrize("html", TREES)
def test_what_is_not_simple_is_left_to_the_tree(html):
    assert lines_of(html) is None or plain(html) == by_its_tree(html)


TAGS = (
    "p div b a i span ul ol li dl dt dd h1 h2 blockquote figure br hr img section em table td tr"
    " pre script form center P"
)
NAMES = st.sampled_from(TAGS.split())
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from([
        "words", "成都", "\n", " a\n b ", "成都\n市", "&amp;", "&lt;b&gt;", "&nbsp", "&notit;",
        "&#8217;", "&#x4e2d;", "&#xfdd0;", "&#13;", "&#128;", "<", ">", "\u200b", "\u0085", " | ",
    ]),
)  # fmt: skip
ATTRIBUTES = st.sampled_from(["", "", " href='x'", ' title="a b"', " x", " a=1 b", " t='>'", " /"])


@st.composite
def pieces(draw, depth: int = 3) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.integers(0, 9))
        name = draw(NAMES)
        if kind < 4 or depth == 0:
            parts.append(draw(TEXTS))
        elif kind < 8:
            inside = draw(pieces(depth - 1))
            parts.append(f"<{name}{draw(ATTRIBUTES)}>{inside}</{name}>")
        elif kind == 8:
            parts.append(f"<{name}{draw(ATTRIBUTES)}>")
        else:
            parts.append(f"</{name}>")
    return "".join(parts)


@settings(max_examples=1500, deadline=None)
@given(pieces())
def test_any_html_reads_the_same_both_ways(html):
    assert plain(html) == by_its_tree(html)
