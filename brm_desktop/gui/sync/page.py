"""The Sync page: how the store is with the company's asset, what would leave, and who gets what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.sync.syncing import Syncing, on_views
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.work import Cancelled, Job, Progress
from brm_desktop.language import tr

if TYPE_CHECKING:
    from brm_desktop.gui.sync.seen import Seen
    from brm_desktop.session.session import Session

_INVITATION = ".brmi"
_NO_MORE = object()
_PARTS = tuple(
    f"brm_desktop.gui.sync.{name}"
    for name in ("not_taken", "policies", "state_part", "tabbed", "tree_part")
)
"""What the parts of the page are made of; reading it in takes a worker some 40 ms."""
_MENU_WIDE = 40


class SyncPage(DeskPage):
    """Nothing but an invitation until one takes part; then everything that leaves and came."""

    review_asked = Signal()
    asset_asked = Signal()

    def __init__(self, desk: Desk, syncing: Syncing) -> None:
        super().__init__(desk)
        self._syncing = syncing
        self._seen: Seen | None = None
        self._looking = self._again = False
        self._pressed: QPushButton | None = None
        self.setAcceptDrops(True)
        self.stack = QStackedLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.empty = EmptyPage(
            desk.look,
            "sync",
            phrase("This store is yours alone"),
            phrase(
                "With an invitation from your company you take part in its shared asset. Nothing"
                " leaves before you have chosen it and seen every value of it."
            ),
        )
        self.join_button = self.empty.button(phrase("Join with an invitation…"), primary=True)
        self.join_button.clicked.connect(partial(self.join, ""))
        changes_records(self.join_button)
        self.empty.button(phrase("The company's shared asset…")).clicked.connect(self.asset_asked)
        self.of_asset = EmptyPage(
            desk.look,
            "asset",
            phrase("The company's shared asset is on show"),
            phrase("Nothing is sent from here and nothing taken in: that is done in your store."),
        )
        self.nothing, self.taking_part = QWidget(), QWidget()
        self._is_whole = False
        self._making = self._parts()
        for part in (self.nothing, self.empty, self.of_asset, self.taking_part):
            self.stack.addWidget(part)
        syncing.busy.connect(self._busy)
        for signal in (syncing.joined, syncing.sent, syncing.taken):
            signal.connect(self.ask_refresh)
        desk.opened.connect(self.ask_refresh)
        desk.closed.connect(self._forget)

    @property
    def seen(self) -> Seen | None:
        """What is on show."""
        return self._seen

    def focus_first(self) -> None:
        """Give the keys to what is to be done next."""
        shows_all = self.stack.currentWidget() is self.taking_part
        (self.leaving.tree if shows_all else self.join_button).setFocus()

    def refresh(self) -> None:
        """Look through the store again, off the window's thread; an asset has nothing to send."""
        if self.desk.session.is_asset:
            self.stack.setCurrentWidget(self.of_asset)
            return
        if self._looking:
            self._again = True
            return
        self._looking = True
        session, before = self.desk.session, self._seen

        def done(seen: Seen) -> None:
            self._looking = False
            if self.desk.is_open and self.desk.session is session:
                self._show(seen)
            self._once_more()

        def failed(error: BaseException) -> None:
            self._looking = False
            if not isinstance(error, Cancelled):
                self.desk.messages.failed(error)

        self.desk.jobs.run(
            phrase("Looking through what would leave"),
            lambda progress: self._look(session, before, progress),
            done,
            failed,
        )

    def join(self, invitation: str = "", _checked: bool = False) -> None:
        """Ask for an invitation and take part."""
        from brm_desktop.gui.sync.join_dialog import JoinDialog

        JoinDialog(self.window(), self._syncing.join, invitation).exec()

    def send(self) -> None:
        """Send just what is shown."""
        if self._seen is not None:
            self._syncing.send(self._seen.prepared)

    def export_to_folder(self) -> None:
        """Put what is shown on a stick or into another folder."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Export to a folder or stick"))
        if chosen and self._seen is not None:
            self._syncing.send(self._seen.prepared, chosen)

    def take_from_folder(self) -> None:
        """Take in what lies on a stick or in another folder."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Take in from a folder or stick"))
        if chosen:
            self._syncing.take_in(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """An invitation may be dropped anywhere on the page."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask whether to join with what was dropped."""
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            self.join(path)

    def _look(self, session: Session, before: Seen | None, progress: Progress) -> Seen:
        """Look through the store, on a worker thread, and have made what it is to be shown in.

        All of that takes a moment, so the window makes one part at a time when it has nothing else
        to do, while nobody works here.
        """
        from brm_desktop.gui.sync.seen import look

        seen = look(session, before, progress)
        for name in _PARTS:
            import_module(name)
        views = on_views(self._hand, progress)
        while seen.status is not None and views(self._make_next):
            pass
        return seen

    def _hand(self, work: Callable[[], object]) -> None:
        """Have something done on the window's thread, from any other."""
        QTimer.singleShot(0, self, work)

    def _make_next(self) -> bool:
        """Make one part more of what is shown to whoever takes part; false when there is none."""
        return next(self._making, _NO_MORE) is not _NO_MORE

    def _parts(self) -> Iterator[None]:
        from brm_desktop.gui.sync.not_taken import NotTakenPart
        from brm_desktop.gui.sync.policies import PoliciesPart
        from brm_desktop.gui.sync.state_part import StatePart
        from brm_desktop.gui.sync.tabbed import Tabbed
        from brm_desktop.gui.sync.tree_part import TreePart

        layout = QVBoxLayout(self.taking_part)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        self.state = StatePart(self.texts)
        layout.addWidget(self.state)
        layout.addWidget(self._restored())
        layout.addLayout(self._tools())
        self.tabs = Tabbed(self.texts, phrase("Sync"))
        layout.addWidget(self.tabs, 1)
        yield
        self.leaving = TreePart(self.desk, self.texts, phrase("What would leave"))
        self.tabs.add(phrase("What would leave"), self.leaving)
        yield
        self.staying = TreePart(self.desk, self.texts, phrase("What stays"))
        self.tabs.add(phrase("What stays, and why"), self.staying)
        yield
        self.policies = PoliciesPart(self.desk, self.texts)
        self.tabs.add(phrase("Who gets what"), self.policies)
        yield
        self.not_taken = NotTakenPart(self.desk, self.texts)
        self.tabs.add(phrase("Not taken"), self.not_taken)
        self._is_whole = True

    def _restored(self) -> QWidget:
        self.restored = QWidget()
        across = row(gap=8)
        self.restored.setLayout(across)
        said = label("plain", wrap=True)
        self.texts.bind(
            said.setText,
            phrase(
                "This store was restored from a backup. Go on in the asset: what waited to be sent"
                " stays."
            ),
        )
        self.go_on = QPushButton()
        self.go_on.setProperty("kind", "primary")
        self.texts.bind(self.go_on.setText, phrase("Go on in the asset"))
        self.go_on.clicked.connect(self._syncing.renew)
        changes_records(self.go_on)
        across.addWidget(said, 1)
        across.addWidget(self.go_on)
        self.restored.hide()
        return self.restored

    def _tools(self) -> QHBoxLayout:
        across = row(gap=8)
        self.now = self._tool(phrase("Sync now"), self._syncing.sync_now)
        self.now.setProperty("kind", "primary")
        self.send_button = self._tool(phrase("Send"), self.send)
        self.take_button = self._tool(phrase("Take in"), self._syncing.take_in)
        self.stick = self._tool(phrase("By folder or stick"), None)
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.stick.setMenu(menu)
        self.asset_button = self._tool(phrase("The company's shared asset…"), self.asset_asked.emit)
        self.under_way = label("quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_MENU_WIDE * 3)
        self.bar.setRange(0, 0)
        self.cancel = self._tool(phrase("Cancel"), self._syncing.cancel)
        for tool in (self.now, self.send_button, self.take_button, self.stick):
            across.addWidget(tool)
            changes_records(tool)
        across.addSpacing(8)
        for part in (self.under_way, self.bar, self.cancel):
            across.addWidget(part)
            part.hide()
        across.addStretch(1)
        across.addWidget(self.asset_button)
        return across

    def _tool(self, text: Phrase, does: Callable[[], object] | None) -> QPushButton:
        made = QPushButton()
        self.texts.bind(made.setText, text)
        self.texts.name(made, text)
        if does is not None:
            made.clicked.connect(partial(_obey, does))
        return made

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        menu.addAction(tr("Export to a folder or stick…"), self.export_to_folder)
        menu.addAction(tr("Take in from a folder or stick…"), self.take_from_folder)

    def _busy(self, job: Job | None) -> None:
        """Show what is under way, with a way to stop it; the keys go there and back."""
        if not self._is_whole:
            return
        tools = (self.now, self.send_button, self.take_button, self.stick)
        pressed = next((one for one in tools if one.hasFocus()), None)
        for part in (self.under_way, self.bar, self.cancel):
            part.setVisible(job is not None)
        if job is not None:
            self.under_way.setText(tr(job.name))
            self.bar.setAccessibleName(tr(job.name))
            if pressed is not None:
                self._pressed = pressed
                self.cancel.setFocus()
        can = job is None and self._seen is not None and self._seen.prepared is not None
        for tool in tools:
            tool.setEnabled(can)
        if can and self._pressed is not None:
            self._pressed.setFocus()
            self._pressed = None
        self.go_on.setEnabled(job is None)

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        found = seen.status
        if found is None:
            self.stack.setCurrentWidget(self.empty)
            return
        coming = self.stack.currentWidget() is not self.taking_part
        self.stack.setCurrentWidget(self.taking_part)
        out = None if seen.prepared is None else seen.prepared.outgoing
        self.state.show_status(found, None if out is None else len(out.entries))
        self.restored.setVisible(found.restored)
        said = "" if seen.said is None else tr(seen.said)
        if out is None:
            self.leaving.show_branches(said, [], None)
            self.staying.show_branches(said, [], None)
        else:
            few = len(out.entries) <= _FEW
            self.leaving.show_branches(said, seen.leaving, seen, few=few)
            self.staying.show_branches(
                tr("What does not leave, by the reason."), seen.staying, seen
            )
        self.tabs.show_count(self.leaving, 0 if out is None else len(out.entries))
        self.policies.show_seen(seen)
        self.not_taken.show_troubles(found.troubles)
        self.tabs.show_count(self.not_taken, len(found.troubles))
        self._busy(self._syncing.job)
        if coming and self.isVisible() and self.window().focusWidget() is None:
            self.focus_first()

    def _once_more(self) -> None:
        if self._again:
            self._again = False
            self.ask_refresh()

    def _forget(self) -> None:
        """Show nothing of a store that is closed."""
        self._seen = None
        self._looking = self._again = False
        self.stack.setCurrentWidget(self.nothing)


def _obey(does: Callable[[], object], _checked: bool = False) -> None:
    does()


def _dropped(event: QDropEvent) -> str:
    """The invitation that is dropped, if it is one."""
    for url in event.mimeData().urls():
        if Path(url.toLocalFile()).suffix == _INVITATION:
            return url.toLocalFile()
    return ""


_FEW = 12
"""So few records are shown with all their values at once."""
