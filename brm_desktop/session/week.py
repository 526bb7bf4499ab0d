"""What the weekly review reads of an account: its dated statements, and the history of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.records import (
    Account,
    AccountId,
    Action,
    Contribution,
    Need,
    Opportunity,
    Person,
    Placement,
    Product,
    Project,
    Record,
    Snapshot,
    SupportRequest,
    TeamMember,
    YearRevenue,
)
from brm_desktop.domain.spelling import name_order
from brm_desktop.domain.weekly import (
    KEY_TIERS,
    WEEK,
    DealField,
    Moved,
    PersonField,
    WeekOfAccount,
    week_of,
)
from brm_desktop.session.company import Reading
from brm_desktop.session.lasting import LastingBook
from brm_desktop.storage.rows.lines import AccountLine, HistoryLine

LINES_READ: Final = 2_000
"""So many lines of an account's history are looked through for one week."""

_TOLD: Final[Mapping[type[Record], type[DealField | PersonField]]] = MappingProxyType(
    {Project: DealField, Opportunity: DealField, Person: PersonField}
)


_NOT_OF_A_WEEK: Final = (
    Action,
    Contribution,
    Need,
    Placement,
    Product,
    Snapshot,
    SupportRequest,
    TeamMember,
    YearRevenue,
)
"""Kinds that nothing of a weekly review is computed from."""


class WeekBook(LastingBook[WeekOfAccount]):
    """The weeks of the accounts read so far."""

    def __init__(self) -> None:
        super().__init__(_NOT_OF_A_WEEK)


def reviewed_accounts(lines: Iterable[AccountLine]) -> tuple[AccountId, ...]:
    """The accounts that a weekly review walks: key ones; while none is marked as key, all."""
    listed = sorted(lines, key=lambda line: (name_order(line.name), line.id))
    key = tuple(line.id for line in listed if line.tier in KEY_TIERS)
    return key or tuple(line.id for line in listed)


def week_there(
    reading: Reading, account: AccountId, since: date | None = None, year: int | None = None
) -> WeekOfAccount | None:
    """An account's week, read without showing it; ``None`` when it is gone. Safe on a worker."""
    analysis = reading.analysis(account)
    if analysis is None:
        return None
    start = reading.today - WEEK if since is None else since
    lines = reading.session.history(account=account, limit=LINES_READ)
    return week_of(analysis, start, moved_since(lines, start), year)


def moved_since(lines: Iterable[HistoryLine], day: date) -> tuple[Moved, ...]:
    """What was edited after a day of what has no date, over all edits of it; of `Session.history`.

    Lines are the newest first. An account that is itself new since has nothing that moved: all of
    it is new, as after an import.
    """
    gone: set[str] = set()
    new: dict[str, None] = {}
    fields: dict[tuple[str, DealField | PersonField], tuple[object, object]] = {}
    for line in _after(lines, day):
        if line.kind is Account and line.added:
            return ()
        words = _TOLD.get(line.kind)
        if line.removed:
            gone.add(line.record)
        if words is None or line.record in gone:
            continue
        if line.added:
            new[line.record] = None
            continue
        for change in line.fields:
            word = next((one for one in words if one == change.field), None)
            if word is not None:
                _, after = fields.get((line.record, word), (None, change.after))
                fields[line.record, word] = (change.before, after)
    moved = [Moved(record, None) for record in new]
    for (record, word), (before, after) in fields.items():
        if record not in new and before != after:
            moved.append(Moved(record, word, before, after))
    return tuple(moved)


def _after(lines: Iterable[HistoryLine], day: date) -> Iterator[HistoryLine]:
    return takewhile(lambda line: line.when.astimezone().date() > day, lines)
