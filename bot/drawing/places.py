"""Where the label of each dot stands, so that no two of them cover each other."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from domain.chart import Dot

_OFFSETS = ((0, 14), (0, -30), (0, 36), (0, -52), (0, 58))
"""Points above and below a dot, in the order in which they are tried."""
_SIZE, _SMALL = 13, 10


def place_labels(axes: Axes, dots: Sequence[Dot]) -> None:
    """Write each figure beside its dot; the last one where there is no room beside it."""
    taken: list[Bbox] = []
    for dot in dots:
        higher = any(one.at == dot.at and one.value > dot.value for one in dots)
        label = _free(axes, dot, taken, _OFFSETS[1::2] + _OFFSETS[::2] if higher else _OFFSETS)
        taken.append(_box(axes, label))


def _free(
    axes: Axes, dot: Dot, taken: Sequence[Bbox], offsets: Sequence[tuple[int, int]]
) -> Annotation:
    label = _write(axes, dot, offsets[0])
    for offset in offsets[1:]:
        if not any(_box(axes, label).overlaps(other) for other in taken):
            return label
        label.remove()
        label = _write(axes, dot, offset)
    return label


def _write(axes: Axes, dot: Dot, offset: tuple[int, int]) -> Annotation:
    text = f"{dot.label}  [{dot.sources}]" if dot.sources else dot.label
    return axes.annotate(
        text,
        (dot.at.toordinal(), dot.high if dot.high is not None else dot.value),
        offset,
        textcoords="offset points",
        ha="center",
        size=_SIZE if len(text) < 18 else _SMALL,
        color="#333333",
        zorder=4,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 1.5},
    )


def _box(axes: Axes, label: Annotation) -> Bbox:
    canvas = axes.figure.canvas
    return label.get_window_extent(canvas.get_renderer())  # type: ignore[attr-defined]
