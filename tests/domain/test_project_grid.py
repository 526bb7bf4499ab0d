"""The grid of types of project by year."""

from __future__ import annotations

from datetime import date

from brm_desktop.domain.project_grid import GridRow, project_grid, year_of, years_until
from brm_desktop.domain.records import (
    AccountId,
    Outcome,
    Project,
    ProjectId,
    ProjectType,
    ProjectTypeId,
)

YEARS = (2024, 2025, 2026)
TYPES = {
    key: ProjectType(id=ProjectTypeId(key), name=name, wanted=wanted)
    for key, name, wanted in (("i", "IT renewal", False), ("n", "Network", True))
}


def _project(name: str, kind: str | None, starts: str = "", **fields: object) -> Project:
    return Project(
        id=ProjectId(name),
        account=AccountId("a"),
        name=name,
        type=None if kind is None else ProjectTypeId(kind),
        starts_on=date.fromisoformat(starts) if starts else None,
        **fields,  # type: ignore[arg-type]
    )


def test_wanted_types_come_first_then_the_most_frequent_and_those_without_a_type_last() -> None:
    rows = project_grid(
        [
            _project("a", "i", "2025-01-01"),
            _project("b", "i", "2025-03-01"),
            _project("c", None, "2025-01-01"),
            _project("d", "n", "2026-01-01"),
            _project("e", "gone", "2026-01-01"),
        ],
        TYPES,
        YEARS,
    )

    assert [(row.name, row.wanted, row.type, row.count) for row in rows] == [
        ("Network", True, "n", 1),
        ("IT renewal", False, "i", 2),
        ("", False, None, 2),
    ]


def test_a_year_has_its_projects_the_earliest_first() -> None:
    rows = project_grid(
        [
            _project("late", "i", "2025-06-01", outcome=Outcome.WON),
            _project("early", "i", "2025-01-01", outcome=Outcome.LOST),
        ],
        TYPES,
        YEARS,
    )

    (row,) = rows
    assert [one.name for one in row.years[2025]] == ["early", "late"]
    assert row.outcomes(2025) == (Outcome.LOST, Outcome.WON)
    assert row.outcomes(2024) == ()


def test_a_project_without_a_start_stands_in_the_year_it_was_decided_in() -> None:
    decided = _project("decided", "i", decided_on=date(2024, 5, 1))
    unknown = _project("unknown", "i")
    old = _project("old", "i", "2019-01-01")

    (row,) = project_grid([decided, unknown, old], TYPES, YEARS)

    assert (row.years, row.earlier, row.undated) == ({2024: (decided,)}, (old,), (unknown,))
    assert [year_of(one) for one in (decided, unknown, old)] == [2024, None, 2019]


def test_what_begins_after_the_last_year_is_in_no_row() -> None:
    assert project_grid([_project("ahead", "i", "2030-01-01")], TYPES, YEARS) == ()
    assert GridRow(None, "", False, {}, (), ()).count == 0


def test_the_grid_ends_with_this_year() -> None:
    assert years_until(date(2026, 11, 22), 3) == YEARS
