"""What of a row a reader is told: the writes of those whose wish for the row reaches the reader.

A row that several write in is seen by each of their teams, or by the whole company, as each of them
wished for what he wrote himself: whoever shares a row further shares nothing of others with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from brm_desktop.domain.membership import Member, RowReach, may_see
from brm_desktop.domain.operations import RowState
from brm_desktop.domain.registers import layers_of, row_of

_SITE_DIGITS = 16

Device = Callable[[str], str]
"""What tells the sites of one device from those of others: what it was before a backup, too."""


def sees_all(reader: Member, wishes: Iterable[RowReach]) -> bool:
    """Whether a reader who may see a row is told all of it: every wish for it reaches him."""
    return all(may_see(reader, one) for one in wishes if one.audience)


def told_to(
    reader: Member, wishes: Iterable[RowReach], device: Device, state: RowState
) -> RowState | None:
    """What a reader is told of a row that not every wish for it shows him; ``None`` for nothing.

    What he wrote himself is always told him, and what somebody wrote who wished nothing is told
    whoever sees the row. That a row was deleted is told all who had it.
    """
    own, reached = device(reader.site), dict[str, bool]()
    for one in wishes:
        if one.audience:
            of = device(one.site)
            reached[of] = reached.get(of, False) or may_see(reader, one)

    def is_told(stamp: str) -> bool:
        author = device(stamp[_SITE_DIGITS:])
        return author == own or reached.get(author, True)

    return laid_out_anew(state, is_told)


def laid_out_anew(
    state: RowState, is_told: Callable[[str], bool] = lambda _stamp: True
) -> RowState | None:
    """A row with only some of its writes, by their stamps: the greatest of them are shown.

    ``None`` when there are none.
    """
    layers = {stamp: layer for stamp, layer in layers_of(state).items() if is_told(stamp)}
    if not layers:
        return None
    return row_of(state.kind, state.row, layers, state.deletions, {}, frozenset())
