"""How values of fields, kinds of record and lines of history are said to people."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Final

from brm_desktop.domain.disputes import OF_THE_STORE
from brm_desktop.domain.kinds import kind_named
from brm_desktop.domain.merge import SETTLES_ITSELF
from brm_desktop.domain.operations import DELETED
from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.plain_values import value_of
from brm_desktop.domain.records import (
    Account,
    Basis,
    ChainLink,
    Conflict,
    Dimension,
    Influence,
    Money,
    Opportunity,
    Person,
    Project,
    Record,
    Records,
    ReportingLine,
    Snapshot,
    Tie,
)
from brm_desktop.domain.wording import field_told
from brm_desktop.gui.links import ends_of
from brm_desktop.gui.words import joined, name_of
from brm_desktop.language import day, listed, money, number, percent, tr
from brm_desktop.session.session import FieldChange, HistoryLine

KIND_WORDS: Final[dict[str, Phrase]] = {
    "Organisation": phrase("organisation"),
    "Account": phrase("account"),
    "YearRevenue": phrase("revenue"),
    "Department": phrase("department"),
    "Person": phrase("person"),
    "ReportingLine": phrase("reporting line"),
    "Influence": phrase("influence"),
    "Tie": phrase("tie"),
    "Assessment": phrase("assessment"),
    "Interaction": phrase("interaction"),
    "ProjectType": phrase("project type"),
    "Project": phrase("project"),
    "ChainMember": phrase("member of a chain"),
    "Attitude": phrase("statement on a chain"),
    "ChainLink": phrase("link of a chain"),
    "Opportunity": phrase("opportunity"),
    "SupportRequest": phrase("request for support"),
    "Product": phrase("product"),
    "Action": phrase("action"),
    "AccountPlan": phrase("account plan"),
    "Need": phrase("need"),
    "Review": phrase("review"),
    "TeamMember": phrase("team member"),
    "Placement": phrase("place on a canvas"),
    "Snapshot": phrase("month-end numbers"),
    "Contribution": phrase("contribution"),
    "Sameness": phrase("verdict on a duplicate"),
    "Conflict": phrase("conflict"),
    "SharingChoice": phrase("choice of what is shared"),
}
"""What kinds of record are called where the history shows them."""


def kind_said(kind: type[Record]) -> str:
    """The kind of a record in a word or two."""
    return tr(KIND_WORDS[kind.__name__])


def value_said(records: Records, value: object) -> str:
    """A field's value as people read it; ids as the names of what they stand for."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple | list):
        return listed(value_said(records, part) for part in value)
    if isinstance(value, Word):
        return tr(value)
    text = str(value)
    record = records.find(text)
    return text if record is None else _named(records, record) or text


def field_said(records: Records, line: HistoryLine, field: str, value: object) -> str:
    """The value of a field in a line of history; month-end numbers are kept in hundredths."""
    if line.kind is Opportunity and field == "stage":
        return listed([field_told(records, line.kind, field, value)])
    if line.kind is not Snapshot:
        return value_said(records, value)
    if isinstance(value, date):
        return value.strftime("%Y-%m")
    if isinstance(value, int) and field in _POINTS:
        return number(Fraction(value, 100), 2)
    if isinstance(value, int) and field in _SHARES:
        return percent(Fraction(value, 10_000), 2)
    return value_said(records, value)


def changes_said(records: Records, line: HistoryLine) -> tuple[FieldChange, ...]:
    """What a line of history changed, as far as it says something to people.

    What stands in conflict with a record is one change of the field it is about; of what settles
    itself nothing is told.
    """
    if line.kind is not Conflict:
        return tuple(one for one in line.fields if one.field not in _OF_THE_STORE)
    said = _said(line)
    table, field = str(said.get("kind", "")), str(said.get("field", ""))
    if not table or table in SETTLES_ITSELF or field in OF_THE_STORE:
        return ()
    kind = kind_named(table)
    if field == DELETED:
        value = tr("deleted and edited")
    else:
        plain = json.loads(str(said.get("value")))
        value = listed([field_told(records, kind, field, value_of(kind, field, plain))])
    return (FieldChange(field, value, None) if line.removed else FieldChange(field, None, value),)


def _said(line: HistoryLine) -> dict[str, object]:
    return {field.field: field.after or field.before for field in line.fields}


def subject_said(records: Records, line: HistoryLine) -> str:
    """Whom or what a line of history is about, by name; of what is gone as far as it says."""
    said = _said(line)
    record = records.find(str(said.get("row", "")) if line.kind is Conflict else line.record)
    if record is not None:
        return _named(records, record)
    if said.get("name"):
        return str(said["name"])
    ends = [said.get(name) for name in _ENDS]
    return " → ".join(value_said(records, end) for end in ends if end)


def basis_said(records: Records, line: HistoryLine) -> str:
    """On what a statement or a line rests, and its evidence; nothing for what has no basis."""
    said = {field.field: field.after for field in line.fields}
    now = records.find(line.record)
    basis = said.get("basis", getattr(now, "basis", None))
    evidence = said.get("evidence", getattr(now, "evidence", ""))
    if not isinstance(basis, Basis):
        return ""
    return joined(tr(basis), str(evidence or "").replace("\n", " "))


_OF_THE_STORE: Final = frozenset({"id", "stamp"})
"""Fields that nobody says."""

_ENDS: Final = ("project", "employee", "source", "person", "target", "manager")
"""The fields that tell whom something is about, in the order people read them."""

_POINTS: Final = frozenset(one.value for one in Dimension)
_SHARES: Final = frozenset(f"{one.value}_coverage" for one in Dimension)
"""The fields of month-end numbers that are hundredths of a point, and of a percent."""


def _named(records: Records, record: Record) -> str:
    name = getattr(record, "name", "")
    if name:
        return str(name)
    if isinstance(record, Person):
        return name_of(records, record.id)
    if isinstance(record, Account):
        return value_said(records, record.organisation)
    if isinstance(record, Snapshot):
        return joined(value_said(records, record.subject), record.month.strftime("%Y-%m"))
    if isinstance(record, Influence | ReportingLine | Tie | ChainLink):
        return " → ".join(name_of(records, end) for end in ends_of(record))
    somebody = getattr(record, "person", None) or getattr(record, "employee", None)
    project = records.get(Project, getattr(record, "project", None))
    person = name_of(records, somebody) if somebody else ""
    return joined(person, project.name if project else "") or kind_said(type(record))
