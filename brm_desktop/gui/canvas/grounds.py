"""The grounds of departments on a canvas, kept as long as the cards on them stand still."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.figure import Box, Card, Group, Point
from brm_desktop.rendering.grounds import Ground, group_boxes

_REACH: Final = 40.0
"""How far a ground's edge, and its name as it is from afar, reach beyond its rectangles."""

_Kept = tuple[tuple[Point | None, ...], Ground]


class KeptGrounds:
    """Where the grounds are; one is worked out anew only when it or a card on it changes."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, tuple[tuple[PersonId, ...], ...]], _Kept] = {}

    @property
    def shown(self) -> list[Ground]:
        """Every ground with its rectangles, outer ones first."""
        return [ground for _, ground in self._kept.values()]

    def take(
        self,
        groups: Iterable[Group],
        cards: Mapping[PersonId, Card],
        boxes: list[Box],
        heads: list[Box],
    ) -> None:
        """Take the grounds as they are now; adds the boxes that differ.

        Those of ``heads`` differ in no more than what a head says.
        """
        old, self._kept = self._kept, {}
        for group in groups:
            key = group.department, group.parts
            places = tuple(
                cards[one].centre if one in cards else None for part in group.parts for one in part
            )
            was = old.pop(key, None)
            if was is not None and was[0] == places and was[1][0] == group:
                self._kept[key] = was
                continue
            if was is not None and was[0] == places and _says_more_only(was[1][0], group):
                around = was[1][1]
                self._kept[key] = places, (group, around)
                heads += _reach(map(_upper_edge, around[:1]))
                continue
            around = group_boxes(group, cards)
            self._kept[key] = places, (group, around)
            boxes += _reach(around)
            if was is not None:
                boxes += _reach(was[1][1])
        for _, (_, gone) in old.values():
            boxes += _reach(gone)


def _says_more_only(was: Group, group: Group) -> bool:
    """Whether nothing differs but how close its people are, which its head says."""
    return was == replace(group, closeness=was.closeness)


def _upper_edge(box: Box) -> Box:
    """Where the head lies."""
    return Box(box.x, box.y, box.width, 0.0)


def _reach(around: Iterable[Box]) -> list[Box]:
    return [box.grown(_REACH) for box in around]
