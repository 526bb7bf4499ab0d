"""Person cards: the full card, the name plate and the dot, by how near one looks."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.scores import Band, Freshness
from brm_desktop.language import tr
from brm_desktop.rendering.card_frame import (
    BOTTOM,
    RING,
    SIGN_ROOM,
    TEXT_RIGHT,
    broken,
    draw_frame,
    draw_left_edge,
    draw_words,
    one_line,
)
from brm_desktop.rendering.figure import Box, Card, Lens, Point, Score, Side
from brm_desktop.rendering.fonts import fitted, text_width
from brm_desktop.rendering.glyphs import (
    CONTACT_STEPS,
    STANCE_RADIUS,
    draw_change,
    draw_clock,
    draw_contact,
    draw_hexagon_number,
    draw_pill,
    draw_pin,
    draw_stance,
    draw_stance_sign,
    stance_colour,
)
from brm_desktop.rendering.outsiders import draw_outsider
from brm_desktop.rendering.screen import PainterSurface
from brm_desktop.rendering.surface import Anchor, Surface
from brm_desktop.rendering.theme import (
    RADIUS_CARD,
    SIZE_SMALL,
    SIZE_TEXT,
    Theme,
    mix,
)
from brm_desktop.rendering.words import role_letter, role_word

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

CARD_MARGIN: Final = 16.0
"""How far a card's marks and shadow reach beyond its rectangle."""

PLATES_BELOW: Final = 0.4
DOTS_BELOW: Final = 0.15

_RING_RADIUS = 19.0
_BARS = ((phrase("C"), 14.0), (phrase("S"), 55.0), (phrase("P"), 96.0))
_BAR_WIDTH = 21.0
_BAR_HEIGHT = 5.0
_PLATE_NUMBER = 52.0
_CONTACT = 39.0
_CHANGE = 44.0
_PILLS = 41.0
_UNDER_CONTACT = 46.5
_PILL_HEIGHT = 14.0


class Detail(Enum):
    """How much of a card is drawn."""

    CARD = auto()
    PLATE = auto()
    DOT = auto()


def detail_at(zoom: float) -> Detail:
    """What to draw at a zoom: cards from 0.4, name plates from 0.15, dots below."""
    if zoom >= PLATES_BELOW:
        return Detail.CARD
    return Detail.PLATE if zoom >= DOTS_BELOW else Detail.DOT


def paint_card(painter: QPainter, card: Card, theme: Theme, detail: Detail = Detail.CARD) -> None:
    """Paint one card at its place; it may reach ``CARD_MARGIN`` beyond ``card.box``."""
    draw_card(PainterSurface(painter), card, theme, detail)


def paint_selection(painter: QPainter, card: Card, theme: Theme) -> None:
    """Paint the mark of a selected card around it."""
    draw_selection(PainterSurface(painter), card.box, theme)


def draw_selection(surface: Surface, box: Box, theme: Theme) -> None:
    """The mark of a selected card."""
    surface.rect(box.grown(4.0), stroke=theme.accent, width=2.0, radius=RADIUS_CARD + 4.0)


def draw_card(surface: Surface, card: Card, theme: Theme, detail: Detail = Detail.CARD) -> None:
    """Draw one card on any surface."""
    dressed = card_theme(card, theme)
    if detail is Detail.DOT:
        _draw_dot(surface, card, dressed)
    elif detail is Detail.PLATE:
        _draw_plate(surface, card, dressed)
    elif card.side is Side.CUSTOMER:
        _draw_customer(surface, card, dressed)
    else:
        draw_outsider(surface, card, dressed)


def card_theme(card: Card, theme: Theme) -> Theme:
    """The theme a card is drawn in: paler when it is stale, left or filtered."""
    if card.faded:
        return theme.filtered()
    return theme.aged() if card.stale or card.left else theme


def band_colour(band: Band, theme: Theme) -> str:
    """The colour of a band; never the only sign of it."""
    return {
        Band.STRONG: theme.strong,
        Band.MEDIUM: theme.medium,
        Band.WEAK: theme.weak,
        Band.UNSCORED: theme.unscored,
    }[band]


def lens_score(card: Card) -> Score:
    """The score that the ring, the plate and the dot show."""
    if card.lens is Lens.SOLUTION:
        return card.solution
    return card.price if card.lens is Lens.PRICE else card.closeness


def lens_colour(card: Card, theme: Theme) -> str:
    """The colour of the ring, the plate and the dot."""
    if card.side is Side.OWN:
        return theme.accent
    if card.side is Side.COMPETITOR:
        return theme.competitor
    if card.lens is Lens.STANCE:
        return theme.unscored if card.stance is None else stance_colour(card.stance, theme)
    score = lens_score(card)
    if card.lens is Lens.FRESHNESS and score.value is not None:
        return {
            Freshness.FRESH: theme.strong,
            Freshness.AGEING: theme.medium,
            Freshness.STALE: theme.weak,
        }[score.freshness]
    return band_colour(score.band, theme)


def _draw_customer(surface: Surface, card: Card, theme: Theme) -> None:
    box = card.box
    draw_frame(surface, card, theme)
    if card.crucial:
        draw_left_edge(surface, box, theme.crucial)
    _draw_ring(surface, card, theme)
    if card.stance is not None:
        at = Point(box.right - 10.0 - STANCE_RADIUS, box.y + 23.5)
        draw_stance(surface, at, card.stance, theme)
    if card.contact is not None:
        at = Point(box.right - 10.0 - STANCE_RADIUS, box.y + _CONTACT)
        draw_contact(surface, at, card.contact, theme)
    _draw_words(surface, card, theme)
    for (letter, left), score in zip(
        _BARS, (card.closeness, card.solution, card.price), strict=True
    ):
        _draw_bar(surface, Point(box.x + left, box.y + BOTTOM), letter, score, theme)
    _draw_corner(surface, card, theme)
    if card.competitor is not None:
        draw_hexagon_number(surface, Point(box.right - 14.0, box.y), card.competitor, theme)
    if card.pinned:
        draw_pin(surface, Point(box.x + 12.0, box.y + 9.0), theme)
    if card.change:
        draw_change(surface, Point(box.x + _CHANGE, box.y), card.change, theme)


def _draw_ring(surface: Surface, card: Card, theme: Theme) -> None:
    at = Point(card.box.x + RING.x, card.box.y + RING.y)
    score = lens_score(card)
    surface.circle(at, _RING_RADIUS, stroke=theme.track, width=3.6)
    colour = lens_colour(card, theme)
    if card.lens is Lens.STANCE and card.stance is not None:
        surface.circle(at, _RING_RADIUS, stroke=colour, width=3.6)
        draw_stance_sign(surface, at, card.stance, colour)
        return
    if score.value:
        surface.arc(at, _RING_RADIUS, score.value / 100, stroke=colour, width=3.6)
    number = "–" if score.value is None else str(score.value)
    surface.text(Point(at.x, at.y + 4.6), number, theme.ink, SIZE_TEXT, anchor=Anchor.MIDDLE)
    if score.value is not None and score.freshness is Freshness.STALE:
        draw_clock(surface, Point(at.x + 14.0, at.y + 14.0), theme)


def _draw_words(surface: Surface, card: Card, theme: Theme) -> None:
    sign = 0.0 if card.stance is None else SIGN_ROOM
    name = theme.crucial if card.crucial else theme.ink
    pills = _draw_pills(surface, card, theme)
    if card.contact in CONTACT_STEPS:
        pills = max(pills, SIGN_ROOM)
    draw_words(surface, card, (name, theme.quiet), sign, pills)


def _draw_pills(surface: Surface, card: Card, theme: Theme) -> float:
    """The marks of who can stop or pass alone; gives the room they take from the subtitle."""
    pills = []
    if card.veto:
        pills.append((tr("veto"), theme.crucial))
    if card.sole_approver:
        pills.append((tr("sole"), theme.accent))
    right = card.box.x + TEXT_RIGHT
    taken = 0.0
    top = card.box.y + (_UNDER_CONTACT if card.contact in CONTACT_STEPS else _PILLS)
    for text, colour in pills:
        width = text_width(text, SIZE_SMALL) + 12.0
        place = Box(right - taken - width, top, width, _PILL_HEIGHT)
        draw_pill(surface, place, text, colour, theme)
        taken += width + 4.0
    return taken + (2.0 if taken else 0.0)


def _draw_bar(surface: Surface, at: Point, letter: Phrase, score: Score, theme: Theme) -> None:
    surface.text(Point(at.x, at.y + 3.9), tr(letter), theme.quiet, SIZE_SMALL)
    bar = Box(at.x + 14.0, at.y - _BAR_HEIGHT / 2, _BAR_WIDTH, _BAR_HEIGHT)
    surface.rect(bar, fill=theme.track, radius=_BAR_HEIGHT / 2)
    if score.value is None:
        return
    colour = band_colour(score.band, theme)
    filled = Box(bar.x, bar.y, max(_BAR_HEIGHT, _BAR_WIDTH * score.value / 100), _BAR_HEIGHT)
    if score.freshness is Freshness.STALE:
        surface.rect(
            Box(filled.x + 0.6, filled.y + 0.6, filled.width - 1.2, filled.height - 1.2),
            fill=mix(theme.panel, colour, 0.25),
            stroke=colour,
            width=1.2,
            radius=_BAR_HEIGHT / 2,
        )
    else:
        surface.rect(filled, fill=colour, radius=_BAR_HEIGHT / 2)


def _draw_corner(surface: Surface, card: Card, theme: Theme) -> None:
    """Roles at the bottom right: in words where they fit, else in letters; or the note."""
    left = _BARS[-1][1] + 14.0 + _BAR_WIDTH + 3.0
    room = TEXT_RIGHT - left
    text = one_line(card.note)
    if card.roles:
        text = " ".join(role_word(role) for role in card.roles)
        if text_width(text, SIZE_SMALL) > room:
            text = " ".join(role_letter(role) for role in card.roles)
    at = Point(card.box.x + TEXT_RIGHT, card.box.y + BOTTOM + 3.9)
    surface.text(at, fitted(text, room, SIZE_SMALL), theme.quiet, SIZE_SMALL, anchor=Anchor.END)


def _draw_plate(surface: Surface, card: Card, theme: Theme) -> None:
    """Name and band, large enough to read from afar."""
    box = card.box
    colour = lens_colour(card, theme)
    surface.rect(box, fill=theme.panel, stroke=theme.card_edge, width=2.0, radius=RADIUS_CARD)
    block = Box(box.x, box.y, _PLATE_NUMBER, box.height)
    surface.rect(block, fill=colour, radius=RADIUS_CARD)
    if card.side is Side.CUSTOMER and card.lens is Lens.STANCE and card.stance is not None:
        draw_stance_sign(surface, block.centre, card.stance, theme.on(colour), 2.4)
    else:
        at = Point(block.centre.x, box.centre.y + 10.0)
        sign = _plate_sign(card)
        surface.text(at, sign, theme.on(colour), 26.0, bold=True, anchor=Anchor.MIDDLE)
    _draw_plate_name(surface, card, theme.crucial if card.crucial else theme.ink)


def _plate_sign(card: Card) -> str:
    """The score; for people from outside the beginning of their name."""
    if card.side is not Side.CUSTOMER:
        return one_line(card.name)[:1]
    value = lens_score(card).value
    return "–" if value is None else str(value)


def _draw_plate_name(surface: Surface, card: Card, colour: str) -> None:
    """The name as large as one line allows, else on two lines."""
    box = card.box
    room = box.width - _PLATE_NUMBER - 14.0
    name = one_line(card.name)
    wide = text_width(name, 34.0, True)
    size = min(34.0, 34.0 * room / wide) if wide > 0 else 34.0
    lines: tuple[str, ...] = (name,)
    if size < 25.0:
        size = 25.0
        start, rest = broken(name, room, size)
        lines = (
            (start, fitted(rest, room, size, True)) if start else (fitted(name, room, size, True),)
        )
    for number, text in enumerate(lines):
        lift = (number - (len(lines) - 1) / 2) * size * 1.24
        at = Point(box.x + _PLATE_NUMBER + 8.0, box.centre.y + size * 0.35 + lift)
        surface.text(at, text, colour, size, bold=True)


def _draw_dot(surface: Surface, card: Card, theme: Theme) -> None:
    """A rectangle in the band's colour; unscored is hollow, crucial has a red edge."""
    box = card.box
    colour = lens_colour(card, theme)
    unscored = card.side is Side.CUSTOMER and lens_score(card).value is None
    surface.rect(box, fill=theme.hairline if unscored else colour)
    if card.crucial:
        surface.rect(Box(box.x, box.y, 36.0, box.height), fill=theme.crucial)
