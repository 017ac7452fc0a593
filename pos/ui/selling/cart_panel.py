"""The cart: its lines, what can be done to them, the total, and the way to pay."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.i18n import _
from pos.ui import actions, icons, theme
from pos.ui.fonts import font
from pos.ui.selling.cart_list import CartList, pieces_words
from pos.ui.selling.notes import discount_words
from pos.ui.selling.presenter import SellingPresenter
from pos.ui.selling.side import TITLE_HEIGHT
from pos.ui.selling.totals import Figures, Totals
from pos.ui.widgets import paint
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import ElidedLabel, Label

_LOW: Final = 560
_NARROW: Final = 360

TOOLS: Final[tuple[tuple[str, str, Callable[[], str]], ...]] = (
    ("less", "minus", lambda: _("Less")),
    ("more", "plus", lambda: _("More")),
    ("line-discount", "tag", lambda: _("Discount")),
    ("price", "pencil-simple", lambda: _("Price")),
    ("remove", "trash", lambda: _("Remove")),
    ("unlisted", "note-pencil", lambda: _("Manual")),
    ("clear", "x-circle", lambda: _("Empty")),
)


class ToolButton(Button):
    """A small tool: icon above a tiny word; its key is in the tooltip."""

    def __init__(self, text: str, icon: str, tip: str) -> None:
        super().__init__(text, "ghost", icon=icon)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As small as a finger allows."""
        wide = QFontMetrics(font("tiny")).horizontalAdvance(self.text()) + 6
        return QSize(max(theme.TOUCH, wide), 48)

    def minimumSizeHint(self) -> QSize:
        """The word is elided before the target becomes too small."""
        return QSize(theme.TOUCH, 48)

    def _paint_content(self, painter: QPainter, ink: object, fill: object) -> None:
        del ink, fill
        muted = theme.colour("muted")
        icons.paint(painter, QRect(0, 6, self.width(), 20), self.icon_name, muted)
        area = QRect(1, 27, self.width() - 2, 16)
        paint.text(painter, area, self.text(), font("tiny"), muted, paint.Align.AlignCenter)


class CartPanel(QWidget):
    """Tells what was asked for by the id of an action; shows what the presenter has."""

    asked = Signal(str)

    def __init__(self, presenter: SellingPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.lines = CartList(presenter)
        self.lines.line_chosen.connect(presenter.select)
        self._count = ElidedLabel("", "body", "muted")
        self._hold = Button(_("Hold"), "outline", icon="pause")
        self._hold.setToolTip(actions.tip("hold"))
        self._held = Button("0", "outline")
        self._held.setToolTip(actions.tip("held"))
        self._totals = Totals()
        self.pay = Button(_("Pay"), "primary", key=actions.key_text("pay"), big=True)
        self._tools = QWidget()
        self._tool_buttons = [
            ToolButton(text(), icon, actions.tip(name)) for name, icon, text in TOOLS
        ]
        self._line_tools = [
            button
            for (name, _icon, _text), button in zip(TOOLS, self._tool_buttons, strict=True)
            if name != "unlisted"
        ]
        self._tools.setLayout(row(*self._tool_buttons, gap=0, margins=(8, 2, 8, 2)))
        # Eight buttons that come alive cost as much painting as the line they are for.
        self._enabling = QTimer(self)
        self._enabling.setSingleShot(True)
        self._enabling.timeout.connect(self._enable)
        self._arrange()
        self._connect()
        self.refresh()
        self._enable()

    def _arrange(self) -> None:
        title = Label(_("Cart"), "title")
        line = row(title, gap=10, margins=(18, 0, 18, 0))
        line.addWidget(self._count, 1)
        line.addWidget(self._hold)
        line.addWidget(self._held)
        head = frame("header", line)
        head.setFixedHeight(TITLE_HEIGHT)
        self._foot = column(self._totals, self.pay, gap=8, margins=(18, 12, 18, 16))
        foot = frame("footer", self._foot)
        box = column(head, gap=0)
        box.addWidget(self.lines, 1)
        box.addWidget(self._tools)
        box.addWidget(foot)
        self.setLayout(box)

    def _connect(self) -> None:
        for (name, _icon, _text), button in zip(TOOLS, self._tool_buttons, strict=True):
            button.clicked.connect(partial(self._ask, name))
        self._hold.clicked.connect(partial(self._ask, "hold"))
        self.lines.quantity_asked.connect(partial(self._ask, "quantity"))
        self._held.clicked.connect(partial(self._ask, "held"))
        self.pay.clicked.connect(partial(self._ask, "pay"))

    def _ask(self, name: str, _checked: bool = False) -> None:
        self.asked.emit(name)

    def refresh(self) -> None:
        """Show the presenter's cart."""
        presenter = self._presenter
        priced, cart = presenter.priced, presenter.cart
        self.lines.refresh()
        self._totals.show_figures(
            Figures(
                subtotal=priced.subtotal,
                discount=priced.line_discounts + priced.cart_discount,
                total=priced.total,
                note=discount_words(cart.discount) if cart.discount else "",
            )
        )
        words = pieces_words(priced.pieces)
        if words != self._count.text_in_full():
            self._count.set_text(words)
        self._enabling.start()
        held = str(presenter.holding.count)
        if held != self._held.text():
            self._held.setText(held)
            self._held.updateGeometry()
            self._held.update()

    def _enable(self) -> None:
        """What can be done with the cart, once the line that was scanned is painted."""
        filled = bool(self._presenter.cart.lines)
        for button in (self.pay, self._hold, *self._line_tools):
            if button.isEnabled() != filled:
                button.setEnabled(filled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Low windows give the lines the room."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        # How many pieces there are says more than two bars.
        self._hold.icon_name = "" if self.width() < _NARROW else "pause"
        self._hold.updateGeometry()
        self.pay.set_low(low)
        self._foot.setContentsMargins(18, 4 if low else 12, 18, 8 if low else 16)
        self._totals.set_low(low)
