"""What gestures on a canvas mean, as edits: a person, a line and a place in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, sqrt
from typing import Final

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    AccountId,
    Influence,
    LineKind,
    OrganisationKind,
    Person,
    PersonId,
    Records,
    ReportingLine,
    Tie,
)
from brm_desktop.domain.sides import side_of
from brm_desktop.exchange.formulas import unguarded
from brm_desktop.gui.canvas.above import ROW
from brm_desktop.gui.canvas.placing import COLUMN
from brm_desktop.gui.canvas.port import Hook, Relation
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Box, Card, Point

Places = Mapping[PersonId, Point]

_COLUMN_OF: Final = 12
"""So many pasted people stand in one column."""

OUTSIDERS: Final = frozenset(
    {OrganisationKind.OWN, OrganisationKind.COMPETITOR, OrganisationKind.PARTNER}
)

LINE_NAMES: Final[Mapping[Relation, Phrase]] = {
    Relation.PEER: phrase("Draw a reporting line"),
    Relation.REPORT: phrase("Draw a reporting line"),
    Relation.MANAGER: phrase("Draw a reporting line"),
    Relation.SWAYED: phrase("Draw an influence"),
    Relation.SWAYS: phrase("Draw an influence"),
    Relation.CONFLICT: phrase("Draw a conflict"),
}
"""What drawing a line is called in the history."""


def place(records: Records, act: Act, /, canvas: str, *places: Places) -> Change:
    """Put cards in their places; later ones count more."""
    together = {person: (at.x, at.y) for some in places for person, at in some.items()}
    return edits.move(records, act, canvas, together)


def add_person(
    records: Records,
    act: Act,
    /,
    account: AccountId,
    canvas: str,
    name: str,
    at: Point,
    hook: Hook | None,
    standing: Places,
) -> Change:
    """A new person of an account, linked, and everybody else kept where he stands."""
    draft = Draft(records)
    draft.do(place, act, canvas, standing)
    (person,) = draft.do(edits.add_person, act, account=account, name=name).added(Person)
    draft.do(place, act, canvas, {person.id: at})
    if hook is not None:
        draft.do(hang, act, hook.person, person.id, hook.relation)
    return draft.change()


def hang(
    records: Records, act: Act, /, first: PersonId, new: PersonId, relation: Relation
) -> Change:
    """Link somebody new: a manager comes in between, a peer gets the same manager."""
    draft = Draft(records)
    managers = _managers(records, first)
    if relation is Relation.PEER:
        for manager in managers:
            draft.do(edits.set_manager, act, new, manager)
    else:
        if relation is Relation.MANAGER:
            for manager in managers:
                draft.do(edits.set_manager, act, new, manager)
        draft.do(link, act, first, new, relation)
    return draft.change()


def link(
    records: Records, act: Act, /, first: PersonId, other: PersonId, relation: Relation
) -> Change:
    """Draw one line between two people; from one of us, or of a competitor, it is a tie."""
    if relation is Relation.REPORT:
        return edits.set_manager(records, act, other, first)
    if relation is Relation.MANAGER:
        return edits.set_manager(records, act, first, other)
    if relation is Relation.CONFLICT:
        return edits.add_conflict(records, act, first, other)
    if relation is Relation.SWAYS:
        first, other = other, first
    if is_outsider(records, other) and not is_outsider(records, first):
        first, other = other, first
    return edits.add_influence(records, act, first, other)


def link_in_place(
    records: Records,
    act: Act,
    /,
    canvas: str,
    standing: Places,
    first: PersonId,
    other: PersonId,
    relation: Relation,
) -> Change:
    """Draw one line, and keep everybody where he stands."""
    draft = Draft(records)
    draft.do(place, act, canvas, standing)
    draft.do(link, act, first, other, relation)
    return draft.change()


def remove(
    records: Records,
    act: Act,
    /,
    canvas: str,
    standing: Places,
    people: Iterable[PersonId],
    lines: Iterable[str],
    keep_relations: bool,
) -> Change:
    """Take the customer's people away, outsiders only off the canvas, and lines with them."""
    draft = Draft(records)
    gone = tuple(people)
    customers = [person for person in gone if not is_outsider(records, person)]
    outsiders = [person for person in gone if person not in customers]
    draft.do(place, act, canvas, {p: at for p, at in standing.items() if p not in gone})
    draft.do(edits.remove_records, act, [*lines, *ties_into(records, outsiders, standing)])
    draft.do(edits.remove_people, act, customers, keep_relations=keep_relations)
    return draft.change()


def ties_into(
    records: Records, outsiders: Iterable[PersonId], shown: Iterable[PersonId]
) -> list[str]:
    """The ties that some outsiders have to people of a canvas."""
    there = set(shown)
    return [
        tie.id
        for outsider in outsiders
        for tie in records.where(Tie, employee=outsider)
        if tie.person in there
    ]


def add_rows(
    records: Records,
    act: Act,
    /,
    account: AccountId,
    canvas: str,
    rows: Sequence[str],
    places: Sequence[Point],
    standing: Places,
) -> Change:
    """People from lines of text, each with name, title and department between tabs.

    Without places they stand where the canvas finds room for them.
    """
    draft = Draft(records)
    draft.do(place, act, canvas, standing)
    for number, row in enumerate(rows):
        cells = (unguarded(cell.strip()) for cell in row.split("\t", 3))
        name, title, department = (*cells, "", "")[:3]
        made = draft.do(
            edits.add_person, act, account=account, name=name, title=title, department=department
        )
        if places:
            draft.do(place, act, canvas, {made.added(Person)[0].id: places[number]})
    return draft.change()


def block(at: Point, n: int, standing: Iterable[Card]) -> list[Point]:
    """So many places one below another, of very many in columns side by side.

    They begin at a place, or where they would cover a card, under all cards.
    """
    high = max(_COLUMN_OF, ceil(sqrt(n * COLUMN / ROW)))
    places = [Point(at.x + COLUMN * (i // high), at.y + ROW * (i % high)) for i in range(n)]
    wide = max(place.x for place in places) - at.x
    whole = Box(
        at.x - CARD_WIDTH / 2,
        at.y - CARD_HEIGHT / 2,
        wide + CARD_WIDTH,
        ROW * (min(n, high) - 1) + CARD_HEIGHT,
    )
    cards = tuple(standing)
    if not any(card.box.meets(whole) for card in cards):
        return places
    down = max(card.centre.y for card in cards) + ROW - at.y
    return [Point(place.x, place.y + down) for place in places]


def sway(records: Records, act: Act, /, sources: Iterable[PersonId], target: PersonId) -> Change:
    """Let those sway somebody who have no line with him yet."""
    draft = Draft(records)
    for source in sources:
        reporting = {line.manager for line in records.where(ReportingLine, person=source)}
        swayed = {line.target for line in records.where(Influence, source=source)}
        if target not in reporting | swayed:
            draft.do(edits.add_influence, act, source, target)
    return draft.change()


def pin(
    records: Records,
    act: Act,
    /,
    canvas: str,
    standing: Places,
    people: Iterable[PersonId],
    pinned: bool,
) -> Change:
    """Pin or unpin cards, and keep everybody where he stands."""
    draft = Draft(records)
    draft.do(place, act, canvas, standing)
    draft.do(edits.pin, act, canvas, tuple(people), pinned=pinned)
    return draft.change()


def duplicate(
    records: Records, act: Act, /, canvas: str, standing: Places, people: Iterable[PersonId]
) -> Change:
    """A second of each person beside the first."""
    draft = Draft(records)
    draft.do(place, act, canvas, standing)
    draft.do(edits.duplicate_people, act, tuple(people), canvas=canvas)
    return draft.change()


def is_outsider(records: Records, person: PersonId) -> bool:
    """Whether somebody is not the customer's."""
    return side_of(records, person) in OUTSIDERS


def _managers(records: Records, person: PersonId) -> list[PersonId]:
    lines = records.where(ReportingLine, person=person)
    return [line.manager for line in lines if line.kind is LineKind.SOLID]
