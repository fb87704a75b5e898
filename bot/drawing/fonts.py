"""Which fonts a picture is written in, and whether they have a glyph for everything in a text."""

import importlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from domain.chart import Label

CARRIER = "pylopdf_fonts_zh_cn"
"""The package that carries an open font (Noto Sans SC); a picture can do without it."""
_OF_SYSTEMS = (
    "notosanscjk",
    "notosanssc",
    "sourcehansans",
    "wqy-microhei",
    "wqy-zenhei",
    "pingfang",
    "hiragino sans gb",
    "msyh",
    "simhei",
    "droidsansfallback",
)
"""How the files of common systems' fonts with Chinese characters begin."""
PLAIN = "DejaVu Sans"
"""matplotlib's own: always there, without Chinese."""


@cache
def families() -> tuple[str, ...]:
    """Return the families to write in; each serves the characters that those before it lack."""
    found = dict.fromkeys(name for name, _ in _files())
    return (*found, PLAIN)


def shown(label: Label) -> str:
    """Return the text where every character has a glyph, else the plain one without the rest."""
    if covers(label.text):
        return label.text
    return "".join(one for one in label.plain if covers(one)).strip()


def covers(text: str) -> bool:
    """Tell whether no character of a text would be an empty box."""
    return all(ord(one) in _glyphs() for one in text if one != "\n")


@cache
def _glyphs() -> frozenset[int]:
    plain = font_manager.findfont(font_manager.FontProperties(family=PLAIN))
    return frozenset(_of([plain, *(path for _, path in _files())]))


def _of(paths: Iterable[str]) -> Iterator[int]:
    for path in paths:
        yield from FT2Font(path).get_charmap()


@cache
def _files() -> tuple[tuple[str, str], ...]:
    """Return fonts with Chinese characters, by family and file: the carried one, the system's."""
    found = []
    for path in (*_carried(), *_of_system()):
        # A file that is no font, or is broken, is left alone: there are others.
        with suppress(OSError, RuntimeError):
            font_manager.fontManager.addfont(path)
            found.append((FT2Font(path).family_name, path))
    return tuple(found)


def _carried() -> list[str]:
    with suppress(ImportError, AttributeError):
        return [str(importlib.import_module(CARRIER).sans_path())]
    return []


def _of_system() -> list[str]:
    """Return at most one: what it lacks a second one would hardly have."""
    paths = sorted(font_manager.findSystemFonts(), key=_rank)
    return [path for path in paths if _rank(path)[0] < len(_OF_SYSTEMS)][:1]


def _rank(path: str) -> tuple[int, bool, str]:
    name = Path(path).name.casefold()
    kind = next(
        (at for at, one in enumerate(_OF_SYSTEMS) if name.startswith(one)), len(_OF_SYSTEMS)
    )
    return kind, "regular" not in name, path
