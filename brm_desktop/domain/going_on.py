"""A store that went back to a copy of itself and learns from the asset what it had done since."""

from __future__ import annotations

from brm_desktop.domain.operations import RowState
from brm_desktop.domain.registers import (
    NO_FIELDS,
    Fields,
    Layers,
    add,
    joined,
    layers_of,
    row_of,
    shared,
    without,
)
from brm_desktop.domain.stamp import site_of_stamp


def without_superseded(local: RowState, known: RowState | None) -> RowState:
    """The row without what the same site had gone over already, as the asset knows.

    A site writes in order: where the asset has a later write of it, its earlier one in the copy is
    no other opinion but the past.
    """
    there = layers_of(known)
    layers: Layers = {}
    for stamp, (fields, values) in layers_of(local).items():
        kept = shared(fields, there[stamp][0]) if stamp in there else NO_FIELDS
        rest = without(without(fields, kept), _later(there, stamp))
        left = joined(kept, rest)
        if left:
            add(layers, stamp, left, values)
    return row_of(local.kind, local.row, layers, local.deletions, local.covered, local.lifted)


def _later(layers: Layers, stamp: str) -> Fields:
    """The fields in which there is a later write of the same site."""
    found = NO_FIELDS
    for other, (fields, _) in layers.items():
        if other > stamp and site_of_stamp(other) == site_of_stamp(stamp):
            found = joined(found, fields)
    return found
