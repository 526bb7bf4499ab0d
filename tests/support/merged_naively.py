"""What a row holds by the definition alone: all operations laid side by side, no order, no speed.

Fields are spelt out one by one, over a few that are known and one that no version knows. A write is
live unless an operation goes over it. A site may send a write again that it had taken back itself:
then it is live once more, unless another site has gone over it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from brm_desktop.domain.operations import DELETED, REST, Operation, Plain, RowState

EDITED = ("name", "title", "notes", "phones", "unheard_of")
FIELDS = (*EDITED, "never_named")

Live = dict[str, dict[str, Plain]]
Deletions = dict[str, frozenset[str]]


def spelt_out(state: RowState | None) -> tuple[Live, Deletions]:
    """Field to stamp to value of what a state has live, and its deletions."""
    live: Live = {field: {} for field in FIELDS}
    if state is None:
        return live, {}
    for field in FIELDS:
        stamp = state.clock.get(field)
        if stamp is None and field not in state.withheld:
            stamp = state.clock.get(REST)
        if stamp is not None:
            live[field][stamp] = state.values.get(field)
        for other, value in state.others.get(field, ()):
            assert stamp is not None
            assert other < stamp
            live[field][other] = value
        for other, named in state.beneath:
            if field not in named:
                live[field][other] = None
    return live, {stamp: frozenset(seen) for stamp, seen in state.deletions.items()}


def writes_of(operation: Operation) -> Live:
    """Field to stamp to value of what an operation writes."""
    as_state = RowState(
        kind=operation.kind,
        row=operation.row,
        values=operation.values,
        clock=operation.stamps,
        withheld=operation.withheld,
        others=operation.others,
        beneath=operation.beneath,
    )
    return spelt_out(as_state)[0]


def gone_over(operation: Operation) -> dict[str, frozenset[str]]:
    """Field to the stamps gone over."""
    rest = operation.over.get(REST, ())
    return {field: frozenset(operation.over.get(field, rest)) for field in FIELDS}


def by_definition(operations: Iterable[tuple[str, Operation]]) -> tuple[Live, Deletions]:
    """What is live after all operations of a row, each with the site it is from."""
    values: Live = {field: {} for field in FIELDS}
    sent: Counter[tuple[str, str]] = Counter()
    dead: set[tuple[str, str]] = set()
    deletions: Deletions = {}
    lifted: set[str] = set()
    for site, operation in operations:
        for field, writes in writes_of(operation).items():
            values[field].update(writes)
            sent.update((field, stamp) for stamp in writes)
        for field, stamps in gone_over(operation).items():
            for stamp in stamps:
                if stamp.endswith(site):
                    sent[field, stamp] -= 1
                else:
                    dead.add((field, stamp))
        deletions |= {stamp: frozenset(seen) for stamp, seen in operation.deletions.items()}
        lifted.update(operation.over.get(DELETED, ()))
    live = {
        field: {
            stamp: value
            for stamp, value in writes.items()
            if sent[field, stamp] > 0 and (field, stamp) not in dead
        }
        for field, writes in values.items()
    }
    return live, {stamp: seen for stamp, seen in deletions.items() if stamp not in lifted}


def shown_by_definition(live: Live, deletions: Deletions) -> dict[str, Plain] | None:
    """What is to be seen: the greatest stamp of each field; ``None`` when it is gone."""
    stamps = {stamp for writes in live.values() for stamp in writes}
    seen = frozenset().union(*deletions.values())
    if not stamps or (deletions and stamps <= seen):
        return None
    newest = {field: writes[max(writes)] for field, writes in live.items() if writes}
    return {field: value for field, value in newest.items() if value is not None}
