"""Draws a chart for a phone: large letters, few words, colours that everybody can tell apart."""

import io
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bot.drawing.fonts import families, shown
from bot.drawing.places import place_labels
from domain.chart import Bar, Chart, Dot, Mark, Panel

WIDTH, DPI = 1080, 200
"""Pixels; a chat on a phone of 390 points shows them on 310: letters of 13 pt are read at 10."""
TALL = {"dots": 3.9, "bars": 0.66, "columns": 2.5}
"""Inches: of a panel of dots, of one bar, of a panel of columns."""

# Okabe and Ito's colours, which people with any of the colour deficiencies tell apart; what they
# mean is said by shape and by words as well. https://jfly.uni-koeln.de/color/
INK, FAINT = "#333333", "#d9d9d9"
COLOURS: dict[Mark, str] = {
    "actual": "#0072B2",
    "target": "#D55E00",
    "forecast": "#009E73",
    "planned": "#CC79A7",
}
SHAPES: dict[Mark, str] = {"actual": "o", "target": "D", "forecast": "^", "planned": "s"}
KINDS = ("#0072B2", "#D55E00", "#009E73", "#E69F00", "#BBBBBB")
_LIGHT = ("#E69F00", "#BBBBBB")
"""On these the numbers are dark."""
DISPUTED = "#000000"
_SIGNS = 3
"""Of the legend, in a row."""


def draw(chart: Chart) -> bytes:
    """Return the picture as PNG: of one chart always the same bytes."""
    with styled():
        figure = _figure(chart)
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=DPI, metadata={"Software": None})
    return out.getvalue()


def styled() -> AbstractContextManager[None]:
    """Use our fonts within the block, and take a "$" in a text for a dollar, not for a formula."""
    return mpl.rc_context(
        {
            "font.family": list(families()),
            "axes.unicode_minus": False,
            "text.parse_math": False,
        }
    )


def _figure(chart: Chart) -> Figure:
    heights = [_height(panel) for panel in chart.panels]
    head, foot = 0.55, _foot(chart)
    tall = sum(heights) + head + foot
    figure = Figure(figsize=(WIDTH / DPI, tall), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    figure.text(
        0.04, 1 - 0.18 / tall, _fitted(shown(chart.title)), size=15, color=INK, va="top", ha="left"
    )
    top = tall - head
    for panel, height in zip(chart.panels, heights, strict=True):
        _panel(figure, panel, (top - height) / tall, height / tall, tall)
        top -= height
    _legend(figure, chart, tall)
    return figure


def _foot(chart: Chart) -> float:
    """Return the inches below the panels: a row of signs for every two of them, and the note."""
    signs = len(chart.marks) + bool(chart.disputed)
    return 0.15 + 0.27 * -(-signs // _beside(signs)) + (0.25 if chart.note else 0.0)


def _beside(signs: int) -> int:
    """Return how many signs of a legend stand in a row: four in two rows of two."""
    return 2 if signs == 4 else _SIGNS


def _fitted(title: str) -> str:
    """Keep a title in its one line: a Chinese character is as wide as two letters."""
    fitting = next((at for at in range(len(title)) if _columns_of(title[: at + 1]) > 42), None)
    return title if fitting is None else title[:fitting].rstrip() + "…"


def _columns_of(text: str) -> int:
    return sum(2 if ord(one) > 0x2E7F else 1 for one in text)


def _height(panel: Panel) -> float:
    heading = 0.36 if panel.heading else 0.0
    if panel.bars:
        return heading + 0.15 + TALL["bars"] * len(panel.bars)
    return heading + TALL["dots" if panel.dots else "columns"]


def _panel(figure: Figure, panel: Panel, bottom: float, height: float, tall: float) -> None:
    heading = 0.36 / tall if panel.heading else 0.0
    if panel.heading:
        place = (0.04, bottom + height - 0.06 / tall)
        figure.text(*place, shown(panel.heading), size=12.5, color=INK, va="top")
    left, below = (
        (0.04, 0.06 / tall) if panel.bars else (0.15 if panel.dots else 0.04, _below(panel) / tall)
    )
    room = height - heading - below - (0.34 if panel.unit else 0.06) / tall
    axes = figure.add_axes((left, bottom + below, 0.96 - left, room))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.tick_params(length=0, labelsize=12, labelcolor=INK, pad=5)
    if panel.dots:
        _dots(axes, panel)
    elif panel.bars:
        _bars(axes, panel.bars)
    else:
        _columns(axes, panel)


def _below(panel: Panel) -> float:
    """Return the inches that the names of the times take."""
    rows = max((shown(label).count("\n") + 1 for label in panel.columns), default=1)
    return 0.18 + 0.2 * rows


def _dots(axes: Axes, panel: Panel) -> None:
    axes.grid(axis="y", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    actual = _line(panel.dots)
    axes.plot(_days(actual), [dot.value for dot in actual], color=COLOURS["actual"], linewidth=2)
    ahead = [dot for dot in panel.dots if dot.mark != "actual"]
    if actual and ahead:
        _way_ahead(axes, actual[-1], ahead)
    for dot in panel.dots:
        _dot(axes, dot)
    low, high = _span(panel.dots)
    axes.set_ylim(low, high)
    first, last = min(_days(panel.dots)), max(_days(panel.dots))
    margin = max((last - first) * 0.1, 20)
    axes.set_xlim(first - margin, last + margin)
    axes.set_xticks(*_ticks(panel.dots, last - first + 2 * margin))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(4))
    if panel.unit:
        axes.set_title(shown(panel.unit), loc="left", size=12, color=INK, pad=8)
    place_labels(axes, panel.dots)


def _line(dots: Sequence[Dot]) -> list[Dot]:
    """Return what a line leads along: where sources differ, the one that is named first."""
    line: dict[date, Dot] = {}
    for dot in dots:
        if dot.mark == "actual" and not dot.partial:
            line.setdefault(dot.at, dot)
    return list(line.values())


def _ticks(dots: Sequence[Dot], wide: float) -> tuple[list[float], list[str]]:
    """Name the times of the dots themselves, those that have room; the last one always has."""
    places: list[float] = []
    names: list[str] = []
    for dot in sorted(dots, key=lambda dot: dot.at, reverse=True):
        place = float(dot.at.toordinal())
        name = shown(dot.when)
        if not places or places[-1] - place > (0.022 * _columns_of(name) + 0.02) * wide:
            places.append(place)
            names.append(name)
    return places, names


def _way_ahead(axes: Axes, last: Dot, ahead: Sequence[Dot]) -> None:
    for dot in ahead:
        if dot.at > last.at:
            axes.plot(
                _days([last, dot]),
                [last.value, dot.value],
                color=COLOURS[dot.mark],
                linewidth=1.5,
                linestyle=(0, (4, 3)),
            )


def _dot(axes: Axes, dot: Dot) -> None:
    colour = COLOURS[dot.mark]
    if dot.high is not None:
        axes.vlines(dot.at.toordinal(), dot.value, dot.high, color=colour, linewidth=4)
    axes.plot(
        [dot.at.toordinal()],
        [dot.value],
        marker=SHAPES[dot.mark],
        markersize=9,
        markerfacecolor=colour if dot.mark == "actual" else "white",
        markeredgecolor=DISPUTED if dot.disputed else colour,
        markeredgewidth=2.2,
        linestyle="none",
        zorder=3,
    )


def _span(dots: Sequence[Dot]) -> tuple[float, float]:
    """Begin at nought where that does not press everything together; leave room for labels."""
    values = [value for dot in dots for value in (dot.value, dot.high) if value is not None]
    low, high = min(values), max(values)
    if low >= 0 and low <= 0.6 * high:
        low = 0.0
    room = (high - low) * 0.22 or abs(high) * 0.5 or 1.0
    return (low if low == 0 else low - room), high + room


def _days(dots: Sequence[Dot]) -> list[float]:
    return [float(dot.at.toordinal()) for dot in dots]


def _bars(axes: Axes, bars: Sequence[Bar]) -> None:
    """Draw each below its name: names are long, and a phone is narrow."""
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    ends = [end for bar in bars for end in (bar.value, bar.before or 0.0)]
    longest, least = max(0.0, *ends), min(0.0, *ends)
    span = (longest - least) or 1.0
    # Behind the longest bar there is room for the longest label.
    axes.set_xlim(least, least + span / (1 - min(0.7, _widest(axes, bars) + 0.03)))
    axes.set_ylim(len(bars) - 0.4, -0.6)
    for row, bar in enumerate(bars):
        _bar(axes, row, bar, least)


def _widest(axes: Axes, bars: Sequence[Bar]) -> float:
    """Return which part of the axes the widest of the labels takes."""
    texts = [axes.text(0, 0, shown(bar.label), size=12) for bar in bars]
    widest = max(text.get_window_extent().width for text in texts)
    for text in texts:
        text.remove()
    return float(widest / axes.get_window_extent().width)


def _bar(axes: Axes, row: int, bar: Bar, left: float) -> None:
    colour = COLOURS[bar.mark]
    filled = (
        {"color": colour}
        if bar.mark == "actual"
        else {"facecolor": "white", "edgecolor": colour, "linewidth": 1.5, "hatch": "//"}
    )
    axes.barh(row + 0.1, bar.value, height=0.3, **filled)
    if bar.before is not None:
        axes.plot([bar.before] * 2, [row - 0.12, row + 0.32], color=INK, linewidth=2)
    axes.text(left, row - 0.3, shown(bar.name), size=12, color=INK, va="center", ha="left")
    end = max(bar.value, bar.before or 0.0, 0.0)
    axes.annotate(
        shown(bar.label),
        (end, row + 0.1),
        (6, 0),
        textcoords="offset points",
        size=12,
        color=INK,
        va="center",
        ha="left",
    )


MOST_COUNTED = 8
"""Columns in which each part has room for its number; where there are more, each has its sum."""


def _columns(axes: Axes, panel: Panel) -> None:
    many = len(panel.columns) > MOST_COUNTED
    places = range(len(panel.columns))
    reached = [0] * len(panel.columns)
    for share, colour in zip(panel.shares, KINDS, strict=False):
        axes.bar(
            places,
            share.counts,
            bottom=reached,
            width=0.62,
            color=colour,
            edgecolor="white",
            linewidth=1.5,
            label=shown(share.kind),
        )
        for at, count in enumerate(share.counts):
            if count and not many:
                middle = reached[at] + count / 2
                ink = INK if colour in _LIGHT else "white"
                axes.text(at, middle, str(count), size=12, color=ink, ha="center", va="center")
        reached = [one + more for one, more in zip(reached, share.counts, strict=True)]
    for at, count in enumerate(reached if many else ()):
        if count:
            axes.text(at, count, str(count), size=10, color=INK, ha="center", va="bottom")
    axes.set_xticks(list(places), [shown(label) for label in panel.columns])
    axes.set_yticks([])
    axes.set_ylim(0, (max(reached, default=0) or 1) * 1.5)
    axes.legend(
        loc="upper left",
        ncols=_SIGNS,
        frameon=False,
        fontsize=11,
        handlelength=1.0,
        handletextpad=0.4,
        columnspacing=1.0,
        borderaxespad=0.0,
    )


def _legend(figure: Figure, chart: Chart, tall: float) -> None:
    signs = [(_sign(mark), shown(label)) for mark, label in chart.marks]
    if chart.disputed:
        signs.append((_sign("actual", disputed=True), shown(chart.disputed)))
    if signs:
        figure.legend(
            *zip(*signs, strict=True),
            loc="lower left",
            bbox_to_anchor=(0.03, 0.3 / tall if chart.note else 0.08 / tall),
            ncols=_beside(len(signs)),
            frameon=False,
            fontsize=12,
            handletextpad=0.3,
            columnspacing=1.0,
            labelcolor=INK,
            borderaxespad=0.0,
        )
    if chart.note:
        figure.text(0.04, 0.08 / tall, shown(chart.note), size=10, color="#666666", va="bottom")


def _sign(mark: Mark, *, disputed: bool = False) -> Line2D:
    colour = COLOURS[mark]
    return Line2D(
        [],
        [],
        marker=SHAPES[mark],
        markersize=8,
        linestyle="none",
        markerfacecolor=colour if mark == "actual" else "white",
        markeredgecolor=DISPUTED if disputed else colour,
        markeredgewidth=2,
    )
