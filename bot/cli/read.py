"""`pilotwatch read`: one article in, one reading out."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import IO

import click
import msgspec

from bot.cli.saying import Saying, is_address, is_page
from domain.reading import Reading
from domain.reading import read as read_article

# An article is read up to a fixed length anyway; a file far beyond it is not an article.
_CHINESE = ("gb", "big5", "utf")
"""Encodings of which the bytes themselves are evidence; any bytes at all are Latin text."""
_LARGEST = 5 * 1024 * 1024


class _Case(msgspec.Struct):
    """One line of `--batch`."""

    id: str | int
    text: str
    title: str = ""
    published: str | None = None


def _date(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    try:
        return value and datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        raise click.UsageError(f"--published {value}: write a date like 2025-08-28.") from None


@click.command()
@click.argument("source", required=False, metavar="PATH|URL|-")
@click.option("--json", "as_json", is_flag=True, help="The whole reading as one JSON object.")
@click.option("--batch", is_flag=True, help="JSON lines in (id, text, title, published), out.")
@click.option("--title", default="", help="The article's title; it is not part of the text.")
@click.option(
    "--published",
    metavar="DATE",
    callback=_date,
    help="2025-08-28: what relative dates count from.",
)
@click.option("--topic", "topics", multiple=True, default=("chengdu-ai",), show_default=True)
def read(
    source: str | None,
    as_json: bool,
    batch: bool,
    title: str,
    published: str | None,
    topics: tuple[str, ...],
) -> None:
    """Read one article (a text or HTML file, an address, or - for standard input): its facts.

    A page's own title and date count unless --title and --published say otherwise.
    """
    if batch:
        if title or published:
            raise click.UsageError("With --batch title and published stand in the lines.")
        sys.exit(_read_batch(source or "-", topics))
    if source is None:
        raise click.UsageError("Name a file or an address to read, or - for standard input.")
    try:
        said = _said(source)
        reading = read_article(
            said.text,
            title=title or said.title,
            published=published or said.published,
            topics=topics,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        _write(msgspec.json.encode(_contract(reading)))
    else:
        from bot.cli.reading import show  # the languages, for those who read along

        show(reading, said)


def _said(source: str) -> Saying:
    if is_address(source):
        return _page(source)
    raw = _bytes(source)
    if is_page(Path(source).suffix, raw):
        return _page(raw)
    try:
        return Saying(text=raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Saying(text=_decoded(source, raw))


def _decoded(source: str, raw: bytes) -> str:
    """Read a text in the encoding that its bytes show: GB18030, Big5, UTF-16."""
    from sources.charset import decode  # loaded where it is needed: most texts are UTF-8

    found = decode(raw)
    if found.doubtful or "\0" in found.text or not found.encoding.startswith(_CHINESE):
        raise click.UsageError(f"{source} is neither text in a known encoding nor a web page.")
    return found.text


def _page(source: str | bytes) -> Saying:
    # The web client and the parsers take longer to load than a text takes to read.
    from bot.cli.page import fetched, saved

    return saved(source) if isinstance(source, bytes) else fetched(source)


def _bytes(source: str) -> bytes:
    try:
        raw = sys.stdin.buffer.read(_LARGEST + 1) if source == "-" else _file(Path(source))
    except OSError as error:
        raise click.UsageError(f"{source} cannot be read: {error.strerror}.") from None
    if len(raw) > _LARGEST:
        raise click.UsageError(f"{source} is larger than 5 MiB; that is no article.")
    if not raw.strip():
        raise click.UsageError(f"{'Standard input' if source == '-' else source} is empty.")
    return raw


def _file(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(_LARGEST + 1)


def _read_batch(source: str, topics: tuple[str, ...]) -> int:
    """Answer each line as it comes; return 2 if some could not be read, else 0."""
    wrong = 0
    for number, line in _lines(source):
        try:
            case = msgspec.json.decode(line, type=_Case)
            reading = read_article(
                case.text, title=case.title, published=case.published, topics=topics
            )
        except ValueError as error:
            wrong = 2
            click.echo(f"pilotwatch: line {number}: {error}", err=True)
            _write(msgspec.json.encode({"id": _id(line), "error": str(error)}))
        else:
            _write(msgspec.json.encode(_with_id(case.id, reading)))
    return wrong


def _lines(source: str) -> Iterator[tuple[int, bytes]]:
    try:
        with _opened(source) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise click.UsageError(f"{source} cannot be read: {error.strerror}.") from None


def _opened(source: str) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdin.buffer) if source == "-" else Path(source).open("rb")


def _with_id(case_id: str | int, reading: Reading) -> dict[str, object]:
    return {"id": case_id, **_contract(reading)}


def _contract(reading: Reading) -> dict[str, object]:
    built: dict[str, object] = msgspec.to_builtins(reading)
    del built["signature"]  # the bot's own, no part of what is promised (docs/facts.md)
    return built


def _id(line: bytes) -> object:
    try:
        return msgspec.json.decode(line)["id"]
    except (ValueError, TypeError, KeyError):
        return None


def _write(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
