"""What the tabs of relations have in common: whose they are, and what they compute."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, Organisation, OrganisationId
from brm_desktop.domain.spelling import in_name_order
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.resources.gathering import Gathering, gathering_of
from brm_desktop.gui.widgets.fields import Choose, ChooseName
from brm_desktop.gui.working import Working
from brm_desktop.language import tr


class Whose(QObject):
    """Whose relations a page shows: ours, ``organisation`` being ``None``, or a competitor's."""

    changed = Signal()

    def __init__(self, *, ours: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.ours = ours
        self.organisation: OrganisationId | None = None

    def choose(self, organisation: OrganisationId | None) -> None:
        """Show another competitor's."""
        if organisation != self.organisation:
            self.organisation = organisation
            self.changed.emit()


class RelationsTab(DeskPage):
    """A tab that follows what is known of all accounts."""

    def __init__(self, desk: Desk, whose: Whose) -> None:
        super().__init__(desk)
        self.whose = whose
        self.gathering: Gathering = gathering_of(desk)
        self.working = Working(desk)
        self.gathering.renewed.connect(self.ask_refresh)
        whose.changed.connect(self.ask_refresh)

    def ready(self) -> bool:
        """A competitor has to be chosen."""
        return super().ready() and (self.whose.ours or self.whose.organisation is not None)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the accounts when it is first looked at."""
        if self.desk.is_open:
            self.gathering.ask()
        super().showEvent(event)

    @property
    def company(self) -> str:
        """What the company is called whose relations are shown."""
        records = self.desk.records
        found = records.get(Organisation, self.whose.organisation)
        return found.name if found else tr("us")


class ChooseAccount(ChooseName):
    """Which account; the first stands for all where ``everywhere`` is said."""

    def __init__(self, tab: RelationsTab, everywhere: bool = False) -> None:
        super().__init__(tab)
        self._everywhere = everywhere
        self._offered: list[tuple[str, object]] = []
        self.setFixedWidth(260)
        line = self.lineEdit()
        assert line is not None  # a name can be typed
        for widget in (self, line):
            tab.texts.name(widget, phrase("Account"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @property
    def account(self) -> AccountId | None:
        """The account that is chosen, if one is."""
        return AccountId(str(self.chosen)) if self.chosen else None

    def offer_accounts(
        self, accounts: list[tuple[str, AccountId]], last: AccountId | None = None
    ) -> None:
        """Offer accounts by name; the one that was chosen stays chosen while it is there.

        Before anything is chosen it is the account one was in ``last``.
        """
        offered: list[tuple[str, object]] = [*in_name_order(accounts)]
        if self._everywhere:
            offered.insert(0, (tr("All accounts"), ""))
        if offered == self._offered:
            return
        values = [value for _, value in offered]
        wanted = (one for one in (self.chosen, last, *values[:1]) if one in values)
        kept = next(wanted, None)
        self._offered = offered
        self.offer(offered, kept)


class ChooseCompany(Choose):
    """Which competitor's relations are shown."""

    def __init__(self, desk: Desk, whose: Whose) -> None:
        super().__init__()
        self._desk = desk
        self._whose = whose
        self.setFixedWidth(200)
        self.picked.connect(self._pick)

    def refresh(self) -> None:
        """Offer the competitors there are; the first is shown until another one is chosen."""
        companies = rivals(self._desk)
        keys = [key for _, key in companies]
        self.offer([(name, key) for name, key in companies], self._whose.organisation)
        if self._whose.organisation not in keys:
            self._whose.choose(keys[0] if keys else None)
            self.show_choice(self._whose.organisation)
        self.setVisible(len(companies) > 0)

    def _pick(self, value: object) -> None:
        self._whose.choose(OrganisationId(str(value)))


def rivals(desk: Desk) -> list[tuple[str, OrganisationId]]:
    """The competitors by name."""
    from brm_desktop.domain.records import OrganisationKind

    found = desk.records.where(Organisation, kind=OrganisationKind.COMPETITOR)
    return in_name_order((one.name, OrganisationId(one.id)) for one in found)
