"""Edits that settle what colleagues wrote at the same time; each of them can be undone.

An edit that settles takes the conflicts away that it knows of and says what holds instead. What it
does not know of stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.disputes import conflicts_about, hidden_line, value_in
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import accept
from brm_desktop.domain.edits.removing import remove_records
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.operations import DELETED
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Conflict, Record, Records, ReportingLine

Settling = Callable[[Records, Act], Change]
_SETTLED = phrase("This is settled already; nothing was changed.")


def settle(records: Records, act: Act, /, row: str, field: str, value: object) -> Change:
    """Say what holds of a field of which several things were said, whether one of them or another.

    Raises
    ------
    Refused
        When the record is gone, there is nothing to settle, or a rule forbids the value.
    """
    record = _found(records, row)
    conflicts = conflicts_about(records, row, field)
    if not conflicts or field == DELETED:
        raise Refused(_SETTLED)
    wanted: dict[str, Any] = {field: value}
    if "stamp" in {one.name for one in fields_of(type(record))}:
        wanted["stamp"] = act.stamp
        conflicts += conflicts_about(records, row, "stamp")
    changed = accept(records, replace(record, **wanted))
    return changed.then(Change.of(conflicts))


def take_side(records: Records, act: Act, /, conflict: str) -> Change:
    """Let what one colleague said hold, in place of what is shown; of a deletion, delete it."""
    found = records.get(Conflict, conflict)
    if found is None:
        raise Refused(_SETTLED)
    if found.field == DELETED:
        return delete_after_all(records, act, found.row)
    return settle(records, act, found.row, found.field, value_in(found))


def keep_shown(records: Records, act: Act, /, row: str, field: str) -> Change:
    """Let what is shown hold; of a record that somebody deleted, let it stay."""
    record = _found(records, row)
    if field != DELETED:
        return settle(records, act, row, field, getattr(record, field))
    conflicts = conflicts_about(records, row, DELETED)
    if not conflicts:
        raise Refused(_SETTLED)
    return Change.of(conflicts)


def delete_after_all(records: Records, act: Act, /, row: str) -> Change:
    """Delete a record that one deleted and another edited, with all that cannot be without it."""
    if not conflicts_about(records, row, DELETED):
        raise Refused(_SETTLED)
    return remove_records(records, act, [_found(records, row).id])


def settle_together(
    records: Records, act: Act, /, settlings: Iterable[tuple[str, Settling]]
) -> Change:
    """Settle several things as one edit, each by the id of its record and an edit of its own.

    What is gone by then, as with another record that one of them deletes, is passed over.
    """
    draft = Draft(records)
    for row, settling in settlings:
        if draft.find(row) is not None:
            draft.apply(settling(draft, act))
    return draft.change()


def let_line_hold(records: Records, _: Act, /, line: ReportingLine) -> Change:
    """Let a solid line hold that is not shown: those go in whose place it is, and it comes."""
    against = hidden_line(records, line).against
    if line.id in records or not against:
        raise Refused(_SETTLED)
    return Change.of(against)


def let_line_go(records: Records, _: Act, /, line: ReportingLine) -> Change:
    """Take a solid line away that is not shown; what is shown holds."""
    if line.id in records:
        raise Refused(_SETTLED)
    return Change.of((line,))


def _found(records: Records, row: str) -> Record:
    found = records.find(row)
    if found is None:
        raise Refused(phrase("This is no longer there."))
    return found
