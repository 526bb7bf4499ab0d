"""Numbers of chains, routes and relations explained, line by line."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from building import TODAY, Portfolio
from sums_said import said
from worked_chain import ARCHITECT, B1, CIO, GM, SUPERVISOR, worked_chain

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.company import employee_totals
from brm_desktop.domain.records import (
    Basis,
    Money,
    Outcome,
    PersonId,
    Role,
    Stance,
)
from brm_desktop.domain.relations_held import relations_held
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band
from brm_desktop.domain.sums import (
    chains,
    resources,
    routes,
)
from brm_desktop.domain.sums.together import of_routes
from brm_desktop.rendering.sums import told

BOSS, SALES, CHIEF, IT, HEAD = (
    PersonId(name) for name in ("CEO", "Sales VP", "CIO", "IT director", "Head of office")
)
TEN_THOUSAND = 10_000 * 100


def test_odds_start_even_and_add_what_each_person_brings(portfolio: Portfolio) -> None:
    account = portfolio.account()
    project = worked_chain(portfolio, account)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    assert said(chains.odds(analysis, project)) == [
        "Even odds, where the sum starts: 50",
        f"{ARCHITECT}, evaluator: mentor: weight 20 of 110, value 1 = +9.1",
        f"{CIO}, decision maker: supporter: weight 30 of 110, value 0.75 = +6.8",
        f"{SUPERVISOR}, user: supporter: weight 10 of 110, value 0.75 = +2.3",
        f"{GM}, approver: neutral: weight 30 of 110, value 0.5 = 0",
        f"{B1}, evaluator: neutral: weight 20 of 110, value 0.5 = 0",
        "= 68.2",
    ]
    reading = analysis.chain(project)
    gains = {target.person: target for target in reading.targets}
    assert said(chains.target_gain(analysis, reading, gains[GM])) == [
        "With a full value: 100 × 30 / 110 = 27.3",
        "What he brings now: 100 × 30 × 0.5 / 110 = −13.7",
        "= +13.6",
    ]


def test_a_veto_that_is_not_won_is_the_last_line_of_the_odds_and_a_cap_of_its_own(
    portfolio: Portfolio,
) -> None:
    account = portfolio.account()
    project = worked_chain(portfolio, account)
    portfolio.revise(B1, veto=True)
    portfolio.revise(GM, placeholder=True)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    found = said(chains.odds(analysis, project))
    assert found[-3].endswith("at most 60: −8.2")
    assert found[-2].endswith("(holds too, and changes nothing)")
    assert found[-1] == "= 60"
    reading = analysis.chain(project)
    veto = said(chains.cap(analysis, reading, reading.caps[0]))
    assert veto[1:] == ["Odds before caps: 68.2", "At most 60"]
    gains = {target.person: target for target in reading.targets}
    assert "(stays)" in said(chains.target_gain(analysis, reading, gains[GM]))[2]


def test_a_cap_by_a_competitor_says_how_close_he_is_and_a_low_chain_is_not_held_down(
    portfolio: Portfolio,
) -> None:
    account = portfolio.account()
    rival = portfolio.competitor("Rival")
    project = portfolio.project(account)
    portfolio.person(BOSS, account, crucial=True)
    portfolio.member(project, BOSS, Role.APPROVER, Role.DECISION_MAKER, stance=Stance.ENEMY)
    portfolio.assess(BOSS, 80, toward=rival)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    reading = analysis.chain(project)
    (cap,) = reading.caps
    assert said(chains.cap(analysis, reading, cap))[1:] == [
        "Closeness of Rival to CEO: 80 (31 Mar 2026 · assumed · fresh)",
        "Odds before caps: 0",
        "It changes nothing: the odds are lower already.",
    ]


def test_a_person_s_value_on_a_chain_is_the_mean_of_stance_and_scores(
    portfolio: Portfolio,
) -> None:
    account = portfolio.account()
    project = portfolio.project(account)
    for person in (BOSS, SALES, CHIEF, IT):
        portfolio.person(person, account)
    portfolio.member(project, BOSS, Role.APPROVER, stance=Stance.SUPPORTER)
    portfolio.member(project, SALES, Role.USER)
    portfolio.member(project, CHIEF, Role.DECISION_MAKER)
    portfolio.member(project, IT)
    portfolio.assess(BOSS, 60, 50)
    portfolio.assess(CHIEF, 40)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    values = {one.person: one for one in analysis.chain(project).members}
    assert said(chains.member_value(analysis, values[BOSS])) == [
        "Stance: supporter: 0.75",
        "Mean score: (60 + 50) / 2 / 100 = 0.55",
        "Closeness: 60 (31 Mar 2026 · assumed · fresh)",
        "Solution acceptance: 50 (31 Mar 2026 · assumed · fresh)",
        "1.3 / 2 = 0.65",
    ]
    assert said(chains.member_value(analysis, values[SALES])) == [
        "Nothing known yet, taken as even: 0.5",
        "= 0.5",
    ]
    assert said(chains.member_value(analysis, values[CHIEF]))[0] == "Mean score: 40 / 100 = 0.4"


def test_a_chain_without_a_role_has_no_odds_to_explain(portfolio: Portfolio) -> None:
    account = portfolio.account()
    project = portfolio.project(account)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    found = told(chains.odds(analysis, project))
    assert (found.value, found.lines) == ("not known", ())


def test_the_seller_s_record_names_the_deals_it_counts(portfolio: Portfolio) -> None:
    account = portfolio.account()
    for name, outcome, on in (
        ("First", Outcome.WON, date(2025, 1, 1)),
        ("Second", Outcome.LOST, date(2025, 6, 1)),
        ("Undated", Outcome.WON, None),
    ):
        portfolio.project(account, name, outcome, decided_on=on)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    assert said(chains.seller_record(analysis, Band.UNSCORED)) == [
        "Second: odds then not known = 0 (lost · 1 Jun 2025)",
        "First: odds then not known = 1 (won · 1 Jan 2025)",
        "Undated: odds then not known = 1 (won)",
        "2 of 3 won = 67%; likely between 21% and 94%",
    ]
    assert said(chains.seller_record(analysis, Band.STRONG)) == [
        "No deal was decided in this band yet."
    ]


def test_a_route_is_the_product_of_its_dated_steps(portfolio: Portfolio) -> None:
    account = portfolio.account()
    portfolio.people(account, BOSS, HEAD)
    me = portfolio.employee("Me")
    portfolio.tie(me, HEAD, 80, basis=Basis.CONFIRMED)
    portfolio.sways(HEAD, BOSS, 90)
    portfolio.met(account, TODAY - timedelta(days=100), me, HEAD)
    portfolio.revise(BOSS, influence_asked_on=TODAY)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY, user=me)
    reading = analysis.routes_to(BOSS)
    assert said(routes.route(analysis, reading.routes[0])) == [
        "Me → Head of office: 80% (tie · 21 Dec 2025 · confirmed · stale · the weakest step)",
        "Head of office → CEO: 90% (influence · 31 Mar 2026 · assumed)",
        "80% × 90% = 72%",
    ]
    assert reading.opening is not None
    assert said(routes.opening(analysis, reading.opening, BOSS)) == [
        "Me → CEO: 50% (the new tie)",
        "= 50%",
    ]
    to_head = analysis.routes_to(HEAD)
    assert "route.step" in {one.number for one in of_routes(analysis, to_head)}
    step = to_head.direct
    assert step is not None
    assert said(routes.step(analysis, step))[-1] == "= 80%"


def test_an_opening_tie_to_somebody_else_leads_on_by_the_best_way(portfolio: Portfolio) -> None:
    account = portfolio.account()
    portfolio.people(account, BOSS, HEAD)
    me = portfolio.employee("Me")
    portfolio.sways(HEAD, BOSS, 90)
    portfolio.tie(me, BOSS, 1)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY, user=me)
    opening = analysis.routes_to(BOSS).opening
    assert opening is not None
    assert said(routes.opening(analysis, opening, BOSS)) == [
        "Me → Head of office: 50% (the new tie)",
        "Head of office → CEO: 90% (influence · no date · assumed)",
        "50% × 90% = 45%",
    ]


def test_resource_and_company_scores_say_person_by_person_and_account_by_account(
    portfolio: Portfolio,
) -> None:
    account = portfolio.account(spend=Money(300, "CNY"))
    portfolio.person(BOSS, account, power=100)
    portfolio.person(SALES, account, power=50, department=portfolio.department("Sales", account))
    portfolio.person(IT, account, power=1)
    me, you = portfolio.employee("Me"), portfolio.employee("You")
    portfolio.employee("Idle")
    portfolio.tie(me, BOSS, 20)
    portfolio.tie(me, SALES, 80)
    portfolio.tie(me, IT, 80)
    portfolio.tie(you, SALES, 10)
    portfolio.met(account, TODAY, me, SALES)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    assert said(resources.employee(analysis, me)) == [
        "Sales VP: 50 × 80 / 100 = 40 (31 Mar 2026 · assumed · fresh)",
        "CEO: 100 × 20 / 100 = 20 (no date · assumed)",
        "= 60",
    ]
    assert said(resources.employee(analysis, PersonId("Idle")))[0] == "No tie to a key person here."
    mine, _, idle = employee_totals([relations_held(analysis)], [me, you, PersonId("Idle")])
    assert said(resources.employee_total(mine, "Me", Rules())) == [
        "Sales VP: 50 × 80 / 100 = 40 (Acme)",
        "CEO: 100 × 20 / 100 = 20 (Acme)",
        "= 60",
    ]
    nothing = said(resources.employee_total(idle, "Idle", Rules()))
    assert nothing == ["No tie to a key person here.", "= 0"]
    assert said(resources.team(analysis))[0] == "Me: 60 (should own it · Sales)"
    money = Money(300, "CNY")
    accounts = [("A", Fraction(60), money), ("B", Fraction(30), None), ("C", None, None)]
    assert said(resources.company(accounts, Rules())) == [
        "A: 60 × 100% = 60 (CNY 3)",
        "B: 30 × 0% = 0",
        "C: – (not scored)",
        "From 2 of 3 accounts, 100% of their weight",
        "= 60",
    ]


def test_the_company_score_is_a_plain_mean_without_spend_and_unknown_without_scores() -> None:
    plain = resources.company([("A", Fraction(60), None), ("B", Fraction(31), None)], Rules())
    assert said(plain)[:2] == ["A: 60 × 50% = 30", "B: 31 × 50% = 15.5"]
    assert told(plain).value == "46"
    nearly = resources.company([("A", Fraction(6145, 100), None)], Rules())
    assert told(nearly).value == "61"  # 61.45 is 61.5 in the sum, and 61 on every page
    assert told(resources.company([("A", None, None)], Rules())).value == "not known"
    weightless = [("A", Fraction(60), None), ("B", None, Money(9, "CNY"))]
    assert told(resources.company(weightless, Rules())).value == "not known"


def test_a_team_match_of_strangers_says_that_nobody_has_a_tie(portfolio: Portfolio) -> None:
    account = portfolio.account()
    portfolio.people(account, BOSS, SALES)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    assert told(resources.team(analysis)).total == "Nobody of us has a tie here yet."
    portfolio.revise(BOSS, department=portfolio.department("Board", account))
    portfolio.revise(SALES, department=portfolio.department("Sales", account))
    portfolio.tie(portfolio.employee("Me"), BOSS, 20)
    portfolio.tie(portfolio.employee("You"), SALES, 10)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    assert said(resources.team(analysis))[1] == "You: 0 (should join · Sales)"
