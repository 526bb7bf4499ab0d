"""Every asset, whatever keeps it, takes the same bundles and gives the same answers."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from asset_in_memory import MemoryPort
from asset_reps import ABOUT, DAY, MINUTE, NOW, USUAL, Rep, invited, member_of
from bundling import ASSET, ASSET_ID, STRANGER, keys_of
from postgres_server import Server, fresh_database
from told import told

from brm_desktop.domain.account_sides import BandCounts
from brm_desktop.domain.bundles import READER, BundleHeader, BundleKind
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.errors import FileProblem, FileUnreadable, NotFound, Refused
from brm_desktop.domain.membership import SiteRole, SiteStatus
from brm_desktop.domain.merge import same
from brm_desktop.domain.operation_lines import LONGEST_TEXT
from brm_desktop.domain.operations import Key, Operation, Reach
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import ChainMember, ReportingLine, Tie, id_of
from brm_desktop.domain.replies import Reply, Trouble
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band
from brm_desktop.exchange.bundles import Opened, bundle_bytes, header_of
from brm_desktop.language import tr
from brm_desktop.session.asset_craft import craft
from brm_desktop.session.asset_reporting import report_of
from brm_desktop.storage.folder.letterbox import Letterbox
from brm_desktop.storage.folder.port import FolderPort
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.postgres.port import PostgresPort
from brm_desktop.storage.sharing import engine, receiving
from brm_desktop.storage.sharing.asset import MergeReport, Registered
from brm_desktop.storage.sharing.engine import Asset
from brm_desktop.storage.sharing.port import APPLIED, KNOWN, Letter, Port


class Place:
    """Where an asset is kept in a test, and how bundles come into its inbox and answers out.

    ``answer`` gives the file of a site's answer, if there is one; where sites read for themselves
    there is ``None`` to give. ``kept`` is all that is kept, as text. ``copy`` makes a copy of it
    and gives what goes back to that.
    """

    def __init__(
        self,
        port: Port,
        put: Callable[[Letter], None],
        answer: Callable[[str], Path | None] | None,
        kept: Callable[[], str],
        copy: Callable[[], Callable[[], None]],
    ) -> None:
        self.port = port
        self.put = put
        self.answer = answer
        self.kept = kept
        self.copy = copy


@contextmanager
def _in_memory(folder: Path) -> Iterator[Place]:
    port = MemoryPort(ABOUT, folder)

    def answer(site: str) -> Path | None:
        path = folder / f"{site}.brmb"
        return path if path.exists() else None

    def copied() -> Callable[[], None]:
        before = deepcopy(port.kept)

        def go_back() -> None:
            port.kept = before

        return go_back

    yield Place(port, port.inbox.append, answer, lambda: repr(port.kept), copied)


@contextmanager
def _in_a_folder(folder: Path) -> Iterator[Place]:
    store = LocalStore.create(folder / "asset.db", 1 << 60)
    home = folder / "shared"
    port = FolderPort.create(home, store, ABOUT, lambda: NOW)
    box = Letterbox(home)

    def put(letter: Letter) -> None:
        assert isinstance(letter.source, bytes)
        name = letter.name.rpartition("/")[2]
        box.send(letter.site, name, letter.source)
        at = letter.received_at * 1_000_000
        os.utime(home / "inbox" / letter.site / name, ns=(at, at))

    def kept() -> str:
        with store.transaction() as db:
            return str(
                [db.execute(f'SELECT * FROM "{name}"').fetchall() for name in db.table_names()]
            )

    def copied() -> Callable[[], None]:
        with store.transaction() as db:
            names = [name for name in db.table_names() if not name.startswith("_")]
            rows = {name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}

        def go_back() -> None:
            with store.transaction() as db:
                db.execute("PRAGMA defer_foreign_keys = ON")
                for name, of_table in rows.items():
                    db.execute(f'DELETE FROM "{name}"')
                    for row in of_table:
                        marks = ", ".join("?" * len(row))
                        db.execute(f'INSERT INTO "{name}" VALUES ({marks})', row)

        return go_back

    yield Place(port, put, box.fetch, kept, copied)
    assert store.check() == []
    port.close()


@contextmanager
def _on_a_server(server: Server) -> Iterator[Place]:
    """What is sent goes in as the administrator; what a rep's own login may do is tested apart."""
    with fresh_database(server) as database:
        address = server.administrator_of(database)
        port = PostgresPort.create(address, ABOUT)
        with closing(port), psycopg.connect(address, autocommit=True) as administrator:

            def put(letter: Letter) -> None:
                administrator.execute(
                    "INSERT INTO brm.inbox (site, name, body, received_at) VALUES"
                    " (%s, %s, %s, to_timestamp(%s / 1000.0)) ON CONFLICT DO NOTHING",
                    [letter.site, letter.name, letter.source, letter.received_at],
                )

            def kept() -> str:
                tables = ("asset", "site", "invitation", "inbox", "inbound", "entity", "reach")
                return str(
                    [
                        administrator.execute(f"SELECT * FROM brm.{name}").fetchall()
                        for name in tables
                    ]
                )

            def copied() -> Callable[[], None]:
                tables = ("asset", "site", "invitation", "inbound", "change", "entity", "reach")
                rows = {
                    name: administrator.execute(f"SELECT t::text FROM brm.{name} AS t").fetchall()
                    for name in tables
                }
                (last,) = administrator.execute(
                    "SELECT last_value FROM brm.change_number"
                ).fetchone() or (1,)

                def go_back() -> None:
                    for name, of_table in rows.items():
                        administrator.execute(f"TRUNCATE brm.{name}")
                        for row in of_table:
                            administrator.execute(
                                f"INSERT INTO brm.{name} SELECT (%s::brm.{name}).*", row
                            )
                    administrator.execute("SELECT setval('brm.change_number', %s)", [last])

                return go_back

            yield Place(port, put, None, kept, copied)


PLACES = {"memory": _in_memory, "folder": _in_a_folder}
SERVER = "server"


class World:
    """An asset and some reps."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.asset = Asset(place.port, craft(), 4)
        self.now = NOW
        self.reps: dict[str, Rep] = {}

    def rep(
        self, number: int, team: str = "华东/一部", role: SiteRole = SiteRole.REP, skew: int = 0
    ) -> Rep:
        rep = Rep(number, team, role, skew)
        invited(self.asset, rep, self.now)
        self.place.put(rep.registration(f"code {number}", self.now))
        report = self.merge()
        assert report.enrolled == [rep.site]
        self.reps[rep.site] = rep
        self.pull(rep)
        return rep

    def merge(self) -> MergeReport:
        return self.asset.merge(self.now)

    def push(self, rep: Rep) -> None:
        rep.now = self.now
        self.place.put(rep.letter(now=self.now))

    def pull(self, rep: Rep) -> Reply:
        """Take the answer twice: the second time changes nothing."""
        with self.asset.reply_for(rep.site, self.now) as reply:
            rep.take(reply)
        before = dict(rep.rows)
        with self.asset.reply_for(rep.site, self.now) as again:
            rep.take(again)
            assert rep.rows == before
        return reply

    def port_is_empty(self) -> bool:
        return self.place.port.waiting() == []

    def answer_of(self, rep: Rep) -> Path | None:
        if self.place.answer is None:
            pytest.skip("sites read for themselves here")
        return self.place.answer(rep.site)

    def everything_kept(self) -> str:
        return self.place.kept()

    def round(self, *reps: Rep) -> MergeReport:
        """All send, the asset merges, all pull."""
        for rep in reps:
            self.push(rep)
        report = self.merge()
        for rep in reps:
            self.pull(rep)
        return report


@pytest.fixture(params=(*PLACES, SERVER))
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    if request.param == SERVER:
        place_of = _on_a_server(request.getfixturevalue("postgres_server"))
    else:
        place_of = PLACES[request.param](tmp_path)
    with place_of as place:
        yield World(place)


ACCOUNT = {
    "tier": "ordinary",
    "lifecycle": "new",
    "stage": "acquire",
    "screening": "undecided",
}
PERSON: Key = ("person", "p1")


def _said(report: MergeReport) -> list[str]:
    return [f"{one.state}: {tr(one.reason)}" for one in report.troubles if one.reason]


def test_what_one_rep_shares_another_of_the_team_gets(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷", power=50)

    report = world.round(one, two)

    assert (report.bundles, report.operations, report.rows) == (2, 1, 1)
    assert report.is_clean
    assert two.sees() == one.sees() == {PERSON: {"name": "李雷", "power": 50}}


def test_who_was_named_when_invited_cannot_be_renamed_by_the_device(world: World) -> None:
    for code, named in (("one", "li"), ("two", "")):
        world.asset.invite(code, "Li", named, SiteRole.REP, "", world.now)
        rep = Rep(7 if named else 8)
        told = Registered(rep.site, "laptop", "boss", rep.keys.public, code)
        assert world.asset.register(told, world.now).person == (named or "boss")


def test_who_was_invited_and_has_not_registered_is_listed(world: World) -> None:
    for code, rep in (("one", "Li Lei"), ("two", "Wang Min")):
        world.asset.invite(code, rep, "", SiteRole.OFFICE, "华东", world.now)
    open_ones = world.asset.status().invited
    assert [(one.rep, one.role, one.team) for one in open_ones] == [
        ("Li Lei", SiteRole.OFFICE, "华东"),
        ("Wang Min", SiteRole.OFFICE, "华东"),
    ]
    assert {one.expires_at > world.now for one in open_ones} == {True}
    joining = Rep(7)
    told = Registered(joining.site, "laptop", "", joining.keys.public, "one")
    world.asset.register(told, world.now)
    assert [one.rep for one in world.asset.status().invited] == ["Wang Min"]


def test_nobody_gets_a_row_by_saying_who_may_see_it(world: World) -> None:
    one, other = world.rep(1), world.rep(2, "华南/一部")
    one.write("person", "p1", name="李雷", power=50)
    world.round(one)
    claim = Operation(kind="person", row="p1", reach=Reach("company"))
    world.place.put(other.letter([claim], world.now))
    assert world.merge().is_clean
    world.pull(other)
    assert other.sees() == {}


def test_a_site_that_goes_on_from_a_copy_says_who_sees_what_it_had_shared(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    one.write("person", "p2", name="韩梅梅", reach="company")
    world.round(one, two)
    copy = Rep(3, copied_from=1)
    world.place.put(copy.registration("", world.now))
    assert world.merge().enrolled == [copy.site]
    back = Operation(kind="person", row="p1", reach=None)
    nearer = Operation(kind="person", row="p2", reach=Reach("team"))
    world.place.put(copy.letter([back, nearer], world.now))
    world.merge()
    world.pull(two)
    assert set(two.sees()) == {("person", "p2")}
    far = world.rep(4, "华南/一部")
    assert far.sees() == {}


def test_a_late_bundle_of_the_former_site_does_not_say_who_sees_what_again(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    one.write("person", "p2", name="韩梅梅")
    world.round(one, two)
    one.share("person", "p1", "company")
    one.share("person", "p2", "company")
    late = one.letter()
    copy = Rep(3, copied_from=1)
    world.place.put(copy.registration("", world.now))
    world.merge()
    back = Operation(kind="person", row="p1", reach=None)
    world.place.put(copy.letter([back], world.now))
    world.merge()
    world.place.put(late)
    assert world.merge().is_clean
    world.pull(two)
    assert set(two.sees()) == {("person", "p2")}
    assert set(world.rep(4, "华南/一部").sees()) == {("person", "p2")}


def test_edits_of_two_fields_go_together_and_of_one_field_stand_in_conflict(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷", power=50)
    world.round(one, two)
    one.write("person", "p1", power=60)
    two.write("person", "p1", title="采购经理")
    assert world.round(one, two).is_clean
    world.round(one, two)
    assert one.sees() == two.sees() == {PERSON: {"name": "李雷", "power": 60, "title": "采购经理"}}

    one.write("person", "p1", power=70)
    two.write("person", "p1", power=80)
    report = world.round(one, two)
    world.round(one, two)

    assert report.conflicts == 1
    assert not report.is_clean
    assert one.rows == two.rows
    assert world.asset.status().conflicts == 1


def test_a_deletion_that_has_not_seen_an_edit_keeps_the_row(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    world.round(one, two)

    one.delete("person", "p1")
    two.write("person", "p1", title="采购经理")
    world.round(one, two)
    world.round(one, two)

    assert one.sees() == two.sees() == {PERSON: {"name": "李雷", "title": "采购经理"}}
    one.delete("person", "p1")
    world.round(one, two)
    assert two.sees() == {}
    two.revive("person", "p1")
    world.round(one, two)
    world.round(one, two)
    assert one.sees() == two.sees() != {}


def test_the_same_bundle_twice_changes_nothing(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    letter = one.letter()
    world.place.put(letter)
    world.merge()
    world.pull(two)
    change = world.asset.status().change

    assert world.asset.receive(letter, NOW).state == KNOWN

    world.place.put(letter)
    report = world.merge()
    assert (report.troubles, report.bundles) == ([], 0)
    assert world.asset.status().change == change
    assert world.port_is_empty()


def test_bundles_out_of_order_wait_for_each_other(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    letters = []
    for n in range(4):
        one.write("person", f"p{n}", name=f"李雷{n}")
        letters.append(one.letter())

    for letter in letters[:0:-1]:
        world.place.put(letter)
    report = world.merge()
    assert _said(report) == [
        "parked: It waits for what its device wrote before: 1 to 1.",
        "parked: It waits for what its device wrote before: 1 to 2.",
        "parked: It waits for what its device wrote before: 1 to 3.",
    ]
    notices = world.pull(one).notices
    assert {(one.trouble, one.first) for one in notices} == {("parked", n) for n in (2, 3, 4)}

    world.place.put(letters[0])
    assert world.merge().bundles == 4
    world.pull(two)
    assert len(two.sees()) == 4
    assert world.pull(one).notices == ()
    assert world.asset.status().troubles == ()


def test_a_bundle_that_does_not_go_on_from_the_last_one_is_parked(world: World) -> None:
    one = world.rep(1)
    one.write("person", "p1", name="李雷")
    world.round(one)
    one.write("person", "p1", name="韩梅梅")
    one.digest = "f" * 64

    world.push(one)
    assert _said(world.merge()) == [
        "parked: It does not go on from what was taken before: its device may have gone back to a"
        " copy of its store."
    ]


def test_another_bundle_under_a_sequence_that_was_taken_is_refused(world: World) -> None:
    one = world.rep(1)
    other = Rep(1)
    one.write("person", "p1", name="李雷")
    world.round(one)
    other.write("person", "p2", name="韩梅梅")
    letter = other.letter()
    world.place.put(replace(letter, name=f"{one.site}/other.brmb"))

    assert _said(world.merge()) == [
        "refused: Something else was taken in its place, which its device wrote later."
    ]
    assert [one.trouble for one in world.pull(one).notices] == ["refused"]
    world.now += 91 * DAY
    assert world.pull(one).notices == (), "nobody is told for ever"


def test_what_was_made_good_is_told_no_more(world: World) -> None:
    one, other = world.rep(1), Rep(1)
    one.write("person", "p1", name="李雷")
    letter = one.letter()
    assert isinstance(letter.source, bytes)
    world.place.put(replace(letter, source=letter.source[:-9]))
    world.merge()
    (told_,) = world.pull(one).notices
    assert told_.trouble == Trouble.REFUSED
    world.place.put(letter)
    assert world.merge().bundles == 1
    assert world.pull(one).notices == (), "it came whole under the same name"

    other.write("person", "p2", name="韩梅梅")
    world.place.put(replace(other.letter(), name=f"{one.site}/other.brmb"))
    world.merge()
    assert len(world.pull(one).notices) == 1
    one.write("person", "p2", name="韩梅梅")
    world.round(one)
    assert world.pull(one).notices == (), "its device went on from what was taken"

    late = Rep(2)
    world.place.put(late.registration("a guess"))
    world.merge()
    invited(world.asset, late)
    world.place.put(late.registration("code 2"))
    assert world.merge().enrolled == [late.site]
    world.reps[late.site] = late
    assert world.pull(late).notices == ()


def test_stamps_of_the_future_are_quarantined_until_their_time_or_stamped_anew(
    world: World,
) -> None:
    one, two = world.rep(1), world.rep(2)
    one.skew = 11 * MINUTE
    one.write("person", "p1", name="李雷")
    early = replace(one.letter(), name=f"{one.site}/a.brmb")
    world.place.put(early)

    assert _said(world.merge()) == ["quarantined: Your computer's clock was 11 minutes ahead."]
    assert [one.trouble for one in world.pull(one).notices] == [Trouble.QUARANTINED]
    assert world.pull(two).notices == ()
    assert two.sees() == {}

    again = Rep(1)
    again.cursor = one.cursor
    again.write("person", "p1", name="李雷")
    world.place.put(replace(again.letter(), name=f"{one.site}/b.brmb"))
    report = world.merge()
    assert report.bundles == 1
    assert report.troubles == []
    world.pull(two)
    assert two.sees() == {PERSON: {"name": "李雷"}}
    assert world.asset.status().troubles == ()

    again.skew = 3 * 60 * MINUTE
    again.write("person", "p1", name="李磊")
    world.place.put(again.letter())
    assert _said(world.merge()) == ["quarantined: Your computer's clock was 3 hours ahead."]
    world.now += 4 * 60 * MINUTE
    assert world.merge().bundles == 1
    again.skew = 50 * DAY
    again.write("person", "p1", name="李蕾")
    world.place.put(again.letter())
    assert _said(world.merge()) == ["quarantined: Your computer's clock was 49 days ahead."]


def test_a_bundle_that_needs_a_newer_reader_is_parked(world: World) -> None:
    one = world.rep(1)
    one.write("person", "p1", name="李雷")
    world.place.put(one.letter(reader=READER + 1))

    assert _said(world.merge()) == [
        "parked: It was written by a newer version of BRM Desktop; update the one that merges."
    ]


def test_a_bundle_of_another_asset_is_refused(world: World) -> None:
    one = world.rep(1)
    one.write("person", "p1", name="李雷")
    world.place.put(one.letter(asset=ASSET_ID[:-1] + "2"))

    assert _said(world.merge()) == ["refused: It is for another shared asset."]


@pytest.mark.parametrize("spoilt", ["cut", "changed", "stranger", "no bundle"])
def test_a_bundle_that_is_not_what_was_signed_is_refused(world: World, spoilt: str) -> None:
    one = world.rep(1)
    one.write("person", "p1", name="李雷")
    letter = one.letter()
    assert isinstance(letter.source, bytes)
    if spoilt == "stranger":
        header = BundleHeader(BundleKind.OPERATIONS, ASSET_ID, one.site, 1, 1, "", 4)
        content = bundle_bytes(header, [{"kind": "person"}], [ASSET.public], STRANGER)[0]
    else:
        source = letter.source
        content = {"cut": source[:-9], "changed": source[:-9] + b"123456789"}.get(spoilt, b"none")
    world.place.put(replace(letter, source=content))

    (said,) = _said(world.merge())
    assert said.startswith("refused: ")
    assert world.asset.status().counts.get("person", 0) == 0
    assert world.port_is_empty()


def test_what_waits_for_the_registration_of_its_device_is_taken_after_it(world: World) -> None:
    late = Rep(7)
    late.write("person", "p1", name="李雷")
    world.place.put(late.letter())
    assert _said(world.merge()) == [
        "parked: Its device is not enrolled here; it waits for its registration."
    ]
    invited(world.asset, late)
    world.place.put(late.registration("code 7"))

    report = world.merge()
    assert (report.enrolled, report.bundles) == ([late.site], 1)


def test_what_lies_in_the_wrong_inbox_is_refused(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    letter = one.letter()
    world.place.put(replace(letter, site=two.site, name=f"{two.site}/x.brmb"))
    reply = BundleHeader(BundleKind.REPLY, ASSET_ID, one.site, 1, 1, "", 4)
    content = bundle_bytes(reply, [["x"]], [ASSET.public], one.keys)[0]
    world.place.put(Letter(f"{one.site}/reply.brmb", one.site, content, NOW))

    assert _said(world.merge()) == ["refused: It was put where it does not belong."] * 2


def _spoilt(world: World, *operations: Operation) -> list[str]:
    rep = world.rep(5)
    world.place.put(rep.letter(operations))
    report = world.merge()
    assert world.asset.status().counts.get("person", 0) == 0, "nothing of it was taken"
    return _said(report)


FINE = Operation(kind="person", row="p1", values={"name": "a"}, stamps={"*": f"{1:016x}{5:016x}"})


def test_a_bundle_with_what_no_store_would_write_is_refused_whole(world: World) -> None:
    bad = replace(FINE, row="p2", kind="Person; DROP TABLE")

    assert _spoilt(world, FINE, bad) == ["refused: Line 2 of it says what no store would write."]


def test_a_bundle_that_claims_another_devices_edit_is_refused_whole(world: World) -> None:
    world.rep(1)
    forged = replace(FINE, row="p2", stamps={"*": f"{1:016x}{1:016x}"})

    assert _spoilt(world, FINE, forged) == [
        "refused: Line 2 of it claims an edit of another device."
    ]


@pytest.mark.parametrize(("last", "said"), [(2, "less"), (0, "more"), (1, "")])
def test_a_bundle_holds_as_much_as_it_says(world: World, last: int, said: str) -> None:
    rep = world.rep(5)
    world.place.put(rep.letter([FINE], last=last))

    expected = [f"refused: It holds {said} than it says."] if said else []
    assert _said(world.merge()) == expected


def test_only_those_of_the_team_and_above_see_what_is_shared_with_a_team(world: World) -> None:
    author = world.rep(1, "华东/上海/一部")
    readers = {
        "same team": world.rep(2, "华东/上海/一部"),
        "other team": world.rep(3, "华东/上海/二部"),
        "lead elsewhere": world.rep(4, "华东/上海", SiteRole.LEAD),
        "office": world.rep(5, "华东/上海", SiteRole.OFFICE),
        "other office": world.rep(6, "华东/上", SiteRole.OFFICE),
        "region": world.rep(7, "华东", SiteRole.REGION),
        "head office": world.rep(8, "", SiteRole.HEAD_OFFICE),
        "sponsor": world.rep(9, "研发", SiteRole.SPONSOR),
        "administrator": world.rep(10, "", SiteRole.ADMINISTRATOR),
    }
    author.write("person", "p1", "team", name="李雷")
    author.write("person", "p2", "company", name="韩梅梅")
    author.write("person", "p3", None, name="nobody else's")
    world.round(author, *readers.values())

    above = {"same team", "office", "region", "head office", "sponsor", "administrator"}
    for who, rep in readers.items():
        seen = {"p1", "p2"} if who in above else {"p2"}
        assert {row for _, row in rep.sees()} == seen, who


def test_who_shares_a_row_further_shares_nothing_of_others_with_it(world: World) -> None:
    one, two = world.rep(1, "华东"), world.rep(2, "华南")
    mate, other = world.rep(3, "华东"), world.rep(4, "华南")
    far, head = world.rep(5, "华北"), world.rep(6, "", SiteRole.HEAD_OFFICE)
    row = ("tie", "t1")
    one.write(
        "tie",
        "t1",
        "team",
        employee="e1",
        person="p1",
        evidence="CANARY",
        closeness=1,
        basis="confirmed",
    )
    two.write(
        "tie",
        "t1",
        "team",
        employee="e1",
        person="p1",
        origin="school",
        closeness=2,
        basis="confirmed",
    )
    everybody = (one, two, mate, other, far, head)
    world.round(*everybody)
    world.round(*everybody)
    both = {"employee": "e1", "person": "p1", "basis": "confirmed"}
    ours = both | {"evidence": "CANARY", "closeness": 1}
    theirs = both | {"origin": "school", "closeness": 2}
    assert one.sees() == mate.sees() == {row: ours}
    assert two.sees() == other.sees() == {row: theirs}
    assert far.sees() == {}
    assert head.sees()[row]["closeness"] == 2
    assert head.rows[row].others, "who sees both is told that they differ"

    two.share("tie", "t1", "company")
    world.round(*everybody)
    world.round(*everybody)
    assert far.sees() == {row: theirs}
    assert mate.sees()[row]["closeness"] == 2
    assert mate.rows[row].others
    with world.asset.reply_for(far.site, NOW) as reply:
        assert "CANARY" not in str(list(reply.lines()))

    one.share("tie", "t1", "company")
    world.round(*everybody)
    world.round(*everybody)
    assert far.rows[row] == head.rows[row]
    one.share("tie", "t1", "team")
    two.share("tie", "t1", None)
    world.round(*everybody)
    world.round(*everybody)
    assert far.sees() == {}
    assert mate.rows[row].others["evidence"][0][1] == "CANARY"


def test_an_edit_of_what_is_seen_goes_over_nothing_unseen(world: World) -> None:
    one, two, far = world.rep(1, "华东"), world.rep(2, "华南"), world.rep(3, "华北")
    one.write("tie", "t1", "team", employee="e1", person="p1", evidence="one")
    two.write("tie", "t1", "company", employee="e1", person="p1", evidence="two")
    world.round(one, two, far)
    world.round(one, two, far)
    far.write("tie", "t1", evidence="three")
    far.share("tie", "t1", "company")
    world.round(one, two, far)
    world.round(one, two, far)
    row = ("tie", "t1")
    assert far.sees()[row]["evidence"] == two.sees()[row]["evidence"] == "three"
    assert one.sees()[row]["evidence"] == "three"
    assert [said for _, said in one.rows[row].others["evidence"]] == ["one"]
    far.delete("tie", "t1")
    world.round(one, two, far)
    world.round(one, two, far)
    assert far.sees() == two.sees() == {}
    assert row in one.sees(), "there is what the deleter had not seen"


def test_a_wish_left_of_who_wrote_nothing_more_shows_nothing_of_others(world: World) -> None:
    one, two, far = world.rep(1, "华东"), world.rep(2, "华东"), world.rep(3, "华北")
    one.write("person", "p1", "team", name="李雷")
    world.round(one, two)
    two.write("person", "p1", title="CEO")
    two.share("person", "p1", "company")
    world.round(one, two)
    world.round(one, two, far)
    assert set(far.rows) == {PERSON}
    one.write("person", "p1", title="CFO")
    world.round(one, two)
    world.round(one, two, far)
    assert far.rows == {}


def test_who_went_on_from_a_copy_is_one_author_with_whom_he_was(world: World) -> None:
    one, far = world.rep(1), world.rep(2, "华北")
    one.write("person", "p1", "team", name="李雷")
    world.round(one)
    copy = Rep(3, copied_from=1)
    world.place.put(copy.registration("", world.now))
    world.merge()
    wider = Operation(kind="person", row="p1", reach=Reach("company"))
    other = world.rep(4, "华南")
    world.place.put(copy.letter([wider], world.now))
    world.merge()
    assert not far.rows
    for rep in (far, other):
        world.pull(rep)
        assert rep.sees() == {PERSON: {"name": "李雷"}}


def test_who_had_a_row_that_is_taken_back_loses_it_and_nobody_else_hears_of_it(
    world: World,
) -> None:
    author, mate = world.rep(1), world.rep(2)
    stranger, other = world.rep(3, "华南"), world.rep(4, "华北")
    author.write("person", "p1", "team", name="李雷")
    author.write("person", "p2", "company", name="韩梅梅")
    world.round(author, mate, stranger, other)
    assert set(stranger.sees()) == {("person", "p2")}

    author.share("person", "p1", None)
    author.share("person", "p2", "team")
    world.push(author)
    world.merge()

    with world.asset.reply_for(stranger.site, NOW) as reply:
        rows = list(reply.rows)
    assert [(row.row, row.state) for row in rows] == [("p2", None)]
    for rep in (mate, stranger, other):
        world.pull(rep)
    assert set(mate.sees()) == {("person", "p2")}
    assert stranger.sees() == other.sees() == {}
    author.share("person", "p1", "company")
    world.round(author, mate, stranger, other)
    assert set(stranger.sees()) == {PERSON}


def test_what_another_added_to_a_row_stays_when_its_first_author_takes_it_back(
    world: World,
) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    world.round(one, two)
    two.write("person", "p1", title="采购经理")
    two.share("person", "p1", "team")
    world.round(one, two)
    world.round(one, two)

    one.share("person", "p1", None)
    world.round(one, two)
    assert two.sees() == {PERSON: {"name": "李雷", "title": "采购经理"}}


def test_a_revoked_device_sends_and_gets_nothing_more(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    world.round(one, two)
    one.write("person", "p1", name="李磊")
    on_its_way = one.letter()

    (revoked,) = world.asset.revoke(one.site, world.now)
    assert (revoked.status, revoked.revoked_at) == (SiteStatus.REVOKED, 1)
    world.place.put(on_its_way)
    assert _said(world.merge()) == [
        "refused: Its device was revoked; nothing it wrote since is taken."
    ]
    with (
        told(Refused, "rep 1's device was revoked and gets no reply"),
        world.asset.reply_for(one.site, NOW),
    ):
        pass
    assert [note.revoked for note in world.pull(two).sites] == [True, False]
    with told(NotFound, "No device 00000000000000ff is enrolled here"):
        world.asset.revoke("00000000000000ff", world.now)


def test_a_revoked_device_hears_that_it_is_and_nobody_else_can_read_it(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="CANARY")
    world.round(one, two)
    world.asset.revoke(one.site, world.now)
    path = world.answer_of(one)
    assert path is not None
    sentence = "rep 1's device was revoked and gets no reply"
    with told(Refused, sentence):
        one.read(path)
    with told(FileProblem, "sealed to somebody else"):
        two.read(path)
    kind, theirs = header_of(path), world.answer_of(two)
    assert theirs is not None
    assert (kind.kind, kind.last) == (header_of(theirs).kind, member_of(world.asset, one).cursor)
    path.unlink()
    world.merge()
    assert world.answer_of(one) is None, "it was told"
    world.push(one)
    world.merge()
    with told(Refused, sentence):
        one.read(path)


def test_what_was_written_before_the_sequence_of_revocation_is_still_taken(world: World) -> None:
    one = world.rep(1)
    letters = []
    for n in range(3):
        one.write("person", f"p{n}", name=f"李雷{n}")
        letters.append(one.letter())

    world.asset.revoke(one.site, world.now, 2)
    for letter in letters:
        world.place.put(letter)
    report = world.merge()
    assert report.bundles == 2
    assert len(report.troubles) == 1


def test_a_lease_is_renewed_by_replies(world: World) -> None:
    one = world.rep(1)
    first = world.pull(one).head.lease_until
    world.now += 5 * DAY
    world.merge()

    assert world.pull(one).head.lease_until == first + 5 * DAY == world.now + 30 * DAY
    assert member_of(world.asset, one).lease_until == world.now + 30 * DAY


def test_answers_lie_ready_and_are_written_anew_only_when_there_is_something(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    assert world.merge().replies == 0
    one.write("person", "p1", name="李雷")
    world.push(one)
    assert world.merge().replies == 2
    path = world.answer_of(two)
    if path is not None:
        two.read(path)
        assert set(two.sees()) == {PERSON}
    world.now += DAY
    assert world.merge().replies == 2


def test_an_invitation_is_good_once_and_for_two_weeks(world: World) -> None:
    one, two, three = Rep(1), Rep(2), Rep(3)
    assert invited(world.asset, one).expires_at == NOW + 14 * DAY
    registration = one.registration("code 1")
    world.place.put(registration)
    world.merge()
    world.place.put(registration)
    assert world.merge().troubles == [], "the same again changes nothing"
    world.place.put(two.registration("code 1"))
    world.place.put(three.registration("a guess"))
    assert _said(world.merge()) == [
        "refused: The invitation of rep 1 was used already.",
        "refused: Nobody was invited with the code of this registration.",
    ]

    invited(world.asset, two)
    world.now += 15 * DAY
    world.place.put(two.registration("code 2", world.now))
    assert _said(world.merge()) == ["refused: The invitation of rep 2 has run out."]
    with told(Refused, "Say who is invited, in at most 200 characters"):
        world.asset.invite("x", "  ", "", SiteRole.REP, "", NOW)


def test_no_device_takes_the_site_of_another(world: World) -> None:
    one = world.rep(1)
    thief = Rep(1)
    invited(world.asset, Rep(2))
    thief_keys = keys_of(999)
    object.__setattr__(thief, "__class__", type("Thief", (Rep,), {"keys": thief_keys}))
    world.place.put(thief.registration("code 2"))

    assert _said(world.merge()) == ["refused: Another device is enrolled under that site."]
    assert member_of(world.asset, one).keys == one.keys.public


def test_a_store_that_went_back_to_a_backup_goes_on_as_another_site(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    world.push(one)
    world.merge()
    restored = Rep(3)
    object.__setattr__(restored, "__class__", type("Restored", (Rep,), {"keys": one.keys}))
    world.place.put(restored.registration(""))

    assert world.merge().enrolled == [restored.site]
    member = member_of(world.asset, restored)
    assert (member.rep, member.former, member.team) == ("rep 1", one.site, one.team)
    world.pull(restored)
    assert set(restored.sees()) == {PERSON}
    restored.write("person", "p1", name="李磊")
    world.round(restored, two)
    assert two.sees() == {PERSON: {"name": "李磊"}}

    assert len(world.asset.revoke(restored.site, world.now)) == 2, (
        "whoever has one's keys has the other's"
    )
    world.place.put(Rep(4).registration(""))
    assert _said(world.merge()) == [
        "refused: Nobody was invited with the code of this registration."
    ]


def test_a_member_who_moves_gets_what_the_new_team_sees_and_loses_the_rest(world: World) -> None:
    one, two, mover = world.rep(1, "华东"), world.rep(2, "华南"), world.rep(3, "华东")
    one.write("person", "p1", name="李雷")
    two.write("person", "p2", name="韩梅梅")
    world.round(one, two, mover)
    assert set(mover.sees()) == {PERSON}

    moved = world.asset.move(mover.site, SiteRole.REP, "华南")
    assert world.asset.move(mover.site, SiteRole.REP, "华南") == moved, "the same again is nothing"
    reply = world.pull(mover)
    assert reply.head.complete
    assert reply.head.team == "华南"
    assert set(mover.sees()) == {("person", "p2")}
    world.push(mover)
    world.merge()
    assert not world.pull(mover).head.complete


def test_a_receipt_says_only_what_was_seen_and_follows_nothing(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    world.round(one, two)
    assert member_of(world.asset, two).cursor < two.cursor
    world.push(two)
    report = world.merge()
    assert (report.bundles, report.operations) == (1, 0)
    assert member_of(world.asset, two).cursor == two.cursor
    assert member_of(world.asset, two).seen_at == NOW
    with world.asset.reply_for(two.site, NOW) as reply:
        assert list(reply.rows) == []


def test_what_is_deleted_for_180_days_says_nothing_any_more(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="CANARY-李雷", power=50)
    one.write("person", "p2", name="韩梅梅")
    world.round(one, two)
    one.delete("person", "p1")
    world.round(one, two)

    world.now += 179 * DAY
    world.merge()
    assert "CANARY" in world.everything_kept()
    world.now += 2 * DAY
    world.merge()
    assert "CANARY" not in world.everything_kept()
    with world.place.port.transaction() as rows:
        (state,) = rows.states([PERSON]).values()
    assert state.deletions
    assert state.values in ({}, USUAL["person"])
    late = world.rep(3)
    assert set(late.sees()) == {("person", "p2")}


def test_what_a_wrong_clock_deleted_is_kept_as_long_as_everything(world: World) -> None:
    one = world.rep(1, skew=-400 * DAY)
    one.write("person", "p1", name="CANARY-李雷")
    world.round(one)
    one.delete("person", "p1")
    world.round(one)
    world.now += 179 * DAY
    world.merge()
    assert "CANARY" in world.everything_kept()
    world.now += 2 * DAY
    world.merge()
    assert "CANARY" not in world.everything_kept()


def test_a_site_behind_the_floor_gets_all_there_is_and_keeps_its_unsent_edits(
    world: World,
) -> None:
    one, sleeper = world.rep(1), world.rep(2)
    for n in range(3):
        one.write("person", f"p{n}", name=f"李雷{n}")
    world.round(one, sleeper)
    world.push(sleeper)
    one.share("person", "p0", None)
    one.write("person", "p1", name="韩梅梅")
    world.round(one)
    sleeper.write("person", "p2", name="unsent")

    world.now += 401 * DAY
    world.merge()
    reply = world.pull(sleeper)
    assert reply.head.complete
    assert sleeper.sees() == {
        ("person", "p1"): {"name": "韩梅梅"},
        ("person", "p2"): {"name": "unsent"},
    }
    world.round(sleeper, one)
    assert one.sees()["person", "p2"] == {"name": "unsent"}
    assert not world.pull(sleeper).head.complete


def test_erasure_by_request_reaches_every_store(world: World) -> None:
    one, two, stranger = world.rep(1), world.rep(2), world.rep(3, "华南")
    one.write("person", "p1", name="CANARY-李雷")
    one.write("tie", "t1", person="p1", evidence="CANARY-tie")
    one.write("interaction", "i1", people=["p0", "p1"], summary="CANARY-met")
    one.write("person", "p2", name="韩梅梅")
    world.round(one, two, stranger)
    two.write("person", "p1", title="CANARY-unsent")
    assert world.asset.people_named("CANARY-李雷") == [PERSON]

    erased = world.asset.erase("p1", world.now)

    assert erased == [("interaction", "i1"), PERSON, ("tie", "t1")]
    assert "CANARY" not in world.everything_kept()
    world.push(two)
    assert world.merge().troubles == []
    assert "CANARY" not in world.everything_kept()
    for rep in (one, two, stranger):
        world.pull(rep)
    assert set(one.sees()) == set(two.sees()) == {("person", "p2")}
    assert stranger.sees() == {}
    with world.asset.reply_for(stranger.site, NOW) as reply:
        assert list(reply.rows) == []
    with told(NotFound, "There is nothing of p1 here"):
        world.asset.erase("p1", world.now)
    with (
        told(NotFound, "No device 00000000000000ee is enrolled here"),
        world.asset.reply_for("00000000000000ee", NOW),
    ):
        pass


def test_any_order_any_grouping_and_any_repetition_give_the_same(world: World) -> None:
    reps = [world.rep(n, skew=skew) for n, skew in ((1, 0), (2, -60 * MINUTE), (3, 5 * MINUTE))]
    for n, rep in enumerate(reps * 3):
        rep.write("person", f"p{n % 2}", name=f"by {rep.number} at {n}", power=n)
        if n % 4 == 3:
            rep.delete("person", f"p{n % 2}")
        world.push(rep)
        if n % 3 == 1:
            world.merge()
            world.pull(reps[(n + 1) % 3])
    world.merge()
    for _ in range(2):
        world.round(*reps)

    assert reps[0].rows == reps[1].rows == reps[2].rows
    with world.place.port.transaction() as rows:
        states = rows.states(list(reps[0].rows))
    assert all(same(states[key], state) for key, state in reps[0].rows.items())


def test_a_row_longer_than_a_line_of_a_bundle_goes_to_the_asset_and_back(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    texts = dict.fromkeys(("notes", "title", "wechat"), "李" * LONGEST_TEXT)
    one.write("person", "p1", name="李雷", **texts)
    one.write("person", "p2", name="韩梅梅")
    assert world.round(one).is_clean
    path = world.answer_of(two) if world.place.answer else None
    if path is None:
        world.pull(two)
    else:
        two.read(path)
    assert two.sees() == {PERSON: {"name": "李雷", **texts}, ("person", "p2"): {"name": "韩梅梅"}}


def test_more_conflicts_than_a_bundle_holds_hold_up_nothing(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    over = (f"{1:016x}{1:016x}",)
    first = Operation(kind="person", row="p1", values={"name": "a"}, stamps={"*": over[0]})
    for n in range(10, 62):
        stamp, said = f"{n:016x}{1:016x}", {"notes": f"{n}" * 20_000}
        operation = Operation(kind="person", row="p1", values=said, stamps={"notes": stamp})
        world.place.put(one.letter([operation]))
    world.place.put(one.letter([replace(first, reach=Reach("team"))]))
    huge = {f"f{n}": "x" * LONGEST_TEXT for n in range(60)}
    late = Operation(kind="newer", row="n1", values=huge, stamps={"*": f"{99:016x}{1:016x}"})
    world.place.put(one.letter([replace(late, reach=Reach("team"))]))
    assert world.merge().replies == 2
    with world.asset.reply_for(two.site, NOW) as reply:
        told = Reply.of_lines(list(reply.lines()))
        (row,) = told.rows
    assert row.key == PERSON
    assert row.state is not None
    assert (row.state.values["notes"], row.state.others) == ("61" * 20_000, {})


def test_reach_that_is_said_of_many_rows_at_once_is_kept(world: World) -> None:
    one = world.rep(1)
    for n in range(30):
        one.write("person", f"p{n}", "company" if n % 2 else "team", name=f"李雷{n}")
    world.round(one)

    with world.place.port.transaction() as rows:
        found = rows.reaches([("person", f"p{n}") for n in range(30)])
    assert {key[1]: [one.audience for one in them] for key, them in found.items()} == {
        f"p{n}": ["company" if n % 2 else "team"] for n in range(30)
    }
    assert Reach("team") != Reach("company")


def test_the_report_of_an_asset_is_the_same_whatever_keeps_it(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("organisation", "o", name="华辰", kind="customer")
    one.write("organisation", "us", name="We", kind="own")
    one.write("account", "a", organisation="o", owner="me", **ACCOUNT)
    one.write("person", "me", name="Zhang", organisation="us")
    for row, power in (("chief", 90), ("clerk", 10)):
        one.write("person", row, name=row, organisation="o", power=power, title="CEO")
    one.write(
        "reporting_line",
        id_of(ReportingLine, "clerk", "chief", "solid"),
        person="clerk",
        manager="chief",
        kind="solid",
    )
    two.write(
        "tie",
        id_of(Tie, "me", "chief"),
        employee="me",
        person="chief",
        closeness=75,
        basis="confirmed",
    )
    two.write("tie", id_of(Tie, "nobody", "chief"), employee="nobody", person="chief", closeness=90)
    two.write("project", "p", account="a", name="ERP", outcome="open")
    two.write(
        "chain_member",
        id_of(ChainMember, "p", "chief"),
        project="p",
        person="chief",
        roles=["approver"],
    )
    world.round(one, two)
    told: list[tuple[int, int]] = []

    report = report_of(
        world.place.port, date(2026, 10, 1), Rules(), lambda done, of: told.append((done, of))
    )

    (account,) = report.accounts
    assert (account.name, account.seller_name, account.band) == ("华辰", "Zhang", Band.STRONG)
    assert account.persons == BandCounts(strong=1)
    known = {one.fact for one in account.completeness.facts if one.known}
    assert known == {Fact.TITLE, Fact.PLACE, Fact.CLOSENESS, Fact.TIE, Fact.OUTCOME}
    assert [(one.rep, one.records, one.bundles, one.waiting) for one in report.contributors] == [
        ("rep 1", 7, 1, 0),
        ("rep 2", 4, 1, 0),
    ]
    assert told == [(0, 1), (1, 1)]


def test_an_account_whose_organisation_nobody_shared_is_not_reported(world: World) -> None:
    one = world.rep(1)
    one.write("organisation", "o", name="华辰", kind="customer")
    one.write("account", "a", organisation="o", **ACCOUNT)
    one.write("account", "b", organisation="not shared", **ACCOUNT)
    world.round(one)
    report = report_of(world.place.port, date(2026, 10, 1), Rules(), lambda _done, _of: None)
    assert [account.name for account in report.accounts] == ["华辰"]


def _something(world: World, rep: Rep, chance: random.Random) -> None:
    """A rep edits, deletes or brings back one of four people."""
    row = f"p{chance.randrange(4)}"
    there = rep.rows.get(("person", row))
    if there is None or not there.clock:
        rep.write("person", row, name=f"by {rep.number}", power=chance.randrange(100))
    elif there.deletions:
        rep.revive("person", row)
    elif chance.random() < 0.2:
        rep.delete("person", row)
    else:
        rep.write("person", row, power=chance.randrange(100))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_reps_do_all_come_to_what_the_asset_holds(world: World, seed: int) -> None:
    chance = random.Random(seed)
    hour = 60 * MINUTE
    reps = [world.rep(n, skew=skew) for n, skew in ((1, 0), (2, -hour), (3, -24 * hour))]
    late: list[Letter] = []
    sent: list[Letter] = []
    for _ in range(60):
        rep, act = chance.choice(reps), chance.randrange(10)
        if act < 6:
            _something(world, rep, chance)
        elif act == 6:
            sent.append(rep.letter(now=world.now))
            (late.append if chance.random() < 0.3 else world.place.put)(sent[-1])
        elif act == 7:
            world.merge()
        elif act == 8:
            world.pull(rep)
        elif sent:
            world.place.put(chance.choice(sent))
    for letter in late:
        world.place.put(letter)
    for _ in range(3):
        world.round(*reps)

    with world.place.port.transaction() as rows:
        states = rows.states([("person", f"p{n}") for n in range(4)])
    for rep in reps:
        assert rep.operations() == []
        assert set(rep.rows) == set(states)
        assert all(same(rep.rows[key], state) for key, state in states.items()), rep.number


def test_a_bundle_is_merged_in_slices(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "SLICE", 2)
    one, two = world.rep(1), world.rep(2)
    for n in range(7):
        one.write("person", f"p{n}", name=f"李雷{n}")
    report = world.round(one, two)
    assert (report.operations, report.rows) == (7, 7)
    assert len(two.sees()) == 7
    with world.asset.reply_for(two.site, NOW) as reply:
        assert len({row.version for row in reply.rows}) == 1


def _shared_by_two(world: World) -> tuple[Rep, Rep, Callable[[], None]]:
    """Two reps after some rounds, and what takes the asset back to before the last ones."""
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷", power=50)
    one.write("person", "p2", name="韩梅梅")
    world.round(one, two)
    go_back = world.place.copy()
    one.write("person", "p1", power=60)
    world.round(one, two)
    two.write("person", "p1", power=70, title="采购经理")
    two.delete("person", "p2")
    two.write("person", "p3", name="Lucy")
    world.round(one, two)
    one.write("person", "p1", power=80)
    one.write("person", "p3", title="CEO")
    world.round(one, two)
    world.round(one, two)
    assert one.rows == two.rows
    return one, two, go_back


def test_what_an_asset_that_went_back_has_forgotten_is_sent_again(world: World) -> None:
    world.asset.revoke(world.rep(9).site, world.now)
    one, two, go_back = _shared_by_two(world)
    before = dict(one.rows)
    go_back()
    world.merge()
    assert world.asset.status().change < one.cursor
    world.push(one)
    world.merge()
    for _ in range(2):
        for rep in (one, two):
            assert world.pull(rep).head.complete
            for letter in rep.unacknowledged():
                world.place.put(letter)
        assert world.merge().is_clean
    for _ in range(2):
        world.round(one, two)
    assert one.rows == two.rows == before
    assert one.operations() == two.operations() == []
    with world.place.port.transaction() as rows:
        assert all(same(state, before[key]) for key, state in rows.states(list(before)).items())
    assert not world.pull(one).head.complete


def _epoch(world: World, rep: Rep) -> int:
    with world.asset.reply_for(rep.site, world.now) as reply:
        return reply.head.epoch


def test_an_asset_notices_that_it_went_back_by_what_was_told_before(world: World) -> None:
    one, _, go_back = _shared_by_two(world)
    go_back()
    late = world.rep(3)
    late.epoch = late.taken = 0
    says: tuple[tuple[dict[str, Any], int], ...] = (
        ({"taken": 0, "seen": 0}, 0),
        ({"taken": one.taken, "seen": 0}, NOW),
        ({"taken": one.taken, "seen": 99}, NOW),
        ({"epoch": NOW, "seen": 99}, NOW + 1),
        ({"epoch": NOW + 7}, NOW + 8),
    )
    for told_, epoch in says:
        letter = one.letter([], **told_)
        world.place.put(replace(letter, name=f"{one.site}/{len(str(told_))}.brmb"))
        world.merge()
        assert _epoch(world, late) == epoch


def test_a_device_that_is_revoked_or_lies_begins_no_epoch(world: World) -> None:
    one = world.rep(1)
    world.place.put(one.letter([], epoch=1 << 52))
    world.asset.revoke(one.site, world.now)
    world.place.put(replace(one.letter([], seen=99), name=f"{one.site}/99.brmb"))
    world.merge()
    two = world.rep(2)
    assert world.pull(two).head.epoch == 0


def test_many_deleted_rows_are_stripped_some_at_a_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "STRIPPED", 2)
    one = world.rep(1)
    for n in range(5):
        one.write("person", f"p{n}", name=f"CANARY{n}", power=n)
        one.write("some_newer_kind", f"k{n}", text="x")
        world.round(one)
        one.delete("person", f"p{n}")
        world.round(one)
    world.now += 181 * DAY
    world.merge()
    assert "CANARY" not in world.everything_kept()


def test_a_device_can_be_enrolled_by_hand(world: World) -> None:
    rep = Rep(1)
    invited(world.asset, rep)
    told_ = Registered(rep.site, "laptop", "someone", rep.keys.public, "code 1")
    assert world.asset.register(told_, NOW).person == "someone"
    assert world.asset.about == world.place.port.about


def test_a_site_that_had_another_before_may_write_under_both(world: World) -> None:
    one = world.rep(1)
    restored = Rep(3)
    object.__setattr__(restored, "__class__", type("Restored", (Rep,), {"keys": one.keys}))
    world.place.put(restored.registration(""))
    world.merge()
    old, older = (f"{1:016x}{1:016x}", f"{2:016x}{1:016x}")
    operations = [
        Operation(kind="person", row=f"p{n}", values={"name": "a"}, stamps={"*": stamp})
        for n, stamp in enumerate((old, older))
    ]
    world.place.put(restored.letter(operations))
    assert world.merge().is_clean


def test_a_file_that_cannot_be_read_just_now_waits(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one = world.rep(1)
    one.write("person", "p1", name="李雷")
    letter = one.letter()
    gone = replace(letter, source=tmp_path / "gone.brmb")
    received = world.asset.receive(gone, NOW)
    assert received.state == Trouble.PARKED
    assert received.reason is not None
    assert tr(received.reason).startswith("There is no file")

    def fail(_opened: Opened) -> Iterator[object]:
        raise FileUnreadable(phrase("The stick was pulled out."))

    with monkeypatch.context() as patched:
        patched.setattr(Opened, "lines", fail)
        received = world.asset.receive(letter, NOW)
    assert received.state == Trouble.PARKED
    assert world.asset.receive(letter, NOW).state == APPLIED
