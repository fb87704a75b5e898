"""Document numbers are one number however they are written."""

import pytest

from domain.document import key


@pytest.mark.parametrize(
    "spelling",
    ["成办发〔2020〕97号", "成办发[2020]97号", "成办发（2020）97号", "成办发 【２０２０】 97 号"],
)
def test_brackets_width_and_spaces_do_not_make_another_document(spelling):
    assert key(spelling, "anything") == key("成办发〔2020〕97号", "")


def test_a_document_without_a_number_is_known_by_its_title():
    assert key(None, "算力券 管理细则") == key(None, "算力券管理细则")
    assert key(None, "算力券管理细则") != key(None, "算力券管理办法")
