"""Entries that stand unchanged in a feed are not parsed again, and nothing else is left out."""

from hypothesis import given
from hypothesis import strategies as st

from domain.source import ReadingOptions
from sources.feed import parse
from sources.page import Feed

URL = "https://news.example/feed.xml"
ITEM = "<item><title>{0}</title><guid>{0}</guid><link>https://news.example/{0}</link></item>"


def rss(*items: str, head: str = "<rss version='2.0'>") -> bytes:
    return f"{head}<channel><title>News</title>{''.join(items)}</channel></rss>".encode()


def item(number: int, more: str = "") -> str:
    return ITEM.format(number).replace("</item>", f"{more}</item>")


def read(body: bytes, memory: bytes | None = b"", zone: str = "Asia/Shanghai") -> Feed:
    return parse(body, "", URL, options=ReadingOptions(timezone=zone), memory=memory or b"")


def titles(feed: Feed) -> list[str]:
    return [entry.title for entry in feed.entries]


def test_only_what_is_new_is_read_again():
    first = read(rss(item(2), item(1)))
    again = read(rss(item(3), item(2), item(1)), first.memory)
    assert titles(again) == ["3"]
    assert len(again.earlier) == 2
    assert again.title == "News"


def test_a_feed_that_says_what_it_said_leaves_its_memory_alone():
    first = read(rss(item(2), item(1)))
    again = read(rss(item(2), item(1)), first.memory)
    assert (again.entries, again.memory, len(again.earlier)) == ((), None, 2)


def test_an_edited_entry_is_a_new_one():
    first = read(rss(item(2), item(1)))
    assert titles(read(rss(item(2), item(1, "<author>A</author>")), first.memory)) == ["1"]


def test_an_entry_that_went_and_came_back_is_read_again():
    first = read(rss(item(2), item(1)))
    without = read(rss(item(2)), first.memory)
    assert titles(read(rss(item(2), item(1)), without.memory)) == ["1"]


def test_what_entries_depend_on_beside_their_own_words_makes_them_new():
    first = read(rss(item(1)))
    other_base = rss(item(1), head="<rss version='2.0' xml:base='https://other.example/'>")
    assert titles(read(other_base, first.memory)) == ["1"]
    assert titles(read(rss(item(1)), first.memory, zone="Europe/London")) == ["1"]


def test_the_dates_of_what_is_left_out_are_known():
    dated = item(1, "<pubDate>Mon, 09 Nov 2026 08:00:00 GMT</pubDate>")
    first = read(rss(dated))
    (earlier,) = read(rss(dated), first.memory).earlier
    assert earlier.published == first.entries[0].published


def test_an_entry_inside_another_or_without_an_end_makes_nothing_be_left_out():
    for odd in (item(1, item(7)), "<item><title>1</title>", "<item/>"):
        body = rss(item(2), odd)
        assert titles(read(body, read(body).memory)) == titles(read(body))


def test_a_damaged_feed_names_its_lines_as_they_are_without_those_left_out():
    start = [f"{item(1)}\n", f"{item(2)}\n"]
    broken = rss(*start, "<item><title>3 & 4</title></item>")
    whole, rest = read(broken), read(broken, read(rss(*start)).memory)
    assert whole.note == rest.note
    assert "line 3" in (rest.note or "")


@given(
    st.lists(st.integers(0, 9), max_size=8),
    st.lists(st.integers(0, 9), max_size=8),
    st.booleans(),
)
def test_what_is_left_out_and_what_is_read_are_together_the_feed(before, after, shared_guid):
    def body(numbers: list[int]) -> bytes:
        guid = "<guid>one for all</guid>" if shared_guid else ""
        return rss(*(f"<item><title>{n}</title>{guid}<b>{n}</b></item>" for n in numbers))

    first = read(body(before))
    again = read(body(after), first.memory)
    assert titles(again) == [str(number) for number in after if number not in before]
    assert len(again.earlier) == len(after) - len(again.entries)
