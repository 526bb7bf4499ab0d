"""The look of Qt's own widgets, written from the theme's tokens."""

from __future__ import annotations

from string import Template
from typing import Final

from brm_desktop.bundled import bundled
from brm_desktop.rendering import theme as tokens
from brm_desktop.rendering.theme import Theme

_BASE: Final = """
QWidget { color: $ink; font-size: $text; }
QMainWindow, QDialog, QWidget#page, QStackedWidget#pages { background: $ground; }
QWidget#rail { background: $panel; border: none; border-right: 1px solid $hairline; }
QWidget#topbar { background: $panel; border: none; border-bottom: 1px solid $hairline; }
QWidget#supposed { background: $amber_soft; border: none; border-bottom: 2px solid $amber; }
QWidget#aftermath { background: $accent_soft; border: none; border-bottom: 1px solid $hairline; }
QWidget#tabstrip { background: transparent; border-bottom: 1px solid $hairline; }
QWidget#inspector { background: $panel; border: none; border-left: 1px solid $hairline; }
QFrame#pastline { background: $soft; border: none; border-bottom: 1px solid $hairline; }
QWidget#inspector QWidget#body { background: $panel; }
QFrame[frame="panel"] {
    background: $panel; border: 1px solid $hairline; border-radius: ${panel_radius}px;
}
QFrame[frame="row"] {
    background: $soft; border: 1px solid $hairline; border-radius: ${small_radius}px;
}
QFrame[frame="floating"] {
    background: $panel; border: 1px solid $edge; border-radius: ${panel_radius}px;
}
QFrame[frame="floating"][warning="true"] { border: 1px solid $crucial; }
QFrame[frame="line"] { background: $hairline; border: none; }
QLabel { background: transparent; }
QAbstractScrollArea { background: transparent; border: none; }
QLabel[role="title"] { font-size: $title; font-weight: 700; }
QLabel[role="name"] { font-size: $name; font-weight: 700; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="section"] { color: $quiet; }
QLabel[role="quiet"] { color: $quiet; }
QLabel[role="small"] { color: $quiet; font-size: $small; }
QLabel[role="warning"] { color: $crucial; font-size: $small; }
QLabel[role="stale"] { color: $weak_text; font-size: $small; }
QLabel:focus { text-decoration: underline; }
QLabel[role="link"] { color: $accent_text; }
QLabel[role="gain"] { color: $accent_text; font-weight: 700; }
QLabel[role="drop"] {
    background: $soft; border: 1px dashed $quiet; border-radius: ${small_radius}px;
    font-weight: 700;
}
QLabel[role="drop"][over="true"] { background: $accent_soft; border: 1px solid $accent; }
QLabel[role="key"] {
    background: $panel; color: $quiet; border: 1px solid $hairline; border-radius: 4px;
    padding: 1px 7px; font-size: $small;
}
QLabel[role="secret"] { font-size: $title; font-weight: 700; letter-spacing: 2px; }
QLabel[role="big"] { font-size: $big; font-weight: 700; }
QLabel[crucial="true"] { color: $crucial; }
QToolTip {
    background: $panel; color: $ink; border: 1px solid $hairline; padding: 4px 8px;
}
"""

_BUTTONS: Final = """
QDialogButtonBox { button-layout: 3; }
QPushButton {
    background: $panel; border: 1px solid $hairline; border-radius: ${small_radius}px;
    padding: 5px 13px; min-height: 20px;
}
QPushButton:hover { background: $soft; border-color: $edge; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 12px; }
QPushButton:disabled { color: $unscored; }
QPushButton QLabel:disabled { color: $quiet; }
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 700;
}
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="primary"]:disabled { background: $track; color: $quiet; border-color: $track; }
QPushButton[kind="danger"] { color: $crucial; border-color: $crucial; }
QPushButton[kind="danger"]:disabled { color: $unscored; border-color: $hairline; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $quiet; }
QPushButton[kind="quiet"]:hover { background: $soft; color: $ink; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="score"] {
    background: transparent; border: 1px solid transparent; padding: 0px 2px; margin-right: -3px;
    min-height: 20px; font-size: $name; font-weight: 700; text-align: right;
}
QPushButton[kind="score"]:hover { color: $accent_text; }
QPushButton[kind="figure"] {
    background: transparent; border: 1px solid transparent; color: $quiet; padding: 0px 2px;
    margin-left: -3px; min-height: 16px; font-size: $small; text-align: left; border-radius: 4px;
}
QPushButton[kind="figure"][stale="true"] { color: $weak_text; }
QPushButton[kind="figure"]:hover { color: $accent_text; text-decoration: underline; }
QPushButton[kind="points"], QPushButton[kind="gain"] {
    background: transparent; border: 1px solid transparent; padding: 0px 2px; color: $quiet;
    min-height: 16px; text-align: right; border-radius: 4px;
}
QPushButton[kind="gain"] { color: $accent_text; font-weight: 700; }
QPushButton[kind="points"]:hover, QPushButton[kind="gain"]:hover { text-decoration: underline; }
QPushButton[kind="points"]:focus, QPushButton[kind="gain"]:focus { border: 1px solid $accent; }
QPushButton[kind="live"] {
    background: transparent; border: 1px solid transparent; padding: 0px 2px; margin-left: -3px;
    min-height: 18px; font-weight: 700; text-align: left; border-radius: 4px;
}
QPushButton[kind="live"][moved="true"] { color: $accent_text; }
QPushButton[kind="live"]:hover { text-decoration: underline; }
QPushButton[kind="big"] {
    background: transparent; border: 1px solid transparent; padding: 0px; margin-left: -1px;
    min-height: 20px; font-size: $big; font-weight: 700; text-align: left;
}
QPushButton[kind="big"]:hover { color: $accent_text; }
QPushButton[kind="kpi"] {
    background: transparent; border: 1px solid transparent; padding: 0px; margin-left: -1px;
    min-height: 24px; font-size: $title; font-weight: 700; text-align: left; border-radius: 4px;
}
QPushButton[kind="kpi"]:hover { color: $accent_text; }
QPushButton[kind="score"]:focus, QPushButton[kind="figure"]:focus,
QPushButton[kind="live"]:focus, QPushButton[kind="big"]:focus, QPushButton[kind="kpi"]:focus {
    border: 1px solid $accent; margin: 0px; padding: 0px;
}
QPushButton[kind="guard"] {
    background: transparent; border: 1px solid transparent; border-radius: ${small_radius}px;
    color: $quiet; padding: 2px 6px; min-height: 20px; font-size: $small;
}
QPushButton[kind="guard"]:hover { background: $soft; color: $ink; }
QPushButton[kind="guard"]:focus { border: 1px solid $accent; }
QPushButton[kind="sign"] {
    background: transparent; border: 1px solid transparent; color: $quiet; padding: 0px;
    min-height: 0px;
}
QPushButton[kind="sign"]:disabled { color: $unscored; }
QPushButton[kind="sign"]:hover { background: $soft; color: $ink; }
QPushButton[kind="sign"]:focus { border: 1px solid $accent; }
QPushButton[kind="link"] {
    background: transparent; border: 1px solid transparent; color: $accent_text;
    padding: 1px 3px; text-align: left; min-height: 16px;
}
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; }
QPushButton[kind="link"]:disabled { color: $unscored; }
QPushButton[kind="link"][flush="true"] { padding: 1px 0px; margin-left: -1px; }
QPushButton[kind="link"][flush="true"]:focus { margin-left: 0px; }
QPushButton[kind="link"][late="true"] { color: $crucial; }
QPushButton[kind="search"] {
    background: $ground; border: 1px solid $hairline; border-radius: ${card_radius}px; padding: 0px;
}
QPushButton[kind="search"]:hover { border-color: $edge; }
QPushButton[kind="search"]:focus { border: 2px solid $accent; }
QPushButton[kind="pill"] {
    background: $hairline; border: 1px solid transparent; border-radius: ${small_radius}px;
    padding: 0px; min-height: 22px; font-weight: 700;
}
QPushButton[kind="pill"]:hover { background: $edge; }
QPushButton[kind="pill"]:focus { border: 2px solid $accent; }
QPushButton[kind="crumb"] {
    background: transparent; border: 1px solid transparent; padding: 1px 3px; color: $quiet;
    min-height: 16px; border-radius: 4px;
}
QPushButton[kind="crumb"][first="true"] { color: $ink; font-size: $name; font-weight: 700; }
QPushButton[kind="crumb"][flush="true"] { margin-left: -4px; }
QPushButton[kind="crumb"][flush="true"]:focus { margin-left: 0px; padding-left: 0px; }
QPushButton[kind="crumb"]:hover { color: $accent_text; }
QPushButton[kind="crumb"]:focus { border: 1px solid $accent; }
QPushButton[kind="way"] {
    background: $panel; border: 1px solid $hairline; border-radius: ${panel_radius}px; padding: 0px;
}
QPushButton[kind="way"]:hover { border-color: $accent; background: $panel; }
QPushButton[kind="way"]:focus { border: 2px solid $accent; }
QPushButton[kind="row"] {
    background: $soft; border: 1px solid $hairline; border-radius: ${small_radius}px; padding: 0px;
    min-height: 26px;
}
QPushButton[kind="row"]:hover { background: $accent_soft; border-color: $edge; }
QPushButton[kind="row"]:focus { border: 2px solid $accent; }
QPushButton[kind="flag"] {
    background: transparent; border: 1px solid $hairline; border-radius: 11px; color: $crucial;
    padding: 1px 10px; min-height: 18px; font-size: $small; text-align: left;
}
QPushButton[kind="flag"]:hover { background: $soft; border-color: $crucial; }
QPushButton[kind="flag"]:focus { border: 2px solid $accent; padding: 0px 9px; }
QPushButton[kind="painted"], QPushButton[kind="painted"]:focus {
    background: transparent; border: none; padding: 0px; min-height: 0px;
}
QPushButton[kind="plain"] {
    background: transparent; border: 1px solid transparent; padding: 0px; min-height: 16px;
    border-radius: 4px; text-align: left;
}
QPushButton[kind="plain"]:hover { background: $soft; }
QPushButton[kind="plain"]:focus { border: 1px solid $accent; }
QPushButton::menu-indicator { image: none; width: 0px; }
QToolButton {
    background: transparent; border: 1px solid transparent; border-radius: ${small_radius}px;
    padding: 4px; color: $ink;
}
QToolButton:hover { background: $soft; }
QToolButton:checked { background: $accent_soft; color: $accent_text; font-weight: 700; }
QToolButton:focus { border: 2px solid $accent; padding: 3px; }
QToolButton:disabled { color: $unscored; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="fold"] {
    padding: 2px 4px; margin-left: -6px; color: $quiet; border: 1px solid transparent;
}
QToolButton[kind="fold"]:checked { background: transparent; color: $quiet; font-weight: 400; }
QToolButton[kind="fold"]:hover { background: $soft; }
QToolButton[kind="fold"]:focus { border: 1px solid $accent; padding: 2px 4px; }
QToolButton[kind="past"] { padding: 3px; }
QToolButton[kind="past"]:focus { border: 1px solid $accent; padding: 3px; }
QToolButton[kind="chip"] {
    border: 1px solid $hairline; border-radius: 11px; padding: 2px 8px; background: $panel;
}
QToolButton[kind="chip"]:checked {
    background: $accent_soft; border-color: $accent; color: $accent_text; font-weight: 400;
}
QToolButton[kind="chip"]:disabled { color: $unscored; background: $soft; }
QToolButton[kind="chip"]:checked:disabled { color: $quiet; border-color: $quiet; }
QToolButton[kind="chip"]:focus { border: 2px solid $accent; padding: 1px 7px; }
QToolButton[kind="framed"] { border: 1px solid $hairline; background: $panel; padding: 4px 8px; }
QToolButton[kind="framed"]:disabled { background: $soft; }
QToolButton[kind="framed"]:focus { border: 2px solid $accent; padding: 3px 7px; }
QCheckBox, QRadioButton { spacing: 8px; background: transparent; padding: 2px; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $edge; border-radius: 4px; background: $panel;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($check); }
QCheckBox:disabled { color: $quiet; }
QCheckBox::indicator:checked:disabled { background: $unscored; border-color: $unscored; }
QRadioButton::indicator:checked { background: $panel; border: 4px solid $accent;
    width: 8px; height: 8px; }
QCheckBox::indicator:indeterminate { background: $track; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; border-radius: 4px; padding: 1px; }
"""

_FIELDS: Final = """
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox,
QKeySequenceEdit QLineEdit {
    background: $panel; border: 1px solid $hairline; border-radius: ${small_radius}px;
    padding: 4px 8px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox { min-height: 20px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
    border: none; padding: 0px 0px 0px 6px; background: transparent; min-height: 0px;
}
QSpinBox { padding-right: 2px; }
QLineEdit:hover, QPlainTextEdit:hover, QSpinBox:hover, QDateEdit:hover, QComboBox:hover {
    border-color: $edge;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QDateEdit:focus, QComboBox:focus { border: 2px solid $accent; padding: 3px 7px; }
QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled { color: $quiet; background: $soft; }
QLineEdit[past="true"], QPlainTextEdit[past="true"] {
    color: $quiet; background: $soft; border-color: $hairline;
}
QLineEdit[wrong="true"] { border: 2px solid $crucial; padding: 3px 7px; }
QLineEdit[kind="number"] {
    background: transparent; border-color: transparent; padding: 0px 1px; font-size: $name;
}
QLineEdit[kind="number"]:hover { border-color: $hairline; }
QLineEdit[kind="number"]:focus { border: 2px solid $accent; padding: 0px 1px; }
QLineEdit[kind="heading"] {
    background: transparent; border-color: transparent; font-size: $title; font-weight: 700;
    padding: 0px 4px; margin-left: -7px;
}
QLineEdit[kind="heading"]:hover { border-color: $hairline; }
QLineEdit[kind="heading"]:focus { border: 2px solid $accent; padding: 0px 3px; background: $panel; }
QLineEdit[kind][past="true"] { background: transparent; border-color: transparent; }
QLineEdit[crucial="true"] { color: $crucial; }
QLineEdit[kind="search"] { background: $ground; border-radius: ${card_radius}px; }
QComboBox { combobox-popup: 0; }
QComboBox[asks="true"] { color: $quiet; }
QComboBox[asks="true"] QAbstractItemView { color: $ink; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 22px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url($down); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $panel; border: 1px solid $edge; outline: none;
    selection-background-color: $accent_soft; selection-color: $ink;
}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button,
QDateEdit::up-button, QDateEdit::down-button { border: none; width: 16px; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url($up); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url($down); width: 10px; height: 10px; }
"""

_VIEWS: Final = """
QScrollArea > QWidget > QWidget { background: transparent; }
QTableView, QTreeView, QListView {
    background: $panel; alternate-background-color: $panel; border: none; outline: none;
    gridline-color: $hairline; selection-background-color: $accent_soft; selection-color: $ink;
}
QTableView[past="true"] { color: $quiet; background: $soft; }
QTableView::item { padding: 0px 8px; border-bottom: 1px solid $hairline; }
QTableView::item:hover { background: $soft; }
QTableView::item:selected { background: $accent_soft; }
QTreeView::item { padding: 5px 4px; border-bottom: 1px solid $hairline; }
QTreeView::item:hover { background: $soft; }
QTreeView::item:selected { background: $accent_soft; color: $ink; }
QListView::item { padding: 6px 8px; border-radius: ${small_radius}px; }
QListView::item:hover { background: $soft; }
QListView::item:selected { background: $accent_soft; color: $ink; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section {
    background: $panel; color: $quiet; border: none; border-bottom: 1px solid $hairline;
    padding: 6px 11px; font-weight: 400;
}
QHeaderView::up-arrow, QHeaderView::down-arrow {
    subcontrol-origin: margin; subcontrol-position: top center; top: 1px; width: 14px; height: 9px;
}
QStackedWidget[past="true"] { border: 2px solid $unscored; border-radius: ${panel_radius}px; }
QTableCornerButton::section { background: $panel; border: none; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; border: none; border-bottom: 3px solid transparent;
    padding: 10px 4px 7px 4px; margin: 0 13px; color: $ink;
}
QTabBar::tab:hover { color: $accent_text; }
QTabBar::tab:selected { color: $accent_text; border-bottom: 3px solid $accent; font-weight: 700; }
QTabBar::tab:focus { background: $accent_soft; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QMenu { background: $panel; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $unscored; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $edge; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $wire; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: transparent; border: none; width: 0px; height: 0px;
}
QProgressBar {
    background: $track; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: transparent; }
QGroupBox { border: none; margin-top: 20px; }
QGroupBox::title { subcontrol-origin: margin; left: 0px; color: $quiet; }
"""

_SHEET: Final = Template(_BASE + _BUTTONS + _FIELDS + _VIEWS)


def style_sheet(theme: Theme, points_per_pixel: float) -> str:
    """The style sheet of a theme; sizes of type are given in points of this screen."""

    def size(pixels: float) -> str:
        return f"{pixels * points_per_pixel:.3f}pt"

    def picture(name: str) -> str:
        return bundled("icons", f"{name}-{theme.name}.svg").as_posix()

    return _SHEET.substitute(
        ground=theme.ground,
        panel=theme.panel,
        ink=theme.ink,
        quiet=readable(theme.quiet, theme.ground, theme.ink),
        hairline=theme.hairline,
        edge=theme.card_edge,
        wire=theme.wire,
        track=theme.track,
        accent=theme.accent,
        accent_text=theme.accent,
        accent_soft=theme.tinted(theme.accent, 0.12),
        accent_hover=tokens.mix(theme.accent, theme.ink, 0.15),
        on_accent=theme.on(theme.accent),
        amber=theme.medium,
        amber_soft=theme.tinted(theme.medium, 0.16),
        soft=theme.lane_other if not theme.dark else tokens.mix(theme.panel, theme.ink, 0.04),
        pressed=tokens.mix(theme.panel, theme.ink, 0.08),
        crucial=theme.crucial,
        weak_text=readable(theme.weak, theme.panel, theme.ink),
        unscored=theme.unscored,
        panel_radius=round(tokens.RADIUS_PANEL),
        card_radius=round(tokens.RADIUS_CARD),
        small_radius=round(tokens.RADIUS_SMALL),
        small=size(tokens.SIZE_SMALL),
        text=size(tokens.SIZE_TEXT),
        name=size(tokens.SIZE_NAME),
        title=size(tokens.SIZE_TITLE),
        big=size(tokens.SIZE_BIG),
        down=picture("down"),
        up=picture("up"),
        check=picture("check"),
    )


def readable(colour: str, ground: str, ink: str, wanted: float = 4.5) -> str:
    """The colour, drawn toward the ink just far enough to be read as text on the ground."""
    for step in range(20):
        candidate = tokens.mix(colour, ink, step / 20)
        if tokens.contrast(candidate, ground) >= wanted:
            return candidate
    return ink
