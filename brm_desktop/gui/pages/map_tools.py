"""What of a map is shown, and how: layer, colours, and the kinds of line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.pages.filter_menu import FilterMenu
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.widgets.tool_strip import Choice, DropButton, ToolStrip
from brm_desktop.gui.words import capital, named
from brm_desktop.language import tr, trn
from brm_desktop.rendering.figure import Lens, LineStyle
from brm_desktop.rendering.figures import Layer, MapView

if TYPE_CHECKING:
    from brm_desktop.gui.pages.canvas_pane import CanvasPane

_LAYERS: Final = (
    (Layer.MIXED.value, phrase("Both"), "lines"),
    (Layer.POWER.value, phrase("Power"), "reporting"),
    (Layer.INFLUENCE.value, phrase("Influence"), "influence"),
)
_KINDS: Final = (
    (phrase("Reporting lines"), frozenset({LineStyle.REPORTING, LineStyle.DOTTED_REPORTING})),
    (phrase("Influence"), frozenset({LineStyle.INFLUENCE})),
    (phrase("Conflicts"), frozenset({LineStyle.CONFLICT})),
    (phrase("Our ties"), frozenset({LineStyle.OWN_TIE, LineStyle.PARTNER_TIE})),
    (phrase("Competitors' ties"), frozenset({LineStyle.COMPETITOR_TIE})),
)
_FOLDS: Final = (
    (phrase("Collapse all departments"), True),
    (phrase("Expand all departments"), False),
)


class LensMenu(QObject):
    """The button that chooses what cards are coloured by."""

    def __init__(self, strip: ToolStrip, chosen: Callable[[Lens], object]) -> None:
        super().__init__(strip)
        self._chosen = chosen
        self.lens = Lens.CLOSENESS
        strip.caption(phrase("Colour"))
        self.button = strip.menu(phrase("Colour by"))
        self._group = QActionGroup(self)
        self._actions: dict[Lens, QAction] = {}
        for lens in Lens:
            action = self.button.menu().addAction("")
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, taken=lens: self._take(taken))
            self._group.addAction(action)
            self._actions[lens] = action
        strip.texts.again(self._said)
        self._said()

    def _take(self, lens: Lens) -> None:
        self.lens = lens
        self._said()
        self._chosen(lens)

    def _said(self) -> None:
        for lens, action in self._actions.items():
            action.setText(capital(tr(lens)))
            action.setChecked(lens is self.lens)
        self.button.show_text(capital(tr(self.lens)), brief=tr("Colour"))


class FocusMenu(QObject):
    """The choice how far from the selection cards still stand out; a menu's own part."""

    def __init__(
        self, strip: ToolStrip, pane: CanvasPane, within: DropButton | None = None
    ) -> None:
        super().__init__(strip)
        self._pane = pane
        self._steps: int | None = None
        self._within = within
        self.button = within or strip.menu(phrase("Focus on the selection"))
        if within is not None:
            within.menu().addSeparator()
        self._group = QActionGroup(self)
        self._actions: dict[int | None, QAction] = {}
        for steps in (None, 1, 2, 3):
            action = self.button.menu().addAction("")
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, taken=steps: self._take(taken))
            self._group.addAction(action)
            self._actions[steps] = action
        self.button.menu().addSeparator()
        self.filter = FilterMenu(self.button.menu(), pane, self._said)
        pane.port_shown.connect(self._apply)
        strip.texts.again(self._said)
        self._said()

    def _take(self, steps: int | None) -> None:
        self._steps = steps
        self._said()
        self._apply()

    def _apply(self) -> None:
        if self._pane.canvas is not None:
            self._pane.canvas.set_focus_radius(self._steps)

    def _said(self) -> None:
        for steps, action in self._actions.items():
            action.setText(_focus_words(steps))
            action.setChecked(steps == self._steps)
        self.button.setToolTip(plain_tip(self.filter.said))
        if self.filter.is_on:
            self.button.show_text(tr("Filtered"))
        elif self._within is not None:
            self.button.show_text(tr("Show"))
        else:
            self.button.show_text(tr("Focus") if self._steps is None else _focus_words(self._steps))


def _focus_words(steps: int | None) -> str:
    return tr("Focus off") if steps is None else trn("Focus {n} step", "Focus {n} steps", steps)


class MapTools(QObject):
    """The switches of the map's right strip; ``view`` is what they say together."""

    fold_asked = Signal(bool)
    """Every department is to be collapsed, or expanded."""

    def __init__(self, strip: ToolStrip, changed: Callable[[], object]) -> None:
        super().__init__(strip)
        self._changed = changed
        self.view = MapView()
        self.layers = Choice(strip, _LAYERS, fold=phrase("Layer"))
        self.layers.show_choice(Layer.MIXED.value)
        self.layers.chosen.connect(lambda name: self._see(layer=named(Layer, name)))
        strip.gap()
        self.lens = LensMenu(strip, lambda lens: self._see(lens=lens))
        self.lines = self._lines_menu(strip)

    def _lines_menu(self, strip: ToolStrip) -> DropButton:
        button = strip.menu(phrase("What the map shows"))
        strip.texts.bind(button.show_text, phrase("Show"))
        texts = Texts(button)
        for text, styles in _KINDS:
            action = self._switch(button, texts, text, on=True)
            action.toggled.connect(lambda on, kinds=styles: self._hide(kinds, hidden=not on))
        button.menu().addSeparator()
        self.groups = self._switch(button, texts, phrase("Groups by department"), on=True)
        self.groups.toggled.connect(lambda on: self._see(groups=on))
        self.former = self._switch(button, texts, phrase("Former people"), on=False)
        self.former.toggled.connect(lambda on: self._see(former=on))
        for text, folded in _FOLDS:
            action = button.menu().addAction("")
            texts.bind(action.setText, text)
            action.triggered.connect(lambda _=False, fold=folded: self.fold_asked.emit(fold))
        return button

    def _switch(self, button: DropButton, texts: Texts, text: Phrase, *, on: bool) -> QAction:
        action = button.menu().addAction("")
        action.setCheckable(True)
        action.setChecked(on)
        texts.bind(action.setText, text)
        return action

    def _hide(self, styles: frozenset[LineStyle], *, hidden: bool) -> None:
        now = self.view.hidden
        self._see(hidden=now | styles if hidden else now - styles)

    def _see(self, **wanted: object) -> None:
        self.view = replace(self.view, **wanted)  # type: ignore[arg-type]  # fields of the view
        self._changed()
