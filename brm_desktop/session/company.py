"""What each account brings to the company's relations, kept until a change touches it.

Accounts are read in a worker without being shown, so that pages over all accounts show none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Final, Generic, Protocol, TypeVar

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import NotFound
from brm_desktop.domain.records import (
    REFERENCES,
    Account,
    AccountId,
    AccountPlan,
    Action,
    Contribution,
    Need,
    Opportunity,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    Placement,
    Product,
    Project,
    Record,
    Records,
    Review,
    Snapshot,
    SupportRequest,
    TeamMember,
    YearRevenue,
)
from brm_desktop.domain.relations_held import AccountRelations, relations_held
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.spelling import name_order
from brm_desktop.session.session import Session

Kinds = tuple[type[Record], ...]

_NO_RELATIONS: Final[Kinds] = (
    AccountPlan,
    Action,
    Contribution,
    Need,
    Placement,
    Product,
    Review,
    Snapshot,
    SupportRequest,
    TeamMember,
    YearRevenue,
)
"""Kinds that no relation is computed from."""

_OF_ACCOUNTS: Final[Kinds] = (Account, Person, Project, Opportunity, Organisation)
"""Kinds that tell which account a record belongs to."""

_NAMING: Final = {
    kind: tuple(
        reference.field
        for reference in REFERENCES
        if reference.kind is kind and not set(_OF_ACCOUNTS).isdisjoint(reference.targets)
    )
    for kind in {reference.kind for reference in REFERENCES}
}
"""The fields of each kind that name one of them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a worker needs to read accounts as they are now; made on the session's thread."""

    session: Session
    records: Records
    rules: Rules
    user: PersonId | None
    today: date

    @classmethod
    def of(cls, session: Session) -> Reading:
        """The present state of a session."""
        settings = session.settings
        return cls(session, session.records, settings.rules, settings.user, session.today())

    def analysis(self, account: AccountId) -> AccountAnalysis | None:
        """An account's numbers, read without showing it; ``None`` when it is gone."""
        records = self.records
        if records.get(Account, account) is None:
            try:
                loaded = self.session.read_account(account).records
            except NotFound:
                return None
            records = records.with_changes((), (one for one in loaded if one.id not in records))
        return AccountAnalysis(records, account, self.today, self.rules, self.user)

    def block(
        self, accounts: Sequence[AccountId], *, due: bool = False
    ) -> Iterator[AccountAnalysis]:
        """The numbers of some accounts, of those that are there; read at once, shown to nobody.

        Only what ``storage/rows/blocks.py`` names is in their records, or all of an open account;
        with ``due`` what is due, too.
        """
        now = self.records
        unread = [one for one in accounts if now.get(Account, one) is None]
        read = self.session.read_block(unread, now, due=due) if unread else ()
        new = (one for one in read if now.get(type(one), one.id) is None)
        records = now.with_changes((), new)
        whole = AccountAnalysis(records, AccountId(""), self.today, self.rules, self.user)
        for account in accounts:
            if records.get(Account, account) is not None:
                yield whole.beside(account)

    def relations(self, account: AccountId) -> AccountRelations | None:
        """What relations the sides hold in an account; ``None`` when it is gone."""
        analysis = self.analysis(account)
        return None if analysis is None else relations_held(analysis)


class OfAccount(Protocol):
    """A small value that says something of one account."""

    @property
    def account(self) -> AccountId:
        """The account's id."""

    @property
    def name(self) -> str:
        """The account's name."""


T = TypeVar("T", bound=OfAccount)


def _by_name(one: OfAccount) -> tuple[str, str]:
    return name_order(one.name), one.account


class AccountsBook(Generic[T]):
    """One small value of each account read so far.

    ``indifferent`` are the kinds of record that it is not computed from; one ``of_all`` is part of
    what is said of every account.
    """

    def __init__(self, indifferent: Kinds = _NO_RELATIONS, of_all: Kinds = ()) -> None:
        self._indifferent = indifferent
        self._of_all = frozenset(of_all)
        self._held: dict[AccountId, T] = {}
        self._in_order: tuple[T, ...] | None = None
        self._on: date | None = None

    def __len__(self) -> int:
        """Of how many accounts something is shown."""
        return len(self._shown())

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of any account."""
        return not self._held

    @property
    def held(self) -> tuple[T, ...]:
        """What is known, by the accounts' names; put in order once, until it is something else."""
        if self._in_order is None:
            shown = self._shown().values()
            self._in_order = tuple(sorted(shown, key=_by_name))
        return self._in_order

    def missing(self, accounts: Iterable[AccountId], today: date) -> list[AccountId]:
        """Which of all accounts are not known today; what is no account any more is forgotten."""
        if today != self._on:
            self._held.clear()
            self._in_order = None
            self._on = today
        there = list(accounts)
        for gone in self._held.keys() - set(there):
            del self._held[gone]
            self._in_order = None
        return [account for account in there if account not in self._held]

    def have(self, found: T) -> None:
        """Keep what was read of an account."""
        self._held[found.account] = found
        self._in_order = None

    def clear(self) -> None:
        """Forget everything, as after other rules."""
        self._held.clear()
        self._in_order = None

    def forget(self, records: Records, change: Change) -> frozenset[AccountId] | None:
        """Forget what a change touches, and say which accounts; ``None`` says all of them."""
        touched = None
        if not change.kinds() & self._of_all:
            touched = accounts_touched(records, change, self._indifferent)
        if touched == frozenset():
            return touched
        self._in_order = None
        if touched is None:
            self._held.clear()
            return None
        for account in touched:
            self._held.pop(account, None)
        return touched

    def _shown(self) -> Mapping[AccountId, T]:
        """What is shown of each account."""
        return self._held


RelationsBook = AccountsBook[AccountRelations]
"""The relations of the accounts read so far."""


def accounts_touched(
    records: Records, change: Change, indifferent: Kinds = _NO_RELATIONS
) -> frozenset[AccountId] | None:
    """The accounts whose relations a change may have changed; ``None`` when it may be any.

    ``records`` are those after the change; kinds that are ``indifferent`` change nothing. An empty
    change tells of accounts that are not loaded.
    """
    if not change:
        return None
    touched = _Touched(records, change, indifferent)
    return None if touched.reaches_all() else frozenset(touched.accounts())


class _Touched:
    """Which accounts the records of a change belong to, before it and after.

    They are gone through a kind at a time, for an import or a merge changes ten thousand at once.
    """

    def __init__(self, records: Records, change: Change, indifferent: Kinds) -> None:
        self._records = records
        self._change = change
        self._at: dict[OrganisationId | None, frozenset[AccountId]] = {}
        self._gone = [one for one in change.before.values() if isinstance(one, Account)]
        by_kind: dict[type[Record], list[Record]] = {}
        for one in chain(change.before.values(), change.after.values()):
            by_kind.setdefault(type(one), []).append(one)
        self._told = {
            kind: some for kind, some in by_kind.items() if not issubclass(kind, indifferent)
        }

    def reaches_all(self) -> bool:
        """Whether some record of the shared part went, or works elsewhere, or has left."""
        shared = {Organisation, Person} & self._told.keys()
        were = (one for one in self._change.before.values() if type(one) in shared)
        return any(map(self._reaches_all, were))

    def accounts(self) -> set[AccountId]:
        """The accounts that the change, or whatever its records name, belongs to."""
        return self._accounts_of([*chain(*self._told.values()), *self._known(self._named())])

    def _reaches_all(self, before: Record) -> bool:
        after = self._change.after.get(before.id)
        if isinstance(before, Organisation):
            return after is None and before.kind is not OrganisationKind.CUSTOMER
        if not isinstance(before, Person) or self._accounts_at(before.organisation):
            return False
        if not isinstance(after, Person):
            return True
        return (before.organisation, before.left_on) != (after.organisation, after.left_on)

    def _named(self) -> set[str]:
        """The ids of what the records name and what is no record of the change itself."""
        named: set[str] = set()
        for kind, some in self._told.items():
            for field in _NAMING.get(kind, ()):
                values = set(map(attrgetter(field), some)) - {None, ""}
                for value in values:
                    named.update(value if isinstance(value, tuple) else (value,))
        return named.difference(one.id for some in self._told.values() for one in some)

    def _known(self, keys: Iterable[str]) -> Iterator[Record]:
        """What has one of the ids, before and after, of the kinds that belong to accounts."""
        for key in keys:
            for one in (self._change.before.get(key), self._change.after.get(key)):
                if one is not None:
                    yield one
            for kind in _OF_ACCOUNTS:
                found = self._records.get(kind, key)
                if found is not None:
                    yield found

    def _accounts_of(self, some: Iterable[Record]) -> set[AccountId]:
        """The accounts that some records belong to."""
        found: set[AccountId] = set()
        places: set[OrganisationId | None] = set()
        for record in some:
            if isinstance(record, Person):
                places.add(record.organisation)
            elif isinstance(record, Account):
                found.add(record.id)
            elif isinstance(record, Project | Opportunity):
                found.add(record.account)
            elif isinstance(record, Organisation):
                places.add(record.id)
        return found.union(*map(self._accounts_at, places))

    def _accounts_at(self, organisation: OrganisationId | None) -> frozenset[AccountId]:
        if organisation not in self._at:
            there = (*self._records.where(Account, organisation=organisation), *self._gone)
            self._at[organisation] = frozenset(
                one.id for one in there if one.organisation == organisation
            )
        return self._at[organisation]
