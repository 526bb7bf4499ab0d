"""Edits of where cards stand; a canvas is the id of the account, project or person it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import PersonId, Records


def move(
    records: Records, act: Act, canvas: str, positions: Mapping[PersonId, tuple[float, float]]
) -> Change:
    """Put cards where the user dragged them, pinned or not; positions are card centres."""
    raise NotImplementedError


def pin(
    records: Records,
    act: Act,
    canvas: str,
    people: Iterable[PersonId],
    pinned: bool = True,
    positions: Mapping[PersonId, tuple[float, float]] | None = None,
) -> Change:
    """Pin or unpin cards; ``positions`` says where those stand that have no kept place yet."""
    raise NotImplementedError


def lay_out(
    records: Records, act: Act, canvas: str, positions: Mapping[PersonId, tuple[float, float]]
) -> Change:
    """Put all cards where a layout wants them, but for the pinned ones."""
    raise NotImplementedError
