"""Cards of people outside the account: our colleagues, partners' and competitors' people."""

from __future__ import annotations

from brm_desktop.rendering.card_frame import (
    BOTTOM,
    RING,
    TEXT_RIGHT,
    draw_frame,
    draw_left_edge,
    draw_words,
    one_line,
)
from brm_desktop.rendering.figure import Box, Card, Point, Side
from brm_desktop.rendering.fonts import fitted, text_width
from brm_desktop.rendering.glyphs import draw_pin
from brm_desktop.rendering.surface import Anchor, Surface, regular_polygon
from brm_desktop.rendering.theme import RADIUS_CARD, SIZE_NAME, SIZE_SMALL, Theme

_FACE = 19.0
_INSIDE = 46.0


def draw_outsider(surface: Surface, card: Card, theme: Theme) -> None:
    """A card of one of us, of a partner, or a competitor's hexagon."""
    if card.side is Side.COMPETITOR:
        _draw_competitor(surface, card, theme)
    else:
        _draw_colleague(surface, card, theme)
    if card.pinned:
        draw_pin(surface, Point(card.box.x + 12.0, card.box.y + 9.0), theme)


def _draw_colleague(surface: Surface, card: Card, theme: Theme) -> None:
    """Ours in the accent colour with a round face; a partner's quiet with a square one."""
    box = card.box
    ours = card.side is Side.OWN
    colour = theme.accent if ours else theme.quiet
    draw_frame(surface, card, theme, edge=theme.tinted(colour, 0.55))
    draw_left_edge(surface, box, colour)
    face = Point(box.x + RING.x, box.y + RING.y)
    tint = theme.tinted(colour, 0.14)
    if ours:
        surface.circle(face, _FACE, fill=tint)
    else:
        square = Box(face.x - 17.0, face.y - 17.0, 34.0, 34.0)
        surface.rect(square, fill=tint, radius=RADIUS_CARD)
    letter = one_line(card.name)[:1]
    surface.text(
        Point(face.x, face.y + 5.4),
        letter,
        theme.readable(colour, tint),
        SIZE_NAME,
        bold=True,
        anchor=Anchor.MIDDLE,
    )
    draw_words(surface, card, (theme.ink, theme.quiet), 0.0, 0.0)
    note = fitted(one_line(card.note), TEXT_RIGHT - 16.0, SIZE_SMALL)
    surface.text(Point(box.x + 16.0, box.y + BOTTOM + 3.9), note, theme.quiet, SIZE_SMALL)


def _draw_competitor(surface: Surface, card: Card, theme: Theme) -> None:
    """A hexagon with the name in it, and beneath it whose person that is."""
    hexagon = card.anchor
    tint = theme.tinted(theme.competitor, 0.13)
    surface.outline(
        regular_polygon(hexagon.centre, hexagon.height / 2, 6),
        fill=tint,
        stroke=theme.competitor,
        width=1.6,
    )
    colour = theme.readable(theme.competitor, tint)
    lines = _inside(one_line(card.name))
    for number, text in enumerate(lines):
        lift = (number - (len(lines) - 1) / 2) * 14.0
        at = Point(hexagon.centre.x, hexagon.centre.y + lift + 4.0)
        surface.text(at, text, colour, SIZE_SMALL, bold=len(lines) > 1, anchor=Anchor.MIDDLE)
    whole = " ".join(lines) == one_line(card.name) or "".join(lines) == one_line(card.name)
    caption = card.subtitle if whole else card.name
    at = Point(card.box.centre.x, card.box.bottom - 2.0)
    text = fitted(one_line(caption), card.box.width, SIZE_SMALL)
    on_ground = theme.readable(theme.quiet, theme.ground)
    surface.text(at, text, on_ground, SIZE_SMALL, anchor=Anchor.MIDDLE)


def _inside(name: str) -> tuple[str, ...]:
    """A name on at most two lines of the hexagon; its beginning where it does not fit."""
    if text_width(name, SIZE_SMALL) <= _INSIDE:
        return (name,)
    halves = name.rsplit(" ", 1) if " " in name else [name[: (len(name) + 1) // 2]]
    if len(halves) == 1:
        halves.append(name[len(halves[0]) :])
    if all(text_width(half, SIZE_SMALL, True) <= _INSIDE for half in halves):
        return tuple(halves)
    return (fitted(name, _INSIDE, SIZE_SMALL),)
