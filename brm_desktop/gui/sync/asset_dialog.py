"""Which asset is to be looked at: its address, its database on this computer, its passphrase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.dialogs.form import Form
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.work import Job
from brm_desktop.language import tr
from brm_desktop.session.doors import is_server


@dataclass(frozen=True, slots=True)
class WhichAsset:
    """An asset: its folder or server, the file of its database where that is elsewhere."""

    address: str
    database: Path | None
    secret: str | None = field(repr=False)

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder's, with a database on this computer."""
        return not is_server(self.address)


class AssetDialog(Form):
    """Asks for an asset and waits while ``read`` reads it; what went wrong is said beneath."""

    def __init__(
        self,
        parent: QWidget,
        address: str,
        read: Callable[[WhichAsset, AssetDialog], object],
    ) -> None:
        super().__init__(
            parent,
            tr("The company's shared asset"),
            tr("Show the report"),
            tr("For whoever has its database on this computer, or the merger's login."),
        )
        self.setMinimumWidth(520)
        self._read = read
        self._job: Job | None = None
        self.address = QLineEdit(address)
        self.address.setPlaceholderText("postgresql://…")
        self._pick(tr("Folder or server"), self.address, self._folder)
        self.database = QLineEdit()
        self.database.setPlaceholderText(tr("where it usually is"))
        self._pick(tr("Database"), self.database, self._file)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.field(tr("Passphrase"), self.secret)
        self.problem = label("warning", wrap=True)
        self.problem.hide()
        self.wide(self.problem)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Reading the shared asset"))
        self.bar.hide()
        self.wide(self.bar)
        self.address.setFocus()

    def accept(self) -> None:
        """Read the asset first; this closes when that is done."""
        if self._job is not None:
            self._job = None
            super().accept()
        elif self.address.text().strip():
            self.problem.hide()
            self.done_button.setEnabled(False)
            database = self.database.text().strip()
            self._read(
                WhichAsset(
                    self.address.text().strip(),
                    Path(database) if database else None,
                    self.secret.text() or None,
                ),
                self,
            )

    def reject(self) -> None:
        """Stop the reading, and close."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def work_at(self, job: Job) -> None:
        """Show how far the reading is."""
        self._job = job
        self.bar.setRange(0, 0)
        self.bar.show()
        job.progressed.connect(self._progressed)

    def say(self, sentence: Phrase) -> None:
        """Say what went wrong; it can be tried again."""
        self._job = None
        self.bar.hide()
        self.done_button.setEnabled(True)
        self.problem.setText(tr(sentence))
        self.problem.show()

    def _progressed(self, share: float) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * share))

    def _pick(self, title: str, field_: QLineEdit, browse: Callable[[], None]) -> None:
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(field_, 1)
        button = QPushButton(tr("Browse…"))
        button.setAccessibleName(f"{title}: {tr('Browse…')}")
        button.setAutoDefault(False)
        button.clicked.connect(browse)
        across.addWidget(button)
        whole.setFocusProxy(field_)
        self.field(title, whole)
        field_.setAccessibleName(title)

    def _folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder of the shared asset"))
        if chosen:
            self.address.setText(chosen)

    def _file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Database of the shared asset"))
        if chosen:
            self.database.setText(chosen)
