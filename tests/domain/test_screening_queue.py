"""Walking two hundred accounts to screen them, and the time that takes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portfolio_entries import entry

from brm_desktop.domain.portfolio import PortfolioRow
from brm_desktop.domain.records import AccountId, ScreeningVerdict
from brm_desktop.domain.screening import Screening, Suggestion
from brm_desktop.domain.screening_queue import (
    LONGEST_LOOK,
    ScreeningQueue,
    TimeUsed,
    queue_of,
)

TARGET, EXCLUDED = ScreeningVerdict.TARGET, ScreeningVerdict.EXCLUDED
UNDECIDED = ScreeningVerdict.UNDECIDED
A, B, C = (AccountId(name) for name in "abc")
QUEUE = ScreeningQueue((A, B, C))


def row(
    name: str, suggestion: Suggestion | None, verdict: ScreeningVerdict = UNDECIDED
) -> PortfolioRow:
    screening = Screening(suggestion, (), None, None, (), ())
    made = entry(name, 50, screening=screening)
    return PortfolioRow(replace(made, record=replace(made.record, screening=verdict)), 1, None)


def test_accounts_without_a_verdict_come_clear_cases_first_then_by_name() -> None:
    rows = [
        row("Unclear", None),
        row("Good", Suggestion.CONFIRM),
        row("Done", Suggestion.EXCLUDE, EXCLUDED),
        row("Poor", Suggestion.EXCLUDE),
        row("Bad", Suggestion.EXCLUDE),
    ]
    names = [account.removeprefix("account ") for account in queue_of(rows).accounts]
    assert names == ["Bad", "Poor", "Good", "Unclear"]


def test_a_verdict_leads_to_the_next_account_and_the_last_one_to_the_end() -> None:
    walked = QUEUE.decided(EXCLUDED)
    assert (walked.current, walked.left) == (B, 2)
    walked = walked.decided(TARGET).decided(TARGET)
    assert (walked.current, walked.left) == (None, 0)
    assert walked.decided(TARGET) == walked
    assert walked.back().current == C


def test_an_account_left_for_later_comes_again_after_the_last() -> None:
    walked = QUEUE.forward().decided(TARGET).decided(TARGET)
    assert walked.current == A
    assert walked.forward().current == A


def test_going_back_shows_what_was_decided_and_it_can_be_decided_otherwise() -> None:
    walked = QUEUE.decided(EXCLUDED).back()
    assert walked.current == A
    assert walked.back().current == A
    assert walked.decided(UNDECIDED).left == 3
    assert walked.at(C).current == C


def test_a_verdict_that_is_undone_comes_again() -> None:
    walked = QUEUE.decided(EXCLUDED).decided(TARGET)
    seen = walked.seen({A: UNDECIDED, B: TARGET, C: UNDECIDED})
    assert (seen.current, seen.left) == (A, 2)
    assert walked.seen({A: EXCLUDED, B: TARGET, C: UNDECIDED}) == walked


def test_an_account_that_is_gone_leaves_the_queue() -> None:
    walked = QUEUE.decided(EXCLUDED)
    assert walked.seen({A: EXCLUDED, C: UNDECIDED}).current == C
    assert walked.seen({}).current is None


def test_200_accounts_are_walked_with_one_key_each() -> None:
    queue = ScreeningQueue(tuple(AccountId(str(n)) for n in range(200)))
    used = TimeUsed()
    for place in range(200):
        assert queue.current == str(place)
        queue, used = queue.decided(EXCLUDED), used.and_for(queue.accounts[place], 18)
    assert (queue.left, queue.current) == (0, None)
    assert str(used.said) == (
        "200 screened in 1 h 0 min, 18 s each; at an hour each it would have been 200 h"
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [([], "nothing is screened yet"), ([59.4], "1 screened in 59 s"), ([90], "1 min 30 s")],
)
def test_the_time_used_is_held_against_an_hour_each(seconds: list[float], said: str) -> None:
    used = TimeUsed()
    for one in seconds:
        used = used.and_for(A, one)
    assert said in str(used.said)


def test_time_spent_elsewhere_and_clocks_set_back_do_not_count() -> None:
    used = TimeUsed().and_for(A, 10_000).and_for(B, -5)
    assert (used.screened, used.seconds) == (2, Fraction(LONGEST_LOOK))


def test_a_verdict_that_is_undone_is_not_counted_and_one_given_twice_is_one() -> None:
    used = TimeUsed().and_for(A, 10).and_for(B, 20).and_for(A, 5)
    assert (used.screened, used.seconds) == (2, Fraction(35))
    assert used.of({A}) == TimeUsed().and_for(A, 15)
    assert "nothing is screened yet" in str(used.of(()).said)


@given(st.lists(st.sampled_from([TARGET, EXCLUDED, UNDECIDED, None]), max_size=30))
def test_the_account_on_show_never_has_a_verdict_on_the_way_forward(
    steps: list[ScreeningVerdict | None],
) -> None:
    queue = QUEUE
    for verdict in steps:
        queue = queue.forward() if verdict is None else queue.decided(verdict)
        assert queue.current is None or queue.current not in queue.verdicts
        assert (queue.current is None) == (queue.left == 0)
