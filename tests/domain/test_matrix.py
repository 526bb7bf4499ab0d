"""Domain rule §7: who knows whom as a matrix, and the levels typed into it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from building import TODAY, Portfolio
from desk import Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.matrix import Level, gaps_in, level_in, level_text, matrix_of
from brm_desktop.domain.records import OrganisationId, Tie


def test_rows_carry_resource_scores_and_columns_the_best_tie(portfolio: Portfolio) -> None:
    ann, bob = portfolio.people(portfolio.us, "Ann", "Bob")
    account = portfolio.account()
    cio = portfolio.person("CIO", account, power=50, influence=0, title="Head of IT")
    boss = portfolio.person("Boss", account, power=100, influence=0)
    portfolio.person("Clerk", account, power=0, influence=0)
    portfolio.tie(ann, cio, 40)
    portfolio.tie(bob, cio, 60)
    portfolio.tie(bob, boss, 10)
    portfolio.assess(boss, 25)
    matrix = matrix_of(AccountAnalysis(portfolio.records(), account, TODAY))
    assert [(row.employee, row.score) for row in matrix.rows] == [
        (bob, Fraction(40)),
        (ann, Fraction(20)),
    ]
    assert [(c.person, c.best, c.closeness, c.crucial) for c in matrix.columns] == [
        (boss, 10, 25, True),
        (cio, 60, 60, False),
    ]
    tie = matrix.tie(bob, cio)
    assert tie is not None
    assert level_text(tie) == "60"
    assert matrix.tie(ann, boss) is None


def test_gaps_come_by_importance_times_missing_points(portfolio: Portfolio) -> None:
    ann, bob = portfolio.people(portfolio.us, "Ann", "Bob")
    account = portfolio.account()
    boss = portfolio.person("Boss", account, power=100, influence=0)
    cio = portfolio.person("CIO", account, power=50, influence=0)
    portfolio.tie(ann, boss, 40, wanted=50)
    portfolio.tie(bob, cio, 10, wanted=80)
    portfolio.tie(bob, boss, 80, wanted=70)
    portfolio.tie(ann, cio, 80)
    gaps = gaps_in(matrix_of(AccountAnalysis(portfolio.records(), account, TODAY)))
    assert [(gap.employee, gap.person, gap.missing) for gap in gaps] == [
        (bob, cio, 70),
        (ann, boss, 10),
    ]


def test_a_competitors_matrix_has_their_people(portfolio: Portfolio) -> None:
    rival = portfolio.competitor("Rival")
    zhao = portfolio.person("Zhao", rival)
    portfolio.employee("Ann")
    account = portfolio.account()
    boss = portfolio.person("Boss", account, power=100, influence=0)
    portfolio.tie(zhao, boss, 40)
    matrix = matrix_of(AccountAnalysis(portfolio.records(), account, TODAY), OrganisationId(rival))
    assert [row.employee for row in matrix.rows] == [zhao]
    assert matrix.columns[0].closeness == 40


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("45", Level(45)),
        (" 45 / 70 ", Level(45, 70)),
        ("／70", Level(None, 70)),
        ("45/", Level(45, None, none_wanted=True)),
        ("４５", Level(45)),
    ],
)
def test_a_cell_says_a_level_now_and_one_wanted(text: str, level: Level) -> None:
    assert level_in(text) == level


@pytest.mark.parametrize("text", ["", "/", "x", "45/70/90", "-5", "4.5"])
def test_what_is_no_level_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is no level"):
        level_in(text)


def test_the_text_of_a_cell_reads_back_as_what_it_says(portfolio: Portfolio) -> None:
    ann = portfolio.employee("Ann")
    boss = portfolio.person("Boss", portfolio.account())
    assert level_text(portfolio.tie(ann, boss, 45, wanted=70)) == "45/70"
    assert level_text(None) == ""


def test_many_levels_are_one_change_and_leave_what_they_do_not_say() -> None:
    desk = Desk()
    account = desk.account()
    boss, cio = desk.people(account, "Boss", "CIO")
    ann, bob = desk.colleague("Ann"), desk.colleague("Bob")
    desk.do(edits.set_tie, ann, boss, 30, wanted=60)
    desk.do(edits.set_tie, bob, boss, 30, wanted=60)
    desk.do(edits.set_tie, bob, cio, 20)
    desk.do(
        edits.set_levels,
        {
            (ann, boss): Level(40),
            (ann, cio): Level(10, 50),
            (bob, boss): Level(35, None, none_wanted=True),
            (bob, cio): None,
        },
    )
    found = {(t.employee, t.person): level_text(t) for t in desk.several(Tie)}
    assert found == {(ann, boss): "40/60", (ann, cio): "10/50", (bob, boss): "35"}
    desk.do(edits.set_levels, {(ann, boss): Level(None, 90), (bob, cio): None})
    assert {level_text(tie) for tie in desk.several(Tie)} == {"40/90", "10/50", "35"}


def test_a_wanted_level_without_a_tie_is_refused_and_nothing_is_set() -> None:
    desk = Desk()
    boss, cio = desk.people(desk.account(), "Boss", "CIO")
    ann = desk.colleague("Ann")
    levels = {(ann, cio): Level(10), (ann, boss): Level(None, 70)}
    with told(Refused, "^Ann has no tie to Boss yet: write the level now first, such as 10/70.$"):
        desk.do(edits.set_levels, levels)
    assert desk.several(Tie) == []


def test_a_level_out_of_range_is_refused_as_everywhere() -> None:
    desk = Desk()
    (boss,) = desk.people(desk.account(), "Boss")
    with pytest.raises(Refused):
        desk.do(edits.set_levels, {(desk.colleague(), boss): Level(101)})
