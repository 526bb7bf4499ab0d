from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from random_company import RandomCompany
from small_company import ASSET, LINK, Colleague, Company, digest_of, settle
from stores import everything
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.merge import same
from brm_desktop.domain.operations import Operation, RowState
from brm_desktop.domain.records import (
    AccountId,
    Audience,
    Person,
    PersonId,
    Records,
    SharingChoice,
    Snapshot,
)
from brm_desktop.domain.replies import Notice, Reply, ReplyRow, SiteNote
from brm_desktop.storage.merging.outgoing import Sent

LI = Person(id=PersonId("li"), name="Li", title="Buyer")


def retitled(one: Colleague, title: str) -> None:
    """Somebody gives Li another title."""
    before = one.store.load_all().one(Person, "li")
    one.store.write(Change.of([before], [replace(before, title=title)]), one.entry())


def mirrored(one: Colleague) -> list[tuple[str, str]]:
    with one.store._reading() as db:
        return db.execute('SELECT "kind", row FROM mirror ORDER BY 1, 2').fetchall()


def test_everything_that_may_leave_comes_as_it_was(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [one for one in everything() if type(one).__name__ != "Conflict"])
    ann.send(company)
    folded = bob.pull(company)
    assert folded
    assert sum(map(len, folded.changed.values())) == folded.rows == len(company.rows)
    own = (Snapshot, SharingChoice)
    there = {one.id: one for one in ann.store.load_all() if not isinstance(one, own)}
    here = {one.id: replace(one, audience=there[one.id].audience) for one in bob.store.load_all()}
    assert here == there
    mine, hers = bob.store.greatest_stamp(), ann.store.greatest_stamp()
    assert mine is not None
    assert hers is not None
    assert mine > hers


def test_the_same_answer_again_changes_nothing(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [LI])
    settle(company, ann, bob)
    settle(company, ann, bob)
    before = bob.states()
    assert not bob.fold(company.reply(0xB, 0))
    assert not bob.fold(company.reply(0xB, 0, complete=True))
    assert bob.states() == before
    assert bob.outgoing()[0] == []


def test_an_answer_older_than_the_last_is_passed_over(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [LI])
    settle(company, ann)
    old = company.reply(0xB, 0)
    retitled(ann, "Chief")
    settle(company, ann, bob)
    assert bob.fold(old).rows == 0
    assert bob.store.load_all().one(Person, "li").title == "Chief"


def test_answers_that_do_not_follow_are_refused(company: Company, ann: Colleague) -> None:
    company.changes = 7
    with told(StoreProblem, "does not follow on the last one"):
        ann.fold(company.reply(0xA, 3))
    foreign = Reply(replace(company.head(0xA, 0), asset="another"), (), (), iter(()))
    with told(StoreProblem, "of another asset"):
        ann.fold(foreign)


def test_a_store_that_takes_part_in_nothing_takes_nothing_in(tmp_path: Path) -> None:
    from brm_desktop.storage.local_store import LocalStore

    store = LocalStore.create(tmp_path / "alone.brm", 0xD)
    alone = Colleague(tmp_path / "other.brm", 0xE)
    with told(StoreProblem, "of another asset"):
        store.fold(Company().reply(0xD, 0), alone.entry())
    assert store.link() is None
    assert store.edited_since_sent() == ([], 0)
    with pytest.raises(ValueError, match="takes part in no asset"):
        store.record_sent(_sent(1, 1), [], looked_at=0)
    with pytest.raises(ValueError, match="nothing was sent"):
        store.take_back(1)
    store.close()
    alone.store.close()


def _sent(first: int, last: int) -> Sent:
    return Sent(first=first, last=last, digest="", previous="", made_at=1, bundle=b"")


def test_what_is_stopped_leaves_the_store_as_it_was(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [LI])
    ann.send(company)
    with told(StoreProblem, "It was stopped; nothing has changed"):
        bob.store.fold(company.reply(0xB, 0), bob.entry(), stopped=lambda: True)
    assert not bob.store.load_all()
    done: list[int] = []
    bob.store.fold(company.reply(0xB, 0), bob.entry(), progress=done.append)
    assert done == [1]


def test_what_is_not_for_this_store_any_more_goes_and_its_own_edits_stay(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    wu = Person(id=PersonId("wu"), name="Wu")
    ann.write((), [LI, wu])
    settle(company, ann, bob)
    retitled(bob, "Chief")
    upto = company.changes + 1
    withdrawn = [ReplyRow("person", one, upto, None) for one in ("li", "wu", "xu")]
    head = replace(company.head(0xB, 0), after=company.changes, upto=upto)
    bob.fold(Reply(head, (), (), iter(withdrawn)))
    assert not bob.store.load_all()
    assert mirrored(bob) == []
    states = bob.states()
    assert states["person", "li"].values == {"title": "Chief"}
    assert not states["person", "wu"].clock


def test_a_complete_answer_says_what_is_gone_by_not_saying_it(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [LI, Person(id=PersonId("wu"), name="Wu")])
    settle(company, ann, bob)
    company.changes += 1
    (li,) = [row for row in company.reply(0xB, 0, complete=True).rows if row.row == "li"]
    head = company.head(0xB, 0, complete=True)
    bob.fold(Reply(head, (), (), iter([li])))
    assert bob.store.load_all().all(Person).keys() == {"li"}
    assert mirrored(bob) == [("person", "li")]


def test_a_row_that_was_deleted_before_it_ever_came_is_not_kept(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [LI])
    settle(company, ann)
    ann.write([ann.store.load_all().one(Person, "li")])
    settle(company, ann, bob)
    assert bob.states() == {}
    assert mirrored(bob) == []


def test_an_erased_row_leaves_nothing_behind(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [LI])
    settle(company, ann, bob)
    retitled(ann, "A")
    retitled(bob, "B")
    settle(company, ann, bob)
    settle(company, ann, bob)
    company.changes += 1
    rows = iter([ReplyRow("person", "li", company.changes, None, erased=True)])
    folded = bob.fold(Reply(replace(company.head(0xB, 0)), (), (), rows))
    assert folded.changed["person"] == {"li"}
    assert not bob.store.load_all()
    with bob.store._reading() as db:
        told_of = db.execute(
            "SELECT before, after FROM history WHERE \"kind\" = 'person'"
        ).fetchall()
    assert set(told_of) == {("{}", None)}
    assert bob.store.step_to_undo() is None


def test_taking_in_is_one_step_of_undo_and_undoing_is_an_edit_of_ones_own(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    bob.write((), [LI])
    settle(company, bob, ann)
    retitled(ann, "Chief")
    ann.write((), [Person(id=PersonId("wu"), name="Wu")])
    settle(company, ann)
    before = bob.store.load_all()
    bob.pull(company)
    bob.undo()
    assert bob.store.load_all() == before
    operations = {one.row: one for one in bob.outgoing()[0]}
    assert operations["li"].values == {"title": "Buyer"}
    assert operations["wu"].deletions
    settle(company, bob, ann)
    assert ann.store.load_all().one(Person, "li").title == "Buyer"


@pytest.mark.parametrize("is_whole", [True, False])
def test_undo_brings_back_no_field_that_nobody_stands_for_any_more(
    company: Company, bob: Colleague, *, is_whole: bool
) -> None:
    named, titled = f"{1:016x}{0xC:016x}", f"{2:016x}{0xC:016x}"
    clock = {"*" if is_whole else "name": named}
    left = RowState(
        kind="person",
        row="li",
        values={"name": "Li"},
        clock=clock,
        withheld=frozenset({"title"} if is_whole else ()),
    )
    said = replace(
        left,
        values={"name": "Li", "title": "Buyer"},
        clock=clock | {"title": titled},
        withheld=frozenset(),
    )
    for state in (said, left):
        company.changes += 1
        row = ReplyRow("person", "li", company.changes, state)
        bob.fold(Reply(company.head(0xB, company.changes - 1), (), (), iter([row])))
    bob.undo()
    assert bob.store.load_all().one(Person, "li").title == ""


def test_what_was_sent_counts_as_known_until_the_asset_tells_of_it(
    company: Company, ann: Colleague
) -> None:
    ann.write((), [LI])
    (sent,) = ann.send(None)
    assert same(ann.store.known([("person", "li")])["person", "li"], _stamps_of(ann))
    assert ann.outgoing()[0] == []
    retitled(ann, "Chief")
    (later,) = ann.send(None)
    assert later.over == {"title": (sent.stamps["*"],)}
    assert [one.first for one in ann.store.unacknowledged()] == [1, 2]
    company.take(0xA, [sent])
    ann.pull(company)
    assert [one.first for one in ann.store.unacknowledged()] == [2]
    assert ann.store.load_all().one(Person, "li").title == "Chief"
    company.take(0xA, [later])
    ann.pull(company)
    assert ann.store.unacknowledged() == []
    assert same(ann.states()["person", "li"], company.rows["person", "li"])


def _stamps_of(one: Colleague) -> RowState:
    from brm_desktop.domain.merge import stamps_only

    return stamps_only(one.states()["person", "li"])


def test_what_was_acknowledged_and_is_not_told_is_known_all_the_same(
    company: Company, ann: Colleague
) -> None:
    ann.write((), [LI])
    ann.send(company)
    company.versions.clear()
    ann.pull(company)
    assert ann.store.unacknowledged() == []
    assert mirrored(ann) == [("person", "li")]
    assert ann.outgoing()[0] == []


def test_what_is_sent_follows_on_what_was(ann: Colleague) -> None:
    operation = Operation(kind="person", row="li")
    with pytest.raises(ValueError, match="does not follow"):
        ann.store.record_sent(_sent(2, 2), [operation], looked_at=0)
    with pytest.raises(ValueError, match="does not follow"):
        ann.store.record_sent(_sent(1, 2), [operation], looked_at=0)


def test_rows_that_were_left_are_looked_at_again(ann: Colleague) -> None:
    ann.write((), [LI])
    edited = ann.store.edited_since_sent()
    assert edited.keys == [("person", "li")]
    ann.store.record_sent(None, [], looked_at=edited.upto, left=edited.keys)
    assert ann.store.edited_since_sent() == edited
    ann.store.record_sent(None, [], looked_at=edited.upto)
    assert ann.store.edited_since_sent().keys == []
    ann.store.look_again([("person", "li")])
    assert ann.store.edited_since_sent().keys == [("person", "li")]


def test_what_a_wrong_clock_sent_is_taken_back_and_stamped_anew(
    company: Company, ann: Colleague
) -> None:
    ann.write((), [LI])
    retitled(ann, "Chief")
    (sent,) = ann.send(None)
    stamps = iter([f"{0xFFFF:016x}{0xA:016x}", f"{0xFFFF1:016x}{0xA:016x}"])
    assert ann.store.take_back(1) == [("person", "li")]
    ann.store.restamp([("person", "li")], ann.entry(), lambda: next(stamps))
    assert ann.store.unacknowledged() == []
    (again,) = ann.send(company)
    assert again.values == sent.values
    assert sorted(again.stamps.values()) == [
        f"{0xFFFF:016x}{0xA:016x}",
        f"{0xFFFF1:016x}{0xA:016x}",
    ]
    ann.pull(company)
    link = ann.store.link()
    assert link is not None
    assert (link.sequence, link.acknowledged) == (1, 1)


def test_a_copy_goes_on_from_what_the_asset_has_taken_of_it(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    company.taken[0xA] = 7
    ann.write((), [LI])
    ann.send(None)
    ann.pull(company)
    link = ann.store.link()
    assert link is not None
    assert (link.sequence, link.acknowledged, link.digest) == (7, 7, digest_of(7))
    assert ann.store.unacknowledged() == []
    settle(company, ann, bob)
    assert bob.store.load_all().one(Person, "li") == replace(LI, audience=Audience.TEAM)


def test_a_copy_that_sent_nothing_goes_on_from_what_the_asset_has_taken_of_it(
    company: Company, ann: Colleague
) -> None:
    company.taken[0xA] = 7
    ann.pull(company)
    link = ann.store.link()
    assert link is not None
    assert (link.sequence, link.acknowledged, link.digest) == (7, 7, digest_of(7))


def test_taking_back_may_keep_the_stamps(ann: Colleague) -> None:
    ann.write((), [LI])
    (sent,) = ann.send(None)
    ann.store.take_back(1)
    assert ann.outgoing()[0] == [sent]
    assert ann.store.restamp([("person", "nobody")], ann.entry(), str) == 0


def test_who_takes_part_and_what_went_wrong_is_kept(company: Company, ann: Colleague) -> None:
    note = SiteNote(
        site=f"{0xB:016x}", rep="Bob", person="bob", role="rep", team="East", revoked=False
    )
    notice = Notice(trouble="parked", first=1, last=2, at=3, reason='{"phrase":"Late"}')
    head = company.head(0xA, 0)
    ann.fold(Reply(head, (note,), (notice,), iter(())))
    assert (ann.store.sites(), ann.store.notices()) == ([note], [notice])
    revoked = replace(note, revoked=True, team="West")
    ann.fold(Reply(head, (revoked,), (), iter(())))
    assert (ann.store.sites(), ann.store.notices()) == ([revoked], [])
    link = ann.store.link()
    assert link is not None
    assert (link.asset, link.lease_until, link.rep) == (ASSET, 1, LINK.rep)


def test_memory_takes_what_it_knows_and_what_belongs_to_it(
    company: Company, ann: Colleague, bob: Colleague
) -> None:
    ann.write((), [one for one in everything() if type(one).__name__ != "Conflict"])
    ann.send(company)
    changed = bob.pull(company).changed
    shared = Records(bob.store.arrived(changed, (), ()))
    assert {"organisation We", "Spy"} <= {one.id for one in shared}
    assert "Acme chief" not in shared
    assert "Acme chief" in Records(bob.store.arrived(changed, {"Acme chief"}, ()))
    everybody = bob.store.arrived(changed, (), [AccountId("account Acme")])
    assert Records(everybody) == bob.store.load_all()


@settings(max_examples=6, deadline=None)
@given(some.integers(0, 10**6))
def test_whatever_colleagues_do_all_end_with_the_same(seed: int) -> None:
    with RandomCompany(seed) as company:
        for _ in range(25):
            company.do_something()
        company.agree()
