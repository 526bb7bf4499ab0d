"""Rows of projects: what customers bought and buy, of which type, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brm_desktop.domain.act import Act
from brm_desktop.domain.edits import Draft, add_project_type, create_project, revise_project
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Outcome, Project, ProjectType
from brm_desktop.exchange.dates import DateOrder
from brm_desktop.exchange.mapping import Entries, Entry
from brm_desktop.session.importing.agreeing import SaidBefore
from brm_desktop.session.importing.customers import Customers
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
    before = SaidBefore()
    for entry in entries.rows:
        with outcomes.deciding(draft, entry.row):
            _import_row(draft, act, entry, entries.date_order, customers, directory, before)


def _import_row(
    draft: Draft,
    act: Act,
    entry: Entry,
    order: DateOrder,
    customers: Customers,
    directory: Directory,
    before: SaidBefore,
) -> None:
    account = customers.account_of(draft, act, entry)
    name = plain_text(entry.values.get("name", ""))
    if not name:
        raise Refused(phrase("The row has no name."))
    said = _read(draft, entry, order, customers, directory)
    before.check((account, name), said, entry.line, name)
    wanted = said.pop("wanted", None)
    there = [one for one in draft.where(Project, name=name) if one.account == account]
    if there:
        _revise(draft, act, there[0], said)
    else:
        draft.do(create_project, act, account, name, **said)
    if wanted is not None and "type" in said:
        draft.do(add_project_type, act, name=said["type"], wanted=wanted)


def _revise(draft: Draft, act: Act, project: Project, said: Mapping[str, Any]) -> None:
    kind = draft.get(ProjectType, project.type)
    same = {"type"} if kind is not None and kind.name == said.get("type") else set()
    draft.do(revise_project, act, project.id, **{key: said[key] for key in said if key not in same})


def _read(
    draft: Draft, entry: Entry, order: DateOrder, customers: Customers, directory: Directory
) -> dict[str, Any]:
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
