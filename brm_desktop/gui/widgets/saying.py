"""How a field says what is wrong with its text: through the form or window that it stands in."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from brm_desktop.domain.phrase import Phrase


@runtime_checkable
class SaysOfFields(Protocol):
    """A form or a window with a place for sentences about its fields."""

    def say_of_field(self, sentence: Phrase) -> None:
        """Say what is wrong with a field."""
        ...


def say_of_field(field: QWidget, sentence: Phrase) -> None:
    """Have what a field stands in say what is wrong with it; the nearest that can does."""
    around = field.parentWidget()
    while around is not None and not isinstance(around, SaysOfFields):
        around = around.parentWidget()
    if around is not None:
        around.say_of_field(sentence)
