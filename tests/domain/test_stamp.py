from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.stamp import Stamp, before_all_of, site_of_stamp

millis = st.integers(0, 2**48 - 2)
stamps = st.builds(Stamp, millis, st.integers(0, 2**16 - 1), st.integers(0, 2**64 - 1))


@given(stamps, stamps)
def test_stamps_sort_as_their_bytes_and_their_hex_do(one: Stamp, other: Stamp) -> None:
    assert (one < other) == (one.to_bytes() < other.to_bytes()) == (one.hex() < other.hex())


@given(stamps)
def test_a_stamp_comes_back_from_its_sixteen_bytes(stamp: Stamp) -> None:
    assert len(stamp.to_bytes()) == 16
    assert Stamp.from_bytes(stamp.to_bytes()) == stamp
    assert bytes.fromhex(stamp.hex()) == stamp.to_bytes()


@given(stamps, millis)
def test_the_next_stamp_is_greater_whatever_the_wall_clock_says(stamp: Stamp, now: int) -> None:
    later = stamp.next(now)
    assert later > stamp
    assert later.site == stamp.site
    assert later.millis >= now


@given(stamps, stamps, millis)
def test_after_seeing_a_stamp_the_next_one_is_greater_than_both(
    mine: Stamp, seen: Stamp, now: int
) -> None:
    later = mine.seen(seen).next(now)
    assert later.site == mine.site
    assert (later.millis, later.counter) > (mine.millis, mine.counter)
    assert (later.millis, later.counter) > (seen.millis, seen.counter)


def test_a_later_millisecond_starts_the_counter_again() -> None:
    assert Stamp(10, 7, 1).next(11) == Stamp(11, 0, 1)


def test_within_one_millisecond_the_counter_goes_on() -> None:
    assert Stamp(10, 7, 1).next(10) == Stamp(10, 8, 1)


def test_a_clock_set_back_does_not_set_the_stamps_back() -> None:
    assert Stamp(10, 7, 1).next(3) == Stamp(10, 8, 1)


def test_a_full_counter_borrows_the_next_millisecond() -> None:
    assert Stamp(10, 2**16 - 1, 1).next(10) == Stamp(11, 0, 1)


@pytest.mark.parametrize(
    ("millis", "counter", "site"),
    [(-1, 0, 0), (2**48, 0, 0), (0, -1, 0), (0, 2**16, 0), (0, 0, -1), (0, 0, 2**64)],
)
def test_a_part_out_of_its_bits_is_no_stamp(millis: int, counter: int, site: int) -> None:
    with pytest.raises(ValueError, match="no such stamp"):
        Stamp(millis, counter, site)


def test_other_than_sixteen_bytes_are_no_stamp() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Stamp.from_bytes(b"short")


def test_a_stamp_tells_its_site_and_none_tells_nothing() -> None:
    stamp = Stamp(5, 1, 0xABC)
    assert site_of_stamp(stamp.hex()) == f"{0xABC:016x}"
    assert site_of_stamp("") == ""


def test_what_is_before_all_stamps_of_a_site_is_smaller_than_its_first() -> None:
    first = before_all_of(f"{0xABC:016x}")
    assert first <= Stamp(0, 0, 0xABC).hex()
    assert site_of_stamp(first) == f"{0xABC:016x}"
