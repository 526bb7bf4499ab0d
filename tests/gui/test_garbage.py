"""Garbage is collected between two events, and what a job has read is not gone through."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from brm_desktop.gui.garbage import GarbageCollector


class Circle:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp: object) -> Iterator[GarbageCollector]:
    gc.freeze()  # what other tests left is none of this one's business
    parent = QObject()
    yield GarbageCollector(parent)
    parent.deleteLater()


def test_a_circle_goes_when_enough_has_come(collector: GarbageCollector) -> None:
    gone = weakref.ref(Circle())
    kept = [[] for _ in range(gc.get_threshold()[0] + 1)]  # type: ignore[var-annotated]
    collector.collect()
    assert gone() is None
    assert kept


def test_what_a_job_has_read_is_put_aside_and_goes_when_nobody_holds_it(
    collector: GarbageCollector,
) -> None:
    before = gc.get_freeze_count()
    read = [object.__new__(Circle) for _ in range(150_000)]
    collector.collect()
    assert gc.get_freeze_count() - before >= 150_000
    last = weakref.ref(read[-1])
    read.clear()
    assert last() is None


def test_a_circle_that_grew_older_goes_when_its_generation_has_its_turn(
    collector: GarbageCollector,
) -> None:
    older, kept = Circle(), []
    gone = weakref.ref(older)
    kept.append(_enough())
    collector.collect()
    del older
    kept.append(_enough())
    collector.collect()
    assert gone() is not None, "only what is new was gone through"
    while gc.get_count()[1] <= gc.get_threshold()[1]:
        kept.append(_enough())
        collector.collect()
    kept.append(_enough())
    collector.collect()
    assert gone() is None


def test_what_came_little_by_little_is_put_aside_before_it_is_too_much_to_go_through(
    collector: GarbageCollector,
) -> None:
    before, read = gc.get_freeze_count(), []
    through: list[int] = []
    gc.callbacks.append(lambda _phase, told: through.append(told["generation"]))
    try:
        for _ in range(2 * gc.get_threshold()[1]):
            read.append([object.__new__(Circle) for _ in range(10_000)])
            collector.collect()
    finally:
        gc.callbacks.pop()
    assert max(through) == 0, "a generation of a hundred thousand objects was gone through"
    assert gc.get_freeze_count() - before >= 100_000


def _enough() -> list[list[object]]:
    """More new objects than the youngest generation waits for."""
    return [[] for _ in range(2 * gc.get_threshold()[0])]
