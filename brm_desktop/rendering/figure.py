"""What a canvas shows, as values: cards, lines, lanes and routes with their places.

A figure is made from records by ``brm_desktop.rendering.figures`` and painted, on screen and on
paper, by ``brm_desktop.rendering.painting``. Units are scene units: one is a pixel at zoom 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from brm_desktop.domain.records import PersonId, Role, Stance
from brm_desktop.domain.scores import Freshness

CARD_WIDTH = 206
CARD_HEIGHT = 84


class Side(Enum):
    """Whose person a card shows."""

    CUSTOMER = auto()
    OWN = auto()
    COMPETITOR = auto()
    PARTNER = auto()


class LineStyle(Enum):
    """What a line says; it decides its shape and its colour."""

    REPORTING = auto()
    DOTTED_REPORTING = auto()
    DECIDES_FOR = auto()
    INFLUENCE = auto()
    CONFLICT = auto()
    OWN_TIE = auto()
    COMPETITOR_TIE = auto()


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the scene."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the scene."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the bottom edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One dimension as a card shows it: 0–100 or ``None``, and how old the statement is."""

    value: int | None = None
    freshness: Freshness = Freshness.FRESH


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What one person's card says and where its centre stands."""

    person: PersonId
    centre: Point
    name: str
    subtitle: str = ""
    side: Side = Side.CUSTOMER
    closeness: Score = field(default_factory=Score)
    solution: Score = field(default_factory=Score)
    price: Score = field(default_factory=Score)
    stance: Stance | None = None
    roles: tuple[Role, ...] = ()
    crucial: bool = False
    veto: bool = False
    sole_approver: bool = False
    competitor_lead: int | None = None
    placeholder: bool = False
    left: bool = False
    pinned: bool = False
    faded: bool = False

    @property
    def box(self) -> Box:
        """The card's rectangle."""
        return Box(
            self.centre.x - CARD_WIDTH / 2,
            self.centre.y - CARD_HEIGHT / 2,
            CARD_WIDTH,
            CARD_HEIGHT,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line between two cards; ``record`` is the id of the relation it shows."""

    record: str
    source: PersonId
    target: PersonId
    style: LineStyle
    strength: int | None = None
    assumed: bool = False
    label: str = ""
    faded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A titled band of the ground: a role of the chain, or the influencers' column."""

    title: str
    box: Box
    vertical_title: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteMark:
    """A numbered route drawn over the figure; ``weakest`` is the index of its weakest edge."""

    number: int
    people: tuple[PersonId, ...]
    weakest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A whole canvas. ``lines`` whose end has no card are not in it."""

    canvas: str
    cards: Mapping[PersonId, Card]
    lines: tuple[Line, ...] = ()
    lanes: tuple[Lane, ...] = ()
    routes: tuple[RouteMark, ...] = ()
    centre: PersonId | None = None
