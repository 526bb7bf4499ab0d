"""Who is looked for: those who count, or those of one band of closeness."""

from __future__ import annotations

from datetime import timedelta

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.choosing_people import Only, chosen_people
from brm_desktop.domain.records import AccountId, PersonId, ProjectId, Role


class Acme:
    """A boss over two who each have somebody below, and one of us."""

    def __init__(self) -> None:
        facts = self.facts = Portfolio()
        self.account: AccountId = facts.account()
        self.boss, self.left, self.right, self.low, self.other = facts.people(
            self.account, "Boss", "Left", "Right", "Low", "Other"
        )
        for person, manager in (
            (self.left, self.boss),
            (self.right, self.boss),
            (self.low, self.left),
            (self.other, self.right),
        ):
            facts.reports(person, manager)
        self.me = facts.employee("Me")

    @property
    def analysis(self) -> AccountAnalysis:
        return AccountAnalysis(self.facts.records(), self.account, TODAY)

    def chosen(self, only: Only, project: ProjectId | None = None) -> set[PersonId]:
        everyone = (self.boss, self.left, self.right, self.low, self.other, self.me)
        return set(chosen_people(self.analysis, only, everyone, project))


@pytest.fixture
def acme() -> Acme:
    return Acme()


def test_bands_of_closeness_share_the_people_out_among_them(acme: Acme) -> None:
    for person, closeness in ((acme.boss, 70), (acme.left, 69), (acme.right, 40), (acme.low, 39)):
        acme.facts.assess(person, closeness)
    assert acme.chosen(Only.STRONG) == {acme.boss}
    assert acme.chosen(Only.MEDIUM) == {acme.left, acme.right}
    assert acme.chosen(Only.WEAK) == {acme.low}
    assert acme.chosen(Only.UNSCORED) == {acme.other}


def test_a_person_without_any_statement_is_unscored_and_not_stale(acme: Acme) -> None:
    acme.facts.assess(acme.boss, 80, on=TODAY - timedelta(days=400))
    acme.facts.assess(acme.left, 80)
    assert acme.chosen(Only.STALE) == {acme.boss}
    assert acme.low in acme.chosen(Only.UNSCORED)


def test_who_counts_is_read_from_importance(acme: Acme) -> None:
    acme.facts.revise(acme.left, key=False)
    acme.facts.revise(acme.other, key=True, influence=90)
    counts = acme.analysis.importance
    for only, told in (
        (Only.KEY, "key"),
        (Only.CRUCIAL, "crucial"),
        (Only.POWER, "power_centre"),
        (Only.INFLUENCE, "influence_centre"),
    ):
        wanted = {one for one, known in counts.items() if getattr(known, told)}
        assert acme.chosen(only) == wanted
        assert 0 < len(wanted) < 5
    assert acme.other in acme.chosen(Only.INFLUENCE)
    assert acme.left not in acme.chosen(Only.KEY)


def test_veto_holders_are_those_who_are_marked(acme: Acme) -> None:
    acme.facts.revise(acme.low, veto=True)
    acme.facts.revise(acme.right, veto=False)
    assert acme.chosen(Only.VETO) == {acme.low}


def test_on_a_chain_its_own_marks_say_who_holds_a_veto_and_is_crucial(acme: Acme) -> None:
    project = acme.facts.project(acme.account)
    acme.facts.revise(acme.low, veto=True)
    acme.facts.member(project, acme.low, Role.USER, veto=False)
    acme.facts.member(project, acme.other, Role.EVALUATOR, veto=True)
    assert acme.chosen(Only.VETO, project) == {acme.other}
    assert acme.chosen(Only.VETO) == {acme.low}
    assert acme.other in acme.chosen(Only.CRUCIAL, project)
    assert acme.other not in acme.chosen(Only.CRUCIAL)


def test_who_is_not_on_the_chain_is_read_as_in_the_account(acme: Acme) -> None:
    project = acme.facts.project(acme.account)
    acme.facts.revise(acme.low, veto=True)
    acme.facts.revise(acme.right, crucial=True)
    assert acme.chosen(Only.VETO, project) == {acme.low}
    assert acme.right in acme.chosen(Only.CRUCIAL, project)


def test_people_of_other_houses_and_those_who_left_are_never_among_them(acme: Acme) -> None:
    acme.facts.tie(acme.me, acme.boss, 90)
    acme.facts.revise(acme.right, left_on=TODAY - timedelta(days=1))
    for only in Only:
        assert not acme.chosen(only) & {acme.me, acme.right}


def test_only_those_asked_about_are_among_them(acme: Acme) -> None:
    assert chosen_people(acme.analysis, Only.UNSCORED, [acme.low]) == {acme.low}
    assert chosen_people(acme.analysis, Only.UNSCORED, []) == frozenset()
