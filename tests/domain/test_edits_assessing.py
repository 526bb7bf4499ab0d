from __future__ import annotations

from datetime import date

import pytest
from desk import TODAY, Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    Assessment,
    Basis,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
)

YESTERDAY = date(2026, 3, 30)
TOMORROW = date(2026, 4, 1)


@pytest.fixture
def desk() -> Desk:
    return Desk(author="me")


@pytest.fixture
def li(desk: Desk) -> PersonId:
    return desk.people(desk.account(), "Li")[0]


def scores(statement: Assessment) -> tuple[int | None, int | None, int | None]:
    return statement.closeness, statement.solution, statement.price


def test_a_statement_is_dated_today_and_says_only_what_was_said(desk: Desk, li: PersonId) -> None:
    desk.do(edits.assess, li, closeness=60, evidence="lunch")
    statement = desk.only(Assessment)
    assert scores(statement) == (60, None, None)
    assert (statement.assessed_on, statement.author) == (TODAY, "me")
    assert (statement.basis, statement.evidence) == (Basis.ASSUMED, "lunch")
    assert statement.stamp == desk.act.stamp


@pytest.mark.parametrize("score", [-1, 101])
@pytest.mark.parametrize("dimension", ["closeness", "solution", "price"])
def test_a_score_out_of_range_is_refused(
    desk: Desk, li: PersonId, dimension: str, score: int
) -> None:
    with told(Refused, f"Li: .* is {score}, but it must be a whole number from 0 to 100"):
        desk.do(edits.assess, li, on=TODAY, **{dimension: score})  # type: ignore[arg-type]


def test_zero_is_a_score(desk: Desk, li: PersonId) -> None:
    desk.do(edits.assess, li, price=0)
    assert scores(desk.only(Assessment)) == (None, None, 0)


def test_statements_of_one_author_and_day_are_one(desk: Desk, li: PersonId) -> None:
    desk.do(edits.assess, li, closeness=60, evidence="lunch")
    desk.do(edits.assess, li, solution=40, evidence="demo", basis=Basis.CONFIRMED)
    desk.do(edits.assess, li, closeness=70, evidence="lunch")
    statement = desk.only(Assessment)
    assert scores(statement) == (70, 40, None)
    assert statement.evidence == "lunch\ndemo"
    assert statement.basis is Basis.CONFIRMED
    assert statement.stamp == desk.act.stamp


def test_statements_of_other_days_authors_or_organisations_stand_apart(
    desk: Desk, li: PersonId
) -> None:
    rival = desk.one(Person, desk.competitor()).organisation
    desk.do(edits.assess, li, closeness=60)
    desk.do(edits.assess, li, closeness=50, on=YESTERDAY)
    desk.do(edits.assess, li, closeness=80, organisation=rival)
    desk.act = Desk(author="you").act
    desk.do(edits.assess, li, closeness=70)
    assert len(desk.several(Assessment)) == 4


def test_what_is_valid_already_is_not_said_again(desk: Desk, li: PersonId) -> None:
    desk.do(edits.assess, li, closeness=60, solution=50, basis=Basis.CONFIRMED, on=YESTERDAY)
    assert not desk.do(edits.assess, li, closeness=60)
    assert not desk.do(edits.assess, li, closeness=60, solution=50, basis=Basis.CONFIRMED)
    desk.do(edits.assess, li, closeness=60, price=50)
    assert len(desk.several(Assessment)) == 2


@pytest.mark.parametrize("said", [{"basis": Basis.CONFIRMED}, {"evidence": "he told me"}])
def test_the_same_score_on_another_basis_or_evidence_is_a_new_statement(
    desk: Desk, li: PersonId, said: dict[str, object]
) -> None:
    desk.do(edits.assess, li, closeness=60, on=YESTERDAY)
    assert desk.do(edits.assess, li, closeness=60, **said)  # type: ignore[arg-type]


def test_with_a_day_the_same_score_is_renewed(desk: Desk, li: PersonId) -> None:
    desk.do(edits.assess, li, closeness=60, on=YESTERDAY)
    assert desk.do(edits.assess, li, closeness=60, on=TODAY)
    assert not desk.do(edits.assess, li, closeness=60, on=TODAY)


def test_a_statement_of_tomorrow_is_not_valid_yet(desk: Desk, li: PersonId) -> None:
    desk.do(edits.assess, li, closeness=60, on=TOMORROW)
    assert desk.do(edits.assess, li, closeness=60)


def test_of_the_same_day_the_later_statement_is_valid(desk: Desk, li: PersonId) -> None:
    desk.do(edits.assess, li, closeness=60)
    mine = desk.act
    desk.act = Desk(author="you").act
    desk.do(edits.assess, li, closeness=70)
    desk.act = mine
    assert desk.do(edits.assess, li, closeness=60)
    newest = max(desk.several(Assessment), key=lambda statement: statement.stamp)
    assert (newest.author, newest.closeness) == ("me", 60)


def test_a_statement_toward_our_own_organisation_is_toward_us(desk: Desk, li: PersonId) -> None:
    ours = desk.one(Person, desk.colleague()).organisation
    desk.do(edits.assess, li, closeness=60, organisation=ours)
    assert desk.only(Assessment).organisation is None


def test_nothing_said_is_nothing_changed(desk: Desk, li: PersonId) -> None:
    assert not desk.do(edits.assess, li)
    assert not desk.do(edits.assess, li, basis=Basis.CONFIRMED)


def test_evidence_needs_a_score_of_that_day(desk: Desk, li: PersonId) -> None:
    with told(Refused, "A statement about Li says no score"):
        desk.do(edits.assess, li, evidence="lunch")
    desk.do(edits.assess, li, closeness=60)
    desk.do(edits.assess, li, evidence="lunch")
    assert desk.only(Assessment).evidence == "lunch"
    assert not desk.do(edits.assess, li, evidence="lunch")


def test_only_customers_and_partners_are_scored(desk: Desk) -> None:
    with told(Refused, "Zhao is no customer's person, so there is nothing to score"):
        desk.do(edits.assess, desk.competitor(), closeness=60)
    partner = desk.do(
        edits.add_competitor, organisation="Pal", name="Sun", kind=OrganisationKind.PARTNER
    )
    assert desk.do(edits.assess, partner.added(Person)[0].id, closeness=60)


def test_scores_are_toward_us_or_a_competitor(desk: Desk, li: PersonId) -> None:
    acme = desk.only(Organisation).id
    with told(Refused, "Li is scored toward us or a competitor; Acme is neither"):
        desk.do(edits.assess, li, closeness=60, organisation=acme)


def test_who_is_gone_is_not_scored(desk: Desk) -> None:
    with told(Refused, "no longer there"):
        desk.do(edits.assess, PersonId("nobody"), closeness=60)


def test_a_statement_is_corrected_but_keeps_whom_it_is_about(desk: Desk, li: PersonId) -> None:
    desk.do(edits.assess, li, closeness=60)
    desk.do(edits.revise, desk.only(Assessment).id, closeness=65, evidence="typing error")
    assert desk.only(Assessment).closeness == 65
    with told(Refused, "says no score"):
        desk.do(edits.revise, desk.only(Assessment).id, closeness=None)
    with pytest.raises(TypeError, match="person of Assessment cannot be changed"):
        desk.do(edits.revise, desk.only(Assessment).id, person=li)
