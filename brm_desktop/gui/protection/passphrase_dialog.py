"""Small dialogs about a passphrase: a new one, another one, and one that has to be typed again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.protection.fitted import FittedDialog
from brm_desktop.gui.protection.new_secret import NewSecret
from brm_desktop.gui.protection.secret_field import SecretField
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.language import tr

Failed = Callable[[BaseException], None]
Take = Callable[[str, str, Callable[[], object], Failed], None]
"""Does what is asked with the present secret and the new passphrase, and says how it went."""

_WIDE = 480


class PassphraseDialog(FittedDialog):
    """Asks for the present passphrase, for a new one, or for both; stays until it is taken."""

    def __init__(
        self,
        window: QWidget,
        look: Look,
        title: Phrase,
        sentence: Phrase,
        do: Phrase,
        take: Take,
        *,
        asks_present: bool = True,
        asks_new: bool = True,
    ) -> None:
        super().__init__(window, _WIDE)
        self._take = take
        self._do = do
        self._present_wanted, self._new_wanted = asks_present, asks_new
        self.texts = Texts(self)
        self.texts.bind(self.setWindowTitle, title)
        self.present = SecretField(look, phrase("Current passphrase or recovery key"))
        self.secret = NewSecret(look)
        self.problem = label("warning", wrap=True)
        self.problem.hide()
        self.cancel = QPushButton()
        self.done_button = QPushButton()
        self._arrange(title, sentence)
        self.present.submitted.connect(self._present_typed)
        self.present.changed.connect(lambda: self._tell(None))
        self.secret.submitted.connect(self.take)
        self.cancel.clicked.connect(self.reject)
        self.done_button.clicked.connect(self.take)
        (self.present if asks_present else self.secret).setFocus()

    def take(self) -> None:
        """Do it with what was typed, or say what is missing."""
        if self.busy:
            return
        self._tell(None)
        if self._present_wanted and not self.present.text:
            self._tell(phrase("Type the current passphrase or the recovery key."))
            self.present.setFocus()
        elif self._new_wanted and self.secret.wrong is not None:
            self.secret.refuse()
        else:
            self._wait(True)
            self._take(self.present.text, self.secret.text, self.accept, self._failed)

    def done(self, result: int) -> None:
        """Let go of what was typed."""
        super().done(result)
        self.present.clear()
        self.secret.clear()

    def _present_typed(self) -> None:
        if self._new_wanted:
            self.secret.setFocus()
        else:
            self.take()

    def _failed(self, error: BaseException) -> None:
        self._wait(False)
        if not isinstance(error, Problem):
            raise error
        self._tell(error.sentence)
        field = self.present if self._present_wanted else self.secret.first
        field.line.setFocus()
        field.line.selectAll()

    def _wait(self, waiting: bool) -> None:
        self.busy = waiting
        for part in (self.present, self.secret, self.cancel):
            part.setEnabled(not waiting)
        self.done_button.setText(tr("One moment…") if waiting else tr(self._do))

    def _tell(self, sentence: Phrase | None) -> None:
        self.problem.setText("" if sentence is None else tr(sentence))
        self.problem.setVisible(sentence is not None)

    def _arrange(self, title: Phrase, sentence: Phrase) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        heading = label("title")
        self.texts.bind(heading.setText, title)
        words = label("quiet", wrap=True)
        self.texts.bind(words.setText, sentence)
        layout.addWidget(heading)
        layout.addWidget(words)
        layout.addSpacing(8)
        name = label("quiet")
        self.texts.bind(name.setText, phrase("Current passphrase or recovery key"))
        name.setBuddy(self.present)
        for part in (name, self.present):
            part.setVisible(self._present_wanted)
            layout.addWidget(part)
        if self._present_wanted and self._new_wanted:
            layout.addSpacing(8)
        self.secret.setVisible(self._new_wanted)
        layout.addWidget(self.secret)
        layout.addWidget(self.problem)
        layout.addSpacing(8)
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self.texts.bind(self.cancel.setText, phrase("Cancel"))
        self.texts.bind(self.done_button.setText, self._do)
        self.done_button.setProperty("kind", "primary")
        self.done_button.setDefault(True)
        foot = row(gap=8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.done_button)
        return foot
