from __future__ import annotations

from brm_desktop.domain.operations import Plain, RowState
from brm_desktop.domain.records import Person, PersonId, Records, Tie, id_of
from brm_desktop.storage.merging.seeing import records_seen

STAMP = f"{1:032x}"
DELETED = f"{2:032x}"


def state(kind: str, row: str, **values: Plain) -> RowState:
    return RowState(kind=kind, row=row, values=values, clock={"*": STAMP})


def test_of_row_states_only_what_is_whole_and_not_deleted_is_seen() -> None:
    gone = RowState(
        kind="person",
        row="xu",
        values={"name": "Xu"},
        clock={"*": STAMP},
        deletions={DELETED: (STAMP,)},
    )
    unnamed = RowState(kind="person", row="zhao", values={"title": "CEO"}, clock={"title": STAMP})
    rows = [state("person", "li", name="Li"), gone, unnamed, state("starship", "s", name="S")]
    known = Records([Person(id=PersonId("wu"), name="Wu")])
    assert {one.id for one in records_seen(rows, known)} == {"li", "wu"}


def test_of_row_states_what_stands_on_nothing_is_not_seen() -> None:
    tie = id_of(Tie, "li", "wu")
    rows = [state("tie", tie, employee="li", person="wu", closeness=5, basis="confirmed")]
    li = state("person", "li", name="Li")
    assert {one.id for one in records_seen([*rows, li], Records())} == {"li"}
    wu = state("person", "wu", name="Wu")
    assert {one.id for one in records_seen([*rows, li, wu], Records())} == {"li", "wu", tie}
