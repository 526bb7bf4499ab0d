from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from stores import (
    NOW,
    a_clock,
    a_session,
    changed,
    everything,
    listing,
    many_accounts,
    person_of,
    put,
    take,
)
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change, StaleChange
from brm_desktop.domain.errors import NotFound, Refused, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    Project,
    Records,
)
from brm_desktop.domain.stamp import Stamp
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session
from brm_desktop.storage.opening import newest_version

ACME = AccountId("account Acme")
LI = Person(id=PersonId("li"), name="Li")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sales.brm"


def _rename(records: Records, act: Act, person: str, *, name: str) -> Change:
    if not name:
        raise Refused(phrase("A person needs a name."))
    found = records.one(Person, person)
    return Change.put(records, changed(found, name=name))


def test_a_new_store_has_our_own_organisation_and_nothing_to_undo(path: Path) -> None:
    with Session.open(path, create=PLAIN, own_name="我司") as session:
        (ours,) = session.records.all(Organisation).values()
        assert (ours.name, ours.kind) == ("我司", OrganisationKind.OWN)
        assert session.can_undo() is None
        assert session.path == path
        assert session.schema == newest_version()
        assert session.counts()["organisation"] == 1
        assert session.check() == []
    with Session.open(path, own_name="Other") as again:
        assert [ours.id] == list(again.records.all(Organisation))


def test_without_leave_to_create_a_missing_store_is_a_problem(path: Path) -> None:
    with told(StoreProblem, "There is no file"):
        Session.open(path)
    assert listing(path.parent) == {}


def test_leave_to_create_opens_the_store_that_is_there(path: Path) -> None:
    with a_session(path) as session:
        put(session, LI)
    with a_session(path) as session:
        assert session.records.get(Person, "li") == LI


def test_when_a_session_cannot_begin_the_store_is_closed_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("defect")

    with monkeypatch.context() as patch:
        patch.setattr(Session, "_have_own_organisation", fail)
        with pytest.raises(KeyError):
            a_session(path)
    a_session(path).close()


def test_an_edit_is_in_the_file_in_memory_and_told_in_this_order(path: Path) -> None:
    with a_session(path) as session:
        put(session, LI)

        def look(change: Change) -> None:
            assert session.records.one(Person, "li").name == "Wu"
            assert session.all_records().one(Person, "li").name == "Wu"
            heard.append(change)

        heard: list[Change] = []
        session.changed.subscribe(look)
        change = session.edit(phrase("Rename"), _rename, "li", name="Wu")
        assert heard == [change]


def test_a_refused_edit_leaves_everything_as_it_was(path: Path) -> None:
    with a_session(path) as session:
        put(session, LI)
        before = session.records
        with told(Refused, "needs a name"):
            session.edit(phrase("Rename"), _rename, "li", name="")
        assert session.records is before
        assert len(session.history("li")) == 1


def test_an_edit_that_changes_nothing_leaves_no_trace(path: Path) -> None:
    with a_session(path) as session:
        put(session, LI)
        heard: list[Change] = []
        session.changed.subscribe(heard.append)
        assert not session.edit(phrase("Rename"), _rename, "li", name="Li")
        assert heard == []
        assert len(session.history("li")) == 1


def test_an_edit_knows_its_day_author_stamp_and_new_ids(path: Path) -> None:
    acts: list[Act] = []

    def look(records: Records, act: Act) -> Change:
        acts.append(act)
        return Change.put(records, Person(id=PersonId(act.new_id()), name="Li"))

    with a_session(path) as session:
        session.change_settings(user=PersonId("me"))
        session.edit(phrase("Look"), look)
        (line,) = session.history(limit=1)
        (act,) = acts
        assert (act.today, act.author) == (NOW.date(), "me")
        assert (line.operation, line.author) == (act.stamp, "me")
        assert line.when == NOW
        assert session.act().stamp > act.stamp


def test_when_the_store_cannot_be_written_memory_and_views_stay(path: Path) -> None:
    with a_session(path) as session:
        put(session, LI)
        before = session.records
        heard: list[Change] = []
        session.changed.subscribe(heard.append)
        away = path.rename(path.with_suffix(".away"))
        with told(StoreProblem, "no longer in its folder"):
            session.edit(phrase("Rename"), _rename, "li", name="Wu")
        assert (session.records, heard) == (before, [])
        away.rename(path)


def test_a_stale_change_is_a_defect_found_before_the_file_is_touched(path: Path) -> None:
    with a_session(path) as session:
        put(session, LI)
        with pytest.raises(StaleChange):
            session.apply(phrase("Odd"), Change.of([changed(LI, name="Wu")], ()))
        assert len(session.history("li")) == 1


def test_a_failing_view_is_raised_when_the_edit_is_done_and_all_were_told(path: Path) -> None:
    def fail(_: Change) -> None:
        raise ValueError("cannot paint")

    heard: list[Change] = []
    with a_session(path) as session:
        session.changed.subscribe(fail)
        session.changed.subscribe(heard.append)
        with pytest.raises(ValueError, match="cannot paint"):
            put(session, LI)
        assert len(heard) == 1
        assert session.records.one(Person, "li") == LI
        assert session.all_records().one(Person, "li") == LI


def test_the_clock_goes_on_after_the_greatest_stamp_though_it_was_set_back(path: Path) -> None:
    with a_session(path) as session:
        put(session, LI)
        last = session.history("li")[0].operation
    with a_session(path, year=2020) as session:
        session.edit(phrase("Rename"), _rename, "li", name="Wu")
        line = session.history("li")[0]
        assert line.operation > last
        assert Stamp.from_bytes(bytes.fromhex(line.operation)).site == session._store.site
        assert line.when.year == 2020


def test_an_account_is_opened_as_one_change_and_only_once(path: Path) -> None:
    facts = everything()
    with a_session(path) as session:
        put(session, *facts)
    with a_session(path) as session:
        heard: list[Change] = []
        session.changed.subscribe(heard.append)
        assert ACME not in session.records
        assert {"Spy", "organisation Rival", "type ERP"} < {r.id for r in session.records}
        session.open_account(ACME)
        session.open_account(ACME)
        (change,) = heard
        assert not change.before
        assert ACME in change.after
        assert session.records == session.all_records()


def test_opening_an_account_that_is_not_there_is_a_problem(path: Path) -> None:
    with a_session(path) as session, told(NotFound, "There is no account nobody"):
        session.open_account(AccountId("nobody"))


def test_an_account_read_aside_is_read_again_when_it_was_changed_meanwhile(path: Path) -> None:
    with a_session(path) as session:
        put(session, *many_accounts(2, 3))
    with a_session(path) as session:
        account = AccountId("account Account 0001")
        loaded = session.read_account(account)
        everyone = session.all_records()
        clerk = person_of(everyone, "Person 0001-02")
        other = person_of(everyone, "Person 0000-00")
        session.apply(phrase("Import"), Change.of([clerk], [changed(clerk, title="Chief")]))
        assert clerk.id not in session.records
        session.show_account(loaded)
        assert person_of(session.records, clerk.id).title == "Chief"
        assert other.id not in session.records


def test_a_change_of_an_account_that_is_not_open_is_written_and_told_as_nothing(
    path: Path,
) -> None:
    with a_session(path) as session:
        put(session, *everything())
    with a_session(path) as session:
        heard: list[Change] = []
        session.changed.subscribe(heard.append)
        before = session.records
        session.undo()
        assert heard == [Change()] or not heard[0].added(Account)
        assert ACME not in session.records
        assert session.counts()["account"] == 0
        assert {record.id for record in session.records} < {record.id for record in before}


def test_a_new_account_of_an_organisation_known_before_brings_what_is_known(path: Path) -> None:
    group = Organisation(id=OrganisationId("group"), name="Group")
    company = Organisation(id=OrganisationId("company"), name="Company", parent=group.id)
    with a_session(path) as session:
        put(session, group, company, Account(id=AccountId("a"), organisation=company.id))
        put(session, Person(id=PersonId("boss"), name="Boss", organisation=group.id))
    with a_session(path) as session:
        heard: list[Change] = []
        session.changed.subscribe(heard.append)
        put(session, Account(id=AccountId("b"), organisation=group.id))
        assert session.records.one(Person, "boss").name == "Boss"
        assert {"b", "boss", "group"} == set(heard[0].after)
        assert session.counts()["account"] == 2


def test_the_numbers_of_an_account_are_kept_until_something_changes(path: Path) -> None:
    clock = a_clock()
    with Session.open(path, clock=clock, create=PLAIN) as session:
        put(session, *many_accounts(1, 3))
        account = AccountId("account Account 0000")
        first = session.analysis(account)
        assert session.analysis(account) is first
        session.edit(phrase("Rename"), _rename, "Person 0000-00", name="Wu")
        second = session.analysis(account)
        assert second is not first
        assert "Wu" in {person.name for person in second.people}
        clock.now += timedelta(days=1)
        third = session.analysis(account)
        assert third.today == date(2026, 4, 1)
        session.change_settings(user=PersonId("Seller"))
        assert session.analysis(account).user == "Seller"


def test_moving_a_card_finds_no_number_anew(tmp_path: Path) -> None:
    with a_session(tmp_path / "sales.brm") as session:
        account = session.edit(phrase("Make"), edits.create_account, name="Acme").added(Account)[0]
        made = session.edit(phrase("Add"), edits.add_person, account=account.id, name="Li")
        li = made.added(Person)[0].id
        first = session.analysis(account.id).importance
        session.edit(phrase("Move"), edits.move, account.id, {li: (1, 2)})
        assert session.analysis(account.id).importance is first
        assert session.analysis(account.id).records is session.records
        session.edit(phrase("Say"), edits.revise_person, li, power=80)
        assert session.analysis(account.id).importance[li].power == 80
        session.undo()
        assert session.analysis(account.id).importance == first


def test_the_portfolio_and_names_need_no_account_open(path: Path) -> None:
    with a_session(path) as session:
        put(session, *many_accounts(3, 2))
    with a_session(path) as session:
        assert len(session.portfolio()) == len(session.account_ids()) == 3
        assert session.find_account("Account 0002") == "account Account 0002"
        assert not session.records.all(Account)


def test_names_are_of_all_accounts_though_none_is_open(path: Path) -> None:
    with a_session(path) as session:
        put(session, *many_accounts(2, 2))
        take(session, person_of(session.all_records(), "Person 0001-01"))
    with a_session(path) as session:
        found = {(line.id, line.account, line.account_name) for line in session.names()}
        assert len(session.names(most=2)) == 2
        assert not session.records.all(Account)
    people = {one for one in found if one[0].startswith("Person")}
    assert people == {
        ("Person 0000-00", "account Account 0000", "Account 0000"),
        ("Person 0000-01", "account Account 0000", "Account 0000"),
        ("Person 0001-00", "account Account 0001", "Account 0001"),
    }


def test_names_are_of_people_and_projects(path: Path) -> None:
    with a_session(path) as session:
        put(session, *everything())
        kinds = {line.kind for line in session.names()}
    assert kinds == {Person, Project}


def test_history_is_told_of_a_record_and_of_an_account(path: Path) -> None:
    with a_session(path) as session:
        put(session, *everything())
        clerk = person_of(session.records, "Acme clerk")
        take(session, clerk)
        assert [line.removed for line in session.history("Acme clerk")] == [True, False]
        assert session.history(account=ACME)[0].record == "Acme clerk"
        assert len(session.history(limit=5)) == 5


def test_a_change_is_written_by_a_worker_and_shown_afterwards(path: Path) -> None:
    with a_session(path) as session:
        heard: list[Change] = []
        session.changed.subscribe(heard.append)
        change = Change.put(session.records, LI)
        with ThreadPoolExecutor(1) as worker:
            written = worker.submit(session.write, phrase("Put"), change).result()
        assert session.records.get(Person, LI.id) is None
        assert heard == []

        session.show_written(written)

        assert heard == [change]
        assert session.records.one(Person, LI.id) == LI
        assert session.undo() == phrase("Put")


def test_what_the_last_look_raises_before_the_commit_rolls_everything_back(path: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with a_session(path) as session:
        before = session.counts()
        with pytest.raises(KeyboardInterrupt):
            session.write(phrase("Put"), Change.put(session.records, LI), stop)
        assert session.counts() == before
        assert session.can_undo() is None


def test_an_account_read_before_a_change_was_shown_is_shown_with_it(path: Path) -> None:
    with a_session(path) as session:
        put(session, *everything())
    with a_session(path) as session:
        chief = person_of(session.all_records(), "Acme chief")
        loaded = session.read_account(ACME)
        renamed = Change.of([chief], [changed(chief, name="Li")])
        written = session.write(phrase("Rename"), renamed)
        session.show_account(loaded)
        session.show_written(written)
        assert person_of(session.records, "Acme chief").name == "Li"


def test_an_empty_change_written_aside_leaves_no_trace(path: Path) -> None:
    with a_session(path) as session:
        put(session, LI)
        written = session.write(phrase("Import"), Change())
        session.show_written(written)
        assert session.records.one(Person, "li") == LI
        assert len(session.history()) == 2
