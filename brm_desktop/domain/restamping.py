"""Other stamps for what was never sent: of a wrong clock, or of a store that was copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brm_desktop.domain.operations import RowState
from brm_desktop.domain.registers import (
    NO_FIELDS,
    Layers,
    add,
    fewer,
    layers_of,
    row_of,
    shared,
    without,
)


def unsent(local: RowState, known: RowState | None) -> list[str]:
    """The stamps of what is here and was never sent, oldest first.

    ``known`` is what the asset will have once it has taken all that was sent.
    """
    stamps = set(fewer(layers_of(local), layers_of(known)))
    stamps.update(local.deletions)
    return sorted(stamps.difference(() if known is None else known.deletions))


def restamped(local: RowState, known: RowState | None, stamps: Mapping[str, str]) -> RowState:
    """The same row with other stamps, old to new, for some of what was never sent.

    For edits of a clock that was ahead: those stamps get others of the right clock, in the same
    order. For a copy of a store that goes on as another site: all that it has not sent becomes its
    own. What was sent keeps its stamp, and so does what a deletion saw that was sent. New stamps
    have to be later than all that is rightly here or known, and never given before.
    """
    there = layers_of(known)
    sent = {s: seen for s, seen in local.deletions.items() if s not in stamps}
    held = {stamp for seen in sent.values() for stamp in seen}
    layers: Layers = {}
    for stamp, (fields, values) in layers_of(local).items():
        kept = fields if stamp in held else there.get(stamp, (NO_FIELDS,))[0]
        add(layers, stamp, shared(fields, kept), values)
        add(layers, stamps.get(stamp, stamp), without(fields, kept), values)
    made = {stamps[s]: seen for s, seen in local.deletions.items() if s in stamps}
    deletions = {stamp: _seen(stamp, seen, stamps) for stamp, seen in made.items()}
    return row_of(local.kind, local.row, layers, sent | deletions, local.covered, local.lifted)


def _seen(deletion: str, seen: Iterable[str], stamps: Mapping[str, str]) -> tuple[str, ...]:
    """What a deletion saw by its new names; a later stamp is of an edit that is no more."""
    names = {stamps.get(stamp, stamp) for stamp in seen}
    return tuple(sorted(stamp for stamp in names if stamp < deletion))
