"""Rows of opportunities: what is in the pipeline of customers, whose it is, and what came of it."""

from __future__ import annotations

from functools import partial

from brm_desktop.domain.act import Act
from brm_desktop.domain.edits import Draft, add_opportunity, revise_opportunity
from brm_desktop.domain.records import AccountId, Opportunity, Origin, Outcome, SalesStage
from brm_desktop.exchange.dates import DateOrder
from brm_desktop.exchange.mapping import Entries, Entry
from brm_desktop.session.importing.customers import Customers
from brm_desktop.session.importing.named_rows import Fields, import_of_customers
from brm_desktop.session.importing.names import OWN, Directory
from brm_desktop.session.importing.report import Outcomes
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

    def read(entry: Entry) -> Fields:
        return _read(draft, entry, order, customers, directory)

    import_of_customers(draft, act, entries, outcomes, customers, read, partial(_put, draft, act))


def _put(draft: Draft, act: Act, account: AccountId, name: str, said: Fields) -> None:
    there = [one for one in draft.where(Opportunity, name=name) if one.account == account]
    if there:
        draft.do(revise_opportunity, act, there[0].id, **said)
    else:
        unsaid = {"opened_on": None}  # the day of an import is no day of opening
        draft.do(add_opportunity, act, account, name, **(unsaid | said))


def _read(
    draft: Draft, entry: Entry, order: DateOrder, customers: Customers, directory: Directory
) -> Fields:
    values = entry.values
    stage, ended = _stage_and_outcome(values.get("stage"), values.get("outcome"))
    expected = day(values.get("expected_close"), "expected_close", order)
    closed = day(values.get("closed_on"), "closed_on", order)
    if ended in (None, Outcome.OPEN) and closed is not None:
        expected, closed = expected or closed, None
    owner = values.get("owner")
    lines = values.get("business_line")
    return without_blanks(
        {
            "origin": word(Origin, values.get("origin"), "origin"),
            "stage": stage,
            "amount": customers.amount(entry, "amount"),
            "probability": score(values.get("probability"), "probability"),
            "opened_on": day(values.get("opened_on"), "opened_on", order),
            "expected_close": expected,
            "outcome": ended,
            "closed_on": closed,
            "owner": directory.person(draft, directory.organisation(draft, OWN), owner)
            if owner
            else None,
            "product": plain_text(values.get("product", "")),
            "business_lines": several(lines) if lines else None,
        }
    )


def _stage_and_outcome(stage: str | None, ended: str | None) -> tuple[str | None, Outcome | None]:
    """How far an opportunity is, and how it ended, which many programs keep in one column.

    A stage that is none of ours stays as it is written.
    """
    said = word(Outcome, ended, "outcome")
    if not stage:
        return None, said
    end = as_word(Outcome, stage)
    if end is not None:
        return None, said or end
    ours = as_word(SalesStage, stage)
    return ours.value if ours else plain_text(stage), said
