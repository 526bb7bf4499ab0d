"""What was looked through once is kept up with what is written: the same as looked through anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from company import Company, account, send, share, take

from brm_desktop.domain import edits
from brm_desktop.domain.operations import Key
from brm_desktop.domain.outgoing import FieldEntry, Outgoing
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Choice,
    Person,
    PersonId,
    SharingChoice,
)
from brm_desktop.session import preparing
from brm_desktop.session.preparing import Prepared, prepare
from brm_desktop.session.session import Session
from brm_desktop.session.syncing import disputes_in
from brm_desktop.storage.local_store import LocalStore

EDIT = phrase("An edit")


class Watched:
    """A rep's store that is looked through again and again, and which rows were read for that."""

    def __init__(self, session: Session, acme: AccountId, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session = session
        self.acme = acme
        self.read: set[Key] = set()
        states = LocalStore.states

        def reading(store: LocalStore, keys: list[Key]) -> object:
            self.read |= set(keys)
            return states(store, keys)

        monkeypatch.setattr(LocalStore, "states", reading)
        self.prepared = prepare(session)

    def person(self, name: str) -> PersonId:
        added = self.do(edits.add_person, account=self.acme, name=name)
        return added[0]

    def do(self, edit: Callable[..., object], *args: object, **fields: object) -> list[PersonId]:
        change = self.session.edit(EDIT, edit, *args, **fields)  # type: ignore[arg-type]
        return [one.id for one in change.added(Person)]

    def look(self) -> set[Key]:
        """Look again, and see that it is the same as looked through anew; gives what was read."""
        self.read = set()
        self.prepared = prepare(self.session, before=self.prepared)
        read = {*self.read}
        assert_same(self.prepared, prepare(self.session))
        return read


def assert_same(kept: Prepared, anew: Prepared) -> None:
    """Both say the same, in words as well."""
    assert kept.outgoing == anew.outgoing
    assert words_of(kept.outgoing) == words_of(anew.outgoing)
    assert kept.selection == anew.selection
    assert kept.gathered.records == anew.gathered.records
    assert kept.as_of == anew.as_of


def words_of(found: Outgoing) -> list[tuple[FieldEntry, ...]]:
    """All values that leave, then those that wait for a word of the user."""
    leaving = [found.fields_of(one) for one in found.entries]
    return leaving + [found.values_of(one) for one in found.asked]


@pytest.fixture
def watched(company: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """Everything of an account is shared, its opinions once the user says so."""
    with company.rep("Wang Min") as session:
        acme = account(session)
        share(session, acme, structure=Choice.TEAM, connections=Choice.TEAM, opinions=Choice.ASK)
        yield Watched(session, acme, monkeypatch)


def test_after_an_edit_only_the_rows_it_touched_are_read(watched: Watched) -> None:
    chief, clerk = watched.person("Chief"), watched.person("Clerk")
    watched.look()
    watched.do(edits.revise_person, chief, title="CEO", power=70)
    assert watched.look() == {("person", chief)}
    (asked,) = watched.prepared.outgoing.asked
    assert (asked.key, asked.field) == (("person", chief), "power")
    assert watched.look() == set()
    watched.do(edits.set_manager, clerk, chief)
    (line,) = watched.look()
    assert line[0] == "reporting_line"


def test_who_is_called_otherwise_is_called_so_by_all_that_names_him(watched: Watched) -> None:
    chief, clerk = watched.person("Chief"), watched.person("Clerk")
    watched.do(edits.set_manager, clerk, chief)
    watched.look()
    watched.do(edits.revise_person, chief, name="Boss")
    watched.look()
    assert "Clerk → Boss" in {one.title for one in watched.prepared.outgoing.entries}


def test_a_choice_changes_what_leaves_of_all_it_is_about(watched: Watched) -> None:
    chief, clerk = watched.person("Chief"), watched.person("Clerk")
    watched.do(edits.set_manager, clerk, chief)
    watched.do(edits.revise_person, chief, power=70)
    watched.look()
    watched.do(edits.choose, chief, Choice.NEVER)
    watched.look()
    assert ("person", chief) not in {one.key for one in watched.prepared.outgoing.entries}
    watched.do(edits.choose, chief, None)
    watched.do(edits.choose, chief, Choice.TEAM, "power")
    watched.look()
    assert not watched.prepared.outgoing.asked
    watched.session.undo()
    watched.session.undo()
    watched.look()
    assert ("person", chief) not in {one.key for one in watched.prepared.outgoing.entries}
    assert watched.session.records.all(SharingChoice)


def test_after_sending_taking_in_and_settling_it_is_the_same(
    company: Company, watched: Watched
) -> None:
    chief, clerk = watched.person("Chief"), watched.person("Clerk")
    watched.look()
    send(watched.session)
    assert watched.look() >= {("person", chief), ("person", clerk)}
    assert not watched.prepared.outgoing
    company.merge()
    with company.rep("Li Lei") as li:
        share(li, watched.acme, structure=Choice.TEAM)
        li.edit(EDIT, edits.revise_person, chief, title="Chair")
        send(li)
    watched.do(edits.revise_person, chief, title="CEO")
    watched.do(edits.remove_people, [clerk])
    watched.look()
    assert len(watched.prepared.outgoing.entries) == 2
    company.merge()
    take(watched.session)
    watched.look()
    (dispute,) = disputes_in(watched.session)
    watched.do(edits.take_side, dispute.sides[0].conflict)
    assert ("person", chief) in watched.look()
    watched.session.undo()
    watched.look()


def test_one_account_is_looked_at_alone_out_of_what_is_kept(watched: Watched) -> None:
    beta = account(watched.session, "Beta")
    share(watched.session, beta, structure=Choice.TEAM)
    watched.person("Chief")
    watched.look()
    kept = prepare(watched.session, beta, before=watched.prepared)
    assert {one.account for one in kept.outgoing.entries} == {beta}
    assert kept.outgoing == prepare(watched.session, beta).outgoing


def test_looking_can_be_stopped_between_some_hundred_rows(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Ann", "Bob", "Cy"):
        watched.person(name)
    monkeypatch.setattr(preparing, "_AT_ONCE", 2)
    checks: list[int] = []

    def check() -> None:
        checks.append(1)
        if len(checks) > 2:
            raise TimeoutError

    watched.read = set()
    with pytest.raises(TimeoutError):
        prepare(watched.session, check=check)
    assert len(watched.read) == 2
    assert_same(prepare(watched.session), prepare(watched.session, before=watched.prepared))


@pytest.mark.parametrize("is_first", [True, False])
def test_what_is_written_while_it_is_looked_is_looked_at_too(
    watched: Watched, is_first: bool
) -> None:
    chief = watched.person("Chief")
    watched.look()
    clerk = watched.person("Clerk")
    titles = iter(("CEO", "CFO"))

    def check() -> None:
        title = next(titles, None)
        if title is not None:
            watched.do(edits.revise_person, chief, title=title)

    before = None if is_first else watched.prepared
    found = prepare(watched.session, before=before, check=check)
    assert next(titles, None) is None
    assert_same(found, prepare(watched.session))
    (said,) = (one for one in found.outgoing.operations if one.row == chief)
    assert said.values["title"] == "CFO"
    assert ("person", clerk) in {one.key for one in found.outgoing.entries}


def test_only_what_is_sent_otherwise_is_put_into_words_again(watched: Watched) -> None:
    chief, clerk = watched.person("Chief"), watched.person("Clerk")
    watched.do(edits.set_manager, clerk, chief)
    watched.look()
    before = {one.key: one for one in watched.prepared.outgoing.entries}
    watched.do(edits.revise_person, chief, title="CEO")
    watched.look()
    again = {one.key for one in watched.prepared.outgoing.entries if before[one.key] is not one}
    assert again == {("person", chief)}
    new = watched.person("Aaron")
    watched.look()
    titles = [one.title for one in watched.prepared.outgoing.entries if one.kind is Person]
    assert titles == ["Aaron", "Chief", "Clerk"]
    watched.do(edits.remove_people, [new])
    watched.look()
    assert ("person", new) not in {one.key for one in watched.prepared.outgoing.entries}


def test_what_was_looked_at_of_one_account_is_not_taken_for_all(watched: Watched) -> None:
    watched.person("Chief")
    other = watched.session.edit(EDIT, edits.create_account, name="Other").added(Account)[0].id
    share(watched.session, other, structure=Choice.TEAM)
    watched.prepared = prepare(watched.session, other)
    watched.person("Clerk")
    watched.look()
    assert "Chief" in {one.title for one in watched.prepared.outgoing.entries}
