"""What was read of a table, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from brm_desktop.storage.salvaging.pages import Row


@dataclass(frozen=True, slots=True)
class LostRows:
    """Rows that could not be read: ``rows`` is ``None`` where nobody knows how many there were.

    Without ``first`` it is not known either where they were; ``last`` is then the last row that was
    read, if there was one.
    """

    table: str
    first: int | None
    last: int | None
    rows: int | None


@dataclass(slots=True)
class Scanned:
    """What was read of a table, by row number, and what was not."""

    table: str
    rows: dict[int, Row] = field(default_factory=dict)
    lost: list[LostRows] = field(default_factory=list)


def runs(missing: list[int], there: list[int]) -> Iterator[list[int]]:
    """The missing numbers, cut where something is there between two of them; both are in order."""
    run: list[int] = []
    others = iter(there)
    following = next(others, None)
    for number in missing:
        crossed = False
        while following is not None and following < number:
            following, crossed = next(others, None), True
        if run and crossed:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
