"""Charts drawn in a process of their own, so that this one never holds matplotlib.

The process is started with the first chart, and ended when none was asked for during some seconds;
its input ends with this process, however that ends, and then it ends as well.

The window makes a drawer on its own thread: what charts are is imported where they are drawn.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Lock, Thread, Timer
from typing import TYPE_CHECKING, Final

from brm_desktop import language

if TYPE_CHECKING:
    from subprocess import Popen

    from brm_desktop.rendering.charts.drawing import AnyChart
    from brm_desktop.rendering.theme import Theme

_KEPT: Final = 20.0
"""So many seconds the process waits for another chart: it takes a second to start."""
_PATIENCE: Final = 30.0
"""After so many seconds without a first answer it is ended: it may search for fonts."""
_PATIENCE_LATER: Final = 10.0
"""After so many it is ended once it has answered."""
_GRACE: Final = 3.0
"""So many seconds it has to clear away what it made, once its input has ended."""
_TRIED: Final = 2
_BEGINNING: Final = b"<?xml"


class Drawer:
    """Draws charts elsewhere; safe in any thread, one chart after another.

    A process that was ended in the middle is started once more. Where there is no answer then
    either, as where no process can be started, the chart is drawn here: memory is worth less than
    the chart, and what is wrong with one is told as any defect is.
    """

    def __init__(self, kept: float = _KEPT, patience: float = _PATIENCE) -> None:
        self._kept, self._patience = kept, patience
        self._child: Popen[bytes] | None = None
        self._has_answered = False
        self._leaving_off = Event()
        self._idle: Timer | None = None
        self._one_at_a_time = Lock()

    @property
    def process(self) -> int | None:
        """The number of the process that draws, while there is one."""
        child = self._child
        return None if child is None else child.pid

    def draw(self, chart: AnyChart, theme: Theme, width: float, height: float) -> bytes:
        """A chart as SVG of a size in points, in the language in use; nothing when leaving off."""
        from brm_desktop.rendering.charts.drawing import svg
        from brm_desktop.rendering.charts.wire import Order, order_written

        order = order_written(Order(chart, theme, width, height, language.current()))
        with self._one_at_a_time:
            self._work_goes_on()
            found = self._answer(order)
            self._rest_soon()
        if found or self._leaving_off.is_set():
            return found or b""
        return svg(chart, theme, width, height)

    def leave_off(self) -> None:
        """Have the chart that is being drawn, and any other, come to nothing until :meth:`rest`.

        Whoever is about to wait for those who draw says so first, and does not wait for a process
        that hangs. One that draws nothing at the moment is left to end as it does.
        """
        self._leaving_off.set()
        child = self._child
        if child is not None and self._one_at_a_time.locked():
            child.kill()

    def rest(self) -> None:
        """End the process, and wait for nothing; the next chart starts another one."""
        with self._one_at_a_time:
            self._work_goes_on()
            child = self._let_go()
            self._leaving_off.clear()
        if child is not None:
            Thread(target=_gone, args=(child,), daemon=True).start()

    def _answer(self, order: bytes) -> bytes | None:
        """What is answered to an order, also by a second process where the first one ended."""
        for _ in range(_TRIED):
            if self._leaving_off.is_set():
                break
            found = self._asked(order)
            if found is not None:
                return found
            child = self._let_go()
            if child is not None:
                _gone(child, 0)
        return None

    def _asked(self, order: bytes) -> bytes | None:
        """What is answered to an order; ``None`` without an answer."""
        from brm_desktop.rendering.charts.wire import receive, send

        try:
            child = self._child = self._child or _started()
        except OSError:
            return None
        assert child.stdin is not None
        assert child.stdout is not None
        patience = min(self._patience, _PATIENCE_LATER) if self._has_answered else self._patience
        watch = Timer(patience, child.kill)
        watch.daemon = True
        watch.start()
        if self._leaving_off.is_set():  # said before there was a process to be killed
            child.kill()
        try:
            send(child.stdin, order)
            found = receive(child.stdout)
        except OSError:
            return None
        finally:
            watch.cancel()
        self._has_answered = True
        return found if not found or found.startswith(_BEGINNING) else None

    def _work_goes_on(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _rest_soon(self) -> None:
        self._idle = Timer(self._kept, self._rest_unless_asked)
        self._idle.daemon = True
        self._idle.start()

    def _rest_unless_asked(self) -> None:
        """A chart that was asked for in the very moment goes first, and has a timer of its own."""
        mine = self._idle
        with self._one_at_a_time:
            child = self._let_go() if self._idle is mine else None
        if child is not None:
            _gone(child)

    def _let_go(self) -> Popen[bytes] | None:
        """The process, whose input has ended, as nobody's any more."""
        child, self._child, self._has_answered = self._child, None, False
        if child is not None and child.stdin is not None:
            with suppress(OSError):  # what was still to be sent to it
                child.stdin.close()
        return child


def _started() -> Popen[bytes]:
    import subprocess

    from brm_desktop.rendering.charts.process import command

    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    unseen = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # only Windows would show a terminal
    return subprocess.Popen(  # noqa: S603  (the program itself, and nothing of the user's)
        command(), stdin=pipe, stdout=pipe, stderr=nowhere, creationflags=unseen
    )


def _gone(child: Popen[bytes], grace: float = _GRACE) -> None:
    """Wait until a process has ended whose input has; one that still runs after a grace is killed.

    A program that was packed clears away at its end the folders that it made for its libraries.
    """
    from subprocess import TimeoutExpired

    try:
        child.wait(grace)
    except TimeoutExpired:
        child.kill()
        child.wait()
    if child.stdout is not None:
        child.stdout.close()
