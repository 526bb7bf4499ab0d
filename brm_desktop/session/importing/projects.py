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

    def read(entry: Entry) -> Fields:
        return _read(draft, entry, order, customers, directory)

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
    draft: Draft, entry: Entry, order: DateOrder, customers: Customers, directory: Directory
) -> Fields:
    values = entry.values
    ended = word(Outcome, values.get("outcome"), "outcome")
    rival = values.get("lost_to")
    if rival and ended not in (None, Outcome.LOST):
        raise Refused(phrase("The row says who won instead of us, but not that it was lost."))
    return without_blanks(
        {
            "type": plain_text(values.get("type", "")),
            "wanted": yes_or_no(values.get("wanted"), "wanted"),
            "amount": customers.amount(entry, "amount"),
            "starts_on": day(values.get("start"), "start", order),
            "decided_on": day(values.get("decided"), "decided", order),
            "outcome": Outcome.LOST if rival else ended,
            "lost_to": directory.organisation(draft, rival) if rival else None,
        }
    )
