"""What every kind of card is built on: its ground, its edges, its words on one line."""

from __future__ import annotations

from typing import Final

from brm_desktop.rendering.figure import CARD_WIDTH, Box, Card, Point, Side
from brm_desktop.rendering.fonts import fitted, text_width
from brm_desktop.rendering.surface import Outline, Surface
from brm_desktop.rendering.theme import RADIUS_CARD, SIZE_NAME, SIZE_SMALL, SIZE_TEXT, Theme, mix

TEXT_LEFT: Final = 61.0
TEXT_RIGHT: Final = CARD_WIDTH - 12.0
RING: Final = Point(34.0, 33.5)
BOTTOM: Final = 68.5
NAME_MIDDLE: Final = 24.0
"""How far below the top of a card the middle of its name stands."""
SIGN_ROOM: Final = 24.0
"""What the stance sign takes of the name's line."""

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


def draw_words(
    surface: Surface, card: Card, colours: tuple[str, str], sign: float, pills: float
) -> None:
    """The name and the quiet line under it.

    A name too long for its line is set smaller, then on two lines, then cut. ``sign`` and ``pills``
    are the room that the stance sign and the pills take at the right; left people are struck out.
    """
    name_colour, quiet = colours
    room = TEXT_RIGHT - TEXT_LEFT
    lines, size = _name_lines(one_line(card.name), room - sign, room - max(sign, pills))
    x, y = card.box.x + TEXT_LEFT, card.box.y
    tops = (28.5,) if len(lines) == 1 else (21.5, 36.5)
    for text, top in zip(lines, tops, strict=True):
        surface.text(Point(x, y + top), text, name_colour, size, bold=True)
        if card.left:
            end = x + text_width(text, size, True)
            strike = Outline.through(Point(x, y + top - 5.0), Point(end, y + top - 5.0))
            surface.outline(strike, stroke=name_colour, width=1.2)
    under = 46.5 if len(lines) == 1 else 52.0
    subtitle = fitted(one_line(card.subtitle), room - pills, SIZE_SMALL)
    surface.text(Point(x, y + under), subtitle, quiet, SIZE_SMALL)


def on_one_line(card: Card) -> bool:
    """Whether the whole name stands on one line of the card, so that a search finds it."""
    name = one_line(card.name)
    if card.side is Side.COMPETITOR:
        return text_width(name, SIZE_SMALL) <= card.box.width
    sign = 0.0 if card.stance is None else SIGN_ROOM
    return text_width(name, SIZE_TEXT, True) <= TEXT_RIGHT - TEXT_LEFT - sign


def _name_lines(name: str, first: float, second: float) -> tuple[tuple[str, ...], float]:
    """The name on one line or two, and its size."""
    for size in (SIZE_NAME, SIZE_TEXT):
        if text_width(name, size, True) <= first:
            return (name,), size
    start, rest = broken(name, first, SIZE_TEXT)
    if not start:
        return (fitted(name, first, SIZE_NAME, True),), SIZE_NAME
    return (start, fitted(rest, second, SIZE_TEXT, True)), SIZE_TEXT


def broken(text: str, room: float, size: float) -> tuple[str, str]:
    """As much of a bold text as fits, broken between words or Chinese characters, and the rest.

    A word is not broken where the rest fits on a line of its own without that.
    """
    best = 0
    for place in range(1, len(text)):
        between = text[place - 1] == " " or text[place] >= "\u2e80" or text[place - 1] in "-/"
        if between and text_width(text[:place].rstrip(), size, True) <= room:
            best = place
    space = text.rfind(" ", 0, best + 1)
    if space > 0 and text_width(text[space:].lstrip(), size, True) <= room:
        best = space
    return text[:best].rstrip(), text[best:].lstrip()
