"""Reading records out of an asset in PostgreSQL, one account at a time, by indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, LiteralString

from brm_desktop.domain.operations import RowState
from brm_desktop.domain.records import AccountId, Organisation, OrganisationKind, Records
from brm_desktop.domain.replies import Reply, ReplyHead, ReplyRow
from brm_desktop.storage.merging.seeing import records_seen
from brm_desktop.storage.postgres.rows import SLICE, read_states
from brm_desktop.storage.sharing.terms import LEASE

if TYPE_CHECKING:
    from psycopg import Connection

    from brm_desktop.storage.sharing.port import About

_STATES: Final[LiteralString] = """
    SELECT kind, id, says::text, clock::text, rest::text FROM brm.entity WHERE gone_at IS NULL AND
"""
_OF_PEOPLE: Final[tuple[LiteralString, ...]] = ("person", "manager", "source", "target")


class PostgresReading:
    """What a report reads of an asset on a server: ``storage.sharing.port.Reading``."""

    def __init__(self, connection: Connection[Any]) -> None:
        """Read in the transaction that is open on a connection."""
        self._db = connection
        self._shared: Records | None = None

    def accounts(self) -> list[AccountId]:
        """The ids of all accounts."""
        found = self._db.execute(
            "SELECT id FROM brm.entity WHERE kind = 'account' AND gone_at IS NULL ORDER BY id"
        )
        return [AccountId(key) for (key,) in found]

    def account(self, account: AccountId) -> Records:
        """An account's records with the shared part beside them; only that if it is not whole."""
        states = {state.key: state for state in self._of_account(account)}
        return records_seen(states.values(), self._of_all())

    def contributed(self) -> Mapping[str, int]:
        """How many rows each site shares."""
        found = self._db.execute(
            "SELECT site, count(*) FROM brm.reach WHERE audience <> '' GROUP BY site"
        )
        return dict(found.fetchall())

    def bundles(self) -> Mapping[tuple[str, str], int]:
        """How many bundles of each site are in which state."""
        found = self._db.execute(
            "SELECT site, state, count(*) FROM brm.inbound GROUP BY site, state"
        )
        return {(site, state): count for site, state, count in found}

    def everything(self, about: About, site: str, now: int) -> Reply:
        """All rows as an answer to somebody who has nothing yet and may see all."""
        (upto,) = self._db.execute("SELECT brm.horizon()").fetchone() or (0,)
        head = ReplyHead(
            asset=about.asset,
            name=about.name,
            site=site,
            after=0,
            upto=upto,
            acknowledged=0,
            digest="",
            complete=True,
            lease_until=now + LEASE,
            made_at=now,
            rep="",
            role="",
            team="",
        )
        return Reply(head, (), (), self._every_row())

    def _every_row(self) -> Iterator[ReplyRow]:
        with self._db.cursor(name="brm_everything") as cursor:
            cursor.execute(
                "SELECT version, kind, id, says::text, clock::text, rest::text FROM brm.entity"
                " WHERE gone_at IS NULL ORDER BY id, kind"
            )
            while part := cursor.fetchmany(SLICE):
                for version, *row in part:
                    (state,) = read_states([tuple(row)])
                    yield ReplyRow(state.kind, state.row, version, state)

    def _of_all(self) -> Records:
        """Organisations, whoever works for one that is no customer, project types and products."""
        if self._shared is None:
            homes = records_seen(
                self._read("kind IN ('organisation', 'project_type', 'product')", []), Records()
            )
            outside = [
                one.id
                for one in homes.all(Organisation).values()
                if one.kind is not OrganisationKind.CUSTOMER
            ]
            people = self._naming("organisation", outside)
            self._shared = records_seen((one for one in people if one.kind == "person"), homes)
        return self._shared

    def _of_account(self, account: AccountId) -> Iterator[RowState]:
        own = list(self._read("id = %s", [account]))
        homes = [one.values["organisation"] for one in own if "organisation" in one.values]
        of_account = list(self._naming("account", [account]))
        of_home = list(self._naming("organisation", homes))
        yield from (*own, *of_account, *of_home)
        projects = [one.row for one in of_account if one.kind == "project"]
        yield from self._naming("project", projects)
        opportunities = [one.row for one in of_account if one.kind == "opportunity"]
        yield from self._naming("opportunity", opportunities)
        people = [one.row for one in of_home if one.kind == "person"]
        for field in _OF_PEOPLE:
            yield from self._naming(field, people)

    def _naming(self, field: LiteralString, ids: Iterable[str]) -> Iterator[RowState]:
        """The rows that name one of some ids in a field."""
        return self._read("(says ->> '" + field + "') = ANY(%s)", [list(ids)])

    def _read(self, condition: LiteralString, values: list[Any]) -> Iterator[RowState]:
        return read_states(self._db.execute(_STATES + condition, values).fetchall())
