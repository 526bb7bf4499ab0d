"""The records that row states show, where no database hides what stands on nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brm_desktop.domain.forest import shown_lines
from brm_desktop.domain.merge import shown
from brm_desktop.domain.operations import REST, RowState
from brm_desktop.domain.records import (
    Audience,
    LineKind,
    Record,
    Records,
    ReportingLine,
    named_by,
)
from brm_desktop.storage.merging.columns import columns_of, is_known
from brm_desktop.storage.rows.mapping import BY_NAME, TABLES


def records_seen(states: Iterable[RowState], known: Records) -> Records:
    """What can be seen of rows beside what is ``known``: whole, not deleted, with both ends.

    Of the solid reporting lines those that ``shown_lines`` takes; all of an account's must be
    there.
    """
    by_kind: dict[str, list[RowState]] = {}
    for state in states:
        if is_known(state.kind):
            by_kind.setdefault(state.kind, []).append(state)
    seen = known
    for table in TABLES.values():
        found = by_kind.get(table.name, ())
        records = [one for one in _whole(found) if one.id not in seen]
        while standing := [one for one in records if _stands(one, seen)]:
            seen = seen.with_changes((), standing)
            there = {one.id for one in standing}
            records = [one for one in records if one.id not in there]
        if table.kind is ReportingLine:
            seen = seen.with_changes(_too_many(found, seen), ())
    return seen


def _whole(states: Iterable[RowState]) -> Iterator[Record]:
    for state in states:
        values = shown(state)
        if values is None:
            continue
        columns = columns_of(state.kind)
        cells, _, whole = columns.cells_of(state.row, values, state.has, Audience.COMPANY.value)
        if whole:
            yield BY_NAME[state.kind].record(cells)


def _stands(record: Record, seen: Records) -> bool:
    return all(
        any(seen.get(kind, named) is not None for kind in reference.targets)
        for reference, named in named_by(record)
        if reference.falls and named
    )


def _too_many(states: Iterable[RowState], seen: Records) -> list[Record]:
    """The lines that would be a second manager or close a circle."""
    drawn = {state.row: state.clock.get("manager", state.clock.get(REST, "")) for state in states}
    solid = [line for line in seen.all(ReportingLine).values() if line.kind is LineKind.SOLID]
    lines = shown_lines((one.id, one.person, one.manager, drawn.get(one.id, "")) for one in solid)
    return [line for line in solid if line.id in lines.hidden]
