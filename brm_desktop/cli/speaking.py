"""Click in the user's language, and what is said where: results on one stream, the rest on another.

The options and commands of click hold their help as text; here it is the English of a phrase, said
through ``tr`` when it is shown.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import click

from brm_desktop.cli.usage import SpokenContext, spoken_extra
from brm_desktop.domain.phrase import Phrase
from brm_desktop.language import tr

F = TypeVar("F", bound=Callable[..., Any])

_PICTURES: Final = 0x2400
"""Where the signs for the control characters of a terminal begin: ␛ stands for escape."""
_TURNING: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""What turns the reading order round, so that a name looks like another one."""
_SIGNS: Final = (
    {code: chr(_PICTURES + code) for code in range(0x20)}
    | {0x7F: "␡", 0x2028: "␊", 0x2029: "␊"}
    | dict.fromkeys((*range(0x80, 0xA0), *_TURNING), "\N{REPLACEMENT CHARACTER}")
)


class SpokenOption(click.Option):
    """An option whose help is said in the current language."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help as the help page lists them."""
        written = self.help
        self.help = tr(written) if written else None
        try:
            record = super().get_help_record(ctx)
        finally:
            self.help = written
        return None if record is None else (record[0], spoken_extra(record[1]))


class SpokenCommand(click.Command):
    """A command whose help is said in the current language."""

    context_class = SpokenContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = tr("Show this page.")
        return option

    def format_help_text(
        self,
        ctx: click.Context,  # noqa: ARG002 -- click calls it so
        formatter: click.HelpFormatter,
    ) -> None:
        """Write what the command does."""
        said = tr(self.help) if self.help else ""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(said)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 -- never cut short
        """What the command does, for the list of commands."""
        return tr(self.help) if self.help else ""


class SpokenGroup(SpokenCommand, click.Group):
    """A group of commands whose help is said in the current language."""

    command_class = SpokenCommand
    group_class = type


def option(*names: str, about: Phrase, **settings: Any) -> Callable[[F], F]:
    """An option with its help."""
    return click.option(*names, cls=SpokenOption, help=about.text, **settings)


def harmless(text: str) -> str:
    """A text as one line that does nothing to a terminal, whatever a name in it holds.

    What would move the cursor, colour, retitle or turn the reading order round is shown as a sign.
    """
    return text if text.isprintable() else text.translate(_SIGNS)


def say(text: str = "") -> None:
    """Print a line of the result."""
    click.echo(harmless(text))


def say_json(document: Mapping[str, object]) -> None:
    """Print the result as one JSON document, and nothing else."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def at_least(said: str, lower_bound: bool) -> str:
    """A number as it is said, with ``≥`` when it is a lower bound."""
    return f"≥ {said}" if lower_bound else said


def tell(text: str) -> None:
    """Say something beside the result: progress, messages, refused rows."""
    click.echo(harmless(text), err=True)


def say_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns, each as wide as its widest cell; Chinese takes two places a sign."""
    rows = [[harmless(cell) for cell in row] for row in rows]
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True))
        say("  ".join(cells).rstrip())


def settle_streams() -> None:
    """Make the streams take any name: results that go to a file or a pipe are UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if not stream.isatty():
                reconfigure(encoding="utf-8")
            reconfigure(errors="backslashreplace")


def _width(text: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
