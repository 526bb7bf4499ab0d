"""A look at an asset in the same window: everything a store shows, and nothing to change.

It is a copy as of now that goes when it is closed: of a folder's database, under the asset's own
key, or made of the rows on a server, under a key of its own that nobody keeps. The merger is kept
waiting only while it is made.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import NotAStore, Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Organisation, OrganisationId, OrganisationKind
from brm_desktop.session.clock import Clock, SystemClock
from brm_desktop.session.protection import open_store
from brm_desktop.session.session import Session
from brm_desktop.session.supposing import Book
from brm_desktop.session.working_set import Written
from brm_desktop.storage.copies.copying import Stopped, never
from brm_desktop.storage.folder.port import company_of
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.merging.link import AssetLink

if TYPE_CHECKING:
    from brm_desktop.storage.postgres.port import PostgresPort

_ONLY_A_VIEW: Final = phrase("This is a view of the shared asset; nothing is changed in it.")


def open_asset_view(
    path: Path,
    *,
    secret: str | None = None,
    clock: Clock | None = None,
    stopped: Stopped = never,
) -> AssetView:
    """Look at an asset's database: copies it, which for a million people takes some seconds.

    Raises
    ------
    NotAStore
        When it is not the database of a shared asset.
    StoreProblem
        When it cannot be opened, as while the merger is at work, or there is no room for the copy.
    """
    folder = Path(tempfile.mkdtemp(prefix="brm-asset-"))
    try:
        store = open_store(path, secret)
        try:
            company = company_of(store)
            if company is None:
                raise NotAStore(
                    phrase("{name} is not the database of a shared asset.", name=path.name)
                )
            store.copy_to(folder / path.name, stopped)
            key = store.key
        finally:
            store.close()
        view = AssetView(LocalStore(folder / path.name, key), clock or SystemClock())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    view.have_company(*company)
    return view


def open_server_view(
    address: str, *, clock: Clock | None = None, stopped: Stopped = never
) -> AssetView:
    """Look at an asset on a server, as one who merges; a million people take some minutes.

    Raises
    ------
    StoreProblem
        When the server cannot be reached, the login does not merge, there is no room for the copy,
        or ``stopped`` said so.
    """
    from brm_desktop.storage.postgres.port import PostgresPort

    clock = clock or SystemClock()
    folder = Path(tempfile.mkdtemp(prefix="brm-asset-"))
    try:
        with closing(PostgresPort(address)) as port:
            path = folder / "asset.brm"
            store = LocalStore.create(path, clock.bits(64), StoreKey.random())
            view = AssetView(store, clock)
            try:
                _fill(view, port, clock.millis(), stopped)
            except BaseException:
                store.close()
                raise
            view.have_company(port.about.organisation, port.about.organisation_name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return view


def _fill(view: AssetView, port: PostgresPort, now: int, stopped: Stopped) -> None:
    """Take in all rows of an asset, as a store does that has nothing of it yet."""
    about, store = port.about, view.shared_store
    store.save_link(
        AssetLink(
            asset=about.asset,
            name=about.name,
            address="",
            public_keys=about.public.hex(),
            private_keys=b"",
            role="",
            team="",
            rep="",
            site=f"{store.site:016x}",
        )
    )
    with port.reading() as reading:
        reply = reading.everything(about, f"{store.site:016x}", now)
        entry = phrase("Opening the shared asset")
        taken = view.take_in(entry, lambda one: store.fold(reply, one, stopped=stopped))
    view.show_written(taken.written)


class AssetView(Session):
    """An asset to look at. What if works, in memory; whatever would be written is refused."""

    is_asset: ClassVar[bool] = True

    def __init__(self, store: LocalStore, clock: Clock) -> None:
        self._is_made = False
        super().__init__(store, clock)

    def have_company(self, organisation: str, name: str) -> None:
        """See that our own organisation is there, though no rep has sent it yet."""
        if not self.records.where(Organisation, kind=OrganisationKind.OWN):
            ours = Organisation(
                id=OrganisationId(organisation), name=name, kind=OrganisationKind.OWN
            )
            self.apply(phrase("Create the store"), Change.of((), (ours,)), undoable=False)
        self._is_made = True

    def keep_supposed(self) -> None:
        """Nothing that was supposed is kept; raises ``Refused``."""
        raise Refused(_ONLY_A_VIEW)

    def close(self) -> None:
        """Close the copy and take it away."""
        folder = self.path.parent
        super().close()
        shutil.rmtree(folder, ignore_errors=True)

    def _entered(self, book: Book, change: Change, write: Callable[[], Change]) -> Written:
        if self._is_made and book is self._store:
            raise Refused(_ONLY_A_VIEW)
        return super()._entered(book, change, write)
