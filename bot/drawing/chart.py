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

WIDTH, DPI = 1080, 120
"""Pixels; a phone of 390 points shows a third of them, so letters of 11 pt are read at 10."""
TALL = {"dots": 5.4, "bars": 0.95, "columns": 3.6}
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
    head, foot = 0.95, 0.95 if chart.marks or chart.note else 0.4
    tall = sum(heights) + head + foot
    figure = Figure(figsize=(WIDTH / DPI, tall), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    figure.text(
        0.04, 1 - 0.3 / tall, _fitted(shown(chart.title)), size=18, color=INK, va="top", ha="left"
    )
    top = tall - head
    for panel, height in zip(chart.panels, heights, strict=True):
        _panel(figure, panel, (top - height) / tall, height / tall, tall)
        top -= height
    _legend(figure, chart, foot / tall)
    return figure


def _fitted(title: str) -> str:
    """Keep a title in its one line: a Chinese character is as wide as two letters."""
    wide = 0
    for at, one in enumerate(title):
        wide += 2 if ord(one) > 0x2E7F else 1
        if wide > 62:
            return title[:at].rstrip() + "…"
    return title


def _height(panel: Panel) -> float:
    heading = 0.45 if panel.heading else 0.0
    if panel.bars:
        return heading + 0.3 + TALL["bars"] * len(panel.bars)
    return heading + TALL["dots" if panel.dots else "columns"]


def _panel(figure: Figure, panel: Panel, bottom: float, height: float, tall: float) -> None:
    heading = 0.45 / tall if panel.heading else 0.0
    if panel.heading:
        place = (0.04, bottom + height - 0.12 / tall)
        figure.text(*place, shown(panel.heading), size=14, color=INK, va="top")
    left, below = (0.04, 0.1 / tall) if panel.bars else (0.11, 0.62 / tall)
    room = height - heading - below - 0.1 / tall
    axes = figure.add_axes((left, bottom + below, 0.96 - left, room))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.tick_params(length=0, labelsize=13, labelcolor=INK, pad=8)
    if panel.dots:
        _dots(axes, panel)
    elif panel.bars:
        _bars(axes, panel.bars)
    else:
        _columns(axes, panel)


def _dots(axes: Axes, panel: Panel) -> None:
    axes.grid(axis="y", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    actual = _line(panel.dots)
    axes.plot(_days(actual), [dot.value for dot in actual], color=COLOURS["actual"], linewidth=2.5)
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
    axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(5))
    if panel.unit:
        axes.set_title(shown(panel.unit), loc="left", size=13, color=INK, pad=12)
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
        if not places or places[-1] - place > 0.15 * wide:
            places.append(place)
            names.append(shown(dot.when))
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
        markersize=13,
        markerfacecolor=colour if dot.mark == "actual" else "white",
        markeredgecolor=DISPUTED if dot.disputed else colour,
        markeredgewidth=3,
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
    longest = max((max(abs(bar.value), abs(bar.before or 0)) for bar in bars), default=0) or 1.0
    least = min(0.0, *(bar.value for bar in bars), *(bar.before or 0 for bar in bars))
    axes.set_xlim(least * 1.4, longest * 1.5)
    axes.set_ylim(len(bars) - 0.4, -0.6)
    for row, bar in enumerate(bars):
        _bar(axes, row, bar, least * 1.4)


def _bar(axes: Axes, row: int, bar: Bar, left: float) -> None:
    colour = COLOURS[bar.mark]
    filled = (
        {"color": colour}
        if bar.mark == "actual"
        else {"facecolor": "white", "edgecolor": colour, "linewidth": 2.5, "hatch": "//"}
    )
    axes.barh(row + 0.1, bar.value, height=0.3, **filled)
    if bar.before is not None:
        axes.plot([bar.before] * 2, [row - 0.12, row + 0.32], color=INK, linewidth=3)
    axes.text(left, row - 0.3, shown(bar.name), size=13, color=INK, va="center", ha="left")
    end = max(bar.value, bar.before or 0.0, 0.0)
    axes.annotate(
        shown(bar.label),
        (end, row + 0.1),
        (8, 0),
        textcoords="offset points",
        size=13,
        color=INK,
        va="center",
        ha="left",
    )


def _columns(axes: Axes, panel: Panel) -> None:
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
            if count:
                middle = reached[at] + count / 2
                ink = INK if colour in _LIGHT else "white"
                axes.text(at, middle, str(count), size=12, color=ink, ha="center", va="center")
        reached = [one + more for one, more in zip(reached, share.counts, strict=True)]
    axes.set_xticks(list(places), [shown(label) for label in panel.columns])
    axes.set_yticks([])
    axes.set_ylim(0, (max(reached, default=0) or 1) * 1.45)
    axes.legend(
        loc="upper left",
        ncols=3,
        frameon=False,
        fontsize=12,
        handlelength=1.0,
        columnspacing=1.2,
        borderaxespad=0.0,
    )


def _legend(figure: Figure, chart: Chart, height: float) -> None:
    signs = [(_sign(mark), shown(label)) for mark, label in chart.marks]
    if chart.disputed:
        signs.append((_sign("actual", disputed=True), shown(chart.disputed)))
    if signs:
        figure.legend(
            *zip(*signs, strict=True),
            loc="lower left",
            bbox_to_anchor=(0.03, height * 0.42),
            ncols=4,
            frameon=False,
            fontsize=13,
            handletextpad=0.3,
            columnspacing=1.4,
            labelcolor=INK,
            borderaxespad=0.0,
        )
    if chart.note:
        figure.text(0.04, height * 0.16, shown(chart.note), size=11, color="#666666", va="bottom")


def _sign(mark: Mark, *, disputed: bool = False) -> Line2D:
    colour = COLOURS[mark]
    return Line2D(
        [],
        [],
        marker=SHAPES[mark],
        markersize=11,
        linestyle="none",
        markerfacecolor=colour if mark == "actual" else "white",
        markeredgecolor=DISPUTED if disputed else colour,
        markeredgewidth=3,
    )
