"""Other stamps for what was never sent: of a wrong clock, or of a store that was copied."""

from __future__ import annotations

from collections.abc import Mapping

from brm_desktop.domain.operations import RowState
from brm_desktop.domain.registers import Layers, add, fewer, layers_of, row_of


def unsent(local: RowState, known: RowState | None) -> list[str]:
    """The stamps of what is here and was never sent, oldest first."""
    stamps = set(fewer(layers_of(local), layers_of(known)))
    stamps.update(local.deletions.keys() - (known.deletions.keys() if known is not None else set()))
    return sorted(stamps)


def restamped(state: RowState, stamps: Mapping[str, str]) -> RowState:
    """The same row with other stamps for some of its own writes, old to new.

    For edits made by a clock that was wrong, and for a copy of a store that goes on as another
    site: what was never sent gets stamps of the right clock, in the same order.
    """
    layers: Layers = {}
    for stamp, (fields, values) in layers_of(state).items():
        add(layers, stamps.get(stamp, stamp), fields, values)
    deletions = {
        stamps.get(stamp, stamp): tuple(sorted(stamps.get(one, one) for one in seen))
        for stamp, seen in state.deletions.items()
    }
    return row_of(state.kind, state.row, layers, deletions, state.covered, state.lifted)
