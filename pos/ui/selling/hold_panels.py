"""Parking a cart under a name, and the list of parked ones."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.formats import format_date_short, format_time
from pos.i18n import _
from pos.money import rupiah
from pos.ui import theme
from pos.ui.fonts import font
from pos.ui.selling.cart_list import pieces_words
from pos.ui.selling.presenter import SellingPresenter
from pos.ui.selling.side import SidePanel
from pos.ui.widgets import paint
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button, IconButton
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.tip import plain_tip

if TYPE_CHECKING:
    from pos.services.carts import HeldCart

MAX_NAME = 40


class HoldPanel(SidePanel):
    """Asks for a name that the staff will know the customer by."""

    def __init__(self, presenter: SellingPresenter) -> None:
        super().__init__(_("Hold the cart"))
        self._presenter = presenter
        self.name = TextInput("", _("For example: lady with the red bag"))
        self.name.setMaxLength(MAX_NAME)
        hint = _("The cart waits under this name, also over a restart. The next customer can pay.")
        self._field = Field(_("Name"), self.name)
        self.fill(Label(hint, "body", "muted", wrap=True), self._field, self.message, None)
        hold = Button(_("Hold"), "primary", icon="pause", key="Enter", big=True)
        hold.clicked.connect(self.apply)
        self.foot.addWidget(hold)

    def start(self) -> None:
        """An empty form."""
        self.name.clear()
        self._field.show_error("")

    def opened(self) -> None:
        """Typing goes into the name."""
        self.name.setFocus()

    def apply(self) -> None:
        """Park it."""
        name = self.name.text().strip()
        if not name:
            self._field.show_error(_("Type a name by which you will know this cart."))
            return
        self._presenter.holding.hold(name)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter parks it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.apply()
        else:
            super().keyPressEvent(event)


class _HeldButton(Button):
    """One parked cart: name, when and by whom, pieces and total."""

    def __init__(self, cart: "HeldCart") -> None:
        super().__init__(cart.name, "outline")
        self._cart = cart
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(plain_tip(cart.name))

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(200, 64)

    def minimumSizeHint(self) -> QSize:
        """Names are elided."""
        return QSize(120, 64)

    def _paint_content(self, painter: QPainter, ink: object, fill: object) -> None:
        del ink, fill
        cart = self._cart
        text, muted = theme.colour("text"), theme.colour("muted")
        total = rupiah(cart.total)
        painter.setFont(font("price"))
        wide = painter.fontMetrics().horizontalAdvance(total) + 2
        amount = QRect(self.width() - 14 - wide, 0, wide, self.height())
        end = paint.Align.AlignRight | paint.Align.AlignVCenter
        paint.text(painter, amount, total, font("price"), text, end)
        line = QRect(14, 11, amount.left() - 24, 22)
        paint.text(painter, line, cart.name, font("item"), text)
        when = f"{format_date_short(cart.at)} {format_time(cart.at)}"
        words = " · ".join(part for part in (when, cart.staff, pieces_words(cart.pieces)) if part)
        paint.text(painter, line.translated(0, 21), words, font("small"), muted)


class HeldPanel(SidePanel):
    """The parked carts, to be taken up again or thrown away."""

    def __init__(self, presenter: SellingPresenter) -> None:
        super().__init__(_("Held carts"))
        self._presenter = presenter
        self._list = QWidget()
        self._box = column(gap=8)
        self._list.setLayout(self._box)
        self._none = Label(_("No cart is being held."), "body", "muted")
        self.fill(self._none, self._list, None)
        self._buttons: list[Button] = []

    def start(self) -> None:
        """Read the list."""
        while self._box.count():
            item = self._box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._buttons = []
        held = self._presenter.holding.held()
        for cart in held:
            self._box.addWidget(self._line(cart))
        self._none.setVisible(not held)

    def _line(self, cart: "HeldCart") -> QWidget:
        take = _HeldButton(cart)
        take.clicked.connect(partial(self._resume, cart.cart_id))
        away = IconButton("trash", _("Discard this cart"))
        away.clicked.connect(partial(self._discard, away, cart.cart_id))
        self._buttons.append(take)
        line = QWidget()
        box = row(gap=4)
        box.addWidget(take, 1)
        box.addWidget(away)
        line.setLayout(box)
        return line

    def opened(self) -> None:
        """Arrow keys and Enter choose; the first one is ready."""
        (self._buttons[0] if self._buttons else self).setFocus()

    def _resume(self, cart_id: int, _checked: bool = False) -> None:
        self._presenter.holding.resume(cart_id, self.closed.emit)

    def _discard(self, button: Button, cart_id: int, _checked: bool = False) -> None:
        """The first press asks, the second does it: what is discarded can't come back."""
        if button.kind != "danger":
            button.kind = "danger"
            button.setToolTip(_("Press again to discard it"))
            button.update()
            return
        self._presenter.holding.discard(cart_id, self._again)

    def _again(self) -> None:
        self.start()
        self.opened()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from cart to cart."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        focus = self.focusWidget()
        if step and isinstance(focus, _HeldButton):
            at = self._buttons.index(focus) + step
            self._buttons[min(max(at, 0), len(self._buttons) - 1)].setFocus()
            return
        super().keyPressEvent(event)
