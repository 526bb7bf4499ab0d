from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from time import time
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as some

from brm_desktop.domain.stamp import Stamp
from brm_desktop.session.clock import HeldClock, IdMaker, SetClock, StampMaker, SystemClock

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


def test_the_system_clock_shows_the_time() -> None:
    clock = SystemClock()
    assert abs(clock.millis() / 1000 - time()) < 5
    assert abs(clock.today() - datetime.now().astimezone().date()) <= timedelta(days=1)
    assert {clock.bits(64) for _ in range(3)} != {clock.bits(64)}
    assert clock.bits(11) < 2**11


def test_a_set_clock_shows_what_it_was_set_to() -> None:
    clock = SetClock(NOON, seed=7)
    assert clock.millis() == 1_774_958_400_000
    assert clock.today() == date(2026, 3, 31)
    assert clock.bits(62) == SetClock(NOON, seed=7).bits(62)
    clock.now += timedelta(days=1)
    assert clock.today() == date(2026, 4, 1)


@given(some.lists(some.integers(-(10**6), 10**6), max_size=30))
def test_stamps_and_ids_grow_wherever_the_clock_goes(steps: list[int]) -> None:
    clock = SetClock(NOON)
    stamps, new_id = StampMaker(clock, Stamp(clock.millis() + 500, 3, 9)), IdMaker(clock)
    before = stamps.last
    made, ids = [], []
    for step in steps:
        clock.now += timedelta(milliseconds=step)
        made.append(stamps.next())
        ids.append(new_id())
    assert [before, *made] == sorted({before, *made})
    assert ids == sorted(set(ids))
    assert {stamp.site for stamp in made} <= {9}


def test_ids_are_of_version_7_and_tell_the_time() -> None:
    made = UUID(IdMaker(SetClock(NOON))())
    assert (made.version, made.int >> 80) == (7, 1_774_958_400_000)
    assert made.variant == "specified in RFC 4122"


def test_ids_grow_also_when_a_millisecond_is_full() -> None:
    new_id = IdMaker(SetClock(NOON))
    ids = [new_id() for _ in range(10_000)]
    assert ids == sorted(set(ids))


def test_a_clock_that_may_be_ahead_is_not_believed_past_a_moment() -> None:
    clock = SetClock(NOON)
    now = clock.millis()
    assert HeldClock(clock, now - 5).millis() == now - 5
    assert HeldClock(clock, now + 5).millis() == now
    held = HeldClock(clock, 0)
    assert held.today() == clock.today()
    assert held.bits(8) in range(256)
