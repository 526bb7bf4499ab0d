"""Rows of opportunities: what is in the pipeline of customers, whose it is, and what came of it."""

from __future__ import annotations

from functools import partial

from brm_desktop.domain.act import Act
from brm_desktop.domain.edits import Draft, add_opportunity, revise_opportunity
from brm_desktop.domain.records import (
    AccountId,
    Opportunity,
    Origin,
    Outcome,
    PersonId,
    SalesStage,
)
from brm_desktop.exchange.dates import DateOrder
from brm_desktop.exchange.mapping import Entries, Entry
from brm_desktop.session.importing.customers import Customers
from brm_desktop.session.importing.named_rows import Fields, import_of_customers
from brm_desktop.session.importing.names import OWN, Directory
from brm_desktop.session.importing.report import Outcomes
from brm_desktop.session.importing.row_faults import RowFaults
from brm_desktop.session.importing.words import (
    as_word,
    day,
    plain_text,
    score,
    several,
    without_blanks,
    word,
)


def import_opportunities(
    draft: Draft,
    act: Act,
    entries: Entries,
    outcomes: Outcomes,
    customers: Customers,
    directory: Directory,
) -> None:
    """Make and change opportunities as the rows of a file say; known by account and name."""
    order = entries.date_order

    def read(entry: Entry, faults: RowFaults) -> Fields:
        return _read(draft, entry, order, customers, directory, faults)

    import_of_customers(draft, act, entries, outcomes, customers, read, partial(_put, draft, act))


def _put(draft: Draft, act: Act, account: AccountId, name: str, said: Fields) -> None:
    there = [one for one in draft.where(Opportunity, name=name) if one.account == account]
    if there:
        draft.do(revise_opportunity, act, there[0].id, **said)
    else:
        unsaid = {"opened_on": None}  # the day of an import is no day of opening
        draft.do(add_opportunity, act, account, name, **(unsaid | said))


def _read(
    draft: Draft,
    entry: Entry,
    order: DateOrder,
    customers: Customers,
    directory: Directory,
    faults: RowFaults,
) -> Fields:
    values, noting = entry.values, faults.noting
    said = noting(word, Outcome, values.get("outcome"), "outcome")
    stage, ended = _stage_and_outcome(values.get("stage"), said)
    opened, expected, closed = (
        noting(day, values.get(name), name, order)
        for name in ("opened_on", "expected_close", "closed_on")
    )
    if ended in (None, Outcome.OPEN) and closed is not None:
        expected, closed = expected or closed, None
    lines = values.get("business_line")
    return without_blanks(
        {
            "origin": noting(word, Origin, values.get("origin"), "origin"),
            "stage": stage,
            "amount": noting(customers.amount, entry, "amount"),
            "probability": noting(score, values.get("probability"), "probability"),
            "opened_on": opened,
            "expected_close": expected,
            "outcome": ended,
            "closed_on": closed,
            "owner": noting(_owner, draft, values.get("owner"), directory),
            "product": plain_text(values.get("product", "")),
            "business_lines": several(lines) if lines else None,
        }
    )


def _owner(draft: Draft, name: str | None, directory: Directory) -> PersonId | None:
    """Whose it is: one of us."""
    return directory.person(draft, directory.organisation(draft, OWN), name) if name else None


def _stage_and_outcome(
    stage: str | None, said: Outcome | None
) -> tuple[str | None, Outcome | None]:
    """How far an opportunity is, and how it ended, which many programs keep in one column.

    A stage that is none of ours stays as it is written.
    """
    if not stage:
        return None, said
    end = as_word(Outcome, stage)
    if end is not None:
        return None, said or end
    ours = as_word(SalesStage, stage)
    return ours.value if ours else plain_text(stage), said
