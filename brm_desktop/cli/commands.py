"""The command line: every command of the program, and how its end becomes an exit code.

Exit codes: 0 done, 1 a problem said in one sentence, 2 wrong usage, 3 finished with refused rows,
130 cancelled.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from brm_desktop import language
from brm_desktop.cli.asset import asset
from brm_desktop.cli.asset_reporting import report
from brm_desktop.cli.backing import backup, restore_
from brm_desktop.cli.calculating import calc
from brm_desktop.cli.exporting import export
from brm_desktop.cli.exporting_papers import brief, handover, review
from brm_desktop.cli.importing import import_
from brm_desktop.cli.opening import common
from brm_desktop.cli.portfolio import accounts, projects
from brm_desktop.cli.protecting import encrypt, passphrase, recovery_key
from brm_desktop.cli.reading import account, chain, path
from brm_desktop.cli.relating import resources
from brm_desktop.cli.speaking import SpokenGroup, SpokenOption, settle_streams, tell
from brm_desktop.cli.stores import check, demo, info
from brm_desktop.cli.sync_group import sync
from brm_desktop.cli.usage import show_wrong_usage
from brm_desktop.cli.valuing import value
from brm_desktop.domain.errors import Problem, StoreDamaged
from brm_desktop.domain.phrase import phrase
from brm_desktop.language import tr

PROBLEM = 1
WRONG_USAGE = 2
CANCELLED = 130

PROGRAM = "brm-desktop"


@click.group(
    cls=SpokenGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=phrase(
        "Who decides in a large customer, who sways them, and how close we are. Without a command"
        " the window opens; every command works without a display."
    ).text,
)
@common
@click.version_option(
    package_name=PROGRAM,
    prog_name=PROGRAM,
    cls=SpokenOption,
    help=phrase("Show the version.").text,
)
@click.pass_context
def cli(context: click.Context, store: Path | None) -> None:  # noqa: ARG001 -- read by commands
    """Say what there is, when no command is named."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


_COMMANDS = (
    *(demo, info, import_, export),
    *(account, accounts, projects, chain, path, resources),
    *(calc, check, backup, restore_, value),
    *(encrypt, passphrase, recovery_key),
    *(asset, sync),
)
for command in _COMMANDS:
    cli.add_command(command)
asset.add_command(report)
for paper in (brief, review, handover):
    export.add_command(paper)


def run(arguments: Sequence[str]) -> int:
    """Run a command and give its exit code."""
    settle_streams()
    _speak_early(arguments)
    try:
        code = cli.main(list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except Problem as problem:
        tell(tr(problem.sentence))
        if isinstance(problem, StoreDamaged):
            _tell_ways_on()
        return PROBLEM
    except click.UsageError as wrong:
        show_wrong_usage(wrong)
        return WRONG_USAGE
    except click.ClickException as other:
        other.show()
        return PROBLEM
    except (click.Abort, KeyboardInterrupt):
        tell(tr("Cancelled; nothing was changed."))
        return CANCELLED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEM
    return code if isinstance(code, int) else 0


def _tell_ways_on() -> None:
    """Name the commands that lead out of damage."""
    tell(
        tr(
            "“{listing}” shows the backups; “{salvaging}” saves what can be read into a new store.",
            listing=f"{PROGRAM} restore --list",
            salvaging=f"{PROGRAM} restore --salvage-into NEW",
        )
    )


def _speak_early(arguments: Sequence[str]) -> None:
    """Settle the language before click says anything, help and wrong usage too."""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        name, _, value = argument.partition("=")
        if name == "--lang" and (value or following) in language.LANGUAGES:
            language.use(value or following)
