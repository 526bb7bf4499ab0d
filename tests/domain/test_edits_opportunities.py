from __future__ import annotations

from datetime import date, timedelta

import pytest
from desk import TODAY, Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Attitude,
    ChainMember,
    Department,
    LeadSource,
    Money,
    Opportunity,
    OrganisationKind,
    Origin,
    Outcome,
    Person,
    PersonId,
    Product,
    Project,
    ProjectId,
    ProjectType,
    ProjectTypeId,
    Role,
    SalesStep,
    SoldBy,
    Stance,
    SupportRequest,
    SupportState,
)

YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)


@pytest.fixture
def account(desk: Desk) -> AccountId:
    return desk.account()


@pytest.fixture
def opportunity(desk: Desk, account: AccountId) -> str:
    return desk.do(edits.add_opportunity, account, "Line 2").added(Opportunity)[0].id


def test_an_opportunity_is_of_an_account_and_perhaps_its_project(desk: Desk) -> None:
    acme, bolt = desk.account("Acme"), desk.account("Bolt")
    project = desk.project(acme)
    desk.do(edits.add_opportunity, acme, "Line 2", project=project, probability=40)
    opportunity = desk.only(Opportunity)
    desk.do(edits.revise_opportunity, opportunity.id, probability=60)
    assert desk.only(Opportunity).probability == 60
    with told(Refused, "Line 2: probability is 101, but"):
        desk.do(edits.revise_opportunity, opportunity.id, probability=101)
    with told(Refused, "An opportunity needs a name"):
        desk.do(edits.add_opportunity, acme, "")
    with told(Refused, "“X” is for Bolt, but its project Plant is another account's"):
        desk.do(edits.add_opportunity, bolt, "X", project=project)
    with told(Refused, "no longer there"):
        desk.do(edits.add_opportunity, acme, "X", project=ProjectId("nothing"))


def test_an_opportunity_says_where_it_comes_from_and_how_far_it_is(
    desk: Desk, account: AccountId
) -> None:
    desk.do(
        edits.add_opportunity,
        account,
        "Line 2",
        lead=LeadSource.EVENT,
        sold_by=SoldBy.CROSS_SELL,
        from_line=" MES  core ",
        business_lines=["Cloud", " ", " Cloud", "MES"],
        steps=[SalesStep.CLOSE, SalesStep.ASSESS, SalesStep.CLOSE],
        product=" GTXPro",
        amount=Money(100, "CNY"),
    )
    one = desk.only(Opportunity)
    assert (one.opened_on, one.from_line, one.business_lines) == (
        TODAY,
        "MES core",
        ("Cloud", "MES"),
    )
    assert one.steps == (SalesStep.ASSESS, SalesStep.CLOSE)
    assert one.product == " GTXPro"  # as it was written
    with told(Refused, "An amount of Line 2 is negative"):
        desk.do(edits.revise_opportunity, one.id, amount=Money(-1, "CNY"))


def test_what_ended_before_it_was_noted_was_opened_nobody_knows_when(
    desk: Desk, account: AccountId
) -> None:
    won = Outcome.WON
    desk.do(edits.add_opportunity, account, "Line 1", outcome=won, closed_on=YESTERDAY)
    assert desk.only(Opportunity).opened_on is None


def test_only_our_own_departments_look_after_opportunities(
    desk: Desk, account: AccountId, opportunity: str
) -> None:
    desk.do(edits.add_department, account=account, name="Purchasing")
    (theirs,) = desk.several(Department)
    with told(Refused, "one of our departments; Purchasing belongs to Acme"):
        desk.do(edits.revise_opportunity, opportunity, owner_department=theirs.id)
    colleague = desk.one(Person, desk.colleague())
    desk.do(edits.add_department, organisation=colleague.organisation, name="Sales")
    ours = next(one for one in desk.several(Department) if one.id != theirs.id)
    desk.do(edits.revise_opportunity, opportunity, owner_department=ours.id)
    assert desk.only(Opportunity).owner_department == ours.id
    desk.do(edits.remove_people, [colleague.id])
    assert colleague.organisation is not None
    with told(Refused, "looks after opportunities and stays what it is"):
        desk.do(edits.revise_organisation, colleague.organisation, kind=OrganisationKind.COMPETITOR)


def test_an_opportunity_ends_on_a_day_for_an_amount(desk: Desk, opportunity: str) -> None:
    desk.do(edits.close_opportunity, opportunity, Outcome.WON, amount=Money(5, "EUR"))
    one = desk.only(Opportunity)
    assert (one.outcome, one.closed_on, one.amount) == (Outcome.WON, TODAY, Money(5, "EUR"))
    desk.do(edits.close_opportunity, opportunity, Outcome.LOST, on=TODAY)
    assert desk.only(Opportunity).amount == Money(5, "EUR")


def test_an_opportunity_does_not_end_as_open_before_it_began_or_in_the_future(
    desk: Desk, opportunity: str
) -> None:
    with told(Refused, "Say how Line 2 ended"):
        desk.do(edits.close_opportunity, opportunity, Outcome.OPEN)
    with told(Refused, "Line 2 cannot be closed before it was opened"):
        desk.do(edits.close_opportunity, opportunity, Outcome.WON, on=YESTERDAY)
    with told(Refused, "is yet to come"):
        desk.do(edits.close_opportunity, opportunity, Outcome.WON, on=TOMORROW)
    with told(Refused, "An amount of Line 2 is negative"):
        desk.do(edits.close_opportunity, opportunity, Outcome.WON, amount=Money(-1, "CNY"))


def test_what_is_opened_again_has_no_day_on_which_it_ended(desk: Desk, opportunity: str) -> None:
    with told(Refused, "Say how Line 2 ended"):
        desk.do(edits.revise_opportunity, opportunity, closed_on=TODAY)
    desk.do(edits.revise_opportunity, opportunity, outcome=Outcome.WON, closed_on=TODAY)
    desk.do(edits.revise_opportunity, opportunity, outcome=Outcome.OPEN)
    assert desk.only(Opportunity).closed_on is None


@pytest.fixture
def erp(desk: Desk, account: AccountId) -> ProjectTypeId:
    """A type with three projects: the last but one with Ann, who left since, and Bo; one unwanted.

    Bo decided in the first and approved in the second; Cy evaluated in the first.
    """
    ann, bo, cy, dee = desk.people(account, "Ann", "Bo", "Cy", "Dee")
    erp: ProjectTypeId | None = None
    chains = {
        2023: {bo: Role.DECISION_MAKER, cy: Role.EVALUATOR},
        2025: {bo: Role.APPROVER, ann: Role.USER},
        2024: {dee: Role.APPROVER},
    }
    for year, chain in chains.items():
        change = desk.do(
            edits.create_project,
            account,
            f"ERP {year}",
            type="ERP",
            starts_on=date(year, 3, 1),
            business_line="Software" if year == 2023 else "",
        )
        project = change.added(Project)[0].id
        for person, role in chain.items():
            desk.do(edits.add_member, project, person, roles=[role], stance=Stance.SUPPORTER)
        ended = Outcome.NOT_PURSUED if year == 2024 else Outcome.WON
        desk.do(edits.close_project, project, ended)
        erp = erp or desk.only(ProjectType).id
    desk.do(edits.leave, ann)
    assert erp is not None
    return erp


def _chain(desk: Desk, project: str) -> dict[str, tuple[Role, ...]]:
    members = desk.records.where(ChainMember, project=project)
    return {desk.one(Person, one.person).name: one.roles for one in members}


def test_a_captured_opportunity_comes_with_its_project_and_who_took_part_before(
    desk: Desk, account: AccountId, erp: ProjectTypeId
) -> None:
    seller = desk.colleague()
    desk.do(edits.revise_account, account, owner=seller)
    claims = len(desk.several(Attitude))
    day, close = date(2027, 3, 1), date(2027, 1, 1)
    change = desk.do(
        edits.capture_opportunity,
        account,
        erp,
        amount=Money(7, "CNY"),
        starts_on=day,
        expected_close=close,
    )
    (project,), (opportunity,) = change.added(Project), change.added(Opportunity)
    assert (project.name, project.type, project.amount) == ("ERP 2027", erp, Money(7, "CNY"))
    assert (project.starts_on, project.business_line) == (date(2027, 3, 1), "Software")
    assert _chain(desk, project.id) == {"Bo": (Role.APPROVER,), "Cy": (Role.EVALUATOR,)}
    assert len(desk.several(Attitude)) == claims  # what they think of this one is not known
    assert (opportunity.project, opportunity.origin, opportunity.stage) == (
        project.id,
        Origin.CAPTURED,
        "lead",
    )
    assert (opportunity.owner, opportunity.opened_on) == (seller, TODAY)
    assert opportunity.business_lines == ("Software",)
    with told(Refused, "ERP 2027 is open already"):
        desk.do(edits.capture_opportunity, account, erp, starts_on=day)


def test_who_is_to_be_on_a_captured_chain_can_be_said(
    desk: Desk, account: AccountId, erp: ProjectTypeId
) -> None:
    people = {one.name: one.id for one in desk.several(Person)}
    chosen = [people["Ann"], people["Dee"], people["Ann"]]
    change = desk.do(edits.capture_opportunity, account, erp, name=" Next ERP", people=chosen)
    (project,) = change.added(Project)
    assert project.name == "Next ERP"
    assert _chain(desk, project.id) == {"Ann": (Role.USER,), "Dee": ()}


def test_the_first_project_of_a_type_has_nobody_to_bring_along(
    desk: Desk, account: AccountId
) -> None:
    desk.do(edits.add_project_type, name="MES", wanted=True)
    mes = desk.only(ProjectType).id
    change = desk.do(edits.capture_opportunity, account, mes)
    assert change.added(Project)[0].name == "MES 2026"
    assert change.added(Opportunity)[0].business_lines == ()
    assert change.added(ChainMember) == ()
    with told(Refused, "no longer there"):
        desk.do(edits.capture_opportunity, account, ProjectTypeId("nothing"))


def test_support_is_asked_for_and_granted_or_refused(desk: Desk, opportunity: str) -> None:
    expert = desk.colleague("Expert")
    desk.do(edits.ask_support, opportunity, " A demo ", of=expert, on=YESTERDAY, note="two days")
    (request,) = desk.several(SupportRequest)
    assert (request.text, request.asked_of, request.asked_on) == ("A demo", expert, YESTERDAY)
    desk.do(edits.answer_support, request.id, SupportState.GRANTED, note="from May")
    request = desk.only(SupportRequest)
    assert (request.state, request.decided_on) == (SupportState.GRANTED, TODAY)
    assert request.note == "two days\nfrom May"
    desk.do(edits.answer_support, request.id, SupportState.ASKED)
    assert desk.only(SupportRequest).decided_on is None


def test_support_is_not_granted_before_it_was_asked_for_nor_by_a_customer(
    desk: Desk, account: AccountId, opportunity: str
) -> None:
    with told(Refused, "says what is needed"):
        desk.do(edits.ask_support, opportunity, " ")
    (customer,) = desk.people(account, "Chen")
    with told(Refused, "Who is asked for support must be one of our colleagues; Chen"):
        desk.do(edits.ask_support, opportunity, "A demo", of=customer)
    request = desk.do(edits.ask_support, opportunity, "A demo").added(SupportRequest)[0]
    with told(Refused, "“A demo” cannot be decided before it was asked for"):
        desk.do(edits.answer_support, request.id, SupportState.GRANTED, on=YESTERDAY)
    with told(Refused, "is yet to come"):
        desk.do(edits.answer_support, request.id, SupportState.REFUSED, on=TOMORROW)
    with told(Refused, "no longer there"):
        desk.do(edits.ask_support, "nothing", "A demo")


def test_what_falls_with_an_opportunity_and_what_outlives_its_people(
    desk: Desk, account: AccountId, opportunity: str
) -> None:
    expert, (customer,) = desk.colleague("Expert"), desk.people(account, "Chen")
    project = desk.project(account)
    desk.do(
        edits.revise_opportunity, opportunity, owner=expert, referred_by=customer, project=project
    )
    desk.do(edits.ask_support, opportunity, "A demo", of=expert)
    desk.do(edits.remove_people, [expert, customer])
    desk.do(edits.remove_records, [project])
    one, request = desk.only(Opportunity), desk.only(SupportRequest)
    assert (one.owner, one.referred_by, one.project, request.asked_of) == (None, None, None, None)
    desk.do(edits.remove_accounts, [account])
    assert (desk.several(Opportunity), desk.several(SupportRequest)) == ([], [])


def test_what_an_opportunity_is_of_and_a_request_is_for_stays(
    desk: Desk, account: AccountId, opportunity: str
) -> None:
    request = desk.do(edits.ask_support, opportunity, "A demo").added(SupportRequest)[0]
    with pytest.raises(TypeError, match="cannot be changed"):
        desk.do(edits.revise_opportunity, opportunity, account=account)
    with pytest.raises(TypeError, match="cannot be changed"):
        desk.do(edits.revise, request.id, opportunity=opportunity)


def test_products_are_known_by_their_names(desk: Desk) -> None:
    desk.do(edits.add_product, name="GTX  Pro", series="GTX", price=Money(480_000, "USD"))
    desk.do(edits.add_product, name=" GTX Pro", price=Money(490_000, "USD"))
    product = desk.only(Product)
    assert (product.name, product.series, product.price) == (
        "GTX Pro",
        "GTX",
        Money(490_000, "USD"),
    )
    desk.do(edits.add_product, name="MG Special")
    with told(Refused, "There is already a product MG Special"):
        desk.do(edits.revise_product, product.id, name="MG Special")
    desk.do(edits.revise_product, product.id, name="GTX Plus")
    with told(Refused, "A product needs a name"):
        desk.do(edits.add_product, name=" ")
    with told(Refused, "An amount of GTX Plus is negative"):
        desk.do(edits.revise_product, product.id, price=Money(-1, "USD"))


def test_scores_that_select_an_account_are_from_0_to_100(desk: Desk, account: AccountId) -> None:
    desk.do(edits.revise_account, account, revenue_score=80, customer_type=" OEM  plant ")
    assert desk.one(Account, account).customer_type == "OEM plant"
    with told(Refused, "winnable and doable is 101, but it must be a whole number from 0 to 100"):
        desk.do(edits.revise_account, account, winnable_score=101)
    with told(Refused, "revenue is -1, but"):
        desk.do(edits.revise_account, account, revenue_score=-1)


def test_somebody_who_is_not_there_refers_nothing(desk: Desk, opportunity: str) -> None:
    with told(Refused, "no longer there"):
        desk.do(edits.revise_opportunity, opportunity, referred_by=PersonId("nobody"))
