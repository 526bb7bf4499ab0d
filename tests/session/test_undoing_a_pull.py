"""Undo takes a pull back, but not what a colleague took back with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from company import Company, account, send, share, take

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Choice, Person, ReportingLine

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
