"""Undo takes a pull back, but not what a colleague took back with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from company import Company, account, send, share, take

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Choice, Person, ReportingLine
from brm_desktop.session.syncing import disputes_in

EDIT = phrase("an edit")


@pytest.mark.parametrize("later_pull", [False, True])
def test_undo_does_not_bring_back_what_a_colleague_took_back(
    tmp_path: Path, *, later_pull: bool
) -> None:
    company = Company(tmp_path)
    with company.rep("Wang Min") as wang, company.rep("Li Lei") as li:
        acme = account(wang)
        chief = wang.edit(EDIT, edits.add_person, account=acme, name="Chief", phones=("1",))
        head = wang.edit(EDIT, edits.add_person, account=acme, name="Head")
        first, second = (one.added(Person)[0].id for one in (chief, head))
        wang.edit(EDIT, edits.set_manager, person=second, manager=first)
        share(wang, acme, structure=Choice.TEAM, personal=Choice.TEAM)
        send(wang)
        company.merge()
        take(li)
        share(wang, acme, personal=Choice.PRIVATE)
        send(wang)
        company.merge()
        take(li)
        li.undo()
        assert li.all_records().where(Person, name="Chief")[0].phones == ()
        share(wang, acme, structure=Choice.PRIVATE)
        send(wang)
        company.merge()
        take(li)
        li.undo()
        if later_pull:
            take(li)
        assert not li.all_records().where(Person, name="Chief")
        assert not li.all_records().all(ReportingLine)
        assert not li.portfolio()


def test_it_is_known_beforehand_how_much_of_colleagues_an_undo_takes_back(tmp_path: Path) -> None:
    company = Company(tmp_path)
    with company.rep("Wang Min") as wang, company.rep("Li Lei") as li:
        acme = account(wang)
        wang.edit(EDIT, edits.add_person, account=acme, name="Chief")
        share(wang, acme, structure=Choice.TEAM)
        send(wang)
        company.merge()
        assert wang.shared_store.come_undone() == 0
        take(li)
        assert li.shared_store.come_undone() == 3
        li.open_account(acme)
        li.edit(EDIT, edits.create_account, name="Beta")
        assert li.shared_store.come_undone() == 0
        li.undo()
        assert li.shared_store.come_undone() == 3
        li.undo()
        assert li.shared_store.come_undone() == 0


def test_what_stands_in_conflict_is_not_counted_beside_its_record(tmp_path: Path) -> None:
    company = Company(tmp_path)
    with company.rep("Wang Min") as wang, company.rep("Li Lei") as li:
        acme = account(wang)
        (chief,) = wang.edit(EDIT, edits.add_person, account=acme, name="Chief").added(Person)
        share(wang, acme, structure=Choice.TEAM)
        send(wang)
        company.merge()
        take(li)
        share(li, acme, structure=Choice.TEAM)
        for session, title in ((li, "Chair"), (wang, "CEO")):
            session.open_account(acme)
            session.edit(EDIT, edits.revise_person, chief.id, title=title)
        wang.edit(EDIT, edits.revise_person, chief.id, power=70)
        send(wang)
        company.merge()
        pulled = take(li)
        assert len(disputes_in(li)) == 1
        assert pulled.rows == li.shared_store.come_undone() == 1


def test_a_store_of_which_nothing_is_to_be_undone_takes_nothing_back(tmp_path: Path) -> None:
    with Company(tmp_path).store("Wang Min") as session:
        assert session.shared_store.come_undone() == 0
