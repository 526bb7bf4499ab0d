"""The question that removing people raises: what becomes of their relations."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.port import Removal
from brm_desktop.language import tr, trn


def ask_removal(parent: QWidget, people: tuple[PersonId, ...], lines: int) -> Removal | None:
    """Ask whether the lines of people go with them or pass to their managers; ``None``: neither."""
    box = QMessageBox(parent)
    box.setWindowTitle(tr("Delete"))
    box.setText(trn("Delete this person?", "Delete these {n} people?", len(people)))
    box.setInformativeText(
        trn(
            "One line ends at who goes. It can go too, or reports pass to the manager.",
            "{n} lines end at who goes. They can go too, or reports pass to the manager.",
            lines,
        )
    )
    roles = QMessageBox.ButtonRole
    take = box.addButton(tr("Delete with the lines"), roles.DestructiveRole)
    keep = box.addButton(tr("Pass reports to the manager"), roles.AcceptRole)
    box.addButton(tr("Cancel"), roles.RejectRole)
    box.exec()
    if box.clickedButton() is take:
        return Removal.TAKE
    return Removal.KEEP if box.clickedButton() is keep else None
