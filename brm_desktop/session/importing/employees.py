"""Rows of colleagues: people of our own company, with the manager and the office of each."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from brm_desktop.exchange.headers import Subject
from brm_desktop.exchange.mapping import Entries, Entry
from brm_desktop.session.importing.names import OWN

_AS_PEOPLE: Final = {"manager": "reports_to", "office": "department"}


def colleagues_as_people(entries: Entries) -> Entries:
    """The rows of a file of employees as rows of people of ours: an office is a department."""
    return replace(
        entries,
        subject=Subject.PEOPLE,
        fields=frozenset(_AS_PEOPLE.get(name, name) for name in entries.fields) | {"organisation"},
        rows=tuple(_as_person(entry) for entry in entries.rows),
    )


def _as_person(entry: Entry) -> Entry:
    values = {_AS_PEOPLE.get(name, name): value for name, value in entry.values.items()}
    return replace(entry, values=MappingProxyType({**values, "organisation": OWN}))
