"""Where the label of each dot stands, so that it covers no other one and no other dot."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from matplotlib.axes import Axes
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from domain.chart import Dot


class Place(NamedTuple):
    """Points from the dot, and which of the label's edges stands there."""

    right: int
    up: int
    edge: Literal["left", "center", "right"] = "center"


_ABOVE = (Place(0, 9), Place(-9, 4, "right"), Place(0, 24), Place(0, 39))
_BELOW = (Place(0, -20), Place(9, -11, "left"), Place(0, -35), Place(0, -50))
_BESIDE = (Place(9, -4, "left"), Place(-9, -4, "right"))
_SIZE, _SMALL = 12, 10
_RADIUS = 5.5
"""Points of a dot."""


def place_labels(axes: Axes, dots: Sequence[Dot]) -> None:
    """Write each figure beside its dot, the first place that is free; else the last one."""
    taken = [_around(axes, dot) for dot in dots]
    for own, dot in enumerate(dots):
        higher = any(one.at == dot.at and one.value > dot.value for one in dots)
        first = (*_BELOW, *_BESIDE, *_ABOVE) if higher else (*_ABOVE, *_BESIDE, *_BELOW)
        others = [box for at, box in enumerate(taken) if at != own]
        taken.append(_box(axes, _written(axes, dot, first, others)))


def _written(axes: Axes, dot: Dot, places: Sequence[Place], taken: Sequence[Bbox]) -> Annotation:
    whole = axes.figure.bbox
    label = None
    for place in _within(places):
        if label is not None:
            label.remove()
        label = _write(axes, dot, place)
        box = _box(axes, label)
        inside = box.x0 >= whole.x0 and box.x1 <= whole.x1 and box.y0 >= axes.bbox.y0
        if inside and not any(box.overlaps(other) for other in taken):
            return label
    return label or _write(axes, dot, places[0])


def _within(places: Sequence[Place]) -> Iterator[Place]:
    """Try each also to the left of the dot, where the paper ends on its right."""
    yield from places
    yield from (Place(4, place.up, "right") for place in places)
    yield from (Place(-4, place.up, "left") for place in places)


def _write(axes: Axes, dot: Dot, place: Place) -> Annotation:
    text = f"{dot.label} [{dot.sources}]" if dot.sources else dot.label
    top = dot.high if dot.high is not None and place.up > 0 else dot.value
    return axes.annotate(
        text,
        (dot.at.toordinal(), top),
        (place.right, place.up),
        textcoords="offset points",
        ha=place.edge,
        size=_SIZE if len(text) < 18 else _SMALL,
        color="#333333",
        zorder=4,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 1.0},
    )


def _around(axes: Axes, dot: Dot) -> Bbox:
    """Return the box of a dot, with the line of its range."""
    low = axes.transData.transform((dot.at.toordinal(), dot.value))
    high = axes.transData.transform((dot.at.toordinal(), dot.high or dot.value))
    radius = _RADIUS * axes.figure.dpi / 72
    return Bbox([[low[0] - radius, low[1] - radius], [low[0] + radius, high[1] + radius]])


def _box(axes: Axes, label: Annotation) -> Bbox:
    canvas = axes.figure.canvas
    return label.get_window_extent(canvas.get_renderer())  # type: ignore[attr-defined]
