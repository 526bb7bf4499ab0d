"""The Sync page: how the store is with the company's asset, what would leave, and who gets what."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.sync.syncing import Syncing, on_views
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.work import Cancelled, Job, Progress

if TYPE_CHECKING:
    from brm_desktop.gui.sync.seen import Seen
    from brm_desktop.gui.sync.taking_part import TakingPart
    from brm_desktop.session.session import Session

_INVITATION = ".brmi"


class SyncPage(DeskPage):
    """Nothing but an invitation until one takes part; then everything that leaves and came."""

    asset_asked = Signal()

    def __init__(self, desk: Desk, syncing: Syncing) -> None:
        super().__init__(desk)
        self.texts.name(self, phrase("Sync"))
        self._syncing = syncing
        self._seen: Seen | None = None
        self._looking = self._again = False
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
        self.nothing = QWidget()
        for part in (self.nothing, self.empty, self.of_asset):
            self.stack.addWidget(part)
        self.taking_part: TakingPart | None = None
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
        """Give the keys to what is to be done next, as soon as it is known."""
        part, shown = self.taking_part, self.stack.currentWidget()
        if part is not None and shown is part:
            part.focus_first()
        elif shown is self.empty:
            self.join_button.setFocus()
        elif shown is self.nothing:
            self.owe_keys()

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

        It begins when the window has painted what it is at, and what is shown is made there one
        part at a time: else the two would keep each other waiting.
        """
        on_window = on_views(self._hand, progress)
        on_window(lambda: None)
        from brm_desktop.gui.sync import taking_part  # noqa: F401  takes a worker some 40 ms
        from brm_desktop.gui.sync.seen import look

        seen = look(session, before, progress)
        while seen.status is not None and on_window(self._make_next):
            pass
        return seen

    def _hand(self, work: Callable[[], object]) -> None:
        """Have something done on the window's thread, from any other."""
        QTimer.singleShot(0, self, work)

    def _make_next(self) -> bool:
        """Make one part more of what is shown to whoever takes part; false when none is missing."""
        if self.taking_part is None:
            from brm_desktop.gui.sync.taking_part import TakingPart

            self.taking_part = TakingPart(self.desk, self.texts, self._syncing)
            self.taking_part.asset_asked.connect(self.asset_asked)
            self.stack.addWidget(self.taking_part)
        return self.taking_part.make_next()

    def _busy(self, job: Job | None) -> None:
        if self.taking_part is not None:
            self.taking_part.show_job(job)

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        part = self.taking_part
        if part is None or seen.status is None:
            self.stack.setCurrentWidget(self.empty)
            self.pay_keys(self.focus_first)
            return
        coming = self.stack.currentWidget() is not part
        part.show_seen(seen, seen.status)
        self.stack.setCurrentWidget(part)
        focus: QWidget | None = self.window().focusWidget()
        if coming and self.isVisible() and (focus is None or not focus.isVisible()):
            self.focus_first()
        self.pay_keys(self.focus_first)

    def _once_more(self) -> None:
        if self._again:
            self._again = False
            self.ask_refresh()

    def _forget(self) -> None:
        """Show nothing of a store that is closed."""
        self._seen = None
        self._looking = self._again = False
        if self.taking_part is not None:
            self.taking_part.forget()
        self.stack.setCurrentWidget(self.nothing)


def _dropped(event: QDropEvent) -> str:
    """The invitation that is dropped, if it is one."""
    for url in event.mimeData().urls():
        if Path(url.toLocalFile()).suffix == _INVITATION:
            return url.toLocalFile()
    return ""
