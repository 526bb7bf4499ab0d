"""What click says by itself, in the current language: headings, its own options, wrong usage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import click

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.language import tr

_HEADINGS: Final[Mapping[str, Phrase]] = {
    "Options": phrase("Options:"),
    "Commands": phrase("Commands:"),
}
_TOO_MUCH: Final = re.compile(r"Got unexpected extra arguments? \((?P<words>.*)\)", re.DOTALL)
"""Of this click knows no kind of its own."""


class SpokenFormatter(click.HelpFormatter):
    """A help page whose headings are said in the current language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        super().write_usage(prog, args, f"{tr('Usage:')} " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a part of the page."""
        known = _HEADINGS.get(heading)
        said = f"{heading}:" if known is None else tr(known)
        self.write(f"{'':>{self.current_indent}}{said}\n")


class SpokenContext(click.Context):
    """A run of a command that speaks the current language."""

    formatter_class = SpokenFormatter


def spoken_extra(help_text: str) -> str:
    """An option's help with what click adds to it in the current language."""
    return help_text.replace("[required]", f"[{tr('required')}]").replace(
        "[default: ", f"[{tr('default:')} "
    )


def show_wrong_usage(wrong: click.UsageError) -> None:
    """Say on the error stream how the command is called and what was wrong."""
    if isinstance(wrong, click.exceptions.NoArgsIsHelpError):
        wrong.show()
        return
    if wrong.ctx is not None:
        click.echo(wrong.ctx.get_usage(), err=True)
        command = f"{wrong.ctx.command_path} --help"
        click.echo(tr("“{command}” says more.", command=command), err=True)
    click.echo(f"\n{tr('Error: {message}', message=_sentence(wrong))}", err=True)


def _sentence(wrong: click.UsageError) -> str:
    if isinstance(wrong, click.NoSuchOption):
        return tr("There is no option {name}.", name=wrong.option_name)
    if isinstance(wrong, click.MissingParameter) and wrong.param is not None:
        return tr("{name} is missing.", name=_name(wrong.param, wrong.ctx))
    if isinstance(wrong, click.BadParameter) and wrong.param is not None:
        name = _name(wrong.param, wrong.ctx)
        if isinstance(wrong.param.type, click.Choice):
            return tr(
                "{name} must be one of {words}.", name=name, words=tuple(wrong.param.type.choices)
            )
        return tr("{name}: {message}", name=name, message=wrong.message)
    command = getattr(wrong, "command_name", None)
    if command is not None:
        return tr("There is no command {name}.", name=command)
    too_much = _TOO_MUCH.fullmatch(wrong.message)
    if too_much is not None:
        return tr("This is too much here: {words}", words=too_much["words"])
    return wrong.format_message()


def _name(param: click.Parameter, context: click.Context | None) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.make_metavar(context or SpokenContext(click.Command(None)))
