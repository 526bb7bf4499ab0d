"""Edits that bear on accounts which are not opened: they decide over those, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from stores import a_session, data_cells, everything, put
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    ChainLink,
    ChainLinkKind,
    ChainMember,
    Interaction,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    Project,
    ProjectType,
    TeamMember,
    Tie,
)
from brm_desktop.session.session import Session

ACME = AccountId("account Acme")
DECIDES = ChainLinkKind.DECIDES_FOR


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one account, opened by nobody."""
    with a_session(tmp_path / "sales.brm") as session:
        put(session, *everything())
        project = next(iter(session.records.all(Project)))
        session.edit(phrase("Lose"), edits.revise, project, lost_to=_rival(session))
    return tmp_path / "sales.brm"


def _rival(session: Session) -> OrganisationId:
    (rival,) = session.records.where(Organisation, kind=OrganisationKind.COMPETITOR)
    return rival.id


def _employee(session: Session) -> PersonId:
    return next(one.id for one in session.records.all(Person).values() if one.non_sales)


def _undone_is_as_before(session: Session, removed: str) -> None:
    """Remove a shared record in a store whose accounts are closed, and take that back."""
    cells = data_cells(session._store)
    before = session.records
    session.edit(phrase("Remove"), edits.remove_records, (removed,))
    assert not session.records.all(Account)
    assert session.check() == []
    assert removed not in session.all_records()
    after = data_cells(session._store)
    session.undo()
    assert session.records == before
    assert data_cells(session._store) == cells
    session.redo()
    assert data_cells(session._store) == after
    session.undo()


def test_a_removed_employee_is_named_nowhere_though_no_account_is_open(path: Path) -> None:
    with a_session(path) as session:
        employee = _employee(session)
        _undone_is_as_before(session, employee)
        session.edit(phrase("Remove"), edits.remove_people, (employee,))
        left = session.all_records()
        assert left.one(Account, ACME).owner is None
        assert not left.where(Tie, employee=employee)
        assert not left.where(TeamMember, employee=employee)
        assert all(employee not in one.people for one in left.all(Interaction).values())


def test_a_removed_competitor_takes_its_people_and_their_ties_with_it(path: Path) -> None:
    with a_session(path) as session:
        rival = _rival(session)
        _undone_is_as_before(session, rival)
        session.edit(phrase("Remove"), edits.remove_records, (rival,))
        (project,) = session.all_records().all(Project).values()
        assert project.lost_to is None


def test_projects_of_closed_accounts_forget_a_removed_type(path: Path) -> None:
    with a_session(path) as session:
        (type_,) = session.records.all(ProjectType)
        _undone_is_as_before(session, type_)


def test_a_removal_in_an_opened_account_is_shown_with_what_it_changes_there(path: Path) -> None:
    with a_session(path) as session:
        session.open_account(ACME)
        employee = _employee(session)
        heard: list[Change] = []
        session.changed.subscribe(heard.append)
        session.edit(phrase("Remove"), edits.remove_people, (employee,))
        assert ACME in heard[0].after
        assert session.records == session.all_records()


def test_a_chain_of_a_closed_account_is_bridged_over_an_outsider_who_goes(path: Path) -> None:
    first, between, last = (PersonId(name) for name in ("first", "between", "last"))
    with a_session(path) as session:
        session.open_account(ACME)
        (project,) = session.records.all(Project).values()
        put(session, *(Person(id=key, name=key.title()) for key in (first, between, last)))
        for source, target in ((first, between), (between, last), (first, last)):
            session.edit(phrase("Link"), edits.add_chain_link, project.id, source, target, DECIDES)
    with a_session(path) as session:
        session.edit(phrase("Remove"), edits.remove_people, (between,), keep_relations=True)
        left = session.all_records()
        assert len(left.where(ChainLink, source=first)) == 1
        assert left.where(ChainLink, source=first)[0].target == last
        assert not left.where(ChainMember, person=between)
        assert session.check() == []


def test_an_account_is_not_made_twice_though_the_first_is_closed(path: Path) -> None:
    with a_session(path) as session:
        with told(Refused, "There is already an account Acme"):
            session.edit(phrase("New account"), edits.create_account, name=" Acme ")
        assert session.counts()["account"] == 1


def test_a_customer_known_before_gets_its_account_though_nothing_of_it_is_loaded(
    path: Path,
) -> None:
    with a_session(path) as session:
        put(session, Organisation(id=OrganisationId("prospect"), name="Prospect"))
    with a_session(path) as session:
        assert "prospect" not in session.records
        session.edit(phrase("New account"), edits.create_account, name="Prospect")
        (made,) = session.records.all(Account).values()
        assert made.organisation == "prospect"
        assert session.check() == []


def test_a_group_whose_own_account_is_closed_gets_no_second_one(path: Path) -> None:
    with a_session(path) as session:
        session.edit(phrase("New account"), edits.create_account, name="Group")
        (group,) = (line.organisation for line in session.portfolio() if line.name == "Group")
        session.open_account(ACME)
        session.edit(phrase("Parent"), edits.revise_account, ACME, parent=group)
    with a_session(path) as session:
        session.open_account(ACME)
        assert group in session.records
        with told(Refused, "There is already an account Group"):
            session.edit(phrase("New account"), edits.create_account, name="Group")


def test_an_edit_that_reaches_no_further_is_decided_once(path: Path) -> None:
    with a_session(path) as session:
        session.open_account(ACME)
        seen = []

        def look(records: object, act: object) -> Change:
            seen.append(records)
            return Change.of((), (Person(id=PersonId("new"), name="New"),))

        session.edit(phrase("Add"), look)
        assert seen == [seen[0]]
