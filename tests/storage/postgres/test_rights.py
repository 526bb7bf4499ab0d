"""What a rep's login may do in an asset in PostgreSQL, and all that it is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from postgres_server import Server
from psycopg import errors
from told import told

from brm_desktop.domain.errors import StoreProblem
from brm_desktop.storage.postgres.port import PostgresPort
from brm_desktop.storage.postgres.rows import PostgresRows
from brm_desktop.storage.postgres.schema import create_schema
from tests.storage.postgres.conftest import Connect
from tests.storage.postgres.test_rows import ABOUT

LI, WANG, BOSS, CHIEF, OTHER = (f"{n:016x}" for n in range(1, 6))


@pytest.fixture
def asset(connect: Connect) -> Connect:
    """An asset with four devices in two offices and five rows."""
    administrator = connect("administrator")
    create_schema(administrator)
    merger = connect("merger")
    people = (
        (LI, "li", "rep", "East/One"),
        (WANG, "wang", "rep", "East/One"),
        (BOSS, "boss", "office", "East"),
        (CHIEF, "chief", "head_office", ""),
        (OTHER, "other", "rep", "East/Two"),
    )
    for site, login, role, team in people:
        merger.execute(
            "INSERT INTO brm.site VALUES"
            " (%s, %s, '', '', %s, %s, %s, %s, 'active', 0, '', 0, 0, NULL, '', 0, NULL, 0)",
            [site, login, login, role, team, site],
        )
    reach = (
        ("li", LI, "team", "East/One", "team"),
        ("wang", WANG, "team", "East/One", "team"),
        ("all", LI, "company", "East/One", "company"),
        ("other", OTHER, "team", "East/Two", "team"),
        ("taken back", OTHER, "", "East/Two", "team"),
    )
    for number, (name, *wish) in enumerate(reach, 1):
        merger.execute(
            "INSERT INTO brm.entity (kind, id, says, clock, contested, version)"
            " VALUES ('person', %s, '{}', '{}', 0, %s)",
            [name, number],
        )
        merger.execute("INSERT INTO brm.reach VALUES ('person', %s, %s, %s, %s, %s)", [name, *wish])
    merger.execute(
        "INSERT INTO brm.inbound VALUES (%s, 1, 2, 'd', '', 0, 'n', 'applied', NULL),"
        " (%s, 1, 2, 'e', '', 0, 'n', 'applied', NULL)",
        [LI, OTHER],
    )
    return connect


def seen(connection: psycopg.Connection[Any]) -> set[str]:
    return {row[0] for row in connection.execute("SELECT id FROM brm.entity")}


@pytest.mark.parametrize(
    ("login", "rows"),
    [
        ("li", {"li", "wang", "all"}),
        ("wang", {"li", "wang", "all"}),
        ("other", {"all", "other"}),
        ("boss", {"li", "wang", "all", "other"}),
        ("chief", {"li", "wang", "all", "other"}),
    ],
)
def test_rows_are_read_by_team_and_by_who_stands_above(
    asset: Connect, login: str, rows: set[str]
) -> None:
    assert seen(asset(login)) == rows


def test_a_login_without_a_device_sees_nothing(asset: Connect) -> None:
    assert seen(asset("stranger")) == set()


def test_a_revoked_device_sees_nothing_and_puts_nothing_in(asset: Connect) -> None:
    asset("merger").execute("UPDATE brm.site SET status = 'revoked' WHERE site = %s", [LI])
    li = asset("li")
    assert seen(li) == set()
    with pytest.raises(errors.InsufficientPrivilege):
        li.execute("INSERT INTO brm.inbox (site, name, body) VALUES (%s, 'a', 'b')", [LI])


def test_who_had_a_row_is_told_that_it_is_gone_and_nobody_else(asset: Connect) -> None:
    for login, rows in (("other", ["taken back"]), ("boss", ["taken back"]), ("li", [])):
        gone = asset(login).execute("SELECT id FROM brm.gone_since(0)").fetchall()
        assert [key for (key,) in gone] == rows


def test_while_a_merger_has_a_member_to_himself_nobody_waits_to_put_anything_in(
    asset: Connect,
) -> None:
    li, merger = asset("li"), asset("merger")
    merger.execute("UPDATE brm.site SET keys = repeat('0', 128)")
    li.execute("SET lock_timeout = '2s'")
    with merger.transaction():
        member = PostgresRows(merger).member(LI)
        assert member is not None
        li.execute("INSERT INTO brm.inbox (site, name, body) VALUES (%s, 'a', 'b')", [LI])
        li.execute("INSERT INTO brm.inbox (site, name, body) VALUES (%s, 'r', 'b')", ["7" * 16])
        assert seen(li) == {"li", "wang", "all"}
        assert li.execute("SELECT rep FROM brm.site WHERE site = %s", [LI]).fetchone() == ("li",)
        PostgresRows(merger).save_member(replace(member, replied=3))
        li.execute("INSERT INTO brm.inbox (site, name, body) VALUES (%s, 'c', 'd')", [LI])
        another = asset("merger2")
        another.execute("SET lock_timeout = '50ms'")
        with pytest.raises(errors.LockNotAvailable), another.transaction():
            PostgresRows(another).member(LI)


def test_a_rep_puts_bundles_in_and_reads_what_became_of_his_own(asset: Connect) -> None:
    li = asset("li")
    li.execute("INSERT INTO brm.inbox (site, name, body) VALUES (%s, 'a', 'b')", [LI])
    new = "7" * 16
    li.execute("INSERT INTO brm.inbox (site, name, body) VALUES (%s, 'r', 'b')", [new])
    rows = asset("merger").execute("SELECT login, site FROM brm.inbox ORDER BY number").fetchall()
    assert rows == [("li", LI), ("li", new)]
    assert li.execute("SELECT site, state FROM brm.inbound").fetchall() == [(LI, "applied")]
    assert li.execute("SELECT count(rep) FROM brm.site").fetchone() == (5,)


@pytest.mark.parametrize(
    ("site", "name"), [("../outbox", "a.brmb"), (LI, "\x1b[2J"), (LI, "a" * 99)]
)
def test_what_is_no_site_or_no_name_is_not_put_in(asset: Connect, site: str, name: str) -> None:
    with pytest.raises(errors.CheckViolation):
        asset("li").execute(
            "INSERT INTO brm.inbox (site, name, body) VALUES (%s, %s, 'b')", [site, name]
        )


REFUSED = {
    "reading the inbox": "SELECT * FROM brm.inbox",
    "reading one's own inbox rows": "SELECT body FROM brm.inbox WHERE login = session_user",
    "changing the inbox": "UPDATE brm.inbox SET name = 'x'",
    "deleting from the inbox": "DELETE FROM brm.inbox",
    "emptying the inbox": "TRUNCATE brm.inbox",
    "inserting under another site": (
        "INSERT INTO brm.inbox (site, name, body) VALUES ('0000000000000002', 'a', 'b')"
    ),
    "inserting under another login": (
        "INSERT INTO brm.inbox (login, site, name, body)"
        " VALUES ('wang', '0000000000000001', 'a', 'b')"
    ),
    "choosing a number in the inbox": (
        "INSERT INTO brm.inbox (number, site, name, body)"
        " OVERRIDING SYSTEM VALUE VALUES (1, '0000000000000001', 'a', 'b')"
    ),
    "writing a row": (
        "INSERT INTO brm.entity (kind, id, says, clock, contested, version)"
        " VALUES ('person', 'mine', '{}', '{}', 0, 9)"
    ),
    "changing a row": "UPDATE brm.entity SET gone_at = 1",
    "deleting a row": "DELETE FROM brm.entity",
    "emptying the rows": "TRUNCATE brm.entity",
    "copying into the rows": "COPY brm.entity FROM STDIN",
    "changing who may see": "UPDATE brm.reach SET audience = 'company'",
    "reading who may see": "SELECT * FROM brm.reach",
    "asking whether others may see": "SELECT brm.is_within('team', 'East/Two', '')",
    "asking whether a row is there": "SELECT brm.is_seen('person', 'other')",
    "asking who wrote in a row": "SELECT brm.is_told('person', 'other', '0000000000000005')",
    "changing a device": "UPDATE brm.site SET role = 'head_office' WHERE login = session_user",
    "adding a device": "INSERT INTO brm.site (site) VALUES ('0000000000000009')",
    "reading how far a device is": "SELECT applied FROM brm.site",
    "reading a device's keys": "SELECT keys FROM brm.site",
    "reading when things changed": "SELECT * FROM brm.change",
    "reading a device's login": "SELECT login FROM brm.site",
    "reading the secrets": "SELECT * FROM brm.secret",
    "reading invitations": "SELECT * FROM brm.invitation",
    "changing the asset": "UPDATE brm.asset SET value = '2'",
    "changing what became of a bundle": "UPDATE brm.inbound SET state = 'applied'",
    "using the numbers": "SELECT nextval('brm.change_number')",
    "making a table": "CREATE TABLE mine (a int)",
    "making a table in the asset": "CREATE TABLE brm.mine (a int)",
    "making a temporary table": "CREATE TEMPORARY TABLE mine (a int)",
    "making a schema": "CREATE SCHEMA mine",
    "making a function": "CREATE FUNCTION brm.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "making a role": "CREATE ROLE mine",
    "joining the mergers": "GRANT brm_merger TO li",
    "becoming a merger": "SET ROLE brm_merger",
    "becoming the administrator": "SET SESSION AUTHORIZATION postgres",
    "giving rights": "GRANT SELECT ON brm.secret TO li",
    "dropping a policy": "DROP POLICY by_reach ON brm.entity",
    "changing a policy": "ALTER POLICY by_reach ON brm.entity USING (true)",
    "turning policies off": "ALTER TABLE brm.entity DISABLE ROW LEVEL SECURITY",
    "changing a table": "ALTER TABLE brm.entity ADD COLUMN mine int",
    "dropping a table": "DROP TABLE brm.entity",
    "replacing a function": (
        "CREATE OR REPLACE FUNCTION brm.is_shown(in_kind text, in_id text) RETURNS boolean"
        " LANGUAGE sql AS 'SELECT true'"
    ),
    "reading a file of the server": "SELECT pg_read_file('postgresql.conf')",
    "copying to a program": "COPY (SELECT 1) TO PROGRAM 'true'",
}


@pytest.fixture
def written_by_two(asset: Connect) -> Connect:
    """A row in which Li wrote for her team and another for the whole company."""
    merger = asset("merger")
    one, two = (f"{n:016x}{site}" for n, site in ((1, LI), (2, OTHER)))
    merger.execute(
        "INSERT INTO brm.entity (kind, id, says, clock, rest, contested, version) VALUES"
        " ('tie', 't', %s, %s, %s, 0, 9)",
        [
            json.dumps({"evidence": "of one team", "origin": "for all"}),
            json.dumps({one: ["evidence", "label"], "origin": two}),
            json.dumps({"others": {"origin": [[one, "of one team"]]}}),
        ],
    )
    for site, audience, team in ((LI, "team", "East/One"), (OTHER, "company", "East/Two")):
        merger.execute(
            "INSERT INTO brm.reach VALUES ('tie', 't', %s, %s, %s, %s)",
            [site, audience, team, audience],
        )
    return asset


@pytest.mark.parametrize("login", ["other", "stranger", "li", "wang", "boss"])
def test_nobody_reads_what_another_wrote_for_his_team_in_a_row_seen_by_all(
    written_by_two: Connect, login: str
) -> None:
    connection = written_by_two(login)
    rows = connection.execute("SELECT * FROM brm.entity WHERE id = 't'").fetchall()
    parts = connection.execute("SELECT * FROM brm.parts_since(0)").fetchall()
    is_told_all = login in {"li", "wang", "boss"}
    assert (len(rows), len(parts)) == ((1, 0) if is_told_all else (0, int(login == "other")))
    assert ("of one team" in str((rows, parts))) is is_told_all
    assert connection.execute("SELECT * FROM brm.parts_since(9)").fetchall() == []


def test_an_asset_of_the_first_version_is_brought_up_to_date_by_its_owner(
    server: Server, database: str
) -> None:
    address = server.administrator_of(database)
    PostgresPort.create(address, ABOUT).close()
    with told(StoreProblem, "There is an asset in this database already"):
        PostgresPort.create(address, ABOUT)
    with psycopg.connect(address, autocommit=True) as connection:
        for function in ("parts_since", "is_told", "stamps"):
            connection.execute(f"DROP FUNCTION brm.{function}")
        connection.execute("UPDATE brm.asset SET value = '1' WHERE key = 'version'")
    with told(StoreProblem, "of an older version of the program; whoever owns its database"):
        PostgresPort(address)
    PostgresPort.create(address, ABOUT).close()
    with psycopg.connect(address, autocommit=True) as connection:
        assert connection.execute("SELECT * FROM brm.parts_since(0)").fetchall() == []


@pytest.fixture
def li(asset: Connect) -> psycopg.Connection[Any]:
    return asset("li")


def test_everything_that_is_not_a_reps_is_refused(li: psycopg.Connection[Any]) -> None:
    taken = []
    for name, statement in REFUSED.items():
        try:
            with li.transaction():
                li.execute(statement)
        except errors.InsufficientPrivilege:
            continue
        taken.append(name)
    assert taken == []


def test_rows_of_another_team_are_not_there_with_policies_off_either(
    li: psycopg.Connection[Any],
) -> None:
    li.execute("SET row_security = off")
    with pytest.raises(errors.InsufficientPrivilege):
        li.execute("SELECT * FROM brm.entity")


def test_a_merger_cannot_change_tables_roles_or_policies(asset: Connect) -> None:
    merger = asset("merger")
    for statement in (
        "CREATE TABLE brm.mine (a int)",
        "CREATE ROLE mine",
        "DROP POLICY by_reach ON brm.entity",
        "ALTER TABLE brm.entity DISABLE ROW LEVEL SECURITY",
        "TRUNCATE brm.entity",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            merger.execute(statement)
