"""The lines of a figure, read from the records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.looking_up import People, records_of
from brm_desktop.domain.records import (
    Basis,
    Influence,
    InfluenceKind,
    LineKind,
    OrganisationKind,
    PersonId,
    Record,
    ReportingLine,
    Tie,
)
from brm_desktop.domain.sides import side_of
from brm_desktop.rendering.figure import Line, LineStyle

_FEW = 1_500

_TIES = {
    OrganisationKind.OWN: LineStyle.OWN_TIE,
    OrganisationKind.COMPETITOR: LineStyle.COMPETITOR_TIE,
    OrganisationKind.PARTNER: LineStyle.PARTNER_TIE,
}


def reporting_lines(analysis: AccountAnalysis, people: Collection[PersonId]) -> Iterator[Line]:
    """Who manages whom among some people."""
    for person in people:
        for line in analysis.records.where(ReportingLine, person=person):
            if line.manager in people and line.manager != person:
                solid = line.kind is LineKind.SOLID
                yield Line(
                    record=line.id,
                    source=line.manager,
                    target=person,
                    style=LineStyle.REPORTING if solid else LineStyle.DOTTED_REPORTING,
                    label=line.label,
                )


def influence_lines(analysis: AccountAnalysis, people: People) -> Iterator[Line]:
    """Who sways whom, and who is in conflict, among some people."""
    for person in _spoken_of(analysis, Influence, "source", people):
        for line in analysis.records.where(Influence, source=person):
            if line.target in people and line.target != person:
                conflict = line.kind is InfluenceKind.CONFLICT
                yield Line(
                    record=line.id,
                    source=person,
                    target=line.target,
                    style=LineStyle.CONFLICT if conflict else LineStyle.INFLUENCE,
                    strength=None if conflict else line.strength,
                    assumed=line.basis is Basis.ASSUMED and not conflict,
                    label=line.label,
                )


def tie_lines(analysis: AccountAnalysis, people: People) -> Iterator[Line]:
    """Which outsiders know some people; the outsiders themselves need not be among them."""
    for person in _spoken_of(analysis, Tie, "person", people):
        for tie in analysis.records.where(Tie, person=person):
            kind = side_of(analysis.records, tie.employee)
            if kind in _TIES:
                yield Line(
                    record=tie.id,
                    source=tie.employee,
                    target=person,
                    style=_TIES[kind],
                    strength=tie.closeness,
                    assumed=tie.basis is Basis.ASSUMED,
                )


def _spoken_of(
    analysis: AccountAnalysis, kind: type[Record], field: str, people: People
) -> Iterable[PersonId]:
    """Those of some people whom records of a kind name, in the order of the people if they are few.

    Of very many people, of whom few are named, only these are gone through.
    """
    if len(people) <= _FEW:
        return people
    return dict.fromkeys(
        getattr(one, field) for one in records_of(analysis.records, kind, field, people)
    )
