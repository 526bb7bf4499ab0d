"""A signal without Qt: subscribers are told in turn, and subscribing returns the way to stop."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from typing import Generic, TypeVar

T = TypeVar("T")


class Signal(Generic[T]):
    """Tells every subscriber of each value, in the order they came and the values were emitted.

    A subscriber that raises is a defect of its own: the others are told first, then it is raised.
    A value emitted by a subscriber waits until the one being told of has reached everybody.
    """

    def __init__(self) -> None:
        self._subscribers: dict[object, Callable[[T], object]] = {}
        self._waiting: deque[T] = deque()
        self._telling = False

    def subscribe(self, subscriber: Callable[[T], object]) -> Callable[[], None]:
        """Call ``subscriber`` with every value until the returned function is called."""
        ticket = object()
        self._subscribers[ticket] = subscriber

        def stop() -> None:
            self._subscribers.pop(ticket, None)

        return stop

    def emit(self, value: T) -> None:
        """Tell everybody; whatever subscribers raise is raised after all were told."""
        self._waiting.append(value)
        if not self._telling:
            self._telling = True
            try:
                self._tell_all()
            finally:
                self._telling = False

    def _tell_all(self) -> None:
        value = self._waiting.popleft()
        with ExitStack() as turns:
            turns.callback(self._tell_waiting)
            for ticket in reversed(list(self._subscribers)):
                turns.callback(self._tell, ticket, value)

    def _tell_waiting(self) -> None:
        if self._waiting:
            self._tell_all()

    def _tell(self, ticket: object, value: T) -> None:
        subscriber = self._subscribers.get(ticket)
        if subscriber is not None:
            subscriber(value)
