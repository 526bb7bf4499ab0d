"""A decision chain for paper: those who weigh most, in type that can be read at arm's length.

The cards of the screen say too much for a part of a page. Here each has a name, what someone is,
how close we are and where he stands; nothing is smaller than 7 points once it is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.chain_members import MemberReading
from brm_desktop.domain.records import PersonId, ProjectId
from brm_desktop.language import capitalised, tr
from brm_desktop.rendering.card_frame import broken, draw_frame, one_line
from brm_desktop.rendering.cards import card_theme, lens_colour, lens_score
from brm_desktop.rendering.figure import Box, Card, Figure, Lane, Point
from brm_desktop.rendering.figures.decision_chain import chain_excerpt
from brm_desktop.rendering.fonts import fitted, text_width
from brm_desktop.rendering.glyphs import draw_stance_sign
from brm_desktop.rendering.lines import draw_line
from brm_desktop.rendering.painting import upright
from brm_desktop.rendering.shapes import trace
from brm_desktop.rendering.sheets import extent
from brm_desktop.rendering.surface import Anchor, Surface
from brm_desktop.rendering.svg import SvgSurface
from brm_desktop.rendering.theme import RADIUS_CARD, RADIUS_PANEL, Theme

WIDEST: Final = 504.0
HIGHEST: Final = 236.0
"""The room on the page, in points."""
LEAST_TYPE: Final = 7.0
"""The smallest type on paper, in points."""

_LARGEST_SCALE: Final = 0.5
_SMALL: Final = 17.5
_NAME: Final = 22.0
_SMALLER: Final = 19.5
_NUMBER: Final = 24.0
_LEAST_SCALE: Final = LEAST_TYPE / _SMALL
_MOST: Final = 14
_PER_ROW: Final = 4
_BLOCK: Final = 44.0
_GAP: Final = 8.0
_LINE: Final = 1.22


@dataclass(frozen=True, slots=True)
class ChainPicture:
    """The picture as SVG, how wide it stands on the page in points, and how many it leaves out."""

    svg: bytes
    width: float
    left_out: int


def chain_picture(
    analysis: AccountAnalysis,
    project: ProjectId,
    members: Sequence[MemberReading],
    theme: Theme,
) -> ChainPicture:
    """As many members of a chain as have room; who can stop it and who weighs most come first."""
    first = sorted(members, key=lambda one: (not (one.veto or one.crucial), -one.weight))
    people = [one.person for one in first][:_MOST]
    figure, view = _figure(analysis, project, people)
    while len(people) > 1 and _scale(view) < _LEAST_SCALE:
        people = people[:-1]
        figure, view = _figure(analysis, project, people)
    surface = SvgSurface()
    _draw(surface, figure, theme)
    svg = surface.document(view, title=figure.title).encode()
    return ChainPicture(svg, view.width * _scale(view), len(members) - len(people))


def _figure(
    analysis: AccountAnalysis, project: ProjectId, people: Sequence[PersonId]
) -> tuple[Figure, Box]:
    figure = chain_excerpt(analysis, project, people, _PER_ROW)
    return figure, extent(figure)


def _scale(view: Box) -> float:
    """Points for a unit of the scene."""
    return min(_LARGEST_SCALE, WIDEST / max(view.width, 1.0), HIGHEST / max(view.height, 1.0))


def _draw(surface: Surface, figure: Figure, theme: Theme) -> None:
    for number, lane in enumerate(figure.lanes):
        _draw_lane(surface, lane, theme.lane_other if number % 2 else theme.lane, theme)
    for shape in trace(figure).values():
        draw_line(surface, shape, theme)
    for card in figure.cards.values():
        _draw_card(surface, card, card_theme(card, theme))


def _draw_lane(surface: Surface, lane: Lane, fill: str, theme: Theme) -> None:
    box = lane.box
    surface.rect(box, fill=fill, stroke=theme.lane_edge, radius=RADIUS_PANEL)
    colour = theme.readable(theme.quiet, fill)
    title = capitalised(lane.title)
    if lane.column:
        at = Point(box.centre.x, box.y + 26.0)
        said = fitted(title, box.width - 2 * _GAP, _SMALL)
        surface.text(at, said, colour, _SMALL, anchor=Anchor.MIDDLE)
        return
    middle = Point(box.x + 24.0, box.centre.y)
    if upright(title):
        top = middle.y - _SMALL * _LINE * (len(title) / 2 - 0.8)
        for number, letter in enumerate(title):
            at = Point(middle.x, top + number * _SMALL * _LINE)
            surface.text(at, letter, colour, _SMALL, anchor=Anchor.MIDDLE)
        return
    for number, said in enumerate(lines := _titles(title, box.height - _GAP)):
        across = (number - (len(lines) - 1) / 2) * _SMALL * _LINE + _SMALL * 0.35
        at = Point(middle.x + across, middle.y)
        surface.text(at, said, colour, _SMALL, anchor=Anchor.MIDDLE, turned=True)


def _draw_card(surface: Surface, card: Card, theme: Theme) -> None:
    draw_frame(surface, card, theme)
    _draw_block(surface, card, theme)
    room = card.box.width - _BLOCK - 2 * _GAP
    lines = _lines(card, room)
    high = sum(size * _LINE for _, size, _ in lines)
    y = card.box.centre.y - high / 2
    for text, size, is_name in lines:
        colour = (
            theme.crucial if is_name and card.crucial else theme.ink if is_name else theme.quiet
        )
        at = Point(card.box.x + _BLOCK + _GAP, y + size * 0.98)
        surface.text(at, text, colour, size, bold=is_name)
        y += size * _LINE


def _draw_block(surface: Surface, card: Card, theme: Theme) -> None:
    """How close we are, in the colour of its band, and the sign of where he stands."""
    colour = lens_colour(card, theme)
    block = Box(card.box.x, card.box.y, _BLOCK, card.box.height)
    surface.rect(block, fill=colour, radius=RADIUS_CARD)
    on_it = theme.on(colour)
    value = lens_score(card).value
    stance = card.stance
    lift = 0.0 if stance is None else 15.0
    at = Point(block.centre.x, block.centre.y + _NUMBER * 0.36 - lift)
    number = "–" if value is None else str(value)
    surface.text(at, number, on_it, _NUMBER, bold=True, anchor=Anchor.MIDDLE)
    if stance is not None:
        draw_stance_sign(surface, Point(block.centre.x, block.centre.y + 22.0), stance, on_it, 1.7)


def _lines(card: Card, room: float) -> list[tuple[str, float, bool]]:
    """The name on one line or two, and what someone is on those that are left of three."""
    name = one_line(card.name)
    sizes = (size for size in (_NAME, _SMALLER) if text_width(name, size, True) <= room)
    size = next(sizes, _SMALL)
    names = [name]
    if text_width(name, size, True) > room:
        start, rest = broken(name, room, size)
        names = [start, rest] if start else [name]
    said = tr("veto") + " · " if card.veto else ""
    lines = [(fitted(text, room, size, True), size, True) for text in names]
    lines += [(text, _SMALL, False) for text in _titles(said + one_line(card.subtitle), room)]
    return lines[:3]


def _titles(text: str, room: float) -> list[str]:
    """A quiet text on one line, or on two: where someone works below what he is, if that fits."""
    if not text or text_width(text, _SMALL) <= room:
        return [text] if text else []
    title, _, department = text.rpartition(" · ")
    if not title or text_width(title, _SMALL) > room:
        title, department = broken(title or text, room, _SMALL)
    return [fitted(one, room, _SMALL) for one in (title, department) if one]
