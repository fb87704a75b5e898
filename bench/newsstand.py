"""Made-up feeds to be read against the clock: half RSS, half Atom; half English, half Chinese.

Everything follows from the numbers given, so that every reader gets the same bytes in every run.
"""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from random import Random

ARTICLES = Path(__file__).parent.parent / "tests" / "corpus" / "articles"
ENTRIES = 30
LENGTH = 1_500
"""Bytes of an entry's text, near enough: Han characters take three."""
RELEVANT = 0.02
_GAP = timedelta(minutes=47)
_ENGLISH = """
the a of and to in for with on from council harbour bakery river season museum
bridge price garden player record engine violin market winter coast library ferry
village painter salmon opened closed won lost moved painted repaired visited planned
counted sold found old new quiet early heavy green local famous seven forty 1,200
3.5 2019
"""
_CHINESE = (
    "山水田园桥船鱼米茶花书画琴棋春夏秋冬早晚古今东西南北新旧多少来去开关"
    "高低老小红绿人家门前后里外三五七九，。"
)


def feed(number: int, generation: int) -> bytes:
    """Return feed `number` as it is in a generation: each brings one more entry on top."""
    newest = ENTRIES + generation
    entries = "".join(_entry(number, at) for at in range(newest, newest - ENTRIES, -1))
    head, foot = _atom(number) if number % 2 else _rss(number)
    return f"{head}{entries}{foot}".encode()


def compressed(number: int, generation: int) -> bytes:
    """Return the same as a server sends it to those who take gzip."""
    return gzip.compress(feed(number, generation), 6, mtime=0)


def touched(feeds: int) -> Iterator[int]:
    """Yield the feeds that have a new entry when one of a hundred entries is new."""
    yield from Random(99).sample(range(feeds), int(feeds * ENTRIES / 100))


def _entry(number: int, at: int) -> str:
    seed = int.from_bytes(sha256(f"{number}/{at}".encode()).digest()[:8], "big")
    random = Random(seed)
    chinese = (number // 2) % 2 == 1
    title, text = _told(random, chinese=chinese)
    host = f"https://site{number}.example"
    link, when = f"{host}/{at}/", start() + at * _GAP + timedelta(minutes=number % 47)
    body = "\n".join(_marked_up(random, part, link) for part in text.split("\n") if part)
    make = _atom_entry if number % 2 else _rss_entry
    return make(f"{host}/?p={at}", link, title, body, when)


def _marked_up(random: Random, words: str, link: str) -> str:
    """Return a paragraph as the usual publishing systems write it: links, emphasis, pictures."""
    kind = random.random()
    words = escape(words)
    if kind < 0.15:
        return (
            f'<figure class="wp-block-image size-large"><img src="/files/{len(words)}.jpg" '
            f'width="1200" height="675" loading="lazy" alt="{words[:20]}" '
            f'srcset="/files/{len(words)}-640.jpg 640w"/><figcaption>{words}</figcaption></figure>'
        )
    if kind < 0.3:
        half = len(words) // 2
        return f"<ul><li>{words[:half]}</li><li><em>{words[half:]}</em></li></ul>"
    return (
        f'<p class="wp-block-paragraph"><strong>{words[:12]}</strong>{words[12:]} '
        f'<a href="{link}?utm_source=rss&amp;utm_medium=feed" rel="nofollow" title="{words[:8]}">'
        f"{words[:16]}</a> &amp; <em>{words[-8:]}</em>&hellip;</p>"
    )


def _told(random: Random, *, chinese: bool) -> tuple[str, str]:
    if random.random() < RELEVANT:
        title, text = random.choice(_relevant(chinese))
        # A line of its own makes it an article of its own, not a reprint.
        return f"{title} {random.randrange(10**6)}", f"{_words(random, chinese, 80)}\n{text}"
    paragraphs = (_words(random, chinese, LENGTH // 8) for _ in range(8))
    return _words(random, chinese, 40), "\n".join(paragraphs)


def _words(random: Random, chinese: bool, length: int) -> str:
    """Return about so many bytes of words that mean nothing."""
    if chinese:
        return "".join(random.choices(_CHINESE, k=length // 3))
    return " ".join(random.choices(_ENGLISH.split(), k=length // 6)).capitalize() + "."


@cache
def _relevant(chinese: bool) -> tuple[tuple[str, str], ...]:
    cases = [json.loads(path.read_text("utf-8")) for path in sorted(ARTICLES.glob("*.json"))]
    return tuple(
        (case["title"], case["text"].encode()[:LENGTH].decode(errors="ignore"))
        for case in cases
        if case["relevance"] == "core" and case["language"].startswith("zh") == chinese
    )


@cache
def start() -> datetime:
    """Days ago, so that nothing is dated in the future whichever generation it is."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=4)


def _rss(number: int) -> tuple[str, str]:
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Site {number}</title><link>https://site{number}.example/</link>"
        f"<description>Made up {number}</description>\n"
    )
    return head, "</channel></rss>\n"


def _rss_entry(guid: str, link: str, title: str, body: str, when: datetime) -> str:
    return (
        f"<item><title>{escape(title)}</title><link>{link}?utm_source=rss</link>"
        f'<guid isPermaLink="false">{guid}</guid><pubDate>{format_datetime(when)}</pubDate>'
        f"<category><![CDATA[{title[:8]}]]></category>"
        f"<description><![CDATA[<p>{escape(title)}</p>]]></description>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>\n"
    )


def _atom(number: int) -> tuple[str, str]:
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Site {number}</title><id>https://site{number}.example/</id>"
        f'<link href="https://site{number}.example/"/><updated>{start().isoformat()}</updated>\n'
    )
    return head, "</feed>\n"


def _atom_entry(guid: str, link: str, title: str, body: str, when: datetime) -> str:
    return (
        f'<entry><title type="html">{escape(escape(title))}</title><link href="{link}"/>'
        f"<id>{guid}</id><published>{when.isoformat()}</published>"
        f"<updated>{when.isoformat()}</updated><author><name>A. Writer</name></author>"
        f'<summary type="html">{escape(f"<p>{escape(title)}</p>")}</summary>'
        f'<content type="html">{escape(body)}</content></entry>\n'
    )
