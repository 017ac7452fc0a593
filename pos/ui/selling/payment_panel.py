"""The payment: ways to pay, what was given, what is left, and the change in large digits."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.errors import UserError
from pos.i18n import _
from pos.money import thousands
from pos.qr import qr_matrix
from pos.qris import with_amount
from pos.tender import METHODS, Method, Tender
from pos.ui import actions
from pos.ui.selling.amount_box import AmountBox, ChangeBox
from pos.ui.selling.paying import Paying, method_name
from pos.ui.selling.side import LOW, SidePanel
from pos.ui.selling.totals_big import BigAmount
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button, CheckButton, IconButton, TileButton
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.numpad import NumPad, PadToggle
from pos.ui.widgets.qr import QrView

_ICONS: Final[dict[Method, str]] = {
    "cash": "money",
    "qris": "qr-code",
    "transfer": "bank",
    "card": "credit-card",
}
_QUICK: Final = 6
_WITH_PAD: Final = 710


class PaymentPanel(SidePanel):
    """A view of one Paying at a time.

    `code` carries the QRIS code for the customer and the amount, None when there is none to show;
    `has_sheet` tells whether somebody shows it large, so that it need not stand here.
    """

    code = Signal(object)

    def __init__(self, fills_amount: Callable[[], bool]) -> None:
        super().__init__(_("Payment"))
        self._fills_amount = fills_amount
        self.has_sheet: Callable[[], bool] = lambda: False
        self._presenter: Paying | None = None
        self._shown_parts: tuple[Tender, ...] | None = None
        self._caption = Label("", "body", "muted")
        self._due = BigAmount(44)
        self._parts = QWidget()
        self._parts_box = column(gap=4)
        self._parts.setLayout(self._parts_box)
        self._tiles: dict[Method, TileButton] = {}
        self.amount = AmountBox()
        self._pad = NumPad(self.amount.input)
        self._pad_on = PadToggle(self._pad)
        self._quick_box = QWidget()
        self._quick: list[_Quick] = []
        self._qr = QrView(280)
        self._no_qr = Label("", "body", "muted", wrap=True)
        self._checked = CheckButton(_("The money has come in"), key=actions.key_text("pay-checked"))
        self.reference = TextInput("", _("May stay empty"))
        self._reference = Field(_("Reference"), self.reference)
        self._change = ChangeBox()
        self._rounding = Label("", "body", "muted")
        self.done = Button("", "primary", icon="printer", key="Enter", big=True)
        self._arrange()
        self._connect()

    # -- building --------------------------------------------------------------------

    def _arrange(self) -> None:
        tiles = row(gap=8)
        for method in METHODS:
            tile = TileButton(method_name(method), _ICONS[method])
            tile.setAutoExclusive(True)
            tile.setToolTip(actions.tip(f"pay-{method}"))
            tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._tiles[method] = tile
            tiles.addWidget(tile, 1)
        grid = QGridLayout(self._quick_box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for at in range(_QUICK):
            button = _Quick("", "soft")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            grid.addWidget(button, at // 3, at % 3)
            self._quick.append(button)
        qr = row(None, self._qr, None)
        self.fill(column(self._caption, self._due, gap=0), self._parts, tiles)
        amount = row(gap=8)
        amount.addWidget(self.amount, 1)
        amount.addWidget(self._pad_on)
        self.fill(amount, self._pad)
        self.fill(self._quick_box, qr, self._no_qr, self._checked, self._reference, None)
        self.foot.setContentsMargins(18, 0, 18, 16)
        self.foot.addWidget(self.message)
        self.foot.addWidget(self._rounding)
        self.foot.addWidget(self._change)
        self.foot.addWidget(self.done)

    def _connect(self) -> None:
        for method, tile in self._tiles.items():
            tile.clicked.connect(partial(self._choose, method))
            actions.bind(self, f"pay-{method}", partial(self._choose, method))
        actions.bind(self, "pay-checked", self._checked.click)
        self.amount.edited.connect(self._amount_typed)
        self._checked.toggled.connect(self._ticked)
        self.reference.textEdited.connect(lambda text: setattr(self._now, "reference", text))
        self.done.clicked.connect(self.go_on)
        self._pad_on.toggled.connect(self.refresh)
        for at, button in enumerate(self._quick):
            button.clicked.connect(partial(self._quick_pressed, at))

    def set_low(self, low: bool) -> None:
        """Everything that is needed for cash stays in view in a window of 512 pixels."""
        super().set_low(low)
        self.body.setContentsMargins(18, 6 if low else 14, 18, 4)
        self.foot.setSpacing(6 if low else 12)
        self.foot.setContentsMargins(18, 0, 18, 8 if low else 16)
        self.amount.setFixedHeight(48 if low else 58)
        self._due.set_pixels(30 if low else 44)
        self._change.set_size(*((30, 50) if low else (44, 84)))
        self._caption.setVisible(not low)

    def wanted_height(self) -> int:
        """The digits want more room than the quick amounts whose place they take."""
        return _WITH_PAD if self._pad_on.isChecked() else LOW

    # -- showing ------------------------------------------------------------------------

    @property
    def _now(self) -> Paying:
        if self._presenter is None:
            raise RuntimeError("no payment is shown")
        return self._presenter

    def show_payment(self, presenter: Paying) -> None:
        """Show this payment."""
        self._presenter = presenter
        presenter.changed = self.refresh
        self.amount.set_amount(presenter.amount)
        self._shown_parts = None
        self.refresh()

    def opened(self) -> None:
        """Digits type the amount."""
        self.amount.setFocus()

    def refresh(self) -> None:
        """Show the presenter's state."""
        self.fit()
        now = self._now
        paying = bool(now.parts)
        self._caption.setText(_("Still to pay") if paying else _("To pay"))
        self._due.show_amount(now.due)
        # The amount box says it too, and a QR code or the digits need the room.
        crowded = now.method == "qris" or self._pad_on.isChecked()
        self._due.setVisible(not (self.height() < LOW and crowded))
        for method, tile in self._tiles.items():
            tile.setChecked(method == now.method)
        self._show_parts()
        self.amount.show_state(
            _("Given") if now.method == "cash" else _("Amount"), now.due, now.amount
        )
        self._show_quick()
        self._show_method()
        self._show_end()

    def _show_parts(self) -> None:
        now = self._now
        if now.parts == self._shown_parts:
            return
        self._shown_parts = now.parts
        while self._parts_box.count():
            item = self._parts_box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for at, part in enumerate(now.parts):
            what, amount = now.part_words(part)
            away = IconButton("x", _("Take this payment back"))
            away.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            away.clicked.connect(partial(self._drop, at))
            line = QWidget()
            box = row(gap=8)
            box.addWidget(ElidedLabel(what, "body"), 1)
            box.addWidget(Label(amount, "price"))
            box.addWidget(away)
            line.setLayout(box)
            self._parts_box.addWidget(line)
        self._parts.setVisible(bool(now.parts))

    def _show_quick(self) -> None:
        now = self._now
        shown = now.method == "cash" and not now.needs_nothing and not self._pad_on.isChecked()
        self._quick_box.setVisible(shown)
        offers = (now.due, *now.quick)
        for at, button in enumerate(self._quick):
            button.setVisible(at < len(offers))
            if at < len(offers):
                button.setText(_("Exact") if at == 0 else thousands(offers[at]))
                chosen = now.amount == offers[at]
                button.kind = "accent" if chosen else "soft"
                button.ring = chosen
                button.update()

    def _show_method(self) -> None:
        now = self._now
        qris = now.method == "qris" and not self._pad_on.isChecked()
        aside = self.has_sheet()
        self._qr.setVisible(qris and bool(now.qris_text) and not aside)
        self._no_qr.setVisible(qris and not now.qris_text)
        if qris and now.qris_text and not aside:
            self._qr.set_matrix(qr_matrix(self._qris_text()))
        self._tell_code()
        self._no_qr.setText(
            _(
                "The stand's QRIS code is not in the settings yet. Let the customer scan the printed one."
            )
        )
        transfers = now.method in {"qris", "transfer"}
        self._checked.setVisible(transfers)
        if self._checked.isChecked() != now.checked:
            self._checked.setChecked(now.checked)
        self._reference.setVisible(now.method in {"transfer", "card"})
        if self.reference.text() != now.reference:
            self.reference.setText(now.reference)

    def _tell_code(self) -> None:
        now = self._presenter
        shown = now is not None and now.method == "qris" and now.qris_text and self.isVisible()
        self.code.emit((self._qris_text(), self._now.offered) if shown else None)

    def showEvent(self, event: QShowEvent) -> None:
        """The customer's code comes and goes with the panel."""
        super().showEvent(event)
        self._tell_code()

    def hideEvent(self, event: QHideEvent) -> None:
        """See showEvent."""
        super().hideEvent(event)
        self._tell_code()

    def _qris_text(self) -> str:
        now = self._now
        if not self._fills_amount():
            return now.qris_text
        try:
            return with_amount(now.qris_text, now.offered)
        except UserError:
            return now.qris_text

    def _show_end(self) -> None:
        now = self._now
        self.message.say(now.message)
        settled = now.settlement
        cash = now.method == "cash" or any(part.method == "cash" for part in now.parts)
        self._change.setVisible(cash and not now.message)
        self._change.show_change(settled.change if settled else None, now.due - now.offered)
        rounding = now.rounding if cash else 0
        self._rounding.setVisible(bool(rounding))
        self._rounding.setText(_("Rounding {amount}").format(amount=signed(rounding)))
        if now.is_part:
            self.done.setText(_("Add this payment"))
            self.done.icon_name = "plus"
        else:
            self.done.setText(_("Finish and print"))
            self.done.icon_name = "printer"
        self.done.setEnabled(not now.busy)
        self.done.update()

    # -- doing -----------------------------------------------------------------------------

    def _choose(self, method: Method, _checked: bool = False) -> None:
        self._now.choose(method)
        self.amount.set_amount(None)
        self.refresh()
        self.amount.setFocus()

    def _quick_pressed(self, at: int, _checked: bool = False) -> None:
        now = self._now
        amount = (now.due, *now.quick)[at]
        self.amount.set_amount(amount)
        now.type_amount(amount)
        self.amount.setFocus()

    def _amount_typed(self, amount: int | None) -> None:
        self._now.type_amount(amount)

    def _ticked(self, on: bool) -> None:
        self._now.tick(on)

    def _drop(self, at: int, _checked: bool = False) -> None:
        self._now.drop_part(at)
        self.amount.set_amount(None)
        self.amount.setFocus()

    def go_on(self) -> None:
        """Enter: the next payment, or the end."""
        parts = len(self._now.parts)
        self._now.go_on()
        if len(self._now.parts) != parts:
            self.amount.set_amount(None)
            self.amount.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; Backspace in an empty amount takes the last payment back."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.go_on()
        elif key == Qt.Key.Key_Backspace and self._now.amount is None and self._now.parts:
            self._drop(len(self._now.parts) - 1)
        else:
            super().keyPressEvent(event)


class _Quick(Button):
    """An amount to tap; the chosen one has a ring."""

    ring = False

    def sizeHint(self) -> QSize:
        """A little higher than a plain button."""
        size = super().sizeHint()
        size.setHeight(44 if self.low else 50)
        return size

    def _text_font(self) -> str:
        return "body-strong"

    def _look(self) -> tuple[QColor | None, QColor | None, QColor]:
        fill, border, ink = super()._look()
        return fill, ink if self.ring else border, ink


def signed(amount: int) -> str:
    """50 -> "+50", -50 -> "−50"."""
    return f"{'+' if amount > 0 else '−'}{thousands(abs(amount))}"
