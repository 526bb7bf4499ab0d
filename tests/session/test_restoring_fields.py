from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from stores import a_session

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Assessment,
    Attitude,
    ChainMember,
    Department,
    Person,
    PersonId,
    Project,
    ProjectType,
    Record,
    Records,
    ReportingLine,
    Snapshot,
    Stance,
    id_of,
)
from brm_desktop.session.edits_since import edits_since
from brm_desktop.session.history_filter import HistoryFilter
from brm_desktop.session.restoring_fields import restored_value
from brm_desktop.session.session import Session

EDIT = phrase("Edit")


@dataclass
class Store:
    """A session with one account of two people."""

    session: Session
    account: AccountId
    li: PersonId
    bo: PersonId

    def restore(self, kind: type[Record], record: str, field: str, value: object) -> None:
        """Give a field a former value, through the session's door."""
        self.session.edit(phrase("Restore"), restored_value, kind, record, field, value)

    def person(self) -> Person:
        """Li as he is now."""
        return self.session.records.one(Person, self.li)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_session(tmp_path / "sales.brm") as session:
        account = session.edit(EDIT, edits.create_account, name="Acme").added(Account)[0].id
        li, bo = (
            session.edit(EDIT, edits.add_person, account=account, name=name, title="Buyer")
            .added(Person)[0]
            .id
            for name in ("Li", "Bo")
        )
        yield Store(session, account, li, bo)


def test_one_field_goes_back_and_later_edits_stay(store: Store) -> None:
    store.session.edit(EDIT, edits.revise_person, store.li, title="Head", notes="Likes tea.")
    store.session.edit(EDIT, edits.revise_person, store.li, title="Chief", wechat="li")
    store.restore(Person, store.li, "title", "Buyer")
    person = store.person()
    assert (person.title, person.notes, person.wechat) == ("Buyer", "Likes tea.", "li")


def test_a_restored_field_is_one_step_of_undo(store: Store) -> None:
    store.session.edit(EDIT, edits.revise_person, store.li, title="Head", notes="Likes tea.")
    store.restore(Person, store.li, "title", "Buyer")
    store.session.undo()
    assert (store.person().title, store.person().notes) == ("Head", "Likes tea.")


def test_a_value_that_holds_already_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="It is so already"):
        store.restore(Person, store.li, "title", "Buyer")


def test_a_record_that_is_gone_has_to_come_back_first(store: Store) -> None:
    store.session.edit(EDIT, edits.remove_people, [store.li])
    with pytest.raises(Refused, match="bring it back first"):
        store.restore(Person, store.li, "title", "Head")


def test_a_field_that_is_no_more_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="no longer kept"):
        store.restore(Person, store.li, "horoscope", "Leo")


def test_a_department_that_is_gone_is_not_made_anew(store: Store) -> None:
    store.session.edit(EDIT, edits.revise_person, store.li, department="Works")
    works = store.person().department
    assert works is not None
    store.session.edit(EDIT, edits.revise_person, store.li, department=None)
    store.restore(Person, store.li, "department", works)
    assert store.person().department == works
    store.session.edit(EDIT, edits.revise_person, store.li, department=None)
    store.session.edit(EDIT, edits.remove_records, [works])
    with pytest.raises(Refused, match="names is no longer there"):
        store.restore(Person, store.li, "department", works)
    assert not store.session.records.all(Department)


def test_a_projects_type_goes_back_to_none_and_to_what_it_was(store: Store) -> None:
    made = store.session.edit(EDIT, edits.create_project, store.account, "Plant", type="MES")
    (plant,), (mes,) = made.added(Project), made.added(ProjectType)
    store.restore(Project, plant.id, "type", None)
    store.restore(Project, plant.id, "type", mes.id)
    assert store.session.records.one(Project, plant.id).type == mes.id


def test_a_rule_of_today_forbids_a_former_value(store: Store) -> None:
    with pytest.raises(Refused):
        store.restore(Person, store.li, "power", 200)
    assert store.person().power is None


def test_a_score_of_a_statement_goes_back(store: Store) -> None:
    store.session.edit(EDIT, edits.assess, store.li, closeness=40, price=10)
    store.session.edit(EDIT, edits.assess, store.li, closeness=70)
    (said,) = store.session.records.where(Assessment, person=store.li)
    store.restore(Assessment, said.id, "closeness", 40)
    (said,) = store.session.records.where(Assessment, person=store.li)
    assert (said.closeness, said.price) == (40, 10)


def test_a_stance_that_a_member_had_is_claimed_again(store: Store) -> None:
    plant = store.session.edit(EDIT, edits.create_project, store.account, "Plant")
    project = plant.added(Project)[0].id
    store.session.edit(EDIT, edits.add_member, project, store.li, stance=Stance.NEUTRAL)
    member = id_of(ChainMember, project, store.li)
    store.restore(ChainMember, member, "stance", Stance.MENTOR)
    (claim,) = store.session.records.where(Attitude, person=store.li)
    assert claim.stance is Stance.MENTOR
    with pytest.raises(Refused, match="It is so already"):
        store.restore(ChainMember, member, "stance", Stance.MENTOR)


def test_edits_since_a_day_leave_out_statements_and_name_somebody(store: Store) -> None:
    session = store.session
    session.edit(phrase("Rename"), edits.revise_person, store.li, name="Li Ming")
    session.edit(phrase("Say"), edits.assess, store.li, closeness=40)
    session.edit(phrase("Move"), edits.move, store.account, {store.li: (1.0, 2.0)})
    session.edit(phrase("Manage"), edits.set_manager, store.li, store.bo)
    lines = session.history()

    found = edits_since(lines, date(2000, 1, 1), session.records)

    assert [str(one.name) for one in found[:2]] == ["Manage", "Rename"]
    assert [one.person for one in found[:2]] == [store.li, store.li]
    assert found[0].records == 1
    assert edits_since(lines, date(9000, 1, 1), session.records) == []


def test_an_edit_about_somebody_who_is_gone_names_nobody(store: Store) -> None:
    session = store.session
    session.edit(EDIT, edits.set_manager, store.li, store.bo)
    (line,) = session.records.all(ReportingLine).values()
    session.edit(phrase("Cut"), edits.remove_records, [line.id])
    cut = edits_since(session.history(limit=1), date(2000, 1, 1), session.records)
    assert [one.person for one in cut] == [store.li]
    session.edit(phrase("Go"), edits.remove_people, [store.li, store.bo])
    gone = edits_since(session.history(limit=2), date(2000, 1, 1), session.records)
    assert [(str(one.name), one.person, one.records) for one in gone] == [("Go", None, 2)]


def test_a_history_is_narrowed_by_person_kind_author_and_days(store: Store) -> None:
    session = store.session
    session.edit(phrase("Manage"), edits.set_manager, store.li, store.bo)
    session.edit(phrase("Meet"), edits.add_interaction, store.account, people=(store.bo,))
    session.edit(phrase("Rename"), edits.revise_person, store.li, name="Li Ming")
    lines, today = session.history(), session.today()

    def kept(**wanted: Any) -> list[str]:
        narrow = HistoryFilter(**wanted)
        return [str(line.name) for line in lines if narrow.keeps(line, session.records)]

    assert kept()[:3] == ["Rename", "Meet", "Manage"]
    assert kept(person=store.li)[:2] == ["Rename", "Manage"]
    assert kept(person=store.bo)[:2] == ["Meet", "Manage"]
    assert kept(kind=ReportingLine) == ["Manage"]
    assert kept(author="Nobody") == []
    day = timedelta(days=1)
    assert kept(since=lines[0].when.astimezone().date() + day) == []
    assert kept(until=lines[0].when.astimezone().date() - day) == []
    assert kept(since=date(2000, 1, 1), until=max(today, date(2999, 1, 1))) == kept()


def test_month_end_numbers_are_in_a_history_only_when_they_are_asked_for(store: Store) -> None:
    session, records = store.session, store.session.records
    month = date(2026, 10, 1)

    def keep(_records: Records, _act: Act) -> Change:
        kept = Snapshot(
            id=id_of(Snapshot, store.account, month),
            subject=store.account,
            month=month,
            closeness=5868,
        )
        return Change.of((), (kept,))

    session.edit(phrase("Months"), keep)
    lines = session.history()
    assert any(line.kind is Snapshot for line in lines)
    everything, months = HistoryFilter(), HistoryFilter(kind=Snapshot)
    assert not any(everything.keeps(line, records) for line in lines if line.kind is Snapshot)
    assert {line.kind for line in lines if months.keeps(line, records)} == {Snapshot}
