"""Whatever a page says of its encoding, and whatever it does not say, its text is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.charset import decode

SIMPLIFIED = "成都人工智能创新应用先导区三年行动计划印发，90家重点企业参与，最高支持500万元。"
TRADITIONAL = "成都人工智慧創新應用先導區行動計畫印發，九十家重點企業參與，最高支援五百萬元。"
RARE = "㐂𠮷" + SIMPLIFIED
WESTERN = "Chengdu’s pilot zone – “90 key enterprises” – café"

REAL = {
    "utf-8": [SIMPLIFIED, TRADITIONAL, RARE, WESTERN],
    "utf-8-sig": [SIMPLIFIED, WESTERN],
    "utf-16": [SIMPLIFIED, WESTERN],
    "utf-16-le": [SIMPLIFIED, WESTERN],
    "utf-16-be": [TRADITIONAL],
    "utf-32": [SIMPLIFIED],
    "gb2312": [SIMPLIFIED],
    "gbk": [SIMPLIFIED, TRADITIONAL],
    "gb18030": [SIMPLIFIED, RARE],
    "big5": [TRADITIONAL],
    "cp1252": [WESTERN],
}
DECLARED = """
    utf-8 UTF8 gb2312 GBK gb18030 x-gbk cp936 GB_2312-80 big5 big5-hkscs iso-8859-1 windows-1252
    us-ascii punycode idna undefined hex unicode_escape utf-7 hz utf-8\N{NULL} rot13 none
"""


def document(text: str, declared: str = "") -> str:
    label = f' encoding="{declared}"' if declared else ""
    return f'<?xml version="1.0"{label}?><rss><channel><title>{text}</title></channel></rss>'


@pytest.mark.parametrize("declared", ["", *DECLARED.split()])
@pytest.mark.parametrize("real", REAL)
def test_the_text_is_right_whatever_is_declared(real, declared):
    for text in REAL[real]:
        inside, outside = document(text, declared), document(text)
        in_header = f"text/xml; charset={declared}" if declared else "text/xml"
        assert decode(_bytes(inside, real)).text == inside
        assert decode(_bytes(outside, real), in_header).text == outside


def _bytes(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "replace" if encoding == "cp1252" else "strict")


@pytest.mark.parametrize("declared", ["", "utf-8", "gbk", "big5"])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_text_that_breaks_off_within_a_character_is_still_read(declared, cut):
    body = document(SIMPLIFIED * 5, declared).split("</title>")[0].encode("gb18030")
    decoded = decode(body[:-cut])
    assert decoded.encoding == "gb18030"
    assert SIMPLIFIED * 4 in decoded.text


def test_one_broken_byte_does_not_change_the_encoding():
    body = document(SIMPLIFIED * 5).encode("utf-8")
    decoded = decode(body[:200] + b"\xff" + body[200:])
    assert decoded.encoding == "utf-8"
    assert not decoded.doubtful


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("koi8-r", "Привет, мир"),
        ("windows-1251", "Привет, мир"),
        ("shift_jis", "成都のパイロット地区"),
        ("euc-jp", "成都のパイロット地区"),
        ("euc-kr", "청두 인공지능"),
        ("iso-8859-2", "Zażółć gęślą jaźń"),
    ],
)
def test_other_encodings_are_believed_where_they_are_declared(encoding, text):
    body = document(text, encoding).encode(encoding)
    assert text in decode(body).text
    assert text in decode(document(text).encode(encoding), f"text/xml; charset={encoding}").text


def test_what_is_unreadable_in_any_encoding_is_called_doubtful():
    assert decode(bytes(range(128, 256)) * 20).doubtful
    assert not decode(document(SIMPLIFIED).encode("gbk")).doubtful


@given(st.binary(), st.text(max_size=40))
def test_any_bytes_and_any_label_become_text(body, label):
    declared = f'<?xml version="1.0" encoding="{label}"?>'.encode() + body + b"\xff"
    for decoded in (
        decode(body, label),
        decode(body, f"text/xml; charset={label}"),
        decode(declared),
    ):
        assert isinstance(decoded.text, str)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_utf8_is_never_taken_for_anything_else(text):
    body = document(text).encode()
    assert decode(body, "text/xml; charset=gbk").text == document(text)
