"""What a canvas shows, as values: cards, lines, lanes and routes with their places.

A figure is made from records by ``brm_desktop.rendering.figures`` and painted, on screen and on
paper, by ``brm_desktop.rendering.painting``. Units are scene units: one is a pixel at zoom 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final

from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import ContactLevel, PersonId, Role, Stance
from brm_desktop.domain.scores import Band, Freshness

CARD_WIDTH: Final = 206.0
CARD_HEIGHT: Final = 84.0
HEXAGON_WIDTH: Final = 120.0


class Side(Enum):
    """Whose person a card shows."""

    CUSTOMER = auto()
    OWN = auto()
    COMPETITOR = auto()
    PARTNER = auto()


class Lens(Word):
    """What cards are coloured by."""

    CLOSENESS = "closeness", "closeness"
    SOLUTION = "solution", "solution acceptance"
    PRICE = "price", "price acceptance"
    STANCE = "stance", "stance"
    FRESHNESS = "freshness", "freshness"


class LineStyle(Enum):
    """What a line says; it decides its shape and its colour."""

    REPORTING = auto()
    DOTTED_REPORTING = auto()
    DECIDES_FOR = auto()
    INFLUENCE = auto()
    CONFLICT = auto()
    OWN_TIE = auto()
    COMPETITOR_TIE = auto()
    PARTNER_TIE = auto()
    SUCCESSION = auto()


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

    @property
    def centre(self) -> Point:
        """The place in its middle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def grown(self, by: float) -> Box:
        """The rectangle with a margin all round."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def meets(self, other: Box) -> bool:
        """Whether the two rectangles have a place in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, point: Point) -> bool:
        """Whether a place lies in the rectangle."""
        return self.x <= point.x <= self.right and self.y <= point.y <= self.bottom

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """The smallest rectangle that holds all of them; an empty one at the origin for none."""
        found = list(boxes)
        if not found:
            return cls(0.0, 0.0, 0.0, 0.0)
        left, top = min(box.x for box in found), min(box.y for box in found)
        right, bottom = max(box.right for box in found), max(box.bottom for box in found)
        return cls(left, top, right - left, bottom - top)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One dimension as a card shows it: 0–100 or ``None``, its band, and its statement's age."""

    value: int | None = None
    band: Band = Band.UNSCORED
    freshness: Freshness = Freshness.FRESH


UNSCORED: Final = Score()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What one person's card says and where its centre stands.

    ``note`` stands in the bottom row where there are no roles. ``competitor`` is the competitors'
    greatest closeness to the person. ``contact`` is how much one has talked in the project on show.
    ``change`` is by how many points closeness differs from an earlier day; 0 is not drawn.
    """

    person: PersonId
    centre: Point
    name: str
    subtitle: str = ""
    side: Side = Side.CUSTOMER
    closeness: Score = UNSCORED
    solution: Score = UNSCORED
    price: Score = UNSCORED
    stance: Stance | None = None
    contact: ContactLevel | None = None
    change: int | None = None
    roles: tuple[Role, ...] = ()
    note: str = ""
    lens: Lens = Lens.CLOSENESS
    crucial: bool = False
    veto: bool = False
    sole_approver: bool = False
    competitor: int | None = None
    placeholder: bool = False
    left: bool = False
    pinned: bool = False
    faded: bool = False

    @property
    def box(self) -> Box:
        """The card's rectangle; a competitor's hexagon with its caption is narrower."""
        if self.side is Side.COMPETITOR:
            x, y = self.centre.x, self.centre.y
            return Box(x - HEXAGON_WIDTH / 2, y - CARD_HEIGHT / 2, HEXAGON_WIDTH, CARD_HEIGHT)
        return card_box(self.centre)

    @property
    def anchor(self) -> Box:
        """The rectangle that lines end at."""
        if self.side is Side.COMPETITOR:
            return Box(self.centre.x - 28.0, self.centre.y - CARD_HEIGHT / 2, 56.0, 64.0)
        return self.box

    @property
    def stale(self) -> bool:
        """Whether its closeness was stated so long ago that the whole card fades."""
        return self.closeness.value is not None and self.closeness.freshness is Freshness.STALE

    @property
    def look(self) -> Card:
        """The card standing at the origin: equal looks paint alike, wherever they stand."""
        return replace(self, centre=_ORIGIN)

    def at(self, centre: Point) -> Card:
        """The same card somewhere else."""
        return replace(self, centre=centre)


_ORIGIN = Point(0.0, 0.0)


def card_box(centre: Point) -> Box:
    """The rectangle of a card whose centre stands there."""
    return Box(centre.x - CARD_WIDTH / 2, centre.y - CARD_HEIGHT / 2, CARD_WIDTH, CARD_HEIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line between two cards; ``record`` is the id of the relation it shows.

    Reporting runs from the manager (``source``) to the report, deciding from the decider, influence
    from who sways, a tie from the employee to the customer's person.
    """

    record: str
    source: PersonId
    target: PersonId
    style: LineStyle
    strength: int | None = None
    assumed: bool = False
    stale: bool = False
    label: str = ""
    faded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A titled band of the ground: a role of the chain, or the influencers' column."""

    title: str
    box: Box
    column: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A soft ground around people of one department who stand together.

    ``parts`` are its people with a card, also of the departments below it, by the rectangles that
    hold nobody else, the topmost first; parts below one another are joined by a bridge. ``count``
    are those of the whole department, folded ones too, and ``closeness`` their mean. A group lies
    in as many others as ``depth`` says and holds ``levels`` of them, their heads below its own.
    """

    department: str
    title: str
    parts: tuple[tuple[PersonId, ...], ...]
    count: int
    closeness: Score = UNSCORED
    depth: int = 0
    levels: int = 0
    folded: bool = False


@dataclass(frozen=True, slots=True)
class SectorMark:
    """A quiet title on the ground of a key-person view, in a direction from the centre.

    ``angle`` is clockwise from the top, in radians.
    """

    title: str
    angle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteMark:
    """A numbered route drawn over the figure; ``weakest`` is the index of its weakest edge."""

    number: int
    people: tuple[PersonId, ...]
    weakest: int
    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A whole canvas. ``lines`` whose end has no card are not in it.

    ``canvas`` is the id of what it shows (account, project or person); ``title`` names it on paper.
    ``rings`` are the half widths and half heights of the rings drawn around ``centre``, and
    ``captions`` what is written on them. ``beneath`` says how many people a figure leaves out
    behind the card of each who heads them, and ``beside`` how many behind nobody's.
    """

    canvas: str
    cards: Mapping[PersonId, Card]
    title: str = ""
    lines: tuple[Line, ...] = ()
    lanes: tuple[Lane, ...] = ()
    routes: tuple[RouteMark, ...] = ()
    centre: PersonId | None = None
    rings: tuple[tuple[float, float], ...] = ()
    captions: tuple[str, ...] = ()
    sectors: tuple[SectorMark, ...] = ()
    groups: tuple[Group, ...] = ()
    beneath: Mapping[PersonId, int] = field(default_factory=dict)
    beside: int = 0

    @property
    def bounds(self) -> Box:
        """The rectangle that holds every card and lane."""
        boxes = [card.box for card in self.cards.values()]
        return Box.around((*boxes, *(lane.box for lane in self.lanes)))

    def moved(self, places: Mapping[PersonId, Point]) -> Figure:
        """The same figure with some cards standing elsewhere."""
        cards = dict(self.cards)
        for person, centre in places.items():
            if person in cards:
                cards[person] = cards[person].at(centre)
        return replace(self, cards=cards)
