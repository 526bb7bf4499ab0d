"""Writing the sample portfolio, or a large generated one, into a store of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Final

from brm_desktop import language
from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import FileProblem, StoreProblem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Organisation, OrganisationKind, Person
from brm_desktop.session.clock import Clock
from brm_desktop.session.generated import ACCOUNTS, generated_portfolio
from brm_desktop.session.protection import PLAIN, Protection, move_store, remove_store
from brm_desktop.session.sample import sample_company, sample_portfolio
from brm_desktop.session.session import Session
from brm_desktop.storage.place.found import check_folder

_ACCOUNTS_AT_ONCE: Final = 50
_NAME: Final = phrase("Write the sample portfolio")


class DemoSize(StrEnum):
    """How much there shall be to look at."""

    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many accounts, and what recovers the store if it is encrypted.

    ``warning`` says what is wrong with the place, when it is a folder that a service copies away.
    """

    accounts: int
    recovery_key: str | None = field(repr=False)
    warning: Phrase | None = None


def write_demo(
    path: Path,
    size: DemoSize = DemoSize.SMALL,
    *,
    clock: Clock | None = None,
    protection: Protection = PLAIN,
    progress: Callable[[float], None] | None = None,
) -> Written:
    """Write a portfolio, in the language in use, into a store that is not there yet.

    The file appears whole or not at all. ``progress`` is told the share that is done; what it
    raises stops the writing.

    Raises
    ------
    FileProblem
        When there is a file of that name already.
    StoreProblem
        When the store cannot be written.
    """
    require_free(path)
    check_folder(path)
    beside = path.with_name(f".{path.name}.new")
    with _told_of(path, beside):
        remove_store(beside)
        try:
            with Session.open(
                beside, clock=clock, create=protection, own_name=sample_company(language.current())
            ) as session:
                if size is DemoSize.SMALL:
                    _write_sample(session)
                else:
                    _write_large(session, progress or _unwatched)
                written = Written(
                    len(session.portfolio()),
                    session.recovery_key if session.is_encrypted else None,
                    session.warning and _named(session.warning, path),
                )
            move_store(beside, path)
        finally:
            remove_store(beside)
    return written


def require_free(path: Path) -> None:
    """See that there is no file of that name yet; raises ``FileProblem``."""
    if path.exists():
        raise FileProblem(
            phrase("{file} is there already; the sample wants a file of its own.", file=path.name)
        )


@contextmanager
def _told_of(path: Path, beside: Path) -> Iterator[None]:
    """Say what goes wrong with the file beside as of the store that it is to be."""
    try:
        yield
    except StoreProblem as problem:
        said = problem.sentence
        if said.values.get("name") != beside.name:
            raise
        raise type(problem)(_named(said, path)) from problem


def _named(said: Phrase, path: Path) -> Phrase:
    """What is said of the file beside, said of the store that it becomes."""
    return phrase(said.text, **{**said.values, "name": path.name})


def _write_sample(session: Session) -> None:
    sample = sample_portfolio(session.records, session.act(), language.current())
    session.change_settings(user=sample.user)  # first, for history says who wrote it
    session.apply(_NAME, sample.change, undoable=False)


def _write_large(session: Session, progress: Callable[[float], None]) -> None:
    own = session.records.where(Organisation, kind=OrganisationKind.OWN)[0]
    changes = iter(generated_portfolio(session.act(), own.id, language.current()))
    company = next(changes)
    session.apply(_NAME, company, undoable=False)
    session.change_settings(user=company.added(Person)[0].id)
    done = 0
    while part := tuple(islice(changes, _ACCOUNTS_AT_ONCE)):
        session.apply(_NAME, _together(part), undoable=False)
        done += len(part)
        progress(done / ACCOUNTS)


def _together(changes: Iterable[Change]) -> Change:
    """Changes that only add, as one."""
    return Change.of((), (record for change in changes for record in change.after.values()))


def _unwatched(_share: float) -> None:
    """Progress that nobody wants to see."""
