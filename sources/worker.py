"""The inside of the jail: a process that does one task after the other, and owns nothing.

No environment, no files, no network of its own; bounded in memory, in CPU time per task, and
dead as soon as its parent is. Whatever a page does to it, it does to nobody else.
"""

import resource
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import BinaryIO

import msgspec

import domain.reading
from sources import PARSERS, Parser, article, discovery, feed, opml
from sources.errors import ParseError
from sources.page import Feed
from sources.process import die_with, limit, pipes, receive, send
from sources.task import (
    Answer,
    Discovered,
    DiscoverTask,
    Entries,
    Extracted,
    ExtractTask,
    Failed,
    OpmlRead,
    OpmlTask,
    PageTask,
    Parsed,
    ParseTask,
    Read,
    ReadRequest,
    ReadTask,
    Ready,
    Task,
    pieces,
)

MEMORY = 512 * 1024 * 1024
"""Bytes of address space, the libraries' own included."""
LONGEST_ARTICLE = 1_000_000
"""Characters; a five-year plan has about 80,000."""
_TOO_LONG = f"The article has more than {LONGEST_ARTICLE:,} characters."
_FILES = 64


def main(parent: int) -> None:
    """Serve the parent until it hangs up."""
    die_with(parent)
    tasks, answers = pipes()
    _warm_up()
    _confine()
    encode = msgspec.json.Encoder().encode
    decode = msgspec.json.Decoder(Task).decode
    send(answers, encode(Ready()))
    while (frame := receive(tasks)) is not None:
        task = decode(frame)
        _allow_cpu(task.seconds)
        for answer in _answers(task, tasks):
            send(answers, encode(answer))


def _answers(task: Task, tasks: BinaryIO) -> Iterator[Answer]:
    if isinstance(task, ReadTask):
        return _read(task)
    return _page(task, receive(tasks) or b"")


def _page(task: PageTask, body: bytes) -> Iterator[Answer]:
    try:
        yield from _understood(task, body)
    except ParseError as error:
        yield Failed(code=error.code, reason=error.reason)
    except MemoryError:
        yield Failed(code="parse_memory", reason="The page needs too much memory to be read.")


def _understood(task: PageTask, body: bytes) -> Iterator[Answer]:
    if isinstance(task, OpmlTask):
        yield OpmlRead(opml.read(body, task.content_type))
        return
    if isinstance(task, ParseTask):
        parse = _parser(task)
        yield from _feed(
            parse(body, task.content_type, task.url, now=task.now, options=task.options)
        )
    elif isinstance(task, ExtractTask):
        yield Extracted(
            article.extract(body, task.content_type, task.url, now=task.now, options=task.options)
        )
    else:
        yield from _discovered(task, body)


def _parser(task: ParseTask) -> Parser:
    # Only feeds are known to be worth remembering: the other kinds parse in a moment.
    return partial(feed.parse, memory=task.memory) if task.kind == "feed" else PARSERS[task.kind]


def _discovered(task: DiscoverTask, body: bytes) -> Iterator[Answer]:
    found = discovery.discover(
        body, task.content_type, task.url, now=task.now, options=task.options
    )
    yield Discovered(kind=found.kind, links=found.links, well_known=found.well_known)
    if found.feed is not None:
        yield from _feed(found.feed)


def _feed(found: Feed) -> Iterator[Answer]:
    for group in pieces(found.entries):
        yield Entries(group)
    yield Parsed(
        title=found.title,
        note=found.note,
        ttl=found.ttl,
        self_url=found.self_url,
        doubtful=found.doubtful,
        discovery_only=found.discovery_only,
        earlier=found.earlier,
        memory=found.memory,
    )


def _read(task: ReadTask) -> Iterator[Answer]:
    for one in task.articles:
        _allow_cpu(task.seconds)
        yield _reading(one, task.topics)


def _reading(article: ReadRequest, topics: tuple[str, ...]) -> Answer:
    if len(article.text) > LONGEST_ARTICLE:
        return Failed(code="read_too_large", reason=_TOO_LONG)
    try:
        reading = domain.reading.read(
            article.text,
            title=article.title,
            published=article.published,
            topics=topics,
            off_topic=False,  # of a feed's entries most are about something else
        )
    except MemoryError:
        return Failed(code="read_failed", reason="The article needs too much memory to be read.")
    except Exception as error:  # one article's failure is its own: the rest go on
        kind = type(error).__name__
        return Failed(code="read_failed", reason=f"The article could not be read ({kind}).")
    return Read(reading)


def _warm_up() -> None:
    """Do the slow imports before there is anything to wait for."""
    for parse in PARSERS.values():
        with suppress(ParseError):
            parse(_EXAMPLE, "", "http://localhost/")
    article.warm_up()
    with suppress(ParseError):
        opml.read(_EXAMPLE)


_EXAMPLE = b"<rss version='2.0'><channel><item><title>a</title></item></channel></rss>"


def _confine() -> None:
    limit(resource.RLIMIT_AS, MEMORY)
    limit(resource.RLIMIT_FSIZE, 0)
    limit(resource.RLIMIT_NOFILE, _FILES)
    limit(resource.RLIMIT_CORE, 0)


def _allow_cpu(seconds: int) -> None:
    """Let this task use so much more CPU: the end of a spinning worker nobody waits for."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    soft = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
