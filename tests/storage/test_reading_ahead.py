"""A bundle is read in slices, by another thread or not, and says the same."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing

import pytest

from brm_desktop.storage.sharing.ahead import in_slices, in_slices_ahead

Cut = Callable[[Iterator[int], int], Generator[list[int], None, None]]
EITHER = pytest.mark.parametrize("cut", [in_slices, in_slices_ahead])


@EITHER
@pytest.mark.parametrize("count", [0, 1, 3, 4, 6, 7])
def test_all_comes_in_its_order(cut: Cut, count: int) -> None:
    slices = list(cut(iter(range(count)), 3))
    assert [one for some in slices for one in some] == list(range(count))
    assert all(len(some) == 3 for some in slices[:-1])
    assert all(slices)


@pytest.mark.parametrize("good", [0, 2, 3, 5])
def test_what_reading_raises_comes_after_what_was_read_before_it(good: int) -> None:
    def items() -> Iterator[int]:
        yield from range(good)
        raise ValueError("damaged")

    slices = in_slices_ahead(items(), 3)
    whole = [next(slices) for _ in range(-(-good // 3))]
    assert [one for some in whole for one in some] == list(range(good))
    with pytest.raises(ValueError, match="damaged"):
        next(slices)


def test_whoever_stops_before_the_end_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    with closing(in_slices_ahead(iter(range(100)), 3)) as slices:
        assert next(slices) == [0, 1, 2]
    assert threading.active_count() == before


def test_without_a_thread_nothing_is_read_before_it_is_asked_for() -> None:
    numbers = iter(range(100))
    with closing(in_slices(numbers, 3)) as slices:
        assert next(slices) == [0, 1, 2]
    assert next(numbers) == 3
