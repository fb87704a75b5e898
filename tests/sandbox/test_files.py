"""Files: measured without trusting them, kept within bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import files
from sandbox.files import Files, measure

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0001108001e0028030122000211")
GIF = b"GIF89a" + (40).to_bytes(2, "little") + (30).to_bytes(2, "little") + b"\0\0\0"


@pytest.mark.parametrize(("content", "kind"), [(JPEG, "jpeg"), (GIF, "gif")])
def test_pictures_are_measured(content: bytes, kind: str):
    assert measure(content) == (kind, (40, 30))


@given(st.binary(), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a"]))
def test_nothing_that_is_no_picture_raises(content: bytes, start: bytes):
    measured = measure(start + content)
    assert measured is None or all(side > 0 for side in measured[1])


def test_the_oldest_files_make_room(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    kept = Files()
    first, second = (kept.add(f"{n}.txt", "", b"123456") for n in range(2))
    assert kept.by_id(first.id) is None
    assert kept.by_id(second.id) == second
    assert kept.by_path(second.path) == second
