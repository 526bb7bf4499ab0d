"""Which records of a change belong in memory: those of the shared part and of opened accounts.

A store holds more than is loaded. A change that reaches further (an import into another account, an
undo after a restart) is written whole, and memory takes its share.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    KINDS,
    Assessment,
    ChainLink,
    ChainMember,
    Department,
    Influence,
    Person,
    Placement,
    Record,
    Records,
    ReportingLine,
    Tie,
)

_ANCHORS: Final[dict[type[Record], tuple[str, ...]]] = {
    Department: ("organisation",),
    Person: ("organisation",),
    ReportingLine: ("person", "manager"),
    Influence: ("source", "target"),
    Tie: ("person",),
    Assessment: ("person",),
    ChainMember: ("project",),
    ChainLink: ("project",),
    Placement: ("canvas",),
}
"""By which fields a record belongs to what is loaded: one of them named there is enough."""


_ORDER: Final = {kind: place for place, kind in enumerate(KINDS)}


def share_of(records: Records, change: Change) -> Change:
    """The part of a change that concerns the records in memory.

    A new account is complete in its change and comes whole; of an account that is not loaded
    nothing comes.
    """
    before = {key: record for key, record in change.before.items() if key in records}
    after = {key: record for key, record in change.after.items() if key in before}
    new = (record for key, record in change.after.items() if key not in change.before)
    for record in sorted(new, key=lambda record: _ORDER[type(record)]):
        if _belongs(record, lambda key: key in after or key in records):
            after[record.id] = record
    return Change(before, after)


def _belongs(record: Record, is_there: Callable[[str], bool]) -> bool:
    anchors = _ANCHORS.get(type(record))
    if anchors is None:
        account = getattr(record, "account", None)
        return account is None or is_there(account)
    named = [getattr(record, anchor) for anchor in anchors]
    return any(name is None or is_there(name) for name in named)
