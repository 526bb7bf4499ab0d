"""A session that only reads does without what writing takes, until it is told to get ready."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session

EDITS: Final = """
import sys
from pathlib import Path
from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.session.session import Session

with Session.open(Path(sys.argv[1])) as session:
    assert "sqlite_utils" not in sys.modules
    session.prepare_to_write()
    assert "sqlite_utils" in sys.modules
    before = set(sys.modules)
    session.edit(phrase("Add"), edits.add_own_staff, name="Ann")
    print(*(name for name in set(sys.modules) - before if name.startswith("brm_desktop.storage")))
"""


def test_the_first_edit_of_a_session_that_was_got_ready_imports_nothing_to_write(
    tmp_path: Path,
) -> None:
    store = tmp_path / "sales.brm"
    Session.open(store, create=PLAIN).close()
    told = subprocess.run(
        [sys.executable, "-c", EDITS, str(store)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (told.returncode, told.stdout.split()) == (0, []), told.stderr


def test_a_session_that_was_got_ready_twice_is_ready() -> None:
    Session.prepare_to_write()
    Session.prepare_to_write()
    assert "sqlite_utils" in sys.modules
