"""Stores that are damaged by the page, and what is saved of them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pages import PAGE
from stores import SITE, an_entry, many_accounts

from brm_desktop.domain.change import Change
from brm_desktop.storage.driver import connect
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.salvaging.salvage import Salvaged, salvage

KEY = StoreKey(bytes(range(32)))
RECORDS = many_accounts(12, 12)


def filled(path: Path, key: StoreKey | None) -> Path:
    """A store of many accounts."""
    store = LocalStore.create(path, SITE, key)
    store.write(Change.of((), RECORDS), an_entry())
    store.close()
    return path


def damage(path: Path, *pages: int, filler: bytes = b"\xff") -> None:
    """Write over whole pages, the first being page 1."""
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE : page * PAGE] = (filler * PAGE)[:PAGE]
    path.write_bytes(content)


def what_is_left(path: Path, key: StoreKey | None) -> tuple[Salvaged, Path]:
    """Save what is left into a store beside; gives what was found, and where it is."""
    target = path.with_name("saved.brm")
    target.unlink(missing_ok=True)
    return salvage(path, target, key, 5, key), target


def rows_of(path: Path, key: StoreKey | None, table: str) -> set[int]:
    """The numbers of the rows of a table."""
    with closing(connect(path, "immutable", key)) as connection:
        return {row for (row,) in connection.execute(f"SELECT number FROM {table}")}
