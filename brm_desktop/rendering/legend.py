"""What the signs of a figure mean: small samples with a few words, only of what it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from brm_desktop.domain.records import ContactLevel, PersonId, Role, Stance
from brm_desktop.language import listed, tr
from brm_desktop.rendering.figure import Box, Card, Figure, Line, LineStyle, Point, Side
from brm_desktop.rendering.fonts import text_width
from brm_desktop.rendering.glyphs import (
    draw_clock,
    draw_contact,
    draw_hexagon_number,
    draw_stance,
)
from brm_desktop.rendering.lines import draw_line
from brm_desktop.rendering.shapes import Shape
from brm_desktop.rendering.surface import Outline, Surface, regular_polygon
from brm_desktop.rendering.theme import RADIUS_PANEL, SIZE_SMALL, Theme
from brm_desktop.rendering.words import role_letter

LEGEND_WIDTH: Final = 860.0
"""How wide a legend gets before its entries go on below."""

_ROW = 24.0
_PAD = 12.0
_SAMPLE = 30.0
_GAP = 8.0
_BETWEEN = 18.0

_Sample = Callable[[Surface, Point, Theme], None]
_NOBODY = PersonId("")


@dataclass(frozen=True, slots=True)
class Entry:
    """One sign with its meaning; ``sample`` draws it around a place."""

    text: str
    sample: _Sample


def legend_of(figure: Figure) -> tuple[Entry, ...]:
    """What there is to explain in a figure."""
    cards = list(figure.cards.values())
    return (*_of_cards(cards), *_of_chain(cards), *_of_lines(figure), *_of_marks(figure))


def legend_box(figure: Figure, at: Point, width: float = LEGEND_WIDTH) -> Box:
    """The rectangle a legend takes whose top left corner stands somewhere."""
    rows = _rows(legend_of(figure), width)
    wide = max((sum(_wide(one) for one in row) for row in rows), default=0.0) - _BETWEEN
    return Box(at.x, at.y, wide + 2 * _PAD, len(rows) * _ROW + _PAD)


def draw_legend(
    surface: Surface, figure: Figure, at: Point, theme: Theme, width: float = LEGEND_WIDTH
) -> None:
    """Draw a figure's legend with its top left corner somewhere."""
    box = legend_box(figure, at, width)
    surface.rect(box, fill=theme.panel, stroke=theme.hairline, radius=RADIUS_PANEL)
    colour = theme.readable(theme.quiet, theme.panel)
    for number, row in enumerate(_rows(legend_of(figure), width)):
        x, y = at.x + _PAD, at.y + _PAD / 2 + (number + 0.5) * _ROW
        for entry in row:
            entry.sample(surface, Point(x + _SAMPLE / 2, y), theme)
            surface.text(Point(x + _SAMPLE + _GAP, y + 3.9), entry.text, colour, SIZE_SMALL)
            x += _wide(entry)


def _wide(entry: Entry) -> float:
    return _SAMPLE + _GAP + text_width(entry.text, SIZE_SMALL) + _BETWEEN


def _rows(entries: tuple[Entry, ...], width: float) -> list[list[Entry]]:
    rows: list[list[Entry]] = []
    left = 0.0
    for entry in entries:
        wide = _wide(entry)
        if not rows or wide - _BETWEEN > left:
            rows.append([])
            left = width - 2 * _PAD
        rows[-1].append(entry)
        left -= wide
    return rows


def _of_cards(cards: list[Card]) -> Iterator[Entry]:
    inside = [card for card in cards if card.side is Side.CUSTOMER]
    if not inside:
        return
    yield Entry(tr("ring: {what}", what=tr(inside[0].lens)), _ring)
    yield Entry(tr("bars: closeness, solution, price"), _bars)
    yield Entry(tr("strong, medium, weak"), _bands)
    if any(card.stale for card in inside):
        yield Entry(tr("said long ago"), draw_clock)
    if any(card.crucial for card in inside):
        yield Entry(tr("crucial person"), _crucial)
    if any(card.placeholder for card in inside):
        yield Entry(tr("not known who"), _dashed)
    if any(card.competitor is not None for card in inside):
        yield Entry(
            tr("a competitor's closeness"),
            lambda s, at, theme: draw_hexagon_number(s, at, 50, theme),
        )


def _of_chain(cards: list[Card]) -> Iterator[Entry]:
    shown = {card.stance for card in cards}
    for stance in Stance:
        if stance in shown:
            yield Entry(tr(stance), _stance(stance))
    if any(card.contact is not None for card in cards):
        yield Entry(
            tr("contact: none to in depth"),
            lambda s, at, theme: draw_contact(s, at, ContactLevel.MULTIPLE, theme),
        )
    held = {role for card in cards for role in card.roles}
    if held:
        letters = listed(f"{role_letter(role)} {tr(role)}" for role in Role if role in held)
        yield Entry(letters, _nothing)


def _of_lines(figure: Figure) -> Iterator[Entry]:
    texts = {
        LineStyle.REPORTING: tr("reports to"),
        LineStyle.DOTTED_REPORTING: tr("reports besides"),
        LineStyle.DECIDES_FOR: tr("decides for"),
        LineStyle.INFLUENCE: tr("sways: the wider, the stronger"),
        LineStyle.CONFLICT: tr("conflict"),
        LineStyle.OWN_TIE: tr("our tie"),
        LineStyle.COMPETITOR_TIE: tr("competitor's tie"),
        LineStyle.PARTNER_TIE: tr("partner's tie"),
        LineStyle.SUCCESSION: tr("successor"),
    }
    shown = {line.style for line in figure.lines}
    for style, text in texts.items():
        if style in shown:
            yield Entry(text, _line(style))
    if any(line.assumed for line in figure.lines):
        yield Entry(tr("assumed"), _line(LineStyle.INFLUENCE, assumed=True))


def _of_marks(figure: Figure) -> Iterator[Entry]:
    if figure.groups:
        yield Entry(tr("department: people, mean closeness"), _ground)
    if figure.routes:
        yield Entry(tr("the best routes, in order"), _number)
        yield Entry(tr("a route's weakest edge"), _weakest)


def _ring(surface: Surface, at: Point, theme: Theme) -> None:
    surface.circle(at, 8.0, stroke=theme.track, width=3.0)
    surface.arc(at, 8.0, 0.62, stroke=theme.medium, width=3.0)


def _bars(surface: Surface, at: Point, theme: Theme) -> None:
    for number, (share, colour) in enumerate(
        ((0.9, theme.strong), (0.6, theme.medium), (0.3, theme.weak))
    ):
        bar = Box(at.x - 11.0, at.y - 8.0 + number * 6.0, 22.0, 4.0)
        surface.rect(bar, fill=theme.track, radius=2.0)
        surface.rect(Box(bar.x, bar.y, bar.width * share, 4.0), fill=colour, radius=2.0)


def _bands(surface: Surface, at: Point, theme: Theme) -> None:
    for number, colour in enumerate((theme.strong, theme.medium, theme.weak)):
        surface.circle(Point(at.x + (number - 1) * 10.0, at.y), 4.0, fill=colour)


def _crucial(surface: Surface, at: Point, theme: Theme) -> None:
    box = Box(at.x - 11.0, at.y - 8.0, 22.0, 16.0)
    surface.rect(box, fill=theme.panel, stroke=theme.card_edge, radius=3.0)
    surface.rect(Box(box.x, box.y, 5.0, box.height), fill=theme.crucial, radius=2.0)


def _dashed(surface: Surface, at: Point, theme: Theme) -> None:
    box = Box(at.x - 11.0, at.y - 8.0, 22.0, 16.0)
    surface.rect(box, stroke=theme.wire, width=1.2, radius=3.0, dash=(5.0, 3.5))


def _ground(surface: Surface, at: Point, theme: Theme) -> None:
    box = Box(at.x - 12.0, at.y - 8.0, 24.0, 16.0)
    surface.rect(box, fill=theme.lane, stroke=theme.wire, radius=6.0)


def _number(surface: Surface, at: Point, theme: Theme) -> None:
    surface.circle(at, 8.0, fill=theme.accent)
    wide = text_width("1", SIZE_SMALL, True)
    place = Point(at.x - wide / 2, at.y + 4.0)
    surface.text(place, "1", theme.on(theme.accent), SIZE_SMALL, bold=True)


def _weakest(surface: Surface, at: Point, theme: Theme) -> None:
    surface.outline(regular_polygon(Point(at.x, at.y + 1.0), 8.0, 3), fill=theme.weak)


def _nothing(surface: Surface, at: Point, theme: Theme) -> None:
    surface.text(Point(at.x - 4.0, at.y + 3.9), "Aa", theme.ink, SIZE_SMALL)


def _stance(stance: Stance) -> _Sample:
    def sample(surface: Surface, at: Point, theme: Theme) -> None:
        draw_stance(surface, at, stance, theme)

    return sample


def _line(style: LineStyle, *, assumed: bool = False) -> _Sample:
    def sample(surface: Surface, at: Point, theme: Theme) -> None:
        start, end = Point(at.x - 15.0, at.y), Point(at.x + 15.0, at.y)
        outline = Outline.through(start, end)
        if style is LineStyle.CONFLICT:
            swings = ((-9.0, -4.0), (-3.0, 4.0), (3.0, -4.0), (9.0, 4.0))
            way = (Point(at.x + across, at.y + down) for across, down in swings)
            outline = Outline.through(start, *way, end)
        line = Line(
            record="",
            source=_NOBODY,
            target=_NOBODY,
            style=style,
            strength=None if style is LineStyle.CONFLICT else 40,
            assumed=assumed,
        )
        around = Box(start.x, at.y, 30.0, 0.0)
        draw_line(surface, Shape(line, outline, end, Point(1.0, 0.0), at, around), theme)

    return sample
