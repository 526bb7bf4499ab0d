"""What was sent and the asset has not taken, and why; or that there is nothing of that."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.replies import Trouble
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.language import tr

_Told = tuple[Trouble, Phrase]
_STATES = {
    Trouble.PARKED: phrase("waits"),
    Trouble.QUARANTINED: phrase("set aside"),
    Trouble.REFUSED: phrase("refused"),
}
"""What became of a sending, in a word."""


class NotTakenPart(QStackedWidget):
    """A line for each sending that was not taken."""

    def __init__(self, desk: Desk, texts: Texts) -> None:
        super().__init__()
        self.model: TableModel[_Told] = TableModel(_columns(), str, self)
        self.table = Table(self.model)
        texts.name(self.table, phrase("Not taken"))
        texts.again(self.model.retell)
        self.addWidget(
            EmptyPage(
                desk.look,
                "check",
                phrase("Nothing was turned away"),
                phrase(
                    "What the asset does not take of what you send is listed here with the why."
                ),
            )
        )
        self.addWidget(table_sheet(self.table))

    def show_troubles(self, told: Sequence[_Told]) -> None:
        """Show what was not taken."""
        self.model.show_rows(told)
        self.setCurrentIndex(1 if told else 0)


def _columns() -> list[Column[_Told]]:
    return [
        Column(phrase("State"), lambda one: tr(_STATES[one[0]]), bold=True, width=120),
        Column(phrase("Reason"), lambda one: tr(one[1]), width=400, stretch=True),
    ]
