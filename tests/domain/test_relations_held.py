"""Domain rules §5, §7: what relations we and competitors hold in accounts, and in all of them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from building import TODAY, Portfolio
from random_accounts import random_account

from brm_desktop.domain.account_sides import BandCounts, Side
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.company import (
    UNKNOWN_REST,
    CompanyView,
    company_view,
    employee_totals,
    folded,
)
from brm_desktop.domain.records import (
    AccountId,
    Assessment,
    Dimension,
    InfluenceKind,
    Money,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    Role,
    Tie,
)
from brm_desktop.domain.relations_held import AccountRelations, relations_held
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band, band

RULES = Rules()
CNY = Money(500_00, "CNY")


def held(portfolio: Portfolio, account: AccountId) -> AccountRelations:
    return relations_held(AccountAnalysis(portfolio.records(), account, TODAY))


def company(
    portfolio: Portfolio, *accounts: AccountId, of: OrganisationId | None = None
) -> CompanyView:
    return company_view([held(portfolio, one) for one in accounts], RULES, of)


def one_person(portfolio: Portfolio, name: str, spend: Money | None, closeness: int) -> AccountId:
    account = portfolio.account(name, spend)
    person = portfolio.person(f"chief of {name}", account, power=100, influence=0)
    portfolio.assess(person, closeness)
    return account


def test_the_company_score_is_the_mean_of_accounts_weighted_by_spend(portfolio: Portfolio) -> None:
    big = one_person(portfolio, "Big", Money(300_00, "CNY"), 80)
    small = one_person(portfolio, "Small", Money(100_00, "CNY"), 40)
    view = company(portfolio, big, small)
    assert view.score.value == Fraction(70)
    assert [(part.name, part.weight, part.band) for part in view.parts] == [
        ("Big", Fraction(3, 4), Band.STRONG),
        ("Small", Fraction(1, 4), Band.MEDIUM),
    ]
    assert sum(p.weight * (p.value or 0) for p in view.parts) == view.score.value
    assert view.accounts == BandCounts(strong=1, medium=1)
    assert view.persons == BandCounts(strong=1, medium=1)
    assert view.currencies == 1


def test_accounts_that_weigh_the_same_stand_in_the_order_of_names(portfolio: Portfolio) -> None:
    accounts = [one_person(portfolio, name, CNY, 60) for name in ("李氏", "黎明", "Acme")]
    view = company(portfolio, *accounts)
    assert [part.name for part in view.parts] == ["Acme", "黎明", "李氏"]


def test_without_a_common_currency_accounts_weigh_the_same(portfolio: Portfolio) -> None:
    one = one_person(portfolio, "One", Money(300_00, "CNY"), 80)
    other = one_person(portfolio, "Other", Money(100_00, "EUR"), 40)
    view = company(portfolio, one, other)
    assert (view.score.value, view.score.weighted, view.currencies) == (Fraction(60), False, 2)


def test_no_account_makes_no_score(portfolio: Portfolio) -> None:
    view = company(portfolio)
    assert view.score.value is None
    assert view.score.coverage == Fraction(0)
    assert len(view.parts) == 0


def test_key_persons_nobody_scored_are_counted_as_unscored(portfolio: Portfolio) -> None:
    account = one_person(portfolio, "Acme", None, 69)
    portfolio.person("CIO", account, power=60, influence=0)
    portfolio.person("clerk", account, power=10, influence=0)
    view = company(portfolio, account)
    assert view.persons == BandCounts(medium=1, unscored=1)
    assert view.persons[Band.MEDIUM] == view.persons[Band.UNSCORED] == 1
    assert view.persons[Band.STRONG] == view.persons[Band.WEAK] == 0
    assert view.persons.total == 2


def test_a_competitor_is_seen_by_the_same_rules_from_statements_and_ties(
    portfolio: Portfolio,
) -> None:
    rival = portfolio.competitor("Rival")
    theirs = portfolio.person("Zhao", rival)
    account = one_person(portfolio, "Acme", CNY, 30)
    other = one_person(portfolio, "Other", CNY, 30)
    cio = portfolio.person("CIO", account, power=100, influence=0)
    portfolio.assess(PersonId("chief of Acme"), 70, toward=rival)
    portfolio.tie(theirs, cio, 50)
    view = company(portfolio, account, other, of=rival)
    assert view.score.value == Fraction(60)
    assert view.score.coverage == Fraction(1, 2)
    assert view.persons == BandCounts(strong=1, medium=1, unscored=1)
    assert view.accounts == BandCounts(medium=1, unscored=1)
    acme = held(portfolio, account)
    assert acme.side(rival) is acme.theirs[rival]
    assert acme.side(None) is acme.ours
    assert held(portfolio, other).side(rival) is None


def test_an_employee_reaches_people_directly_and_by_one_insider(portfolio: Portfolio) -> None:
    ann, bob = portfolio.people(portfolio.us, "Ann", "Bob")
    account = portfolio.account()
    boss = portfolio.person("Boss", account, power=100, influence=0)
    cio = portfolio.person("CIO", account, power=60, influence=0)
    clerk = portfolio.person("Clerk", account, power=10, influence=0)
    aide = portfolio.person("Aide", account, power=10, influence=0)
    portfolio.tie(ann, cio, 40, wanted=70)
    portfolio.tie(ann, clerk, 90)
    portfolio.tie(ann, aide, 90)
    portfolio.sways(clerk, boss, 50)
    portfolio.sways(cio, boss, 50, InfluenceKind.CONFLICT)
    portfolio.sways(aide, boss, 20)
    (there,) = held(portfolio, account).employees[None]
    assert there.employee == ann
    assert [(d.person, d.closeness, d.wanted) for d in there.direct] == [(cio, 40, 70)]
    assert [(i.person, i.through) for i in there.one_insider] == [(boss, (aide, clerk))]
    first, last = employee_totals([held(portfolio, account)], [bob, ann])
    assert (first.employee, first.score, first.rank) == (ann, Fraction(24), 1)
    assert (first.direct, first.one_insider) == (1, 1)
    assert [(one.name, there.rank) for one, there in first.there] == [("Acme", 1)]
    assert (last.employee, last.score, last.rank, len(last.there)) == (bob, Fraction(0), 2, 0)


def test_employees_with_equal_totals_share_a_rank(portfolio: Portfolio) -> None:
    ann, bob = portfolio.people(portfolio.us, "Ann", "Bob")
    assert [one.rank for one in employee_totals([], [ann, bob])] == [1, 1]


def test_where_an_account_stood_when_the_last_month_ended_is_told(portfolio: Portfolio) -> None:
    account = one_person(portfolio, "Acme", CNY, 60)
    portfolio.assess(PersonId("chief of Acme"), 50, on=date(2026, 2, 28))
    assert company(portfolio, account).parts[0].before == Fraction(50)


@pytest.mark.parametrize("seed", range(50))
def test_a_random_account_agrees_with_a_slow_recomputation(seed: int) -> None:
    analysis = random_account(seed)
    found = relations_held(analysis)
    key = [one.id for one in analysis.people if analysis.importance[one.id].key]
    assert sorted(found.weights) == sorted(key)
    rivals = set()
    for organisation in analysis.records.all(Organisation).values():
        if organisation.kind is not OrganisationKind.COMPETITOR:
            continue
        rivals.add(organisation.id)
        side = found.side(organisation.id)
        scores = {p: slow_closeness(analysis, p, organisation.id) for p in key}
        agrees(analysis, side, scores)
    assert found.theirs.keys() <= rivals
    agrees(analysis, found.ours, {p: slow_closeness(analysis, p, None) for p in key})
    for there in found.employees[None]:
        ties = {
            t.person: t for t in analysis.records.all(Tie).values() if t.employee == there.employee
        }
        total = sum(
            analysis.importance[p].weight * ties[p].closeness for p in ties if p in set(key)
        )
        assert there.score == Fraction(total, 100)
        assert {one.person for one in there.direct} == ties.keys() & set(key)


def agrees(
    analysis: AccountAnalysis, side: Side | None, scores: dict[PersonId, int | None]
) -> None:
    known = {p: s for p, s in scores.items() if s is not None}
    weights = {p: analysis.importance[p].weight for p in scores}
    weight = sum(weights[p] for p in known)
    if side is None:
        assert not known
        return
    value = Fraction(sum(weights[p] * s for p, s in known.items()), weight) if weight else None
    assert side.closeness.value == value
    counts = dict.fromkeys(Band, 0)
    for score in scores.values():
        counts[band(score, RULES)] += 1
    assert {one: side.persons[one] for one in Band} == counts


def slow_closeness(
    analysis: AccountAnalysis, person: PersonId, organisation: OrganisationId | None
) -> int | None:
    """The newest statement toward a side that carries closeness, else that side's largest tie."""
    records = analysis.records
    stated = [
        one
        for one in records.all(Assessment).values()
        if one.person == person
        and one.closeness is not None
        and one.assessed_on <= analysis.today
        and one.organisation == organisation
    ]
    if stated:
        return max(stated, key=lambda one: (one.assessed_on, one.stamp, one.id)).closeness
    ties = [
        tie.closeness
        for tie in records.all(Tie).values()
        if tie.person == person and works_for(records.one(Person, tie.employee), organisation)
    ]
    return max(ties, default=None)


def works_for(person: Person, organisation: OrganisationId | None) -> bool:
    return person.organisation == (organisation or OrganisationId("organisation We"))


def test_a_dimension_of_a_side_keeps_how_many_it_is_made_of(portfolio: Portfolio) -> None:
    account = one_person(portfolio, "Acme", CNY, 60)
    portfolio.person("CIO", account, power=100, influence=0)
    value = held(portfolio, account).ours.values[Dimension.CLOSENESS]
    assert (value.scored, value.of, value.coverage) == (1, 2, Fraction(1, 2))


def test_a_member_of_a_chain_counts_as_a_key_person(portfolio: Portfolio) -> None:
    account = portfolio.account()
    user = portfolio.person("User", account)
    portfolio.member(portfolio.project(account), user, Role.USER)
    assert held(portfolio, account).weights == {user: 0}


def test_accounts_where_nothing_is_known_of_a_competitor_are_one_last_part(
    portfolio: Portfolio,
) -> None:
    rival = portfolio.competitor("Rival")
    known = one_person(portfolio, "Known", Money(100_00, "CNY"), 80)
    (chief,) = portfolio.records().where(Person, name="chief of Known")
    portfolio.assess(chief.id, 40, organisation=rival)
    blank = [one_person(portfolio, name, Money(300_00, "CNY"), 50) for name in ("A", "B")]
    parts, folded_in = folded(company(portfolio, known, *blank, of=rival).parts)
    assert [part.account for part in parts] == [known, UNKNOWN_REST]
    assert (folded_in, parts[-1].of, parts[-1].weight) == (2, 2, Fraction(6, 7))
    parts, folded_in = folded(company(portfolio, known, blank[0], of=rival).parts)
    assert ({part.account for part in parts}, folded_in) == ({known, blank[0]}, 0)
