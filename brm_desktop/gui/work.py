"""Work off the window's thread, with progress and a way to stop it.

A job that lasts over 300 ms is shown in the status line, and can be cancelled there. The function
of a job gets a :class:`Progress`; it reports through it and asks it whether to stop. Its result is
handed back on the window's thread.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from threading import Event
from typing import Any, Final, Generic, TypeVar, cast

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal, Slot

from brm_desktop.domain.phrase import Phrase

T = TypeVar("T")

SHOWN_AFTER_MS = 300
_TURN_SECONDS: Final = 0.0002
"""So long a worker that computes keeps Python for itself once the window needs it. As it comes,
Python lets the window wait for 5 ms, and to paint one table it needs Python a thousand times."""
_WAY_EVERY, _WAY = 0.01, 0.0005
"""So often, and so long, a worker that reports stands aside (seconds): whoever lets go of Python
and takes it again at once, as each random number does, leaves the window none for long."""


class Cancelled(Exception):
    """The user stopped a job; whatever it did is rolled back by whoever raised this."""


class Progress:
    """How a job says how far it is and hears that it should stop; safe in any thread."""

    def __init__(self, report: Callable[[float], None]) -> None:
        self._report = report
        self._stop = Event()
        self._stood_aside = 0.0

    def report(self, share: float) -> None:
        """Say how much is done, 0–1, and stop here if the user asked for it."""
        self.check()
        self._report(share)

    def check(self) -> None:
        """Stop here if the user asked for it, and give way to the window now and then.

        Raises
        ------
        Cancelled
            When the job was cancelled.
        """
        if self._stop.is_set():
            raise Cancelled
        if time.monotonic() - self._stood_aside > _WAY_EVERY:
            time.sleep(_WAY)
            self._stood_aside = time.monotonic()

    @property
    def stopped(self) -> bool:
        """Whether the user asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the job to stop."""
        self._stop.set()


class Job(QObject):
    """One piece of work under way; its result arrives on the thread that started it."""

    progressed = Signal(float)
    _ended = Signal(object, object)

    def __init__(self, name: Phrase, parent: QObject) -> None:
        super().__init__(parent)
        self.name = name
        self.progress = Progress(self.progressed.emit)
        self._deliver: Callable[[object, BaseException | None], None] | None = None
        self._ended.connect(self._arrived)

    def cancel(self) -> None:
        """Ask it to stop."""
        self.progress.stop()

    def hand_over(self, result: object, error: BaseException | None) -> None:
        """Send the result or the error home; called in the worker's thread."""
        self._ended.emit(result, error)

    def deliver_to(self, receive: Callable[[object, BaseException | None], None]) -> None:
        """Say who gets what comes home."""
        self._deliver = receive

    @Slot(object, object)
    def _arrived(self, result: object, error: BaseException | None) -> None:
        deliver, self._deliver = self._deliver, None
        if deliver is not None:
            deliver(result, error)


class _Task(Generic[T]):
    """The part of a job that runs in the pool.

    The pool lets go of it in the worker's thread, when the window may have done so already: what it
    works with is therefore let go of here, by :meth:`forget`, where widgets may be destroyed.
    """

    def __init__(
        self,
        job: Job,
        work: Callable[[Progress], T],
        unwanted: Callable[[T], object] | None,
    ) -> None:
        self._job = job
        self._work = work
        self._unwanted = unwanted
        self._results: list[T] = []

    def __call__(self) -> None:
        """Do the work, and hand over its result or what went wrong."""
        try:
            self._results.append(self._work(self._job.progress))
        except BaseException as error:  # noqa: BLE001  (handed to the window's thread, never lost)
            self._job.hand_over(None, error)
        else:
            self._job.hand_over(self._results[0], None)

    def drop(self) -> None:
        """Let go of a result that nobody gets any more."""
        for result in self._results:
            if self._unwanted is not None:
                self._unwanted(result)
        self.forget()

    def forget(self) -> None:
        """Let go of everything, once the result has come home."""
        del self._job, self._work, self._unwanted, self._results


class Jobs(QObject):
    """The work under way for one window."""

    shown = Signal(object)
    ended = Signal(object)

    def __init__(self, failed: Callable[[BaseException], None], parent: QObject) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_TURN_SECONDS)
        self._failed = failed
        self._running: dict[Job, _Task[Any] | None] = {}
        self._is_over = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)

    @property
    def running(self) -> list[Job]:
        """The jobs under way, the oldest first."""
        return list(self._running)

    def run(
        self,
        name: Phrase,
        work: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        unwanted: Callable[[T], object] | None = None,
        quiet: bool = False,
    ) -> Job:
        """Start work in the pool; ``done`` or ``failed`` is called back on this thread.

        ``unwanted`` gets a result instead of ``done`` when the work was stopped and forgotten: what
        is open can be closed there. ``quiet`` work is of no concern to the user and is never shown.
        """
        job = Job(name, self)
        if self._is_over:
            return job

        def receive(result: object, error: BaseException | None) -> None:
            task = self._running.pop(job, None)
            if task is None:
                return  # stopped and forgotten
            task.forget()
            self.ended.emit(job)
            job.deleteLater()
            if error is not None:
                self._went_wrong(error, failed)
            elif done is not None:
                done(cast("T", result))

        job.deliver_to(receive)
        task: _Task[T] = _Task(job, work, unwanted)
        self._running[job] = task
        if not quiet:
            QTimer.singleShot(SHOWN_AFTER_MS, job, lambda: self._show(job))
        self._pool.start(task)
        return job

    def in_turn(self, name: Phrase, pieces: Iterable[Callable[[], object]]) -> None:
        """Do pieces of work on this thread, which answers in between; under way until the last.

        The first is done at once. Each other waits until what the last one made was painted and
        whatever else waits was done; none is done after :meth:`stop`, or after one that failed.
        """
        if self._is_over:
            return
        job, left = Job(name, self), iter(pieces)
        self._running[job] = None
        timer = QTimer(job, singleShot=True, interval=0)

        def go_on() -> None:
            if job not in self._running:
                return
            try:
                piece = next(left, None)
                if piece is not None:
                    piece()
            except BaseException:
                self._over(job)
                raise
            if piece is None:
                self._over(job)
            elif job in self._running:
                timer.start()

        timer.timeout.connect(go_on)
        go_on()

    def end(self) -> None:
        """Stop, and begin nothing more: the window goes.

        Qt waits for what is in the pool when it takes the pool apart, and lets no other thread of
        Python go on meanwhile: work begun so late would never end, nor would the window.
        """
        self._is_over = True
        self.stop()

    def stop(self) -> None:
        """Cancel everything under way, wait for it and forget it, for closing."""
        for job in self.running:
            job.cancel()
        self._pool.waitForDone()
        for job in self.running:
            task = self._over(job)
            if task is not None:
                task.drop()

    def _over(self, job: Job) -> _Task[Any] | None:
        """A job is under way no more; gives its part in the pool, ``None`` if it had none."""
        task = self._running.pop(job, None)
        self.ended.emit(job)
        job.deleteLater()
        return task

    def _show(self, job: Job) -> None:
        if job in self._running:
            self.shown.emit(job)

    def _went_wrong(
        self, error: BaseException, failed: Callable[[BaseException], None] | None
    ) -> None:
        if failed is not None:
            failed(error)
        elif not isinstance(error, Cancelled):
            self._failed(error)
