"""The few words that show why something was found."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from domain.search.excerpt import excerpt
from domain.search.phrase import phrase

CHINESE = (
    "昨日，成都市发布通知。对企业购买算力服务，按实际支付费用给予最高60%的算力券补贴，"
    "每家企业每年最高500万元。该政策自发布之日起施行，有效期三年。"
)
ENGLISH = (
    "The Chengdu AI pilot zone counts 90 key enterprises. Companies that buy computing power may "
    "apply for a compute voucher of up to 60 per cent of the costs, the city said on Monday."
)


def shown(text: str, *words: str, room: int = 80) -> str:
    pieces = excerpt(text, [one for word in words if (one := phrase(word))], room)
    return "".join(f"[{one.text}]" if one.found else one.text for one in pieces)


def test_it_begins_with_the_sentence_where_most_words_stand_together():
    assert shown(CHINESE, "算力券", "企业", room=60) == (
        "…实际支付费用给予最高60%的[算力券]补贴，每家[企业]每年最高500万元…"
    )
    assert shown(CHINESE, "有效期") == "该政策自发布之日起施行，[有效期]三年。"


def test_it_does_not_begin_with_a_space():
    assert shown("第一段。\n第二段有算力。", "算力") == "第二段有[算力]。"


def test_a_long_sentence_is_entered_at_a_word():
    assert shown(ENGLISH, "compute voucher", room=60) == (
        "…power may apply for a [compute voucher] of up to 60 per cent…"
    )


def test_without_its_words_a_text_shows_its_beginning():
    assert shown(ENGLISH, "成都", room=30) == "The Chengdu AI pilot zone…"
    assert shown("  short\n\ntext ", "成都") == "short text"
    assert shown("", "成都") == ""


def test_words_are_found_in_the_spelling_of_the_text():
    assert shown("國家試驗區的Café", "试验区", "cafe") == "國家[試驗區]的[Café]"


@given(
    st.text("成都算力券ab é,。. \n", max_size=200),
    st.lists(st.text("成都算ab é", min_size=1, max_size=5), max_size=3),
    st.integers(10, 120),
)
def test_any_excerpt_is_of_the_text_within_its_room(text: str, words: list[str], room: int):
    phrases = [one for word in words if (one := phrase(word))]
    pieces = excerpt(text, phrases, room)
    said = "".join(one.text for one in pieces if one.text != "…")
    assert said in " ".join(unicodedata.normalize("NFC", text).split())
    assert sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in said) <= room
    assert all(one.text for one in pieces)
