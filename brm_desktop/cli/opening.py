"""Which store and which language a command works in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from brm_desktop import language
from brm_desktop.cli.passphrases import secret_of, tell_recovery_key
from brm_desktop.cli.speaking import option, tell
from brm_desktop.domain.errors import FileProblem, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.language import tr
from brm_desktop.session.last_store import last_store
from brm_desktop.session.protection import Passphrase, Protection, remove_store
from brm_desktop.session.session import Session

F = TypeVar("F", bound=Callable[..., Any])


def common(function: F) -> F:
    """The options every command has: ``--store`` and ``--lang``."""
    store = option(
        "--store",
        type=click.Path(path_type=Path, readable=False),
        metavar="FILE",
        about=phrase("The store to work on; without it the one the window last opened."),
    )
    return store(in_language(function))


def in_language(function: F) -> F:
    """The option ``--lang``."""
    lang = option(
        "--lang",
        type=click.Choice(list(language.LANGUAGES)),
        expose_value=False,
        is_eager=True,
        callback=_speak,
        about=phrase("The language of what is said."),
    )
    return lang(function)


def as_json(function: F) -> F:
    """The option ``--json``."""
    said = phrase("Print one JSON document on standard output, and nothing else there.")
    return option("--json", "as_json", is_flag=True, about=said)(function)


def the_account(function: F) -> F:
    """The option ``--account``."""
    said = phrase("The account: its id, its name, or the beginning of its name.")
    return option("--account", required=True, metavar="NAME", about=said)(function)


def explained(function: F) -> F:
    """The option ``--explain``."""
    said = phrase("Show the sum behind every number.")
    return option("--explain", is_flag=True, about=said)(function)


def chosen_store(store: Path | None) -> Path:
    """The store a command was given, here or before the command; else the one opened last.

    Raises
    ------
    StoreProblem
        When there is none.
    """
    context = click.get_current_context(silent=True)
    above = context.find_root().params.get("store") if context else None
    found = store or above or last_store()
    if found is None:
        raise StoreProblem(
            phrase("No store was opened yet: name one with --store FILE, or make one with demo.")
        )
    return Path(found)


@contextmanager
def opened(store: Path | None) -> Iterator[Session]:
    """The store of a command, open as long as it runs; only one that is there."""
    path = chosen_store(store)
    with Session.open(path, secret=secret_of(path)) as session:
        _warn_of_place(session)
        yield session


@contextmanager
def opened_or_made(path: Path, protection: Callable[[], Protection]) -> Iterator[Session]:
    """A store, made when it is not there; what was made is taken away again if the work fails.

    How a new one is protected is asked for only then; its recovery key is told in the end.
    """
    new = not path.exists()
    create = protection() if new else None
    called, secret = tr("Our company"), secret_of(path)
    with Session.open(path, create=create, secret=secret, own_name=called) as session:
        _warn_of_place(session)
        try:
            yield session
        except BaseException:
            if new:
                session.close()
                remove_store(path)
            raise
        if isinstance(create, Passphrase):
            tell_recovery_key(path, session.recovery_key)


def _warn_of_place(session: Session) -> None:
    if session.warning is not None:
        tell(tr(session.warning))


def keep_apart(out: Path, *kept: Path) -> None:
    """See that a file to be written is none of those that are to be kept.

    Raises
    ------
    FileProblem
        When it is the store or a file that is read.
    """
    if any(out.resolve() == one.resolve() for one in kept):
        raise FileProblem(phrase("{file} is read here: write to another file.", file=str(out)))


def _speak(_context: click.Context, _parameter: click.Parameter, code: str | None) -> None:
    if code:
        language.use(code)
