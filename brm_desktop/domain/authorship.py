"""Who wrote what stands in a conflict, when, and on what it rests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from brm_desktop.domain.disputes import Dispute, HiddenLine
from brm_desktop.domain.kinds import name_of_kind
from brm_desktop.domain.operations import DELETED, REST, Key, RowState
from brm_desktop.domain.plain_values import value_of
from brm_desktop.domain.records import Record, Records, ReportingLine
from brm_desktop.domain.registers import live_in
from brm_desktop.domain.stamp import site_of_stamp
from brm_desktop.domain.wording import Told, field_told

_RESTS_ON: Final = ("basis", "evidence")


@dataclass(frozen=True, slots=True)
class Authorship:
    """What tells of a value whose it is: the rows' states, and whose device each site is."""

    records: Records
    states: Mapping[Key, RowState]
    names: Mapping[str, str]
    first: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    """By row, field and stamp: whose words these first were, where somebody put them back."""

    def who(self, stamp: str) -> str:
        """Whose device a stamp is of; "" where that is not known."""
        return self.names.get(site_of_stamp(stamp), "")

    def wrote_first(self, one: Dispute, stamp: str) -> str:
        """Who wrote first what somebody else put back; "" where who wrote it thought of it."""
        return self.first.get((one.row, one.field, stamp), "")

    def shown_stamp(self, kind: type[Record], row: str, field: str) -> str:
        """When and by whom what a field shows was written; "" where it cannot be told.

        For the field ``deleted`` it is the last edit that no deletion had seen: for its sake the
        record stayed, whatever else it shows.
        """
        state = self.states.get((name_of_kind(kind), row))
        if state is None:
            return ""
        if field == DELETED:
            seen = {stamp for one in state.deletions.values() for stamp in one}
            return max(state.live() - seen, default="")
        return state.clock.get(field, state.clock.get(REST, ""))

    def evidence(self, one: Dispute, stamp: str) -> tuple[Told, ...]:
        """On what a value rests by whoever wrote it: what else he says of the record."""
        state = self.states.get((name_of_kind(one.kind), one.row))
        if state is None or not stamp:
            return ()
        found = []
        for name in _RESTS_ON:
            if name != one.field and name in one.kind.__dataclass_fields__:
                own = _own_value(state, name, site_of_stamp(stamp))
                found.append(
                    field_told(self.records, one.kind, name, value_of(one.kind, name, own))
                )
        return tuple(told for told in found if told)


def rows_of(found: Iterable[Dispute], lines: Iterable[HiddenLine]) -> list[Key]:
    """The rows whose states tell who wrote what."""
    line = name_of_kind(ReportingLine)
    keys = [(name_of_kind(one.kind), one.row) for one in found]
    keys += [(line, each.id) for one in lines for each in (one.line, *one.against)]
    return list(dict.fromkeys(keys))


def _own_value(state: RowState, field: str, site: str) -> object:
    """What a site says of a field last; ``None`` where it says nothing of it."""
    live = {stamp: value for stamp, value in live_in(state, field).items() if stamp.endswith(site)}
    return live[max(live)] if live else None
