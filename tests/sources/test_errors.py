"""An error is one line for people and a code for programs."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.source import KINDS
from sources import PARSERS
from sources.errors import FetchError, ParseError, SourceError, one_line


def test_an_error_carries_its_address_its_code_and_its_line():
    error = FetchError("https://a.example/?key=1", "It is gone.", code="http_410")
    assert (str(error), error.reason, error.code) == ("It is gone.", "It is gone.", "http_410")
    assert error.url == "https://a.example/?key=1"
    assert error.retry_after is None
    assert isinstance(error, SourceError)
    assert "key" not in repr(error)


def test_the_wait_travels_with_the_error():
    wait = timedelta(minutes=2)
    assert FetchError("u", "Later.", code="http_503", retry_after=wait).retry_after == wait


def test_both_kinds_are_caught_as_one():
    assert issubclass(ParseError, SourceError)
    assert issubclass(FetchError, SourceError)


@given(st.text(), st.integers(1, 400))
def test_any_text_becomes_one_printable_line(text, longest):
    line = one_line(text, longest)
    assert len(line) <= longest
    assert line.isprintable()
    assert one_line(line, longest) == line


def test_every_kind_of_source_has_a_parser_with_a_line_of_its_own():
    assert set(PARSERS) == set(KINDS)
    assert all(parse.__doc__ for parse in PARSERS.values())
