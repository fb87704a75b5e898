"""What there is to translate: `python -m bot.catalogue` brings the .po files up to date."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.language import LANGUAGES, LOCALE, SOURCE

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "say": None,
    "plain": None,
    "later": None,
    "count": (1, 2),
    "later_plural": (1, 2),
}
"""The functions whose first text, or first two, are for people."""

_ROOM = Path(__file__).parent


def source() -> Catalog:
    """Collect every text in this room that people are told."""
    catalogue = Catalog(project="pilotwatch", charset="utf-8")
    for file, _, message, _, _ in _found():
        catalogue.add(message, locations=[(f"bot/{file}", 0)])
    return catalogue


def update(folder: Path = LOCALE) -> None:
    """Add new texts to the catalogues, still empty, and drop those that are not said any more."""
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        path = folder / language / "LC_MESSAGES" / "pilotwatch.po"
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        catalogue.update(source(), no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, include_lineno=False, sort_by_file=True)


def _found() -> Iterator[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    found = extract_from_dir(
        _ROOM, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=()
    )
    yield from sorted(found, key=lambda one: (one[0], one[1]))


if __name__ == "__main__":
    update()
    sys.exit(0)
