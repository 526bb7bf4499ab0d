"""What a gesture may see and do, and the shape every gesture has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.content import Content
from brm_desktop.gui.canvas.marks import Marks
from brm_desktop.gui.canvas.port import CanvasPort, Hook
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.rendering.figure import Box, Point


class Mode(Enum):
    """What pressing and dragging does; every mode but ``SELECT`` draws something."""

    SELECT = auto()
    PERSON = auto()
    INFLUENCE = auto()
    REPORTING = auto()
    CONFLICT = auto()


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is, in the scene and on the screen, and the keys held with it."""

    scene: Point
    screen: Point
    shift: bool = False
    control: bool = False
    alt: bool = False

    @property
    def adding(self) -> bool:
        """Whether what is pointed at is added to the selection."""
        return self.shift or self.control


class Stage(Protocol):
    """The canvas as its gestures know it."""

    @property
    def port(self) -> CanvasPort:
        """The door to the records."""
        ...

    @property
    def content(self) -> Content:
        """What is on show."""
        ...

    @property
    def selection(self) -> Selection:
        """What is selected."""
        ...

    @property
    def marks(self) -> Marks:
        """What is drawn over the figure."""
        ...

    @property
    def zoom(self) -> float:
        """Pixels for one scene unit."""
        ...

    def select(self, selection: Selection) -> None:
        """Select something else."""
        ...

    def mark(self, marks: Marks) -> None:
        """Draw other marks over the figure."""
        ...

    def preview(self, places: Mapping[PersonId, Point]) -> None:
        """Show cards elsewhere without any edit."""
        ...

    def do(self, edit: Callable[[], object]) -> bool:
        """Make an edit; a problem is told to the user and gives ``False``."""
        ...

    def pan_by(self, dx: float, dy: float) -> None:
        """Shift what is seen by so many pixels."""
        ...

    def name_person(self, at: Point, hook: Hook | None) -> None:
        """Ask for the name of a new person whose card will stand there."""
        ...

    def rename_person(self, person: PersonId) -> None:
        """Ask for another name of somebody."""
        ...

    def toggle_fold(self, person: PersonId) -> None:
        """Collapse or expand what hangs under somebody."""
        ...

    def nearby_boxes(self, people: frozenset[PersonId]) -> list[Box]:
        """The boxes of the cards in sight, but for some people's."""
        ...


class Gesture(Protocol):
    """A gesture under way. Moving may turn it into another; it ends released or cancelled."""

    def moved(self, to: Pointer, /) -> Gesture:
        """The pointer moved; gives the gesture that goes on."""
        ...

    def released(self, at: Pointer, /) -> None:
        """The button was let go: the gesture's one edit, if any, is made here."""
        ...

    def cancelled(self) -> None:
        """Escape was pressed or the pointer was lost: everything is as before."""
        ...
