from __future__ import annotations

from datetime import date

from building import TODAY, Portfolio

from brm_desktop.domain.records import (
    AccountId,
    Attitude,
    Outcome,
    PersonId,
    ProjectId,
    Role,
    Stance,
    id_of,
)
from brm_desktop.domain.timeline import timeline_of


def claim(
    portfolio: Portfolio,
    project: ProjectId,
    person: PersonId,
    on: date,
    stance: Stance | None,
    author: str = "",
) -> None:
    """Somebody said on a day where a person stands."""
    portfolio.put(
        Attitude(
            id=id_of(Attitude, author, person, project, on),
            project=project,
            person=person,
            stated_on=on,
            stance=stance,
            author=author,
            stamp=author,
        )
    )


def test_deals_come_newest_first_with_part_course_and_outcome(
    portfolio: Portfolio, account: AccountId
) -> None:
    (chen,) = portfolio.people(account, "Chen")
    rival = portfolio.competitor("Boan")
    old = portfolio.project(
        account, "Old", Outcome.LOST, decided_on=date(2024, 5, 1), lost_to=rival
    )
    new = portfolio.project(account, "New", starts_on=date(2026, 1, 1))
    portfolio.member(old, chen, Role.EVALUATOR)
    portfolio.member(new, chen, Role.APPROVER)
    claim(portfolio, old, chen, date(2024, 1, 1), Stance.NEUTRAL)
    claim(portfolio, old, chen, date(2024, 2, 1), Stance.NEUTRAL)
    claim(portfolio, old, chen, date(2024, 3, 1), Stance.SUPPORTER)
    claim(portfolio, old, chen, date(2025, 1, 1), Stance.ENEMY)
    first, second = timeline_of(portfolio.records(), chen, TODAY)
    assert (first.name, first.course, first.lost_to) == ("New", (), "")
    assert first.part.roles == (Role.APPROVER,)
    assert first.part.outcome is Outcome.OPEN
    assert (second.name, second.lost_to) == ("Old", "Boan")
    assert second.course == (Stance.NEUTRAL, Stance.SUPPORTER)
    assert second.part.stance is Stance.SUPPORTER


def test_of_one_day_the_last_word_counts_and_what_says_no_stance_does_not(
    portfolio: Portfolio, account: AccountId
) -> None:
    (chen,) = portfolio.people(account, "Chen")
    project = portfolio.project(account, "New")
    portfolio.member(project, chen)
    claim(portfolio, project, chen, date(2026, 1, 1), Stance.ENEMY, "a")
    claim(portfolio, project, chen, date(2026, 1, 1), Stance.NEUTRAL, "b")
    claim(portfolio, project, chen, date(2026, 2, 1), None)
    claim(portfolio, project, chen, date(2027, 1, 1), Stance.MENTOR)
    (stop,) = timeline_of(portfolio.records(), chen, TODAY)
    assert stop.course == (Stance.NEUTRAL,)


def test_a_decided_deal_without_a_day_shows_all_said_up_to_today(
    portfolio: Portfolio, account: AccountId
) -> None:
    (chen,) = portfolio.people(account, "Chen")
    project = portfolio.project(account, "Past", Outcome.WON)
    portfolio.member(project, chen)
    claim(portfolio, project, chen, date(2026, 1, 1), Stance.SUPPORTER)
    (stop,) = timeline_of(portfolio.records(), chen, TODAY)
    assert stop.course == (Stance.SUPPORTER,)
    assert timeline_of(portfolio.records(), PersonId("nobody"), TODAY) == ()
