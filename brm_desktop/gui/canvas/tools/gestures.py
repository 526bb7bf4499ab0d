"""The pointer's gestures: pressing, panning, the rubber band, dragging cards, pulling lines."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.guides import Snap, snap
from brm_desktop.gui.canvas.marks import Wire, around
from brm_desktop.gui.canvas.port import Hook, Relation
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.tools.stage import Gesture, Pointer, Stage
from brm_desktop.rendering.figure import Point

DRAG_FROM: Final = 4.0
"""Pixels the pointer has to travel before a press becomes a drag."""

SNAP_WITHIN: Final = 6.0
"""Pixels within which a dragged card lines up with others."""


def travelled(start: Pointer, to: Pointer) -> bool:
    """Whether a press has become a drag."""
    dx, dy = to.screen.x - start.screen.x, to.screen.y - start.screen.y
    return max(abs(dx), abs(dy)) >= DRAG_FROM


@dataclass(slots=True)
class Panning:
    """The canvas is pulled along with the pointer."""

    stage: Stage
    last: Pointer

    def moved(self, to: Pointer, /) -> Gesture:
        """Shift what is seen."""
        dx, dy = to.screen.x - self.last.screen.x, to.screen.y - self.last.screen.y
        self.stage.pan_by(dx, dy)
        self.last = to
        return self

    def released(self, _at: Pointer, /) -> None:
        """Nothing more to do."""

    def cancelled(self) -> None:
        """Stay where one is."""


@dataclass(slots=True)
class PressOnCard:
    """A button went down on a card: a click if it stays there, a drag if it moves."""

    stage: Stage
    start: Pointer
    person: PersonId
    was_selected: bool = field(init=False)

    def __post_init__(self) -> None:
        """Select the card at once, so that a drag takes it along."""
        selection = self.stage.selection
        self.was_selected = self.person in selection.people
        if self.start.adding and not self.was_selected:
            self.stage.select(selection.toggled(self.person))
        elif not self.start.adding and not self.was_selected:
            self.stage.select(Selection.of(self.person))

    def moved(self, to: Pointer, /) -> Gesture:
        """Become a drag of everything selected."""
        if not travelled(self.start, to):
            return self
        return Dragging.begun(self.stage, self.start).moved(to)

    def released(self, _at: Pointer, /) -> None:
        """A click: only this card, or with Shift out of the selection again."""
        if not self.was_selected:
            return
        if self.start.adding:
            self.stage.select(self.stage.selection.toggled(self.person))
        else:
            self.stage.select(Selection.of(self.person))

    def cancelled(self) -> None:
        """Leave the selection as it is."""


@dataclass(slots=True)
class Dragging:
    """Selected cards follow the pointer and line up with others; one edit on release."""

    stage: Stage
    start: Pointer
    origins: dict[PersonId, Point]

    @classmethod
    def begun(cls, stage: Stage, start: Pointer) -> Dragging:
        """Take hold of every selected card."""
        cards = stage.content.cards
        people = (person for person in stage.selection.people if person in cards)
        stage.mark(replace(stage.marks, hovered=None, dot=None))
        return cls(stage, start, {person: cards[person].centre for person in people})

    def moved(self, to: Pointer, /) -> Gesture:
        """Show the cards where they would be let go."""
        dx, dy, aligned = self._shift(to)
        self.stage.mark(replace(self.stage.marks, guides=aligned.guides))
        self.stage.preview(
            {person: Point(at.x + dx, at.y + dy) for person, at in self.origins.items()}
        )
        return self

    def released(self, at: Pointer, /) -> None:
        """Make the one edit; a refused one puts the cards back."""
        self.stage.mark(replace(self.stage.marks, guides=()))
        dx, dy, _ = self._shift(at)
        places = {
            person: Point(round(place.x + dx), round(place.y + dy))
            for person, place in self.origins.items()
        }
        if places == self.origins or not self.stage.do(lambda: self.stage.port.move(places)):
            self.stage.preview(self.origins)

    def cancelled(self) -> None:
        """Put the cards back; no edit was made."""
        self.stage.mark(replace(self.stage.marks, guides=()))
        self.stage.preview(self.origins)

    def _shift(self, to: Pointer) -> tuple[float, float, Snap]:
        """How far the cards are from where they were, and what they line up with."""
        dx, dy = to.scene.x - self.start.scene.x, to.scene.y - self.start.scene.y
        if to.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        if to.alt or not self.origins:
            return dx, dy, Snap()
        grabbed = self.stage.content.box_of(self.origins.keys())
        first = next(iter(self.origins))
        now = self.stage.content.cards[first].centre
        at = self.origins[first]
        moved = replace(grabbed, x=grabbed.x - now.x + at.x + dx, y=grabbed.y - now.y + at.y + dy)
        others = self.stage.nearby_boxes(frozenset(self.origins))
        found = snap(moved, others, SNAP_WITHIN / self.stage.zoom)
        if to.shift:
            found = replace(found, dx=found.dx if dx else 0.0, dy=found.dy if dy else 0.0)
        return dx + found.dx, dy + found.dy, found


@dataclass(slots=True)
class PressOnLine:
    """A click on a line selects it."""

    stage: Stage
    start: Pointer
    record: str

    def moved(self, to: Pointer, /) -> Gesture:
        """A drag that begins on a line is a rubber band."""
        return Band(self.stage, self.start).moved(to) if travelled(self.start, to) else self

    def released(self, _at: Pointer, /) -> None:
        """Select the line, or with Shift add it or take it out."""
        if self.start.adding:
            self.stage.select(self.stage.selection.toggled_line(self.record))
        else:
            self.stage.select(Selection(lines=(self.record,)))

    def cancelled(self) -> None:
        """Leave the selection as it is."""


@dataclass(slots=True)
class PressOnGround:
    """A click on nothing clears the selection; a drag draws the rubber band."""

    stage: Stage
    start: Pointer

    def moved(self, to: Pointer, /) -> Gesture:
        """Become a rubber band."""
        return Band(self.stage, self.start).moved(to) if travelled(self.start, to) else self

    def released(self, _at: Pointer, /) -> None:
        """Clear the selection."""
        if not self.start.adding:
            self.stage.select(Selection())

    def cancelled(self) -> None:
        """Leave the selection as it is."""


@dataclass(slots=True)
class Band:
    """The rubber band: whoever it touches is selected, in addition with Shift."""

    stage: Stage
    start: Pointer
    before: Selection = field(init=False)

    def __post_init__(self) -> None:
        """Remember what was selected, for Escape and for Shift."""
        self.before = self.stage.selection

    def moved(self, to: Pointer, /) -> Gesture:
        """Draw the band and select what it touches."""
        band = around(self.start.scene, to.scene)
        self.stage.mark(replace(self.stage.marks, band=band, hovered=None, dot=None))
        cards = self.stage.content.cards_in(band)
        touched = tuple(card.person for card in cards if card.box.meets(band))
        if self.start.adding:
            self.stage.select(self.before.with_people(touched))
        else:
            self.stage.select(Selection(touched))
        return self

    def released(self, _at: Pointer, /) -> None:
        """Take the band away; the selection stays."""
        self.stage.mark(replace(self.stage.marks, band=None))

    def cancelled(self) -> None:
        """Take the band away and the selection back."""
        self.stage.mark(replace(self.stage.marks, band=None))
        self.stage.select(self.before)


@dataclass(slots=True)
class Linking:
    """A line is pulled from a card: onto another it is drawn, onto nothing a person is added."""

    stage: Stage
    start: Pointer
    first: PersonId
    relation: Relation
    origin: Point

    def moved(self, to: Pointer, /) -> Gesture:
        """Show the line as it would be drawn."""
        wire = Wire(self.first, self.origin, to.scene, self.relation, self._target(to))
        self.stage.mark(replace(self.stage.marks, wire=wire, dot=None, hovered=None))
        return self

    def released(self, at: Pointer, /) -> None:
        """Draw the line, or ask for the new person's name; a mere click does neither."""
        self.stage.mark(replace(self.stage.marks, wire=None))
        target = self._target(at)
        if target is not None:
            self.stage.do(lambda: self.stage.port.link(self.first, target, self.relation))
        elif travelled(self.start, at) and self.stage.content.card_at(at.scene) is None:
            self.stage.name_person(at.scene, Hook(self.first, self.relation))

    def cancelled(self) -> None:
        """Let go of the line."""
        self.stage.mark(replace(self.stage.marks, wire=None))

    def _target(self, at: Pointer) -> PersonId | None:
        card = self.stage.content.card_at(at.scene)
        return card.person if card is not None and card.person != self.first else None


@dataclass(slots=True)
class Placing:
    """A click with the person tool: a new person stands where it was let go."""

    stage: Stage
    start: Pointer

    def moved(self, _to: Pointer, /) -> Gesture:
        """Wait for the release."""
        return self

    def released(self, at: Pointer, /) -> None:
        """Ask for the name."""
        self.stage.name_person(at.scene, None)

    def cancelled(self) -> None:
        """Nobody is added."""
