"""Going back to a backup in the window, and the ways out when a store is damaged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.what_if.leaving import refused_meanwhile
from brm_desktop.gui.widgets.frames import set_property
from brm_desktop.language import day, number, tr

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow
    from brm_desktop.gui.stores import Done
    from brm_desktop.gui.unopened import Damaged
    from brm_desktop.session.backups import Backup, NewestGood
    from brm_desktop.session.salvaging import Salvaged

_SHOWN_LOSSES = 200


class Restoring(QObject):
    """What puts a copy in the place of a store, or saves what is left of one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desk = window.desk
        window.stores.damaged.connect(self.offer)

    def ask(self, backup: Backup) -> None:
        """Ask once, and put a backup in the place of the store that is open."""
        if refused_meanwhile(self._desk):
            return
        question = phrase(
            "Put the backup of {moment} in the place of the store? What is there now is kept as a"
            " backup, and you can go back to it.",
            moment=said(backup),
        )
        if not self._desk.messages.ask(question, phrase("Restore")):
            return
        session = self._desk.session
        path, secret = session.path, session.recovery_key if session.is_encrypted else None
        self._desk.detach()
        self._restore(path, backup, secret, lambda: self._open(path, secret))

    def offer(self, damaged: Damaged) -> None:
        """Find the newest copy that is whole, then say what is wrong and offer the ways out."""

        def work(_progress: object) -> NewestGood:
            from brm_desktop.session.backups import newest_good

            return newest_good(damaged.path, damaged.secret)

        def failed(_error: BaseException) -> None:
            self._choose(damaged, None)

        self._desk.jobs.run(
            phrase("Looking for a backup of {file}", file=damaged.path.name),
            work,
            lambda found: self._choose(damaged, found),
            failed,
        )

    def _choose(self, damaged: Damaged, found: NewestGood | None) -> None:
        """Say that a store is damaged, and have one of the ways out chosen."""
        copy = None if found is None else found.backup
        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("The store is damaged"))
        box.setText(tr(damaged.error.sentence))
        box.setInformativeText(_ways(found))
        restoring = None
        if copy is not None:
            restoring = box.addButton(tr("Restore the backup"), QMessageBox.ButtonRole.AcceptRole)
        saving = box.addButton(tr("Save what is left…"), QMessageBox.ButtonRole.ActionRole)
        leave = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        if restoring is not None:
            set_property(restoring, "kind", "primary")
        box.setDefaultButton(restoring or leave)
        box.exec()
        if copy is not None and box.clickedButton() is restoring:
            self._restore(damaged.path, copy, damaged.secret, damaged.otherwise)
        elif box.clickedButton() is saving:
            self._salvage(damaged)
        else:
            damaged.otherwise()

    def _restore(self, path: Path, backup: Backup, secret: str | None, otherwise: Done) -> None:
        def done(_kept: object) -> None:
            def tell() -> None:
                self._desk.messages.say(
                    phrase("The store is as it was on {moment}.", moment=said(backup))
                )

            self._open(path, secret, tell)

        def failed(error: BaseException) -> None:
            self._desk.messages.failed(error)
            otherwise()

        def work(_progress: object) -> object:
            from brm_desktop.session.backups import restore

            return restore(path, backup, secret=secret)

        self._desk.jobs.run(
            phrase("Restoring {file}", file=path.name),
            work,
            done,
            failed,
        )

    def _salvage(self, damaged: Damaged) -> None:
        from brm_desktop.session.salvaging import salvage

        proposed = damaged.path.with_name(f"{damaged.path.stem}-{tr('saved')}.brm")
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save what can be read"), str(proposed), tr("BRM stores (*.brm)")
        )
        if not chosen:
            damaged.otherwise()
            return
        target = Path(chosen)

        def done(found: Salvaged) -> None:
            self._open(target, damaged.secret, lambda: self._tell_saved(found, damaged.secret))

        def failed(error: BaseException) -> None:
            self._desk.messages.failed(error)
            damaged.otherwise()

        self._desk.jobs.run(
            phrase("Saving what can be read"),
            lambda _progress: salvage(damaged.path, target, secret=damaged.secret),
            done,
            failed,
        )

    def _tell_saved(self, found: Salvaged, secret: str | None) -> None:
        """Say what was lost, and show the new recovery key: that on paper is of the old store."""
        self._tell_losses(found)
        from brm_desktop.session.protection import is_recovery_key

        if secret is not None and not is_recovery_key(secret):
            from brm_desktop.gui.protection.recovery_dialog import show_recovery_key

            show_recovery_key(self._desk, self._window)

    def _tell_losses(self, found: Salvaged) -> None:
        """Say what came over, with the list of what did not in the details."""
        lines = [tr(sentence) for sentence in found.sentences()]
        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(tr("What could be read is saved"))
        box.setText(tr("Records saved into this store: {n}.", n=number(sum(found.counts.values()))))
        if lines:
            box.setInformativeText(tr("Not everything could be read; the details list it."))
            box.setDetailedText("\n".join(lines[:_SHOWN_LOSSES]))
        box.addButton(tr("Close"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def _open(self, path: Path, secret: str | None, then: Done = lambda: None) -> None:
        self._window.stores.open(
            path, secret=secret, then=then, otherwise=self._window.navigation.show_start
        )


def said(backup: Backup) -> str:
    """When a backup was made, for people."""
    return moment_said(backup.made_at)


def moment_said(moment: datetime) -> str:
    """A day with its time of day."""
    return tr("{day}, {time}", day=day(moment.date()), time=f"{moment:%H:%M}")


def _ways(found: NewestGood | None) -> str:
    if found is None or (found.backup is None and not found.passed_over):
        return tr("There is no backup of it. What can still be read can be saved into a new store.")
    if found.backup is None:
        return tr(
            "None of its backups can be opened. What can still be read can be saved into a new"
            " store."
        )
    if found.passed_over:
        return tr(
            "The newest backup that is whole is of {moment}; newer ones that cannot be opened: {n}."
            " The damaged file is kept whichever way you go.",
            moment=said(found.backup),
            n=number(found.passed_over),
        )
    return tr(
        "The newest backup is of {moment}, and it is whole. The damaged file is kept whichever way"
        " you go.",
        moment=said(found.backup),
    )
