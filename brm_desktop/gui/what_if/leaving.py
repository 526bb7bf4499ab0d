"""Beginning and ending a what-if; who leaves with something supposed is asked once."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.language import tr, trn


def begin(desk: Desk) -> bool:
    """Begin a what-if; false while a day in the past is on show."""
    try:
        desk.check_today()
    except Problem as problem:
        desk.messages.failed(problem)
        return False
    desk.show_day(None)  # a comparison with an earlier day and a what-if exclude each other
    desk.session.suppose()
    return True


def refused_meanwhile(desk: Desk) -> bool:
    """Whether a what-if is on, which is then told: nothing goes in or out during one."""
    if not desk.is_open:
        return False
    try:
        desk.session.leave_supposing_first()
    except Problem as problem:
        desk.messages.failed(problem)
        return True
    return False


def keep(desk: Desk) -> bool:
    """Write what is supposed as one step; false when it cannot be written."""
    count = desk.session.supposed_count
    try:
        desk.session.keep_supposed()
    except Problem as problem:
        desk.messages.failed(problem)
        return False
    if count:
        desk.messages.say(phrase("What you supposed is kept; one undo takes it back."))
    return True


def discard(desk: Desk) -> bool:
    """Let go of what is supposed."""
    desk.session.discard_supposed()
    return True


def leave(desk: Desk, window: QWidget) -> bool:
    """End the what-if as the user says, who is asked when something is supposed; false: stay."""
    if not desk.is_open or not desk.session.supposing:
        return True
    if not desk.session.supposed_count:
        return discard(desk)
    from PySide6.QtWidgets import QMessageBox

    from brm_desktop.gui.widgets.frames import set_property

    box = QMessageBox(window)
    box.setWindowTitle(tr("What if"))
    count = desk.session.supposed_count
    box.setText(
        trn("{n} supposed change is not saved.", "{n} supposed changes are not saved.", count)
    )
    roles = QMessageBox.ButtonRole
    kept = box.addButton(tr("Keep"), roles.AcceptRole)
    dropped = box.addButton(tr("Discard"), roles.DestructiveRole)
    stay = box.addButton(tr("Stay"), roles.RejectRole)
    if isinstance(kept, QPushButton):
        set_property(kept, "kind", "primary")
    if isinstance(stay, QPushButton):
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
    box.exec()
    if box.clickedButton() is kept:
        return keep(desk)
    return box.clickedButton() is dropped and discard(desk)
