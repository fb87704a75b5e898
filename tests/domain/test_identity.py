"""When two entries are the same article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.article import Entry, Known
from domain.identity import canonical_url, content_hash, distinct, keys, recognise


def known_as(entry: Entry, own: tuple[str, ...], article_id: int = 1) -> dict[str, Known]:
    article = Known(
        article_id=article_id,
        canonical_url=canonical_url(entry.url),
        title=entry.title,
        content_hash=content_hash(entry.title, entry.text),
        revision=1,
    )
    return dict.fromkeys(own, article)


FIRST = Entry(guid="a-1", url="https://example.org/a", title="Vouchers open", text="From May.")


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        ("https://Example.ORG/a?utm_source=x&id=3#top", "https://example.org/a?id=3"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/政策", "https://example.org/%E6%94%BF%E7%AD%96"),
        ("https://example.org/%e6%94%bf%E7%AD%96", "https://example.org/%E6%94%BF%E7%AD%96"),
        ("javascript:alert(1)", ""),
        ("//example.org/a", ""),
        ("http://[::1", ""),
        ("http://example.org:99999/", ""),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(spelling, canonical):
    assert canonical_url(spelling) == canonical


@given(st.text())
def test_any_text_at_all_has_a_canonical_address_or_none(text):
    once = canonical_url(text)
    assert canonical_url(once) == once


@given(st.text(), st.text())
def test_white_space_does_not_make_another_article(title, text):
    assert content_hash(f" {title}\n", text) == content_hash(title, f"{text}\t ")


def test_the_same_entry_is_known_again():
    assert recognise(FIRST, keys(FIRST), known_as(FIRST, keys(FIRST)))


def test_a_changed_guid_is_the_same_article():
    moved = Entry(guid="new-1", url=FIRST.url, title=FIRST.title, text=FIRST.text)
    assert recognise(moved, keys(moved), known_as(FIRST, keys(FIRST)))


def test_a_changed_address_is_the_same_article():
    moved = Entry(guid=FIRST.guid, url="https://example.org/b", title=FIRST.title, text="From June")
    assert recognise(moved, keys(moved), known_as(FIRST, keys(FIRST)))


def test_an_edited_title_is_the_same_article():
    edited = Entry(guid=FIRST.guid, url=FIRST.url, title="Vouchers open today", text=FIRST.text)
    assert recognise(edited, keys(edited), known_as(FIRST, keys(FIRST)))


def test_an_edited_title_without_guids_is_the_same_article():
    before = Entry(url=FIRST.url, title=FIRST.title, text=FIRST.text)
    after = Entry(url=FIRST.url, title="Vouchers open today", text=FIRST.text)
    assert recognise(after, keys(after), known_as(before, keys(before)))


def test_one_guid_for_all_entries_loses_none():
    feed = [Entry(guid="same", url=f"https://example.org/{n}", title=f"Notice {n}") for n in "abc"]
    known: dict[str, Known] = {}
    for number, (entry, own) in enumerate(distinct(feed[:2])):
        known |= known_as(entry, own, number)
    assert not any(key.startswith("guid:") for _, own in distinct(feed) for key in own)
    assert recognise(feed[2], keys(feed[2]), known) is None


def test_one_guid_that_is_given_to_the_next_entry_loses_nothing():
    nothing_shared = Entry(guid=FIRST.guid, url="https://example.org/z", title="Something else")
    assert recognise(nothing_shared, keys(nothing_shared), known_as(FIRST, keys(FIRST))) is None


def test_one_address_for_all_entries_loses_none():
    home = "https://example.org/"
    first = Entry(guid="1", url=home, title="Notice one")
    second = Entry(guid="2", url=home, title="Notice two")
    assert recognise(second, keys(second), known_as(first, keys(first))) is None


def test_an_entry_that_is_twice_in_a_feed_is_one():
    assert len(distinct([FIRST, FIRST])) == 1


entries = st.builds(
    Entry,
    guid=st.sampled_from(["", "g1", "g2"]),
    url=st.sampled_from(["", "https://example.org/1", "https://example.org/2?utm_source=a"]),
    title=st.sampled_from(["One", "Two", "one "]),
    text=st.sampled_from(["", "Text", "Other text"]),
)


@given(st.lists(entries, max_size=8), st.randoms())
def test_the_order_of_a_feed_does_not_change_its_articles(feed, random):
    mixed = list(feed)
    random.shuffle(mixed)

    def contents(some):
        return {content_hash(entry.title, entry.text) for entry, _ in distinct(some)}

    assert contents(mixed) == contents(feed)


@given(st.lists(entries, max_size=8))
def test_a_second_reading_of_the_same_feed_brings_nothing(feed):
    known: dict[str, Known] = {}
    for number, (entry, own) in enumerate(distinct(feed)):
        known |= known_as(entry, own, number)
    for entry, own in distinct(feed):
        article = recognise(entry, own, known)
        assert article
        assert article.content_hash == content_hash(entry.title, entry.text)
