"""Joining the company's asset: the invitation one was sent, and where the asset lies from here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from brm_desktop.gui.dialogs.form import Form
from brm_desktop.gui.widgets.frames import label
from brm_desktop.language import tr

Join = Callable[[Path, str, Callable[[], object], Callable[[str], None]], object]


class JoinDialog(Form):
    """Asks for an invitation; it closes when that was taken, and says what is wrong if not."""

    def __init__(self, parent: QWidget, join: Join, invitation: str = "") -> None:
        super().__init__(
            parent,
            tr("Join with an invitation"),
            tr("Join"),
            tr("Your company's administrator sends it to you: a file that ends in .brmi."),
        )
        self.setMinimumWidth(520)
        self._join = join
        self._joined = False
        self.invitation = QLineEdit(invitation)
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(self.invitation, 1)
        browse = QPushButton(tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        across.addWidget(browse)
        whole.setFocusProxy(self.invitation)
        self.field(tr("Invitation"), whole)
        self.invitation.setAccessibleName(tr("Invitation"))
        self.address = QLineEdit()
        self.address.setPlaceholderText(tr("as the invitation says"))
        self.field(tr("Folder or server"), self.address)
        self.problem = label("warning", wrap=True)
        self.problem.hide()
        self.wide(self.problem)
        self.invitation.setFocus()

    def accept(self) -> None:
        """Join; what goes wrong is said here, and can be tried again."""
        if self._joined:
            super().accept()
            return
        path = self.invitation.text().strip()
        if path:
            self.problem.hide()
            self.done_button.setEnabled(False)
            self._join(Path(path), self.address.text().strip(), self._done, self._failed)

    def _done(self) -> None:
        self._joined = True
        self.accept()

    def _failed(self, sentence: str) -> None:
        self.done_button.setEnabled(True)
        self.problem.setText(sentence)
        self.problem.show()

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Invitation"), "", tr("Invitations (*.brmi);;All files (*)")
        )
        if chosen:
            self.invitation.setText(chosen)
