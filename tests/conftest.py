"""What every test stands on: Qt without a display, no keychain, data sets, one language."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # nobody's keychain

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from postgres_server import Server, running_server

from brm_desktop import language

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"

_SLOW_MACHINE = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile(
    "dev", max_examples=30, deadline=None, suppress_health_check=_SLOW_MACHINE
)
settings.register_profile(
    "ci",
    max_examples=100,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=_SLOW_MACHINE,
)
settings.register_profile(
    "night", max_examples=5_000, deadline=None, suppress_health_check=_SLOW_MACHINE
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

_MOST_WORKERS = 8
FindData = Callable[[str], Path]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Whole folders are run on all cores; some files or tests alone in this process, at once.

    Three processes for two cores, since a test of the window waits for a third of its time.
    """
    if not all(Path(wanted).is_dir() for wanted in config.args):
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(3 * (cores or 1) // 2, _MOST_WORKERS)


@pytest.fixture(scope="session")
def shared_data() -> FindData:
    """Find a public data set by its folder's name; the test is skipped where it is not there."""

    def find(name: str) -> Path:
        place = DATA / name
        if not place.exists():
            pytest.skip(f"the data set {name} is not at ../shared/data")
        return place

    return find


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server for all tests that ask for one; a database is made by each."""
    with running_server() as server:
        yield server


@pytest.fixture(autouse=True)
def _english_and_a_home_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Every test starts in English, with settings, logs and stores in a folder of its own."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    language.use("en")
    yield
    language.use("en")


@pytest.fixture(scope="session", autouse=True)
def usual_hardness() -> Iterator[object]:
    """What a try of a passphrase costs as shipped; what the tests wrap themselves costs little.

    Programs that tests start, and key files that say otherwise, keep to what is shipped.
    """
    from brm_desktop.storage.keys.key_file import Hardness, wrap

    usual = wrap.__defaults__
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrap, "__defaults__", (Hardness(32, 1, 1),))
        yield usual
