"""Rows of one file that speak of the same thing must not contradict each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase


@dataclass(slots=True)
class SaidBefore:
    """What rows above said first, by what they speak of, and on which line."""

    _rows: dict[object, tuple[Mapping[str, object], int]] = field(default_factory=dict)

    def check(self, key: object, said: Mapping[str, object], line: int, name: str) -> None:
        """Keep what a row says of something called ``name``, unless a row above contradicts it.

        Raises
        ------
        Refused
            When an earlier row says something else.
        """
        before, above = self._rows.setdefault(key, (said, line))
        if any(said[one] != before[one] for one in said.keys() & before.keys()):
            raise Refused(
                phrase("Line {line} says something else of {name}.", line=above, name=name)
            )
