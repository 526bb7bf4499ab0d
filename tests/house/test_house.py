"""The whole house is in order: what a reviewer would otherwise have to look for by hand."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "brm_desktop"
DRAWERS = {
    "util",
    "utils",
    "helper",
    "helpers",
    "misc",
    "common",
    "manager",
    "managers",
    "base_utils",
}
LONGEST_FILE = 400

pytestmark = pytest.mark.house


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )


def assert_passes(*command: str) -> None:
    result = run(*command)
    assert result.returncode == 0, f"{' '.join(command)}\n{result.stdout}\n{result.stderr}"


def source_files() -> list[Path]:
    return sorted([ROOT / "main.py", *PACKAGE.rglob("*.py"), *(ROOT / "packaging").rglob("*.py")])


@cache
def imports_of(path: Path) -> frozenset[str]:
    """Every module a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def files_importing(module: str) -> set[str]:
    return {
        path.relative_to(PACKAGE).parts[0]
        for path in PACKAGE.rglob("*.py")
        if any(name == module or name.startswith(f"{module}.") for name in imports_of(path))
    }


def test_the_code_is_without_lint() -> None:
    assert_passes("-m", "ruff", "check", ".")


def test_the_code_is_formatted() -> None:
    assert_passes("-m", "ruff", "format", "--check", ".")


def test_the_types_are_right() -> None:
    assert_passes("-m", "mypy")


def test_the_layers_keep_their_contracts() -> None:
    assert_passes("-c", "from importlinter.cli import lint_imports_command as main; main()")


def test_the_translation_is_complete() -> None:
    from translations import open_points

    assert open_points() == []


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in source_files()
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_nothing_lies_in_a_drawer_without_a_subject() -> None:
    files = [*PACKAGE.rglob("*"), *(ROOT / "tests").rglob("*"), *(ROOT / "packaging").rglob("*")]
    assert [str(path) for path in files if path.stem.casefold() in DRAWERS] == []


def test_packaging_does_not_shadow_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_widgets_live_only_in_the_window() -> None:
    assert files_importing("PySide6.QtWidgets") <= {"gui", "app.py"}


def test_painting_lives_only_in_the_window_and_the_drawing_functions() -> None:
    assert files_importing("PySide6.QtGui") <= {"gui", "rendering", "app.py"}


def test_the_program_starts_with_the_standard_library_and_click_at_most() -> None:
    """What is slow to import, or needs something of the system, comes after the first paint."""
    listing = run(
        "-c",
        "import sys; import brm_desktop.app;"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}"
        " - set(sys.stdlib_module_names)))",
    )
    loaded = {name for name in listing.stdout.split() if not name.startswith("_")}
    assert loaded <= {"brm_desktop", "platformdirs", "sitecustomize"}, listing.stderr


def test_the_window_is_painted_before_anything_of_the_store_is_loaded() -> None:
    """SQLite, keys and the libraries of numbers and documents come when a store is opened."""
    listing = run(
        "-c",
        "import sys; import brm_desktop.gui.main_window; import brm_desktop.gui.crash.strip;"
        "print(*sorted(sys.modules))",
    )
    loaded = set(listing.stdout.split())
    late = {"brm_desktop.session.session", "brm_desktop.storage.local_store", "cryptography"}
    late |= {"PySide6.QtNetwork", "keyring", "matplotlib", "networkx", "sqlcipher3", "typst"}
    assert "PySide6.QtWidgets" in loaded, listing.stderr
    assert loaded & late == set()


def test_a_store_is_opened_without_the_library_of_numbers() -> None:
    """Left out where sqlite-utils would import it, and there again for the charts."""
    opened = "import sys; from brm_desktop.storage.driver import as_database, in_memory;"
    opened += "as_database(in_memory());"
    listing = run("-c", f"{opened} import numpy.linalg; print(*sorted(sys.modules))")
    assert {"sqlite_utils", "numpy.linalg"} <= set(listing.stdout.split()), listing.stderr
    alone = run("-c", f"{opened} print(*sorted(sys.modules))")
    assert "sqlite_utils" in alone.stdout.split(), alone.stderr
    assert "numpy" not in alone.stdout.split()


def test_a_store_of_today_is_opened_and_read_without_what_migrates_one(tmp_path: Path) -> None:
    """Its library takes some fifty milliseconds, and waits for the first edit."""
    path = tmp_path / "sales.brm"
    run("main.py", "--store", str(path), "demo")
    listing = run(
        "-c",
        "import sys; from pathlib import Path; from brm_desktop.session.session import Session;"
        "session = Session.open(Path(sys.argv[1])); session.portfolio(); session.close();"
        "print(*sorted(sys.modules))",
        str(path),
    )
    loaded = set(listing.stdout.split())
    assert "sqlcipher3" in loaded, listing.stderr
    assert loaded & {"click", "dateutil", "sqlite_utils"} == set()


def test_qt_survives_twenty_thousand_calls_that_return_nothing() -> None:
    """PySide6 6.12.0 loses a reference to None a call and aborts (docs/decisions)."""
    assert_passes(
        "-c",
        "from PySide6.QtCore import QObject\n"
        "thing = QObject()\n"
        "for n in range(20_000):\n"
        "    thing.setObjectName('x')\n",
    )


def test_nobody_asks_a_widget_who_has_the_keys_next() -> None:
    """PySide takes the answer for a child of whom was asked, and cuts Python off from it with him.

    Deleting one button so ended the Python side of half the window (PySide 6.11).
    """
    asking = [path for path in source_files() if "InFocusChain" in path.read_text(encoding="utf-8")]
    assert asking == []


NETWORK = {"asyncio", "ftplib", "http", "imaplib", "smtplib", "socket", "ssl", "urllib", "xmlrpc"}
LOG_LEVELS = {"critical", "debug", "error", "exception", "info", "log", "warning"}


def test_nothing_of_the_program_speaks_over_a_network() -> None:
    """A second start speaks to the first by a local socket of this user; that is no network."""
    for module in sorted(NETWORK):
        assert files_importing(module) == set(), module
    with_sockets = {
        path.relative_to(PACKAGE).as_posix(): {
            name.removeprefix("PySide6.QtNetwork").removeprefix(".")
            for name in imports_of(path)
            if name.startswith("PySide6.QtNetwork")
        }
        for path in PACKAGE.rglob("*.py")
        if "QtNetwork" in path.read_text(encoding="utf-8")
    }
    assert with_sockets == {"gui/instance.py": {"", "QLocalServer", "QLocalSocket"}}


def log_calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of a logger in the package, with the place it is made at."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            logger = ast.unparse(node.func.value)
            if node.func.attr in LOG_LEVELS and (logger == "_LOG" or "getLogger" in logger):
                yield f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}", node


def test_nothing_is_logged_but_the_programs_own_words() -> None:
    """Templates are literals, and values are marked as known not to be the user's."""
    found = list(log_calls())
    assert found
    for place, call in found:
        assert isinstance(call.func, ast.Attribute)
        words, *values = call.args[1:] if call.func.attr == "log" else call.args
        assert isinstance(words, ast.Constant), place
        assert all(ast.unparse(value).startswith("Known(") for value in values), place
