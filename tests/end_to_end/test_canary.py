"""A canary: a marker in every text of every record, and secrets, that no file may ever hold.

The program runs as a process of its own through what may go wrong: edits, undo, refused edits, a
search, an import with errors, a backup, defects in a page, in a worker and in another thread, words
of Qt and of other libraries, a wrong passphrase, and a crash. Then every file it left is searched.
The store's path is no secret: the window remembers the stores it opened. Files the user has asked
for (exports, the list of refused rows) are his; there is no client-safe plan yet to be searched.
"""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from programs import ROOT, Program
from stores import everything

from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import KINDS, Record, Records
from brm_desktop.session.protection import PLAIN, Passphrase, Protection
from brm_desktop.session.session import Session

MARKER = "Zanzibarquoll"
PASSPHRASE = "wombats under Quarzazate"
WRONG = "bandicoots over Ouagadougou"
NO_TEXT_OF_THE_USERS = {"id", "author", "stamp"}
"""Ids of records and employees, and the digits that order statements: the program's own."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="crashes by signals of POSIX")

WORKED = """
import logging, threading
from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Person
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.storage.copies.backups import BackupKind
from PySide6.QtCore import qWarning
MARKER, SECRET, WRONG = (os.environ['CANARY_' + name] for name in ('MARKER', 'SECRET', 'WRONG'))
STORE = __import__('pathlib').Path(os.environ['CANARY_STORE'])
window().use_language('en')
closed = []

def close_dialogs():
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        closed.append(type(dialog).__name__)
        if hasattr(dialog, 'copy'):
            dialog.copy.click()
        dialog.reject()

closing = QTimer(window(), interval=20)
closing.timeout.connect(close_dialogs)

def refused():
    window().stores.open(STORE, secret=WRONG, failed=lambda error: tell(type(error).__name__))
    when(is_settled, opened)

def opened():
    window().stores.open(STORE, secret=SECRET)
    when(lambda: window().desk.is_open and is_settled(), shown)

def shown():
    desk = window().desk
    account = desk.session.portfolio()[0].id
    desk.go(Place(Page.ACCOUNT, account, Tab.MAP))
    when(lambda: desk.place.account == account and is_settled(), edited)

def edited():
    desk = window().desk
    person = next(one for one in desk.records.all(Person).values() if MARKER in one.name)
    name = phrase('Rename {name}', name=person.name)
    desk.edit(name, edits.revise_person, person.id, name=MARKER + ' the second')
    desk.undo()
    tell(desk.edit(name, edits.revise_person, person.id, power=101, notes=MARKER))
    tell(desk.edit(name, edits.revise_person, person.id, name=''))
    for tab in Tab:
        desk.go(Place(Page.ACCOUNT, desk.place.account, tab))
    window().commands.run('find_anything')
    window().palette_sheet.field.setText(MARKER)
    tell(desk.session.back_up(BackupKind.BY_HAND).kind)
    closing.start()
    when(is_settled, broken)

def falls(*_):
    raise KeyError(MARKER, SECRET)

class Falling:
    def __del__(self):
        raise ValueError(MARKER)

def broken():
    QTimer.singleShot(0, falls)
    window().jobs.run(phrase('Counting {name}', name=MARKER), falls)
    threading.Thread(target=falls).start()
    Falling()
    qWarning(f'QFile: cannot open {MARKER}')
    logging.getLogger('brm_desktop.test').error('%s', MARKER)
    logging.getLogger('another.library').error('%s and %s', MARKER, SECRET)
    QTimer.singleShot(300, lambda: when(told_all, crash))

def told_all():
    return 'ReportDialog' in closed and is_settled() and QApplication.activeModalWidget() is None

def crash():
    tell('broken')
    faulthandler._sigsegv()

refused()
"""

LOOKED = """
from brm_desktop.gui.crash.details import details_of_bad_end
from brm_desktop.gui.crash.strip import BadEndStrip
strip = window().findChild(BadEndStrip)
tell(details_of_bad_end(strip._end))
def again():
    window().close()
window().stores.open(__import__('pathlib').Path(os.environ['CANARY_STORE']),
    secret=os.environ['CANARY_WRONG'], failed=lambda error: again())
"""


def text_fields(kind: type[Record]) -> dict[str, object]:
    """The fields of a kind of record that hold what the user wrote, and their types."""
    return {
        name: hint
        for name, hint in get_type_hints(kind).items()
        if name not in NO_TEXT_OF_THE_USERS and (hint is str or get_args(hint) == (str, ...))
    }


def marked(record: Record) -> Record:
    """A record with the marker in every text."""
    texts: dict[str, Any] = {
        name: f"{MARKER} {getattr(record, name)}" if hint is str else (f"{MARKER} {record.id}",)
        for name, hint in text_fields(type(record)).items()
    }
    return replace(record, **texts)


@dataclass(frozen=True)
class Left:
    """What the program left in its home and beside its store."""

    folders: tuple[Path, ...]

    def files(self) -> list[Path]:
        """Every file."""
        found = [file for folder in self.folders for file in folder.rglob("*") if file.is_file()]
        assert found
        return found

    def holding(self, *secrets: str | bytes) -> dict[str, list[str]]:
        """The files that hold a secret in any spelling, in their bytes or in their names."""
        signs = {sign: str(secret) for secret in secrets for sign in spellings(secret)}
        found: dict[str, list[str]] = {}
        for file in self.files():
            content = file.read_bytes() + os.fsencode(file.name)
            held = sorted({secret for sign, secret in signs.items() if sign in content})
            if held:
                found[file.name] = held
        return found


def spellings(secret: str | bytes) -> set[bytes]:
    """A secret as UTF-8 and UTF-16, as hexadecimal digits, and as base64 wherever it begins."""
    texts = {secret} if isinstance(secret, bytes) else {secret.encode(), secret.encode("utf-16-le")}
    found = set(texts)
    for text in texts:
        found |= {text.hex().encode(), text.hex().upper().encode()}
        for lead in range(3):
            whole = base64.b64encode(b"\0" * lead + text)
            found.add(whole[(0, 2, 3)[lead] : len(whole) // 4 * 4 - 4])
    return found


@pytest.fixture
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program with a home of its own."""
    program = Program(tmp_path_factory.mktemp("h"))
    yield program
    program.stop()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where the store is."""
    (tmp_path / "stores").mkdir()
    return tmp_path / "stores" / "ours.brm"


def made(path: Path, protection: Protection) -> tuple[str, bytes]:
    """Make a store full of the marker; gives its recovery key and its key."""
    with Session.open(path, create=protection, own_name=f"{MARKER} we") as session:
        records = [marked(record) for record in everything()]
        assert {type(record) for record in records} == set(KINDS)
        added = Change.of((), Records(records))
        session.apply(phrase("Import {name}", name=MARKER), added)
        if protection is PLAIN:
            return "", b""
        key = session._store.key
        assert key is not None
        return session.recovery_key, key.raw


def command(program: Program, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the program as its user would."""
    return subprocess.run(
        [sys.executable, "main.py", *arguments],
        cwd=ROOT,
        env={**program.variables, "BRM_PASSPHRASE": PASSPHRASE},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_kind_of_record_has_its_texts_marked() -> None:
    for record in map(marked, everything()):
        for name in text_fields(type(record)):
            assert MARKER in str(getattr(record, name))
    assert sum(len(text_fields(kind)) for kind in KINDS) > 40


@pytest.mark.parametrize("lead", ["", "x", "xy", "xyz"])
def test_a_secret_is_found_however_it_is_spelt(tmp_path: Path, lead: str) -> None:
    left = Left((tmp_path,))
    text = f"{lead}{MARKER} and more"
    spelt = (text.encode(), text.encode("utf-16-le"))
    for content in (*spelt, *map(base64.b64encode, spelt), *(one.hex().encode() for one in spelt)):
        (tmp_path / "file").write_bytes(content)
        assert left.holding(MARKER) == {"file": [MARKER]}
    (tmp_path / "file").write_bytes(b"nothing")
    assert left.holding(MARKER) == {}


def test_what_is_looked_for_is_there_in_a_store_that_is_not_encrypted(store: Path) -> None:
    made(store, PLAIN)
    assert Left((store.parent,)).holding(MARKER, PASSPHRASE) == {store.name: [MARKER]}


def test_no_file_of_the_program_holds_what_is_private(
    program: Program, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery, key = made(store, Passphrase(PASSPHRASE))
    for name, value in {
        "MARKER": MARKER,
        "SECRET": PASSPHRASE,
        "WRONG": WRONG,
        "STORE": str(store),
    }.items():
        monkeypatch.setenv(f"CANARY_{name}", value)

    code, told, said = program.run(WORKED)
    assert told.splitlines() == ["WrongSecret", "None", "None", "by-hand", "broken"]
    assert code == -signal.SIGSEGV
    assert MARKER not in said
    assert PASSPHRASE not in said

    rows = tmp_path / "rows.csv"
    rows.write_text(
        f"name,closeness,reports_to\n{MARKER} 1,abc,\n{MARKER} 2,50,{MARKER} nobody\n,,\n",
        encoding="utf-8",
    )
    refused = tmp_path / "refused.csv"
    where = ("--store", str(store), "--account")
    imported = command(
        program, "import", str(rows), *where, f"{MARKER} new", "--rejects", str(refused)
    )
    assert imported.returncode == 3, imported.stderr
    assert MARKER in refused.read_text(encoding="utf-8-sig")
    planned = command(
        program, "export", "plan", *where, f"{MARKER} new", "--out", str(tmp_path / "plan.pdf")
    )
    assert planned.returncode == 0, planned.stderr

    code, told, said = program.run(LOOKED)
    assert (code, said) == (0, "")
    assert "Segmentation fault" in told
    assert MARKER not in told

    left = Left((program.home, store.parent))
    log = (program.state / "log" / "brm-desktop.log").read_text(encoding="utf-8")
    assert log.count("KeyError") >= 3, "the defects are in the log, without what they said"
    assert "ValueError" in log
    assert left.holding(MARKER, PASSPHRASE, WRONG, recovery, key) == {}
    names = {file.name for file in left.files()}
    assert {"crash.old.log", "ours.brm", "ours.brm.keys"} <= names
    assert any(name.endswith("-by-hand.brm") for name in names)
    assert list((program.home / "tmp").rglob("*.svg")) == []
