"""Every page of a store damaged once: salvage brings back all but what stood on that page.

``BRM_EVERY_PAGE=1 uv run pytest -s tests/storage/test_every_page_once.py`` goes over all pages of
the sample portfolio and says how much of it came back; without it each ninth page is tried.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pages import PAGE, roots, rows_by_page

from brm_desktop.session.demo import write_demo
from brm_desktop.session.protection import Passphrase
from brm_desktop.session.session import Session
from brm_desktop.storage.driver import connect
from brm_desktop.storage.keys.store_key import StoreKey, key_of_recovery
from brm_desktop.storage.salvaging.salvage import salvage

WORDS = "four quiet words here"
STEP = 1 if os.environ.get("BRM_EVERY_PAGE") else 9
PASSING = {"_sqlite_migrations", "site"}
"""What a salvaged store has of its own."""
INDEX = (2, 10)
"""What a page of an index begins with."""
Lines = Counter[tuple[str, Any]]


def _sample(path: Path, *, encrypted: bool) -> StoreKey | None:
    if not encrypted:
        write_demo(path)
        return None
    write_demo(path, protection=Passphrase(WORDS))
    with Session.open(path, secret=WORDS) as session:
        return key_of_recovery(session.recovery_key)


def _lines(path: Path, key: StoreKey | None) -> Lines:
    """Every row of every table."""
    with closing(connect(path, "immutable", key)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return Counter(
            (name, row)
            for (name,) in names
            if name not in PASSING
            for row in connection.execute(f'SELECT * FROM "{name}"')
        )


def _by_page(path: Path) -> dict[int, Lines]:
    """What stands on each page of a plain store."""
    found: dict[int, Lines] = {}
    whole = path.read_bytes()
    with closing(connect(path, "immutable")) as connection:
        for table, root in roots(path).items():
            if whole[(root - 1) * PAGE] in INDEX:
                continue  # a table without row numbers, of which the sample has no rows
            numbered = {
                row[0]: row[1:] for row in connection.execute(f'SELECT rowid, * FROM "{table}"')
            }
            for page, numbers in rows_by_page(whole, root).items():
                found[page] = Counter((table, numbered[number]) for number in numbers)
    return found


@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
def test_a_damaged_page_costs_what_stood_on_it_and_no_more(tmp_path: Path, encrypted: bool) -> None:
    path, target = tmp_path / "sample.brm", tmp_path / "saved.brm"
    key = _sample(path, encrypted=encrypted)
    whole, before = path.read_bytes(), _lines(path, key)
    standing = _by_page(path) if key is None else {}
    shares, untouched = [], 0
    for page in range(1, len(whole) // PAGE + 1, STEP):
        start = (page - 1) * PAGE
        path.write_bytes(whole[:start] + b"\xff" * PAGE + whole[start + PAGE :])
        target.unlink(missing_ok=True)
        found = salvage(path, target, key, 5, key, salts=[whole[:16]])
        lost = before - _lines(target, key)
        shares.append(1 - lost.total() / before.total())
        untouched += not lost
        assert lost <= standing.get(page, Counter()) or key is not None
        assert len({table for table, _ in lost}) <= 1
        assert not lost or found.lost, "what is lost is said"
        rebuilt = sum(found.rebuilt.values())
        assert lost.total() <= sum(one.rows or 0 for one in found.lost) + rebuilt
    told = f"{len(shares)} pages: nothing lost by {untouched}, at worst {min(shares):.1%} is saved"
    sys.stdout.write(f"{told}, on the average {sum(shares) / len(shares):.2%}\n")
    assert min(shares) > 0.97
