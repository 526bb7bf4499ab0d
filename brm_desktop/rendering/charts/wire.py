"""What the window and the process that draws say to each other: JSON, its length in front.

A chart is sent as what it is made of, and put together again from the kinds known here; nothing
that is read can make anything else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from struct import Struct
from typing import IO, Any, Final, cast

from brm_desktop.rendering.charts.areas import AreaMonth, AreasChart
from brm_desktop.rendering.charts.columns import Pile, PilesChart
from brm_desktop.rendering.charts.counts import CountsChart, Stack
from brm_desktop.rendering.charts.drawing import AnyChart
from brm_desktop.rendering.charts.lines import Line, LinesChart
from brm_desktop.rendering.charts.pareto import ParetoBar, ParetoChart
from brm_desktop.rendering.charts.trend import Series, TrendChart
from brm_desktop.rendering.theme import Theme

_LENGTH: Final = Struct(">I")
_LONGEST: Final = 64 * 1024 * 1024
_KIND: Final = "is"
_DAY: Final = "day"


@dataclass(frozen=True, slots=True)
class Order:
    """One chart to be drawn: its look, its size in points, and the language its numbers are in."""

    chart: AnyChart
    theme: Theme
    width: float
    height: float
    language: str


_KINDS: Final[Mapping[str, Callable[..., object]]] = {
    kind.__name__: kind
    for kind in (
        *(AreaMonth, AreasChart, CountsChart, Line, LinesChart, Order, ParetoBar, ParetoChart),
        *(Pile, PilesChart, Series, Stack, Theme, TrendChart),
    )
}


def order_written(order: Order) -> bytes:
    """An order as JSON."""
    return json.dumps(order, default=_parts).encode()


def order_read(message: bytes) -> Order:
    """The order that a message is.

    Raises
    ------
    ValueError, TypeError
        When it is none.
    """
    found = json.loads(message, object_hook=_whole)
    if not isinstance(found, Order):
        raise TypeError("no order")
    return found


def send(pipe: IO[bytes], message: bytes) -> None:
    """Send one message."""
    pipe.write(_LENGTH.pack(len(message)) + message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next message; ``None`` when the other end is gone, or says what cannot be one."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > _LONGEST:
        return None
    message = pipe.read(length)
    return message if len(message) == length else None


def _parts(value: object) -> object:
    """What JSON does not know, in what it knows."""
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if is_dataclass(value) and type(value).__name__ in _KINDS:
        named = {one.name: getattr(value, one.name) for one in fields(value)}
        return {_KIND: type(value).__name__, **named}
    raise TypeError(type(value).__name__)


def _whole(parts: dict[str, Any]) -> object:
    if _DAY in parts:
        return date.fromisoformat(cast("str", parts[_DAY]))
    kind = _KINDS.get(str(parts.pop(_KIND, "")))
    if kind is None:
        raise ValueError("no kind of chart")
    return kind(**parts)
