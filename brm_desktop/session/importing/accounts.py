"""Rows of accounts: customers, what they buy, and what they are part of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from brm_desktop.domain.act import Act
from brm_desktop.domain.composite import ENTERED
from brm_desktop.domain.edits import (
    Draft,
    add_organisation,
    revise_account,
    revise_organisation,
    set_revenue,
)
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Account, AccountId, Money, Organisation, Tier
from brm_desktop.exchange.mapping import Entries, Entry
from brm_desktop.session.importing.customers import Customers
from brm_desktop.session.importing.named_rows import name_in
from brm_desktop.session.importing.report import Outcomes
from brm_desktop.session.importing.row_faults import all_faults
from brm_desktop.session.importing.words import plain_text, score, shown, without_blanks, word

_TEXTS: Final = ("industry", "region", "customer_type", "strategic_reason")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says, read and within its limits; blank cells say nothing."""

    name: str
    fields: Mapping[str, Any]
    year: int
    revenue: Money | None


def import_accounts(
    draft: Draft,
    act: Act,
    entries: Entries,
    outcomes: Outcomes,
    customers: Customers,
) -> None:
    """Make and change accounts as the rows of a file say, then hang them under their parents.

    Revenue of a row that names no year is of the last full year.
    """
    seen: dict[AccountId, int] = {}
    placed: list[tuple[Entry, Organisation]] = []
    for entry in entries.rows:
        with outcomes.deciding(draft, entry.row):
            account = _import_row(draft, act, entry, customers, seen)
            placed.append((entry, draft.one(Organisation, account.organisation)))
    for entry, organisation in placed:
        with outcomes.deciding(draft, entry.row, _without_parent):
            _put_under_parent(draft, act, entry, organisation, customers)


def _import_row(
    draft: Draft, act: Act, entry: Entry, customers: Customers, seen: dict[AccountId, int]
) -> Account:
    said = _read(act, entry, customers)
    name = said.name
    account = customers.account_called(draft, act, name)
    if account.id in seen:
        raise Refused(
            phrase("Line {line} already says who {person} is.", line=seen[account.id], person=name)
        )
    draft.do(revise_account, act, account.id, **said.fields)
    if said.revenue is not None:
        draft.do(set_revenue, act, account.id, said.year, said.revenue)
    seen[account.id] = entry.line
    return account


def _read(act: Act, entry: Entry, customers: Customers) -> _Said:
    values = entry.values
    with all_faults() as faults:
        noting = faults.noting
        name = noting(name_in, entry)
        revenue = noting(customers.amount, entry, "revenue")
        year = noting(_year, values.get("year"), act)
        chosen = {
            "expected_annual_spend": noting(customers.amount, entry, "expected_annual_spend"),
            "tier": noting(word, Tier, values.get("tier"), "tier"),
            **{name: noting(score, values.get(name), name) for name in ENTERED.values()},
        }
    assert name is not None, "a row without one is refused"
    assert year is not None, "a row of no year is refused"
    texts = {key: values[key] for key in _TEXTS if key in values}
    return _Said(name, texts | without_blanks(chosen), year, revenue)


def _year(text: str | None, act: Act) -> int:
    if not text:
        return act.today.year - 1
    plain = plain_text(text).removesuffix("年")
    if len(plain) != 4 or not plain.isdecimal() or not 1900 <= int(plain) <= 2200:
        raise Refused(phrase("year is {value}: it is no year.", value=shown(text)))
    return int(plain)


def _put_under_parent(
    draft: Draft, act: Act, entry: Entry, organisation: Organisation, customers: Customers
) -> None:
    name = plain_text(entry.values.get("parent", ""))
    if not name:
        return
    parent = customers.named(draft, name)
    if parent is None and customers.create_missing:
        change = draft.do(add_organisation, act, name=name)
        parent = change.added(Organisation)[0]
    if parent is None:
        raise Refused(phrase("No customer is called {name}.", name=name))
    draft.do(revise_organisation, act, organisation.id, parent=parent.id)


def _without_parent(refused: Refused) -> Phrase:
    return phrase("{reason} The account is in, its parent is not.", reason=refused.sentence)
