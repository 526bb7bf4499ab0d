"""Days as options of the command line: written like 2026-11-30, or told off in one sentence."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Final

import click

from brm_desktop.language import tr

_WRITTEN: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


class Day(click.ParamType[date]):
    """A day, written as year, month and day."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day that was written; ends in wrong usage when it is none."""
        if isinstance(value, date):
            return value
        written = _WRITTEN.fullmatch(value)
        if written is not None:
            with suppress(ValueError):  # no month has so many days, or no year so many months
                return date(*map(int, written.groups()))
        raise click.BadParameter(
            tr("“{text}” is no date; write it as 2026-11-30.", text=value), ctx, param
        )


DAY = Day()
"""The type of every option that is a day."""
