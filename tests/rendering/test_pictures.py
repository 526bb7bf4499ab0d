"""What is painted, to the pixel: few small pictures, made with our own font on every machine.

After a change that is meant to be seen, look at the new ones and keep them with
``BRM_NEW_PICTURES=1 uv run pytest tests/rendering/test_pictures.py``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from drawn import alone, card, chain, laned, line, lines, marked, ringed, score, tree, zoo
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from brm_desktop.domain.records import ContactLevel, PersonId, Role, Stance
from brm_desktop.domain.scores import Freshness
from brm_desktop.rendering.cards import (
    CARD_MARGIN,
    Detail,
    detail_at,
    draw_card,
    paint_card,
    paint_selection,
)
from brm_desktop.rendering.figure import (
    Box,
    Figure,
    Lens,
    LineStyle,
    Point,
    Side,
)
from brm_desktop.rendering.fonts import fitted, load_fonts, text_width
from brm_desktop.rendering.legend import draw_legend, legend_box
from brm_desktop.rendering.lines import batched, line_width, paint_batches, paint_line
from brm_desktop.rendering.painting import paint_figure, paint_lanes, paint_lines, paint_routes
from brm_desktop.rendering.screen import PainterSurface, qcolor
from brm_desktop.rendering.shapes import trace
from brm_desktop.rendering.sheets import extent
from brm_desktop.rendering.svg import SvgSurface
from brm_desktop.rendering.theme import DARK, LIGHT, Theme

IMAGES = Path(__file__).parent / "images"


@pytest.fixture(autouse=True)
def _window_system(qapp: QApplication) -> None:
    """Fonts and pictures need an application."""


def painted(figure: Figure, theme: Theme, view: Box, scale: float = 1.0) -> QImage:
    image = QImage(
        round(view.width * scale), round(view.height * scale), QImage.Format.Format_RGB32
    )
    image.fill(qcolor(theme.ground))
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(-view.x, -view.y)
    paint_figure(painter, figure, theme, exposed=view, zoom=scale)
    painter.end()
    return image


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("figure", [chain(), tree(), ringed()], ids=["chain", "tree", "rings"])
def test_the_legend_is_the_one_that_was_approved(
    figure: Figure, theme: Theme, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    box = legend_box(figure, Point(0.0, 0.0), 560.0)
    image = QImage(round(box.width), round(box.height), QImage.Format.Format_RGB32)
    image.fill(qcolor(theme.ground))
    painter = QPainter(image)
    draw_legend(PainterSurface(painter), figure, Point(0.0, 0.0), theme, 560.0)
    painter.end()
    kind = request.node.callspec.id.split("-")[0]
    compared(image, f"legend-{kind}-{theme.name}", tmp_path)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("name", "figure", "scale"),
    [
        ("marks", marked(), 1.0),
        ("lines", lines(), 0.75),
        ("tree", tree(), 0.6),
        ("lanes", laned(), 0.6),
        ("rings", ringed(), 0.6),
    ],
)
def test_the_figure_is_the_one_that_was_approved(
    name: str, figure: Figure, scale: float, theme: Theme, tmp_path: Path
) -> None:
    compared(painted(figure, theme, extent(figure), scale), f"{name}-{theme.name}", tmp_path)


def compared(image: QImage, name: str, tmp_path: Path) -> None:
    approved = IMAGES / f"{name}.png"
    if os.environ.get("BRM_NEW_PICTURES"):
        image.save(str(approved))
    expected = QImage(str(approved)).convertToFormat(QImage.Format.Format_RGB32)
    if image != expected:
        image.save(str(tmp_path / approved.name))
    assert image == expected, f"see {tmp_path / approved.name} beside {approved}"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("name", "figure", "view", "scale"),
    [
        ("cards", zoo(), Box(-115, -56, 460, 436), 1.0),
        ("chain", chain(), Box(-170, -75, 600, 342), 1.5),
        ("plates", zoo(), Box(-115, -56, 460, 436), 0.3),
        ("dots", zoo(), Box(-115, -56, 460, 436), 0.1),
    ],
)
def test_the_picture_is_the_one_that_was_approved(
    name: str, figure: Figure, view: Box, scale: float, theme: Theme, tmp_path: Path
) -> None:
    compared(painted(figure, theme, view, scale), f"{name}-{theme.name}", tmp_path)


# ---------------------------------------------------------------- what pictures must obey


def test_detail_falls_with_the_zoom() -> None:
    assert [detail_at(zoom) for zoom in (1.0, 0.4, 0.39, 0.15, 0.14)] == [
        Detail.CARD,
        Detail.CARD,
        Detail.PLATE,
        Detail.PLATE,
        Detail.DOT,
    ]


@pytest.mark.parametrize("detail", list(Detail))
@pytest.mark.parametrize(
    "fields",
    [
        {
            "name": "采购与供应链管理中心副总监兼办公室主任 欧阳震华",
            "veto": True,
            "sole_approver": True,
        },
        {"name": "Wolfeschlegelsteinhausenbergerdorff", "stance": Stance.ENEMY, "competitor": 100},
        {"name": "👩‍💼 محمد\nعبد الله", "roles": tuple(Role), "left": True},
        {"name": "", "placeholder": True, "pinned": True, "faded": True},
        {"name": "M" * 300, "side": Side.OWN},
        {"name": "Maximilian Hohenzollern", "side": Side.COMPETITOR},
    ],
)
def test_nothing_of_a_card_reaches_beyond_its_margin(
    fields: dict[str, object], detail: Detail
) -> None:
    one = replace(card("x", 200, 150), **fields)  # type: ignore[arg-type]
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(qcolor(LIGHT.ground))
    empty = image.copy()
    painter = QPainter(image)
    paint_card(painter, one, LIGHT, detail)
    painter.end()
    around = one.box.grown(CARD_MARGIN)
    inside = (round(around.x), round(around.y), round(around.width), round(around.height))
    assert image.copy(*inside) != empty.copy(*inside)
    painter = QPainter(image)
    painter.fillRect(*inside, qcolor(LIGHT.ground))
    painter.end()
    assert image == empty


@pytest.mark.parametrize(
    "change",
    [
        {"crucial": True},
        {"veto": True},
        {"sole_approver": True},
        {"placeholder": True},
        {"pinned": True},
        {"left": True},
        {"faded": True},
        {"competitor": 10},
        {"stance": Stance.NEUTRAL},
        {"roles": (Role.USER,)},
        {"contact": ContactLevel.NONE},
        {"change": 5},
        {"change": -5},
        {"note": "42"},
        {"lens": Lens.PRICE},
        {"side": Side.OWN},
        {"side": Side.PARTNER},
        {"closeness": score(80, Freshness.STALE)},
        {"price": score(35, Freshness.STALE)},
        {"price": score(None)},
    ],
)
def test_everything_a_card_knows_can_be_seen_without_colours(change: dict[str, object]) -> None:
    view = Box(-120, -60, 240, 120)
    plain = painted(alone(card("周海")), LIGHT, view)
    marked = painted(alone(replace(card("周海"), **change)), LIGHT, view)  # type: ignore[arg-type]
    grey = QImage.Format.Format_Grayscale8
    assert plain.convertToFormat(grey) != marked.convertToFormat(grey)


def test_every_stance_and_every_lens_has_its_own_shape() -> None:
    view = Box(-120, -60, 240, 120)
    grey = QImage.Format.Format_Mono
    stances = [
        painted(alone(card("周海", stance=one, lens=lens)), LIGHT, view).convertToFormat(grey)
        for one in Stance
        for lens in (Lens.CLOSENESS, Lens.STANCE)
    ]
    assert all(a != b for n, a in enumerate(stances) for b in stances[:n])


def test_a_figure_painted_in_parts_is_the_figure_painted_whole() -> None:
    view = Box(-170, -75, 600, 342)
    solid = tuple(line for line in chain().lines if not line.assumed)
    figure = replace(chain(), lines=solid)  # Qt begins the dashes of a cut line elsewhere
    whole = painted(figure, LIGHT, view)
    for part in (Box(-170, -75, 300, 342), Box(130, -75, 300, 342)):
        piece = painted(figure, LIGHT, part)
        left = round(part.x - view.x)
        assert piece == whole.copy(left, 0, round(part.width), round(part.height))


def test_the_parts_of_a_figure_can_be_painted_alone() -> None:
    figure = chain()
    shapes = trace(figure)
    image = QImage(600, 342, QImage.Format.Format_RGB32)
    pictures = []
    ways: tuple[Callable[[QPainter], None], ...] = (
        lambda p: paint_lanes(p, figure, LIGHT),
        lambda p: paint_lines(p, shapes.values(), LIGHT),
        lambda p: paint_lines(p, shapes.values(), LIGHT, 0.2),
        lambda p: paint_batches(p, batched(shapes.values(), LIGHT)),
        lambda p: paint_routes(p, figure, shapes, LIGHT),
        lambda p: paint_line(p, next(iter(shapes.values())), LIGHT, selected=True),
        lambda p: paint_selection(p, figure.cards[PersonId("周海")], LIGHT),
    )
    for paint in ways:
        image.fill(qcolor(LIGHT.ground))
        painter = QPainter(image)
        painter.translate(170, 75)
        paint(painter)
        painter.end()
        pictures.append(image.copy())
    assert pictures[2] == pictures[3]
    del pictures[3]
    assert all(a != b for n, a in enumerate(pictures) for b in pictures[:n])


def test_a_stronger_influence_is_drawn_wider() -> None:
    widths = [
        line_width(line("a", "b", LineStyle.INFLUENCE, strength=strength))
        for strength in (1, 50, 100)
    ]
    assert widths == sorted(widths)
    assert widths[-1] > 3 * widths[0]


def test_text_is_cut_with_an_ellipsis_and_never_wider_than_its_room() -> None:
    assert fitted("周海", 100, 11) == "周海"
    cut = fitted("采购与供应链管理中心", 60, 11)
    assert cut.endswith("…")
    assert text_width(cut, 11) <= 60
    assert load_fonts() == ("Noto Sans SC",)


def test_svg_holds_the_same_words_in_our_font() -> None:
    surface = SvgSurface()
    draw_card(surface, card("A & B <周海>\x00", stance=Stance.MENTOR, competitor=70), LIGHT)
    written = surface.document(Box(-120, -60, 240, 120), title="<标题>")
    assert 'font-family="Noto Sans SC"' in written
    assert "A &amp; B &lt;周海&gt;" in written
    assert "<title>&lt;标题&gt;</title>" in written
    assert "\x00" not in written
