from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.guiding import GuidedProposal, Known, Question, Topic, guide, known_of
from brm_desktop.domain.guiding_questions import NODES
from brm_desktop.domain.records import (
    AccountId,
    ContactLevel,
    LineKind,
    Outcome,
    PersonId,
    ProjectId,
    Role,
    Stance,
)

CHEN = Known(name="Chen")


def come_to(topic: Topic, *given: str, known: Known = CHEN) -> GuidedProposal:
    """What these answers lead to."""
    found = guide(known, topic, given)
    assert isinstance(found, GuidedProposal)
    return found


def asked(topic: Topic, *given: str, known: Known = CHEN) -> Question:
    """The question after these answers."""
    found = guide(known, topic, given)
    assert isinstance(found, Question)
    return found


def likely(known: Known, topic: Topic, *given: str) -> tuple[str, str] | None:
    """The likely answer and why."""
    hint = asked(topic, *given, known=known).hint
    return None if hint is None else (hint.answer, str(hint.because))


def test_who_signs_and_leaves_the_choice_to_others_is_the_approver() -> None:
    first = asked(Topic.ROLE)
    assert str(first.text) == "What will Chen do when this purchase is decided?"
    assert [one.key for one in first.answers][:2] == ["signs", "chooses"]
    found = come_to(Topic.ROLE, "signs", "signs_only")
    assert found.value == (Role.APPROVER,)
    assert str(found.reason) == "Chen signs last and leaves the choice to others: approver."


@pytest.mark.parametrize(
    ("given", "roles"),
    [
        (("signs", "both"), (Role.APPROVER, Role.DECISION_MAKER)),
        (("chooses", "others"), (Role.DECISION_MAKER,)),
        (("tests", "both"), (Role.EVALUATOR, Role.USER)),
        (("uses",), (Role.USER,)),
        (("asked",), (Role.INFLUENCER,)),
        (("unknown", "stops"), (Role.APPROVER,)),
        (("unknown", "talk"), (Role.INFLUENCER,)),
    ],
)
def test_answers_about_the_part_lead_to_roles(
    given: tuple[str, ...], roles: tuple[Role, ...]
) -> None:
    assert come_to(Topic.ROLE, *given).value == roles


@pytest.mark.parametrize(
    ("given", "stance"),
    [
        (("acted", "yes"), Stance.MENTOR),
        (("acted", "no"), Stance.SUPPORTER),
        (("spoke", "others"), Stance.SUPPORTER),
        (("spoke", "us"), Stance.NEUTRAL),
        (("listened", "rival"), Stance.NON_SUPPORTER),
        (("listened", "neither"), Stance.NEUTRAL),
        (("against", "fact"), Stance.NON_SUPPORTER),
        (("against", "nothing"), Stance.ENEMY),
    ],
)
def test_answers_about_what_was_seen_lead_to_a_stance(
    given: tuple[str, ...], stance: Stance
) -> None:
    assert come_to(Topic.STANCE, *given).value is stance


def test_what_nobody_has_seen_stays_open_with_a_next_step() -> None:
    found = come_to(Topic.STANCE, "nothing")
    assert found.value is None
    assert found.next_step is not None
    assert "Chen" in str(found.next_step)


def test_contact_and_veto_are_asked_about_too() -> None:
    assert come_to(Topic.CONTACT, "several", "yes").value is ContactLevel.IN_DEPTH
    assert come_to(Topic.CONTACT, "never").value is ContactLevel.NONE
    assert come_to(Topic.VETO, "rule").value is True
    assert come_to(Topic.VETO, "no").value is False
    assert come_to(Topic.VETO, "unknown", "yes").value is True
    assert come_to(Topic.VETO, "unknown", "no").value is None


def test_every_way_through_the_questions_ends_with_a_reason_about_the_person() -> None:
    ends = [end for topic in Topic for end in _ends(topic, ())]
    assert len(ends) > 30
    for end in ends:
        assert "Chen" in str(end.reason)
        assert (end.value is None) == (end.next_step is not None)
    reached = {str(node.text.text) for node in NODES.values()}
    assert len(reached) == len(NODES)


def _ends(topic: Topic, given: tuple[str, ...]) -> Iterator[GuidedProposal]:
    found = guide(CHEN, topic, given)
    if isinstance(found, GuidedProposal):
        yield found
        return
    assert 2 <= len(found.answers) <= 9
    for answer in found.answers:
        yield from _ends(topic, (*given, answer.key))


def test_an_answer_that_was_not_offered_is_a_defect() -> None:
    with pytest.raises(KeyError):
        guide(CHEN, Topic.ROLE, ("dances",))


def test_the_part_is_likely_what_it_was_before() -> None:
    known = Known(name="Chen", title="CFO", past_role=(Role.EVALUATOR, "ERP"))
    assert likely(known, Topic.ROLE) == ("tests", "Chen was evaluator in ERP.")


def test_who_reports_to_the_approver_likely_chooses() -> None:
    known = Known(name="Li", title="Engineer", approving_manager="Chen")
    expected = "Chen, who approves here, is the manager of Li."
    assert likely(known, Topic.ROLE) == ("chooses", expected)


@pytest.mark.parametrize(
    ("title", "answer"),
    [
        ("Chief Financial Officer", "signs"),
        ("总经理", "signs"),
        ("生产副总", "chooses"),
        ("CIO", "chooses"),
        ("Head of the CEO's Office", "asked"),
        ("Architect", "tests"),
        ("Shift Leader", "uses"),
    ],
)
def test_a_title_makes_a_part_likely(title: str, answer: str) -> None:
    assert likely(Known(name="Li", title=title), Topic.ROLE) == (
        answer,
        f"The title says so: {title}.",
    )


def test_who_stands_on_top_likely_signs_and_of_others_nothing_is_likely() -> None:
    assert likely(Known(name="Li", on_top=True), Topic.ROLE) == (
        "signs",
        "Nobody stands above Li on the map.",
    )
    assert likely(Known(name="Li"), Topic.ROLE) is None
    assert likely(Known(name="Li"), Topic.ROLE, "signs") is None


def test_a_stance_is_likely_by_rivals_closeness_earlier_deals_and_silence() -> None:
    rival = Known(name="Li", closeness=80, rival=("Boan", 20))
    assert likely(rival, Topic.STANCE) == ("listened", "Boan is 20 points closer than we are.")
    assert likely(rival, Topic.STANCE, "listened") == (
        "rival",
        "Boan is 20 points closer than we are.",
    )
    close = Known(name="Li", closeness=75, rival=("Boan", 5))
    assert likely(close, Topic.STANCE) == ("acted", "Closeness is 75.")
    assert likely(close, Topic.STANCE, "acted") == ("yes", "Closeness is 75.")
    before = Known(name="Li", closeness=40, past_stance=(Stance.ENEMY, "ERP"))
    assert likely(before, Topic.STANCE) == ("against", "Li was enemy in ERP.")
    assert likely(before, Topic.STANCE, "acted") is None
    assert likely(Known(name="Li"), Topic.STANCE, "acted") is None
    assert likely(Known(name="Li"), Topic.STANCE, "listened") is None
    assert likely(Known(name="Li"), Topic.STANCE) == ("nothing", "No meeting with Li is noted.")
    assert likely(Known(name="Li", meetings=1), Topic.STANCE) is None


def test_contact_is_likely_by_the_meetings_noted() -> None:
    since = date(2026, 1, 1)
    assert likely(Known(name="Li"), Topic.CONTACT) == ("never", "Meetings noted: 0.")
    few = Known(name="Li", meetings=2, since=since)
    assert likely(few, Topic.CONTACT) == ("few", "Meetings noted since 2026-01-01: 2.")
    assert likely(Known(name="Li", meetings=3), Topic.CONTACT) == ("several", "Meetings noted: 3.")


def test_a_veto_is_likely_by_the_mark_or_by_the_post() -> None:
    marked = "It is said so of Li, for every project."
    assert likely(Known(name="Li", veto=True), Topic.VETO) == ("rule", marked)
    assert likely(Known(name="Li", veto=False), Topic.VETO) == ("no", marked)
    assert likely(Known(name="Li", title="Finance Manager"), Topic.VETO) == (
        "rule",
        "Finance Manager: such posts can often stop a purchase.",
    )
    assert likely(Known(name="Li"), Topic.VETO) is None


@pytest.fixture
def project(portfolio: Portfolio, account: AccountId) -> ProjectId:
    return portfolio.project(account, "Plant", starts_on=date(2026, 2, 1))


def read(portfolio: Portfolio, account: AccountId) -> AccountAnalysis:
    """The account on the day of the tests."""
    return AccountAnalysis(portfolio.records(), account, TODAY)


def test_the_store_tells_what_is_known_of_someone(
    portfolio: Portfolio, account: AccountId, project: ProjectId
) -> None:
    chen = portfolio.person("Chen", account, title="General Manager")
    li = portfolio.person("Li", account, title="CIO", veto=True)
    boss = portfolio.person("Boss", account)
    portfolio.reports(li, chen)
    portfolio.reports(li, boss, LineKind.DOTTED)
    portfolio.member(project, chen, Role.APPROVER)
    portfolio.member(project, li)
    portfolio.member(portfolio.project(account, "New"), li)
    old = portfolio.project(account, "Old", Outcome.WON, decided_on=date(2024, 1, 1))
    portfolio.member(old, li, Role.USER, Role.EVALUATOR, stance=Stance.NEUTRAL)
    older = portfolio.project(account, "Older", Outcome.LOST, decided_on=date(2023, 1, 1))
    portfolio.member(older, li, Role.APPROVER, stance=Stance.ENEMY)
    portfolio.assess(li, 30)
    rival = portfolio.competitor("Boan")
    portfolio.assess(li, 50, toward=rival)
    me = portfolio.employee("Me")
    portfolio.met(account, date(2026, 1, 1), li, me)
    portfolio.met(account, date(2026, 3, 1), li, me)
    analysis = read(portfolio, account)
    assert known_of(analysis, project, li) == Known(
        name="Li",
        title="CIO",
        approving_manager="Chen",
        past_role=(Role.EVALUATOR, "Old"),
        past_stance=(Stance.NEUTRAL, "Old"),
        closeness=30,
        rival=("Boan", 20),
        meetings=1,
        since=date(2026, 2, 1),
        veto=True,
    )
    assert known_of(analysis, project, chen) == Known(
        name="Chen", title="General Manager", on_top=True, since=date(2026, 2, 1)
    )
    assert known_of(analysis, project, boss).on_top is False


def test_meetings_of_all_time_count_before_a_project_has_started(
    portfolio: Portfolio, account: AccountId
) -> None:
    (li,) = portfolio.people(account, "Li")
    portfolio.met(account, date(2025, 1, 1), PersonId(li))
    for start in (None, date(2027, 1, 1)):
        project = portfolio.project(account, "Plant", starts_on=start)
        portfolio.member(project, li)
        known = known_of(read(portfolio, account), project, li)
        assert (known.meetings, known.since) == (1, None)


def test_a_rival_who_is_behind_us_is_no_rival(portfolio: Portfolio, account: AccountId) -> None:
    (li,) = portfolio.people(account, "Li")
    project = portfolio.project(account)
    portfolio.assess(li, 60)
    portfolio.assess(li, 50, toward=portfolio.competitor("Boan"))
    assert known_of(read(portfolio, account), project, li).rival is None
