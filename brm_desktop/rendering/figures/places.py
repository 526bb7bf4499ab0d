"""Where cards stand: by hand where someone put them, by a layout where nobody did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from brm_desktop.domain.records import PersonId, Placement, Records
from brm_desktop.rendering.figure import Card, Point
from brm_desktop.rendering.layouts.room import DOWN, Room

Layout = Callable[[], Mapping[PersonId, Point]]


def placements(records: Records, canvas: str) -> dict[PersonId, Placement]:
    """What is kept of the places on a canvas, by person."""
    return {place.person: place for place in records.where(Placement, canvas=canvas)}


def standing(
    kept: Mapping[PersonId, Placement],
    people: Iterable[PersonId],
    layout: Layout,
    beside: Mapping[PersonId, Iterable[tuple[PersonId, int]]],
) -> dict[PersonId, Point]:
    """Everyone's place: the kept ones, and for the others free ones that move nobody.

    With nothing kept it is the layout's. Otherwise a newcomer stands under, over or beside someone
    he is linked with: ``beside`` gives for each person such others with the row he would like,
    1 below, −1 above, 0 the same.
    """
    wanted = list(people)
    places = {one: Point(float(kept[one].x), float(kept[one].y)) for one in wanted if one in kept}
    if not places:
        return dict(layout())
    room = Room(places.values())
    waiting = [one for one in wanted if one not in places]
    while waiting:
        one, near = next(
            ((one, near) for one in waiting for near in beside.get(one, ()) if near[0] in places),
            (waiting[0], None),
        )
        if near is not None:
            at = places[near[0]]
            wish = Point(at.x, at.y + near[1] * DOWN)
        else:
            wish = Point(
                min(point.x for point in places.values()),
                max(point.y for point in places.values()) + DOWN,
            )
        places[one] = room.free_near(wish)
        room.take(places[one])
        waiting.remove(one)
    return places


def stood(
    cards: Mapping[PersonId, Card],
    places: Mapping[PersonId, Point],
    kept: Mapping[PersonId, Placement],
) -> dict[PersonId, Card]:
    """The cards at their places, with the mark of those that are pinned."""
    return {
        one: _pinned(card.at(places[one]), kept) for one, card in cards.items() if one in places
    }


def _pinned(card: Card, kept: Mapping[PersonId, Placement]) -> Card:
    place = kept.get(card.person)
    return replace(card, pinned=True) if place is not None and place.pinned else card
