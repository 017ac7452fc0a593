"""The list of backups, what going back to the chosen one means, and the button that does it."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from pos.formats import format_date_long, format_time
from pos.i18n import _
from pos.ui.backups.presenter import RestorePresenter
from pos.ui.listen import listen
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import Row, RowList
from pos.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from pos.services.restore import Choice
    from pos.ui.bridge import Runner

_ROW: Final = 58
_LEAST: Final = 3
_MOST: Final = 6


class RestorePanel(QWidget):
    """wanted: the RestoreOrder that a person asks for; who shows the panel asks for the PIN."""

    wanted = Signal(object)

    def __init__(self, folder: Path, run_aside: "Runner") -> None:
        super().__init__()
        self.presenter = RestorePresenter(folder, run_aside)
        listen(self, self.presenter, self._show)
        self.list = RowList(_("Backups"), height=_ROW)
        self.list.chosen.connect(self.presenter.choose)
        self.list.clicked.connect(lambda _index: self.presenter.choose(self.list.current_id))
        self._elsewhere = Button(_("Look in another folder"), "outline", icon="folder-open")
        self._elsewhere.clicked.connect(self._ask_folder)
        self._told = Label("", "body", wrap=True)
        self._told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.take = Switch(_("Take the newer entries over"), on=True)
        self.take.clicked.connect(self.presenter.take_newer)
        self.go = Button(_("Restore this backup"), "danger", icon="arrow-counter-clockwise")
        self.go.clicked.connect(self._go)
        self.list.opened.connect(lambda _id: self.go.setFocus())
        said = _("The present book is put aside, never deleted.")
        self.setLayout(
            column(
                self.list,
                row(self._elsewhere, None),
                self._told,
                self.take,
                row(self.go, 8, Label(said, "small", "muted", wrap=True)),
                gap=10,
            )
        )
        self._show()

    def refresh(self) -> None:
        """Read the list anew."""
        self.presenter.refresh()

    def focus_first(self) -> None:
        """Where the first key goes."""
        self.list.setFocus()

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Look in another folder"))
        if chosen:
            self.presenter.look_in(Path(chosen))

    def _go(self) -> None:
        order = self.presenter.state.order
        if order is not None:
            self.wanted.emit(order)

    def _show(self) -> None:
        state = self.presenter.state
        rows = [_row(number, choice) for number, choice in enumerate(state.choices, 1)]
        self.list.set_rows(rows, state.chosen)
        self.list.setMinimumHeight(_ROW * max(_LEAST, min(_MOST, len(rows))) + 2)
        words = state.error or "\n".join(state.sentences)
        if not words and not state.looking:
            words = _("Choose a backup.") if state.choices else _("There is no backup here.")
        self._told.set_tone("bad" if state.error else "muted" if state.looking else "")
        self._told.setText(_("Looking…") if state.looking else words)
        self.take.setVisible(state.can_take)
        self.take.setChecked(state.take_newer)
        self.go.setEnabled(state.order is not None and not state.looking)


def _row(number: int, choice: "Choice") -> Row:
    at, facts = choice.stamp.at, choice.facts
    made = f"{format_date_long(at.date())} {format_time(at)}"
    second = _("second place") if choice.place == "second" else ""
    if facts is None:
        return Row(number, made, _("can't be read"), badge=second, icon="warning", faded=True)
    detail = _("last receipt {receipt} · {count} entries").format(
        receipt=facts.receipt or _("none yet"), count=facts.entries
    )
    return Row(number, made, detail, badge=second, badge_tone="quiet", icon="archive")
