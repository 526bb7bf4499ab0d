"""A company's asset in PostgreSQL as the merger works with it: ``storage.sharing.port.Port``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.membership import Member
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.replies import Trouble
from brm_desktop.storage.folder.letterbox import Letterbox, done_with
from brm_desktop.storage.postgres.reaching import connect, told_of_server
from brm_desktop.storage.postgres.reading import PostgresReading
from brm_desktop.storage.postgres.rows import PostgresRows
from brm_desktop.storage.postgres.schema import VERSION, bring_up_to_date, create_schema
from brm_desktop.storage.sharing.port import About, Letter

if TYPE_CHECKING:
    from psycopg import Connection

_ABOUT: Final = ("asset", "name", "organisation", "organisation_name", "address")


class PostgresPort:
    """An asset on a server. Several mergers may work with it; they take turns bundle by bundle."""

    def __init__(self, address: str, sticks: Sequence[Path] = ()) -> None:
        """Log in as one who merges; raises ``StoreProblem``.

        Bundles that lie on ``sticks`` are taken as well, and answers left there: for reps whose
        devices never come near the server.
        """
        self._db = connect(address)
        self._sticks = [Letterbox(stick) for stick in sticks]
        self._inbox = TemporaryDirectory(prefix="brm-inbox-")
        try:
            with told_of_server():
                self._about = _about_of(self._db)
        except BaseException:
            self.close()
            raise

    @staticmethod
    def create(address: str, about: About) -> PostgresPort:
        """Make an empty asset in a database; the login must be the database's owner.

        One that an older version of the program made is brought up to date instead. Raises
        ``StoreProblem``, also when there is one of today's already.
        """
        connection = connect(address)
        with told_of_server(), connection, connection.transaction():
            there = connection.execute("SELECT to_regnamespace('brm') IS NOT NULL").fetchone()
            if there == (True,):
                _bring_up_to_date(connection)
            else:
                create_schema(connection)
                _keep(connection, about)
        return PostgresPort(address)

    @property
    def about(self) -> About:
        """What the asset is."""
        return self._about

    @property
    def is_remote(self) -> bool:
        """The database is a process of its own."""
        return True

    def merging(self) -> AbstractContextManager[None]:
        """Be one who merges; the others are waited for where it matters."""
        return nullcontext()

    @contextmanager
    def transaction(self) -> Iterator[PostgresRows]:
        """Read and change what is kept; raises ``StoreProblem``."""
        with told_of_server(), self._db.transaction():
            yield PostgresRows(self._db)

    @contextmanager
    def reading(self) -> Iterator[PostgresReading]:
        """Read the records as of one moment; raises ``StoreProblem``."""
        with told_of_server(), self._db.transaction():
            self._db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield PostgresReading(self._db)

    def waiting(self) -> list[Letter]:
        """The bundles in the inbox, fetched into files since they may be many, and on sticks.

        Those of a site come by name, registrations first.
        """
        letters = []
        with told_of_server():
            found = self._db.execute(
                "SELECT number, site, name, (extract(epoch FROM received_at) * 1000)::bigint"
                " FROM brm.inbox ORDER BY site, name NOT LIKE '%.brmr', name, number"
            ).fetchall()
            for number, site, name, received_at in found:
                body = self._db.execute(
                    "SELECT body FROM brm.inbox WHERE number = %s", [number]
                ).fetchone()
                if body is not None:  # another merger was faster
                    place = Path(self._inbox.name, f"{number}.brmb")
                    place.write_bytes(body[0])
                    letters.append(Letter(name, site, place, received_at))
        for stick in self._sticks:
            letters += stick.waiting(must_be=False)
        return letters

    def settle(self, letter: Letter, state: str) -> None:
        """Take a bundle out of the inbox, or off its stick."""
        assert isinstance(letter.source, Path)
        if letter.source.parent != Path(self._inbox.name):
            done_with(letter, refused=state == Trouble.REFUSED)
            return
        with told_of_server(), self._db.transaction():
            # If it comes back after a power cut, it is known by its digest.
            self._db.execute("SET LOCAL synchronous_commit = off")
            self._db.execute("DELETE FROM brm.inbox WHERE number = %s", [int(letter.source.stem)])
        letter.source.unlink(missing_ok=True)

    def deliver(self, member: Member, reply: Callable[[Path], None] | None) -> None:
        """Leave an answer on those sticks that the site sends through; others read themselves."""
        for stick in self._sticks:
            if stick.has(member.site):
                stick.deliver(member.site, reply)

    def write_anew(self) -> None:
        """Nothing: the server gives room free in its own time."""

    def close(self) -> None:
        """Log out."""
        self._db.close()
        self._inbox.cleanup()


def _bring_up_to_date(connection: Connection[Any]) -> None:
    if _version(_values(connection)) >= VERSION:
        raise StoreProblem(phrase("There is an asset in this database already."))
    bring_up_to_date(connection)


def _keep(connection: Connection[Any], about: About) -> None:
    values = {name: str(getattr(about, name)) for name in _ABOUT} | {"keys": about.public.hex()}
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO brm.asset VALUES (%s, %s)", list(values.items()))
        cursor.execute("INSERT INTO brm.secret VALUES ('private_keys', %s)", [about.private])


def _about_of(connection: Connection[Any]) -> About:
    """What the asset is, with its private keys: whoever may not read those does not merge."""
    values = read_about(connection)
    found = connection.execute("SELECT value FROM brm.secret WHERE key = 'private_keys'").fetchone()
    if found is None:
        raise StoreProblem(phrase("There is no asset in this database."))
    told = {name: values[name] for name in _ABOUT}
    return About(**told, public=PublicKeys.from_hex(values["keys"]), private=bytes(found[0]))


def read_about(connection: Connection[Any]) -> dict[str, str]:
    """What everybody may know of the asset; raises ``StoreProblem`` for one of another version."""
    values = _values(connection)
    if _version(values) > VERSION:
        raise StoreProblem(phrase("The asset is of a newer version of the program; update first."))
    if _version(values) < VERSION:
        raise StoreProblem(
            phrase(
                "The asset is of an older version of the program; whoever owns its database brings"
                " it up to date with “asset create”."
            )
        )
    return values


def _values(connection: Connection[Any]) -> dict[str, str]:
    return dict(connection.execute("SELECT key, value FROM brm.asset").fetchall())


def _version(values: dict[str, str]) -> int:
    return int(values.get("version", 0))
