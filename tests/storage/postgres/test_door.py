"""A rep's way into an asset on a server: what it sends, what it is told, and what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from asset_in_memory import Kept, MemoryRows
from postgres_server import Server
from tls_door import papers, tls_door

from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.membership import Member, RowReach, SiteRole, SiteStatus
from brm_desktop.domain.operations import Earlier, RowState
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.replies import Reply, Trouble
from brm_desktop.storage.postgres.door import PostgresDoor
from brm_desktop.storage.postgres.port import PostgresPort
from brm_desktop.storage.postgres.reaching import connect as reach
from brm_desktop.storage.sharing.port import APPLIED, Merged, Received, Rows
from tests.storage.postgres.conftest import Connect
from tests.storage.postgres.test_rows import ABOUT, SITES, member, stamp, told

LI, BOSS, OTHER = SITES
PEOPLE = {
    "li": member(LI, applied=4, digest="d", lease_until=77),
    "boss": member(BOSS, SiteRole.OFFICE, "East"),
    "other": member(OTHER, SiteRole.REP, "West"),
}


@pytest.fixture
def port(server: Server, database: str) -> Iterator[PostgresPort]:
    address = server.administrator_of(database)
    with closing(PostgresPort.create(address, ABOUT)) as found:
        yield found


@pytest.fixture
def asset(port: PostgresPort, connect: Connect) -> PostgresPort:
    """An asset whose three members each registered with a login of their own."""
    for login, one in PEOPLE.items():
        connect(login).execute(
            "INSERT INTO brm.inbox (site, name, body) VALUES (%s, 'register', '')", [one.site]
        )
    with port.transaction() as rows:
        fill(rows)
    return port


WISHES = tuple(
    tuple(zip((LI, BOSS, OTHER), audiences, ("East/One", "East", "West"), strict=True))
    for audiences in product(("team", "company", ""), repeat=3)
)
"""Each way in which three devices may wish a row to be seen."""


def _of_several(number: int, _wishes: object) -> RowState:
    """A row of which three devices wrote different things, laid out in one of several ways."""
    one, two, three = (f"{n:016x}{site}" for n, site in enumerate((LI, BOSS, OTHER), 1))
    return RowState(
        kind="tie",
        row=f"t{number}",
        values={"evidence": "three", "origin": "two", "label": "one", "basis": "one"},
        clock={"*": one, "evidence": three, "origin": two}
        if number % 2
        else {"evidence": three, "origin": two, "label": one, "basis": one},
        withheld=frozenset({"note"}) if number % 2 else frozenset(),
        others={"evidence": ((two, "two"), (one, "one")), "origin": ((one, None),)},
        beneath=((three, frozenset({"evidence", "label"})),) if number % 3 == 1 else (),
        deletions={f"{9:016x}{OTHER}": (two,)} if number % 5 == 0 else {},
        earlier=_EARLIER[number % 4],
    )


def _gone_over(stamp: str, *by: str) -> Earlier:
    return Earlier(stamp, frozenset({"memo"}), {"memo": stamp}, frozenset(by))


_EARLIER = (
    (),
    (_gone_over(f"{7:016x}{LI}", f"{8:016x}{OTHER}"),),
    (_gone_over(f"{7:016x}{OTHER}", f"{8:016x}{LI}", f"{0:016x}{BOSS}"),),
    (
        _gone_over(f"{6:016x}{BOSS}", f"{8:016x}{LI}"),
        _gone_over(f"{7:016x}{LI}", f"{8:016x}{BOSS}"),
    ),
)
"""What of a row went over what, and stays for whom that is not for."""


def fill(rows: Rows) -> None:
    """Rows of two teams, one of all, one taken back and one erased."""
    for one in PEOPLE.values():
        rows.save_member(one)
    change = rows.change()
    names = ("east", "west", "all", "back", "erased", "nobody's")
    rows.put(
        [
            Merged(
                RowState(kind="person", row=row, values={"name": row}, clock={"*": stamp(n)}), ""
            )
            for n, row in enumerate(names, 1)
        ],
        change,
        1,
    )
    rows.put([Merged(_of_several(*row), "") for row in enumerate(WISHES)], change, 1)
    rows.put_reaches(
        [
            RowReach("tie", f"t{n}", site, audience, team, "company")
            for n, wishes in enumerate(WISHES)
            for site, audience, team in wishes
        ]
    )
    rows.put_reaches(
        [
            RowReach("person", "east", LI, "team", "East/One", "team"),
            RowReach("person", "west", OTHER, "team", "West", "team"),
            RowReach("person", "all", OTHER, "company", "West", "company"),
            RowReach("person", "back", LI, "", "East/One", "team"),
            RowReach("person", "erased", LI, "company", "East/One", "company"),
        ]
    )
    rows.erase([("person", "erased")], change, 1)


@pytest.fixture
def door(server: Server, database: str, connect: Connect) -> Iterator[PostgresDoor]:
    connect("li")
    with closing(PostgresDoor(server.address("li", "secret", database))) as found:
        yield found


def fetched(door: PostgresDoor, site: str = LI, after: int = 0) -> Reply:
    reply = door.fetch(site, after)
    assert reply is not None
    return reply


@pytest.mark.parametrize("login", PEOPLE)
def test_a_login_is_told_what_its_device_may_see_and_what_it_had(
    asset: PostgresPort, server: Server, database: str, login: str
) -> None:
    one: Member = PEOPLE[login]
    oracle = MemoryRows(Kept())
    fill(oracle)
    with closing(PostgresDoor(server.address(login, "secret", database))) as door:
        rows = sorted(map(told, fetched(door, one.site).rows), key=repr)
    assert rows == sorted(map(told, oracle.rows_for(one, 0, 1 << 40)), key=repr)


def test_the_head_of_a_reply_says_how_far_things_are(
    asset: PostgresPort, door: PostgresDoor
) -> None:
    with asset.transaction() as rows:
        reason = phrase("Waits.")
        rows.note(Received(LI, 5, 6, "e", "d", 9, "n", Trouble.PARKED, reason))
        rows.note(Received(LI, 1, 4, "d", "", 8, "n", APPLIED))
        rows.note(Received(LI, 1, 2, "f", "", 9, "n", Trouble.REFUSED, reason))
        rows.note(Received(OTHER, 5, 6, "x", "d", 9, "n", Trouble.PARKED, reason))
    reply = fetched(door)
    head = reply.head
    assert (head.asset, head.name, head.site) == (ABOUT.asset, ABOUT.name, LI)
    assert (head.acknowledged, head.digest, head.lease_until) == (4, "d", 77)
    assert (head.rep, head.role, head.team) == ("Rep 1", "rep", "East/One")
    assert (head.after, head.upto, head.complete) == (0, 1, False)
    assert [(one.site, one.rep, one.revoked) for one in reply.sites] == [
        (LI, "Rep 1", False),
        (BOSS, "Rep 2", False),
        (OTHER, "Rep 3", False),
    ]
    assert [(one.trouble, one.first) for one in reply.notices] == [("parked", 5)]
    list(reply.rows)
    assert list(fetched(door, after=1).rows) == []


def test_a_site_that_is_behind_is_told_all(asset: PostgresPort, door: PostgresDoor) -> None:
    with asset.transaction() as rows:
        rows.save_member(member(LI, behind=1))
    reply = fetched(door)
    assert reply.head.complete
    list(reply.rows)
    assert not fetched(door, after=1).head.complete


def test_who_is_not_enrolled_yet_gets_no_answer(asset: PostgresPort, door: PostgresDoor) -> None:
    assert door.fetch("9" * 16, 0) is None
    assert door.fetch(OTHER, 0) is None


def test_a_revoked_device_is_told_so(asset: PostgresPort, door: PostgresDoor) -> None:
    with asset.transaction() as rows:
        rows.save_member(member(LI, status=SiteStatus.REVOKED))
    with pytest.raises(StoreProblem, match="revoked"):
        door.fetch(LI, 0)


def test_the_same_bundle_again_changes_nothing(
    asset: PostgresPort, door: PostgresDoor, tmp_path: Path
) -> None:
    bundle = tmp_path / "b"
    bundle.write_bytes(b"bundle")
    door.send(LI, "one.brmb", bundle)
    door.send(LI, "one.brmb", b"bundle")
    found = [one for one in asset.waiting() if one.name == "one.brmb"]
    assert [one.site for one in found] == [LI]
    door.send(LI, "one.brmb", b"what takes its place, made anew")
    assert len([one for one in asset.waiting() if one.name == "one.brmb"]) == 2
    with pytest.raises(StoreProblem, match="does not let"):
        door.send(OTHER, "two.brmb", b"bundle")


def test_an_asset_of_a_newer_version_is_left_alone(
    asset: PostgresPort, door: PostgresDoor, connect: Connect
) -> None:
    connect("administrator").execute("UPDATE brm.asset SET value = '99' WHERE key = 'version'")
    with pytest.raises(StoreProblem, match="newer version"):
        door.fetch(LI, 0)


@pytest.fixture
def secure(tmp_path: Path, server: Server, connect: Connect, database: str) -> Iterator[str]:
    """An address that leads to the server over TLS, under a name that is not this machine's."""
    connect("li")
    shown = papers(tmp_path / "right", "server.example")
    with tls_door(server.port, shown) as port:
        yield (
            f"postgresql://li:secret@server.example:{port}/{database}"
            f"?hostaddr=127.0.0.1&sslrootcert={shown.authority}"
        )


def test_a_server_elsewhere_is_reached_over_tls_and_verified(secure: str, tmp_path: Path) -> None:
    with closing(reach(secure)) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("li",)
    wrong = papers(tmp_path / "wrong", "server.example")
    strange = secure.replace(str(tmp_path / "right"), str(tmp_path / "wrong"))
    assert str(wrong.authority) in strange
    for address in (strange, secure.replace("@server.example", "@elsewhere.example")):
        with pytest.raises(StoreProblem, match="certificate cannot be verified"):
            reach(address)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("?", "?sslmode=require&"), "not verified with sslmode=require"),
        ((":secret@", ":guess@"), "does not take this login"),
        (("/asset_", "/nothing_"), "no such database"),
        (("hostaddr=127.0.0.1", "hostaddr=127.0.0.1&port=1"), "does not answer"),
        (("li:secret", "li:%zz"), "no address"),
    ],
)
def test_what_goes_wrong_on_the_way_is_one_sentence(
    secure: str, change: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(StoreProblem, match=sentence):
        reach(secure.replace(*change, 1))


def test_a_login_that_may_no_more_log_in_is_not_a_server_that_is_down(
    secure: str, asset: PostgresPort
) -> None:
    asset._db.execute("ALTER ROLE li NOLOGIN")
    try:
        with pytest.raises(StoreProblem, match="does not take this login"):
            reach(secure)
    finally:
        asset._db.execute("ALTER ROLE li LOGIN")


def test_a_server_that_goes_down_is_said_so(asset: PostgresPort, door: PostgresDoor) -> None:
    reply = fetched(door)
    with asset.transaction():
        asset._db.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'li'"
        )
    with pytest.raises(StoreProblem, match="does not answer"):
        list(reply.rows)


def test_without_the_driver_it_is_said_what_is_missing(monkeypatch: Any) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(StoreProblem, match="extra “postgres”"):
        reach("postgresql://nowhere")
