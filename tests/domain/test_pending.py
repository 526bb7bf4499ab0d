"""What of a row is still to be sent, and what never is."""

from __future__ import annotations

from row_operations import LI, QIN, WU, after, at, deleted, went_over, whole, wrote

from brm_desktop.domain.merge import (
    after_sending,
    conflicts_of,
    merged,
    pending,
    same,
    says_anything,
    shown,
    stamps_only,
)
from brm_desktop.domain.operations import DELETED, REST, UNCHANGED, Operation


def test_everything_of_a_new_row_is_pending() -> None:
    local = after(whole(at(1), name="Lin"), wrote(at(2), (at(1),), title="CTO"))
    operation = pending(local, None, LI)
    assert operation is not None
    assert operation.key == ("person", "p")
    assert operation.values == {"name": "Lin", "title": "CTO"}
    assert operation.stamps == {REST: at(1), "title": at(2)}
    assert operation.over == {}
    assert operation.written() == {at(1), at(2)}


def test_several_edits_of_a_field_are_sent_as_one_over_what_the_first_had_seen() -> None:
    known = after(whole(at(1), name="Lin"))
    local = merged(known, wrote(at(2, WU), (at(1),), name="Yi"))
    local = merged(local, wrote(at(3, WU), (at(2, WU),), name="Lin Yi"))
    operation = pending(local, stamps_only(known), WU)
    assert operation == wrote(at(3, WU), (at(1),), name="Lin Yi")


def test_nothing_is_pending_after_sending() -> None:
    known = after(whole(at(1), name="Lin"))
    local = merged(known, wrote(at(2), (at(1),), name="Yi"))
    operation = pending(local, known, LI)
    assert operation is not None
    assert pending(local, after_sending(known, operation), LI) is None
    assert pending(known, known, LI) is None


def test_a_sender_waits_for_nothing_of_others() -> None:
    sent = after_sending(None, wrote(at(3), (at(1, WU),), name="Yi"))
    assert sent.covered == {}
    assert sent.clock == {"name": at(3)}


def test_a_field_that_does_not_leave_is_not_in_a_new_record() -> None:
    local = after(whole(at(1), name="Lin", notes="secret"))
    operation = pending(local, None, LI, frozenset((REST, "notes")))
    assert operation is not None
    assert operation.values == {"name": "Lin"}
    assert operation.withheld == {"notes"}


def test_a_stub_is_only_what_it_names() -> None:
    local = after(whole(at(1), name="Lin", notes="secret"))
    operation = pending(local, None, LI, frozenset(("name",)))
    assert operation is not None
    assert operation.stamps == {"name": at(1)}
    assert operation.values == {"name": "Lin"}


def test_a_field_unshared_takes_back_ones_own_and_leaves_what_others_wrote() -> None:
    known = after(
        whole(at(1), name="Lin", notes="x", title="CTO"), wrote(at(2, WU), (at(1),), title="CIO")
    )
    for leaving in (frozenset((REST, "notes", "title")), frozenset(("name",))):
        operation = pending(known, known, LI, leaving)
        assert operation is not None
        assert operation.stamps == {}
        state = merged(known, operation)
        assert shown(state) == {"name": "Lin", "title": "CIO"}
        assert not state.has("notes")
        assert pending(known, after_sending(known, operation), LI, leaving) is None


def test_what_a_copied_store_sent_before_can_be_taken_back() -> None:
    known = after(whole(at(1), name="Lin", notes="x"))
    leaving = frozenset((REST, "notes"))
    assert pending(known, known, QIN, leaving) is None
    operation = pending(known, known, QIN, leaving, former=(LI,))
    assert operation == went_over(notes=(at(1),))
    assert pending(known, known, QIN, frozenset(), former=(LI,)) == went_over(**{REST: (at(1),)})


def test_an_own_edit_of_a_field_that_does_not_leave_is_not_sent() -> None:
    known = after(whole(at(1, WU), name="Lin"))
    local = merged(known, wrote(at(2), (at(1, WU),), name="Yi"))
    assert pending(local, known, LI, frozenset((REST, "name"))) is None
    assert pending(local, known, LI, frozenset()) is None


def test_what_others_wrote_is_never_sent_as_ones_own() -> None:
    known = after(wrote(at(1, WU), title="CIO"))
    local = merged(known, whole(at(2, QIN), name="Lin"))
    assert pending(local, None, LI) is None
    assert pending(merged(known, wrote(at(2, QIN), name="Lin")), known, LI) is None


def test_two_unsent_edits_of_one_field_that_both_stand_are_both_sent() -> None:
    known = after(whole(at(1), name="Lin"))
    local = merged(merged(known, wrote(at(2), (at(1),), name="A")), wrote(at(3), name="B"))
    operation = pending(local, known, LI)
    assert operation is not None
    assert operation.others == {"name": ((at(2), "A"),)}
    assert operation.written() == {at(2), at(3)}
    assert same(merged(known, operation), local)
    assert same(after(operation, whole(at(1), name="Lin")), local)


def test_two_unsent_records_of_one_row_are_both_sent() -> None:
    local = after(whole(at(1), name="Lin"), whole(at(2), name="Yi"))
    operation = pending(local, None, LI)
    assert operation is not None
    assert operation.written() == {at(1), at(2)}
    assert same(after(operation), local)
    assert same(
        merged(after(wrote(at(3, WU), title="CIO")), operation),
        after(wrote(at(3, WU), title="CIO"), whole(at(1), name="Lin"), whole(at(2), name="Yi")),
    )


def test_other_writes_of_a_field_that_shows_another_site_are_sent_alone() -> None:
    known = after(whole(at(1), name="Lin"), wrote(at(9, WU), (at(1),), name="Wu"))
    both = Operation(kind="person", row="p", others={"name": ((at(3), "B"), (at(2), "A"))})
    state = merged(known, both)
    assert [one.stamp for one in conflicts_of(state)] == [at(3), at(2)]
    assert shown(state) == {"name": "Wu"}


def test_a_deletion_is_sent_and_a_lifted_one_too() -> None:
    known = after(whole(at(1), name="Lin"))
    gone = merged(known, deleted(at(2), at(1)))
    assert pending(gone, known, LI) == deleted(at(2), at(1))
    assert pending(known, gone, LI) == went_over(**{DELETED: (at(2),)})
    assert pending(gone, known, LI, frozenset(("name",))) is not None
    assert pending(gone, known, WU) is None


def test_of_a_row_that_does_not_leave_no_deletion_leaves() -> None:
    known = after(whole(at(1, WU), name="Lin"))
    gone = merged(known, deleted(at(2), at(1, WU)))
    assert pending(gone, known, LI, frozenset()) is None
    assert pending(known, gone, LI, frozenset()) is None


def test_a_row_deleted_before_anyone_had_it_is_nobodys_business() -> None:
    local = after(whole(at(1), name="Lin"), deleted(at(2), at(1)))
    assert pending(local, None, LI) is None
    withdrawn = after(whole(at(1), name="Lin"), went_over(**{REST: (at(1),)}))
    assert pending(local, withdrawn, LI) is None
    assert pending(None, withdrawn, LI) is None
    other = after(deleted(at(3, WU)))
    assert pending(local, other, LI) is not None


def test_who_may_see_a_row_is_sent_even_when_nothing_else_is() -> None:
    known = after(whole(at(1), name="Lin"))
    operation = pending(known, known, LI, reach=None)
    assert operation == Operation(kind="person", row="p", reach=None)
    assert says_anything(operation)
    assert not says_anything(Operation(kind="person", row="p", reach=UNCHANGED))


def test_a_settled_conflict_is_sent_without_a_write() -> None:
    known = after(whole(at(1), name="Lin"), wrote(at(2, WU), name="Yi"))
    local = merged(known, went_over(name=(at(1),)))
    assert pending(local, known, QIN) == went_over(name=(at(1),))


def test_a_record_beneath_that_was_taken_back_is_pending() -> None:
    both = after(whole(at(1)), whole(at(2, WU)))
    less = merged(both, went_over(**{REST: (at(1),)}))
    assert pending(less, both, QIN) == went_over(**{REST: (at(1),)})


def test_what_the_asset_has_already_is_not_sent_again_beside_a_new_edit() -> None:
    known = after(whole(at(9, WU), title="CTO"), wrote(at(1), name="Lin"))
    local = merged(known, wrote(at(3), name="Yi"))
    operation = pending(local, known, LI)
    assert operation is not None
    assert operation.written() == {at(3)}
