"""A picture as data: what a chart shows, before anybody draws it.

Every text comes twice: as the reader would have it, and in plain letters for a machine that has
no font for it. Numbers are floats here and nowhere else: a picture needs no more digits than a
screen has; the exact ones stand in the labels, as text.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Mark = Literal["actual", "target", "forecast", "planned"]
MARKS: tuple[Mark, ...] = ("actual", "target", "forecast", "planned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text in a picture."""

    text: str
    plain: str
    """For where a character of the text has no glyph; in letters that every font has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A figure at a time."""

    at: date
    when: Label
    """The time as it is said: "2025", "Jun 2026"."""
    value: float
    label: str
    """The exact figure with its bound, in digits: "> 1,780"."""
    high: float | None = None
    """Of a range the other end."""
    mark: Mark = "actual"
    partial: bool = False
    """Of a part of a year among whole ones: no line leads to it, it would seem a fall."""
    disputed: bool = False
    """Sources say different things of this time; each is a dot."""
    sources: str = ""
    """The numbers under which the words below the picture name the sources: "1 2"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One of several things that are compared."""

    name: Label
    value: float
    label: Label
    mark: Mark = "actual"
    before: float | None = None
    """What it was; drawn as where the bar comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of a column is of one kind; kinds stand in the same order in each column."""

    kind: Label
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One of the pictures in a picture: dots over time, bars, or columns of counts."""

    heading: Label | None = None
    unit: Label | None = None
    """What the axis counts in, where it has one."""
    dots: tuple[Dot, ...] = ()
    bars: tuple[Bar, ...] = ()
    columns: tuple[Label, ...] = ()
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture for a phone: a title and some panels, one below the other."""

    title: Label
    panels: tuple[Panel, ...]
    marks: tuple[tuple[Mark, Label], ...] = ()
    """What the signs mean, for the legend."""
    disputed: Label | None = None
    """What the sign of disagreement means."""
    note: Label | None = None
    """Where it is from, and as of when."""
