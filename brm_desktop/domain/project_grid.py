"""Which types of project an account had in which years (domain rule §10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from brm_desktop.domain.records import Outcome, Project, ProjectType, ProjectTypeId

GRID_YEARS: Final = 6
"""So many years are shown, on screen and on paper."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """The projects of one type by the year they began in, the earliest first.

    A project whose start is not known stands in the year it was decided in; ``earlier`` are those
    before the first year of the grid, ``undated`` those of no known year. Projects without a type
    are a row of their own, whose ``type`` is ``None``.
    """

    type: ProjectTypeId | None
    name: str
    wanted: bool
    years: Mapping[int, tuple[Project, ...]]
    earlier: tuple[Project, ...]
    undated: tuple[Project, ...]

    def outcomes(self, year: int) -> tuple[Outcome, ...]:
        """How the projects of a year ended."""
        return tuple(project.outcome for project in self.years.get(year, ()))

    @property
    def count(self) -> int:
        """How many projects the row has."""
        dated = sum(len(projects) for projects in self.years.values())
        return dated + len(self.earlier) + len(self.undated)


def years_until(today: date, count: int) -> tuple[int, ...]:
    """The years of a grid that ends with this year."""
    return tuple(range(today.year - count + 1, today.year + 1))


def project_grid(
    projects: Iterable[Project], types: Mapping[str, ProjectType], years: Sequence[int]
) -> tuple[GridRow, ...]:
    """The grid over consecutive ``years``: the wanted types first, then the most frequent.

    What begins after the last year stands in none.
    """
    by_type: dict[ProjectTypeId | None, list[Project]] = {}
    for project in sorted(projects, key=_earliest_first):
        known = project.type if project.type in types else None
        by_type.setdefault(known, []).append(project)
    rows = (_row(types.get(key or ""), there, years) for key, there in by_type.items())
    return tuple(sorted((row for row in rows if row.count), key=_wanted_first))


def year_of(project: Project) -> int | None:
    """The year a project counts in."""
    day = project.starts_on or project.decided_on
    return None if day is None else day.year


def _row(kind: ProjectType | None, projects: Sequence[Project], years: Sequence[int]) -> GridRow:
    placed = [(year_of(project), project) for project in projects]
    return GridRow(
        type=kind.id if kind else None,
        name=kind.name if kind else "",
        wanted=bool(kind and kind.wanted),
        years={
            year: there
            for year in years
            if (there := tuple(project for when, project in placed if when == year))
        },
        earlier=tuple(one for when, one in placed if when is not None and when < years[0]),
        undated=tuple(one for when, one in placed if when is None),
    )


def _earliest_first(project: Project) -> tuple[date, str, str]:
    return (project.starts_on or project.decided_on or date.max, project.name, project.id)


def _wanted_first(row: GridRow) -> tuple[bool, bool, int, str]:
    return (row.type is None, not row.wanted, -row.count, row.name)
