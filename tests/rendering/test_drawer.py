"""Charts come from a process of their own, which is no longer there than it is needed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from brm_desktop import language
from brm_desktop.process.secrecy import PRESENT, secrets_to_itself
from brm_desktop.rendering import drawer
from brm_desktop.rendering.charts import (
    AnyChart,
    AreaMonth,
    AreasChart,
    CountsChart,
    Line,
    LinesChart,
    ParetoBar,
    ParetoChart,
    Pile,
    PilesChart,
    Series,
    Stack,
    TrendChart,
    process,
    svg,
)
from brm_desktop.rendering.charts.wire import Order, order_read, order_written
from brm_desktop.rendering.drawer import Drawer
from brm_desktop.rendering.theme import DARK, LIGHT

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 60
"""So many seconds are waited for what comes much sooner."""
SIZE = (480.0, 220.0)
MONTHS = [date(2026, month, 1) for month in (1, 2, 3)]
LINE = Line(name="客户 <Ω>", colour="#0072B2", values=[10.5, None, 62], bold=True)
NAMES, COLOURS = ["won"], ["#009E73"]
CHARTS: tuple[AnyChart, ...] = (
    LinesChart(months=MONTHS, lines=[LINE], unit="%", last="now", nothing="none"),
    AreasChart(
        months=[AreaMonth(month=one, counts=[3]) for one in MONTHS], names=NAMES, colours=COLOURS
    ),
    CountsChart(
        stacks=[Stack(below="now", above="–", parts=[4])],
        names=NAMES,
        colours=COLOURS,
        above="Closeness",
    ),
    PilesChart(
        piles=[Pile(below="Q1", above="1", parts=[10**14])],
        names=NAMES,
        colours=COLOURS,
        currency="CNY",
    ),
    ParetoChart(bars=[ParetoBar(name="$A$", said="1", amount=7, up_to=1.0)], currency="EUR"),
    TrendChart(dates=MONTHS, series=[Series(name="S", colour="#000000", values=[1, 2, None])]),
)


@pytest.fixture(scope="module")
def shared() -> Iterator[Drawer]:
    """One process for all who leave it as it is."""
    made = Drawer()
    yield made
    made.rest()


@pytest.fixture
def alone() -> Iterator[Callable[..., Drawer]]:
    """Drawers of one's own, ended with the test."""
    made: list[Drawer] = []

    def make(**times: float) -> Drawer:
        made.append(Drawer(**times))
        return made[-1]

    yield make
    for one in made:
        one.rest()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started, the first one first."""
    found: list[subprocess.Popen[bytes]] = []
    start = drawer._started

    def remembered() -> subprocess.Popen[bytes]:
        found.append(start())
        return found[-1]

    monkeypatch.setattr(drawer, "_started", remembered)
    return found


def runs(process: int) -> bool:
    """Whether a process is there that has not ended; one that nobody has asked after has."""
    try:
        state = (
            Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        )
    except OSError:
        return False
    return state != "Z"


def comes(true: Callable[[], bool]) -> bool:
    """Whether something comes true, after a while at the latest."""
    end = time.monotonic() + LONGEST
    while not true() and time.monotonic() < end:
        time.sleep(0.001)
    return true()


def ends(process: int) -> bool:
    """Whether a process is gone, after a while at the latest."""
    return comes(lambda: not runs(process))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda one: type(one).__name__)
def test_every_kind_of_chart_comes_as_it_would_be_drawn_here(
    shared: Drawer, chart: AnyChart
) -> None:
    assert shared.draw(chart, DARK, *SIZE) == svg(chart, DARK, *SIZE)
    assert shared.process is not None, "and it was drawn elsewhere"


def test_amounts_are_written_in_the_language_in_use(shared: Drawer) -> None:
    english = shared.draw(CHARTS[3], LIGHT, *SIZE)
    language.use("zh_CN")
    try:
        chinese = shared.draw(CHARTS[3], LIGHT, *SIZE)
        assert chinese == svg(CHARTS[3], LIGHT, *SIZE) != english
    finally:
        language.use("en")


def test_charts_asked_for_at_once_come_from_one_process(shared: Drawer) -> None:
    shared.draw(CHARTS[0], LIGHT, *SIZE)
    process = shared.process
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: shared.draw(one, LIGHT, *SIZE), CHARTS * 2))
    assert found == [svg(one, LIGHT, *SIZE) for one in CHARTS] * 2
    assert shared.process == process


def test_a_process_that_was_ended_is_followed_by_another_one(shared: Drawer) -> None:
    expected = shared.draw(CHARTS[0], LIGHT, *SIZE)
    first = shared.process
    assert first is not None
    os.kill(first, signal.SIGTERM)
    assert ends(first)
    assert shared.draw(CHARTS[0], LIGHT, *SIZE) == expected
    assert shared.process not in (None, first)


def test_a_process_that_is_killed_in_the_middle_leaves_no_chart_out(
    alone: Callable[..., Drawer],
) -> None:
    mine = alone()
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(mine.draw, CHARTS[0], LIGHT, *SIZE)
        assert comes(lambda: mine.process is not None)
        first = mine.process
        assert first is not None
        os.kill(first, signal.SIGTERM)  # it has not imported half of what it needs
        assert coming.result(LONGEST) == svg(CHARTS[0], LIGHT, *SIZE)
    assert mine.process not in (None, first), "another one drew it"


def test_the_process_ends_by_itself_once_nothing_is_asked_for(
    alone: Callable[..., Drawer],
) -> None:
    mine = alone(kept=0.05)
    mine.draw(CHARTS[0], LIGHT, *SIZE)
    assert comes(lambda: mine.process is None)
    assert mine.draw(CHARTS[1], LIGHT, *SIZE) == svg(CHARTS[1], LIGHT, *SIZE)


def test_a_process_that_is_needed_no_more_ends_by_itself_and_is_not_killed(
    alone: Callable[..., Drawer], started: list[subprocess.Popen[bytes]]
) -> None:
    mine = alone()
    mine.draw(CHARTS[0], LIGHT, *SIZE)
    mine.rest()
    assert mine.process is None
    (child,) = started
    assert child.wait(LONGEST) == 0, "what it made for its libraries is cleared away"


def test_who_leaves_off_waits_for_no_process_that_hangs(
    alone: Callable[..., Drawer], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = alone(patience=10 * LONGEST)
    with monkeypatch.context() as hanging:
        hanging.setattr(process, "command", lambda: [sys.executable, "-c", "input()\ninput()"])
        with ThreadPoolExecutor(2) as pool:
            coming = [pool.submit(mine.draw, one, LIGHT, *SIZE) for one in CHARTS[:2]]
            assert comes(lambda: mine.process is not None)
            mine.leave_off()
            assert [one.result(LONGEST) for one in coming] == [b"", b""], "nor is any drawn here"
    assert mine.draw(CHARTS[0], LIGHT, *SIZE) == b""
    assert mine.process is None, "and none was started for it"
    mine.rest()
    assert mine.draw(CHARTS[0], LIGHT, *SIZE) == svg(CHARTS[0], LIGHT, *SIZE)


def test_a_process_started_while_one_leaves_off_is_ended_at_once(
    alone: Callable[..., Drawer], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = alone(patience=10 * LONGEST)
    start = drawer._started

    def started() -> subprocess.Popen[bytes]:
        mine.leave_off()
        return start()

    monkeypatch.setattr(drawer, "_started", started)
    assert mine.draw(CHARTS[0], LIGHT, *SIZE) == b""
    assert mine.process is None


def test_who_leaves_off_lets_a_process_that_draws_nothing_end_by_itself(
    alone: Callable[..., Drawer], started: list[subprocess.Popen[bytes]]
) -> None:
    mine = alone()
    mine.draw(CHARTS[0], LIGHT, *SIZE)
    mine.leave_off()
    mine.rest()
    assert started[0].wait(LONGEST) == 0


def test_a_process_that_has_answered_is_waited_for_less(
    alone: Callable[..., Drawer], monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[float] = []

    def timer(seconds: float, do: Callable[[], None]) -> threading.Timer:
        times.append(seconds)
        return threading.Timer(seconds, do)

    monkeypatch.setattr(drawer, "Timer", timer)
    mine = alone(kept=100, patience=30)
    for _ in range(2):
        mine.draw(CHARTS[0], LIGHT, *SIZE)
    mine.rest()
    mine.draw(CHARTS[0], LIGHT, *SIZE)
    assert times[::2] == [30, 10, 30], "of a new one nothing is known"


def test_a_process_that_goes_on_after_its_input_is_killed_after_a_while() -> None:
    going_on = [sys.executable, "-c", "import time; print(1, flush=True); time.sleep(600)"]
    child = subprocess.Popen(going_on, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    child.stdin.close()
    drawer._gone(child, 0.01)
    assert child.returncode not in (None, 0)


PARENT = """
import os, sys
from brm_desktop.rendering.charts import PilesChart
from brm_desktop.rendering.drawer import Drawer
from brm_desktop.rendering.theme import LIGHT
drawer = Drawer()
drawer.draw(PilesChart(piles=[], names=["a"], colours=["#000000"], currency="CNY"), LIGHT, 300, 200)
print(drawer.process, "matplotlib" in sys.modules or "numpy" in sys.modules, flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are read from /proc")
def test_a_program_that_is_killed_leaves_no_process_and_never_held_matplotlib() -> None:
    told = subprocess.run(
        [sys.executable, "-c", PARENT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    process, held = told.stdout.split()
    assert held == "False", told.stderr
    assert ends(int(process))


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="it is read from /proc")
def test_no_passphrase_is_in_the_environment_of_the_process(
    alone: Callable[..., Drawer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PRESENT, "four quiet words here")
    monkeypatch.setenv("BRM_TOLD", "and what is no secret is handed on")
    with secrets_to_itself():
        mine = alone()
        mine.draw(CHARTS[0], LIGHT, *SIZE)
        environment = Path(f"/proc/{mine.process}/environ").read_bytes()
    assert b"BRM_TOLD" in environment
    assert PRESENT.encode() not in environment
    assert b"quiet words" not in environment


@pytest.mark.parametrize(
    "instead",
    [
        [sys.executable, "-c", "pass"],
        [sys.executable, "-c", "import time; time.sleep(60)"],
        [sys.executable, "-c", "print('Hello, this is no answer at all')"],
        [sys.executable, "-c", "import sys; sys.stdout.buffer.write(bytes((0, 0, 0, 3)) + b'abc')"],
        [str(ROOT / "no such program")],
    ],
    ids=["ends at once", "never answers", "talks", "answers nonsense", "is not there"],
)
def test_without_an_answer_the_chart_is_drawn_here(
    alone: Callable[..., Drawer], monkeypatch: pytest.MonkeyPatch, instead: Sequence[str]
) -> None:
    monkeypatch.setattr(process, "command", lambda: list(instead))
    mine = alone(patience=0.3)
    assert mine.draw(CHARTS[0], LIGHT, *SIZE) == svg(CHARTS[0], LIGHT, *SIZE)
    assert mine.process is None


def test_a_chart_that_cannot_be_drawn_is_told_here_and_the_process_goes_on(shared: Drawer) -> None:
    shared.draw(CHARTS[0], LIGHT, *SIZE)
    process = shared.process
    wrong = AreasChart(
        months=[AreaMonth(month=MONTHS[0], counts=[])], names=["a"], colours=["#000000"]
    )
    with pytest.raises(IndexError):
        shared.draw(wrong, LIGHT, *SIZE)
    assert shared.process == process


@pytest.mark.parametrize("chart", CHARTS, ids=lambda one: type(one).__name__)
def test_an_order_says_everything_of_a_chart(chart: AnyChart) -> None:
    order = Order(chart, LIGHT, *SIZE, "zh_CN")
    assert order_read(order_written(order)) == order


def test_a_drawer_is_made_without_what_charts_are() -> None:
    made = "import sys; from brm_desktop.rendering.drawer import Drawer; Drawer();"
    listing = subprocess.run(
        [sys.executable, "-c", f"{made} print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=LONGEST,
    )
    loaded = set(listing.stdout.split())
    assert "brm_desktop.rendering.drawer" in loaded
    assert not [name for name in loaded if name.startswith("brm_desktop.rendering.charts")]
