"""Whatever a file says: records stay sound, every row is counted, a second time adds nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from import_text import Importing

from brm_desktop.domain.change import Change

NAMES = st.sampled_from(["", "Ann", "Bob", "Cy", "Di", "王敏", " Ann ", "="])
IDS = st.sampled_from(["", "1", "2", "3", "4"])
CELLS = st.sampled_from(["", "0", "50", "100", "101", "high", "yes", "no"])
ORGANISATIONS = st.sampled_from(["", "", "", "own", "Rival"])

PEOPLE = st.lists(st.tuples(IDS, NAMES, CELLS, NAMES, IDS, CELLS, ORGANISATIONS), max_size=8)
LINES = st.lists(st.tuples(NAMES, NAMES, st.sampled_from(["", "solid", "dotted"])), max_size=8)
SWAYS = st.lists(st.tuples(NAMES, NAMES, CELLS, ORGANISATIONS), max_size=8)


def _text(header: str, rows: list[tuple[str, ...]]) -> str:
    return "\n".join([header, *(",".join(row) for row in rows)])


@given(PEOPLE, LINES, SWAYS)
def test_any_file_leaves_sound_records_and_counts_every_row(
    people: list[tuple[str, ...]], lines: list[tuple[str, ...]], sways: list[tuple[str, ...]]
) -> None:
    importing = Importing()
    header = "id,name,title,reports_to,reports_to_id,closeness,organisation"

    importing.do(_text(header, people), "people")
    importing.do(_text("person,manager,kind", lines), "reporting")
    importing.do(_text("from,to,strength,from_org", sways), "influence")


@given(PEOPLE)
def test_what_was_taken_is_unchanged_when_it_comes_again(people: list[tuple[str, ...]]) -> None:
    importing = Importing()
    text = _text("id,name,title,reports_to,reports_to_id,closeness,organisation", people)
    for _ in range(2):
        importing.do(text, "people")  # a name without an id may fit someone of the first time

    again = importing.do(text, "people")

    assert again.report.change == Change()


@given(LINES)
def test_the_order_of_rows_does_not_matter_to_a_file_without_faults(
    lines: list[tuple[str, ...]],
) -> None:
    first, second = Importing(), Importing()
    for importing in (first, second):
        importing.do("name\nAnn\nBob\nCy\nDi\n王敏\n", "people")
    done = first.do(_text("person,manager,kind", lines), "reporting")
    second.do(_text("person,manager,kind", lines[::-1]), "reporting")

    if not done.reasons:
        assert first.lines() == second.lines()
