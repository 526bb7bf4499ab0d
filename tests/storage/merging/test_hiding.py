from __future__ import annotations

from typing import Any

from small_company import Colleague, Company, settle

from brm_desktop.domain.change import Change
from brm_desktop.domain.operations import REST, Key, Operation
from brm_desktop.domain.records import (
    Audience,
    Conflict,
    LineKind,
    Organisation,
    OrganisationId,
    Person,
    PersonId,
    Record,
    ReportingLine,
    SharingChoice,
    Tie,
    id_of,
)
from brm_desktop.storage.merging import hiding


def person(name: str, organisation: str | None = None) -> Person:
    home = None if organisation is None else OrganisationId(organisation)
    return Person(id=PersonId(name), name=name, organisation=home)


def line(below: str, above: str, kind: LineKind = LineKind.SOLID) -> ReportingLine:
    key = id_of(ReportingLine, below, above, kind)
    return ReportingLine(id=key, person=PersonId(below), manager=PersonId(above), kind=kind)


def tie(one: str, other: str) -> Tie:
    key = id_of(Tie, one, other)
    return Tie(id=key, employee=PersonId(one), person=PersonId(other), closeness=5)


def seen(one: Colleague) -> set[str]:
    """The ids of everything that is seen, and that everybody has."""
    return {record.id for record in one.store.load_all() if type(record) is not Conflict}


def why(one: Colleague, record: Record) -> Any:
    """What the column says of why a row is not seen."""
    from brm_desktop.storage.rows.mapping import TABLES

    with one.store._reading() as db:
        sql = f'SELECT deleted FROM "{TABLES[type(record)].name}" WHERE id = ?'
        return db.execute(sql, [record.id]).fetchone()[0]


def heard(company: Company, *records: Record) -> None:
    """The asset hears of records from somebody else."""
    from brm_desktop.storage.rows.mapping import TABLES

    for number, record in enumerate(records):
        table = TABLES[type(record)]
        values = {k: v for k, v in table.full(record).items() if k != "audience"}
        stamps = {REST: f"{company.changes + number + 1:016x}{0xC:016x}"}
        company.take(0xC, [Operation(kind=table.name, row=record.id, values=values, stamps=stamps)])


def gone(company: Company, key: Key) -> None:
    """The asset hears that somebody else deleted a row."""
    state = company.rows[key]
    stamp = f"{0xFFFF:016x}{0xC:016x}"
    deletions = {stamp: tuple(sorted(state.live()))}
    company.take(0xC, [Operation(kind=key[0], row=key[1], deletions=deletions)])


def test_a_relation_that_comes_before_its_end_is_seen_when_the_end_has_come(
    company: Company, ann: Colleague
) -> None:
    heard(company, tie("li", "wu"), person("li"))
    ann.pull(company)
    assert seen(ann) == {"li"}
    assert why(ann, tie("li", "wu")) == '{"hidden":"end_gone"}'
    heard(company, person("wu"))
    ann.pull(company)
    assert seen(ann) == {"li", "wu", tie("li", "wu").id}


def test_what_stands_on_what_is_gone_goes_and_comes_back_with_it(
    company: Company, ann: Colleague
) -> None:
    heard(company, Organisation(id=OrganisationId("acme"), name="Acme"))
    heard(company, person("li", "acme"), person("wu", "acme"), line("li", "wu"))
    ann.pull(company)
    choice = SharingChoice(id=id_of(SharingChoice, "li", ""), subject="li")
    ann.write((), [choice])
    everything = seen(ann)
    gone(company, ("organisation", "acme"))
    ann.pull(company)
    assert seen(ann) == set()
    back = ann.store.step_to_undo()
    assert back is not None
    ann.undo()
    assert seen(ann) == everything


def test_an_edit_brings_back_what_stands_on_it(company: Company, ann: Colleague) -> None:
    heard(company, tie("li", "wu"), person("li"))
    ann.pull(company)
    besides = ann.write((), [person("wu")])
    assert [record.id for record in besides.after.values()] == [tie("li", "wu").id]
    step = ann.store.step_to_undo()
    assert step is not None
    undone = ann.store.change_of_step(step)
    assert undone.before.keys() == {"wu", tie("li", "wu").id}


def test_what_waits_for_its_end_goes_on_waiting_when_it_is_heard_of_again(
    company: Company, ann: Colleague
) -> None:
    heard(company, tie("li", "wu"), person("li"))
    ann.pull(company)
    state = company.rows["tie", tie("li", "wu").id]
    stamp = f"{0xFFFF:016x}{0xC:016x}"
    said = Operation(
        kind="tie",
        row=state.row,
        values={"closeness": 80},
        stamps={"closeness": stamp},
        over={"closeness": tuple(state.live())},
    )
    company.take(0xC, [said])
    ann.pull(company)
    assert why(ann, tie("li", "wu")) == '{"hidden":"end_gone"}'
    heard(company, person("wu"))
    ann.pull(company)
    assert ann.store.load_all().one(Tie, state.row).closeness == 80


def test_a_second_line_that_would_close_a_circle_once_the_first_is_gone_stays_hidden(
    company: Company, ann: Colleague
) -> None:
    heard(company, person("li"), person("wu"), person("xu"))
    second, back, first = line("li", "wu"), line("wu", "li"), line("li", "xu")
    heard(company, second, back, first)
    ann.pull(company)
    assert why(ann, second) == '{"hidden":"second_manager"}'
    gone(company, ("reporting_line", first.id))
    ann.pull(company)
    assert why(ann, second) == '{"hidden":"cycle"}'
    assert seen(ann) == {"li", "wu", "xu", back.id}


def test_of_two_managers_the_newest_is_shown(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [person("li"), person("wu"), person("xu")])
    settle(company, ann, bob)
    ann.write((), [line("li", "wu")])
    bob.write((), [line("li", "xu")])
    settle(company, ann, bob)
    settle(company, ann, bob)
    first, second = sorted(
        [line("li", "wu"), line("li", "xu")], key=lambda one: _drawn(company, one)
    )
    for one in (ann, bob):
        assert seen(one) == {"li", "wu", "xu", second.id}
        assert why(one, first) == '{"hidden":"second_manager"}'
    shown = next(iter(ann.store.load_all().all(ReportingLine).values()))
    besides = ann.write([shown])
    assert list(besides.after) == [first.id]
    settle(company, ann, bob)
    assert seen(bob) == {"li", "wu", "xu", first.id}


def _drawn(company: Company, one: ReportingLine) -> str:
    return company.rows["reporting_line", one.id].clock[REST]


def test_a_line_whose_end_comes_stands_behind_a_newer_one_at_once(
    company: Company, ann: Colleague
) -> None:
    older, newer = line("li", "xu"), line("li", "wu")
    heard(company, person("li"), person("wu"), older, newer)
    ann.pull(company)
    assert seen(ann) == {"li", "wu", newer.id}
    assert why(ann, older) == '{"hidden":"end_gone"}'
    heard(company, person("xu"))
    ann.pull(company)
    assert seen(ann) == {"li", "wu", "xu", newer.id}
    assert why(ann, older) == '{"hidden":"second_manager"}'
    ann.undo()
    assert seen(ann) == {"li", "wu", newer.id}


def test_lines_that_together_close_a_circle_leave_a_forest(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [person("li"), person("wu"), person("xu"), line("li", "wu")])
    settle(company, ann, bob)
    ann.write((), [line("wu", "xu")])
    bob.write((), [line("xu", "li")])
    settle(company, ann, bob)
    settle(company, ann, bob)
    assert seen(ann) == seen(bob)
    lines = (line("li", "wu"), line("wu", "xu"), line("xu", "li"))
    assert sorted(str(why(ann, one)) for one in lines) == ["None", "None", '{"hidden":"cycle"}']


def test_a_line_that_stood_behind_another_waits_for_its_end(
    company: Company, ann: Colleague
) -> None:
    heard(company, person("li"), person("wu"), person("xu"), line("li", "wu"), line("li", "xu"))
    ann.pull(company)
    (shown,) = ann.store.load_all().all(ReportingLine).values()
    behind = line("li", "wu") if shown.manager == "xu" else line("li", "xu")
    gone(company, ("person", behind.manager))
    ann.pull(company)
    ann.write([_as_it_is(ann, shown)])
    assert behind.id not in seen(ann)
    ann.write((), [person(behind.manager)])
    assert behind.id in seen(ann)


def _as_it_is(one: Colleague, record: Record) -> Record:
    found = one.store.load_all().find(record.id)
    assert found is not None
    return found


def test_a_hidden_line_can_be_let_go_and_comes_back_hidden(
    company: Company, ann: Colleague
) -> None:
    heard(company, person("li"), person("wu"), person("xu"), line("li", "wu"), line("li", "xu"))
    ann.pull(company)
    shown = ann.store.load_all().all(ReportingLine)
    behind = line("li", "wu") if line("li", "wu").id not in shown else line("li", "xu")
    held = _shared(behind)
    ann.write([held])
    assert '"by"' in why(ann, behind)
    ann.undo()
    assert ann.store.load_all().all(ReportingLine) == shown
    assert why(ann, behind) == '{"hidden":"second_manager"}'


def _shared(record: Any) -> Any:
    from dataclasses import replace

    return replace(record, audience=Audience.TEAM)


def test_a_conflict_is_seen_with_its_record_only(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [person("li")])
    settle(company, ann, bob)
    for one, name in ((ann, "Li A"), (bob, "Li B")):
        before = one.store.load_all().one(Person, "li")
        after = Person(id=before.id, name=name, audience=before.audience)
        one.store.write(Change.of([before], [after]), one.entry())
    settle(company, ann, bob)
    settle(company, ann, bob)
    (conflict,) = ann.store.load_all().all(Conflict).values()
    assert (conflict.kind, conflict.row, conflict.field) == ("person", "li", "name")
    assert conflict.id in bob.store.load_all()
    gone(company, ("person", "li"))
    ann.pull(company)
    assert not ann.store.load_all()
    ann.undo()
    assert ann.store.load_all().all(Conflict).keys() == {conflict.id}


def test_an_edit_that_says_what_stands_against_it_settles_it(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [person("li")])
    settle(company, ann, bob)
    for one, title in ((ann, "A"), (bob, "B")):
        before = one.store.load_all().one(Person, "li")
        after = Person(id=before.id, name="li", title=title, audience=before.audience)
        one.store.write(Change.of([before], [after]), one.entry())
    settle(company, ann, bob)
    settle(company, ann, bob)
    (conflict,) = ann.store.load_all().all(Conflict).values()
    before = ann.store.load_all().one(Person, "li")
    wanted = conflict.value.strip('"')
    after = Person(id=before.id, name="li", title=wanted, audience=before.audience)
    besides = ann.store.write(Change.of([before], [after]), ann.entry())
    assert list(besides.before) == [conflict.id]
    settle(company, ann, bob)
    settle(company, ann, bob)
    assert not ann.store.load_all().all(Conflict)
    assert not bob.store.load_all().all(Conflict)


def test_undoing_what_settled_a_conflict_brings_it_back_until_that_was_sent(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [person("li")])
    settle(company, ann, bob)
    for one, title in ((ann, "A"), (bob, "B")):
        before = one.store.load_all().one(Person, "li")
        after = Person(id=before.id, name="li", title=title, audience=before.audience)
        one.store.write(Change.of([before], [after]), one.entry())
    settle(company, ann, bob)
    settle(company, ann, bob)
    (conflict,) = ann.store.load_all().all(Conflict).values()
    ann.write([conflict])
    ann.undo()
    assert conflict.id in ann.store.load_all()
    ann.write([conflict])
    settle(company, ann, bob)
    ann.undo()
    assert not ann.store.load_all().all(Conflict)


def test_whether_anything_is_hidden_is_told_by_what_is_hidden_alone(ann: Colleague) -> None:
    """However large the store: no row that is seen is looked at."""
    with ann.store._reading() as db:
        plan = [step for *_, step in db.execute(f"EXPLAIN QUERY PLAN {hiding._ANYTHING}")]
    looked_at = [step for step in plan if " person " in step]
    assert looked_at
    assert all("INDEX person_hidden" in step for step in looked_at)
