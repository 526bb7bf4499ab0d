"""Edits of the lines between people: reporting, influence, conflict and ties."""

from __future__ import annotations

from collections.abc import Iterable

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.checks import OUTSIDE
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.fields import stated
from brm_desktop.domain.edits.revising import USUAL_STRENGTH, revised
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Basis,
    ChainLink,
    Influence,
    InfluenceKind,
    LineKind,
    Person,
    PersonId,
    Records,
    ReportingLine,
    Tie,
    id_of,
)
from brm_desktop.domain.sides import side_of


def set_manager(
    records: Records,
    act: Act,
    /,
    person: PersonId,
    manager: PersonId | None,
    *,
    kind: LineKind = LineKind.SOLID,
    replace: bool = True,
    label: str | None = None,
    circle_free: bool = False,
) -> Change:
    """Hang a person under a manager; ``None`` takes his lines of that kind away.

    A person has one solid manager: another replaces him, or is refused with ``replace=False``. A
    solid line takes the place of a dotted one between the same two. Who has seen already that no
    circle comes of it says ``circle_free``.
    """
    lines = records.where(ReportingLine, person=present(records, Person, person).id)
    if manager is None:
        return Change.of(line for line in lines if line.kind is kind)
    giving_way = _giving_way(records, lines, manager, kind, replace)
    parts = {"person": person, "manager": manager, "kind": kind}
    line = stated(records, ReportingLine, parts, {"label": label})
    return accept(records, line, instead_of=giving_way, circle_free=circle_free)


def _giving_way(
    records: Records,
    lines: Iterable[ReportingLine],
    manager: PersonId,
    kind: LineKind,
    replace: bool,
) -> list[ReportingLine]:
    """Those lines of a person that one to a manager takes the place of, unless one must stay."""
    doubled = [line for line in lines if line.manager == manager and line.kind is not kind]
    if kind is LineKind.DOTTED:
        for solid in doubled:
            raise Refused(
                phrase(
                    "{name} reports to {manager} already, by a solid line.",
                    name=called(records, solid.person),
                    manager=called(records, manager),
                )
            )
        return []
    others = [line for line in lines if line.manager != manager and line.kind is kind]
    if others and not replace:
        raise Refused(
            phrase(
                "{name} reports to {manager} already.",
                name=called(records, others[0].person),
                manager=called(records, others[0].manager),
            )
        )
    return others + doubled


def add_influence(
    records: Records,
    act: Act,
    /,
    source: PersonId,
    target: PersonId,
    *,
    strength: int | None = None,
    kind: InfluenceKind = InfluenceKind.PROFESSIONAL,
    basis: Basis | None = None,
    evidence: str | None = None,
    label: str | None = None,
) -> Change:
    """Say that ``source`` sways ``target``; a source outside the customer makes a tie instead.

    A new one without ``strength`` has 60; one of that kind that is there already keeps what is not
    given. A conflict has no strength.
    """
    said = {"basis": basis, "evidence": evidence, "label": label}
    if kind is InfluenceKind.CONFLICT:
        return add_conflict(
            records, act, source, target, basis=basis, evidence=evidence, label=label
        )
    if side_of(records, source) in OUTSIDE:
        closeness = USUAL_STRENGTH if strength is None else strength
        return set_tie(records, act, source, target, closeness, basis=basis, evidence=evidence)
    parts = {"source": source, "target": target, "kind": kind}
    if strength is None and id_of(Influence, source, target, kind) not in records:
        strength = USUAL_STRENGTH
    return accept(records, stated(records, Influence, parts, {**said, "strength": strength}))


def add_conflict(
    records: Records,
    act: Act,
    /,
    source: PersonId,
    target: PersonId,
    *,
    basis: Basis | None = None,
    evidence: str | None = None,
    label: str | None = None,
) -> Change:
    """Say that two people of customers are at odds; one conflict serves both directions."""
    kind = InfluenceKind.CONFLICT
    if id_of(Influence, target, source, kind) in records:
        source, target = target, source
    parts = {"source": source, "target": target, "kind": kind}
    said = {"basis": basis, "evidence": evidence, "label": label}
    return accept(records, stated(records, Influence, parts, said))


def set_tie(
    records: Records,
    act: Act,
    /,
    employee: PersonId,
    person: PersonId,
    closeness: int,
    *,
    wanted: int | None = None,
    contact_owner: bool | None = None,
    basis: Basis | None = None,
    evidence: str | None = None,
) -> Change:
    """Say how well our, a competitor's or a partner's employee knows a customer's person.

    One of us may know a partner's person as well. A tie that is there keeps what is not given.
    """
    said = {
        "closeness": closeness,
        "wanted": wanted,
        "contact_owner": contact_owner,
        "basis": basis,
        "evidence": evidence,
    }
    return accept(records, stated(records, Tie, {"employee": employee, "person": person}, said))


def revise_relation(records: Records, act: Act, /, record: str, **fields: object) -> Change:
    """Change fields of a line between people, on a chain too: its strength, kind, label, ends.

    An influence that becomes a conflict loses its strength, and the other way round gets 60.
    """
    line = records.find(record)
    if not isinstance(line, ReportingLine | Influence | Tie | ChainLink):
        raise Refused(phrase("This line is no longer there."))
    return revised(records, act, line, fields)
