"""Settings: who I am, language and theme, the numbers of the rules, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from brm_desktop import language
from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Organisation, OrganisationKind, Person, PersonId
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.spelling import in_name_order
from brm_desktop.domain.thresholds import Thresholds
from brm_desktop.gui.actions import ACTIONS, Keys, conflicts
from brm_desktop.gui.dialogs.rule_settings import RulesPage
from brm_desktop.gui.dialogs.threshold_settings import ThresholdsPage
from brm_desktop.gui.inspector.part import FieldGrid
from brm_desktop.gui.protection.settings import ProtectionSettings
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fields import Choose, ChooseName, TextField, words
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.words import named, person_name
from brm_desktop.language import tr
from brm_desktop.session.theme_choice import ThemeChoice

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow


class SettingsDialog(QDialog):
    """What is set takes hold at once."""

    def __init__(self, window: MainWindow, page: str = "") -> None:
        """Settings of the program and of the open store; ``page`` may be ``"protection"``."""
        super().__init__(window)
        self._window = window
        self.resize(560, 600)
        self.texts = Texts(self)
        self.texts.bind(self.setWindowTitle, phrase("Settings"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(14)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.texts.name(self.tabs, phrase("Settings"))
        self.texts.name(self.tabs.tabBar(), phrase("Settings"))
        self._tab(self._general(), phrase("General"))
        if window.desk.is_open:
            self._tab(self._rules(), phrase("Rules"))
            self._tab(self._thresholds(), phrase("Thresholds"))
        self._tab(self._keys(), phrase("Keys"))
        if window.desk.is_open:
            self.protection = ProtectionSettings(window, self.accept)
            self._tab(self.protection, phrase("Protection"))
            if page == "protection":
                self.tabs.setCurrentWidget(self.protection)
                self.protection.setFocus()
        layout.addWidget(self.tabs, 1)
        close = QPushButton()
        self.texts.bind(close.setText, phrase("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _tab(self, page: QWidget, title: Phrase) -> None:
        place = self.tabs.addTab(page, "")
        self.texts.bind(lambda text: self.tabs.setTabText(place, text), title)

    def _general(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(4, 16, 4, 4)
        grid = FieldGrid(self.texts)
        grid.setVerticalSpacing(12)
        self.language = Choose()
        codes = [(name, code) for code, name in language.LANGUAGES.items()]
        self.language.offer(codes, language.current())
        self.language.picked.connect(lambda code: self._window.use_language(str(code)))
        self.theme = Choose()
        self.theme.picked.connect(
            lambda value: self._window.use_theme(named(ThemeChoice, str(value)))
        )
        grid.field(phrase("Language"), self.language)
        grid.field(phrase("Theme"), self.theme)
        if self._window.desk.is_open:
            self._about_me(grid)
        layout.addLayout(grid)
        layout.addStretch(1)
        self.texts.again(self._said)
        self._said()
        return page

    def _about_me(self, grid: FieldGrid) -> None:
        self.me = ChooseName()
        self.me.picked.connect(self._am)
        self.new_me = QLineEdit()
        self.texts.bind(
            self.new_me.setPlaceholderText, phrase("A new name, if you are not in the list")
        )
        self.new_me.returnPressed.connect(self._made_me)
        self.company = TextField()
        self.company.edited.connect(self._company_named)
        self.currency = TextField()
        self.currency.setMaxLength(3)
        self.currency.edited.connect(lambda text: self._set(currency=text.upper()))
        grid.field(phrase("Who I am"), self.me)
        grid.field(phrase("New colleague"), self.new_me)
        grid.field(phrase("Our company"), self.company)
        grid.field(phrase("Currency"), self.currency)
        self._show_me()

    def _said(self) -> None:
        self.theme.offer(words(ThemeChoice), self._window.look.choice)

    def _show_me(self) -> None:
        session = self._window.desk.session
        staff: list[tuple[str, object]] = [("", None)]
        for ours in session.records.where(Organisation, kind=OrganisationKind.OWN):
            people = session.records.where(Person, organisation=ours.id)
            staff.extend(in_name_order((person_name(one), one.id) for one in people))
            self.company.show_text(ours.name)
        self.me.offer(staff, session.settings.user)
        self.currency.show_text(session.settings.currency)

    def _am(self, person: object) -> None:
        self._set(user=None if person is None else PersonId(str(person)))

    def _made_me(self) -> None:
        name = self.new_me.text().strip()
        desk = self._window.desk
        if not name:
            return
        change = desk.edit(phrase("Add {name}", name=name), edits.add_own_staff, name=name)
        for person in () if change is None else change.added(Person):
            self._set(user=person.id)
            self.new_me.clear()
            self._show_me()

    def _company_named(self, name: str) -> None:
        desk = self._window.desk
        for ours in desk.records.where(Organisation, kind=OrganisationKind.OWN)[:1]:
            if name:
                desk.edit(
                    phrase("Rename our company"), edits.revise_organisation, ours.id, name=name
                )

    def _rules(self) -> QWidget:
        session = self._window.desk.session

        def take(rules: Rules) -> Rules:
            self._set(rules=rules)
            return session.settings.rules

        self.rules = RulesPage(session.settings.rules, take, self._window.messages.warn)
        return self.rules

    def _thresholds(self) -> QWidget:
        session = self._window.desk.session

        def take(tables: Thresholds) -> Thresholds:
            self._set(thresholds=tables)
            return session.settings.thresholds

        now = session.settings
        self.thresholds = ThresholdsPage(now.thresholds, now.currency, take)
        return self.thresholds

    def _set(self, **fields: object) -> None:
        self._window.desk.change_settings(**fields)

    def _keys(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(4, 16, 4, 4)
        self._clash = label("warning", wrap=True)
        layout.addWidget(self._clash)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.texts.name(scroll, phrase("Keys"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setColumnStretch(0, 1)
        grid.setContentsMargins(0, 0, 8, 0)
        for place, spec in enumerate(one for one in ACTIONS.values() if not one.fixed):
            title = label("plain", wrap=True)
            self.texts.bind(title.setText, spec.text)
            first = self._window.commands.keys.of(spec.id)[:1]
            editor = QKeySequenceEdit(QKeySequence(first[0] if first else ""))
            editor.setMaximumSequenceLength(1)
            editor.setClearButtonEnabled(True)
            editor.setFixedWidth(180)
            self.texts.name(editor, spec.text)
            editor.keySequenceChanged.connect(
                lambda sequence, action=spec.id: self._rekeyed(action, sequence)
            )
            grid.addWidget(title, place, 0)
            grid.addWidget(editor, place, 1)
        scroll.setWidget(holder)
        layout.addWidget(scroll, 1)
        self._show_clash(self._window.commands.keys)
        return page

    def _rekeyed(self, action: str, sequence: QKeySequence) -> None:
        keys = Keys(dict(self._window.commands.keys.own))
        spelt = sequence.toString(QKeySequence.SequenceFormat.PortableText)
        keys.give(action, [spelt, *ACTIONS[action].keys[1:]] if spelt else [])
        self._show_clash(keys)
        if not conflicts(keys):
            self._window.use_keys(keys)

    def _show_clash(self, keys: Keys) -> None:
        found = conflicts(keys)
        self._clash.setVisible(bool(found))
        if found:
            clash = found[0]
            self._clash.setText(
                tr(
                    "{key} is taken by “{first}”; it was not given to “{second}”.",
                    key=clash.key,
                    first=ACTIONS[clash.first].text,
                    second=ACTIONS[clash.second].text,
                )
            )
