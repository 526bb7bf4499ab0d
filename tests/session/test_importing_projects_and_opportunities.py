"""Rows of projects, opportunities, products and employees resolved."""

from __future__ import annotations

from datetime import date

import pytest
from import_text import Importing, entries

from brm_desktop.domain.records import (
    Account,
    Department,
    Money,
    Opportunity,
    Organisation,
    OrganisationKind,
    Origin,
    Outcome,
    Person,
    Product,
    Project,
    ProjectType,
    YearRevenue,
)
from brm_desktop.exchange.dates import DateOrder, UnclearDates
from brm_desktop.exchange.headers import Subject
from brm_desktop.language import tr
from brm_desktop.session.importing import Aim
from brm_desktop.session.importing.files import needs_account

ANYWHERE = Aim()
MAKING = Aim(create_missing=True)


@pytest.fixture
def importing() -> Importing:
    return Importing()


def _project(importing: Importing, name: str) -> Project:
    (found,) = importing.records.where(Project, name=name)
    return found


def _opportunity(importing: Importing, name: str) -> Opportunity:
    (found,) = importing.records.where(Opportunity, name=name)
    return found


def test_a_project_comes_with_its_type_money_and_days(importing: Importing) -> None:
    done = importing.do(
        "account,name,type,wanted,amount,currency,start,decided,outcome,lost_to\n"
        "Acme,ERP,IT renewal,yes,500000,EUR,2024-01-05,2024-06-01,lost,Rival\n"
        "Acme,CRM,IT renewal,,120万,,2025-01-05,,open,\n",
        aim=ANYWHERE,
    )

    assert done.counts == (2, 0, 0, 0)
    erp, crm = _project(importing, "ERP"), _project(importing, "CRM")
    assert (erp.amount, crm.amount) == (Money(50_000_000, "EUR"), Money(120_000_000, "CNY"))
    assert (erp.starts_on, erp.decided_on) == (date(2024, 1, 5), date(2024, 6, 1))
    assert (erp.outcome, crm.outcome, erp.type) == (Outcome.LOST, Outcome.OPEN, crm.type)
    rival = importing.records.one(Organisation, erp.lost_to or "")
    assert (rival.name, rival.kind) == ("Rival", OrganisationKind.COMPETITOR)
    assert importing.records.one(ProjectType, erp.type or "").wanted


def test_a_project_is_known_by_account_and_name(importing: Importing) -> None:
    text = "account,name,type,start\nAcme,ERP,IT renewal,2024-01-05\n"
    importing.do(text, aim=ANYWHERE)

    same = importing.do(text, aim=ANYWHERE)
    other = importing.do(
        "account,name,type,outcome\nAcme,ERP,Other,赢单\n", "projects", aim=ANYWHERE
    )

    assert (same.counts, other.counts) == ((0, 0, 1, 0), (0, 1, 0, 0))
    project = _project(importing, "ERP")
    assert (project.outcome, project.starts_on) == (Outcome.WON, date(2024, 1, 5))
    assert importing.records.one(ProjectType, project.type or "").name == "Other"


def test_a_project_whose_type_is_not_known_yet_gets_one(importing: Importing) -> None:
    importing.do("account,name,start\nAcme,ERP,2024-01-05\n", "projects", aim=ANYWHERE)

    done = importing.do("account,name,type\nAcme,ERP,IT renewal\n", "projects", aim=ANYWHERE)

    assert done.counts == (0, 1, 0, 0)
    assert importing.count(ProjectType) == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",ERP,,", "The row names no account."),
        ("Acmee,ERP,,", "No account is called Acmee."),
        ("Acme,,,", "The row has no name."),
        ("Acme,ERP,maybe,", "outcome is maybe: it must be one of"),
        ("Acme,ERP,won,Rival", "The row says who won instead of us, but not that it was lost."),
    ],
)
def test_a_project_that_says_something_impossible_is_refused(
    importing: Importing, row: str, reason: str
) -> None:
    done = importing.do(f"account,name,outcome,lost_to\n{row}\n", "projects", aim=ANYWHERE)

    ((line, said),) = done.reasons
    assert (line, said[: len(reason)]) == (2, reason)
    assert not done.report.change


def test_who_it_was_lost_to_says_that_it_was_lost(importing: Importing) -> None:
    importing.do("account,name,lost_to\nAcme,ERP,Rival\n", "projects", aim=ANYWHERE)

    assert _project(importing, "ERP").outcome is Outcome.LOST


def test_rows_that_contradict_each_other_are_refused(importing: Importing) -> None:
    projects = importing.do(
        "account,name,outcome\nAcme,ERP,won\nAcme,ERP,lost\nAcme,ERP,won\n",
        "projects",
        aim=ANYWHERE,
    )
    products = importing.do("name,price\nA,5\nA,6\n", "products", aim=ANYWHERE)

    assert projects.reasons == [(3, "Line 2 says something else of ERP.")]
    assert products.reasons == [(3, "Line 2 says something else of A.")]


def test_an_account_that_only_a_row_names_is_made_when_asked_for(importing: Importing) -> None:
    done = importing.do("account,name,stage\nNewco,Deal,lead\nNewco,Deal 2,lead\n", aim=MAKING)

    assert done.report.created == {"organisation": 1, "account": 1, "opportunity": 2}


def test_rows_without_an_account_are_of_the_one_that_was_named(importing: Importing) -> None:
    importing.do("name,stage\nDeal,谈判\n")

    assert _opportunity(importing, "Deal").account == importing.account
    assert _opportunity(importing, "Deal").stage == "negotiating"


def test_an_opportunity_comes_with_all_that_a_pipeline_says(importing: Importing) -> None:
    importing.do("name,manager,office\nAda,,North\n", "employees", aim=ANYWHERE)
    done = importing.do(
        "account,name,origin,stage,amount,probability,opened_on,expected_close,owner,product,"
        "business_line\n"
        "Acme,Deal,捕捉,Proposing,1000.50,40%,2026-01-02,2026-09-30,Ada,GTX Pro,Net;Cloud\n",
        aim=ANYWHERE,
    )

    assert done.counts == (1, 0, 0, 0)
    deal = _opportunity(importing, "Deal")
    assert (deal.origin, deal.stage, deal.outcome) == (Origin.CAPTURED, "proposing", Outcome.OPEN)
    assert (deal.amount, deal.probability) == (Money(100_050, "CNY"), 40)
    assert (deal.opened_on, deal.expected_close) == (date(2026, 1, 2), date(2026, 9, 30))
    assert deal.owner == importing.person("Ada").id
    assert (deal.product, deal.business_lines) == ("GTX Pro", ("Net", "Cloud"))


def test_the_day_of_an_import_is_no_day_of_opening(importing: Importing) -> None:
    importing.do("account,opportunity,stage\nAcme,Deal,Lead\n", "opportunities", aim=ANYWHERE)
    assert _opportunity(importing, "Deal").opened_on is None
    won = "account,opportunity,outcome,close date\nAcme,Deal,won,2017-03-01\n"
    assert importing.do(won, "opportunities", aim=ANYWHERE).counts == (0, 1, 0, 0)
    assert _opportunity(importing, "Deal").closed_on == date(2017, 3, 1)


def test_won_and_lost_may_stand_among_the_stages(importing: Importing) -> None:
    done = importing.do(
        "account,opportunity,deal stage,close date\n"
        "Acme,A,Closed Won,2025-03-01\nAcme,B,Lost,2025-04-01\nAcme,C,Own word,2026-12-01\n"
        "Acme,D,,2026-11-30\n",
        "opportunities",
        aim=ANYWHERE,
    )

    assert [(one.field, one.lines, tr(one.sentence)) for one in done.report.remarks] == [
        (
            "stage",
            (2, 3),
            "stage (rows: 2, the first in line 2) says how it ended: that is kept as the outcome,"
            " and the stage known before stays, if there is one.",
        )
    ]
    found = [_opportunity(importing, name) for name in "ABCD"]
    assert [one.outcome for one in found] == [
        Outcome.WON,
        Outcome.LOST,
        Outcome.OPEN,
        Outcome.OPEN,
    ]
    assert [one.stage for one in found] == ["", "", "Own word", ""]
    assert [one.closed_on for one in found[:2]] == [date(2025, 3, 1), date(2025, 4, 1)]
    assert [one.expected_close for one in found[2:]] == [date(2026, 12, 1), date(2026, 11, 30)]


def test_a_stage_that_is_known_stays_when_a_later_row_says_won(importing: Importing) -> None:
    importing.do("account,opportunity,stage\nAcme,Deal,Engaging\n", "opportunities", aim=ANYWHERE)
    importing.do("account,opportunity,stage\nAcme,Deal,Won\n", "opportunities", aim=ANYWHERE)
    deal = _opportunity(importing, "Deal")
    assert (deal.stage, deal.outcome) == ("engaging", Outcome.WON)


def test_an_opportunity_is_known_by_account_and_name(importing: Importing) -> None:
    text = "account,name,stage\nAcme,Deal,lead\n"
    importing.do(text, aim=ANYWHERE)

    same, other = (
        importing.do(text, aim=ANYWHERE),
        importing.do("account,name,stage\nAcme,Deal,engaging\n", aim=ANYWHERE),
    )

    assert (same.counts, other.counts) == ((0, 0, 1, 0), (0, 1, 0, 0))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Acme,,,", "The row has no name."),
        ("Acme,Deal,Nobody,", "Nobody is called Nobody."),
        ("Acme,Deal,,101", "probability is 101: it must be a whole number from 0 to 100."),
    ],
)
def test_an_opportunity_that_says_something_impossible_is_refused(
    importing: Importing, row: str, reason: str
) -> None:
    done = importing.do(f"account,name,owner,probability\n{row}\n", "opportunities", aim=ANYWHERE)

    assert done.reasons == [(2, reason)]


def test_products_are_made_and_changed_by_name(importing: Importing) -> None:
    made = importing.do("product,series,sales_price\nGTX,G,550\nMG,,\n", aim=ANYWHERE)
    again = importing.do("product,series,sales_price\nGTX,G,600\nMG,,\n", aim=ANYWHERE)
    nameless = importing.do("product,series\n,G\n", "products", aim=ANYWHERE)

    assert (made.counts, again.counts) == ((2, 0, 0, 0), (0, 1, 1, 0))
    assert nameless.reasons == [(2, "The row has no name.")]
    (product,) = importing.records.where(Product, name="GTX")
    assert product.price == Money(60_000, "CNY")


def test_employees_are_ours_with_office_and_manager(importing: Importing) -> None:
    done = importing.do(
        "sales_agent,manager,regional_office\nAda,Eve,North\nBen,Eve,South\n",
        "employees",
        aim=MAKING,
    )

    assert done.counts == (2, 0, 0, 0)
    assert importing.lines() == {("Ada", "Eve"), ("Ben", "Eve")}
    assert importing.organisation_of("Ada").kind is OrganisationKind.OWN
    office = importing.records.one(Department, importing.person("Ada").department or "")
    assert office.name == "North"


def test_employees_are_never_guessed(importing: Importing) -> None:
    assert entries("name,manager,office\nAnn,Bob,North\n").subject is Subject.PEOPLE


def test_what_rows_hold_is_told_from_their_columns() -> None:
    assert entries("account,name,type,start\nA,B,C,\n").subject is Subject.PROJECTS
    assert entries("account,name,stage,amount\nA,B,C,1\n").subject is Subject.OPPORTUNITIES
    assert entries("product,series,sales_price\nA,B,1\n").subject is Subject.PRODUCTS
    assert entries("name,amount\nA,1\n").subject is Subject.PEOPLE


def test_an_account_need_be_named_only_for_rows_that_do_not_say_theirs() -> None:
    assert not needs_account([entries("account,name,stage\nA,B,lead\n")])
    assert needs_account([entries("name,stage\nB,lead\n")])
    assert not needs_account([entries("name,series\nA,B\n")])
    assert needs_account([entries("name,title\nA,B\n")])


def test_days_of_all_columns_agree_on_one_order(importing: Importing) -> None:
    text = "account,name,start,decided\nAcme,ERP,05-03-24,20-10-24\n"
    assert entries(text, "projects", dates=DateOrder.DMY).date_order is DateOrder.DMY
    with pytest.raises(UnclearDates, match=r"column start, such as 05-03-24"):
        entries(text, "projects")


def test_what_looks_spelt_wrong_is_told_and_kept(importing: Importing) -> None:
    importing.do("product,series\nGTX Pro,GTX\nMG Special,MG\n", aim=ANYWHERE)
    sold = importing.do(
        "account,name,stage,product\nAcme,A,lead,GTXPro\nAcme,B,lead,GTXPro\n"
        "Acme,C,lead,MG special\nAcme,D,lead,Zed\nAcme,E,lead,\n",
        aim=ANYWHERE,
    )
    accounts = importing.do(
        "account,sector\nOne,technolgy\nTwo,retail\nThree,basket weaving\n", "accounts"
    )

    told = [tr(one.sentence) for one in (*sold.report.remarks, *accounts.report.remarks)]
    assert told == [
        "product GTXPro (rows: 2) looks like GTX Pro; it is kept as it is.",
        "product Zed (rows: 1) is not among ours; it is kept as it is.",
        "industry technolgy (rows: 1) looks like technology; it is kept as it is.",
    ]
    assert _opportunity(importing, "A").product == "GTXPro"
    assert len(importing.records.all(Account)) == 4


def test_an_industry_is_compared_with_each_word_of_the_names_we_have(importing: Importing) -> None:
    done = importing.do("account,sector\nOne,Foood\nTwo,food\nThree,Mining\n", "accounts")

    (one,) = done.report.remarks
    assert (one.value, one.nearest, one.lines) == ("Foood", "food and beverages", (2,))


def test_odd_days_of_projects_are_told_with_their_lines_and_kept(importing: Importing) -> None:
    done = importing.do(
        "account,name,type,start,decided,outcome,lost_to\n"
        "Acme,A,IT,2026-03-01,2026-02-01,,\n"
        "Acme,B,IT,2026-03-01,2026-02-02,won,\n"
        "Acme,C,IT,2128-01-01,2128-02-01,won,\n"
        "Acme,D,IT,2026-01-01,2128-02-01,,Rival\n"
        "Acme,E,IT,2128-01-01,,,\n"
        "Acme,F,IT,2128-01-02,2128-01-01,bad,\n",
        aim=ANYWHERE,
    )

    assert [tr(one.sentence) for one in done.report.remarks] == [
        "decided (rows: 2, the first in line 2) is before its start; it is kept.",
        "decided (rows: 2, the first in line 4) is a day to come of what is won or lost;"
        " it is kept.",
        "start (rows: 1, the first in line 4) is a day to come of what is won or lost; it is kept.",
    ]
    assert [(one.rows, one.lines) for one in done.report.remarks] == [
        (2, (2, 3)),
        (2, (4, 5)),
        (1, (4,)),
    ]
    assert _project(importing, "A").decided_on == date(2026, 2, 1)


def test_odd_days_of_opportunities_are_told(importing: Importing) -> None:
    done = importing.do(
        "account,name,stage,opened_on,closed_on\n"
        "Acme,A,won,2026-05-01,2026-04-01\n"
        "Acme,B,lost,2026-05-01,2128-06-01\n"
        "Acme,C,lead,2026-05-01,2128-06-01\n",
        aim=ANYWHERE,
    )

    ends, *days = done.report.remarks
    assert (ends.field, ends.lines) == ("stage", (3,))
    assert [tr(one.sentence) for one in days] == [
        "closed_on (rows: 1, the first in line 3) is a day to come of what is won or lost;"
        " it does not count before then."
    ]
    assert [line for line, _ in done.reasons] == [2]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("name,closeness,assessed_on\nAnn,60,2128-05-01\nBob,60,\n", "people"),
        ("project,person,stance,assessed_on\nP,Ann,neutral,2128-05-01\n", "chain"),
    ],
)
def test_what_is_assessed_on_a_day_to_come_is_told(
    importing: Importing, text: str, subject: str
) -> None:
    done = importing.do(text, subject, aim=Aim(importing.account, create_missing=True))

    assert [tr(one.sentence) for one in done.report.remarks] == [
        "assessed_on (rows: 1, the first in line 2) is a day to come;"
        " what it says does not count before then."
    ]


def test_products_are_not_missed_where_none_are_known(importing: Importing) -> None:
    done = importing.do("account,name,stage,product\nAcme,A,lead,GTXPro\n", aim=ANYWHERE)

    assert done.report.remarks == ()


def test_a_person_may_be_named_by_a_file_of_employees_only(importing: Importing) -> None:
    importing.do("name\nAda\n", "employees", aim=ANYWHERE)

    assert [one.name for one in importing.records.all(Person).values()] == ["Ada"]


def test_amounts_may_be_in_millions(importing: Importing) -> None:
    importing.do("account,revenue\nOne,1100.04\n", "accounts", constants={"unit": "million"})
    importing.do("name,stage,amount,金额单位\nDeal,lead,1.5,万元\n", aim=Aim(importing.account))
    odd = importing.do("name,stage,amount,unit\nDeal,lead,1.5,dozen\n")

    (revenue,) = importing.records.all(YearRevenue).values()
    assert revenue.revenue == Money(110_004_000_000, "CNY")
    assert _opportunity(importing, "Deal").amount == Money(1_500_000, "CNY")
    assert odd.reasons == [
        (2, "unit is dozen: it must be thousand, million, billion, 万 or 亿."),
    ]
