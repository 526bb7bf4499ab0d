"""Months are built when they are missing, also those in which the program was closed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from building import Portfolio
from stores import a_session, put

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Money,
    OrganisationId,
    Person,
    PersonId,
    Snapshot,
)
from brm_desktop.domain.snapshots import account_months, account_snapshot
from brm_desktop.session.clock import SetClock
from brm_desktop.session.session import Session
from brm_desktop.session.snapshots import (
    NAME,
    MonthBuilding,
    months_wanted,
    own_company,
)

JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))
ACME, OTHER = AccountId("account Acme"), AccountId("account Other")
BOSS = PersonId("Boss")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Two accounts; Acme was assessed in January and February, and by a rival's people, too."""
    portfolio = Portfolio()
    rival = portfolio.competitor("Rival")
    portfolio.competitor("Unseen")
    acme = portfolio.account("Acme", Money(100_00, "CNY"))
    boss = portfolio.person("Boss", acme, power=100, influence=0)
    portfolio.assess(boss, 30, on=date(2026, 1, 20))
    portfolio.assess(boss, 80, on=date(2026, 2, 20))
    portfolio.assess(boss, 55, on=date(2026, 2, 20), toward=rival)
    portfolio.account("Other", Money(300_00, "CNY"))
    session = a_session(tmp_path / "sales.brm")
    put(session, *(one for one in portfolio.records() if one.id != portfolio.us))
    session.close()
    return a_session(tmp_path / "sales.brm")


def build(session: Session, *, anew: bool = False) -> MonthBuilding:
    """Build what is missing, an account at a time."""
    building = MonthBuilding(session, session.months(), anew=anew)
    while not building.done:
        change = building.build_next(1, lambda: None)
        session.show_written(session.write(NAME, change, undoable=False))
    return building


def kept(session: Session) -> dict[tuple[str, date], Snapshot]:
    found = session.all_records().all(Snapshot).values()
    return {(one.subject, one.month): one for one in found}


def test_the_months_that_have_ended_are_built_from_the_first_assessed_on(session: Session) -> None:
    own = own_company(session.records)
    assert own is not None
    build(session)
    found = kept(session)
    rival = OrganisationId("organisation Rival")
    assert found.keys() == {
        (ACME, JANUARY),
        (ACME, FEBRUARY),
        (own, JANUARY),
        (own, FEBRUARY),
        (rival, FEBRUARY),
    }
    assert [found[ACME, month].closeness for month in (JANUARY, FEBRUARY)] == [3000, 8000]
    assert found[own, FEBRUARY].closeness_coverage == 2500
    assert (found[own, FEBRUARY].strong_accounts, found[own, FEBRUARY].unscored_accounts) == (1, 1)
    assert found[rival, FEBRUARY].closeness == 5500
    assert session.can_undo() is None or session.can_undo() == phrase("Put")
    assert session.check() == []


def test_a_month_taken_is_kept_and_nothing_is_built_twice(session: Session) -> None:
    build(session)
    before = kept(session)
    session.open_account(ACME)
    session.edit(phrase("Assess"), edits.assess, BOSS, closeness=99, on=date(2026, 1, 25))
    again = MonthBuilding(session, session.months())
    assert not again.wanted
    assert again.done
    assert again.share == 1
    assert kept(session) == before


def test_when_a_month_has_ended_only_that_one_is_built(session: Session, tmp_path: Path) -> None:
    build(session)
    session.close()
    with a_session(tmp_path / "sales.brm", month=5, day=2) as later:
        building = build(later)
        assert building.wanted.of_accounts[ACME] == (MARCH, date(2026, 4, 1))
        assert building.wanted.of_companies == (MARCH, date(2026, 4, 1))
        assert kept(later)[ACME, MARCH].closeness == 8000


def test_built_anew_months_follow_what_was_dated_back(session: Session) -> None:
    build(session)
    session.open_account(ACME)
    session.edit(phrase("Assess"), edits.assess, BOSS, closeness=99, on=date(2026, 1, 25))
    session.edit(phrase("Assess"), edits.assess, BOSS, closeness=10, on=date(2025, 12, 25))
    build(session, anew=True)
    found = kept(session)
    assert found[ACME, date(2025, 12, 1)].closeness == 1000
    assert found[ACME, JANUARY].closeness == 9900
    slow = account_months(
        session.records, ACME, (date(2025, 12, 1), JANUARY, FEBRUARY), session.settings.rules
    )
    assert [found[ACME, one.month] for one in slow] == [account_snapshot(one) for one in slow]


def test_built_anew_months_before_the_first_statement_are_gone(session: Session) -> None:
    build(session)
    session.open_account(ACME)
    said = [one.id for one in session.records if type(one).__name__ == "Assessment"]
    session.edit(phrase("Remove"), edits.remove_records, said)
    build(session, anew=True)
    assert kept(session) == {}


def test_an_account_removed_while_months_are_built_is_passed_over(session: Session) -> None:
    building = MonthBuilding(session, session.months())
    session.open_account(ACME)
    session.edit(phrase("Remove"), edits.remove_accounts, [ACME])
    change = building.build_next(10, lambda: None)
    assert {one.subject for one in change.added(Snapshot)} == {own_company(session.records)}


def test_without_a_company_of_our_own_only_accounts_have_months(session: Session) -> None:
    own = own_company(session.records)
    people = [one for one in session.records.all(Person).values() if one.organisation == own]
    assert people == []
    session.edit(phrase("Remove"), edits.remove_records, [own or ""])
    assert own_company(session.records) is None
    build(session, anew=True)
    assert {subject for subject, _ in kept(session)} == {ACME}


def test_work_can_be_stopped_between_accounts(session: Session) -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    building = MonthBuilding(session, session.months())
    with pytest.raises(Stopped):
        building.build_next(1, stop)
    assert not building.done
    assert building.share == 0


def test_a_store_without_statements_wants_nothing(tmp_path: Path) -> None:
    with a_session(tmp_path / "empty.brm") as session:
        wanted = months_wanted(session.months(), own_company(session.records), session.today())
        assert not wanted


def test_undoing_an_account_takes_its_months_and_redoing_lets_them_be_built_again(
    tmp_path: Path,
) -> None:
    with a_session(tmp_path / "new.brm") as session:
        made = session.edit(phrase("Add"), edits.create_account, name="Acme")
        (account,) = made.added(Account)
        home = account.organisation
        added = session.edit(
            phrase("Add"), edits.add_person, name="Boss", organisation=home, power=90
        )
        (boss,) = added.added(Person)
        day = date(2026, 2, 3)
        session.edit(phrase("Assess"), edits.assess, boss.id, closeness=50, on=day)
        build(session)
        assert {subject for subject, _ in kept(session)} >= {account.id}
        while session.undo():
            pass
        assert {subject for subject, _ in kept(session)} == {own_company(session.records)}
        assert session.check() == []
        while session.redo():
            pass
        build(session)
        assert kept(session)[account.id, FEBRUARY].closeness == 5000
        assert session.check() == []


def test_months_taken_while_the_clock_was_a_year_ahead_are_taken_again_once_they_have_ended(
    session: Session,
) -> None:
    clock = session._clock
    assert isinstance(clock, SetClock)
    now = clock.now
    build(session)
    taken_in_time = kept(session)
    clock.now = now + timedelta(days=365)
    build(session)
    early = {key: one for key, one in kept(session).items() if key not in taken_in_time}
    assert {month for _, month in early} >= {MARCH, date(2027, 2, 1)}

    clock.now = now
    session.open_account(ACME)
    session.edit(phrase("Assess"), edits.assess, BOSS, closeness=10)
    build(session)
    assert kept(session) == taken_in_time | early

    clock.now = now + timedelta(days=31)
    build(session)
    (march,) = (one for one in kept(session).values() if one.id == early[ACME, MARCH].id)
    assert march.closeness == 1_000
    assert early[ACME, MARCH].closeness != march.closeness
    assert kept(session) | taken_in_time == kept(session)
    assert not MonthBuilding(session, session.months()).wanted
    assert session.check() == []


def test_with_the_clock_set_back_by_a_year_no_month_taken_in_time_is_taken_again(
    session: Session,
) -> None:
    build(session)
    before = kept(session)
    clock = session._clock
    assert isinstance(clock, SetClock)
    clock.now -= timedelta(days=20)
    assert build(session).done
    clock.now -= timedelta(days=345)
    assert build(session).done
    assert kept(session) == before
