"""The log is the user's alone, goes round, and holds no name of anybody."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from brm_desktop.domain.errors import NotFound
from brm_desktop.domain.phrase import phrase
from brm_desktop.process import logs
from brm_desktop.process.logs import LOG, Known, RoundFile, start_log

MARKER = "Zhou Hai of Huachen"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log that has been started."""
    root = logging.getLogger()
    level = root.level
    handler = start_log(tmp_path / "state" / "log")
    assert handler is not None
    yield tmp_path / "state" / "log" / LOG
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()


def test_the_programs_own_words_numbers_and_known_words_are_written(log: Path) -> None:
    ours = logging.getLogger("brm_desktop.test")
    ours.info("%s read in %d steps, %s, %s", Known("0.1.0"), 3, MARKER, [MARKER])
    assert log.read_text(encoding="utf-8").endswith(
        " INFO brm_desktop.test 0.1.0 read in 3 steps, <str>, <list>\n"
    )


@contextmanager
def alone() -> Iterator[RoundFile]:
    """Leave the log as the only one that hears; pytest's own refuses what does not fit."""
    root = logging.getLogger()
    before = root.handlers
    (ours,) = (one for one in before if isinstance(one, RoundFile))
    root.handlers = [ours]
    yield ours
    root.handlers = before


def test_a_value_that_fits_no_number_leaves_the_template(log: Path) -> None:
    ours = logging.getLogger("brm_desktop")
    with alone():
        ours.warning("%d people", MARKER)
        ours.warning("%(name)s", {"name": MARKER})
        ours.warning(NotFound(phrase("There is no {name}.", name=MARKER)))
    lines = log.read_text(encoding="utf-8").splitlines()
    assert [line.partition("WARNING ")[2] for line in lines] == [
        "brm_desktop %d people",
        "brm_desktop %(name)s",
        "brm_desktop",
    ]


def test_an_exception_is_its_kind_and_places(log: Path) -> None:
    try:
        raise NotFound(phrase("There is no {name}.", name=MARKER))
    except NotFound:
        logging.getLogger("brm_desktop").exception("a defect")
    said = log.read_text(encoding="utf-8")
    assert "a defect\nbrm_desktop.domain.errors.NotFound\n" in said
    assert MARKER not in said


def test_of_other_libraries_only_who_spoke_and_where_is_written(log: Path) -> None:
    logging.getLogger("matplotlib.font").warning("no font for %s", MARKER)
    logging.getLogger("brm_desktopper").warning(MARKER)
    said = log.read_text(encoding="utf-8")
    assert "WARNING matplotlib.font:" in said
    assert MARKER not in said
    assert "no font" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="rights are of POSIX")
def test_the_log_and_its_folder_are_closed_to_others_also_when_they_were_open(log: Path) -> None:
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.parent.stat().st_mode & 0o777 == 0o700
    log.chmod(0o644)
    log.parent.chmod(0o755)
    again = start_log(log.parent)
    assert again is not None
    logging.getLogger().removeHandler(again)
    again.close()
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.parent.stat().st_mode & 0o777 == 0o700


def test_the_log_goes_round(log: Path) -> None:
    with alone() as handler:
        handler.largest = 200
        for _ in range(40):
            logging.getLogger("brm_desktop").info("started")
    files = sorted(log.parent.iterdir())
    assert [file.name for file in files] == [LOG, *(f"{LOG}.{n}" for n in (1, 2, 3))]
    assert all(file.stat().st_size <= 200 for file in files)
    if sys.platform != "win32":
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_where_no_log_can_be_written_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("in the way", encoding="utf-8")
    before = list(logging.getLogger().handlers)
    assert start_log(tmp_path / "log") is None
    assert logging.getLogger().handlers == before


def test_a_log_that_fails_stops_nothing_and_prints_nothing(
    log: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_error: object) -> list[str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(logs, "told", full)
    try:
        raise ValueError(MARKER)
    except ValueError:
        logging.getLogger("brm_desktop").exception("a defect")
    assert capsys.readouterr().err == ""
    assert log.read_text(encoding="utf-8") == ""
