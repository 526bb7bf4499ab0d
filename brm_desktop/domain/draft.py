"""``Draft``: records one is still working on, so that many edits become one change cheaply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import Record, Records

P = ParamSpec("P")


class Draft(Records):
    """Records with edits made on top of them, read like any records; nothing is copied.

    ::

        draft = Draft(records)
        ceo = draft.do(edits.add_person, act, account=account, name="王敏").added(Person)[0]
        draft.do(edits.set_manager, act, cio, ceo.id)
        change = draft.change()
    """

    def do(
        self,
        edit: Callable[Concatenate[Records, Act, P], Change],
        act: Act,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Change:
        """Make an edit on the draft; gives that edit's own change."""
        raise NotImplementedError

    def apply(self, change: Change) -> Change:
        """Put a change into the draft and hand it back."""
        raise NotImplementedError

    def put(self, *wanted: Record) -> None:
        """Add records or replace those of the same id, unchecked by any rule."""
        raise NotImplementedError

    def change(self) -> Change:
        """All that was done so far, as one change of the records the draft began with."""
        raise NotImplementedError
