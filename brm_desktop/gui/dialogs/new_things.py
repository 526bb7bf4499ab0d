"""The small forms for a new account, project or person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from brm_desktop.domain.records import OrganisationKind, Tier
from brm_desktop.domain.spelling import name_order
from brm_desktop.gui.dialogs.form import Form
from brm_desktop.gui.widgets.fields import Choose, words
from brm_desktop.gui.widgets.value_fields import AmountField, DateField
from brm_desktop.language import tr


class NewAccount(Form):
    """Asks for an account's name, and for what else is known."""

    def __init__(self, parent: QWidget | None, currency: str) -> None:
        super().__init__(parent, tr("New account"), tr("Create"))
        self.name = QLineEdit()
        self.industry = QLineEdit()
        self.region = QLineEdit()
        self.tier = Choose()
        self.tier.offer(words(Tier), Tier.ORDINARY)
        self.spend = AmountField(currency)
        self.field(tr("Account"), self.name)
        self.field(tr("Industry"), self.industry)
        self.field(tr("Region"), self.region)
        self.field(tr("Tier"), self.tier)
        self.field(tr("Expected annual spend"), self.spend)
        self.needs(self.name)

    def fields(self) -> dict[str, Any]:
        """What was entered, as the fields of the edit."""
        found: dict[str, Any] = {"tier": self.tier.chosen}
        for key, widget in (("industry", self.industry), ("region", self.region)):
            if widget.text().strip():
                found[key] = widget.text().strip()
        if self.spend.value is not None:
            found["expected_annual_spend"] = self.spend.value
        return found


class NewProject(Form):
    """Asks for a project's name, its type, amount and start."""

    def __init__(self, parent: QWidget | None, types: Iterable[str], currency: str) -> None:
        super().__init__(
            parent,
            tr("New project"),
            tr("Create"),
            tr("The project gets its own decision chain, which you draw next."),
        )
        self.name = QLineEdit()
        self.type = QComboBox()
        self.type.setEditable(True)
        self.type.addItems(["", *types])
        self.amount = AmountField(currency)
        self.start = DateField()
        self.field(tr("Project"), self.name)
        self.field(tr("Type"), self.type)
        self.field(tr("Amount"), self.amount)
        self.field(tr("Start"), self.start)
        self.needs(self.name)

    def fields(self) -> dict[str, Any]:
        """What was entered, as the fields of the edit."""
        found: dict[str, Any] = {}
        if self.amount.value is not None:
            found["amount"] = self.amount.value
        if self.start.value is not None:
            found["starts_on"] = self.start.value
        return found


class NewPerson(Form):
    """Asks for a person's name, title and department."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        departments: Iterable[str] = (),
    ) -> None:
        super().__init__(parent, title, tr("Add"))
        self.name = QLineEdit()
        self.title = QLineEdit()
        self.department = QLineEdit()
        self.department.setCompleter(QCompleter(sorted(departments, key=name_order), self))
        self.field(tr("Name"), self.name)
        self.field(tr("Title"), self.title)
        self.field(tr("Department"), self.department)
        self.needs(self.name)

    def fields(self) -> dict[str, Any]:
        """What was entered, as the fields of the edit."""
        return {
            "title": self.title.text().strip(),
            "department": self.department.text().strip(),
        }


class NewOutsider(Form):
    """Asks for a competitor's or partner's employee."""

    def __init__(
        self,
        parent: QWidget | None,
        companies: Iterable[str],
        kinds: Iterable[tuple[str, object]],
    ) -> None:
        super().__init__(parent, tr("Add someone of another company"), tr("Add"))
        self.company = QComboBox()
        self.company.setEditable(True)
        self.company.addItems(list(companies))
        self.kind = Choose()
        self.kind.offer(kinds, OrganisationKind.COMPETITOR)
        self.name = QLineEdit()
        self.title = QLineEdit()
        self.field(tr("Company"), self.company)
        self.field(tr("Kind"), self.kind)
        self.field(tr("Name"), self.name)
        self.field(tr("Title"), self.title)
        line = self.company.lineEdit()
        assert line is not None
        self.needs(line)

    def fields(self) -> dict[str, Any]:
        """What was entered, as the fields of the edit."""
        title = self.title.text().strip()
        return {"title": title} if title else {}
