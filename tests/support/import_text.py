"""Imports in tests: the text of a file as a spreadsheet shows it, decided on without a store."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from typing import Any

from desk import Desk

from brm_desktop.domain import edits
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Organisation,
    OrganisationKind,
    Person,
    Record,
    Records,
    ReportingLine,
)
from brm_desktop.domain.soundness import problems_in
from brm_desktop.exchange.headers import Subject
from brm_desktop.exchange.mapping import Entries, Wishes, entries_of
from brm_desktop.exchange.tables import Row, Table
from brm_desktop.language import tr
from brm_desktop.session.importing import Aim, Report, decide


def table_of(text: str, name: str = "file.csv") -> Table:
    """A table as it would be read from a file of this text."""
    reader = csv.reader(io.StringIO(text.strip() + "\n"))
    columns = tuple(next(reader))
    rows = tuple(Row(line, tuple(cells)) for line, cells in enumerate(reader, 2) if any(cells))
    return Table(name, columns, rows, "utf-8", ",")


def entries(text: str, subject: str = "", **wishes: Any) -> Entries:
    """The rows of a file of this text."""
    wanted = Wishes(**wishes)
    if subject:
        wanted = replace(wanted, subject=Subject(subject))
    return entries_of(table_of(text), wanted)


@dataclass
class Import:
    """What an import decided, with the records as they are after it."""

    report: Report
    records: Records

    @property
    def reasons(self) -> list[tuple[int, str]]:
        """Every refused row: its line and the reason as the user reads it."""
        return [(r.row.line, tr(r.reason)) for r in self.report.refusals]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Rows created, updated, unchanged, refused."""
        tally = self.report.tally
        return tally.created, tally.updated, tally.unchanged, tally.refused


class Importing:
    """Records with one account, Acme, into which texts are imported one after another."""

    def __init__(self) -> None:
        desk = Desk()
        desk.do(edits.add_organisation, name="We", kind=OrganisationKind.OWN)
        made = desk.do(edits.create_account, name="Acme")
        self.account: AccountId = made.added(Account)[0].id
        self.records = desk.records
        self.act = replace(desk.act, stamp="f" * 32)

    def do(self, text: str, subject: str = "", *, aim: Aim | None = None, **wishes: Any) -> Import:
        """Import a text into the account; what comes out keeps every rule."""
        return self.all([entries(text, subject, **wishes)], aim or Aim(self.account))

    def all(self, files: list[Entries], aim: Aim) -> Import:
        """Import several files as one."""
        report = decide(self.records, self.act, files, aim)
        self.records = report.change.applied(self.records)
        assert problems_in(self.records) == []
        rows = sum(len(file.rows) + len(file.overlong) for file in files)
        assert report.tally.read == rows
        return Import(report, self.records)

    def person(self, name: str) -> Person:
        """The one person of a name."""
        (found,) = (p for p in self.records.all(Person).values() if p.name == name)
        return found

    def names(self) -> list[str]:
        """What all people are called."""
        return sorted(person.name for person in self.records.all(Person).values())

    def lines(self) -> set[tuple[str, str]]:
        """Who reports to whom."""
        people = self.records.all(Person)
        return {
            (people[line.person].name, people[line.manager].name)
            for line in self.records.all(ReportingLine).values()
        }

    def organisation_of(self, name: str) -> Organisation:
        """Where a person works."""
        person = self.person(name)
        assert person.organisation is not None
        return self.records.one(Organisation, person.organisation)

    def count(self, kind: type[Record]) -> int:
        """How many records of a kind there are."""
        return len(self.records.all(kind))
