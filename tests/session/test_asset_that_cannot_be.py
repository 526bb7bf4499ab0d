"""What cannot be an asset, or cannot be made or opened as one, is one sentence."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from stores import listing
from told import told

from brm_desktop.domain.edits import create_account
from brm_desktop.domain.errors import (
    FileProblem,
    NotAStore,
    Refused,
    StoreBusy,
    StoreLocked,
    StoreProblem,
)
from brm_desktop.domain.membership import SiteRole
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Organisation
from brm_desktop.session.asset import AssetSession, create_asset, database_of, open_asset
from brm_desktop.session.asset_view import open_asset_view
from brm_desktop.session.clock import SetClock
from brm_desktop.session.protection import PLAIN, Passphrase, make_store
from brm_desktop.session.session import Session

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORDS = "four quiet words"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW, 5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shared"


def _made(folder: Path, clock: SetClock, **more: object) -> AssetSession:
    database = folder.parent / "asset.db"
    return create_asset(str(folder), "华东", "我们公司", database=database, clock=clock)


def _opened(folder: Path, clock: SetClock, **more: object) -> AssetSession:
    return open_asset(str(folder), database=folder.parent / "asset.db", clock=clock)


def test_an_invitation_that_cannot_be_written_is_one_sentence(
    folder: Path, clock: SetClock
) -> None:
    with _made(folder, clock) as asset, told(FileProblem, "does not exist"):
        asset.invite(folder / "no" / "x.brmi", "A", SiteRole.REP, "")


def test_the_database_is_kept_where_only_its_user_gets_it_and_found_by_the_folder(
    folder: Path, clock: SetClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with create_asset(str(folder), "华东", "我们", clock=clock) as asset:
        about = asset.about
        assert asset.recovery_key is None
    place = database_of(str(folder))
    assert place.parent == tmp_path / "data" / "brm-desktop" / "assets"
    assert place.name == f"{about.asset}.db"
    with open_asset(str(folder), clock=clock) as asset:
        assert asset.about == about
    assert database_of(str(folder), Path("other")) == Path("other")
    with told(StoreProblem, "is not the folder of a shared asset"):
        database_of(str(tmp_path))


def test_an_encrypted_asset_opens_with_its_passphrase_only(folder: Path, clock: SetClock) -> None:
    place = folder.parent / "asset.db"
    made = create_asset(
        str(folder), "A", "C", database=place, protection=Passphrase(WORDS), clock=clock
    )
    with made as asset:
        key = asset.recovery_key
    assert key
    with told(StoreLocked, "is encrypted"):
        open_asset(str(folder), database=place, clock=clock)
    for secret in (WORDS, key):
        with open_asset(str(folder), database=place, secret=secret, clock=clock) as asset:
            assert asset.recovery_key == key
    with open_asset_view(place, secret=WORDS, clock=clock) as view:
        assert view.is_encrypted


def test_what_cannot_be_an_asset_is_one_sentence(
    folder: Path, clock: SetClock, tmp_path: Path
) -> None:
    with told(Refused, "Give a name of at most 200 characters"):
        create_asset(str(folder), " ", "C", clock=clock)
    assert not folder.exists()
    _made(folder, clock).close()
    before = listing(tmp_path)
    with told(Refused, "There is a shared asset in .*shared already"):
        _made(folder, clock)
    other = tmp_path / "other"
    with told(StoreProblem, "There is a file asset.db already"):
        _made(other, clock)
    make_store(tmp_path / "mine.brm", 7, PLAIN).close()
    with told(NotAStore, "mine.brm is not the database of a shared asset"):
        open_asset(str(folder), database=tmp_path / "mine.brm", clock=clock)
    create_asset(str(other), "B", "C", database=tmp_path / "b.db", clock=clock).close()
    with told(StoreProblem, "b.db is the database of another shared asset than that in"):
        open_asset(str(folder), database=tmp_path / "b.db", clock=clock)
    (folder / "asset.json").write_text("[]", encoding="utf-8")
    with told(StoreProblem, "is damaged, so the shared asset is not known"):
        _opened(folder, clock)
    assert "asset.db" in before


@pytest.mark.parametrize(
    "spoilt", [{"format": "x"}, {"version": 2}, {"name": 5}, {"keys": "ab"}, {"keys": None}]
)
def test_a_card_that_says_something_else_is_refused(
    folder: Path, clock: SetClock, spoilt: dict[str, object]
) -> None:
    _made(folder, clock).close()
    card = folder / "asset.json"
    card.write_text(json.dumps(json.loads(card.read_text()) | spoilt), encoding="utf-8")

    with told(StoreProblem, "is damaged, so the shared asset is not known"):
        _opened(folder, clock)


def test_one_merges_at_a_time_and_is_named(folder: Path, clock: SetClock) -> None:
    with _made(folder, clock), told(StoreBusy, "asset.db is open here already"):
        _opened(folder, clock)


def test_only_an_asset_is_looked_at_so(tmp_path: Path, clock: SetClock) -> None:
    with Session.open(tmp_path / "mine.brm", create=PLAIN, clock=clock):
        pass
    with told(NotAStore, "mine.brm is not the database of a shared asset"):
        open_asset_view(tmp_path / "mine.brm")
    assert set(listing(tmp_path)) == {"mine.brm"}


def test_an_asset_in_a_folder_that_is_not_there_is_refused_by_the_folder_that_is_missing(
    tmp_path: Path, clock: SetClock
) -> None:
    missing = tmp_path / "no"
    with told(StoreProblem, rf"there is no folder {missing}: correct the path"):
        create_asset(str(missing / "such" / "asset"), "East", "We", clock=clock)
    assert not missing.exists()


def test_a_folder_that_cannot_be_made_leaves_the_database_closed(
    folder: Path, clock: SetClock
) -> None:
    folder.write_bytes(b"a file where the folder is to be")
    with told(StoreProblem, "cannot be read or written"):
        _made(folder, clock)
    assert not (folder.parent / "asset.db.in-use").exists()
    folder.unlink()
    (folder.parent / "asset.db").unlink(missing_ok=True)
    box = folder / "asset.json"
    box.mkdir(parents=True)
    with told(Refused, "There is a shared asset in"):
        _made(folder, clock)


def test_the_database_of_an_asset_is_nobodys_store(folder: Path, clock: SetClock) -> None:
    with _made(folder, clock):
        pass
    with Session.open(folder.parent / "asset.db", clock=clock) as session:
        assert not session.records.all(Organisation)
        with pytest.raises(StoreProblem, match="database of a shared asset"):
            session.edit(phrase("Test"), create_account, name="Acme")
        assert session.check() == []
