"""The company's asset by its administrator: devices join, are reported of, and go."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asset_reps import Rep
from bundling import keys_of
from postgres_server import Server, fresh_database
from stores import listing
from told import told

from brm_desktop.domain.edits import add_person
from brm_desktop.domain.errors import (
    Ambiguous,
    FileProblem,
    NotFound,
    Refused,
    StoreProblem,
)
from brm_desktop.domain.membership import SiteRole
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Organisation, OrganisationKind, Person
from brm_desktop.exchange.bundles import bundle_bytes
from brm_desktop.exchange.invitations import (
    Registration,
    read_invitation,
    registration_header,
    registration_lines,
)
from brm_desktop.session.asset import AssetSession, create_asset, open_asset
from brm_desktop.session.asset_view import open_asset_view
from brm_desktop.session.clock import SetClock
from brm_desktop.storage.folder.door import FolderDoor
from brm_desktop.storage.sharing.port import Letter

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


class Joined:
    """A rep who joined with an invitation and sends through a folder."""

    def __init__(self, folder: Path, invitation: Path, number: int, now: int) -> None:
        self.door = FolderDoor(folder)
        self.told = read_invitation(invitation)
        self.rep = Rep(number, now=now)
        about = self.told
        registration = Registration(self.rep.site, "laptop", "", self.rep.keys.public, about.code)
        content, _ = bundle_bytes(
            registration_header(about.asset, registration, 4),
            registration_lines(registration),
            [about.keys],
            self.rep.keys,
        )
        self.door.send(self.rep.site, "registration.brmr", content)

    def push(self) -> None:
        letter = self.rep.letter(asset=self.told.asset, to=self.told.keys)
        self.door.send(self.rep.site, letter.name.rpartition("/")[2], letter.source)

    def pull(self) -> None:
        path = self.door.fetch(self.rep.site, self.rep.cursor)
        assert path is not None
        self.rep.read(path, self.told.keys)


def _joined(
    folder: Path, asset: AssetSession, number: int, clock: SetClock, team: str = "一部"
) -> Joined:
    file = folder.parent / f"{number}.brmi"
    asset.invite(file, f"rep {number}", SiteRole.REP, team)
    return Joined(folder, file, number, clock.millis())


def test_reps_join_by_invitation_and_share_through_the_folder(
    folder: Path, clock: SetClock
) -> None:
    with _made(folder, clock) as asset:
        one, two = (_joined(folder, asset, number, clock) for number in (1, 2))
        one.rep.write("person", "p1", name="李雷")
        one.push()
        report = asset.merge()
        assert sorted(report.enrolled) == [one.rep.site, two.rep.site]
        assert report.bundles == 1
        two.pull()
    assert two.rep.sees() == {("person", "p1"): {"name": "李雷"}}
    inbox = [path for path in (folder / "inbox").rglob("*") if path.is_file()]
    assert inbox == [], "what was merged is taken away"


def test_an_invitation_says_all_that_a_device_needs_and_is_not_to_be_changed(
    folder: Path, clock: SetClock
) -> None:
    with _made(folder, clock) as asset:
        file = folder.parent / "x.brmi"
        until = asset.invite(file, " 李雷 ", SiteRole.OFFICE, "/华东/", person="p", address="Z:\\s")
        about = asset.about
    told_ = read_invitation(file)
    assert until == told_.expires == clock.millis() + 14 * 86_400_000
    assert (told_.asset, told_.name, told_.keys) == (about.asset, "华东", about.public)
    assert (told_.organisation, told_.organisation_name) == (about.organisation, "我们公司")
    assert (told_.rep, told_.role, told_.team, told_.address) == (
        "李雷",
        "office",
        "华东",
        "Z:\\s",
    )
    assert told_.code not in repr(told_)

    whole = file.read_text(encoding="utf-8")
    for spoilt in (
        whole.replace("office", "region"),
        whole.replace(about.public.hex(), keys_of(77).public.hex()),
        whole.replace('\\"rep\\"', '\\"rap\\"'),
        whole.replace('"signature": "', '"signature": "zz'),
        json.dumps(json.loads(whole) | {"invitation": "[]"}),
        json.dumps(json.loads(whole) | {"invitation": 5}),
    ):
        file.write_text(spoilt, encoding="utf-8")
        with told(FileProblem, "x.brmi is damaged or was changed"):
            read_invitation(file)
    file.write_text(whole.replace('"version": 1', '"version": 2'), encoding="utf-8")
    with told(FileProblem, "was written by a newer version"):
        read_invitation(file)
    file.write_text("[]", encoding="utf-8")
    with told(FileProblem, "is not an invitation to a shared BRM asset"):
        read_invitation(file)


def test_an_asset_that_nobody_sent_anything_reports_of_nobody(
    folder: Path, clock: SetClock
) -> None:
    told_of: list[tuple[int, int]] = []
    with _made(folder, clock) as asset:
        report = asset.report(lambda done, of: told_of.append((done, of)))
    assert (report.accounts, report.sellers) == ((), ())
    assert told_of == [(0, 0)]


def test_devices_are_named_by_rep_or_by_their_first_digits(folder: Path, clock: SetClock) -> None:
    with _made(folder, clock) as asset:
        _joined(folder, asset, 1, clock)
        _joined(folder, asset, 2, clock)
        asset.merge()

        assert [one.rep for one in asset.members("rep 2")] == ["rep 2"]
        assert [one.rep for one in asset.members("0000000000000001")] == ["rep 1"]
        with told(Ambiguous, "Several devices begin with 0000: 0000000000000001, 0000000000000002"):
            asset.members("0000")
        for nobody in ("rep 3", ""):
            with told(NotFound, "No device or rep"):
                asset.members(nobody)
        (moved,) = asset.move("rep 1", SiteRole.REGION, " 华南/ ")
        assert (moved.role, moved.team) == (SiteRole.REGION, "华南")
        assert asset.move("rep 1", None, None) == [moved]
        (revoked,) = asset.revoke("rep 1", 7).devices
        assert revoked.revoked_at == 7
        assert asset.move("rep 1", None, "x") == []


def test_a_sequence_is_only_of_one_device(folder: Path, clock: SetClock) -> None:
    with _made(folder, clock) as asset:
        for number in (1, 2):
            file = folder.parent / f"{number}.brmi"
            asset.invite(file, "李雷", SiteRole.REP, "")
            Joined(folder, file, number, clock.millis())
        asset.merge()
        with told(Refused, "Name one device: a sequence is only of one"):
            asset.revoke("李雷", 5)
        assert len(asset.revoke("李雷").devices) == 2


def test_with_a_rep_go_the_invitations_not_used_yet(folder: Path, clock: SetClock) -> None:
    with _made(folder, clock) as asset:
        for number in (1, 2):
            asset.invite(folder.parent / f"{number}.brmi", "李雷", SiteRole.REP, "")
        Joined(folder, folder.parent / "1.brmi", 1, clock.millis())
        asset.invite(folder.parent / "3.brmi", "韩梅梅", SiteRole.REP, "")
        asset.merge()
        revoked = asset.revoke("李雷")
        assert (len(revoked.devices), len(revoked.invitations)) == (1, 1)
        revoked = asset.revoke("韩梅梅")
        assert (revoked.devices, len(revoked.invitations)) == ([], 1)
        with told(NotFound, "No device or rep 韩梅梅 is enrolled here"):
            asset.revoke("韩梅梅")


def test_a_person_is_erased_by_name_or_id(folder: Path, clock: SetClock) -> None:
    with _made(folder, clock) as asset:
        rep = _joined(folder, asset, 1, clock)
        for row, name in (("p1", "李雷"), ("p2", "李雷"), ("p3", "韩梅梅")):
            rep.rep.write("person", row, name=name)
        rep.push()
        asset.merge()
        with told(Ambiguous, "Several people are called 李雷: p1, p2"):
            asset.erase("李雷")
        assert asset.erase("韩梅梅") == [("person", "p3")]
        assert asset.erase("p1") == [("person", "p1")]
        with told(NotFound, "There is nothing of nobody here"):
            asset.erase("nobody")
        rep.pull()
    assert set(rep.rep.sees()) == {("person", "p2")}


def test_a_stick_brings_bundles_and_takes_answers(
    folder: Path, tmp_path: Path, clock: SetClock
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with _made(folder, clock) as asset:
        file = tmp_path / "x.brmi"
        asset.invite(file, "李雷", SiteRole.REP, "")
    rep = Joined(stick, file, 1, clock.millis())
    rep.rep.write("person", "p1", name="李雷")
    rep.push()
    place = folder.parent / "asset.db"
    with open_asset(str(folder), database=place, sticks=[stick], clock=clock) as asset:
        assert asset.merge().bundles == 1
    rep.pull()
    assert rep.rep.mirror
    empty = tmp_path / "empty"
    empty.mkdir()
    clock.now += timedelta(days=1)
    with open_asset(str(folder), database=place, sticks=[empty], clock=clock) as asset:
        assert (asset.merge().bundles, asset.merge().replies) == (0, 0)
    assert listing(empty) == {}
    gone = tmp_path / "gone"
    with (
        open_asset(str(folder), database=place, sticks=[gone], clock=clock) as asset,
        told(StoreProblem, "is missing: the shared asset is not as it was made, or its drive"),
    ):
        asset.merge()


def test_the_asset_is_looked_at_and_nothing_is_changed_in_it(folder: Path, clock: SetClock) -> None:
    place = folder.parent / "asset.db"
    with _made(folder, clock) as asset:
        rep = _joined(folder, asset, 1, clock)
        rep.rep.write("organisation", "o1", name="Acme", kind="customer")
        rep.rep.write("person", "p1", name="李雷", organisation="o1")
        rep.push()
        asset.merge()
    before = place.read_bytes()

    with open_asset_view(place, clock=clock) as view:
        copy = view.path
        assert view.counts()["person"] == 1
        (own,) = view.records.where(Organisation, kind=OrganisationKind.OWN)
        assert own.name == "我们公司"
        for attempt in (
            lambda: view.edit(phrase("Add a person"), add_person, name="x", organisation=own.id),
            view.keep_supposed,
        ):
            with told(Refused, "This is a view of the shared asset; nothing is changed in it"):
                attempt()
        view.suppose()
        view.edit(phrase("Add a person"), add_person, name="x", organisation=own.id)
        assert view.records.where(Person, name="x")
        view.discard_supposed()
        with _opened(folder, clock) as asset:
            assert asset.merge().is_clean, "nobody is kept waiting while it is looked at"
    assert not copy.parent.exists()
    assert place.stat().st_size == len(before)


def test_the_day_of_a_clock_that_goes_on_is_the_days_of_its_lease(
    folder: Path, clock: SetClock
) -> None:
    with _made(folder, clock) as asset:
        _joined(folder, asset, 1, clock)
        asset.merge()
        clock.now += timedelta(days=2)
        seen: list[tuple[int, int]] = []
        asset.merge(lambda done, of: seen.append((done, of)))
        (member,) = asset.status().members
    assert member.lease_until == clock.millis() + 30 * 86_400_000
    assert seen == [(0, 0)]
    assert Letter("a", "b", b"", 0).name == "a"


def test_an_asset_on_a_server_is_made_and_joined_in_the_same_way(
    postgres_server: Server, tmp_path: Path, clock: SetClock
) -> None:
    with fresh_database(postgres_server) as database:
        address = postgres_server.administrator_of(database)
        secret = address.replace("://postgres@", "://postgres:hush@")
        with create_asset(secret, "华东", "我们公司", clock=clock) as asset:
            asset.invite(tmp_path / "x.brmi", "李雷", SiteRole.REP, "")
            assert asset.recovery_key is None
        with open_asset(address, clock=clock) as asset:
            assert asset.about.name == "华东"
            assert asset.merge().is_clean
    told = read_invitation(tmp_path / "x.brmi").address
    assert told == address.replace("postgres@", "")


def test_a_view_has_the_company_as_the_reps_know_it(folder: Path, clock: SetClock) -> None:
    with _made(folder, clock) as asset:
        rep = _joined(folder, asset, 1, clock)
        ours = asset.about.organisation
        rep.rep.write("organisation", ours, name="We, as all know us", kind="own")
        rep.push()
        asset.merge()
    with open_asset_view(folder.parent / "asset.db", clock=clock) as view:
        (own,) = view.records.where(Organisation, kind=OrganisationKind.OWN)
        assert (own.id, own.name) == (ours, "We, as all know us")
