"""Whose a value is that stands in a conflict, since when, and on what it rests."""

from __future__ import annotations

from dataclasses import replace

from brm_desktop.domain.authorship import Authorship, rows_of
from brm_desktop.domain.disputes import Dispute, HiddenLine
from brm_desktop.domain.operations import RowState
from brm_desktop.domain.records import Basis, Influence, PersonId, Records, ReportingLine

WANG, LI = (f"{n:016x}" for n in (1, 2))
HIS, HERS, LATER = f"{2:016x}{WANG}", f"{1:016x}{LI}", f"{3:016x}{LI}"
STATE = RowState(
    kind="influence",
    row="i",
    values={"strength": 90, "basis": "confirmed", "evidence": "golf"},
    clock={"*": HIS},
    others={"strength": ((HERS, 30),), "evidence": ((LATER, "a quarrel"), (HERS, "a rumour"))},
)
DISPUTE = Dispute(Influence, "i", "strength", "Ann → Bob", 90, 90, ())
AUTHORS = Authorship(Records(), {STATE.key: STATE}, {WANG: "Wang Min", LI: "Li Lei"})


def test_a_value_is_of_whoever_wrote_it() -> None:
    stamp = AUTHORS.shown_stamp(Influence, "i", "strength")
    assert (stamp, AUTHORS.who(stamp), AUTHORS.who(HERS)) == (HIS, "Wang Min", "Li Lei")
    assert AUTHORS.who("f" * 32) == ""
    assert AUTHORS.shown_stamp(Influence, "unknown", "strength") == ""


def test_a_record_that_stayed_is_of_who_edited_it_last() -> None:
    state = replace(STATE, clock={"*": HIS, "evidence": LATER})
    authors = replace(AUTHORS, states={state.key: state})
    assert authors.shown_stamp(Influence, "i", "deleted") == LATER


def test_a_record_that_stayed_is_of_who_had_not_seen_it_deleted() -> None:
    gone = f"{9:016x}{LI}"
    state = replace(STATE, clock={"*": HIS, "evidence": LATER}, deletions={gone: (LATER, HERS)})
    authors = replace(AUTHORS, states={state.key: state})
    assert authors.shown_stamp(Influence, "i", "deleted") == HIS


def test_each_rests_on_what_its_author_says_last() -> None:
    assert AUTHORS.evidence(DISPUTE, HIS) == (Basis.CONFIRMED, "golf")
    assert AUTHORS.evidence(DISPUTE, HERS) == ("a quarrel",)
    assert AUTHORS.evidence(replace(DISPUTE, field="evidence"), HIS) == (Basis.CONFIRMED,)


def test_words_that_somebody_put_back_are_of_who_wrote_them_first() -> None:
    authors = replace(AUTHORS, first={("i", "strength", HIS): "Han Mei"})
    assert authors.wrote_first(DISPUTE, HIS) == "Han Mei"
    assert authors.wrote_first(DISPUTE, HERS) == ""


def test_where_nothing_is_known_nothing_is_told() -> None:
    assert AUTHORS.evidence(DISPUTE, "") == ()
    assert AUTHORS.evidence(replace(DISPUTE, row="unknown"), HIS) == ()
    assert AUTHORS.evidence(replace(DISPUTE, kind=ReportingLine), HIS) == ()


def test_the_rows_of_fields_and_of_lines_are_asked_for_once() -> None:
    ann, bob = PersonId("a"), PersonId("b")
    one, two = (ReportingLine(id=key, person=ann, manager=bob) for key in "xy")
    line = HiddenLine(one, False, "", (two,))
    assert rows_of([DISPUTE, DISPUTE], [line]) == [
        ("influence", "i"),
        ("reporting_line", "x"),
        ("reporting_line", "y"),
    ]
