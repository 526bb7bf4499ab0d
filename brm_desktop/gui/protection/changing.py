"""Changing how the open store is protected: another passphrase, the recovery key, encryption."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.protection.passphrase_dialog import Failed, PassphraseDialog
from brm_desktop.gui.protection.recovery_dialog import show_recovery_key
from brm_desktop.gui.protection.way_back import WayBack
from brm_desktop.gui.what_if.leaving import refused_meanwhile

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow

Done = Callable[[], object]


def ask_change(window: MainWindow) -> None:
    """Ask for the present passphrase and a new one."""
    dialog = PassphraseDialog(
        window,
        window.look,
        phrase("Change the passphrase"),
        phrase("The recovery key stays the same."),
        phrase("Change"),
        partial(_change, window),
    )
    if dialog.ask():
        window.messages.say(phrase("The store opens with the new passphrase from now on."))


def ask_after_recovery(window: MainWindow, key: str) -> None:
    """Offer a new passphrase to whoever opened the store with its recovery key."""

    def take(_present: str, new: str, done: Done, failed: Failed) -> None:
        _change(window, key, new, done, failed)

    dialog = PassphraseDialog(
        window,
        window.look,
        phrase("Set a new passphrase"),
        phrase("You used the recovery key; set a passphrase for next time."),
        phrase("Set"),
        take,
        asks_present=False,
    )
    if dialog.ask():
        window.messages.say(phrase("The store opens with the new passphrase from now on."))


def ask_recovery_key(window: MainWindow) -> None:
    """Show the recovery key again, after the passphrase."""

    def take(present: str, _new: str, done: Done, failed: Failed) -> None:
        session = window.desk.session
        window.jobs.run(
            phrase("Unlocking"),
            lambda _progress: session.check_secret(present),
            _then(done),
            failed,
            quiet=True,
        )

    dialog = PassphraseDialog(
        window,
        window.look,
        phrase("Show the recovery key"),
        phrase("It is shown to whoever knows the passphrase."),
        phrase("Show"),
        take,
        asks_new=False,
    )
    if dialog.ask():
        show_recovery_key(window.desk, window, again=True)


def ask_encrypt(window: MainWindow) -> None:
    """Ask for a passphrase and make the open store an encrypted one."""
    if refused_meanwhile(window.desk):
        return
    chosen: list[str] = []

    def take(_present: str, new: str, done: Done, _failed: Failed) -> None:
        chosen.append(new)
        done()

    dialog = PassphraseDialog(
        window,
        window.look,
        phrase("Encrypt this store"),
        phrase("It is written again, encrypted; the readable file is overwritten."),
        phrase("Encrypt"),
        take,
        asks_present=False,
    )
    if dialog.ask():
        _encrypt(window, chosen.pop())


def _then(done: Done) -> Callable[[None], None]:
    def told(_: None) -> None:
        done()

    return told


def _change(window: MainWindow, present: str, new: str, done: Done, failed: Failed) -> None:
    session = window.desk.session
    window.jobs.run(
        phrase("Changing the passphrase"),
        lambda _progress: session.change_passphrase(present, new),
        _then(done),
        failed,
        quiet=True,
    )


def _encrypt(window: MainWindow, passphrase: str) -> None:
    """Close the store, encrypt it off the window's thread, and open it where one was."""
    from brm_desktop.session.protection import encrypt_store, plain_copies, still_plain

    desk, guard = window.desk, window.guard
    path, back = desk.session.path, WayBack(desk, window.pages)
    guard.cover_for(path, phrase("Encrypting {name}…", name=path.stem))
    desk.detach()

    def arrived() -> None:
        guard.uncover()
        show_recovery_key(desk, window)
        left = still_plain(plain_copies(path))
        if left is not None:
            window.messages.warn(left)

    def failed(error: BaseException) -> None:
        window.messages.failed(error)
        uncover = guard.uncover
        window.stores.open(path, then=lambda: back.go(uncover), otherwise=uncover)

    def encrypted(_key: str) -> None:
        window.stores.open(path, secret=passphrase, then=lambda: back.go(arrived), failed=failed)

    window.jobs.run(
        phrase("Encrypting {name}…", name=path.stem),
        lambda _progress: encrypt_store(path, passphrase),
        encrypted,
        failed,
        quiet=True,
    )
