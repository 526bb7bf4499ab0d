"""The commands that begin with ``sync``: of a rep (``syncing``) and of the merger (``asset``)."""

from __future__ import annotations

import click

from brm_desktop.cli.asset import sync_merge
from brm_desktop.cli.speaking import SpokenGroup
from brm_desktop.cli.syncing import COMMANDS
from brm_desktop.domain.phrase import phrase


@click.group(
    "sync",
    cls=SpokenGroup,
    help=phrase("Share what you choose with the company, and take in what colleagues share.").text,
)
def sync() -> None:
    """Hold the commands of sync."""


for command in (*COMMANDS, sync_merge):
    sync.add_command(command)
