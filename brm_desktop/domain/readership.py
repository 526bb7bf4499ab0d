"""What of a row a reader is told: the writes of those whose wish for the row reaches the reader.

A row that several write in is seen by each of their teams, or by the whole company, as each of them
wished for what he wrote himself: whoever shares a row further shares nothing of others with it, and
whoever shares it less far takes nothing of others away (``domain.earlier``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from brm_desktop.domain.earlier import Device
from brm_desktop.domain.membership import Member, RowReach, may_see
from brm_desktop.domain.merge import is_gone
from brm_desktop.domain.operations import RowState
from brm_desktop.domain.registers import add, layers_of, row_of
from brm_desktop.domain.stamp import site_of_stamp

__all__ = ["Device", "laid_out_anew", "sees_all", "told_all", "told_to"]


def sees_all(reader: Member, wishes: Iterable[RowReach]) -> bool:
    """Whether a reader who may see a row is told all of it: every wish for it reaches him."""
    return all(may_see(reader, one) for one in wishes if one.audience)


def told_all(state: RowState) -> RowState:
    """What is told whoever sees all of a row: what is live, and nothing that was gone over."""
    return replace(state, earlier=()) if state.earlier else state


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

    def is_told(site: str) -> bool:
        author = device(site)
        return author == own or reached.get(author, True)

    return laid_out_anew(state, is_told)


def laid_out_anew(
    state: RowState, is_told: Callable[[str], bool] = lambda _site: True
) -> RowState | None:
    """A row with only what some sites wrote: the greatest stamps of them are shown.

    What only others went over is there as well, unless the row is deleted. ``None`` when there is
    nothing.
    """
    told = {s: layer for s, layer in layers_of(state).items() if is_told(site_of_stamp(s))}
    for one in () if is_gone(state) else state.earlier:
        went_over = (site_of_stamp(stamp) for stamp in one.by)
        if is_told(site_of_stamp(one.stamp)) and not any(map(is_told, went_over)):
            add(told, one.stamp, one.fields, one.values)
    if not told:
        return None
    return row_of(state.kind, state.row, told, state.deletions, {}, frozenset())
