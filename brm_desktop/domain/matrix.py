"""Who knows whom, as a matrix: employees down, an account's key persons across (domain rule §7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Dimension, OrganisationId, Person, PersonId, Tie


@dataclass(frozen=True, slots=True)
class Row:
    """An employee with his resource score in the account, Σ weight · tie / 100."""

    employee: PersonId
    name: str
    non_sales: bool
    score: Fraction


@dataclass(frozen=True, slots=True)
class Column:
    """A key person: importance, the closest of these employees' ties, and the valid closeness."""

    person: PersonId
    name: str
    title: str
    weight: int
    crucial: bool
    best: int | None
    closeness: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A tie that is less close than wanted."""

    employee: PersonId
    person: PersonId
    closeness: int
    wanted: int
    weight: int

    @property
    def missing(self) -> int:
        """How many points are missing."""
        return self.wanted - self.closeness


@dataclass(frozen=True, slots=True)
class Matrix:
    """Employees by resource score, key persons by importance, and the ties between them."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    ties: Mapping[tuple[PersonId, PersonId], Tie]

    def tie(self, employee: PersonId, person: PersonId) -> Tie | None:
        """What one employee's tie to a key person is."""
        return self.ties.get((employee, person))


@dataclass(frozen=True, slots=True)
class Level:
    """What was typed into a cell: a level now, a wanted one, or that none is wanted any more."""

    closeness: int | None
    wanted: int | None = None
    none_wanted: bool = False


def matrix_of(analysis: AccountAnalysis, organisation: OrganisationId | None = None) -> Matrix:
    """The ties between our employees, or a competitor's, and an account's key persons."""
    records = analysis.records
    found = analysis.resources(organisation)
    employees = [one.employee for one in found]
    among = set(employees)
    ties: dict[tuple[PersonId, PersonId], Tie] = {}
    columns = []
    for person in analysis.key_people:
        mine = [t for t in records.where(Tie, person=person.id) if t.employee in among]
        ties.update({(tie.employee, person.id): tie for tie in mine})
        known = analysis.standing(person.id, Dimension.CLOSENESS, organisation)
        importance = analysis.importance[person.id]
        columns.append(
            Column(
                person=person.id,
                name=called(records, person.id),
                title=person.title,
                weight=importance.weight,
                crucial=importance.crucial,
                best=max((tie.closeness for tie in mine), default=None),
                closeness=known.value if known else None,
            )
        )
    rows = tuple(
        Row(
            one.employee,
            called(records, one.employee),
            records.one(Person, one.employee).non_sales,
            one.score,
        )
        for one in found
    )
    return Matrix(rows, tuple(columns), MappingProxyType(ties))


def gaps_in(matrix: Matrix) -> tuple[Gap, ...]:
    """The ties that are less close than wanted, by importance × missing points, then as they stand.

    Order among equals is that of the columns and rows.
    """
    found = []
    for column in matrix.columns:
        for row in matrix.rows:
            tie = matrix.tie(row.employee, column.person)
            if tie is not None and tie.wanted is not None and tie.wanted > tie.closeness:
                found.append(
                    Gap(row.employee, column.person, tie.closeness, tie.wanted, column.weight)
                )
    return tuple(sorted(found, key=lambda gap: -gap.weight * gap.missing))


def level_text(tie: Tie | None) -> str:
    """A tie as a cell says it: ``45``, or ``45/70`` where 70 is wanted; nothing for none."""
    if tie is None:
        return ""
    return str(tie.closeness) if tie.wanted is None else f"{tie.closeness}/{tie.wanted}"


def level_in(text: str) -> Level:
    """What a cell's text says: ``45``, ``45/70``, ``/70`` (only wanted) or ``45/`` (none wanted).

    Raises
    ------
    Refused
        When it says no level.
    """
    plain = text.strip().replace("／", "/")
    now, slash, wanted = (part.strip() for part in plain.partition("/"))
    if not (now or wanted) or not all(part == "" or part.isdecimal() for part in (now, wanted)):
        raise Refused(
            phrase(
                "“{typed}” is no level: write 45, or 45/70 when 70 is wanted.", typed=text.strip()
            )
        )
    return Level(
        closeness=int(now) if now else None,
        wanted=int(wanted) if wanted else None,
        none_wanted=bool(slash) and not wanted,
    )
