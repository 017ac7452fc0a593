"""The right side of the receipts: one paper, and what can be done with it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.formats import format_date_short
from pos.i18n import _
from pos.money import rupiah
from pos.ui import actions
from pos.ui.printing.paper import PaperView
from pos.ui.receipts.rows import method_label
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from pos.receipts.escpos import ImageFolder, PaperProfile
    from pos.services.queries.returns import ReturnRow
    from pos.ui.receipts.presenter import ReceiptsState


class PaperSide(QWidget):
    """reprint, reprint_return, give_back: nothing; check: the id of the payment whose money has come in."""

    reprint = Signal()
    reprint_return = Signal()
    give_back = Signal()
    check = Signal(object)

    def __init__(self, pictures: "ImageFolder") -> None:
        super().__init__()
        self._title = ElidedLabel("", "title")
        self.paper = PaperView(_("The receipt"), pictures)
        self._empty = Label(
            _("Choose a receipt to see its paper."),
            "body",
            "muted",
            wrap=True,
            align=Qt.AlignmentFlag.AlignCenter,
        )
        self._said = Label("", "body", wrap=True)
        self._came_back = Label("", "label", "accent", wrap=True)
        self.slip = Button(_("Print the return slip again"), "ghost", icon="printer")
        self.slip.clicked.connect(self.reprint_return)
        self._ticks = QVBoxLayout()
        self._ticks.setSpacing(8)
        self._buttons: list[Button] = []
        self._shown: tuple[int, ...] = ()
        self.copy = Button(
            actions.text("reprint"),
            "primary",
            icon="printer",
            key=actions.key_text("reprint"),
            big=True,
        )
        self.copy.clicked.connect(self.reprint)
        self.back = Button(
            actions.text("return"),
            "outline",
            icon="arrow-u-up-left",
            key=actions.key_text("return"),
        )
        self.back.clicked.connect(self.give_back)
        head = frame("header", row(self._title, margins=(18, 0, 18, 0)))
        head.setFixedHeight(54)
        foot = column(
            self._came_back,
            self.slip,
            self._said,
            self._ticks,
            self.back,
            self.copy,
            gap=10,
            margins=(18, 10, 18, 16),
        )
        middle = column(self._empty, self.paper, margins=(8, 8, 8, 0))
        body = column(head, middle, foot, gap=0)
        body.setStretch(1, 1)
        self.setLayout(body)

    def show_state(self, state: "ReceiptsState", profile: "PaperProfile") -> None:
        """The chosen receipt."""
        paper = state.paper
        self._title.set_text(paper.number if paper else _("Receipt"))
        self._empty.setVisible(paper is None)
        self.paper.setVisible(paper is not None)
        self.paper.show_document(paper, profile)
        self.copy.setVisible(paper is not None)
        self.copy.setEnabled(not state.busy)
        self.back.setVisible(paper is not None)
        self._came_back.setText("\n".join(came_back(row) for row in state.came_back))
        self._came_back.setVisible(bool(state.came_back))
        self.slip.setVisible(bool(state.came_back))
        self.slip.setEnabled(not state.busy)
        self._said.setText(state.sentence or state.note)
        self._said.set_tone("bad" if state.sentence else "good")
        self._said.setVisible(bool(state.sentence or state.note))
        self._show_ticks(state)

    def _show_ticks(self, state: "ReceiptsState") -> None:
        wanted = tuple(payment.payment_id for payment in state.to_tick)
        if wanted != self._shown:
            self._shown = wanted
            for old in self._buttons:
                self._ticks.removeWidget(old)
                old.hide()
                old.deleteLater()
            self._buttons = [self._tick(state, at) for at in range(len(wanted))]
        for button in self._buttons:
            button.setEnabled(not state.busy)

    def _tick(self, state: "ReceiptsState", at: int) -> Button:
        payment = state.to_tick[at]
        text = _("{method} {amount} has come in").format(
            method=method_label(payment.method), amount=rupiah(payment.amount)
        )
        key = actions.key_text("check-payment") if at == 0 else ""
        button = Button(text, "accent", icon="check-circle", key=key)
        button.clicked.connect(lambda: self.check.emit(payment.payment_id))
        self._ticks.addWidget(button)
        return button


def came_back(row: "ReturnRow") -> str:
    """An earlier return of the receipt, in a line."""
    words = (
        _("Cancelled {day}: {number}, {amount}")
        if row.void
        else _("Returned {day}: {number}, {amount}")
    )
    return words.format(
        day=format_date_short(row.day), number=row.number, amount=rupiah(row.refunded)
    )
