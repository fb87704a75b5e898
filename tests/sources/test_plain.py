"""HTML becomes what a reader would see, a line for each thing that stands by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.plain import LONGEST_TEXT, plain, plain_text

CASES = {
    "<p>One</p><p>Two</p>": "One\nTwo",
    "One<br>Two<br/><br/>Three": "One\nTwo\nThree",
    "<h2>支持方式</h2>最高<b>500</b>万元": "支持方式\n最高500万元",
    "<ul><li>a<li>b<ul><li>c</ul></ul>d": "a\nb\nc\nd",
    "<table><tr><th>项目<th>数量<tr><td>企业<td>90</table>": "项目 | 数量\n企业 | 90",
    "<table><tr>\n<td><p>a</p></td>\n<td> <p>b</p> </td></tr>\n<tr><td>c</table>": "a | b\nc",
    "<table><tr><td>a<tr><td></td><td>b</table>": "a\nb",
    "<table><tr><td><p>a</p><p>b</p></td></tr></table>": "a\nb",
    "a <script>bad()</script><style>p{}</style>b": "a b",
    "<div>a<div>b</div>c</div>d": "a\nb\nc\nd",
    "<p>a\n  b\t c</p>": "a b c",
    "<p>成都\n  市</p>": "成都市",
    "<p>\u3000\u3000段落&nbsp;一 </p>": "段落 一",
    "<pre>a\n  b</pre>": "a\nb",
    "a<!-- <p>hidden --> b": "a b",
    "AT&amp;T &lt;b&gt; &copy;": "AT&T <b> ©",
    "1 < 2 & 3 > 2": "1 < 2 & 3 > 2",
    "line one\nline two": "line one\nline two",
    "<p>a\u202eb\u200bc\x00d\ufeff": "abcd",
    "x<b": "x<b",
    "": "",
    "<p></p>": "",
    "<a href='javascript:x'>link</a>": "link",
    "<select><option>no</select>yes": "yes",
    "<noscript><img src=x></noscript>text": "text",
    "&#1;&#xD800;&#99999999999;ok": "\ufffd\ufffd\ufffdok",
}


@pytest.mark.parametrize("html", CASES)
def test_html_is_reduced_to_what_is_read(html):
    assert plain(html) == CASES[html]


def test_text_without_tags_keeps_its_lines():
    assert plain_text("  a  b \r\n\r\n c&amp;d\u2028e ") == "a b\nc&d\ne"


def test_a_giant_tag_costs_nothing_and_takes_nothing_with_it():
    attributes = " ".join(f"a{number}=1" for number in range(50_000))
    assert plain(f"<p {attributes}>before</p><p>after</p>") == "before\nafter"


def test_depth_is_no_matter():
    for tag in ("div", "b", "table", "p"):
        assert plain(f"<{tag}>" * 5_000 + "deep") == "deep"
        assert plain(f"<{tag}>" * 100_000 + "deep") == "deep"


def test_long_texts_are_cut():
    assert len(plain("<p>word</p>" * 100_000)) <= LONGEST_TEXT
    assert len(plain("成" * 300_000)) == LONGEST_TEXT


@given(st.text(alphabet=st.sampled_from("<>/&;#xp b\n\u4e2d'\"=!-"), max_size=200) | st.text())
def test_any_html_becomes_clean_lines(html):
    text = plain(html)
    assert all(line == line.strip() and line for line in text.split("\n") if text)
    text.encode("utf-8")
    assert "\0" not in text
