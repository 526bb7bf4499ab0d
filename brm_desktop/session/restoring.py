"""Taking back one edit out of the history, whatever was done since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import accept
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import KINDS, Record, Records
from brm_desktop.session.session import HistoryLine

_NO_MORE = object()
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def taken_back(records: Records, act: Act, lines: Sequence[HistoryLine]) -> Change:
    """Undo what an edit did to its records, where they still are as it left them.

    What it removed comes again, what it added goes, and fields that nobody changed since are what
    they were. Refused when nothing of it is left to take back.
    """
    draft = Draft(records)
    for line in sorted(lines, key=lambda line: _ORDER[line.kind]):
        if line.removed and draft.get(line.kind, line.record) is None:
            draft.apply(accept(draft, _as_before(line)))
    for line in lines:
        now = draft.get(line.kind, line.record)
        if now is not None and not line.added and not line.removed:
            draft.apply(accept(draft, _with_old_fields(now, line)))
    gone = [
        line.record
        for line in lines
        if line.added and draft.get(line.kind, line.record) is not None
    ]
    if gone:
        draft.do(edits.remove_records, act, gone)
    change = draft.change()
    if not change:
        raise Refused(phrase("Nothing of this edit is left to take back."))
    return change


def _as_before(line: HistoryLine) -> Record:
    names = {field.name for field in fields_of(line.kind)}
    fields: dict[str, Any] = {one.field: one.before for one in line.fields if one.field in names}
    return line.kind(**{**fields, "id": line.record})


def _with_old_fields(now: Record, line: HistoryLine) -> Record:
    fields: dict[str, Any] = {
        field.field: field.before
        for field in line.fields
        if getattr(now, field.field, _NO_MORE) == field.after
    }
    return replace(now, **fields)
