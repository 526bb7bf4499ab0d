"""What reps send and what the shared asset holds, as plain values: operations and row states.

A row (a record anywhere) is a set of registers, one for each of its fields. What was written to a
register and gone over by nobody is *live*; of several live writes the one with the greatest stamp
is shown. Stamps are 32 hex digits: they sort as time does and end with their site.

A whole record is written by one stamp in all its fields, also in those this version does not know:
``"*"`` stands for every field not named, and fields that are empty are left out of the values.
Fields and kinds that are not known are registers like all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, NamedTuple

Plain = Any
"""A value of JSON as a field has it: text, whole number, yes or no, or a list of these.

Money is ``[minor, currency]``. Nothing (``None``) is left out wherever values are named.
"""
Key = tuple[str, str]
"""A row: its kind (the name of its table) and its id."""
Write = tuple[str, Plain]
"""A stamp and the value written."""

REST: Final = "*"
"""Every field that is not named."""
DELETED: Final = "deleted"
"""The register of deletions, which ``REST`` does not stand for."""


class Malformed(ValueError):
    """Something received is not what it should be; whoever reads it tells where it came from."""


class Unchanged(Enum):
    """An operation that says nothing of who may see its row."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True)
class Reach:
    """Who may see a row by a site's wish: ``"team"`` (the site's own) or ``"company"``."""

    audience: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What one site did to one row since it last sent it, over what it had seen.

    ``stamps`` says when each field was written, ``REST`` when all not named were, except those
    ``withheld``; ``values`` what, empty fields left out. ``others`` are further writes of a field
    by the same site and ``beneath`` further whole records of it (rare: edits it has not settled).
    ``over`` names the stamps gone over: of a field, of ``REST`` for every field not named there,
    of ``DELETED`` for deletions that are lifted. A field gone over and not written was withdrawn
    or settled. ``deletions`` are stamps, each with all live stamps that the deleter saw. ``reach``
    is ``None`` when the site takes the row back.
    """

    kind: str
    row: str
    values: Mapping[str, Plain] = field(default_factory=dict)
    stamps: Mapping[str, str] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    others: Mapping[str, tuple[Write, ...]] = field(default_factory=dict)
    beneath: tuple[tuple[str, frozenset[str]], ...] = ()
    over: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    deletions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reach: Reach | Unchanged | None = UNCHANGED

    @property
    def key(self) -> Key:
        """The row it is about."""
        return (self.kind, self.row)

    def written(self) -> set[str]:
        """The stamps of everything it writes, its deletions among them."""
        stamps = set(self.stamps.values())
        if self.others or self.beneath or self.deletions:
            stamps.update(stamp for writes in self.others.values() for stamp, _ in writes)
            stamps.update(stamp for stamp, _ in self.beneath)
            stamps.update(self.deletions)
        return stamps


class Earlier(NamedTuple):
    """A write that those who wrote over it share less widely: others are still told of it.

    ``fields`` are those it said something in (``REST`` among them: all but these), ``values`` what,
    empty fields left out, and ``by`` stamps that end with the sites that went over it, and are
    what those wrote instead where they wrote something.
    """

    stamp: str
    fields: frozenset[str]
    values: Mapping[str, Plain]
    by: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowState:
    """What is live of a row, the shown writes apart from those that stand in conflict with them.

    ``clock`` says which stamp is shown of each field, ``REST`` of all not named, except those
    ``withheld``, which have no live write; ``values`` what is shown, empty fields left out.
    ``others`` are the other live writes of a field, greatest stamp first. ``beneath`` are further
    whole records, by stamp and without the fields named: of all the rest they say what is shown
    too, which is nothing. ``deletions`` are the live ones with what each had seen.

    ``covered`` and ``lifted`` are no part of what the row is: stamps gone over that have not
    arrived, with the fields (``REST`` among them: all but these), and such deletions. Nor is
    ``earlier``, which only an asset keeps (``domain.earlier``).
    """

    kind: str
    row: str
    values: Mapping[str, Plain] = field(default_factory=dict)
    clock: Mapping[str, str] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    others: Mapping[str, tuple[Write, ...]] = field(default_factory=dict)
    beneath: tuple[tuple[str, frozenset[str]], ...] = ()
    deletions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    covered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lifted: frozenset[str] = frozenset()
    earlier: tuple[Earlier, ...] = ()

    @property
    def key(self) -> Key:
        """The row it is of."""
        return (self.kind, self.row)

    def live(self) -> set[str]:
        """The stamps of all live writes, without deletions: what a deleter of this has seen."""
        stamps = set(self.clock.values())
        stamps.update(stamp for writes in self.others.values() for stamp, _ in writes)
        stamps.update(stamp for stamp, _ in self.beneath)
        return stamps

    def has(self, field: str) -> bool:
        """Whether the field has a live write, if only an empty one."""
        return field in self.clock or (REST in self.clock and field not in self.withheld)
