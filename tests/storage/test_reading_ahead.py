"""A bundle is read ahead by another thread, and says the same as if it were not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from brm_desktop.storage.sharing.ahead import in_slices


@pytest.mark.parametrize("count", [0, 1, 3, 4, 6, 7])
def test_all_comes_in_its_order(count: int) -> None:
    slices = list(in_slices(iter(range(count)), 3))
    assert [one for some in slices for one in some] == list(range(count))
    assert all(len(some) == 3 for some in slices[:-1])
    assert all(slices)


@pytest.mark.parametrize("good", [0, 2, 3, 5])
def test_what_reading_raises_comes_after_what_was_read_before_it(good: int) -> None:
    def items() -> Iterator[int]:
        yield from range(good)
        raise ValueError("damaged")

    slices = in_slices(items(), 3)
    whole = [next(slices) for _ in range(-(-good // 3))]
    assert [one for some in whole for one in some] == list(range(good))
    with pytest.raises(ValueError, match="damaged"):
        next(slices)


def test_whoever_stops_before_the_end_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    with closing(in_slices(iter(range(100)), 3)) as slices:
        assert next(slices) == [0, 1, 2]
    assert threading.active_count() == before
