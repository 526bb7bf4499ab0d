"""Signs drawn as shapes, alike with every font: stance, contact, change, age, pin, competitor."""

from __future__ import annotations

from typing import Final

from brm_desktop.domain.records import ContactLevel, Stance
from brm_desktop.rendering.figure import Box, Point
from brm_desktop.rendering.fonts import text_width
from brm_desktop.rendering.surface import Anchor, Outline, Surface, regular_polygon, star
from brm_desktop.rendering.theme import SIZE_SMALL, Theme, mix

STANCE_RADIUS: Final = 10.5

CONTACT_STEPS: Final = {
    ContactLevel.NONE: 0,
    ContactLevel.BRIEF: 1,
    ContactLevel.MULTIPLE: 2,
    ContactLevel.IN_DEPTH: 3,
}
"""How many of the three dots of contact are filled."""

_STROKE = 1.7
_ARM = 4.5


def stance_colour(stance: Stance, theme: Theme) -> str:
    """The colour of a stance; never the only sign of it."""
    return {
        Stance.ENEMY: theme.crucial,
        Stance.NON_SUPPORTER: theme.weak,
        Stance.NEUTRAL: theme.quiet,
        Stance.SUPPORTER: theme.strong,
        Stance.MENTOR: theme.strong,
        Stance.UNKNOWN: theme.unscored,
    }[stance]


def draw_stance(surface: Surface, at: Point, stance: Stance, theme: Theme) -> None:
    """The sign of a stance in a disc tinted with its colour."""
    colour = stance_colour(stance, theme)
    share = 0.09 if stance is Stance.UNKNOWN else 0.14
    surface.circle(at, STANCE_RADIUS, fill=mix(theme.panel, colour, share))
    draw_stance_sign(surface, at, stance, colour)


def draw_stance_sign(
    surface: Surface, at: Point, stance: Stance, colour: str, scale: float = 1.0
) -> None:
    """The bare sign of a stance: ✕ － ＝ ＋ ★ ？."""
    if stance is Stance.MENTOR:
        surface.outline(star(at, 6.2 * scale), fill=colour)
        return
    if stance is Stance.UNKNOWN:
        _draw_question(surface, at, colour, scale)
        return
    for start, end in _strokes(stance, at, _ARM * scale):
        surface.outline(Outline.through(start, end), stroke=colour, width=_STROKE * scale)


def _strokes(stance: Stance, at: Point, arm: float) -> list[tuple[Point, Point]]:
    x, y, apart = at.x, at.y, arm * 0.47
    across = (Point(x - arm, y), Point(x + arm, y))
    if stance is Stance.ENEMY:
        slant = arm * 0.82
        return [
            (Point(x - slant, y - slant), Point(x + slant, y + slant)),
            (Point(x - slant, y + slant), Point(x + slant, y - slant)),
        ]
    if stance is Stance.NEUTRAL:
        return [
            (Point(x - arm, y - apart), Point(x + arm, y - apart)),
            (Point(x - arm, y + apart), Point(x + arm, y + apart)),
        ]
    if stance is Stance.SUPPORTER:
        return [across, (Point(x, y - arm), Point(x, y + arm))]
    return [across]


def _draw_question(surface: Surface, at: Point, colour: str, scale: float) -> None:
    def place(across: float, down: float) -> Point:
        return Point(at.x + across * scale, at.y + down * scale)

    hook = Outline(
        place(-2.9, -2.6),
        (
            (place(-2.9, -6.3), place(3.1, -6.3), place(3.1, -2.6)),
            (place(3.1, -0.4), place(0.0, -0.4), place(0.0, 1.8)),
        ),
    )
    surface.outline(hook, stroke=colour, width=_STROKE * scale)
    surface.circle(place(0.0, 4.8), 1.1 * scale, fill=colour)


def draw_contact(surface: Surface, at: Point, contact: ContactLevel, theme: Theme) -> None:
    """How much one has talked, as three dots: none, one, two or three of them filled.

    Where it is unknown nothing is drawn.
    """
    if contact not in CONTACT_STEPS:
        return
    for step in range(3):
        dot = Point(at.x + (step - 1) * 7.0, at.y)
        if step < CONTACT_STEPS[contact]:
            surface.circle(dot, 2.2, fill=theme.quiet)
        else:
            surface.circle(dot, 1.7, stroke=theme.unscored, width=1.0)


def draw_change(surface: Surface, at: Point, change: int, theme: Theme) -> None:
    """By how many points a score went up or down, in a pill with an arrow."""
    colour = theme.strong if change > 0 else theme.weak
    text = f"+{change}" if change > 0 else f"\u2212{-change}"
    width = text_width(text, SIZE_SMALL, True) + 22.0
    pill = Box(at.x - width / 2, at.y - 8.0, width, 16.0)
    surface.rect(pill, fill=theme.panel, stroke=colour, width=1.2, radius=8.0)
    left, way = pill.x + 10.0, -1.0 if change > 0 else 1.0
    arrow = Outline.through(
        Point(left, at.y + 3.6 * way),
        Point(left - 3.6, at.y - 2.6 * way),
        Point(left + 3.6, at.y - 2.6 * way),
        closed=True,
    )
    surface.outline(arrow, fill=colour)
    surface.text(
        Point(left + 6.0, at.y + 3.9),
        text,
        theme.readable(colour, theme.panel),
        SIZE_SMALL,
        bold=True,
    )


def draw_hexagon_number(surface: Surface, at: Point, number: int, theme: Theme) -> None:
    """The competitors' closeness in their hexagon."""
    surface.outline(
        regular_polygon(at, 13.0, 6), fill=theme.competitor, stroke=theme.panel, width=1.5
    )
    surface.text(
        Point(at.x, at.y + 3.9),
        str(number),
        theme.on(theme.competitor),
        SIZE_SMALL,
        bold=True,
        anchor=Anchor.MIDDLE,
    )


def draw_clock(surface: Surface, at: Point, theme: Theme) -> None:
    """A small clock: what stands here was said long ago."""
    surface.circle(at, 6.2, fill=theme.panel)
    surface.circle(at, 4.6, stroke=theme.quiet, width=1.2)
    hands = Outline.through(
        Point(at.x, at.y - 2.7), Point(at.x, at.y + 0.2), Point(at.x + 2.0, at.y + 1.2)
    )
    surface.outline(hands, stroke=theme.quiet, width=1.2)


def draw_pin(surface: Surface, at: Point, theme: Theme) -> None:
    """A pin: no layout moves this card."""
    surface.outline(
        Outline.through(Point(at.x, at.y + 1.0), Point(at.x, at.y + 5.0)),
        stroke=theme.quiet,
        width=1.2,
    )
    surface.circle(Point(at.x, at.y - 1.5), 2.9, fill=theme.quiet)


def draw_pill(surface: Surface, box: Box, text: str, colour: str, theme: Theme) -> None:
    """A word in a tinted pill with its colour's edge."""
    tint = theme.tinted(colour, 0.10)
    surface.rect(box, fill=tint, stroke=colour, width=1.0, radius=box.height / 2)
    surface.text(
        Point(box.centre.x, box.centre.y + 3.9),
        text,
        theme.readable(colour, tint),
        SIZE_SMALL,
        anchor=Anchor.MIDDLE,
    )
