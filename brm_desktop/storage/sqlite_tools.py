"""sqlite-utils, taken in without numpy.

It imports numpy where there is one, to store numpy's numbers. We store none, and numpy is here for
the charts alone: left out, a store opens a quarter of a second sooner and in 12 MB less. The driver
imports this, and so whatever opens a store does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Database"]


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
    from sqlite_utils import Database
