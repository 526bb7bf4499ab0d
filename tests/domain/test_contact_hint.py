"""What meetings say of closeness (rule §9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from building import TODAY, Portfolio
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.contact_hint import contact_hint, hint_of_account, hint_of_person
from brm_desktop.domain.records import AccountId, Interaction, InteractionKind, PersonId


def test_without_a_contact_in_a_year_there_is_no_hint(
    portfolio: Portfolio, account: AccountId
) -> None:
    boss = portfolio.person("Boss", account)
    portfolio.met(account, TODAY - timedelta(366), boss)
    portfolio.met(account, TODAY + timedelta(1), boss)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    assert hint_of_account(analysis) is None
    assert hint_of_person(analysis, boss) is None


def test_a_hint_is_the_mean_of_its_five_parts(portfolio: Portfolio, account: AccountId) -> None:
    boss, other = portfolio.people(account, "Boss", "Other")
    ann, bob = portfolio.employee("Ann"), portfolio.employee("Bob")
    portfolio.met(account, TODAY, boss, ann)
    learnt = portfolio.met(account, TODAY - timedelta(73), boss, bob)
    portfolio.put(replace(learnt, kind=InteractionKind.CALL, learnt="They change their bank"))
    portfolio.met(account, TODAY - timedelta(100), other, ann)
    analysis = AccountAnalysis(portfolio.records(), account, TODAY)
    found = hint_of_person(analysis, boss)
    assert found is not None
    assert (found.meetings, found.last) == (2, TODAY)
    assert (found.recency, found.frequency) == (Fraction(1), Fraction(1, 6))
    assert (found.two_way, found.depth) == (Fraction(1, 2), Fraction(1, 2))
    assert found.breadth == Fraction(2, 3)
    assert found.value == 20 * (1 + Fraction(1, 6) + 1 + Fraction(2, 3))
    assert "2 contacts in a year" in str(found.reason)
    whole = hint_of_account(analysis)
    assert whole is not None
    assert whole.meetings == 3


@given(
    st.lists(
        st.tuples(
            st.dates(date(2025, 1, 1), date(2026, 6, 1)),
            st.sampled_from(InteractionKind),
            st.sampled_from(["", "something"]),
            st.sets(st.sampled_from(["boss", "ann", "bob", "cat", "dan"])),
        ),
        max_size=30,
    )
)
def test_a_hint_is_from_0_to_100(
    met: list[tuple[date, InteractionKind, str, set[str]]],
) -> None:
    held = [
        Interaction(
            id=str(n),
            account=AccountId("a"),
            held_on=day,
            kind=kind,
            learnt=learnt,
            people=tuple(map(PersonId, people)),
        )
        for n, (day, kind, learnt, people) in enumerate(met)
    ]
    found = contact_hint(held, {PersonId("boss")}, TODAY)
    assert found is None or 0 <= found.value <= 100
