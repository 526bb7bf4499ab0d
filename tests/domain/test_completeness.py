"""How much is known of an account, and how much of that holds (domain rule §12)."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.completeness import (
    Completeness,
    Fact,
    completeness_of,
    completeness_over,
)
from brm_desktop.domain.records import (
    AccountId,
    Adaptability,
    Basis,
    Money,
    Outcome,
    PersonId,
    ProjectType,
    ProjectTypeId,
    Role,
    Stance,
)

LONG_BEFORE = TODAY - timedelta(days=200)


class Acme:
    """One account with one key person of weight 80, of whom nothing else is known."""

    def __init__(self) -> None:
        self.facts = Portfolio()
        self.account: AccountId = self.facts.account()
        self.chief: PersonId = self.facts.person("Chen", self.account, power=80)
        self.us = self.facts.employee("Zhang")

    def read(self) -> Completeness:
        return completeness_of(AccountAnalysis(self.facts.records(), self.account, TODAY))

    def known(self) -> set[Fact]:
        return {one.fact for one in self.read().facts if one.known}

    def sure(self) -> set[Fact]:
        return {one.fact for one in self.read().facts if one.sure}


@pytest.fixture
def acme() -> Acme:
    return Acme()


def test_of_a_person_with_a_power_of_his_own_only_the_place_is_known(acme: Acme) -> None:
    read = acme.read()
    assert acme.known() == {Fact.PLACE}
    assert read.completeness == Fraction(1, 11)
    assert read.accuracy == 1
    assert read.index == Fraction(1, 11)


def test_an_account_without_key_persons_or_projects_has_no_index() -> None:
    facts = Portfolio()
    account = facts.account()
    read = completeness_of(AccountAnalysis(facts.records(), account, TODAY))
    assert (read.completeness, read.accuracy, read.index) == (None, None, None)


def test_where_nothing_is_known_the_index_is_nought_and_accuracy_unknown(acme: Acme) -> None:
    acme.facts.revise(acme.chief, power=None, key=True)
    acme.facts.sways(acme.chief, acme.facts.person("Wu", acme.account, power=90, key=False), 50)
    acme.facts.revise(acme.chief, influence=60)
    project = acme.facts.project(acme.account, outcome=Outcome.OPEN, decided_on=LONG_BEFORE)
    read = acme.read()
    of_project = Completeness(tuple(one for one in read.facts if one.subject == project))
    assert of_project.completeness == 0
    assert of_project.accuracy is None
    assert of_project.index == 0


def test_everything_said_confirmed_and_fresh_is_complete_and_accurate(acme: Acme) -> None:
    facts = acme.facts
    facts.revise(
        acme.chief,
        department=facts.department("IT", acme.account),
        title="CIO",
        influence_asked_on=TODAY,
        veto=False,
        sole_approver=False,
        adaptability=Adaptability.PRAGMATIST,
    )
    facts.assess(acme.chief, 60, 60, 60, basis=Basis.CONFIRMED)
    facts.tie(acme.us, acme.chief, 60, basis=Basis.CONFIRMED)
    read = acme.read()
    assert {read.completeness, read.accuracy, read.index} == {Fraction(1)}


def test_an_assumed_or_an_old_score_is_known_and_not_sure(acme: Acme) -> None:
    acme.facts.assess(acme.chief, closeness=50, basis=Basis.ASSUMED)
    acme.facts.assess(acme.chief, solution=50, basis=Basis.CONFIRMED, on=LONG_BEFORE)
    assert {Fact.CLOSENESS, Fact.SOLUTION} <= acme.known()
    assert not {Fact.CLOSENESS, Fact.SOLUTION} & acme.sure()
    assert acme.read().accuracy == Fraction(1, 3)


def test_being_asked_about_influence_grows_old(acme: Acme) -> None:
    acme.facts.revise(acme.chief, influence_asked_on=LONG_BEFORE)
    assert Fact.INFLUENCE in acme.known() - acme.sure()
    acme.facts.revise(acme.chief, influence_asked_on=TODAY + timedelta(days=1))
    assert Fact.INFLUENCE not in acme.known()


def test_a_line_of_influence_answers_the_question_of_influence(acme: Acme) -> None:
    other = acme.facts.person("Wu", acme.account)
    acme.facts.sways(acme.chief, other, 50)
    assert Fact.INFLUENCE in acme.known() - acme.sure()
    acme.facts.sways(acme.chief, other, 50, basis=Basis.CONFIRMED)
    assert Fact.INFLUENCE in acme.sure()


def test_a_place_in_the_chart_is_a_manager_or_somebody_below(acme: Acme) -> None:
    below = acme.facts.person("Wu", acme.account, key=True, influence=40)
    acme.facts.revise(acme.chief, power=None, veto=True)

    def places() -> set[str]:
        return {one.subject for one in acme.read().facts if one.fact is Fact.PLACE and one.known}

    assert places() == set()
    acme.facts.reports(below, acme.chief)
    assert places() == {below, acme.chief}


def test_only_a_tie_of_somebody_of_ours_who_has_not_left_counts(acme: Acme) -> None:
    rival = acme.facts.person("Zhao", acme.facts.competitor("Lingyun"))
    gone = acme.facts.employee("Li", left_on=LONG_BEFORE)
    acme.facts.tie(rival, acme.chief, 90, basis=Basis.CONFIRMED)
    acme.facts.tie(gone, acme.chief, 90, basis=Basis.CONFIRMED)
    assert Fact.TIE not in acme.known()
    acme.facts.tie(acme.us, acme.chief, 20)
    assert Fact.TIE in acme.known() - acme.sure()


def test_a_project_counts_as_an_average_key_person_and_for_three_years(acme: Acme) -> None:
    acme.facts.person("Wu", acme.account, power=40)
    recent = acme.facts.project(acme.account, "Recent", starts_on=TODAY - timedelta(days=1000))
    acme.facts.project(acme.account, "Old", starts_on=TODAY - timedelta(days=1200))
    facts = [one for one in acme.read().facts if one.fact is Fact.OUTCOME]
    assert [one.subject for one in facts] == [recent]
    assert facts[0].weight == Fraction(60, 5)


def test_a_project_of_which_everything_is_known_is_complete(acme: Acme) -> None:
    facts = acme.facts
    kind = facts.put(ProjectType(id=ProjectTypeId("type"), name="ERP")).id
    project = facts.project(
        acme.account,
        outcome=Outcome.WON,
        type=kind,
        amount=Money(100, "CNY"),
        starts_on=LONG_BEFORE,
        decided_on=TODAY - timedelta(days=100),
    )
    facts.member(project, acme.chief, Role.APPROVER)
    before = TODAY - timedelta(days=110)
    facts.claim(project, acme.chief, Stance.MENTOR, on=before, basis=Basis.CONFIRMED)
    of_project = [one for one in acme.read().facts if one.subject == project]
    assert all(one.known and one.sure for one in of_project)


def test_a_member_without_a_stance_or_a_role_leaves_the_participants_unknown(acme: Acme) -> None:
    project = acme.facts.project(acme.account)
    assert Fact.PARTICIPANTS not in acme.known()
    acme.facts.member(project, acme.chief, Role.APPROVER)
    assert Fact.PARTICIPANTS not in acme.known()


def test_without_a_weight_among_key_persons_a_project_weighs_100(acme: Acme) -> None:
    acme.facts.revise(acme.chief, power=None, key=True)
    acme.facts.project(acme.account)
    assert {one.weight for one in acme.read().facts} == {Fraction(0), Fraction(20)}


def test_the_index_over_several_accounts_weighs_them_by_their_people(acme: Acme) -> None:
    one = acme.read()
    both = completeness_over([one, one])
    assert both.completeness == one.completeness
    assert len(both.facts) == 2 * len(one.facts)
    assert completeness_over([]).completeness is None
