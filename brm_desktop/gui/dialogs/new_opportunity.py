"""The small form for a new opportunity."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from brm_desktop.domain.records import Origin, SalesStage
from brm_desktop.gui.dialogs.form import Form
from brm_desktop.gui.widgets.fields import Choose, words
from brm_desktop.gui.widgets.value_fields import AmountField, DateField
from brm_desktop.language import tr


class NewOpportunity(Form):
    """Asks for an opportunity's name, where it came from, its amount and when it may close."""

    def __init__(
        self, parent: QWidget | None, projects: Iterable[tuple[str, object]], currency: str
    ) -> None:
        super().__init__(parent, tr("New opportunity"), tr("Create"))
        self.name = QLineEdit()
        self.origin = Choose()
        self.origin.offer(words(Origin), Origin.CAPTURED)
        self.stage = Choose()
        self.stage.offer(words(SalesStage), SalesStage.LEAD)
        self.project = Choose()
        self.project.offer([("", None), *projects], None)
        self.amount = AmountField(currency)
        self.expected = DateField()
        self.field(tr("Opportunity"), self.name)
        self.field(tr("Origin"), self.origin)
        self.field(tr("Stage"), self.stage)
        self.field(tr("Project"), self.project)
        self.field(tr("Amount"), self.amount)
        self.field(tr("Expected close"), self.expected)
        self.needs(self.name)

    def fields(self) -> dict[str, Any]:
        """What was entered, as the fields of the edit."""
        stage = self.stage.chosen
        assert isinstance(stage, SalesStage)
        return {
            "origin": self.origin.chosen,
            "stage": stage.value,
            "project": self.project.chosen,
            "amount": self.amount.value,
            "expected_close": self.expected.value,
        }
