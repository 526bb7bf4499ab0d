"""Reading records out of a folder's asset: its database is a store like any other."""

from __future__ import annotations

from collections.abc import Mapping

from brm_desktop.domain.records import AccountId, Records
from brm_desktop.storage.local_store import LocalStore


class FolderReading:
    """What a report reads of an asset in a folder: ``storage.sharing.port.Reading``."""

    def __init__(self, store: LocalStore) -> None:
        self._store = store
        self._shared = store.load_shared()

    def accounts(self) -> list[AccountId]:
        """The ids of all accounts."""
        return sorted(account for account, _, _ in self._store.account_names())

    def account(self, account: AccountId) -> Records:
        """An account's records with the shared part beside them."""
        found = self._store.load_account(account)
        return self._shared.with_changes((), (one for one in found if one.id not in self._shared))

    def contributed(self) -> Mapping[str, int]:
        """How many rows each site shares."""
        with self._store.transaction() as db:
            found = db.execute(
                "SELECT lower(hex(site)), count(*) FROM reach WHERE audience <> '' GROUP BY site"
            )
            return dict(found.fetchall())

    def bundles(self) -> Mapping[tuple[str, str], int]:
        """How many bundles of each site are in which state."""
        with self._store.transaction() as db:
            found = db.execute(
                "SELECT lower(hex(site)), state, count(*) FROM inbound GROUP BY site, state"
            )
            return {(site, state): count for site, state, count in found}
