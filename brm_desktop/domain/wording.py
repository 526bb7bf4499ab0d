"""Records and the values of their fields as people read them, for lists of any kind of record."""

from __future__ import annotations

from datetime import date
from typing import Final

from brm_desktop.domain.kinds import kind_word, name_of_kind
from brm_desktop.domain.naming import account_called, called
from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.pipeline import stage_written
from brm_desktop.domain.records import (
    Account,
    AccountPlan,
    ChainLink,
    Influence,
    Money,
    Need,
    Opportunity,
    Person,
    Project,
    Record,
    Records,
    ReportingLine,
    Review,
    Sameness,
    Snapshot,
    Tie,
    YearRevenue,
)

Told = str | int | Phrase | Word | Money | date | tuple["Told", ...]
"""What the faces say by themselves: ``tr`` translates, lists and writes it as people do."""

_ENDS: Final[dict[type[Record], tuple[str, str]]] = {
    ReportingLine: ("person", "manager"),
    Influence: ("source", "target"),
    Tie: ("employee", "person"),
    ChainLink: ("source", "target"),
    Sameness: ("one", "other"),
}
"""From whom to whom a relation leads."""

_SHORT: Final = 40
"""Characters of a text that stands for a record without a name."""


def title_of(records: Records, record: Record) -> Told:
    """What a record is called: its name, whom it is about, or else what kind it is."""
    name = getattr(record, "name", "")
    if name:
        return str(name)
    if isinstance(record, Person):
        return called(records, record.id)
    if isinstance(record, Account):
        return account_called(records, record.id)
    if type(record) in _ENDS:
        ends = (_named(records, getattr(record, field)) for field in _ENDS[type(record)])
        return " → ".join(ends)
    return _joined(_about(records, record)) or kind_word(name_of_kind(type(record)))


def field_told(records: Records, kind: type[Record], field: str, value: object) -> Told:
    """The value of a field as people read it; a stage that is one of the board's in its word."""
    if kind is Opportunity and field == "stage":
        return stage_written(str(value or ""))
    return value_told(records, value)


def value_told(records: Records, value: object) -> Told:
    """A field's value as people read it; an id as the name of what it stands for."""
    if value in (None, "", ()):
        return ""
    if isinstance(value, bool):
        return phrase("yes") if value else phrase("no")
    if isinstance(value, tuple | list):
        return tuple(value_told(records, part) for part in value)
    if isinstance(value, Word | Money | date | int):
        return value
    record = records.find(str(value))
    return str(value) if record is None else title_of(records, record)


def _about(records: Records, record: Record) -> list[str]:
    """Whom and what a record without a name is about, the shortest first."""
    text = (record.statement if isinstance(record, Need) else getattr(record, "text", "")).strip()
    if text:
        return [text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"]
    if isinstance(record, YearRevenue | AccountPlan):
        return [account_called(records, record.account), str(record.year)]
    if isinstance(record, Review):
        return [account_called(records, record.account), record.held_on.isoformat()]
    if isinstance(record, Snapshot):
        return [_named(records, record.subject), record.month.strftime("%Y-%m")]
    somebody = getattr(record, "person", None) or getattr(record, "employee", None)
    project = records.get(Project, getattr(record, "project", None))
    on = getattr(record, "assessed_on", getattr(record, "held_on", None))
    person = called(records, somebody) if somebody else ""
    return [person, project.name if project else "", on.isoformat() if on else ""]


def _joined(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)


def _named(records: Records, key: str) -> str:
    record = records.find(key)
    if record is None:
        return key
    return str(title_of(records, record))
