"""Rows of projects: what customers bought and buy, of which type, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from brm_desktop.domain.act import Act
from brm_desktop.domain.edits import Draft, add_project_type, create_project, revise_project
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, Outcome, Project, ProjectType
from brm_desktop.exchange.dates import DateOrder
from brm_desktop.exchange.mapping import Entries, Entry
from brm_desktop.session.importing.customers import Customers
from brm_desktop.session.importing.named_rows import Fields, import_of_customers
from brm_desktop.session.importing.names import Directory
from brm_desktop.session.importing.report import Outcomes
from brm_desktop.session.importing.row_faults import RowFaults
from brm_desktop.session.importing.words import (
    day,
    plain_text,
    without_blanks,
    word,
    yes_or_no,
)


def import_projects(
    draft: Draft,
    act: Act,
    entries: Entries,
    outcomes: Outcomes,
    customers: Customers,
    directory: Directory,
) -> None:
    """Make and change projects as the rows of a file say; one is known by account and name."""
    order = entries.date_order

    def read(entry: Entry, faults: RowFaults) -> Fields:
        return _read(draft, entry, order, customers, directory, faults)

    import_of_customers(draft, act, entries, outcomes, customers, read, partial(_put, draft, act))


def _put(draft: Draft, act: Act, account: AccountId, name: str, said: Fields) -> None:
    fields = {key: said[key] for key in said if key != "wanted"}
    there = [one for one in draft.where(Project, name=name) if one.account == account]
    if there:
        _revise(draft, act, there[0], fields)
    else:
        draft.do(create_project, act, account, name, **fields)
    if "wanted" in said and "type" in said:
        draft.do(add_project_type, act, name=said["type"], wanted=said["wanted"])


def _revise(draft: Draft, act: Act, project: Project, said: Mapping[str, object]) -> None:
    kind = draft.get(ProjectType, project.type)
    same = {"type"} if kind is not None and kind.name == said.get("type") else set()
    draft.do(revise_project, act, project.id, **{key: said[key] for key in said if key not in same})


def _read(
    draft: Draft,
    entry: Entry,
    order: DateOrder,
    customers: Customers,
    directory: Directory,
    faults: RowFaults,
) -> Fields:
    values, noting = entry.values, faults.noting
    rival = values.get("lost_to")
    ended = noting(_outcome, values.get("outcome"), rival)
    return without_blanks(
        {
            "type": plain_text(values.get("type", "")),
            "wanted": noting(yes_or_no, values.get("wanted"), "wanted"),
            "amount": noting(customers.amount, entry, "amount"),
            "starts_on": noting(day, values.get("start"), "start", order),
            "decided_on": noting(day, values.get("decided"), "decided", order),
            "outcome": ended,
            "lost_to": noting(directory.organisation, draft, rival) if rival else None,
        }
    )


def _outcome(said: str | None, rival: str | None) -> Outcome | None:
    """How it ended; it was lost where the row says who won instead of us."""
    ended = word(Outcome, said, "outcome")
    if rival and ended not in (None, Outcome.LOST):
        raise Refused(phrase("The row says who won instead of us, but not that it was lost."))
    return Outcome.LOST if rival else ended
