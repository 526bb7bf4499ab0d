from __future__ import annotations

from contextlib import closing
from pathlib import Path

from small_company import Colleague, Company
from stores import a_session

from brm_desktop.domain.operations import REST, Operation, Plain
from brm_desktop.domain.records import Conflict, Person, PersonId, Tie, id_of
from brm_desktop.storage.driver import connect
from brm_desktop.storage.local_store import LocalStore

TIE = id_of(Tie, "li", "wu")
LATER = 1_000


def told(company: Company, kind: str, row: str, second: int = 1, **values: Plain) -> None:
    """The asset hears from somebody else of a row, or of another value of some fields of it."""
    stamp = f"{second:016x}{0xC:016x}"
    names = values if second > 1 else (REST,)
    stamps = dict.fromkeys(names, stamp)
    over = dict.fromkeys(names, (f"{1:016x}{0xC:016x}",)) if second > 1 else {}
    operation = Operation(kind=kind, row=row, values=values, stamps=stamps, over=over)
    company.take(0xC, [operation])


def as_if_older(one: Colleague, **kinds: str) -> None:
    """Have a store look as an older version leaves it, which knew none of some kinds or fields."""
    with one.store.transaction() as db:
        for instead, known in kinds.items():
            for table in ("unknown_row", "unknown_field"):
                db.execute(f'UPDATE {table} SET "kind" = ? WHERE "kind" = ?', [known, instead])
            named = [f'"{instead}"', f'"{known}"']
            db.execute("UPDATE unknown_row SET state = replace(state, ?, ?)", named)
            db.execute("UPDATE person SET clock = replace(clock, ?, ?)", named)
            db.execute("UPDATE unknown_field SET field = ? WHERE field = ?", [known, instead])


def beside(one: Colleague) -> int:
    with one.store._reading() as db:
        sql = "SELECT (SELECT count(*) FROM unknown_field) + (SELECT count(*) FROM unknown_row)"
        return int(db.execute(sql).fetchone()[0])


def test_rows_of_a_kind_that_was_unknown_get_into_its_table(
    company: Company, ann: Colleague
) -> None:
    told(company, "person", "li", name="Li", adaptability="unknown")
    told(company, "person", "wu", name="Wu", adaptability="unknown")
    told(company, "starship", TIE, employee="li", person="wu", closeness=5, basis="confirmed")
    told(company, "wormhole", "w", name="W")
    ann.pull(company)
    as_if_older(ann, starship="tie")
    ann.store.take_up(LATER)
    tie = ann.store.load_all().one(Tie, TIE)
    assert (tie.employee, tie.person, tie.closeness) == ("li", "wu", 5)
    assert beside(ann) == 1
    assert [str(line.name) for line in ann.store.history(TIE, None, 9)] == ["Take in what came"]
    ann.store.take_up(LATER)
    assert len(ann.store.history(TIE, None, 9)) == 1


def test_fields_that_were_unknown_get_into_their_columns_and_the_rest_stays_beside(
    company: Company, ann: Colleague
) -> None:
    told(company, "person", "li", name="Li", adaptability="unknown", rank="Boss", shoe=44)
    told(company, "person", "wu", name="Wu", adaptability="unknown", gender="x")
    ann.pull(company)
    as_if_older(ann, rank="title")
    ann.store.take_up(LATER)
    assert ann.store.load_all().one(Person, "li").title == "Boss"
    assert beside(ann) == 2
    assert ann.outgoing()[0] == []


def test_what_stands_against_a_field_that_was_unknown_can_be_settled(
    company: Company, ann: Colleague
) -> None:
    told(company, "person", "li", name="Li", adaptability="unknown")
    told(company, "person", "li", 2, rank="Boss")
    told(company, "person", "li", 3, rank="Chief")
    ann.pull(company)
    as_if_older(ann, rank="title")
    ann.store.take_up(LATER)
    found = ann.store.load_all()
    assert found.one(Person, "li").title == "Chief"
    assert [(one.field, one.value) for one in found.all(Conflict).values()] == [("title", '"Boss"')]


def test_what_is_there_already_is_not_taken_up_again(company: Company, ann: Colleague) -> None:
    ann.write((), [Person(id=PersonId("li"), name="Li")])
    told(company, "starship", "li", name="Zhao", adaptability="unknown")
    ann.pull(company)
    as_if_older(ann, starship="person")
    ann.store.take_up(LATER)
    assert ann.store.load_all().one(Person, "li").name == "Li"
    assert beside(ann) == 0


def test_what_cannot_be_read_stays_beside_and_the_store_opens(
    company: Company, ann: Colleague
) -> None:
    told(company, "starship", "li", name="Li", adaptability="unknown")
    ann.pull(company)
    as_if_older(ann, starship="person")
    with ann.store.transaction() as db:
        db.execute("UPDATE unknown_row SET state = 'what'")
    ann.store.take_up(LATER)
    assert beside(ann) == 1
    assert not ann.store.load_all()


def test_an_opened_store_has_taken_up_what_it_can(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    LocalStore.create(path, 0xA).close()
    state = '{"kind":"organisation","row":"acme","values":{"name":"Acme"},"clock":{"*":"%s"}}'
    with closing(connect(path, "rw")) as connection:
        connection.execute(
            "INSERT INTO unknown_row VALUES ('organisation', 'acme', ?)", [state % f"{1:032x}"]
        )
        connection.commit()
    with a_session(path) as session:
        assert session.all_records().find("acme") is not None
        assert session.can_undo() is None
        assert session.check() == []


def test_what_is_kept_beside_rows_that_are_not_there_is_left_there(ann: Colleague) -> None:
    with ann.store.transaction() as db:
        db.execute(
            "INSERT INTO unknown_field VALUES ('person', 'nobody', 'title', '\"Boss\"', 'x')"
        )
        db.execute("INSERT INTO covered VALUES ('person', 'nobody', '{}')")
    ann.store.take_up(LATER)
    assert ann.store.states([("person", "nobody")]) == {}
    assert beside(ann) == 1
