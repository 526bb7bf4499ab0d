"""numpy is kept from sqlite-utils, and from nobody who has it already."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

import pytest

from brm_desktop.storage.sqlite_tools import _numpy_left_out


def test_numpy_is_as_if_it_were_not_there_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "numpy", raising=False)
    with _numpy_left_out(), pytest.raises(ImportError):
        import_module("numpy")
    assert "numpy" not in sys.modules


def test_numpy_that_is_in_use_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    there = ModuleType("numpy")
    monkeypatch.setitem(sys.modules, "numpy", there)
    with _numpy_left_out():
        assert sys.modules["numpy"] is there
    assert sys.modules["numpy"] is there
