"""Giving one field of a record back a value it had, whatever was done since."""

from __future__ import annotations

from dataclasses import fields as fields_of

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.edits.accepting import accept
from brm_desktop.domain.edits.fields import changed
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Assessment,
    Attitude,
    ChainMember,
    Department,
    Person,
    Project,
    ProjectType,
    Record,
    Records,
)

_STATED = frozenset({"stance", "contact"})
"""What used to be said of a member and is a claim now."""

_NAMED: dict[tuple[type[Record], str], type[Record]] = {
    (Person, "department"): Department,
    (Project, "type"): ProjectType,
}
"""Fields whose edit would take an id that is gone for the name of something new."""


def restored_value(
    records: Records, act: Act, /, kind: type[Record], record: str, field: str, value: object
) -> Change:
    """Give one field of a record a former value, by an ordinary edit under the rules of today.

    Everything else stays as it is. Refused when the record, the field, or what the value names is
    no more, when a rule forbids the value now, and when it is so already.
    """
    now = records.get(kind, record)
    if now is None:
        raise Refused(phrase("This is no longer there: bring it back first."))
    if isinstance(now, ChainMember) and field in _STATED:
        said: dict[str, object] = {field: value}
        return _some(edits.revise_member(records, act, now.project, now.person, **said))
    if field not in {one.name for one in fields_of(kind)}:
        raise Refused(phrase("This is no longer kept."))
    if getattr(now, field) == value:
        raise Refused(phrase("It is so already."))
    named = _NAMED.get((kind, field))
    if named is not None and value is not None and records.get(named, str(value)) is None:
        raise Refused(phrase("What this value names is no longer there."))
    if isinstance(now, Assessment | Attitude):
        return accept(records, changed(now, {field: value, "stamp": act.stamp}))
    return _some(edits.revise(records, act, record, **{field: value}))


def _some(change: Change) -> Change:
    if not change:
        raise Refused(phrase("It is so already."))
    return change
