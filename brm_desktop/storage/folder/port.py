"""A company's asset in a folder as the merger works with it: ``storage.sharing.port.Port``.

The folder may lie on a network drive, since files appear in it whole; the database may not, and is
a BRM store, opened by one program at a time: whoever has it open is the one who merges.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.errors import NotAStore, StoreProblem
from brm_desktop.domain.membership import Member
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.replies import Trouble
from brm_desktop.storage.folder.letterbox import Card, Letterbox, done_with
from brm_desktop.storage.folder.reading import FolderReading
from brm_desktop.storage.folder.rows import FolderRows
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.sharing.port import About, Letter

if TYPE_CHECKING:
    from sqlite_utils import Database

CACHE_KIB: Final = 512 * 1024
"""Room for the pages that a bundle of 10,000 rows from all over an asset touches, and for the
indexes of a million: what has to leave is encrypted and decrypted again and again."""

_ABOUT: Final = "about"
_PRIVATE: Final = "private"
_NAMES: Final = ("asset", "name", "organisation", "organisation_name")


class FolderPort:
    """An asset in a folder, its database open; ``now`` tells the milliseconds since 1970."""

    def __init__(
        self, folder: Path, store: LocalStore, now: Callable[[], int], sticks: Sequence[Path] = ()
    ) -> None:
        """Join a folder and its database, which is closed with it.

        Bundles that lie on ``sticks`` are taken as well, and answers left there.

        Raises
        ------
        StoreProblem
            When the store is not the database of that folder's asset.
        """
        self._store = store
        self._now = now
        self._boxes = [Letterbox(folder), *map(Letterbox, sticks)]
        try:
            store.take_up(now())
            with store.transaction() as db:
                db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
                self._about = _about(db, store.path)
            card = self._boxes[0].card()
            if card.asset != self._about.asset:
                raise StoreProblem(
                    phrase(
                        "{name} is the database of another shared asset than that in {folder}.",
                        name=store.path.name,
                        folder=str(folder),
                    )
                )
        except BaseException:
            store.close()
            raise
        self._about = replace(self._about, address=str(folder))

    @staticmethod
    def create(folder: Path, store: LocalStore, about: About, now: Callable[[], int]) -> FolderPort:
        """Make an asset of an empty store and a folder; raises ``StoreProblem``."""
        told = ((_ABOUT, json.dumps(_plain(about))), (_PRIVATE, about.private.hex()))
        names = {name: getattr(about, name) for name in _NAMES}
        box = Letterbox(folder)
        try:
            with store.transaction() as db:
                db.conn.executemany("INSERT INTO asset VALUES (?, ?)", told)
            box.make()
            box.put_card(Card(**names, keys=about.public))
        except BaseException:
            store.close()
            raise
        return FolderPort(folder, store, now)

    @property
    def about(self) -> About:
        """What the asset is."""
        return self._about

    @property
    def is_remote(self) -> bool:
        """The database is on this machine, and works when it is asked."""
        return False

    @property
    def store(self) -> LocalStore:
        """The database."""
        return self._store

    @contextmanager
    def merging(self) -> Iterator[None]:
        """Be the one who merges: whoever has the database open is."""
        yield

    @contextmanager
    def transaction(self) -> Iterator[FolderRows]:
        """Read and change what is kept; raises ``StoreProblem``."""
        with self._store.transaction() as db:
            rows = FolderRows(db, self._store.site, self._now)
            yield rows
            rows.finish()

    @contextmanager
    def reading(self) -> Iterator[FolderReading]:
        """Read the records; raises ``StoreProblem``."""
        yield FolderReading(self._store)

    def waiting(self) -> list[Letter]:
        """The bundles in the inbox and on the sticks."""
        main, *sticks = self._boxes
        letters = main.waiting(must_be=True)
        for stick in sticks:
            letters += stick.waiting(must_be=False)
        return letters

    def settle(self, letter: Letter, state: str) -> None:
        """Take a bundle out of the inbox; one that was refused stays under another name."""
        done_with(letter, refused=state == Trouble.REFUSED)

    def deliver(self, member: Member, reply: Callable[[Path], None] | None) -> None:
        """Put an answer into the folder, and on those sticks that the site sends through."""
        main, *sticks = self._boxes
        main.deliver(member.site, reply)
        for stick in sticks:
            if stick.has(member.site):
                stick.answer_as(main, member.site)

    def write_anew(self) -> None:
        """Let nothing of what was erased stay in the database; raises ``StoreProblem``."""
        self._store.write_anew()

    def close(self) -> None:
        """Close the database."""
        self._store.close()


def company_of(store: LocalStore) -> tuple[str, str] | None:
    """Id and name of the company whose asset a store is the database of; ``None`` if of none."""
    with store.transaction() as db:
        found = db.execute('SELECT value FROM asset WHERE "key" = ?', [_ABOUT]).fetchone()
    if found is None:
        return None
    told = json.loads(found[0])
    return told["organisation"], told["organisation_name"]


def _about(db: Database, path: Path) -> About:
    """What the database says; raises ``NotAStore`` when it is a store of somebody's."""
    values: dict[str, str] = dict(db.execute('SELECT "key", value FROM asset').fetchall())
    if _ABOUT not in values:
        raise NotAStore(phrase("{name} is not the database of a shared asset.", name=path.name))
    told: dict[str, Any] = json.loads(values[_ABOUT])
    keys = PublicKeys.from_hex(told.pop("keys"))
    return About(**told, address="", public=keys, private=bytes.fromhex(values[_PRIVATE]))


def _plain(about: About) -> dict[str, str]:
    return {name: getattr(about, name) for name in _NAMES} | {"keys": about.public.hex()}
