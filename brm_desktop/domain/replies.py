"""What the asset answers a site: how far it is, who takes part, what went wrong, and its rows.

The lines of a reply's bundle are in that order. A row that the site may not see any more is told as
gone; an *erased* one was erased by request: nothing of it may stay anywhere, in history neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, asdict, dataclass, fields, replace
from enum import StrEnum
from itertools import chain
from typing import Any, Final, TypeVar, get_type_hints

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.operation_lines import state_from_plain, state_to_plain
from brm_desktop.domain.operations import Key, Malformed, Plain, RowState
from brm_desktop.domain.phrase import Phrase, phrase

LONGEST: Final = 8_000
"""Characters of a text beside the rows."""
MOST_NOTES: Final = 100_000
"""Sites and notices of one reply."""

MOST_TEXT: Final = 2_000_000
"""Characters of a row in a bundle, a stamp counted as one of 40: fifty of the longest texts."""

_STAMP: Final = 40
_LARGEST: Final = 1 << 63


class Trouble(StrEnum):
    """Why a bundle of a site's is not in the asset."""

    PARKED = "parked"
    """It waits for another bundle, or for a newer version of the program."""
    QUARANTINED = "quarantined"
    """Its stamps are ahead of time: the site gives what was never sent new stamps."""
    REFUSED = "refused"
    """It will never be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyHead:
    """How far the asset is, and with what the site takes part; moments in ms since 1970, UTC.

    Rows were changed after the change number ``after``, up to and with ``upto``, which is what the
    site says it has next time. ``acknowledged`` is the last sequence of the site that was merged,
    ``digest`` that of its bundle. When it is ``complete``, what the site had and the reply has not
    is gone. What was shared stays readable on the site until ``lease_until``. The ``epoch`` is a
    greater one since the asset went back to a copy of itself: what a site knew of it is no more.
    """

    asset: str
    name: str
    site: str
    after: int
    upto: int
    acknowledged: int
    digest: str
    complete: bool
    lease_until: int
    made_at: int
    rep: str
    role: str
    team: str
    epoch: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNote:
    """Who a site is, so that others can say whose edit it was."""

    site: str
    rep: str
    person: str
    role: str
    team: str
    revoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What became of a bundle of the site's; ``reason`` is a phrase as JSON."""

    trouble: str
    first: int
    last: int
    at: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A row as the asset holds it now; no ``state`` when the site is to have it no more.

    ``version`` is the change that touched it last; what a site has of a later version stays.
    """

    kind: str
    row: str
    version: int
    state: RowState | None
    erased: bool = False

    @property
    def key(self) -> Key:
        """Which row it is."""
        return (self.kind, self.row)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the asset; its rows can be read once."""

    head: ReplyHead
    sites: tuple[SiteNote, ...]
    notices: tuple[Notice, ...]
    rows: Iterator[ReplyRow]

    def lines(self) -> Iterator[Any]:
        """The lines of its bundle.

        Of a row with more than ``MOST_TEXT`` what stands in conflict is not told, and one that is
        more than that even so is passed over: it cannot hold up the others.
        """
        yield {"reply": asdict(self.head)}
        yield from ({"site": asdict(one)} for one in self.sites)
        yield from ({"notice": asdict(one)} for one in self.notices)
        yield from (_row_to_plain(one) for row in self.rows if (one := _within(row)) is not None)

    @classmethod
    def of_lines(cls, lines: Iterable[Any]) -> Reply:
        """The reply that lines tell of.

        Raises
        ------
        Malformed
            When they tell of none; for a row, when it is read.
        Refused
            When they say that the device was revoked.
        """
        told = iter(lines)
        first = next(told, None)
        if "revoked" in _object(first):
            raise Refused(revoked(str(_part(first, "revoked").get("rep", ""))[:LONGEST]))
        head = _read(ReplyHead, _part(first, "reply"))
        sites: list[SiteNote] = []
        notices: list[Notice] = []
        for line in told:
            if "site" in _object(line):
                sites.append(_read(SiteNote, _part(line, "site")))
            elif "notice" in line:
                notices.append(_read(Notice, _part(line, "notice")))
            else:
                told = chain([line], told)
                break
            if len(sites) + len(notices) > MOST_NOTES:
                raise Malformed("a reply tells of too many sites")
        return cls(head, tuple(sites), tuple(notices), map(_row_from_plain, told))


def revoked(rep: str) -> Phrase:
    """What a device hears that was revoked, and nothing else ever after."""
    return phrase("{rep}'s device was revoked and gets no reply.", rep=rep)


def farewell(rep: str) -> list[Any]:
    """The lines of the last bundle for a device: that it was revoked."""
    return [{"revoked": {"rep": rep}}]


T = TypeVar("T", ReplyHead, SiteNote, Notice)


def _within(row: ReplyRow) -> ReplyRow | None:
    """A row with as much of it as is told in a bundle, if any."""
    state = row.state
    if state is None or _weight(state) <= MOST_TEXT:
        return row
    shown = replace(state, others={})
    return replace(row, state=shown) if _weight(shown) <= MOST_TEXT else None


def _weight(state: RowState) -> int:
    """How many characters a state is at least, stamps of fields that are shown not counted."""
    beside = [value for writes in state.others.values() for _, value in writes]
    stamps = len(beside) + len(state.covered) + sum(map(len, state.deletions.values()))
    return _STAMP * stamps + sum(map(_length, state.values.values())) + sum(map(_length, beside))


def _length(value: Plain) -> int:
    if type(value) is list:
        return sum(map(_length, value))
    return len(value) if type(value) is str else 1


def _row_to_plain(row: ReplyRow) -> dict[str, Any]:
    if row.state is not None:
        return {"version": row.version, "state": state_to_plain(row.state)}
    return {"version": row.version, "erased" if row.erased else "gone": [row.kind, row.row]}


def _row_from_plain(plain: Any) -> ReplyRow:
    version = _object(plain).get("version")
    if type(version) is not int or not 0 <= version < _LARGEST or len(plain) != 2:
        raise Malformed("a row of a reply has no version")
    if "state" in plain:
        state = state_from_plain(plain["state"])
        return ReplyRow(state.kind, state.row, version, state)
    named = plain.get("gone", plain.get("erased"))
    if type(named) is not list or len(named) != 2:
        raise Malformed("a row of a reply is none")
    empty = state_from_plain({"kind": named[0], "row": named[1]})
    return ReplyRow(empty.kind, empty.row, version, None, "erased" in plain)


def _object(line: Any) -> Mapping[str, Any]:
    if type(line) is not dict:
        raise Malformed("a line of a reply is none")
    return line


def _part(line: Any, name: str) -> Mapping[str, Any]:
    part = _object(line).get(name)
    if len(line) != 1:
        raise Malformed("a line of a reply says more than one thing")
    return _object(part)


def _read(kind: type[T], said: Mapping[str, Any]) -> T:
    hints = get_type_hints(kind)
    usual = {one.name: one.default for one in fields(kind) if one.default is not MISSING}
    plain = {**usual, **said}
    if plain.keys() != hints.keys():
        raise Malformed("a reply says more or less than it should")
    for name, wanted in hints.items():
        value = plain[name]
        if type(value) is not wanted or (wanted is int and not -_LARGEST <= value < _LARGEST):
            raise Malformed(f"{name} of a reply is not what it should be")
        if wanted is str and len(value) > LONGEST:
            raise Malformed(f"{name} of a reply is too long")
    return kind(**{one.name: plain[one.name] for one in fields(kind)})
