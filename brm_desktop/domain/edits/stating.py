"""The edit that says how someone stands toward us in a project, and how much we have talked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from brm_desktop.domain.act import Act
from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.change import Change
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.assessing import evidence_with
from brm_desktop.domain.edits.fields import changed, made
from brm_desktop.domain.records import (
    Attitude,
    Basis,
    ChainMember,
    ContactLevel,
    PersonId,
    ProjectId,
    Records,
    Stance,
    id_of,
)

CLAIMED = frozenset({"stance", "contact", "basis", "evidence", "on"})
"""What is said of a member of a chain and kept as a claim, not with the member."""


def state_attitude(
    records: Records,
    act: Act,
    /,
    project: ProjectId,
    person: PersonId,
    *,
    stance: Stance | None = None,
    contact: ContactLevel | None = None,
    basis: Basis | None = None,
    evidence: str = "",
    on: date | None = None,
) -> Change:
    """Make a dated claim about a member of a chain; what is ``None`` is not said (domain rule §2).

    Claims of one author about one person in one project on one day are one claim: the later takes
    the place of the earlier, and what is evidence is added. None is made that only repeats what is
    valid on its day, today without ``on``.
    """
    present(records, ChainMember, id_of(ChainMember, project, person))
    given = {"stance": stance, "contact": contact, "basis": basis}
    said: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    if stance is None and contact is None:
        return Change()
    parts = {"project": project, "person": person, "stated_on": on or act.today}
    wanted = made(Attitude, {**parts, **said, "author": act.author, "evidence": evidence})
    if _is_valid(records, wanted, basis):
        return Change()
    before = records.get(Attitude, wanted.id)
    if before is not None:
        said["evidence"] = evidence_with(before.evidence, evidence)
        wanted = changed(before, said)
    return accept(records, replace(wanted, stamp=act.stamp))


def _is_valid(records: Records, wanted: Attitude, basis: Basis | None) -> bool:
    """Whether a claim says what is valid on its day, on that basis and with that evidence."""
    now = attitude_on(records, wanted.project, wanted.person, wanted.stated_on)
    if wanted.stance not in {None, now.stance} or wanted.contact not in {None, now.contact}:
        return False
    told = now.of_stance if wanted.stance is not None else now.of_contact
    if told is None:
        return True
    added = evidence_with(told.evidence, wanted.evidence) != told.evidence
    return not added and basis in {None, told.basis}
