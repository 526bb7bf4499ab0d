"""Where cards stand is no fact about a customer: of that nobody is asked which holds."""

from __future__ import annotations

from datetime import timedelta

from company import EDIT, Company, account, send, share, take

from brm_desktop.domain import edits
from brm_desktop.domain.authorship import Authorship, rows_of
from brm_desktop.domain.records import AccountId, Choice, Person, Placement
from brm_desktop.session import syncing
from brm_desktop.session.session import Session
from brm_desktop.session.syncing import disputes_in, names_of_sites


def both_know(company: Company, wang: Session, li: Session) -> tuple[AccountId, Person]:
    """An account with a chief that both share."""
    acme = account(wang)
    (chief,) = wang.edit(EDIT, edits.add_person, account=acme, name="Chief").added(Person)
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    take(li)
    share(li, acme, structure=Choice.TEAM)
    li.open_account(acme)
    return acme, chief


def exchange(company: Company, *sessions: Session) -> None:
    """What each has to say comes to the other."""
    for session in sessions:
        send(session)
    company.merge()
    for session in sessions:
        take(session)


def test_both_lay_out_a_map_one_undoes_it_and_nobody_is_asked(
    company: Company, wang: Session, li: Session
) -> None:
    acme, chief = both_know(company, wang, li)
    li.edit(EDIT, edits.lay_out, acme, {chief.id: (10, 20)})
    wang.edit(EDIT, edits.lay_out, acme, {chief.id: (30, 40)})
    send(wang)
    wang.undo()
    exchange(company, wang, li)
    for session in (wang, li):
        assert disputes_in(session) == []
        assert syncing.unsettled(session) == 0
    with company.asset() as asset:
        assert asset.status().conflicts == 0
    assert company.merge().conflicts == 0


def test_a_card_that_two_moved_stands_where_the_later_one_put_it(
    company: Company, wang: Session, li: Session
) -> None:
    acme, chief = both_know(company, wang, li)
    for session, place in ((wang, (10, 20)), (li, (30, 40))):
        company.now += timedelta(minutes=1)
        session.edit(EDIT, edits.lay_out, acme, {chief.id: place})
    exchange(company, wang, li)
    for session in (wang, li):
        (placed,) = session.records.all(Placement).values()
        assert (placed.x, placed.y) == (30, 40)
        assert disputes_in(session) == []


def test_who_deletes_and_who_edits_are_two(company: Company, wang: Session, li: Session) -> None:
    """What the deleter wrote herself she has seen, if it is what is shown."""
    _, chief = both_know(company, wang, li)
    li.edit(EDIT, edits.revise_person, chief.id, power=70)
    company.now += timedelta(minutes=1)
    wang.edit(EDIT, edits.revise_person, chief.id, title="CEO")
    send(wang)
    wang.edit(EDIT, edits.remove_records, [chief.id])
    exchange(company, wang, li)
    (dispute,) = disputes_in(li)
    states = li.shared_store.states(rows_of([dispute], []))
    authors = Authorship(li.records, states, names_of_sites(li))
    edit = authors.shown_stamp(dispute.kind, dispute.row, dispute.field)
    assert (authors.who(dispute.sides[0].stamp), authors.who(edit)) == ("Wang Min", "Li Lei")
