"""How far a change of records reaches: what need not be computed anew after it."""

from __future__ import annotations

from typing import Final

from brm_desktop.domain.change import Change
from brm_desktop.domain.records import Assessment, Interaction, Person, PersonId, Tie

_WEIGHTY: Final = (
    "name",
    "organisation",
    "left_on",
    "power",
    "influence",
    "veto",
    "sole_approver",
    "crucial",
    "key",
)
"""The fields of a person that any number or order may depend on."""

_HOUSED: Final = ("organisation", "left_on")
"""The fields of a person that say whether he is there."""

_MANY: Final = 2_000
"""After a change of more records than this nothing is kept person by person."""


def is_light(change: Change) -> bool:
    """Whether nobody in a change comes, goes, or counts otherwise than before."""
    return _same_people(change, _WEIGHTY)


def keeps_houses(change: Change) -> bool:
    """Whether nobody in a change comes, goes, or changes the house."""
    return _same_people(change, _HOUSED)


def _same_people(change: Change, fields: tuple[str, ...]) -> bool:
    """Whether everybody in a change is there before and after it, alike in some fields."""
    ids = change.before.keys() | change.after.keys()
    if len(ids) > _MANY:
        return False
    pairs = ((change.before.get(key), change.after.get(key)) for key in ids)
    return all(
        isinstance(old, Person)
        and isinstance(new, Person)
        and all(getattr(old, field) == getattr(new, field) for field in fields)
        for old, new in pairs
        if isinstance(old, Person) or isinstance(new, Person)
    )


def concerned_by(change: Change) -> set[PersonId]:
    """Of whom a change says anything that a standing or a card may rest on."""
    found: set[PersonId] = set()
    for record in (*change.before.values(), *change.after.values()):
        if isinstance(record, Assessment | Tie):
            found.add(record.person)
        elif isinstance(record, Interaction):
            found.update(record.people)
        elif isinstance(record, Person):
            found.add(record.id)
    return found
