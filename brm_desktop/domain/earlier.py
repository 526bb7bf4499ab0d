"""What a write that fewer may see went over: it stays for those whom the later one is not for.

Somebody shares a phone number with the whole company, and somebody of another team writes another
one there that is for that team alone. The team sees the new one. Everybody else goes on seeing what
was shared with them, also who wrote it: it goes only when somebody whose words they are told goes
over it, or when it is taken back or erased. So each reader is told the row as if nobody else had
written in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from brm_desktop.domain.membership import RowReach, reaches_all_of
from brm_desktop.domain.operation_lines import MOST_FIELDS, MOST_WRITES
from brm_desktop.domain.operations import Earlier, Operation, Plain, RowState
from brm_desktop.domain.registers import (
    ALL_FIELDS,
    NO_FIELDS,
    Fields,
    add,
    by_stamp,
    joined,
    layers_of,
    row_of,
    shared,
    some_of,
    without,
)
from brm_desktop.domain.stamp import before_all_of, site_of_stamp

Device = Callable[[str], str]
"""What tells the sites of one device from those of others: what it was before a backup, too."""


def goes_over_others(before: RowState | None, operation: Operation, site: str) -> bool:
    """Whether it is to be looked at what stays of a row for whom an operation is not for."""
    if before is None:
        return False
    if before.earlier:
        return True
    over = operation.over.values()
    return any(not stamp.endswith(site) for stamps in over for stamp in stamps)


def may_differ(before: RowState, wishes: Iterable[RowReach]) -> bool:
    """Whether there may be somebody for whom one that wrote in a row writes and another does not.

    Mostly all wish alike, and then an operation is for whoever what it goes over was for.
    """
    told = {(w.audience, w.team if w.audience == "team" else "") for w in wishes if w.audience}
    return bool(before.earlier) or len(told) > 1


def with_earlier(
    before: RowState,
    operation: Operation,
    after: RowState,
    site: str,
    wishes: Sequence[RowReach],
    device: Device,
) -> RowState:
    """A row ``after`` a site's operation, with what stays of it for those it is not for.

    ``wishes`` are all sites' for the row, this one's with what the operation says of it. What a
    site takes back altogether is as if it had never been: what it alone went over is live again.
    """
    own, over = device(site), by_stamp(operation.over)
    marks = _marks(operation, site)
    kept = _Kept()
    for one in before.earlier:
        if operation.reach is None and device(site_of_stamp(one.stamp)) == own:
            continue  # who sees what went over it is not told its stamp, and need not name it
        gone = shared(one.fields, _gone_over(one, over, of_all=operation.reach is not None))
        kept.add(one, without(one.fields, gone), one.by)
        if gone and _outlives(one.stamp, own, wishes, device):
            others = frozenset(by for by in one.by if device(site_of_stamp(by)) != own)
            kept.add_marked(one, gone, others, marks)
    for stamp, (fields, values) in layers_of(before).items():
        gone = shared(fields, over.get(stamp, NO_FIELDS))
        if gone and _outlives(stamp, own, wishes, device):
            kept.add_marked(Earlier(stamp, gone, values, frozenset()), gone, frozenset(), marks)
    if operation.reach is None:
        return _without_going_over(after, kept.earlier(), own, device)
    return replace(after, earlier=kept.earlier())


_Marks = list[tuple[str, Fields]]


def _marks(operation: Operation, site: str) -> _Marks:
    """What an operation writes by stamp, and where it writes nothing its site in place of that."""
    marks, rest = list[tuple[str, Fields]](), ALL_FIELDS
    for stamp, (fields, _) in layers_of(operation).items():
        marks.append((stamp, fields))
        rest = without(rest, fields)
    return [*marks, (before_all_of(site), rest)]


def _gone_over(one: Earlier, over: Mapping[str, Fields], *, of_all: bool) -> Fields:
    """Where an operation goes over a write, or with ``of_all`` over what was written over it."""
    gone = NO_FIELDS
    for stamp, fields in over.items():
        if stamp == one.stamp or (of_all and stamp in one.by):
            gone = joined(gone, fields)
    return gone


def _outlives(stamp: str, own: str, wishes: Iterable[RowReach], device: Device) -> bool:
    """Whether a write is for somebody for whom what a device wrote is not."""
    author = device(site_of_stamp(stamp))
    if author == own:
        return False
    theirs = [one for one in wishes if one.audience and device(one.site) == author]
    mine = [one for one in wishes if one.audience and device(one.site) == own]
    return bool(mine) and any(
        not any(reaches_all_of(one, their) for one in mine) for their in theirs
    )


def _without_going_over(
    after: RowState, earlier: Iterable[Earlier], own: str, device: Device
) -> RowState:
    """A row as if a device had gone over nothing in it."""
    layers, kept = layers_of(after), _Kept()
    for one in earlier:
        by = frozenset(stamp for stamp in one.by if device(site_of_stamp(stamp)) != own)
        if by:
            kept.add(one, one.fields, by)
        else:
            add(layers, one.stamp, one.fields, one.values)
    row = row_of(after.kind, after.row, layers, after.deletions, after.covered, after.lifted)
    return replace(row, earlier=kept.earlier())


class _Kept:
    """Writes with who went over them, those alike put together."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, frozenset[str]], tuple[Fields, dict[str, Plain]]] = {}

    def add(self, one: Earlier, fields: Fields, by: frozenset[str]) -> None:
        """Keep a write in some fields, if any."""
        if fields:
            there, said = self._found.get((one.stamp, by), (NO_FIELDS, {}))
            values = {**said, **some_of(one.values, fields)}
            self._found[one.stamp, by] = joined(there, fields), values

    def add_marked(self, one: Earlier, fields: Fields, by: frozenset[str], marks: _Marks) -> None:
        """Keep a write in fields that were just gone over."""
        for stamp, written in marks:
            self.add(one, shared(fields, written), by | {stamp})

    def earlier(self) -> tuple[Earlier, ...]:
        """All of them, in an order that is always the same.

        But for the oldest where there are more than a row can be read back with: nobody needs them,
        and somebody could write them to make a row unreadable.
        """
        found = sorted(self._found.items(), key=lambda one: (one[0][0], sorted(one[0][1])))
        kept = [
            Earlier(stamp, fields, values, by)
            for (stamp, by), (fields, values) in found
            if len(fields) <= MOST_FIELDS and len(by) <= MOST_WRITES
        ]
        return tuple(kept[-MOST_WRITES:])
