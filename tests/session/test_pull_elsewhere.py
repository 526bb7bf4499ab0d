"""What a pull brings to accounts that are not open is told, though memory takes nothing of it."""

from __future__ import annotations

from company import EDIT, ORGANISATION, Company, account, send, share, take

from brm_desktop.domain import edits
from brm_desktop.domain.categories import Category
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import Account, AccountId, Choice, OrganisationId
from brm_desktop.session.session import Session


def shared_account(company: Company, wang: Session) -> AccountId:
    """An account with a chief that the asset has."""
    acme = account(wang)
    wang.edit(EDIT, edits.add_person, account=acme, name="Chief")
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    return acme


def told_by_taking(session: Session) -> list[Change]:
    """What the views are told when an answer is taken in."""
    told: list[Change] = []
    session.changed.subscribe(told.append)
    take(session)
    return told


def test_a_new_store_is_told_of_accounts_that_came_whatever_else_came(
    company: Company, wang: Session, li: Session
) -> None:
    wang.edit(EDIT, edits.set_policy, "", Category.STRUCTURE, Choice.TEAM)
    wang.edit(EDIT, edits.revise_organisation, OrganisationId(ORGANISATION), short_name="Co")
    acme = shared_account(company, wang)
    told = told_by_taking(li)
    assert told[0], "something came into memory"
    assert acme not in li.records.all(Account)
    assert not told[-1], "an empty change tells of accounts that are not loaded"


def test_where_all_that_came_is_shown_nothing_else_is_told(
    company: Company, wang: Session, li: Session
) -> None:
    acme = shared_account(company, wang)
    take(li)
    li.open_account(acme)
    wang.edit(EDIT, edits.add_person, account=acme, name="Second")
    send(wang)
    company.merge()
    assert all(told_by_taking(li))
