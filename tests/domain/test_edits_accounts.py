from __future__ import annotations

import pytest
from desk import Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Department,
    Money,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Tier,
    YearRevenue,
)


def test_an_account_comes_with_its_organisation(desk: Desk) -> None:
    spend = Money(500, "CNY")
    desk.do(
        edits.create_account,
        name=" Acme  Ltd ",
        industry="machines",
        tier="key",
        expected_annual_spend=spend,
    )
    organisation, account = desk.only(Organisation), desk.only(Account)
    assert (organisation.name, organisation.industry) == ("Acme Ltd", "machines")
    assert organisation.kind is OrganisationKind.CUSTOMER
    assert account.organisation == organisation.id
    assert (account.tier, account.expected_annual_spend) == (Tier.KEY, spend)


def test_an_account_needs_a_name(desk: Desk) -> None:
    with told(Refused, "An organisation needs a name"):
        desk.do(edits.create_account, name="")


def test_there_is_one_account_of_a_name(desk: Desk) -> None:
    desk.account("Acme")
    with told(Refused, "There is already an account Acme"):
        desk.do(edits.create_account, name="Acme ")


def test_a_customer_without_an_account_gets_one(desk: Desk) -> None:
    desk.do(edits.add_organisation, name="Acme")
    desk.account("Acme")
    assert desk.only(Account).organisation == desk.only(Organisation).id


def test_fields_of_the_organisation_are_revised_with_the_account(desk: Desk) -> None:
    account = desk.account()
    desk.do(edits.revise_account, account, name="Acme AG", region="East", tier=Tier.STRATEGIC)
    assert desk.only(Organisation).name == "Acme AG"
    assert desk.only(Organisation).region == "East"
    assert desk.only(Account).tier is Tier.STRATEGIC
    assert not desk.do(edits.revise_account, account, name="Acme AG", tier="strategic")
    assert desk.do(edits.revise_account, account, second_count=True)


def test_owner_and_sponsor_are_colleagues(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    desk.do(edits.revise_account, account, owner=desk.colleague("Me"), sponsor=desk.colleague("Ma"))
    with told(Refused, "The owner of an account must be one of our colleagues; Li belongs to Acme"):
        desk.do(edits.revise_account, account, owner=li)
    with told(Refused, "The sponsor of an account must be one of our colleagues; Zhao"):
        desk.do(edits.revise_account, account, sponsor=desk.competitor())


@pytest.mark.parametrize(
    ("spend", "reason"),
    [
        (Money(-1, "CNY"), "negative or too large"),
        (Money(10**18, "CNY"), "negative or too large"),
        (Money(1, "yuan"), "“yuan”, at Acme, is no currency code"),
        (Money(1, "元元元"), "is no currency code"),
        (Money(1, "cny"), "is no currency code"),
    ],
)
def test_an_amount_that_is_none_is_refused(desk: Desk, spend: Money, reason: str) -> None:
    account = desk.account()
    with told(Refused, reason):
        desk.do(edits.revise_account, account, expected_annual_spend=spend)


def test_an_account_keeps_its_organisation(desk: Desk) -> None:
    account = desk.account()
    with pytest.raises(TypeError, match="organisation of Account cannot be changed"):
        desk.do(edits.revise_account, account, organisation=OrganisationId("other"))


def test_an_account_that_is_gone_is_not_revised(desk: Desk) -> None:
    with told(Refused, "no longer there"):
        desk.do(edits.revise_account, AccountId("nothing"), tier=Tier.KEY)


def test_revenue_of_a_year_is_said_changed_and_taken_back(desk: Desk) -> None:
    account = desk.account()
    desk.do(edits.set_revenue, account, 2025, Money(100, "CNY"))
    desk.do(edits.set_revenue, account, 2025, Money(200, "CNY"))
    assert desk.only(YearRevenue).revenue == Money(200, "CNY")
    assert not desk.do(edits.set_revenue, account, 2025, Money(200, "CNY"))
    desk.do(edits.set_revenue, account, 2025, None)
    assert desk.several(YearRevenue) == []
    assert not desk.do(edits.set_revenue, account, 2025, None)


def test_a_year_is_a_year(desk: Desk) -> None:
    account = desk.account()
    with told(Refused, "25, at Acme, is no year"):
        desk.do(edits.set_revenue, account, 25, Money(1, "CNY"))


def test_an_organisation_of_a_name_and_kind_is_made_once(desk: Desk) -> None:
    desk.do(edits.add_organisation, name="Acme", kind=OrganisationKind.PARTNER)
    assert not desk.do(edits.add_organisation, name="Acme", kind=OrganisationKind.PARTNER)
    desk.do(edits.add_organisation, name="Acme", kind=OrganisationKind.PARTNER, region="East")
    assert desk.only(Organisation).region == "East"
    desk.do(edits.add_organisation, name="Acme", kind=OrganisationKind.COMPETITOR)
    assert len(desk.several(Organisation)) == 2


def test_organisations_are_not_parts_of_each_other(desk: Desk) -> None:
    acme, bolt = desk.account("Acme"), desk.account("Bolt")
    parent, child = desk.organisation(acme), desk.organisation(bolt)
    desk.do(edits.revise_organisation, child, parent=parent)
    with told(Refused, "These organisations are parts of each other: Acme → Bolt → Acme"):
        desk.do(edits.revise_account, acme, parent=child)


def test_an_organisation_with_people_or_an_account_keeps_its_kind(desk: Desk) -> None:
    rival = desk.do(edits.add_competitor, organisation="Rival").added(Organisation)[0].id
    desk.do(edits.revise_organisation, rival, kind=OrganisationKind.PARTNER)
    desk.do(edits.add_person, organisation=rival, name="Zhao")
    with told(Refused, "Rival has people or an account and stays what it is"):
        desk.do(edits.revise_organisation, rival, kind=OrganisationKind.COMPETITOR)
    account = desk.account()
    with told(Refused, "Acme has people or an account"):
        desk.do(edits.revise_account, account, kind="partner")


def test_a_department_is_made_once_and_marked_key(desk: Desk) -> None:
    account = desk.account()
    desk.do(edits.add_department, account=account, name="IT")
    desk.do(edits.add_department, account=account, name=" IT", key=True)
    assert desk.only(Department).key
    assert not desk.do(edits.add_department, account=account, name="IT")
    desk.do(edits.add_department, organisation=desk.organisation(account), name="Sales")
    assert len(desk.several(Department)) == 2


def test_a_department_needs_a_name_of_its_own(desk: Desk) -> None:
    account = desk.account()
    desk.do(edits.add_department, account=account, name="IT")
    desk.do(edits.add_department, account=account, name="Sales")
    it = desk.records.where(Department, name="IT")[0].id
    with told(Refused, "There is already a department Sales"):
        desk.do(edits.revise_department, it, name="Sales")
    with told(Refused, "A department needs a name"):
        desk.do(edits.revise_department, it, name=" ")
    desk.do(edits.revise_department, it, name="ICT")
    assert desk.one(Department, it).name == "ICT"


def test_departments_are_not_parts_of_each_other(desk: Desk) -> None:
    account = desk.account()
    desk.do(edits.add_department, account=account, name="IT")
    it = desk.only(Department).id
    change = desk.do(edits.add_department, account=account, name="Data", parent=it)
    with told(Refused, "These departments are parts of each other: IT → Data → IT"):
        desk.do(edits.revise_department, it, parent=change.added(Department)[0].id)


def test_a_department_is_no_part_of_another_organisations(desk: Desk) -> None:
    acme, bolt = desk.account("Acme"), desk.account("Bolt")
    desk.do(edits.add_department, account=acme, name="IT")
    with told(Refused, "Data cannot be a part of IT, a department of another organisation"):
        desk.do(edits.add_department, account=bolt, name="Data", parent=desk.only(Department).id)


def test_only_a_customer_has_an_account(desk: Desk) -> None:
    rival = desk.do(edits.add_competitor, organisation="Rival").added(Organisation)[0]
    account = Account(id=AccountId("a"), organisation=rival.id)
    with told(Refused, "Rival is no customer, so it can have no account"):
        edits.accept(desk.records, account)


def test_several_accounts_get_their_tiers_at_once(desk: Desk) -> None:
    acme, bolt, cargo = desk.account("Acme"), desk.account("Bolt"), desk.account("Cargo")
    change = desk.do(edits.set_tiers, {acme: Tier.KEY, bolt: Tier.STRATEGIC, cargo: Tier.ORDINARY})
    assert {one.id: one.tier for one in desk.records.all(Account).values()} == {
        acme: Tier.KEY,
        bolt: Tier.STRATEGIC,
        cargo: Tier.ORDINARY,
    }
    assert change.touched == {acme, bolt}
    with told(Refused, "What this is about is no longer there; nothing was changed"):
        desk.do(edits.set_tiers, {AccountId("none"): Tier.KEY})
