"""sqlite-utils, taken in without numpy.

It imports numpy where there is one, to store numpy's numbers. We store none, and numpy is here for
the charts alone: left out, a store opens a quarter of a second sooner and in 12 MB less. This is
the one place it is taken from, and not before a store is made, migrated or written to: a store that
is today's is opened and read without it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Database", "Migrations", "our_migrations"]


@contextmanager
def _numpy_left_out() -> Iterator[None]:
    """Meanwhile numpy is as if it were not installed, unless it is in use already."""
    if "numpy" in sys.modules:
        yield
        return
    sys.modules["numpy"] = None  # type: ignore[assignment]  # this is how an import is refused
    try:
        yield
    finally:
        del sys.modules["numpy"]


with _numpy_left_out():
    from sqlite_utils import Database, Migrations


def our_migrations() -> Migrations:
    """The steps by which a store came to today's schema; they import their library themselves."""
    from brm_desktop.storage.migrations import migrations

    return migrations
