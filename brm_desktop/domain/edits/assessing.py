"""The edit that says how close someone is to us, and how he takes to our solution and price."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.fields import changed, made
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Assessment,
    Basis,
    Dimension,
    OrganisationId,
    Person,
    PersonId,
    Records,
    id_of,
)
from brm_desktop.domain.scores import newest_statement
from brm_desktop.domain.sides import is_ours


def assess(
    records: Records,
    act: Act,
    /,
    person: PersonId,
    *,
    closeness: int | None = None,
    solution: int | None = None,
    price: int | None = None,
    basis: Basis | None = None,
    evidence: str = "",
    on: date | None = None,
    organisation: OrganisationId | None = None,
) -> Change:
    """Make a dated statement about a person; what is ``None`` is not said (domain rule §2).

    Statements of one author about one person on one day are one statement: later scores take the
    place of earlier ones, and what is evidence is added. Without ``on`` the statement is dated
    today, and is none when it only repeats what is valid today; with ``on`` it is made all the
    same, so ``on=act.today`` renews a score that stayed what it was.
    """
    name = called(records, present(records, Person, person).id)
    toward = None if is_ours(records, organisation) else organisation
    given = {"closeness": closeness, "solution": solution, "price": price}
    scores = {dimension: score for dimension, score in given.items() if score is not None}
    if on is None and scores and _is_valid(records, act, person, toward, scores, basis, evidence):
        return Change()
    said: dict[str, object] = {**scores} if basis is None else {**scores, "basis": basis}
    day = on or act.today
    before = records.get(Assessment, id_of(Assessment, act.author, person, toward, day))
    if before is not None:
        now = changed(before, {**said, "evidence": evidence_with(before.evidence, evidence)})
        if now == before and (on is not None or not scores):
            return Change()
        return accept(records, changed(now, {"stamp": act.stamp}))
    if not scores:
        if not evidence:
            return Change()
        raise Refused(phrase("A statement about {name} says no score.", name=name))
    said |= {"person": person, "organisation": toward, "assessed_on": day}
    said |= {"author": act.author, "stamp": act.stamp, "evidence": evidence}
    return accept(records, made(Assessment, said))


def _is_valid(
    records: Records,
    act: Act,
    /,
    person: PersonId,
    toward: OrganisationId | None,
    scores: Mapping[str, int],
    basis: Basis | None,
    evidence: str,
) -> bool:
    """Whether each score is what is valid today, on that basis and with that evidence."""
    for dimension in Dimension:
        if dimension not in scores:
            continue
        newest = newest_statement(records, person, dimension, act.today, toward)
        if newest is None or newest[1] != scores[dimension]:
            return False
        statement = newest[0]
        added = evidence_with(statement.evidence, evidence) != statement.evidence
        if added or basis not in {None, statement.basis}:
            return False
    return True


def evidence_with(evidence: str, more: str) -> str:
    """Evidence with one more piece of it on a line of its own, unless it is there already."""
    lines = evidence.splitlines()
    return evidence if not more or more in {evidence, *lines} else "\n".join((*lines, more))
