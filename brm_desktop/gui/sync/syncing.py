"""What the window does about sync: join, send, take in; jobs off its thread, one at a time.

While something is under way that writes what others made, nothing is edited (``Desk.refusing``):
an edit would be of records that are about to be others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.work import Cancelled, Job, Progress

if TYPE_CHECKING:
    from brm_desktop.session.syncing import Exported, Prepared, Pulled

T = TypeVar("T")
Done = Callable[[], object]

_TAKING: Phrase = phrase("Colleagues' work is being taken in: wait a moment, or stop it.")
_NOT_TAKEN_IN: Phrase = phrase(
    "The asset has not taken this store in yet, and merges nothing of it before. Should that last,"
    " ask who administers it: somebody else may have used the invitation."
)
_TRIES_A_SECOND = 20


@dataclass(frozen=True, slots=True)
class Came:
    """What came in, and how much of it is to be looked at."""

    pulled: Pulled
    disputes: int


def _said(came: Came) -> Phrase:
    """What a pull brought, where there is nothing to warn of."""
    rows = came.pulled.rows
    if not came.pulled.answered:
        return phrase("There is no answer yet: the asset's merger has not run since.")
    if came.disputes:
        return phrase(
            "Records that came: {n}; to be looked at: {conflicts}.", n=rows, conflicts=came.disputes
        )
    if came.pulled.erased:
        return phrase(
            "Records that came: {n}; erased by request of the company: {erased}.",
            n=rows,
            erased=came.pulled.erased,
        )
    return phrase("Records that came: {n}; nothing is in conflict.", n=rows)


def _nothing(_sent: Phrase | None) -> None:
    """What follows when nothing is to follow."""


class Syncing(QObject):
    """Sends and takes in; ``busy`` is told the job under way and ``None`` when it is over."""

    busy = Signal(object)
    joined = Signal()
    sent = Signal()
    taken = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._job: Job | None = None
        desk.closed.connect(self._over)

    @property
    def job(self) -> Job | None:
        """What is under way."""
        return self._job

    def join(
        self, invitation: Path, address: str, done: Done, failed: Callable[[str], None]
    ) -> None:
        """Take part with an invitation; ``failed`` gets the sentence of what went wrong."""
        session = self._desk.session

        def work(progress: Progress) -> None:
            from brm_desktop.session.syncing import enrol

            enrol(session, invitation, address, on_views=on_views(self._hand, progress))

        def joined(_: None) -> None:
            done()
            self._desk.messages.say(
                phrase("Asked to take part; the answer comes once the merger has run.")
            )
            self.joined.emit()

        def told(error: BaseException) -> None:
            from brm_desktop.language import tr

            if isinstance(error, Problem):
                failed(tr(error.sentence))
            else:
                self._desk.messages.failed(error)

        self._run(phrase("Joining the shared asset"), work, joined, told)

    def renew(self) -> None:
        """Go on in the asset after a backup was restored."""
        session = self._desk.session

        def work(_progress: Progress) -> None:
            from brm_desktop.session.syncing import renew

            renew(session)

        def renewed(_: None) -> None:
            self._desk.messages.say(
                phrase("Asked to go on; the answer comes once the merger has run.")
            )
            self.joined.emit()

        self._run(phrase("Going on in the shared asset"), work, renewed)

    def send(
        self,
        prepared: Prepared | None = None,
        to: str = "",
        then: Callable[[Phrase | None], object] = _nothing,
    ) -> None:
        """Send what leaves: just what was shown, where that is given; else what leaves now.

        ``then`` is told in few words what left, or nothing where nothing new did.
        """
        session = self._desk.session

        def work(progress: Progress) -> tuple[Phrase, Exported]:
            from brm_desktop.session.syncing import export, prepare

            shown = prepare(session, check=progress.check) if prepared is None else prepared
            summary = shown.outgoing.summary()
            progress.check()
            return summary, export(session, shown, to)

        def sent(result: tuple[Phrase, Exported]) -> None:
            summary, exported = result
            if not exported.is_taken_in:
                said = _NOT_TAKEN_IN
            elif exported.bundles:
                said = phrase("Sent: {summary}", summary=summary)
            elif exported.again:
                said = phrase("Nothing new to send; what waits for an answer went again.")
            else:
                said = phrase("There is nothing new to send.")
            self._desk.messages.say(said)
            self.sent.emit()
            then(summary if exported.bundles else None)

        self._run(phrase("Sending what leaves"), work, sent)

    def take_in(self, source: str = "", after: Phrase | None = None) -> None:
        """Take in what the asset answers; one step of undo.

        What was sent before, ``after`` which it comes, is said again.
        """
        session = self._desk.session

        def work(progress: Progress) -> Came:
            from brm_desktop.session.syncing import disputes_in, hidden_lines, pull

            def rows(_done: int) -> None:
                progress.check()

            found = pull(session, source, rows, lambda: progress.stopped)
            return Came(found, len(disputes_in(session)) + len(hidden_lines(session)))

        def taken(came: Came) -> None:
            if self._desk.is_open and self._desk.session is session:
                session.show_written(came.pulled.written)
                self._tell(came, after)
                self.taken.emit()

        self._desk.refusing = _TAKING
        self._run(phrase("Taking in what came"), work, taken)

    def sync_now(self) -> None:
        """Send what leaves, then take in what came."""

        def sent(summary: Phrase | None) -> None:
            nothing = phrase("Nothing new was sent.")
            said = nothing if summary is None else phrase("Sent: {summary}.", summary=summary)
            self.take_in(after=said)

        self.send(then=sent)

    def cancel(self) -> None:
        """Stop what is under way; what it did is rolled back."""
        if self._job is not None:
            self._job.cancel()

    def _tell(self, came: Came, after: Phrase | None) -> None:
        """One sentence of what a pull brought, beside the one of what was sent before it."""
        pulled, messages = came.pulled, self._desk.messages
        if pulled.answered and pulled.went_back:
            messages.warn(
                phrase(
                    "The asset knows less than it had told, as after a backup was restored. It was"
                    " told so: take in again once its merger has run."
                )
            )
        elif pulled.answered and pulled.restamped:
            messages.warn(
                phrase("This computer's clock was ahead; what it dated goes with the next sending.")
            )
        elif pulled.answered and pulled.troubles:
            messages.warn(pulled.troubles[0][1])
        elif pulled.owing is not None:
            messages.warn(pulled.owing)
        else:
            said = _said(came)
            messages.say(said if after is None else phrase("{sent} {came}", sent=after, came=said))

    def _run(
        self,
        name: Phrase,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Do one thing at a time; a second order waits for nobody and is refused."""
        if self._job is not None:
            self._desk.messages.warn(phrase("A sync is under way: wait for it, or stop it."))
            return

        def ended(result: T) -> None:
            self._over()
            done(result)

        def went_wrong(error: BaseException) -> None:
            stopped = self._job is not None and self._job.progress.stopped
            self._over()
            if isinstance(error, Cancelled) or (stopped and isinstance(error, Problem)):
                self._desk.messages.say(phrase("Stopped; nothing was changed."))
            elif failed is not None:
                failed(error)
            else:
                self._desk.messages.failed(error)

        self._job = self._desk.jobs.run(name, work, ended, went_wrong)
        self.busy.emit(self._job)

    def _over(self) -> None:
        self._desk.refusing = None
        if self._job is not None:
            self._job = None
            self.busy.emit(None)

    def _hand(self, work: Done) -> None:
        """Have something done on this object's thread, from any other."""
        from PySide6.QtCore import QTimer

        QTimer.singleShot(0, self, work)


def on_views(
    hand: Callable[[Done], None], progress: Progress
) -> Callable[[Callable[[], object]], object]:
    """Does work on the window's thread and waits for it, unless the job is stopped."""

    def run(work: Callable[[], object]) -> object:
        over = Event()
        results: list[object] = []
        errors: list[BaseException] = []

        def there() -> None:
            try:
                results.append(work())
            except BaseException as error:  # noqa: BLE001  (raised again where it is waited for)
                errors.append(error)
            over.set()

        hand(there)
        while not over.wait(1 / _TRIES_A_SECOND):
            progress.check()
        if errors:
            raise errors[0]
        return results[0]

    return run
