"""The edit that makes a store one of a company's: its organisation, and whose the claims are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import choices_carried, pointing_at
from brm_desktop.domain.edits.people import add_own_staff
from brm_desktop.domain.records import (
    Assessment,
    Attitude,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    Record,
    Records,
    Sameness,
    right_id,
)

_SAID_BY_SOMEBODY: Final[tuple[type[Record], ...]] = (Assessment, Attitude, Sameness)


def join_company(
    records: Records, act: Act, /, organisation: str, name: str, rep: str, user: str | None
) -> Change:
    """Make our own organisation the company's, and sign what nobody has signed.

    ``organisation`` and ``name`` are the company's own, ``rep`` what it calls the user: the one
    colleague of ours of just that name, or a new one, unless ``user`` says who it is. What somebody
    else signed stays theirs. ``records`` must be all there are.
    """
    draft = Draft(records)
    _adopt(draft, OrganisationId(organisation), name)
    author = user or colleague_named(draft, organisation, rep)
    if author is None:
        author = draft.do(add_own_staff, act, name=rep).added(Person)[0].id
    for kind in _SAID_BY_SOMEBODY:
        for claim in draft.where(kind, author=""):
            _sign(draft, claim, author)
    return draft.change()


def colleague_named(records: Records, organisation: str, name: str) -> PersonId | None:
    """The one colleague of a name who has not left; ``None`` when there is none or several."""
    found = [
        one.id
        for one in records.where(Person, organisation=OrganisationId(organisation))
        if one.name == name and one.left_on is None
    ]
    return found[0] if len(found) == 1 else None


def _adopt(draft: Draft, organisation: OrganisationId, name: str) -> None:
    """Give our own organisation the company's id and name; what is said of it goes with it."""
    for own in draft.where(Organisation, kind=OrganisationKind.OWN):
        ours = draft.get(Organisation, organisation) or own
        draft.put(replace(ours, id=organisation, name=name, kind=OrganisationKind.OWN))
        if own.id != organisation:
            _rename(draft, own, organisation)
            draft.drop(own)


def _sign(draft: Draft, claim: Record, author: str) -> None:
    """Sign a claim, unless the same author has said something else there already."""
    wanted: dict[str, Any] = {"author": author}
    signed = replace(claim, **wanted)
    signed = replace(signed, id=right_id(signed))
    if signed.id == claim.id:
        draft.put(signed)
    elif signed.id not in draft:
        draft.put(signed)
        _rename(draft, claim, signed.id)
        draft.drop(claim)


def _rename(draft: Draft, old: Record, new: str) -> None:
    """Have all that names a record name another one."""
    for reference, naming in list(pointing_at(draft, old)):
        named: dict[str, Any] = {reference.field: new}
        renamed = replace(naming, **named)
        renamed = replace(renamed, id=right_id(renamed))
        draft.drop(naming)
        draft.put(renamed)
        if renamed.id != naming.id:
            draft.apply(choices_carried(draft, naming, renamed))
