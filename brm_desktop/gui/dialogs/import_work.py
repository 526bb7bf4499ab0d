"""The import dialog's work off the window's thread: one piece after another, never two at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.work import Job, Jobs, Progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A piece of work, and who gets its result; ``passing`` work gives way to any other."""

    name: Phrase
    work: Callable[[Progress], Any]
    done: Callable[[Any], object]
    passing: bool


class OneByOne:
    """Pieces of work in the order they were asked for, so that one worker at a time is at it.

    ``busy`` is told the job that begins and ``None`` when there is nothing more to do, ``failed``
    what a piece raised; both are called on the thread that asked.
    """

    def __init__(
        self,
        jobs: Jobs,
        busy: Callable[[Job | None], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        self._jobs = jobs
        self._busy = busy
        self._failed = failed
        self._waiting: deque[_Piece] = deque()
        self._piece: _Piece | None = None
        self._job: Job | None = None
        self._over = False

    def ask(
        self,
        name: Phrase,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        *,
        passing: bool = False,
    ) -> None:
        """Do something when its turn comes; passing work that is under way is stopped for it."""
        self._waiting = deque(piece for piece in self._waiting if not piece.passing)
        self._waiting.append(_Piece(name, work, done, passing))
        if self._piece is not None and self._piece.passing:
            self.cancel()
        self._go_on()

    def cancel(self) -> None:
        """Ask what is under way to stop."""
        if self._job is not None:
            self._job.cancel()

    def end(self) -> None:
        """Stop; nothing is told any more."""
        self._over = True
        self._waiting.clear()
        self.cancel()

    def _go_on(self) -> None:
        """Begin the next piece, unless one is under way."""
        if self._piece is not None or self._over:
            return
        if not self._waiting:
            self._busy(None)
            return
        piece = self._piece = self._waiting.popleft()
        self._job = self._jobs.run(
            piece.name,
            piece.work,
            lambda result: self._ended(lambda: piece.done(result)),
            lambda error: self._ended(lambda: self._failed(error)),
            quiet=True,
        )
        self._busy(self._job)

    def _ended(self, tell: Callable[[], object]) -> None:
        if self._over:
            return
        self._piece = self._job = None
        tell()
        self._go_on()
