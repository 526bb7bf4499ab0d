"""People as a table in the columns that the import of people knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from brm_desktop.domain.records import (
    Assessment,
    Department,
    Dimension,
    LineKind,
    Organisation,
    OrganisationKind,
    Person,
    Records,
    ReportingLine,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import standing
from brm_desktop.exchange.table_writing import write_table

COLUMNS: Final = (
    "id",
    "name",
    "title",
    "department",
    "email",
    "phone",
    "wechat",
    "reports_to",
    "reports_to_id",
    "power",
    "influence",
    "veto",
    "sole_approver",
    "closeness",
    "solution",
    "price",
    "basis",
    "assessed_on",
    "organisation",
    "sales",
    "notes",
)
_WORDS: Final = {True: "yes", False: "no", None: ""}


def write_people(path: Path, records: Records, today: date, rules: Rules) -> None:
    """Write people as CSV, those of customers first, each customer's under its account's name.

    Only what somebody said is in it, nothing derived: imported again, it changes nothing.

    Raises
    ------
    FileProblem
        When the file cannot be written; one that was there stays as it was.
    """
    homes = records.all(Organisation)
    people = sorted(
        records.all(Person).values(),
        key=lambda one: (*_place(homes.get(one.organisation or "")), one.name, one.id),
    )
    write_table(path, ("account", *COLUMNS), (_row(records, one, today, rules) for one in people))


def _place(home: Organisation | None) -> tuple[bool, str]:
    """Customers first, then by name."""
    if home is None:
        return (True, "")
    return (home.kind is not OrganisationKind.CUSTOMER, home.name)


def _row(records: Records, person: Person, today: date, rules: Rules) -> Sequence[object]:
    home = records.get(Organisation, person.organisation)
    department = records.get(Department, person.department)
    manager = _manager(records, person)
    unnamed = person.placeholder and person.name == person.title
    row: dict[str, object] = {
        "account": home.name if home and home.kind is OrganisationKind.CUSTOMER else "",
        "id": file_id(person),
        "name": "" if unnamed else person.name,
        "title": person.title,
        "department": department.name if department else "",
        "email": "; ".join(person.emails),
        "phone": "; ".join(person.phones),
        "wechat": person.wechat,
        "reports_to": manager.name if manager else "",
        "reports_to_id": file_id(manager) if manager else "",
        "power": person.power,
        "influence": person.influence,
        "veto": _WORDS[person.veto],
        "sole_approver": _WORDS[person.sole_approver],
        **_scores(records, person, today, rules),
        "organisation": _organisation(home),
        "sales": _sales(home, person),
        "notes": person.notes,
    }
    return [row[column] for column in ("account", *COLUMNS)]


def file_id(person: Person) -> str:
    """The id a person has in files: that of the file he came from, else our own."""
    return person.external_id or person.id


def _manager(records: Records, person: Person) -> Person | None:
    for line in records.where(ReportingLine, person=person.id):
        if line.kind is LineKind.SOLID:
            return records.get(Person, line.manager)
    return None


def _scores(records: Records, person: Person, today: date, rules: Rules) -> dict[str, object]:
    """The scores that somebody stated; their day and basis when it is the same of all."""
    said: dict[str, object] = {dimension.value: "" for dimension in Dimension}
    stated = set()
    for dimension in Dimension:
        one = standing(records, person.id, dimension, today, rules)
        if one is not None and records.get(Assessment, one.statement) is not None:
            said[dimension.value] = one.value
            stated.add((one.assessed_on, one.basis))
    day, basis = stated.pop() if len(stated) == 1 else (None, None)
    return {
        **said,
        "basis": basis.value if basis else "",
        "assessed_on": day.isoformat() if day else "",
    }


def _organisation(home: Organisation | None) -> str:
    """What the import calls an organisation: nothing for the account's own."""
    if home is None or home.kind is OrganisationKind.CUSTOMER:
        return ""
    return "own" if home.kind is OrganisationKind.OWN else home.name


def _sales(home: Organisation | None, person: Person) -> str:
    if home is None or home.kind is not OrganisationKind.OWN:
        return ""
    return "no" if person.non_sales else "yes"
