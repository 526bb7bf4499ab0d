"""The gate of every edit: what it wants is accepted whole, or refused by the rule it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from brm_desktop.domain.change import Change
from brm_desktop.domain.circles import circle_with
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.fields import changed
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.faults import faults
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    REFERENCES,
    Person,
    Record,
    Records,
    Reference,
    SharingChoice,
    id_of,
    named_by,
)
from brm_desktop.domain.sharing_choices import is_kept, narrowest

R = TypeVar("R", bound=Record)

_GONE = phrase("What this is about is no longer there; nothing was changed.")


def present(records: Records, kind: type[R], record_id: str) -> R:
    """A record an edit is about; refused when it is not there (any more)."""
    found = records.get(kind, record_id)
    if found is None:
        raise Refused(_GONE)
    return found


def accept(
    records: Records,
    *wanted: Record,
    instead_of: Iterable[Record] = (),
    circle_free: bool = False,
) -> Change:
    """The change that puts records in, after every rule was asked; ``instead_of`` go.

    A rule that was broken before and is so in the same way afterwards is nobody's fault here. Of
    what is ``circle_free`` the caller has seen that it closes no circle.

    Raises
    ------
    Refused
        When a rule would be broken; the sentence is the first of them.
    """
    present_ones = (records.get(type(record), record.id) for record in wanted)
    change = Change.of((*instead_of, *(one for one in present_ones if one)), wanted)
    if not change.after:
        return change
    after = Draft.after(records, change)
    for key, record in change.after.items():
        before = change.before.get(key)
        for problem in _broken(records, after, before, record):
            raise Refused(problem)
        if not circle_free:
            _refuse_circle(records, after, before, record)
    return change


def accept_revision(records: Records, record: Record, fields: Mapping[str, object]) -> Change:
    """The change that gives a record other fields, under another id where its parts make it."""
    renewed = changed(record, fields)
    if renewed.id == record.id:
        return accept(records, renewed)
    if renewed.id in records:
        raise Refused(phrase("That is there already; nothing can be there twice."))
    renamed = accept(records, renewed, instead_of=(record,))
    return renamed.then(choices_carried(records, record, renewed))


def choices_carried(
    records: Records, old: Record, new: Record, *, was_there: bool = False
) -> Change:
    """What was chosen about sharing a record, chosen about what it goes on as under another id.

    What never leaves does not leave since it has another name now: of two choices about the same
    the narrower holds. What ``was_there`` before as a record of its own goes no further than it
    did.
    """
    before: list[SharingChoice] = []
    after: list[SharingChoice] = []
    for one in records.where(SharingChoice, subject=old.id):
        before.append(one)
        key = id_of(SharingChoice, new.id, one.part)
        there = records.get(SharingChoice, key)
        if there is not None:
            before.append(there)
            least = narrowest((one.choice, there.choice))
            after.append(replace(there, choice=least))
        elif not was_there or is_kept(one.choice):
            after.append(replace(one, id=key, subject=new.id))
    return Change.of(before, after)


def pointing_at(records: Records, record: Record) -> Iterator[tuple[Reference, Record]]:
    """Every record that names this one, with the reference that does."""
    for reference in REFERENCES:
        if type(record) in reference.targets:
            if reference.field == "people":
                found: Iterable[Record] = _naming_among_several(records, reference, record.id)
            else:
                found = records.where(reference.kind, **{reference.field: record.id})
            yield from ((reference, one) for one in found)


def _naming_among_several(records: Records, reference: Reference, named: str) -> Iterator[Record]:
    """A field of several ids has no index; those records are few."""
    for record in records.all(reference.kind).values():
        if named in getattr(record, reference.field):
            yield record


def _broken(
    records: Records, after: Records, before: Record | None, record: Record
) -> Iterator[Phrase]:
    yield from _missing(after, before, record)
    old = set(faults(records, before)) if before else ()
    yield from (fault for fault in faults(after, record) if fault not in old)
    if isinstance(record, Person) and isinstance(before, Person) and _moved(before, record):
        for _, one in pointing_at(after, record):
            yield from faults(after, one)


def _refuse_circle(records: Records, after: Records, before: Record | None, record: Record) -> None:
    circle = circle_with(after, record)
    if circle is not None and (before is None or circle != circle_with(records, before)):
        raise Refused(circle)


def _moved(before: Person, now: Person) -> bool:
    return now.organisation != before.organisation


def _missing(after: Records, before: Record | None, record: Record) -> Iterator[Phrase]:
    known = set(named_by(before)) if before else ()
    for reference, named in named_by(record):
        if known and (reference, named) in known:
            continue
        if not any(after.get(kind, named) for kind in reference.targets):
            yield _GONE
