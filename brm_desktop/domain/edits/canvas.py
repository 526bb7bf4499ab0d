"""Edits of where cards stand; a canvas is the id of the account, project or person it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.edits.accepting import accept
from brm_desktop.domain.edits.fields import made
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import PersonId, Placement, Records, id_of

Positions = Mapping[PersonId, tuple[float, float]]
"""Card centres in scene units."""


def move(records: Records, act: Act, /, canvas: str, positions: Positions) -> Change:
    """Put cards where the user dragged them, pinned or not."""
    return accept(
        records,
        *(_placed(records, canvas, person, position) for person, position in positions.items()),
    )


def pin(
    records: Records,
    act: Act,
    /,
    canvas: str,
    people: Iterable[PersonId],
    pinned: bool = True,
    positions: Positions | None = None,
) -> Change:
    """Pin or unpin cards; ``positions`` says where those stand that have no kept place yet."""
    wanted = []
    for person in people:
        present = records.get(Placement, id_of(Placement, canvas, person))
        if present is not None:
            position: tuple[float, float] = (present.x, present.y)
        elif positions and person in positions:
            position = positions[person]
        else:
            name = called(records, person)
            raise Refused(phrase("{name} has no place on this canvas yet.", name=name))
        wanted.append(_placed(records, canvas, person, position, pinned=pinned))
    return accept(records, *wanted)


def lay_out(records: Records, act: Act, /, canvas: str, positions: Positions) -> Change:
    """Put all cards where a layout wants them, but for the pinned ones."""
    pinned = {
        placement.person
        for placement in records.where(Placement, canvas=canvas)
        if placement.pinned
    }
    free = {person: place for person, place in positions.items() if person not in pinned}
    return move(records, act, canvas, free)


def _placed(
    records: Records,
    canvas: str,
    person: PersonId,
    position: tuple[float, float],
    *,
    pinned: bool | None = None,
) -> Placement:
    present = records.get(Placement, id_of(Placement, canvas, person))
    if pinned is None:
        pinned = present.pinned if present else False
    x, y = round(position[0]), round(position[1])
    fields = {"canvas": canvas, "person": person, "x": x, "y": y, "pinned": pinned}
    return made(Placement, fields)
