"""Rows for lists: an account in the portfolio, a line of history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import (
    AccountId,
    Lifecycle,
    Money,
    OrganisationId,
    PersonId,
    Record,
    ScreeningVerdict,
    Tier,
)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account of the portfolio, without loading it."""

    id: AccountId
    organisation: OrganisationId
    name: str
    short_name: str
    tier: Tier
    lifecycle: Lifecycle
    screening: ScreeningVerdict
    industry: str
    region: str
    spend: Money | None
    owner: PersonId | None
    owner_name: str


@dataclass(frozen=True, slots=True)
class NameLine:
    """A person or a project of some account, to be found by name without loading the account."""

    kind: type[Record]
    id: str
    name: str
    title: str
    account: AccountId
    account_name: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person of an account by what he may be called, without loading him."""

    id: PersonId
    name: str
    title: str
    external_id: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What one field was and became; ``None`` is empty, and also stands for "not there yet"."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What one edit did to one record.

    ``operation`` is the edit's stamp in hex: lines of one edit share it. ``kind`` is the record's
    class. ``author`` is the id of the employee who was the user, or "", and ``author_name`` the
    name now. ``fields`` are those that changed; of an added or removed record, those not empty.
    """

    number: int
    operation: str
    when: datetime
    author: str
    author_name: str
    name: Phrase
    kind: type[Record]
    record: str
    added: bool
    removed: bool
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class MonthsLine:
    """The months of which an account's or a company's numbers are kept.

    ``first_assessed`` is the day of the oldest statement about anyone of an account.
    """

    subject: str
    is_account: bool
    first_assessed: date | None
    months: frozenset[date]
