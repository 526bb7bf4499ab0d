"""Today on a store of one account, of which nothing is in memory yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QComboBox
from windowing import Windows, rest

from brm_desktop.domain import edits
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Adaptability,
    Money,
    Person,
    PersonId,
    Project,
    ProjectId,
)
from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.today.answering import AnswerRow
from brm_desktop.gui.today.page import TodayPage
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session


@dataclass
class Asked:
    """Today, on a store of one account, of which nothing is in memory yet."""

    windows: Windows
    window: MainWindow
    account: AccountId
    person: PersonId
    project: ProjectId

    @property
    def page(self) -> TodayPage:
        """The page."""
        page = self.window.pages.currentWidget()
        assert isinstance(page, TodayPage)
        return page

    def settled(self) -> None:
        """Wait until the account is read again, and what that says is shown."""
        rest(200)
        self.windows.qtbot.waitUntil(lambda: self.page.gathering.settled, timeout=20_000)
        self.windows.settle(self.window)
        rest(60)

    def row(self, fact: Fact, subject: str) -> AnswerRow:
        """The question about a fact."""
        key = f"{subject} {fact}"
        while key not in self.page.missing.rows:
            assert self.page.missing.more.isVisible(), f"nothing asks for {key}"
            self.page.missing.more.click()
        return self.page.missing.rows[key]

    def is_asked(self, fact: Fact, subject: str) -> bool:
        """Whether a fact is still missing."""
        return f"{subject} {fact}" in {one.key for one in self.page.plan.missing}


def small_today(windows: Windows, tmp_path: Path) -> Asked:
    """A boss, somebody of whom too little is known, one of us, and a project past its day."""
    path = tmp_path / "small.brm"
    with Session.open(path, create=PLAIN) as session:
        made = session.edit(phrase("Account"), edits.create_account, name="Acme")
        account = made.added(Account)[0].id
        spend = Money(100_000_00, "CNY")
        session.edit(phrase("Spend"), edits.revise_account, account, expected_annual_spend=spend)
        known = {"title": "CEO", "veto": False, "sole_approver": True, "power": 90}
        known |= {"adaptability": Adaptability.VISIONARY, "department": "Board"}
        for name, said in (("Chen Wei", known), ("Li Jing", {"influence": 60})):
            session.edit(phrase("Add"), edits.add_person, name=name, account=account, **said)
        session.edit(phrase("Ours"), edits.add_own_staff, name="Zhang Fan", title="Seller")
        late = session.today().replace(year=session.today().year - 1, day=1)
        session.edit(
            phrase("Project"), edits.create_project, account, "Bare", decided_on=late, amount=spend
        )
        (project,) = session.records.where(Project, account=account)
        (person,) = session.records.where(Person, name="Li Jing")
    window = windows.open(path)
    windows.go(window, Place(Page.TODAY))
    found = Asked(windows, window, account, person.id, project.id)
    found.settled()
    assert window.desk.records.get(Account, account) is None
    return found


def picked(asked: Asked, row: AnswerRow, text: str, place: int = 0) -> None:
    """Choose by the keys: type part of the name, take what is found."""
    box = row.editors[place]
    assert isinstance(box, QComboBox)
    box.setFocus()
    asked.windows.settle(asked.window)
    chosen(box, text)
    asked.settled()


def chosen(box: QComboBox, text: str) -> None:
    """Choose what has a text in it, as who uses the list does."""
    found = next(n for n in range(box.count()) if text in box.itemText(n))
    box.setCurrentIndex(found)
    box.activated.emit(found)
