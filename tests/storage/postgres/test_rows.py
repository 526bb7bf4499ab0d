"""What PostgreSQL keeps of an asset is what an asset in memory keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from asset_in_memory import Kept, MemoryRows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.membership import Member, RowReach, SiteRole, SiteStatus
from brm_desktop.domain.merge import stamps_only
from brm_desktop.domain.operation_lines import state_to_plain
from brm_desktop.domain.operations import Earlier, RowState
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.replies import ReplyRow, Trouble
from brm_desktop.storage.postgres.port import PostgresPort
from brm_desktop.storage.sharing.port import APPLIED, About, Invited, Merged, Received, Rows
from tests.storage.postgres.conftest import Connect

SITES = ("1" * 16, "2" * 16, "3" * 16)
KEYS = [("person", f"p{n}") for n in range(4)] + [("tie", "t1")]
ABOUT = About(
    "00000000-0000-0000-0000-000000000001",
    "Asset",
    "org",
    "We",
    "address",
    PublicKeys(b"s" * 32, b"e" * 32),
    b"p" * 64,
)


def stamp(millis: int, site: str = SITES[0]) -> str:
    return f"{millis:012x}0000{site}"


def member(site: str, role: SiteRole = SiteRole.REP, team: str = "East/One", **more: Any) -> Member:
    keys = PublicKeys(site.encode() * 2, b"e" * 32)
    return Member(
        site=site, rep=f"Rep {site[0]}", person="", device="d", role=role, team=team, keys=keys,
        **more,
    )  # fmt: skip


@st.composite
def states(draw: st.DrawFn) -> RowState:
    kind, row = draw(st.sampled_from(KEYS))
    when = draw(st.integers(1, 50))
    name = draw(st.sampled_from(["王敏", "Li", "p1", ""]))
    others = {"title": ((stamp(1), "CIO"),)} if draw(st.booleans()) else {}
    state = RowState(
        kind=kind,
        row=row,
        values={"name": name, "emails": ["p1", "a@b"], "title": "CEO"} if name else {},
        clock={"*": stamp(when)},
        others=others,
    )
    if not name or draw(st.booleans()):
        return state
    seen = tuple(sorted(state.live()))
    return RowState(
        kind=kind,
        row=row,
        values=state.values,
        clock=state.clock,
        others=others,
        deletions={stamp(when + 1): seen if draw(st.booleans()) else ()},
        covered={stamp(99): frozenset({"name"})},
        lifted=frozenset({stamp(98)}),
        earlier=(Earlier(stamp(97), frozenset({"*", "name"}), {"title": "CTO"}, frozenset()),),
    )


def act(rows: Rows, kind: str, drawn: Any, at: int) -> object:
    """One thing that the engine may do; gives what it is told."""
    if kind == "put":
        erased = rows.erased(KEYS)  # nothing that is said of these is put
        said = [Merged(state, "") for state in drawn if state.key not in erased]
        rows.put(said, rows.change(), at)
    elif kind == "reach":
        rows.put_reaches(drawn)
    elif kind == "touch":
        known = sorted(rows.states(KEYS))
        rows.touch(known[:drawn], rows.change())
    elif kind == "erase":
        known = sorted(rows.states(KEYS))[:drawn]
        rows.erase(known, rows.change(), at)
    elif kind == "strip":
        return rows.strip(drawn, 100)
    else:
        rows.prune(at - 30 + drawn)
    return None


reaches = st.builds(
    RowReach,
    st.sampled_from(["person", "tie"]),
    st.sampled_from([row for _, row in KEYS]),
    st.sampled_from(SITES),
    st.sampled_from(["", "team", "company"]),
    st.sampled_from(["East/One", "East/Two", "West"]),
    st.sampled_from(["team", "company"]),
)
acts = st.one_of(
    st.tuples(st.just("put"), st.lists(states(), max_size=4, unique_by=lambda one: one.key)),
    st.tuples(
        st.just("reach"),
        st.lists(reaches, max_size=4, unique_by=lambda one: (one.kind, one.row, one.site)),
    ),
    st.tuples(st.just("touch"), st.integers(0, 3)),
    st.tuples(st.just("erase"), st.integers(0, 1)),
    st.tuples(st.just("strip"), st.integers(0, 60)),
    st.tuples(st.just("prune"), st.integers(0, 30)),
)

READERS = [
    member(SITES[0]),
    member(SITES[1], SiteRole.OFFICE, "East"),
    member(SITES[2], SiteRole.REGION, ""),
    member("4" * 16, SiteRole.HEAD_OFFICE, "West"),
    member("5" * 16, SiteRole.LEAD, "East/Two"),
]


def told(row: ReplyRow) -> object:
    return (row.key, row.state and state_to_plain(row.state), row.erased)


def what_is_told(rows: Rows) -> object:
    """Everything that can be asked."""
    return (
        {key: state_to_plain(state) for key, state in rows.states(KEYS).items()},
        {key: sorted(map(repr, found)) for key, found in rows.reaches(KEYS).items()},
        rows.erased(KEYS),
        rows.rows_about("p1"),
        rows.named("王敏"),
        rows.conflicts(),
        {kind: count for kind, count in rows.counts().items() if count},
        [sorted(map(told, rows.rows_for(one, 0, 1 << 40)), key=repr) for one in READERS],
    )


@pytest.fixture
def port(server: Any, database: str) -> Iterator[PostgresPort]:
    address = server.administrator_of(database)
    with closing(PostgresPort.create(address, ABOUT)) as found:
        yield found


def empty(connection: psycopg.Connection[Any]) -> None:
    connection.execute("TRUNCATE brm.entity, brm.reach, brm.change, brm.inbound")
    connection.execute("DELETE FROM brm.asset WHERE key = 'floor'")


def test_whatever_is_kept_is_what_memory_keeps(port: PostgresPort, connect: Connect) -> None:
    administrator = connect("administrator")

    @settings(suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.lists(acts, min_size=1, max_size=8))
    def check(done: list[tuple[str, Any]]) -> None:
        empty(administrator)
        memory = Kept()
        for at, (kind, drawn) in enumerate(done, 1):
            oracle = MemoryRows(memory)
            with port.transaction() as rows:
                assert act(rows, kind, drawn, at) == act(oracle, kind, drawn, at)
        with port.transaction() as rows:
            assert what_is_told(rows) == what_is_told(MemoryRows(memory))

    check()


def test_members_invitations_and_what_became_of_bundles_are_kept(port: PostgresPort) -> None:
    one = member(SITES[0], revoked_at=7, seen_at=3, replied_at=4, lease_until=5, behind=2)
    gone = member(SITES[1], SiteRole.SPONSOR, status=SiteStatus.REVOKED, former=SITES[0])
    invited = Invited("c" * 64, "Li", "", SiteRole.REP, "East", 1, 2)
    parked = Received(SITES[0], 3, 4, "d" * 64, "e" * 64, 9, "n", Trouble.PARKED, phrase("Waits."))
    applied = Received(SITES[0], 1, 2, "e" * 64, "", 8, "n", APPLIED)
    with port.transaction() as rows:
        rows.save_member(one)
        rows.save_member(gone)
        rows.save_invited(invited)
        rows.note(parked)
        rows.note(applied)
    with port.transaction() as rows:
        assert rows.members() == [one, gone]
        assert (rows.member(SITES[0]), rows.member("9" * 16)) == (one, None)
        assert (rows.invited("c" * 64), rows.invited("d" * 64)) == (invited, None)
        assert rows.received() == rows.received(SITES[0]) == [parked]
        assert rows.received(SITES[1]) == []
        assert rows.is_applied(SITES[0], "e" * 64)
        assert not rows.is_applied(SITES[0], "d" * 64)
        rows.forget(SITES[0], "d" * 64)
        assert rows.received() == []


def test_what_is_raised_inside_leaves_all_as_it_was(port: PostgresPort) -> None:
    def break_off() -> None:
        with port.transaction() as rows:
            rows.save_member(member(SITES[0]))
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    with port.transaction() as rows:
        assert rows.members() == []


def test_change_numbers_grow_and_the_horizon_is_the_last_that_is_there(port: PostgresPort) -> None:
    state = RowState(kind="person", row="p", clock={"*": stamp(1)})
    changes = []
    for _ in range(2):
        with port.transaction() as rows:
            before = rows.horizon()
            changes.append(rows.change())
            assert changes[-1] == rows.change() == rows.horizon() > before
            rows.put([Merged(state, "")], changes[-1], 1)
    with port.transaction() as rows:
        assert rows.horizon() == changes[1]


def test_an_asset_is_made_once_and_found_again(
    port: PostgresPort, server: Any, database: str
) -> None:
    address = server.administrator_of(database)
    with closing(PostgresPort(address)) as again:
        assert again.about == ABOUT
    with pytest.raises(StoreProblem, match="already"):
        PostgresPort.create(address, ABOUT)
    with pytest.raises(StoreProblem, match="no asset"):
        PostgresPort(server.administrator)


def test_the_inbox_is_read_into_files_and_emptied(
    port: PostgresPort, connect: Connect, tmp_path: Path
) -> None:
    li = connect("li")
    for name in ("b", "a"):
        li.execute(
            "INSERT INTO brm.inbox (site, name, body) VALUES (%s, %s, %s)",
            [SITES[0], name, name.encode()],
        )
    first, second = port.waiting()
    assert isinstance(first.source, Path)
    assert [(one.name, one.site) for one in (first, second)] == [("a", SITES[0]), ("b", SITES[0])]
    assert first.source.read_bytes() == b"a"
    port.settle(first, APPLIED)
    assert [one.name for one in port.waiting()] == ["b"]


def test_stripping_leaves_stamps(port: PostgresPort) -> None:
    state = RowState(
        kind="person",
        row="p",
        values={"name": "Li"},
        clock={"*": stamp(1)},
        deletions={stamp(2): (stamp(1),)},
    )
    with port.transaction() as rows:
        rows.put([Merged(state, "")], rows.change(), 1)
        assert rows.strip(3, 10) == 1
        assert rows.strip(3, 10) == 0
        assert rows.states([("person", "p")]) == {("person", "p"): stamps_only(state)}


def test_tables_that_were_made_anew_from_a_copy_are_noticed_once(
    port: PostgresPort, connect: Connect
) -> None:
    told_ = []
    for known in (None, None, "1", None):
        if known is not None:
            connect("administrator").execute(
                "UPDATE brm.asset SET value = %s WHERE key = 'table'", [known]
            )
        with port.transaction() as rows:
            told_.append(rows.came_back())
    assert told_ == [False, False, True, False]


def test_a_stick_is_taken_as_well_and_left_an_answer(
    port: PostgresPort, server: Any, database: str, tmp_path: Path
) -> None:
    inbox = tmp_path / "stick" / "inbox" / SITES[0]
    inbox.mkdir(parents=True)
    (inbox / "1.brmb").write_bytes(b"bundle")

    def answer(path: Path) -> None:
        path.write_bytes(b"answer")

    with closing(PostgresPort(server.administrator_of(database), [tmp_path / "stick"])) as sticky:
        (letter,) = sticky.waiting()
        assert (letter.site, letter.source) == (SITES[0], inbox / "1.brmb")
        sticky.settle(letter, APPLIED)
        for site in SITES:
            sticky.deliver(member(site), answer)
    assert not list(inbox.iterdir())
    answers = [path for path in (tmp_path / "stick" / "outbox").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in answers] == [b"answer"]
