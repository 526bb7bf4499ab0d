from __future__ import annotations

import pytest

from brm_desktop.session.signal import Signal


def test_everybody_is_told_in_the_order_they_came() -> None:
    told: list[str] = []
    signal = Signal[str]()
    signal.subscribe(lambda value: told.append(f"first {value}"))
    signal.subscribe(lambda value: told.append(f"second {value}"))
    signal.emit("news")
    assert told == ["first news", "second news"]


def test_nobody_listening_is_no_matter() -> None:
    Signal[int]().emit(1)


def test_subscribing_returns_the_way_to_stop() -> None:
    told: list[int] = []
    signal = Signal[int]()
    stop = signal.subscribe(told.append)
    signal.emit(1)
    stop()
    stop()
    signal.emit(2)
    assert told == [1]


def test_the_same_function_twice_is_told_twice_and_stopped_one_by_one() -> None:
    told: list[int] = []
    signal = Signal[int]()
    signal.subscribe(told.append)
    stop = signal.subscribe(told.append)
    signal.emit(1)
    stop()
    signal.emit(2)
    assert told == [1, 1, 2]


def test_a_failing_subscriber_is_raised_after_the_others_were_told() -> None:
    told: list[int] = []
    signal = Signal[int]()

    def fail(value: int) -> None:
        raise ValueError(f"cannot paint {value}")

    signal.subscribe(fail)
    signal.subscribe(told.append)
    with pytest.raises(ValueError, match="cannot paint 1"):
        signal.emit(1)
    assert told == [1]
    with pytest.raises(ValueError, match="cannot paint 2"):
        signal.emit(2)
    assert told == [1, 2]


def test_a_value_emitted_while_telling_waits_its_turn() -> None:
    told: list[int] = []
    signal = Signal[int]()
    signal.subscribe(lambda value: signal.emit(value + 1) if value < 3 else None)
    signal.subscribe(told.append)
    signal.emit(1)
    assert told == [1, 2, 3]


def test_a_value_emitted_by_a_failing_subscriber_is_told_all_the_same() -> None:
    told: list[int] = []
    signal = Signal[int]()

    def emit_and_fail(value: int) -> None:
        if value == 1:
            signal.emit(2)
            raise ValueError("defect")

    signal.subscribe(emit_and_fail)
    signal.subscribe(told.append)
    with pytest.raises(ValueError, match="defect"):
        signal.emit(1)
    assert told == [1, 2]


def test_who_stops_while_others_are_told_is_not_told_any_more() -> None:
    told: list[int] = []
    signal = Signal[int]()
    signal.subscribe(lambda _: stop())
    stop = signal.subscribe(told.append)
    signal.emit(1)
    assert told == []
