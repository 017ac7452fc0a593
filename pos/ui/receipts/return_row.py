"""A line of a sale in a return: how many come back, and whether they are damaged."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.i18n import _, ngettext
from pos.money import rupiah
from pos.services.queries.returns import ReturnableLine
from pos.ui import theme
from pos.ui.receipts.returning import Chosen
from pos.ui.widgets import paint
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button, IconButton
from pos.ui.widgets.label import ElidedLabel, Label


class ReturnRow(QWidget):
    """Up and Down go from line to line, + and - and digits say how many, Space says "damaged"."""

    qty_wanted = Signal(int)
    more_wanted = Signal(int)
    damaged_wanted = Signal(bool)
    reached = Signal()
    step = Signal(int)

    def __init__(self, line: ReturnableLine) -> None:
        super().__init__()
        self.line = line
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{line.name}, {line.code}")
        self.less = IconButton("minus", _("One less"), "soft")
        self.more = IconButton("plus", _("One more"), "soft")
        self.less.clicked.connect(lambda: self.more_wanted.emit(-1))
        self.more.clicked.connect(lambda: self.more_wanted.emit(1))
        self.qty = Label("0", "title", align=Qt.AlignmentFlag.AlignCenter)
        self.qty.setFixedWidth(40)
        self.damaged = Button(_("Damaged"), "soft")
        self.damaged.setCheckable(True)
        self.damaged.clicked.connect(lambda: self.damaged_wanted.emit(self.damaged.isChecked()))
        for button in (self.less, self.more, self.damaged):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._name = ElidedLabel(line.name, "body-strong")
        self._detail = ElidedLabel(_detail(line), "small", "muted")
        foot = row(self.less, self.qty, self.more, None, self.damaged, gap=4)
        self.setLayout(column(self._name, self._detail, foot, gap=3, margins=(10, 8, 10, 8)))
        self.setEnabled(line.left > 0)
        self._gone = line.left <= 0

    def show_choice(self, choice: Chosen) -> None:
        """How many were chosen."""
        self.qty.setText(str(choice.qty))
        self.qty.set_tone("accent" if choice.qty else "")
        self.less.setEnabled(choice.qty > 0)
        self.more.setEnabled(choice.qty < self.line.left)
        self.damaged.setChecked(choice.damaged)
        self.damaged.setVisible(choice.qty > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook."""
        key, text = event.key(), event.text()
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.step.emit(1 if key == Qt.Key.Key_Down else -1)
        elif text in {"+", "-"}:
            self.more_wanted.emit(1 if text == "+" else -1)
        elif text and text.isascii() and text.isdigit():
            self.qty_wanted.emit(int(text))
        elif key == Qt.Key.Key_Space:
            self.damaged_wanted.emit(not self.damaged.isChecked())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere on the row leads to it."""
        event.accept()
        self.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's hook."""
        super().focusInEvent(event)
        self.reached.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's hook."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(self.rect()).adjusted(1, 1, -1, -1)
        if self.hasFocus():
            paint.box(painter, area, None, theme.colour("brand"), radius=10, width=2)
        else:
            paint.box(painter, area, None, theme.colour("line"), radius=10)


def _detail(line: ReturnableLine) -> str:
    sold = ngettext("{count} sold", "{count} sold", line.qty).format(count=line.qty)
    parts = [line.code, line.seller_code, sold, rupiah(line.paid)]
    if line.returned:
        parts.insert(3, _("{count} came back").format(count=line.returned))
    return " · ".join(parts)
