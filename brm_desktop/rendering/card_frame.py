"""What every kind of card is built on: its ground, its edges, its words on one line."""

from __future__ import annotations

from typing import Final

from brm_desktop.rendering.figure import CARD_WIDTH, Box, Card, Point
from brm_desktop.rendering.fonts import fitted, text_width
from brm_desktop.rendering.surface import Outline, Surface
from brm_desktop.rendering.theme import RADIUS_CARD, SIZE_NAME, SIZE_SMALL, Theme, mix

TEXT_LEFT: Final = 61.0
TEXT_RIGHT: Final = CARD_WIDTH - 12.0
RING: Final = Point(34.0, 33.5)
BOTTOM: Final = 68.5

_EDGE = 5.0


def one_line(text: str) -> str:
    """Text as it can stand on one line."""
    return " ".join(text.split())


def draw_frame(surface: Surface, card: Card, theme: Theme, edge: str | None = None) -> None:
    """The card's ground, shadow and edge; a placeholder's edge is dashed."""
    box = card.box
    for drop, spread in ((2.4, 0.6), (1.2, 0.0)):
        below = Box(box.x - spread, box.y + drop, box.width + 2 * spread, box.height)
        surface.rect(below, fill=theme.shadow, radius=RADIUS_CARD + spread)
    if card.placeholder:
        surface.rect(
            box,
            fill=theme.panel,
            stroke=mix(theme.wire, theme.quiet, 0.35),
            width=1.2,
            radius=RADIUS_CARD,
            dash=(5.0, 3.5),
        )
    else:
        surface.rect(box, fill=theme.panel, stroke=edge or theme.card_edge, radius=RADIUS_CARD)


def draw_left_edge(surface: Surface, box: Box, colour: str) -> None:
    """A strip along the left edge, following the rounded corners."""
    x, top, bottom, radius = box.x, box.y, box.bottom, RADIUS_CARD
    strip = Outline(
        Point(x + _EDGE, top + 0.6),
        (
            (Point(x + 1.6, top + 1.4), Point(x, top + 4.6), Point(x, top + radius)),
            (Point(x, bottom - radius),),
            (Point(x, bottom - 4.6), Point(x + 1.6, bottom - 1.4), Point(x + _EDGE, bottom - 0.6)),
        ),
        closed=True,
    )
    surface.outline(strip, fill=colour)


def draw_name(surface: Surface, card: Card, colour: str, room: float) -> None:
    """The name, cut where it would not fit, struck through when the person left."""
    at = Point(card.box.x + TEXT_LEFT, card.box.y + 28.5)
    name = fitted(one_line(card.name), room, SIZE_NAME, True)
    surface.text(at, name, colour, SIZE_NAME, bold=True)
    if card.left:
        end = at.x + text_width(name, SIZE_NAME, True)
        strike = Outline.through(Point(at.x, at.y - 5.0), Point(end, at.y - 5.0))
        surface.outline(strike, stroke=colour, width=1.2)


def draw_subtitle(surface: Surface, card: Card, colour: str, room: float) -> None:
    """The quiet line under the name."""
    at = Point(card.box.x + TEXT_LEFT, card.box.y + 46.5)
    surface.text(at, fitted(one_line(card.subtitle), room, SIZE_SMALL), colour, SIZE_SMALL)
