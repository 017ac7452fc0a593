"""The lines of the cart: count, name, where it comes from, what was done to it, amount."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pos.cart import CartLine, PricedLine
from pos.i18n import _, language
from pos.money import rupiah, thousands
from pos.ui import icons, theme
from pos.ui.fonts import font
from pos.ui.selling.notes import line_amount, line_note, line_origin
from pos.ui.selling.presenter import SellingPresenter
from pos.ui.widgets import paint
from pos.ui.widgets.tip import plain_tip

HEIGHT: Final = 60
NOTE_HEIGHT: Final = 16
_PAD: Final = 18
_KEPT_ROWS: Final = 24
_END: Final = paint.Align.AlignRight | paint.Align.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class CartModel(QAbstractListModel):
    """The lines as Qt asks for them; says exactly which changed, so that only those are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[PricedLine, ...] = ()

    def show(self, lines: tuple[PricedLine, ...]) -> None:
        """Other lines. The usual changes (one more, one changed) are told as such."""
        old = self.lines
        same = 0
        for before, now in zip(old, lines, strict=False):
            if before.line.key != now.line.key:
                break
            same += 1
        if same < len(old):
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
            return
        if len(lines) > same:
            self.beginInsertRows(QModelIndex(), same, len(lines) - 1)
            self.lines = lines
            self.endInsertRows()
        self.lines = lines
        for row in range(same):
            if old[row] != lines[row]:
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index | None = None) -> int:
        """Qt's hook."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's hook; the delegate reads the line itself."""
        priced = self.lines[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            line = priced.line
            return f"{line.qty} × {line.item.name}, {rupiah(line.gross - priced.line_discount)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(priced.line.item.name)
        return None


class LineDelegate(QStyledItemDelegate):
    """Paints one line; lines with a note are a little higher."""

    def __init__(self, model: CartModel, presenter: SellingPresenter, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._presenter = presenter
        self._kept: dict[int, tuple[tuple[object, ...], QPixmap]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt's hook."""
        del option
        line = self._model.lines[index.row()].line
        noted = line.discount is not None or line.price_approved_by
        return QSize(100, HEIGHT + (NOTE_HEIGHT if noted else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's hook: the row as it was painted before, where nothing in it has changed.

        A scan scrolls the list, which paints every row that is in view.
        """
        priced = self._model.lines[index.row()]
        row: QRect = option.rect
        ratio = painter.device().devicePixelRatioF()
        # As if there were no scroll bar, which has room beside the amounts: nothing moves when it
        # comes.
        size = QSize(self._view.width(), row.height())
        look = (priced, size, ratio, theme.colours(), language())
        kept = self._kept.get(priced.line.key)
        if kept is None or kept[0] != look:
            if len(self._kept) > _KEPT_ROWS:
                self._kept.clear()
            kept = look, self._draw(priced, size, ratio)
            self._kept[priced.line.key] = kept
        if priced.line.key == self._presenter.selected:
            painter.fillRect(row, theme.colour("brand_soft"))
        painter.drawPixmap(row.topLeft(), kept[1])

    def _draw(self, priced: PricedLine, size: QSize, ratio: float) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_row(painter, QRect(QPoint(0, 0), size), priced)
        painter.end()
        return picture

    def _paint_row(self, painter: QPainter, row: QRect, priced: PricedLine) -> None:
        line = priced.line
        painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), theme.colour("line"))
        box = QRect(row.left() + _PAD, row.top() + (row.height() - 36) // 2, 40, 36)
        text, muted = theme.colour("text"), theme.colour("muted")
        paint.box(painter, box, theme.colour("field"), radius=10)
        paint.text(painter, box, str(line.qty), font("price"), text, paint.Align.AlignCenter)
        right = row.right() - _PAD
        amount = line_amount(priced)
        wide = paint.text_width(amount, font("price")) + 2
        area = QRect(right - wide, row.top(), wide, row.height())
        paint.text(painter, area, amount, font("price"), text, _END)
        left = box.right() + 15
        room = area.left() - 10 - left
        top = row.top() + 11
        paint.text(painter, QRect(left, top, room, 20), line.item.name, font("item"), text)
        below = QRect(left, top + 20, room, 17)
        paint.text(painter, below, line_origin(line), font("small"), muted)
        self._paint_note(painter, below.translated(0, 17), line)

    def _paint_note(self, painter: QPainter, area: QRect, line: CartLine) -> None:
        words, amount = line_note(line)
        if not words:
            return
        typeface, ink = font("label"), theme.colour("accent")
        wide = paint.text_width(amount, typeface) + 4 if amount else 0
        took = paint.text(painter, area.adjusted(0, 0, -wide - 4, 0), words, typeface, ink)
        paint.text(painter, area.adjusted(took + 4, 0, 0, 0), amount, typeface, ink)


class CartList(QListView):
    """The list; `line_chosen` carries a line's key, `quantity_asked` is a tap on its count."""

    line_chosen = Signal(object)
    quantity_asked = Signal()

    def __init__(self, presenter: SellingPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._model = CartModel()
        self._selected = 0
        self.setModel(self._model)
        self.setItemDelegate(LineDelegate(self._model, presenter, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Cart"))
        self.clicked.connect(lambda index: self.line_chosen.emit(self._key(index.row())))

    def refresh(self) -> None:
        """Show the presenter's cart; the chosen line is scrolled into view."""
        self._model.show(self._presenter.priced.lines)
        chosen = self._presenter.selected
        if chosen != self._selected:
            for row, priced in enumerate(self._model.lines):
                if priced.line.key in {chosen, self._selected}:
                    self.update(self._model.index(row))
            self._selected = chosen
        for row, priced in enumerate(self._model.lines):
            if priced.line.key == chosen:
                self.scrollTo(self._model.index(row))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A tap on the count asks for another one."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        if at.x() < _PAD + 40 and self.indexAt(at).isValid():
            self.quantity_asked.emit()

    def _key(self, row: int) -> int:
        return self._model.lines[row].line.key

    def paintEvent(self, event: QPaintEvent) -> None:
        """The list, or what to do while it is empty."""
        if self._model.lines:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        middle = area.adjusted(20, max(0, area.height() // 2 - 60), -20, 0)
        middle.setHeight(44)
        icons.paint(painter, middle, "barcode", theme.colour("faint"))
        middle.translate(0, 52)
        middle.setHeight(24)
        words = _("Scan a label to begin")
        paint.text(
            painter, middle, words, font("body"), theme.colour("muted"), paint.Align.AlignCenter
        )


def pieces_words(pieces: int) -> str:
    """As in `4 barang`; nothing for an empty cart."""
    if not pieces:
        return ""
    return _("{count} pieces").format(count=thousands(pieces)) if pieces != 1 else _("1 piece")
