"""The process that B11 starts: the real window at work, and a clock that ticks in its thread.

As long as nothing holds the window up the clock ticks every two milliseconds; the longest time
between two ticks, less one interval, is the longest hold-up.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from time import monotonic, perf_counter

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / part) for part in ("", "tests/support")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QModelIndex, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from brm_desktop.domain import edits  # noqa: E402
from brm_desktop.domain.categories import Category  # noqa: E402
from brm_desktop.domain.phrase import phrase  # noqa: E402
from brm_desktop.domain.records import Choice, Person  # noqa: E402
from brm_desktop.gui.canvas.view import CanvasView  # noqa: E402
from brm_desktop.gui.desk import Desk, Page, Place  # noqa: E402
from brm_desktop.gui.dialogs.import_dialog import ImportDialog  # noqa: E402
from brm_desktop.gui.exporting import write_plan_to  # noqa: E402
from brm_desktop.gui.main_window import MainWindow  # noqa: E402
from brm_desktop.gui.preferences import Preferences  # noqa: E402
from brm_desktop.gui.sync.page import SyncPage  # noqa: E402
from brm_desktop.session.demo import write_demo  # noqa: E402
from brm_desktop.session.importing import Wishes, import_files, read_files  # noqa: E402
from brm_desktop.session.protection import PLAIN  # noqa: E402
from brm_desktop.session.session import Session  # noqa: E402

TICK = 0.002
ROWS, PEOPLE = 5_000, 600
LIMIT = 60.0
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀英建华志东雪梅海燕文博子涵雨桐思远国平玉红春生"


class Clock:
    """Knows the longest time between two of its ticks."""

    def __init__(self) -> None:
        self._last = perf_counter()
        self.longest = 0.0
        self._timer = QTimer(interval=round(TICK * 1000), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def again(self) -> None:
        """Begin anew."""
        self._last, self.longest = perf_counter(), 0.0

    def _tick(self) -> None:
        now = perf_counter()
        self.longest = max(self.longest, now - self._last - TICK)
        self._last = now


def rest(milliseconds: int = 300) -> None:
    """Let Qt do what is waiting."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def rows(count: int, seed: int) -> list[tuple[str, ...]]:
    """People six to a manager, who are called as people are."""
    random = Random(seed)
    return [
        (
            str(number),
            "".join(map(random.choice, (_SURNAMES, _GIVEN, _GIVEN))),
            f"Department {random.randint(1, 20)}",
            str(number // 6) if number > 5 else "",
        )
        for number in range(1, count + 1)
    ]


def written(path: Path, data: list[tuple[str, ...]]) -> Path:
    """A file of rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "name", "department", "reports_to_id"), *data])
    return path


class Work:
    """The window and what is done in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        store = folder / "work.brm"
        with Session.open(store, create=PLAIN) as session:
            people = written(folder / "people.csv", rows(PEOPLE, 1))
            self.more = written(folder / "more.csv", rows(ROWS, 2))
            wishes = Wishes()
            import_files(session, read_files([people], wishes), account="Acme")
        self.window = MainWindow(
            write_sample=write_demo,
            preferences=Preferences(folder / "window.ini"),
            wanted_language="en",
        )
        self.window.resize(1400, 880)
        self.window.show()
        self.window.start(store)
        self.wait(lambda: self.desk.is_open)
        account = self.desk.session.find_account("Acme")
        self.desk.go(Place(Page.ACCOUNT, account))
        self.wait(lambda: self.desk.place.account == account)
        self.view = next(v for v in self.window.findChildren(CanvasView) if v.isVisible())

    @property
    def desk(self) -> Desk:
        """Where the window is, and its session."""
        return self.window.desk

    def wait(self, ready: Callable[[], bool] = lambda: True) -> None:
        """Wait for the work under way, and for what it leads to."""
        until = monotonic() + LIMIT
        rest()
        while self.window.jobs.running or not ready():
            if monotonic() > until:
                raise TimeoutError
            rest(20)
        rest()

    def import_rows(self) -> None:
        """Import through the dialog, from the file taken to the rows shown."""
        dialog = ImportDialog(self.window)
        dialog.open()
        dialog.take_files([self.more])
        self.wait(dialog.import_button.isEnabled)
        dialog.reading.account.setEditText("Other")
        self.wait(lambda: dialog.import_button.isEnabled() and not dialog._timer.isActive())
        ended: list[int] = []
        dialog.finished.connect(ended.append)
        dialog.import_button.click()
        self.wait(lambda: bool(ended))
        self.imported = self.desk.session.find_account("Other")

    def lay_out(self) -> None:
        """Lay the map out, and see it glide there."""
        self.view.tidy()
        self.wait()

    def write_plan(self) -> None:
        """Write the plan."""
        path = self.folder / "plan.pdf"
        write_plan_to(self.desk, path, 2026)
        self.wait(path.exists)

    def join_company(self) -> None:
        """Take part in a company's asset, where a colleague has shared as much as was imported."""
        from company import Company, send
        from rep_sync import fill

        company = Company(self.folder)
        company.now = datetime.now().astimezone()
        syncing = self.window.syncing
        syncing.join(company.invite("Wang Min"), "", lambda: None, self._fail)
        self.wait(lambda: syncing.job is None)
        with company.rep("Li Lei") as colleague:
            fill(colleague, self.folder / "shared.csv", ROWS)
            send(colleague)
        company.merge()

    def take_in(self) -> None:
        """Take it in, while the map of another account is seen."""
        self.window.syncing.take_in()
        self.wait(lambda: self.window.syncing.job is None)

    def share_all(self) -> None:
        """Choose that whatever was imported leaves, and see what that is."""
        session = self.desk.session
        for category in Category:
            session.edit(phrase("Share"), edits.set_policy, self.imported, category, Choice.COMPANY)

    def look_through(self) -> None:
        """See on the Sync page what would leave, ten thousand records."""
        self.desk.go(Place(Page.SYNC))
        self.wait(lambda: self.sync_page.seen is not None)

    def edit_seen(self) -> None:
        """Edit one of them while they are on show, and open the longest list of them."""
        person = self.desk.records.where(Person, external_id="7")[0]
        self.desk.edit(phrase("Rename"), edits.revise_person, person.id, title="Head")
        self.wait()
        part = self.sync_page.taking_part
        if part is None:
            raise TypeError(part)
        tree, index = part.leaving.tree, QModelIndex()
        while tree.model().hasChildren(index):
            index = tree.model().index(tree.model().rowCount(index) - 1, 0, index)
            tree.expand(index)
            rest(20)
        self.wait()

    @property
    def sync_page(self) -> SyncPage:
        """The Sync page."""
        page = self.window.pages.currentWidget()
        if not isinstance(page, SyncPage):
            raise TypeError(page)
        return page

    def _fail(self, sentence: str) -> None:
        raise RuntimeError(sentence)

    def score(self) -> None:
        """Say how close somebody is."""
        person = next(iter(self.view.content.cards))
        self.desk.edit(phrase("Assess"), edits.assess, person, closeness=60)
        self.wait()


def main() -> None:
    """Do each work and tell its longest hold-up."""
    application = QApplication(["held up"])
    work = Work(Path(sys.argv[1]))
    clock = Clock()
    found: dict[str, float] = {}
    for name, do in (
        ("edit", work.score),
        ("layout", work.lay_out),
        ("plan", work.write_plan),
        ("import", work.import_rows),
        ("sync", work.take_in),
        ("page", work.look_through),
        ("seen", work.edit_seen),
    ):
        if name == "sync":
            work.join_company()
        if name == "page":
            work.share_all()
        clock.again()
        do()
        found[name] = clock.longest
    people = len(work.desk.session.all_records().all(Person))
    if people < 2 * ROWS + PEOPLE:
        raise RuntimeError(f"only {people} people came")
    print(json.dumps(found), flush=True)
    del application
    os._exit(0)


if __name__ == "__main__":
    main()
