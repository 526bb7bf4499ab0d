"""The canvas's door to the rest of the program: a figure in, edits out.

A canvas knows no records and no session. Whoever shows one hands it a :class:`CanvasPort`; those
over a session are in ``brm_desktop.gui.canvas.ports``, tests may bring a small one of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.figure import Figure, Point


class Relation(Enum):
    """What somebody is, or becomes, to the person a gesture began at.

    On a decision chain those who report are those decided for, and managers decide.
    """

    PEER = auto()
    REPORT = auto()
    MANAGER = auto()
    SWAYED = auto()
    SWAYS = auto()
    CONFLICT = auto()


@dataclass(frozen=True, slots=True)
class Hook:
    """How a new card hangs on one that is there."""

    person: PersonId
    relation: Relation


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody known already whose name fits what was typed; ``hint`` tells namesakes apart.

    ``likely`` says that rather he is meant than somebody new.
    """

    person: PersonId
    name: str
    hint: str = ""
    likely: bool = False


class Removal(Enum):
    """What to do with the relations of people who are removed."""

    TAKE = auto()
    KEEP = auto()


AskRemoval = Callable[[tuple[PersonId, ...], int], Removal | None]
"""Asks how to remove some people who have so many lines; ``None`` when the user thinks better."""


class CanvasPort(Protocol):
    """What a canvas needs; every method that changes something is one undoable step.

    They raise a :class:`~brm_desktop.domain.errors.Problem` when a rule forbids it; then nothing
    has changed. Whatever changes, also by undo or elsewhere, is told to the subscribers.
    """

    def figure(self) -> Figure:
        """What to show now."""
        ...

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after every change until the returned function is called."""
        ...

    def department_of(self, person: PersonId) -> str | None:
        """The department somebody is in, by any name that tells it from others."""
        ...

    def fold_department(self, department: str) -> None:
        """Collapse a department behind one of it, or expand it; nothing is edited."""
        ...

    def told_of(self, person: PersonId) -> Sequence[str]:
        """More about somebody than his card says, in lines for a tool tip."""
        ...

    def show_below(self, head: PersonId | None) -> None:
        """Show more of those below somebody, or below nobody, whom the figure leaves out."""
        ...

    def uncover(self, person: PersonId) -> None:
        """Show somebody whom the figure leaves out."""
        ...

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        """Who may be meant by a name that is being typed, the likeliest first."""
        ...

    def matches(self, text: str) -> Sequence[PersonId] | None:
        """Who on this canvas fits what is looked for, in reading order.

        Of very many people that is not known at once: ``None`` means to ask again.
        """
        ...

    def add(self, name: str, at: Point, hook: Hook | None) -> PersonId:
        """Make a person whose card stands at a place, linked as the hook says."""
        ...

    def bring(self, person: PersonId, at: Point, hook: Hook | None) -> None:
        """Put somebody known onto the canvas, or link him when he is there already."""
        ...

    def link(self, first: PersonId, other: PersonId, relation: Relation) -> None:
        """Make ``other`` a report, manager … of ``first``."""
        ...

    def rename(self, person: PersonId, name: str) -> None:
        """Give a person another name."""
        ...

    def move(self, places: Mapping[PersonId, Point]) -> None:
        """Put cards where they were dragged."""
        ...

    def lay_out(self, places: Mapping[PersonId, Point], name: Phrase) -> None:
        """Put cards where a layout wants them; pinned ones stay."""
        ...

    def arranged(self) -> Mapping[PersonId, Point]:
        """Where this canvas's own layout wants every card."""
        ...

    def pin(self, people: Iterable[PersonId], pinned: bool) -> None:
        """Pin cards where they stand, or let layouts move them again."""
        ...

    def relations_at_stake(self, people: Iterable[PersonId]) -> int:
        """How many lines would go with some people; 0 when removing needs no question."""
        ...

    def remove(self, people: Iterable[PersonId], lines: Iterable[str], removal: Removal) -> None:
        """Take people and lines off the canvas, and for good where it is their only place."""
        ...

    def copied(self, people: Iterable[PersonId]) -> object:
        """What the clipboard of this program holds of some people, for :meth:`paste`."""
        ...

    def copied_text(self, people: Iterable[PersonId]) -> str:
        """The same people as rows of text for other programs."""
        ...

    def paste(self, copied: object, at: Point) -> tuple[PersonId, ...]:
        """Put copied people onto this canvas around a place; gives who is new on it."""
        ...

    def paste_names(self, names: Sequence[str], at: Point) -> tuple[PersonId, ...]:
        """Make a person of each line of text from another program."""
        ...

    def duplicate(self, people: Iterable[PersonId]) -> tuple[PersonId, ...]:
        """Make a second of each person; gives the new ones."""
        ...

    def undo(self) -> None:
        """Take back the last step."""
        ...

    def redo(self) -> None:
        """Make the step again that was taken back."""
        ...
