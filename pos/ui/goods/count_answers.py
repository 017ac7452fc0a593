"""What became of pieces that were not found, or are too many."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.money import thousands
from pos.ui import actions
from pos.ui.goods.count import CountWork
from pos.ui.goods.item_panels import typed_count
from pos.ui.goods.side import head
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from pos.services.stocktake import Answer


class AnswerPanel(QWidget):
    """`done` after an answer when nothing is left to explain here; `finished` closes the count."""

    done = Signal()
    finished = Signal()

    def __init__(self, work: CountWork) -> None:
        super().__init__()
        self._work = work
        self._shown = (0, 0, 0)
        self._code = ElidedLabel("", "title")
        self._name = Label("", "item", wrap=True)
        self._state = Label("", "body", "muted", wrap=True)
        self.qty = TextInput()
        self.qty.setMaxLength(5)
        self._qty = Field(_("Of how many pieces"), self.qty)
        self.buttons: dict[Answer, Button] = {
            "found": Button(_("Found after all"), "outline", icon="check"),
            "sold": Button(_("Sold, not recorded"), "outline", icon="receipt"),
            "lost": Button(_("Lost"), "outline", icon="magnifying-glass"),
            "damaged": Button(_("Damaged"), "outline", icon="warning"),
            "added": Button(_("Take into the book"), "outline", icon="plus"),
        }
        for outcome, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, outcome=outcome: self._answer(outcome))
        self.unsay = Button(_("Take back what was said"), "ghost", icon="arrow-u-up-left")
        self.unsay.clicked.connect(work.take_back)
        self.counted = TextInput()
        self.counted.setMaxLength(5)
        self._counted = Field(_("Or type how many were counted"), self.counted)
        self.counted.returnPressed.connect(self._set_counted)
        self.said = Label("", "body", "bad", wrap=True)
        self.finish = Button(
            _("Close the count"),
            "primary",
            icon="check",
            key=actions.key_text("goods-save"),
            big=True,
        )
        self.finish.clicked.connect(self.finished)
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = self.buttons
        self._none = Label(
            _(
                "Choose a line to say what became of its pieces. What nobody explains stays in"
                " the book."
            ),
            "body",
            "muted",
            wrap=True,
        )
        self._form = QWidget()
        self._form.setLayout(
            column(
                self._name,
                self._state,
                4,
                self._qty,
                row(buttons["found"], buttons["sold"]),
                row(buttons["lost"], buttons["damaged"]),
                buttons["added"],
                self.unsay,
                8,
                self._counted,
                None,
                gap=8,
            )
        )
        body = QWidget()
        body.setLayout(column(self._none, self._form, margins=(18, 14, 18, 8)))
        foot = frame("footer", column(self.said, self.finish, gap=8, margins=(18, 10, 18, 16)))
        whole = column(head(self._code, None), scroll(body), foot, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def focus_first(self) -> None:
        """To the first thing that may be said."""
        for button in self.buttons.values():
            if button.isVisible():
                button.setFocus()
                return
        self.counted.setFocus()

    def _answer(self, outcome: "Answer") -> None:
        self._work.answer(outcome, typed_count(self.qty.text()))

    def _set_counted(self) -> None:
        self._work.set_scanned(typed_count(self.counted.text()))
        self.done.emit()

    def show_line(self, error: str) -> None:
        """The chosen line."""
        work, line = self._work, self._work.line
        self.said.set_tone("bad" if error else "good")
        self.said.setText(error or work.note)
        self.said.setVisible(bool(error or work.note))
        self.finish.setEnabled(not work.busy)
        self._form.setVisible(line is not None)
        self._none.setVisible(line is None)
        if line is None:
            self._code.set_text(_("What became of it?"))
            self._shown = (0, 0, 0)
            return
        self._code.set_text(f"{line.code} · {line.seller_code}")
        self._name.setText(line.name)
        self._state.setText(
            _("{book} in the book, {counted} counted.").format(
                book=thousands(line.on_hand), counted=thousands(line.scanned)
            )
        )
        for outcome, button in self.buttons.items():
            button.setVisible(bool(line.extra if outcome == "added" else line.missing))
        open_pieces = line.missing or line.extra
        self._qty.setVisible(open_pieces > 1)
        self.unsay.setVisible(
            bool(line.found or line.lost or line.damaged or line.sold or line.added)
        )
        shown = (line.item_id, open_pieces, line.scanned)
        if shown != self._shown:
            self._shown = shown
            self.qty.setText(str(open_pieces))
            self.counted.setText(str(line.scanned))
