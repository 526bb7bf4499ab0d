"""Which gesture a press begins, by what lies under the pointer and the mode the canvas is in."""

from __future__ import annotations

from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.marks import RELATION_OF, badge_box, dot_at, dot_place
from brm_desktop.gui.canvas.port import Relation
from brm_desktop.gui.canvas.tools.gestures import (
    Linking,
    Placing,
    PressOnCard,
    PressOnGround,
    PressOnLine,
)
from brm_desktop.gui.canvas.tools.stage import Gesture, Mode, Pointer, Stage
from brm_desktop.rendering.cards import PLATES_BELOW
from brm_desktop.rendering.figure import Card, Group, Point
from brm_desktop.rendering.grounds import HEADS_FROM, group_at

DOT_WITHIN: Final = 9.0
"""Pixels within which an edge dot is hit."""

LINE_WITHIN: Final = 6.0
"""Pixels within which a line is hit."""

_PULLED: Final = {
    Mode.INFLUENCE: Relation.SWAYED,
    Mode.REPORTING: Relation.REPORT,
    Mode.CONFLICT: Relation.CONFLICT,
}
"""What the modes that draw lines make of the card a drag ends at."""


def pressed(stage: Stage, at: Pointer, mode: Mode) -> Gesture | None:
    """The gesture that a press of the main button begins; ``None`` when the press was all."""
    head = badge_at(stage, at.scene)
    if head is not None:
        stage.toggle_fold(head)
        return None
    grabbed = dotted_card(stage, at.scene)
    if grabbed is not None and mode is Mode.SELECT:
        return _pulled_dot(stage, at, grabbed)
    card = stage.content.card_at(at.scene)
    if card is not None:
        if mode in _PULLED:
            return Linking(stage, at, card.person, _PULLED[mode], card.centre)
        return PressOnCard(stage, at, card.person)
    if mode is Mode.PERSON:
        return Placing(stage, at)
    group = head_at(stage, at.scene)
    if group is not None:
        stage.port.fold_department(group.department)
        return None
    line = stage.content.line_at(at.scene, LINE_WITHIN / stage.zoom)
    if line is not None:
        return PressOnLine(stage, at, line.record)
    return PressOnGround(stage, at)


def dotted_card(stage: Stage, point: Point) -> Card | None:
    """The card that shows edge dots and has one of them at a point."""
    if stage.zoom < PLATES_BELOW:
        return None
    reach = DOT_WITHIN / stage.zoom
    cards = stage.content.cards
    shown = (stage.marks.hovered, *stage.selection.people[-1:])
    for person in shown:
        card = cards.get(person) if person is not None else None
        if card is not None and dot_at(card, point, reach) is not None:
            return card
    return None


def head_at(stage: Stage, point: Point) -> Group | None:
    """The group whose head is at a point, where heads can be read."""
    if stage.zoom < HEADS_FROM:
        return None
    return group_at(stage.content.figure.groups, stage.content.cards, point)


def badge_at(stage: Stage, point: Point) -> PersonId | None:
    """The person whose "+n", or whose "–" while he is pointed at, is at a point."""
    cards, counts = stage.content.cards, stage.content.folded.counts
    for person, count in counts.items():
        card = cards.get(person)
        if card is not None and badge_box(card, f"+{count}").holds(point):
            return person
    if stage.zoom < PLATES_BELOW:
        return None
    for shown in (stage.marks.hovered, *stage.selection.people[-1:]):
        card = cards.get(shown) if shown is not None else None
        if card is None or not badge_box(card, "–").holds(point):
            continue
        if stage.content.collapsible(card.person):
            return card.person
    return None


def _pulled_dot(stage: Stage, at: Pointer, card: Card) -> Gesture:
    edge = dot_at(card, at.scene, DOT_WITHIN / stage.zoom)
    assert edge is not None
    return Linking(stage, at, card.person, RELATION_OF[edge], dot_place(card, edge))
