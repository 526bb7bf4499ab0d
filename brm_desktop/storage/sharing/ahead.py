"""Reading a bundle in slices, and ahead: while some is merged, a thread gets the next ready.

That saves its time where the merger waits for a server. Where merging keeps the process busy it
costs a twentieth, for two threads take the interpreter from each other.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def in_slices(items: Iterator[T], most: int) -> Generator[list[T], None, None]:
    """Items in lists of at most so many; what reading raises comes at once, and no list before."""
    while some := list(islice(items, most)):
        yield some


def in_slices_ahead(items: Iterator[T], most: int) -> Generator[list[T], None, None]:
    """Items in lists of at most so many, the next one read while the last is worked on.

    What reading raises is raised after what came before it was given.
    """
    with ThreadPoolExecutor(1, "bundle") as reader:
        some, coming = _begun(reader, items, most)
        wait((coming,))
        while len(some) == most:
            last, (some, coming) = some, _begun(reader, items, most)
            yield last
            wait((coming,))
        if some:
            yield some
        coming.result()


def _begun(
    reader: ThreadPoolExecutor, items: Iterator[T], most: int
) -> tuple[list[T], Future[None]]:
    """A list that is being filled, and the end of that."""
    some: list[T] = []
    return some, reader.submit(some.extend, islice(items, most))
