"""Undoing that a conflict was settled puts a colleague's words back: they stay the colleague's."""

from __future__ import annotations

from datetime import timedelta

from company import EDIT, Company, account, person, send, share, take

from brm_desktop.domain import edits
from brm_desktop.domain.authorship import Authorship, rows_of
from brm_desktop.domain.disputes import Dispute
from brm_desktop.domain.records import Choice, Person
from brm_desktop.session.first_words import with_first_words
from brm_desktop.session.session import Session
from brm_desktop.session.syncing import disputes_in, names_of_sites


def authors_of(session: Session, dispute: Dispute) -> Authorship:
    """Who wrote what, with the first authors of what is said twice by one."""
    states = session.shared_store.states(rows_of([dispute], []))
    authors = Authorship(session.all_records(), states, names_of_sites(session))
    return with_first_words(session, authors, [dispute])


def in_conflict(company: Company, wang: Session, li: Session) -> None:
    """Both share a chief and write a title at once; Li Lei's is later, and shown."""
    acme = account(wang)
    (chief,) = wang.edit(EDIT, edits.add_person, account=acme, name="Chief").added(Person)
    named = wang.edit(EDIT, edits.add_person, account=acme, name="Wang Min of Sales")
    wang.change_settings(user=named.added(Person)[0].id)  # another name than that of the device
    share(wang, acme, structure=Choice.TEAM)
    send(wang)
    company.merge()
    take(li)
    share(li, acme, structure=Choice.TEAM)
    for session, title in ((wang, "CEO"), (li, "President")):
        company.now += timedelta(minutes=1)
        session.open_account(acme)
        session.edit(EDIT, edits.revise_person, chief.id, title=title)
        send(session)
    exchange(company, wang, li)


def exchange(company: Company, *sessions: Session) -> None:
    """What the asset has by now comes to each."""
    company.merge()
    for session in sessions:
        take(session)


def test_each_value_is_of_who_wrote_it_while_each_says_one(
    company: Company, wang: Session, li: Session
) -> None:
    in_conflict(company, wang, li)
    (dispute,) = disputes_in(wang)
    assert not authors_of(wang, dispute).first


def test_what_an_undone_settling_put_back_names_who_wrote_it_first(
    company: Company, wang: Session, li: Session
) -> None:
    in_conflict(company, wang, li)
    (dispute,) = disputes_in(wang)
    company.now += timedelta(minutes=1)
    wang.edit(EDIT, edits.take_side, dispute.sides[0].conflict)
    wang.undo()
    send(wang)
    exchange(company, wang, li)
    for session in (wang, li):
        assert person(session, "Chief").title == "President"
        (again,) = disputes_in(session)
        authors = authors_of(session, again)
        stamp = authors.shown_stamp(again.kind, again.row, again.field)
        assert (authors.who(stamp), authors.wrote_first(again, stamp)) == ("Wang Min", "Li Lei")
        assert authors.wrote_first(again, again.sides[0].stamp) == ""
