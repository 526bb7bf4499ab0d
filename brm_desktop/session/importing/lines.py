"""Rows of lines between people: who reports to whom, and who sways whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from brm_desktop.domain.act import Act
from brm_desktop.domain.circles import CircleFree, reporting_circle
from brm_desktop.domain.edits import Draft, add_conflict, add_influence, set_manager, set_tie
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Basis,
    Influence,
    InfluenceKind,
    LineKind,
    Organisation,
    OrganisationId,
    OrganisationKind,
    PersonId,
    ReportingLine,
    Tie,
    id_of,
)
from brm_desktop.exchange.mapping import Entries, Entry
from brm_desktop.exchange.tables import Row
from brm_desktop.session.importing.named_rows import needed
from brm_desktop.session.importing.names import Directory
from brm_desktop.session.importing.report import Outcomes
from brm_desktop.session.importing.row_faults import all_faults
from brm_desktop.session.importing.words import score, word

USUAL_STRENGTH = 60
"""The strength of a new influence or tie of which the file says none."""


@dataclass(frozen=True, slots=True)
class Line:
    """A reporting line that a row asks for."""

    row: Row
    person: PersonId
    manager: PersonId
    kind: LineKind = LineKind.SOLID


Refusals = list[tuple[Line, Refused]]


def import_reporting(
    draft: Draft, act: Act, entries: Entries, outcomes: Outcomes, directory: Directory
) -> None:
    """Hang people under managers as the rows of a file say."""
    home = _home(directory)
    said: dict[PersonId, tuple[PersonId, int]] = {}
    lines = []
    for entry in entries.rows:
        with outcomes.deciding(draft, entry.row):
            line = _line(draft, entry, directory, home)
            if line.kind is LineKind.SOLID:
                _refuse_second(draft, line, said)
            lines.append(line)
    for line, reason in hang(draft, act, lines, outcomes):
        outcomes.refused(line.row, reason.sentence)


def hang(draft: Draft, act: Act, lines: Sequence[Line], outcomes: Outcomes) -> Refusals:
    """Draw reporting lines; gives back those that cannot be, each with its reason.

    A different solid manager takes the place of the present one. All lines are seen together, so
    that their order in the file does not matter: only a circle of lines that stay is refused, at
    the line that closes it, and then the person keeps the manager he had.
    """
    refusals: Refusals = []
    fine = []
    for line in lines:
        if line.person == line.manager:
            name = called(draft, line.person)
            reason = Refused(phrase("{name} cannot be their own manager.", name=name))
            refusals.append((line, reason))
        else:
            fine.append(line)
    fine, sound = _without_circles(draft, fine, refusals)
    for line in fine:
        solid = _solid(draft, line.person) if line.kind is LineKind.SOLID else set()
        if solid and line.manager not in solid:
            outcomes.done(line.row, draft.do(set_manager, act, line.person, None))
    for line in fine:
        try:
            change = draft.do(
                set_manager, act, line.person, line.manager, kind=line.kind, circle_free=sound
            )
        except Refused as refused:
            refusals.append((line, refused))
        else:
            outcomes.done(line.row, change)
    return refusals


def _without_circles(
    draft: Draft, lines: list[Line], refusals: Refusals
) -> tuple[list[Line], bool]:
    """The lines that can stand together with those that stay; the rest join the refusals.

    A refused person keeps his manager, which may close another circle: so until nothing changes.
    Gives also whether no circle can come of them, so that none need be looked for again.
    """
    while True:
        replaced = {line.person for line in lines if line.kind is LineKind.SOLID}
        standing = CircleFree(
            [
                (line.person, line.manager)
                for line in draft.all(ReportingLine).values()
                if line.kind is LineKind.DOTTED or line.person not in replaced
            ],
            [(line.person, line.manager) for line in lines],
        )
        kept, again = [], False
        for line in lines:
            way = standing.put(line.person, line.manager)
            if way is None:
                kept.append(line)
                continue
            refusals.append((line, Refused(reporting_circle(draft, way))))
            again = again or bool(_solid(draft, line.person))
        if not again:
            return kept, standing.sound
        lines = kept


def _solid(draft: Draft, person: PersonId) -> set[PersonId]:
    lines = draft.where(ReportingLine, person=person)
    return {line.manager for line in lines if line.kind is LineKind.SOLID}


def _line(draft: Draft, entry: Entry, directory: Directory, home: OrganisationId) -> Line:
    with all_faults() as faults:
        kind = faults.noting(word, LineKind, entry.values.get("kind"), "kind")
        person, manager = (
            faults.noting(_named, draft, entry, name, home, directory)
            for name in ("person", "manager")
        )
    assert person is not None, "a row of nobody is refused"
    assert manager is not None, "a row of no manager is refused"
    return Line(entry.row, person, manager, kind or LineKind.SOLID)


def _named(
    draft: Draft,
    entry: Entry,
    field: str,
    home: OrganisationId,
    directory: Directory,
    else_of: Iterable[OrganisationId] = (),
) -> PersonId:
    """Whom a row names."""
    return directory.person(draft, home, needed(entry, field), else_of=else_of)


def _refuse_second(draft: Draft, line: Line, said: dict[PersonId, tuple[PersonId, int]]) -> None:
    """Refuse a row that gives a person another manager than an earlier row of the file."""
    manager, number = said.setdefault(line.person, (line.manager, line.row.line))
    if manager != line.manager:
        raise Refused(
            phrase(
                "Line {line} says that {person} reports to {manager}.",
                line=number,
                person=called(draft, line.person),
                manager=called(draft, manager),
            )
        )


@dataclass(frozen=True, slots=True)
class _Sway:
    """What a row says of an influence or a tie."""

    source: PersonId
    target: PersonId
    kind: InfluenceKind | None
    strength: int | None
    basis: Basis | None
    outside: bool


def import_influence(
    draft: Draft, act: Act, entries: Entries, outcomes: Outcomes, directory: Directory
) -> None:
    """Draw influences, conflicts and, from outside the account, ties as the rows of a file say."""
    said: dict[str, tuple[_Sway, int]] = {}
    for entry in entries.rows:
        with outcomes.deciding(draft, entry.row):
            sway = _sway(draft, entry, directory)
            key = _record_id(draft, sway)
            before, line = said.get(key, (sway, entry.line))
            if _contradict(before, sway):
                raise Refused(phrase("Line {line} says something else of these two.", line=line))
            _draw(draft, act, sway, key)
            said.setdefault(key, (sway, line))


def _sway(draft: Draft, entry: Entry, directory: Directory) -> _Sway:
    values = entry.values
    home = _home(directory)
    with all_faults() as faults:
        noting = faults.noting
        kind = noting(word, InfluenceKind, values.get("kind"), "kind")
        strength = noting(score, values.get("strength"), "strength", 1)
        basis = noting(word, Basis, values.get("basis"), "basis")
        start = noting(directory.organisation, draft, values.get("from_org"))
        others = _partners(draft) if _is_ours(draft, start) else ()
        target = noting(_named, draft, entry, "to", home, directory, others)
        source = None if start is None else noting(_named, draft, entry, "from", start, directory)
    assert source is not None, "a row from nobody is refused"
    assert target is not None, "a row to nobody is refused"
    if source == target:
        name = called(draft, source)
        raise Refused(phrase("{name} cannot have a line to themselves.", name=name))
    if kind is None and start == home:
        kind = _only_kind(draft, source, target)
    return _Sway(source, target, kind, strength, basis, start != home)


def _is_ours(draft: Draft, organisation: OrganisationId | None) -> bool:
    found = draft.get(Organisation, organisation)
    return found is not None and found.kind is OrganisationKind.OWN


def _partners(draft: Draft) -> list[OrganisationId]:
    """Those to whose people a tie of ours may lead."""
    return [one.id for one in draft.where(Organisation, kind=OrganisationKind.PARTNER)]


def _contradict(one: _Sway, other: _Sway) -> bool:
    """Whether two rows say different things of the same two; what is blank says nothing."""
    pairs = zip(
        (one.kind, one.strength, one.basis), (other.kind, other.strength, other.basis), strict=True
    )
    return any(a is not None and b is not None and a != b for a, b in pairs)


def _only_kind(draft: Draft, source: PersonId, target: PersonId) -> InfluenceKind:
    """The kind of the one influence there is between two; else the usual one."""
    there = [
        kind
        for kind in InfluenceKind
        if kind is not InfluenceKind.CONFLICT
        and draft.get(Influence, id_of(Influence, source, target, kind))
    ]
    return there[0] if len(there) == 1 else InfluenceKind.PROFESSIONAL


def _record_id(draft: Draft, sway: _Sway) -> str:
    """The id of the record that a row speaks of."""
    if sway.outside:
        return id_of(Tie, sway.source, sway.target)
    if sway.kind is InfluenceKind.CONFLICT:
        back = id_of(Influence, sway.target, sway.source, sway.kind)
        if draft.get(Influence, back):
            return back
    return id_of(Influence, sway.source, sway.target, sway.kind or InfluenceKind.PROFESSIONAL)


def _draw(draft: Draft, act: Act, sway: _Sway, key: str) -> None:
    ends = (sway.source, sway.target)
    if sway.outside:
        tie = draft.get(Tie, key)
        closeness = sway.strength or (tie.closeness if tie else USUAL_STRENGTH)
        draft.do(set_tie, act, *ends, closeness, basis=sway.basis)
    elif sway.kind is InfluenceKind.CONFLICT:
        draft.do(add_conflict, act, *ends, basis=sway.basis)
    else:
        there = draft.get(Influence, key)
        strength = sway.strength or (there.strength if there else None) or USUAL_STRENGTH
        kind = sway.kind or InfluenceKind.PROFESSIONAL
        draft.do(add_influence, act, *ends, strength=strength, kind=kind, basis=sway.basis)


def _home(directory: Directory) -> OrganisationId:
    assert directory.home is not None, "lines are imported into an account"
    return directory.home
