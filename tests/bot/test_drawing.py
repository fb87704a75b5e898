"""Pictures: a glyph for every character, nothing cut off, of the same chart the same bytes."""

import io
from contextlib import contextmanager
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.text import Text
from PIL import Image

from bot.drawing import chart as drawing
from bot.drawing import fonts
from bot.drawing.chart import draw
from bot.language import LANGUAGES, words_for
from bot.render import figure_chart, labels
from domain.chart import MARKS, Bar, Chart, Dot, Label, Panel, Share
from sandbox.files import measure


def label(text: str, plain: str = "plain") -> Label:
    return Label(text=text, plain=plain)


def dot(year: int, value: float, **given) -> Dot:
    said = {"label": f"{value:g}", "when": label(f"{year}年", str(year)), "sources": "1"}
    return Dot(at=date(year, 12, 31), value=value, **{**said, **given})


TIMELINE = Chart(
    title=label("成都市智能算力规模", "Compute capacity"),
    panels=(
        Panel(
            unit=label("亿元", "¥ billion"),
            dots=(
                dot(2023, 300.0),
                dot(2025, 1300.0, disputed=True),
                dot(2025, 1450.0, disputed=True),
                dot(2027, 3000.0, mark="target"),
                dot(2028, 4000.0, high=5000.0, mark="forecast"),
            ),
        ),
    ),
    marks=tuple((mark, label("实际", "actual")) for mark in MARKS),
    disputed=label("来源说法不一", "sources differ"),
    note=label("注", "note"),
)
WEEK = Chart(
    title=label("一周", "The week"),
    panels=(
        Panel(
            heading=label("每天的报道", "Stories a day"),
            columns=tuple(label(f"周{day}", day) for day in "一二三四五六日"),
            shares=(Share(kind=label("措施", "Measures"), counts=(1, 0, 2, 3, 0, 0, 9)),),
        ),
        Panel(
            heading=label("变化的指标", "What moved"),
            bars=(
                Bar(name=label("企业"), value=90.0, before=100.0, label=label("90 ▼10%")),
                Bar(name=label("增速"), value=-3.5, label=label("-3.5%"), mark="planned"),
            ),
        ),
    ),
)


@pytest.fixture
def without_system_fonts(monkeypatch):
    """A machine, such as the container, that has no fonts of its own."""
    monkeypatch.setattr(fonts, "_of_system", list)
    yield from _anew()


@pytest.fixture
def without_chinese(monkeypatch):
    """A machine that has no font with Chinese characters, and a house without its package."""
    monkeypatch.setattr(fonts, "_carried", list)
    monkeypatch.setattr(fonts, "_of_system", list)
    yield from _anew()


def _anew():
    """Let fonts be looked for anew, and once more when the test is over."""
    for kept in (fonts.families, fonts._files, fonts._glyphs):
        kept.cache_clear()
    yield
    for kept in (fonts.families, fonts._files, fonts._glyphs):
        kept.cache_clear()


@contextmanager
def laid_out(chart: Chart):
    """The texts of a picture, each with the box that it takes, and the picture's own."""
    with drawing.styled():
        figure = drawing._figure(chart)
        figure.canvas.draw()  # a legend finds its place only now
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        beyond = {tick for axes in figure.axes for tick in _beyond(axes)}
        found = [
            one
            for one in figure.findobj(Text)
            if one.get_text() and one.get_visible() and one not in beyond
        ]
        yield [(one, one.get_window_extent(renderer)) for one in found], figure.bbox


def _beyond(axes):
    """The labels of ticks outside of what an axis shows: they are there, and not drawn."""
    low, high = axes.get_ylim()
    return [one for one in axes.get_yticklabels() if not low <= one.get_position()[1] <= high]


def texts(chart: Chart) -> list[str]:
    with laid_out(chart) as (found, _):
        return [one.get_text() for one, _ in found]


@pytest.mark.parametrize("chart", [TIMELINE, WEEK])
def test_the_same_chart_gives_the_same_bytes(chart: Chart):
    assert draw(chart) == draw(chart)


@pytest.mark.parametrize("chart", [TIMELINE, WEEK])
def test_a_picture_is_a_png_that_telegram_takes(chart: Chart):
    content = draw(chart)
    kind, (width, height) = measure(content)  # type: ignore[misc]
    assert (kind, width) == ("png", 1080)
    assert height < 2 * width
    assert len(content) < 200_000


def test_chinese_is_written_in_a_font_that_has_it():
    assert fonts.families()[0] == "Noto Sans SC"
    assert "成都市智能算力规模" in texts(TIMELINE)
    assert "来源说法不一" in texts(TIMELINE)


@pytest.mark.usefixtures("without_system_fonts")
@pytest.mark.parametrize("chart", [TIMELINE, WEEK])
def test_chinese_charts_need_no_font_of_the_system(chart: Chart):
    assert fonts.families() == ("Noto Sans SC", fonts.PLAIN)
    assert chart.title.text in texts(chart)
    assert not all(one.isascii() for one in texts(chart))
    draw(chart)  # a missing glyph would be a warning, which is an error here


@pytest.mark.usefixtures("without_chinese")
@pytest.mark.parametrize("chart", [TIMELINE, WEEK])
def test_without_such_a_font_it_is_english_and_never_boxes(chart: Chart):
    assert fonts.families() == (fonts.PLAIN,)
    assert all(one.isascii() or fonts.covers(one) for one in texts(chart))
    assert chart.title.plain in texts(chart)
    draw(chart)  # and matplotlib has no glyph to miss: its warnings are errors here


PNG = b"\x89PNG"


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_shown_of_any_text_has_a_glyph_for_each_character(text: str, plain: str):
    assert fonts.covers(fonts.shown(Label(text=text, plain=plain)))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(-1e12, 1e12), min_size=2, max_size=10), st.text(max_size=20))
def test_any_values_and_any_words_are_drawn(values: list[float], text: str):
    dots = tuple(dot(2010 + at, value, label=f"{value:g}") for at, value in enumerate(values))
    assert draw(Chart(title=label(text), panels=(Panel(dots=dots),))).startswith(PNG)
    bars = tuple(Bar(name=label(text), value=value, label=label(text)) for value in values)
    assert draw(Chart(title=label(text), panels=(Panel(bars=bars),))).startswith(PNG)


def test_no_label_covers_another_one_where_two_values_are_of_one_time():
    with laid_out(TIMELINE) as (found, _):
        boxes = [box for text, box in found if "[" in text.get_text()]
    assert len(boxes) == 5
    assert not any(a.overlaps(b) for at, a in enumerate(boxes) for b in boxes[at + 1 :])


@pytest.mark.parametrize("chart", [TIMELINE, WEEK])
def test_nothing_is_cut_off_at_the_edge(chart: Chart):
    with laid_out(chart) as (found, whole):
        for text, box in found:
            assert -1 <= box.x0 <= box.x1 <= whole.width + 1, text.get_text()
            assert -1 <= box.y0 <= box.y1 <= whole.height + 1, text.get_text()


def test_a_dollar_is_a_dollar_and_no_formula():
    odd = label("US$1_{ and $5^ million")
    chart = Chart(title=odd, panels=(Panel(bars=(Bar(name=odd, value=1.0, label=odd),)),))
    assert "US$1_{ and $5^ million" in texts(chart)
    assert draw(chart).startswith(PNG)


def test_what_signs_mean_can_be_told_apart_without_any_colour():
    assert len(set(drawing.SHAPES.values())) == len(MARKS)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("colour", [drawing.INK, *drawing.COLOURS.values()])
def test_lines_and_letters_stand_out_from_the_paper(colour: str):
    """WCAG 2.2, 1.4.11: three to one for graphics."""
    assert 1.05 / (_luminance(colour) + 0.05) >= 3


def test_letters_are_read_on_a_phone():
    """A bubble of 310 points shows 1080 pixels: nothing is smaller than 7.5 points of it."""
    scale = 310 / drawing.WIDTH * drawing.DPI / 72
    with laid_out(TIMELINE) as (found, _):
        sizes = [text.get_fontsize() * scale for text, _ in found]
    assert min(sizes) >= 7.5
    assert max(sizes) >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_ours_in_a_picture_has_its_glyphs(language):
    for text in (*figure_chart.KINDS.values(), *labels.INDICATORS.values()):
        assert fonts.covers(words_for(language).plain(text))


def test_the_picture_is_not_empty():
    picture = Image.open(io.BytesIO(draw(TIMELINE))).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(maxcolors=1 << 24) or ()}
    assert {(0, 0x72, 0xB2), (0xD5, 0x5E, 0)} <= colours
