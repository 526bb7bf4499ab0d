"""Deliberate mistakes in the merge, one at a time: the tests have to notice nine of ten.

``uv run python tests/mutation/trying.py [MODULE ...]`` changes one place of a module, runs the fast
tests on it, and lists the mistakes nobody noticed. Not part of the test run; needs a system that
can fork.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import hypothesis.stateful  # noqa: F401 # loaded before forking: it takes longer than the tests
import PySide6.QtTest
import PySide6.QtWidgets  # noqa: F401
import pytest
from mutants import mutants

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = ("merge", "registers", "forest", "restamping")
TESTS = (
    "tests/domain/test_merge.py",
    "tests/domain/test_folding_what_came.py",
    "tests/domain/test_pending.py",
    "tests/domain/test_registers.py",
    "tests/domain/test_forest.py",
    "tests/domain/test_restamping.py",
    "tests/domain/test_merge_converges.py",
)
SECONDS = 60
"""Longer than the tests take: a mistake that never ends is noticed, too."""
ENOUGH = 0.9


class Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module another source."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        self.module = module
        self.tree = tree

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for the one module only."""
        if fullname != self.module:
            return None
        return importlib.machinery.ModuleSpec(fullname, self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the mistaken source as the module."""
        exec(compile(self.tree, f"<mutant of {self.module}>", "exec"), module.__dict__)


def is_noticed(module: str, tree: ast.Module) -> bool:
    """Whether some fast test fails, or never ends, on the mistake."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.meta_path.insert(0, Mutated(module, tree))
        os._exit(_tested())
    _, status = os.waitpid(child, 0)
    return status != 0


def _tested() -> int:
    if _fails_at_once():
        return 1
    options = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:faulthandler", "-W", "ignore"]
    return int(pytest.main([*options, "-k", "not TestSyncing", *TESTS]))


def _fails_at_once() -> bool:
    """Run what needs no pytest first: most mistakes are noticed there, in a tenth of the time."""
    sys.path.append(str(ROOT / "tests" / "support"))
    for path in TESTS:
        spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
        assert spec is not None
        assert spec.loader is not None
        tests = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(tests)
            for name, test in vars(tests).items():
                if name.startswith("test_") and not inspect.signature(test).parameters:
                    test()
        except Exception:  # noqa: BLE001 # whatever it is, it was noticed
            return True
    return False


def survivors(name: str) -> Iterator[tuple[bool, str]]:
    """Each mistake of a module: whether it was noticed, and where and what it is."""
    path = ROOT / "brm_desktop" / "domain" / f"{name}.py"
    source = path.read_text(encoding="utf-8")
    if is_noticed(f"brm_desktop.domain.{name}", ast.parse(source)):
        raise SystemExit(f"{name}.py fails as it is: nothing can be said of mistakes in it")
    for line, what, tree in mutants(source):
        yield is_noticed(f"brm_desktop.domain.{name}", tree), f"{name}.py:{line}: {what}"


def main(names: Sequence[str]) -> int:
    """Try every mistake; 1 when fewer than nine of ten were noticed in some module."""
    os.chdir(ROOT)
    os.environ["HYPOTHESIS_PROFILE"] = "ci"
    few = False
    for name in names or MODULES:
        found = []
        for noticed, where in survivors(name):
            found.append(noticed)
            if not noticed:
                print("  survived", where, flush=True)
        share = sum(found) / len(found)
        few = few or share < ENOUGH
        print(f"{name}.py: {sum(found)} of {len(found)} noticed ({share:.1%})", flush=True)
    return int(few)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
