"""The lines above a twin's tables in which somebody, or a link, is added by typing names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPushButton, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.canvas.port import Suggestion
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.language import tr

Suggest = Callable[[str], Iterable[Suggestion]]

_MOST: Final = 8


class TypeAhead(QLineEdit):
    """A line in which a name is typed, with who may be meant beneath it; Enter ends it."""

    ended = Signal()

    def __init__(self, suggest: Suggest, *, new: bool) -> None:
        super().__init__()
        self._suggest = suggest
        self._new = new
        self._offered: dict[str, Suggestion] = {}
        self._typed = ""
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)
        self.textEdited.connect(self._offer)
        # The list of names ends its own work with Enter after this line has heard of it.
        self.returnPressed.connect(lambda: QTimer.singleShot(0, self, self.ended.emit))

    def meant(self) -> tuple[str, Suggestion | None]:
        """The name typed, and whom of those known it means; nobody when somebody new is meant."""
        text = " ".join(self.text().split())
        if text == self._newcomer():
            return self._typed, None
        self._look_up(text)
        known = self._offered.get(text)
        if known is None:
            same = (one for one in self._offered.values() if _same(one.name, text))
            known = next(same, None)
        return (known.name if known else text), known

    def _offer(self, text: str) -> None:
        self._typed = " ".join(text.split())
        self._look_up(self._typed)
        shown = list(self._offered)
        if self._new and shown:
            shown.append(self._newcomer())
        self._model.setStringList(shown)

    def _look_up(self, text: str) -> None:
        """Keep what is offered while one of it stands in the line."""
        if text in self._offered:
            return
        found = list(self._suggest(text))[:_MOST] if text else []
        self._offered = {}
        for one in found:
            self._offered.setdefault(f"{one.name} · {one.hint}" if one.hint else one.name, one)

    def _newcomer(self) -> str:
        return tr("New person “{name}”", name=self._typed)


class AddPerson(QWidget):
    """A name, and Enter: somebody new, or on a chain somebody of the account."""

    asked = Signal(str, object)
    """The name, and the :class:`Suggestion` that is meant or ``None``."""

    def __init__(self, suggest: Suggest) -> None:
        super().__init__()
        texts = Texts(self)
        self.name = TypeAhead(suggest, new=True)
        self.name.setMinimumWidth(240)
        texts.bind(self.name.setPlaceholderText, phrase("Add a person: type a name, Enter"))
        texts.name(self.name, phrase("Add a person: type a name, Enter"))
        self.name.ended.connect(self._ended)
        _across(self).addWidget(self.name)

    def _ended(self) -> None:
        name, known = self.name.meant()
        if name:
            self.asked.emit(name, known)

    def clear(self) -> None:
        """Be ready for the next name."""
        self.name.clear()


class AddLink(QWidget):
    """From whom, what, to whom: a link between two people, the second perhaps new."""

    asked = Signal(object, object, str, object)
    """From whom, a :class:`Suggestion`; what kind; the name of to whom, and who that is."""
    unknown = Signal(str)
    """A name at the beginning that is nobody's."""

    def __init__(self, suggest: Suggest, kinds: Callable[[], Sequence[tuple[str, object]]]) -> None:
        super().__init__()
        self._kinds = kinds
        self._texts = Texts(self)
        self.source = TypeAhead(suggest, new=False)
        self.kind = Choose()
        self.kind.setMinimumWidth(160)
        self.target = TypeAhead(suggest, new=True)
        self.add = QPushButton()
        for line, text in ((self.source, phrase("From")), (self.target, phrase("To"))):
            self._texts.bind(line.setPlaceholderText, text)
            self._texts.name(line, text)
            line.setMinimumWidth(80)
            line.setMaximumWidth(160)
        self._texts.name(self.kind, phrase("Link"))
        self._texts.bind(self.add.setText, phrase("Add link"))
        self._texts.name(self.add, phrase("Add link"))
        across = _across(self)
        for widget in (self.source, self.kind, self.target, self.add):
            across.addWidget(widget)
        self.source.ended.connect(self.kind.setFocus)
        self.target.ended.connect(self._ended)
        self.add.clicked.connect(self._ended)
        changes_records(self.add)
        self._texts.again(self.offer)

    def offer(self) -> None:
        """Offer the kinds of link that the canvas has, the one chosen as before."""
        kinds = self._kinds()
        values = [value for _, value in kinds]
        chosen = self.kind.chosen if self.kind.chosen in values else next(iter(values), None)
        self.kind.offer(kinds, chosen)

    def clear(self) -> None:
        """Be ready for the next link."""
        self.source.clear()
        self.target.clear()
        self.source.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ended(self) -> None:
        first, source = self.source.meant()
        name, target = self.target.meant()
        if source is None:
            self.unknown.emit(first)
        elif name:
            self.asked.emit(source, self.kind.chosen, name, target)


def _across(widget: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    return layout


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
