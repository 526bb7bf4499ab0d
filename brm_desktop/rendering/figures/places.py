"""Where cards stand: by hand where someone put them, by a layout where nobody did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush
from typing import Final, TypeVar, cast

from brm_desktop.domain.records import PersonId, Placement, Records
from brm_desktop.rendering.figure import Card, Point
from brm_desktop.rendering.layouts.room import DOWN, Room
from brm_desktop.rendering.layouts.tidy import tidy

W = TypeVar("W")
V = TypeVar("V")
Layout = Callable[[], Mapping[PersonId, Point]]

_MANY: Final = 12
"""More newcomers below one head than this stand in a block."""

_LAYOUTS_KEPT: Final = 8


def placements(records: Records, canvas: str) -> dict[PersonId, Placement]:
    """What is kept of the places on a canvas, by person."""
    return {place.person: place for place in records.where(Placement, canvas=canvas)}


class KeptLayouts:
    """The last layouts with all that they were made of, so that none is made twice in a row.

    Whatever else is slow to find from the places of many cards may be kept here as well.
    """

    def __init__(self) -> None:
        self._found: list[tuple[object, object]] = []
        self._stood: dict[PersonId, tuple[Card, Card]] = {}

    def of(self, wanted: W, make: Callable[[W], V]) -> V:
        """What is made of what is wanted, made only when it is none of the last."""
        for known, made in self._found:
            if type(known) is type(wanted) and known == wanted:
                return cast("V", made)
        fresh = make(wanted)
        self._found = [(wanted, fresh), *self._found[: _LAYOUTS_KEPT - 1]]
        return fresh

    def stood(self, card: Card, centre: Point, *, pinned: bool) -> Card:
        """A card at its place: the same one as last time if it and its place are the same."""
        bare, there = self._stood.get(card.person, (None, card))
        if bare is not card or there.centre != centre or there.pinned != pinned:
            there = replace(card, centre=centre, pinned=pinned)
            self._stood[card.person] = card, there
        return there


def standing(
    kept: Mapping[PersonId, Placement],
    people: Iterable[PersonId],
    layout: Layout,
    beside: Callable[[], Mapping[PersonId, Sequence[tuple[PersonId, int]]]],
) -> dict[PersonId, Point]:
    """Everyone's place: the kept ones, and for the others free ones that move nobody.

    With nothing kept it is the layout's. Otherwise a newcomer stands under, over or beside someone
    he is linked with: ``beside`` gives for each person such others with the row he would like,
    1 below, −1 above, 0 the same. Very many newcomers below one head stand together in a block.
    """
    wanted = list(people)
    places = {one: Point(float(kept[one].x), float(kept[one].y)) for one in wanted if one in kept}
    if not places:
        return dict(layout())
    if len(places) < len(wanted):
        _Newcomers(places, wanted, beside()).settle()
    return places


class _Newcomers:
    """Finds places for those who have none, each as soon as someone beside him has one."""

    def __init__(
        self,
        places: dict[PersonId, Point],
        wanted: Sequence[PersonId],
        beside: Mapping[PersonId, Sequence[tuple[PersonId, int]]],
    ) -> None:
        self._places = places
        self._beside = beside
        self._wanted = wanted
        self._rank = {one: rank for rank, one in enumerate(wanted) if one not in places}
        self._waiting_for: dict[PersonId, list[PersonId]] = defaultdict(list)
        for one in self._rank:
            for other, _ in beside.get(one, ()):
                self._waiting_for[other].append(one)
        self._room = Room(places.values())
        self._left = min(at.x for at in places.values())
        self._bottom = max(at.y for at in places.values())

    def settle(self) -> None:
        """Give everyone a place, in the order wanted as far as links let it."""
        self._settle_blocks()
        ready = [
            rank
            for one, rank in self._rank.items()
            if any(near[0] in self._places for near in self._beside.get(one, ()))
        ]
        heapify(ready)
        self._drain(ready)
        for one, rank in self._rank.items():
            if one not in self._places:
                self._drain([rank])

    def _drain(self, ready: list[int]) -> None:
        """Place those who are ready, and whoever becomes so by that."""
        while ready:
            one = self._wanted[heappop(ready)]
            if one not in self._places:
                self._put(one, self._room.free_near(self._wish(one)))
                for other in self._waiting_for[one]:
                    heappush(ready, self._rank[other])

    def _wish(self, one: PersonId) -> Point:
        for near, step in self._beside.get(one, ()):
            if near in self._places:
                at = self._places[near]
                return Point(at.x, at.y + step * DOWN)
        return Point(self._left, self._bottom + DOWN)

    def _put(self, one: PersonId, at: Point) -> None:
        self._places[one] = at
        self._room.take(at)
        self._left, self._bottom = min(self._left, at.x), max(self._bottom, at.y)

    def _settle_blocks(self) -> None:
        """Where many wait below one head, lay them out together: under him, or under everyone."""
        heads = {one: self._head(one) for one in self._rank}
        below: dict[PersonId, list[PersonId]] = defaultdict(list)
        for one, head in heads.items():
            step, seen = head, {one}
            while step is not None and step not in self._places and step not in seen:
                seen.add(step)
                step = heads[step]
            if step is not None and step in self._places:
                below[step].append(one)
        for head, people in below.items():
            if len(people) > _MANY:
                managers = {str(one): str(heads[one]) for one in people}
                self._settle_block(head, tidy(people, managers))

    def _settle_block(self, head: PersonId, block: Mapping[str, Point]) -> None:
        at = self._places[head]
        middle = (min(p.x for p in block.values()) + max(p.x for p in block.values())) / 2

        def below(top: float) -> dict[PersonId, Point]:
            return {
                PersonId(one): Point(float(round(p.x - middle + at.x)), float(round(p.y + top)))
                for one, p in block.items()
            }

        moved = below(at.y + DOWN)
        if not all(self._room.is_free(p) for p in moved.values()):
            moved = below(self._bottom + DOWN)
        for one, place in moved.items():
            self._put(one, place)

    def _head(self, one: PersonId) -> PersonId | None:
        return next((near for near, step in self._beside.get(one, ()) if step > 0), None)


def stood(
    cards: Mapping[PersonId, Card],
    places: Mapping[PersonId, Point],
    kept: Mapping[PersonId, Placement],
    memory: KeptLayouts | None = None,
) -> dict[PersonId, Card]:
    """The cards at their places, with the mark of those that are pinned."""
    pinned = {one for one, place in kept.items() if place.pinned}
    stand = (memory or KeptLayouts()).stood
    return {
        one: stand(card, places[one], pinned=card.pinned or one in pinned)
        for one, card in cards.items()
        if one in places
    }
