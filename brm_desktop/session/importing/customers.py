"""Finding accounts by what a file calls their customer."""

from __future__ import annotations

from dataclasses import dataclass

from brm_desktop.domain.act import Act
from brm_desktop.domain.edits import Draft, create_account
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId, Money, Organisation, OrganisationKind
from brm_desktop.exchange.mapping import Entry
from brm_desktop.session.importing.words import money, plain_text, shown, unit


@dataclass(frozen=True, slots=True)
class Customers:
    """How names of customers are found, and what is assumed where a row does not say it.

    ``home`` is the account of rows that name none; ``currency`` that of amounts that name none.
    """

    currency: str
    create_missing: bool
    home: AccountId | None = None

    def named(self, draft: Draft, name: str) -> Organisation | None:
        """The customer of a name or short name."""
        wanted = plain_text(name)
        for field in ("name", "short_name"):
            for one in draft.where(Organisation, **{field: wanted}):
                if one.kind is OrganisationKind.CUSTOMER:
                    return one
        return None

    def account_named(self, draft: Draft, name: str) -> AccountId | None:
        """The account of the customer of a name or short name."""
        customer = self.named(draft, name)
        found = draft.where(Account, organisation=customer.id) if customer else ()
        return found[0].id if found else None

    def account_of(self, draft: Draft, act: Act, entry: Entry) -> AccountId:
        """The account that a row is of; made when that is allowed.

        Raises
        ------
        Refused
            When it names none and there is no usual one, or one that is not there.
        """
        name = plain_text(entry.values.get("account", ""))
        found = self.account_named(draft, name) if name else self.home
        if found is not None:
            return found
        if not name:
            raise Refused(phrase("The row names no account."))
        if not self.create_missing:
            raise Refused(phrase("No account is called {name}.", name=shown(name)))
        return draft.do(create_account, act, name=name).added(Account)[0].id

    def account_called(self, draft: Draft, act: Act, name: str) -> Account:
        """The account of the customer of a name, made when there is none."""
        known = self.account_named(draft, name)
        if known is not None:
            return draft.one(Account, known)
        customer = self.named(draft, name)
        called = customer.name if customer else plain_text(name)
        return draft.do(create_account, act, name=called).added(Account)[0]

    def amount(self, entry: Entry, field: str) -> Money | None:
        """An amount of a row, in the currency and the unit that the row says or that are usual."""
        currency = plain_text(entry.values.get("currency", self.currency)).upper()
        return money(entry.values.get(field), field, currency, unit(entry.values.get("unit")))
