"""Operations on one row as tests write them, and the row that they make."""

from __future__ import annotations

from brm_desktop.domain.merge import (
    merged,
    same,
)
from brm_desktop.domain.operations import DELETED, REST, Operation, Plain, RowState

LI, WU, QIN = "1" * 16, "2" * 16, "3" * 16


def at(time: int, site: str = LI) -> str:
    """A stamp: a time, and the site that wrote."""
    return f"{time:016x}{site}"


def whole(stamp: str, withheld: frozenset[str] = frozenset(), **values: Plain) -> Operation:
    """A whole record, but for what is withheld of it."""
    return Operation(kind="person", row="p", values=values, stamps={REST: stamp}, withheld=withheld)


def wrote(stamp: str, over: tuple[str, ...] = (), **values: Plain) -> Operation:
    """An edit of some fields, over what it had seen; ``None`` empties one."""
    said = {name: value for name, value in values.items() if value is not None}
    return Operation(
        kind="person",
        row="p",
        values=said,
        stamps=dict.fromkeys(values, stamp),
        over=dict.fromkeys(values, over) if over else {},
    )


def went_over(**over: tuple[str, ...]) -> Operation:
    """A settlement: stamps that are gone over, and nothing written."""
    return Operation(kind="person", row="p", over=over)


def deleted(stamp: str, *seen: str, over: tuple[str, ...] = ()) -> Operation:
    """A deletion that had seen some stamps, perhaps over other deletions."""
    lifted = {DELETED: over} if over else {}
    return Operation(kind="person", row="p", deletions={stamp: seen}, over=lifted)


def after(*operations: Operation) -> RowState:
    """The row after operations in this order."""
    state: RowState | None = None
    for operation in operations:
        state = merged(state, operation)
    assert state is not None
    return state


def alike(*operations: Operation) -> RowState:
    """The row after operations of different sites, which is the same in the other order."""
    state = after(*operations)
    assert same(state, after(*reversed(operations)))
    return state
