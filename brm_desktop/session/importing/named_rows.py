"""Rows that are each about something of one customer, known by account and name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from brm_desktop.domain.act import Act
from brm_desktop.domain.edits import Draft
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId
from brm_desktop.exchange.mapping import Entries, Entry
from brm_desktop.session.importing.agreeing import SaidBefore
from brm_desktop.session.importing.customers import Customers
from brm_desktop.session.importing.field_names import said_field
from brm_desktop.session.importing.report import Outcomes
from brm_desktop.session.importing.row_faults import RowFaults, all_faults
from brm_desktop.session.importing.words import plain_text

Fields = dict[str, Any]


def import_of_customers(
    draft: Draft,
    act: Act,
    entries: Entries,
    outcomes: Outcomes,
    customers: Customers,
    read: Callable[[Entry, RowFaults], Fields],
    put: Callable[[AccountId, str, Fields], object],
) -> None:
    """Put in what each row says, unless a row above says otherwise of the same."""
    before = SaidBefore()
    for entry in entries.rows:
        with outcomes.deciding(draft, entry.row):
            with all_faults() as faults:
                account = faults.noting(customers.account_of, draft, act, entry)
                name = faults.noting(name_in, entry)
                said = read(entry, faults)
            assert account is not None, "a row without one is refused"
            assert name is not None, "a row without one is refused"
            before.check((account, name), said, entry.line, name)
            put(account, name, said)


def name_in(entry: Entry) -> str:
    """The name that a row is about.

    Raises
    ------
    Refused
        When it has none.
    """
    name = plain_text(entry.values.get("name", ""))
    if not name:
        raise Refused(phrase("The row has no name."))
    return name


def needed(entry: Entry, field: str) -> str:
    """What a row says in a field that it cannot do without; raises ``Refused``."""
    value = entry.values.get(field)
    if not value:
        raise Refused(phrase("The row names no {field}.", field=said_field(field)))
    return value
