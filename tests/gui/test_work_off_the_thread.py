"""Work off the window's thread: results, problems, cancelling, and when it is shown."""

from __future__ import annotations

import gc
import weakref
from threading import current_thread, main_thread

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.work import Cancelled, Jobs, Progress

NAME = phrase("Importing")


@pytest.fixture
def failures() -> list[BaseException]:
    """What nobody else wanted to hear of."""
    return []


@pytest.fixture
def jobs(qtbot: QtBot, qapp: QObject, failures: list[BaseException]) -> Jobs:
    """The work of a window that is not there."""
    return Jobs(failures.append, qapp)


def test_the_result_comes_back_on_the_window_s_thread(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[object] = []

    def done(worked_on: object) -> None:
        seen.extend((worked_on, current_thread()))

    jobs.run(NAME, lambda _progress: current_thread(), done)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0] is not main_thread()
    assert seen[1] is main_thread()
    assert jobs.running == []


def test_a_problem_goes_to_whoever_asked_and_else_to_the_window(
    qtbot: QtBot, jobs: Jobs, failures: list[BaseException]
) -> None:
    heard: list[BaseException] = []

    def refuse(_progress: Progress) -> None:
        raise Problem(phrase("No."))

    jobs.run(NAME, refuse, None, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert failures == []
    jobs.run(NAME, refuse)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], Problem)


def test_cancelled_work_stops_where_it_asks_and_nobody_is_told(
    qtbot: QtBot, jobs: Jobs, failures: list[BaseException]
) -> None:
    done: list[object] = []

    def endless(progress: Progress) -> None:
        while True:
            progress.check()

    job = jobs.run(NAME, endless, done.append)
    job.cancel()
    qtbot.waitUntil(lambda: not jobs.running)
    assert (done, failures) == ([], [])
    with pytest.raises(Cancelled):
        job.progress.check()


def test_only_work_that_lasts_is_shown(qtbot: QtBot, jobs: Jobs) -> None:
    shown: list[object] = []
    jobs.shown.connect(shown.append)

    def wait(progress: Progress) -> None:
        while not progress.stopped:
            pass

    jobs.run(NAME, lambda _progress: None)
    lasting = jobs.run(NAME, wait)
    quiet = jobs.run(NAME, wait, quiet=True)
    qtbot.waitUntil(lambda: bool(shown), timeout=3_000)
    assert shown == [lasting]
    for job in (lasting, quiet):
        job.cancel()
    qtbot.waitUntil(lambda: not jobs.running)


def test_what_stopped_work_has_opened_is_closed(qtbot: QtBot, jobs: Jobs) -> None:
    closed: list[str] = []
    told: list[str] = []
    jobs.run(NAME, lambda _progress: "store", told.append, unwanted=closed.append)
    jobs.stop()
    qtbot.wait(10)
    assert (closed, told, jobs.running) == (["store"], [], [])


def test_nothing_begins_once_the_window_goes(qtbot: QtBot, jobs: Jobs) -> None:
    done: list[object] = []
    jobs.ended.connect(lambda _job: jobs.run(NAME, lambda _progress: done.append("late")))
    jobs.run(NAME, lambda _progress: done.append("in time"))
    jobs.end()
    jobs.in_turn(NAME, [lambda: done.append("in turn")])
    qtbot.wait(50)
    assert (done, jobs.running) == (["in time"], [])


def test_what_work_brought_and_what_it_was_made_of_go_once_nobody_wants_them(
    qtbot: QtBot, jobs: Jobs
) -> None:
    came: list[Brought] = []
    work = Work()
    gone: list[weakref.ref[object]] = [weakref.ref(work)]
    gc.disable()  # what goes only with the garbage stays long in a window
    try:
        gone.append(weakref.ref(jobs.run(NAME, work, came.append)))
        del work
        qtbot.waitUntil(lambda: bool(came))
        gone.append(weakref.ref(came.pop()))
        qtbot.waitUntil(lambda: not any(one() for one in gone))
    finally:
        gc.enable()


def test_stopped_work_is_let_go_of_too(qtbot: QtBot, jobs: Jobs) -> None:
    work = Work()
    gone: list[weakref.ref[object]] = [weakref.ref(work)]
    gc.disable()
    try:
        gone.append(weakref.ref(jobs.run(NAME, work)))
        del work
        jobs.stop()
        qtbot.waitUntil(lambda: not any(one() for one in gone))
    finally:
        gc.enable()


class Brought:
    """What work brings."""


class Work:
    """Work that can be seen to go."""

    def __call__(self, _progress: Progress) -> Brought:
        return Brought()


def test_pieces_are_done_in_turn_and_the_window_answers_in_between(
    qtbot: QtBot, jobs: Jobs
) -> None:
    seen: list[str] = []

    def first() -> None:
        seen.append("first")
        QTimer.singleShot(0, lambda: seen.append("between"))

    jobs.in_turn(NAME, (first, lambda: seen.append("second")))
    assert seen == ["first"]
    assert len(jobs.running) == 1
    qtbot.waitUntil(lambda: not jobs.running)
    assert seen == ["first", "between", "second"]


def test_no_piece_is_done_once_everything_was_stopped(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[str] = []
    jobs.in_turn(NAME, (lambda: seen.append("first"), lambda: seen.append("second")))
    jobs.stop()
    assert jobs.running == []
    qtbot.wait(20)
    assert seen == ["first"]


def test_nothing_follows_a_piece_that_failed(jobs: Jobs) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        jobs.in_turn(NAME, (fail, fail))
    assert jobs.running == []
