"""Rows of decision chains and of accounts resolved."""

from __future__ import annotations

from datetime import date

import pytest
from desk import TODAY
from import_text import Import, Importing, entries

from brm_desktop.domain.attitudes import AttitudeNow, attitude_on
from brm_desktop.domain.records import (
    Account,
    Attitude,
    Basis,
    ChainLink,
    ChainMember,
    ContactLevel,
    Money,
    Organisation,
    Person,
    Project,
    ProjectType,
    Role,
    Stance,
    YearRevenue,
)
from brm_desktop.session.importing import Aim


@pytest.fixture
def importing() -> Importing:
    prepared = Importing()
    prepared.do("name\nAnn\nBob\nCy\n", "people")
    return prepared


def _member(importing: Importing, name: str) -> ChainMember:
    person = importing.person(name).id
    (found,) = importing.records.where(ChainMember, person=person)
    return found


def _attitude(importing: Importing, name: str, on: date = TODAY) -> AttitudeNow:
    project = next(iter(importing.records.all(Project).values()))
    return attitude_on(importing.records, project.id, importing.person(name).id, on)


def test_a_project_that_is_not_there_is_made_with_its_type(importing: Importing) -> None:
    done = importing.do(
        "project,type,person,roles,stance,contact,veto\n"
        "ERP,IT renewal,Ann,approver;decision maker,neutral,brief,yes\n"
        "ERP,IT renewal,Bob,评估者,+2,深入接触,\n"
    )

    assert done.report.created == {
        "project_type": 1,
        "project": 1,
        "chain_member": 2,
        "attitude": 2,
    }
    ann, bob = _member(importing, "Ann"), _member(importing, "Bob")
    assert ann.roles == (Role.APPROVER, Role.DECISION_MAKER)
    assert (ann.veto, bob.roles) == (True, (Role.EVALUATOR,))
    found = [_attitude(importing, name) for name in ("Ann", "Bob")]
    assert [(one.stance, one.contact, one.basis, one.stated_on) for one in found] == [
        (Stance.NEUTRAL, ContactLevel.BRIEF, Basis.ASSUMED, TODAY),
        (Stance.MENTOR, ContactLevel.IN_DEPTH, Basis.ASSUMED, TODAY),
    ]


def test_a_member_is_matched_by_project_and_person(importing: Importing) -> None:
    importing.do("project,person,roles,stance\nERP,Ann,approver,-1\n")

    same = importing.do("project,person,roles,stance\nERP,Ann,,\n")
    other = importing.do("project,person,roles,stance\nERP,Ann,user,\n")

    assert (same.counts, other.counts) == ((0, 0, 1, 0), (0, 1, 0, 0))
    assert _member(importing, "Ann").roles == (Role.USER,)
    assert _attitude(importing, "Ann").stance is Stance.NON_SUPPORTER


def test_a_row_that_says_the_stance_that_is_valid_changes_nothing(importing: Importing) -> None:
    row = "project,person,stance,assessed_on\nERP,Ann,neutral,{}\n"
    importing.do(row.format("2026-01-05"))

    same = importing.do("project,person,stance\nERP,Ann,neutral\n")
    later = importing.do(row.format("2026-02-05"))

    assert (same.counts, later.counts) == ((0, 0, 1, 0), (0, 0, 1, 0))
    assert importing.count(Attitude) == 1


def test_rows_may_say_how_somebody_stood_on_several_days(importing: Importing) -> None:
    done = importing.do(
        "项目,姓名,态度,评估日期\nERP,Ann,-1,2026-02-01\nERP,Ann,1,2026-03-01\nERP,Ann,2,2026-03-01\n"
    )

    assert done.reasons == [(4, "Line 3 says something else of Ann.")]
    days = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1))
    assert [_attitude(importing, "Ann", day).stance for day in days] == [
        Stance.UNKNOWN,
        Stance.NON_SUPPORTER,
        Stance.NON_SUPPORTER,
        Stance.SUPPORTER,
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("ERP,Zoe,,,", "Nobody is called Zoe."),
        ("ERP,,user,,", "The row names no person."),
        (",Ann,user,,", "The row names no project."),
        ("ERP,Ann,boss,,", "roles is boss: it must be one of approver, decision maker"),
        ("ERP,Ann,,3,", "stance is 3: it must be one of enemy, non-supporter"),
        ("ERP,Ann,,,often", "contact is often: it must be one of no contact, brief"),
    ],
)
def test_a_row_of_a_chain_that_cannot_be_is_refused(
    importing: Importing, row: str, reason: str
) -> None:
    done = importing.do(f"project,person,roles,stance,contact\n{row}\n")

    ((line, said),) = done.reasons
    assert (line, said[: len(reason)]) == (2, reason)
    assert importing.count(Project) == 0


def test_rows_of_a_member_that_contradict_each_other_are_refused(importing: Importing) -> None:
    done = importing.do(
        "project,person,stance\nERP,Ann,supporter\nERP,Ann,enemy\nERP,Ann,supporter\nCRM,Ann,enemy\n"
    )

    assert done.reasons == [(3, "Line 2 says something else of Ann.")]
    assert done.counts == (2, 0, 1, 1)


def test_who_decides_for_whom_is_a_link(importing: Importing) -> None:
    done = importing.do("project,person,decides_for\nERP,Ann,Bob;Cy\nERP,Bob,Zoe\nERP,Cy,\n")

    tail = "The member is in, the link is not."
    assert done.reasons == [(3, f"Nobody is called Zoe. {tail}")]
    people = done.records.all(Person)
    links = {
        (people[one.source].name, people[one.target].name)
        for one in done.records.all(ChainLink).values()
    }
    assert links == {("Ann", "Bob"), ("Ann", "Cy")}
    assert importing.count(ChainMember) == 3


def test_deciding_in_a_circle_is_refused(importing: Importing) -> None:
    done = importing.do("project,person,decides_for\nERP,Ann,Bob\nERP,Bob,Ann\n")

    ((line, reason),) = done.reasons
    assert line == 3
    assert "decide for each other in a circle: Bob → Ann → Bob" in reason


def test_a_project_gets_another_type_when_the_file_says_so(importing: Importing) -> None:
    importing.do("project,type,person\nERP,IT,Ann\n")
    importing.do("project,type,person\nERP,Renewal,Ann\n")

    (project,) = importing.records.all(Project).values()
    assert importing.records.one(ProjectType, project.type or "").name == "Renewal"


def test_a_project_of_that_name_at_another_customer_is_another_project(
    importing: Importing,
) -> None:
    _accounts(importing, "account\nElse Ltd\n")
    elsewhere = _account(importing, "Else Ltd")[0].id
    importing.do("project,person\nERP,Ann\n", aim=Aim(elsewhere, create_missing=True))

    done = importing.do("project,person\nERP,Bob\n")

    assert done.report.created == {"project": 1, "chain_member": 1}
    homes = [project.account for project in done.records.where(Project, name="ERP")]
    assert sorted(homes) == sorted([elsewhere, importing.account])


def test_somebody_made_for_a_link_that_is_refused_is_made_anew_for_the_next(
    importing: Importing,
) -> None:
    aim = Aim(importing.account, create_missing=True)
    done = importing.do("project,person,decides_for\nERP,Ann,Zoe;Ann\nERP,Bob,Zoe\n", aim=aim)

    ((line, _reason),) = done.reasons
    assert line == 2
    (link,) = done.records.all(ChainLink).values()
    names = [done.records.one(Person, one).name for one in (link.source, link.target)]
    assert names == ["Bob", "Zoe"]


def _accounts(importing: Importing, text: str, *, create_missing: bool = False) -> Import:
    aim = Aim(currency="EUR", create_missing=create_missing)
    return importing.all([entries(text, "accounts")], aim)


def _account(importing: Importing, name: str) -> tuple[Account, Organisation]:
    (home,) = importing.records.where(Organisation, name=name)
    (account,) = importing.records.where(Account, organisation=home.id)
    return account, home


def test_accounts_are_made_and_found_again_by_name(importing: Importing) -> None:
    text = (
        "name,industry,region,revenue,expected_annual_spend,currency\n"
        'Globex,steel,North,"1,234.50",500万,CNY\n'
        'Acme,,,,"1.000,50",\n'
    )
    done = _accounts(importing, text)

    account, home = _account(importing, "Globex")
    assert done.counts == (1, 1, 0, 0)
    assert (home.industry, home.region) == ("steel", "North")
    assert account.expected_annual_spend == Money(500_000_000, "CNY")
    (revenue,) = importing.records.all(YearRevenue).values()
    assert (revenue.year, revenue.revenue) == (2025, Money(123_450, "CNY"))
    assert _account(importing, "Acme")[0].expected_annual_spend == Money(100_050, "EUR")
    assert _accounts(importing, text).counts == (0, 0, 2, 0)
    assert importing.act.today == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",5,CNY,", "The row has no name."),
        ("A,much,CNY,", "expected_annual_spend is much: it is no amount of CNY."),
        ("A,-5,CNY,", "expected_annual_spend is -5: it is no amount of CNY."),
        ("A,0.001,CNY,", "expected_annual_spend is 0.001: it is no amount of CNY."),
        (
            "A,€ 1.234,EUR,",
            "expected_annual_spend is € 1.234: the point may set thousands apart or decimals;"
            " write 1234, or two decimals.",
        ),
        ("A,5,EURO,", "“EURO”, at A, is no currency code; one looks like CNY or EUR."),
        ("A,5,CNY,soon", "year is soon: it is no year."),
    ],
)
def test_a_row_of_an_account_that_cannot_be_is_refused(
    importing: Importing, row: str, reason: str
) -> None:
    done = _accounts(importing, f"name,expected_annual_spend,currency,year\n{row}\nB,,,\n")

    assert done.reasons == [(2, reason)]
    assert done.counts == (1, 0, 0, 1)


def test_an_account_named_twice_is_refused_the_second_time(importing: Importing) -> None:
    done = _accounts(importing, "name,industry\nA,steel\nA,glass\n")

    assert done.reasons == [(3, "Line 2 already says who A is.")]


def test_a_parent_may_come_later_in_the_file(importing: Importing) -> None:
    done = _accounts(importing, "name,parent\nDaughter,Mother\nMother,\n")

    mother = _account(importing, "Mother")[1]
    assert done.counts == (2, 0, 0, 0)
    assert _account(importing, "Daughter")[1].parent == mother.id


def test_an_unknown_parent_is_refused_and_the_account_stays(importing: Importing) -> None:
    done = _accounts(importing, "name,parent\nA,Nobody\nB,B\n")

    assert done.reasons == [
        (2, "No customer is called Nobody. The account is in, its parent is not."),
        (
            3,
            "These organisations are parts of each other: B → B."
            " The account is in, its parent is not.",
        ),
    ]
    made = _accounts(importing, "name,parent\nA,Nobody\n", create_missing=True)
    assert made.counts == (0, 1, 0, 0)


def test_thousands_and_years_are_read_as_they_are_written(importing: Importing) -> None:
    text = 'name,revenue,year\nA,"1,234,567",2024年\nB,"1,234",2023\n'

    assert _accounts(importing, text).counts == (2, 0, 0, 0)

    said = {one.year: one.revenue.minor for one in importing.records.all(YearRevenue).values()}
    assert said == {2024: 123_456_700, 2023: 123_400}


def test_a_customer_without_an_account_gets_one(importing: Importing) -> None:
    _accounts(importing, "name,parent\nDaughter,Mother\n", create_missing=True)
    importing.do("name,organisation\nRex,Rival\n")

    done = _accounts(importing, "name,industry\nMother,steel\nRival,glass\n")

    assert done.counts == (2, 0, 0, 0)
    assert done.report.created == {"organisation": 1, "account": 2}
    assert _account(importing, "Mother")[1].industry == "steel"
