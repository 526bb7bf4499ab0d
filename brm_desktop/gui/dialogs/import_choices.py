"""The state of the import dialog: its files, what was chosen for each, and where they go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from brm_desktop.domain.records import AccountId
from brm_desktop.session.importing import Chosen


class ImportChoices(QObject):
    """What the user chose so far; the panels of the dialog read it and write to it.

    ``shown`` tells that another file is on show or its rows are other ones: the panels are built
    anew. ``changed`` tells that something was chosen: what would happen is another thing.
    """

    shown = Signal()
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.files: list[Chosen] = []
        self.place = 0
        self.account: AccountId | None = None
        self.new_account = ""
        self.create_missing = False

    @property
    def current(self) -> Chosen | None:
        """The file on show."""
        return self.files[self.place] if self.place < len(self.files) else None

    @property
    def needs_account(self) -> bool:
        """Whether some file's rows belong to an account."""
        return any(chosen.needs_account for chosen in self.files)

    def add(self, files: Sequence[Chosen]) -> None:
        """More files, of which the first is shown; one that was there is read anew."""
        first = len(self.files)
        for chosen in files:
            places = [n for n, there in enumerate(self.files) if there.path == chosen.path]
            if places:
                first = min(first, places[0])
                self.files[places[0]] = replace(chosen, wishes=self.files[places[0]].wishes)
            else:
                self.files.append(chosen)
        self.place = first
        self._other_file()

    def remove(self) -> None:
        """Leave out the file on show."""
        if self.current is not None:
            del self.files[self.place]
            self.place = max(0, min(self.place, len(self.files) - 1))
            self._other_file()

    def show(self, place: int) -> None:
        """Show another file."""
        if place != self.place and 0 <= place < len(self.files):
            self.place = place
            self.shown.emit()

    def put(self, chosen: Chosen) -> None:
        """A file was read again."""
        for place, there in enumerate(self.files):
            if there.path == chosen.path:
                self.files[place] = chosen
                self._other_file()

    def wish(self, **fields: Any) -> None:
        """Choose something for the file on show, in the words of ``Wishes``."""
        current = self.current
        if current is not None:
            wishes = replace(current.wishes, **fields)
            if wishes != current.wishes:
                self.files[self.place] = replace(current, wishes=wishes)
                self.changed.emit()

    def aim(self, account: AccountId | None, new_account: str) -> None:
        """Where the rows go."""
        if (account, new_account) != (self.account, self.new_account):
            self.account, self.new_account = account, new_account
            self.changed.emit()

    def allow_missing(self, allowed: bool) -> None:
        """Whether people are made whom only a line names."""
        if allowed != self.create_missing:
            self.create_missing = allowed
            self.changed.emit()

    def _other_file(self) -> None:
        self.shown.emit()
        self.changed.emit()
