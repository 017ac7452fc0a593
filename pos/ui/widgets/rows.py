"""A list of two-line rows, painted: quick at any length, moved through by keys or a finger."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos.ui import icons, theme
from pos.ui.fonts import font
from pos.ui.widgets import paint

Index = QModelIndex | QPersistentModelIndex
_ROW: Final = Qt.ItemDataRole.UserRole
_ROOM_FOR_BADGE: Final = 210
_ROOM_FOR_TEXT: Final = 24
_AHEAD: Final = 200
"""Pixels before the end at which `near_end` is told, so that more is there in time."""


@dataclass(frozen=True)
class Row:
    """What a row says. `badge` is a small pill, of the tone `badge_tone`; `faded` greys it out."""

    id: int
    title: str
    detail: str = ""
    right: str = ""
    right_detail: str = ""
    badge: str = ""
    badge_tone: str = "accent"
    icon: str = ""
    faded: bool = False


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return " · ".join(part for part in (row.title, row.detail, row.right) if part)
        return None

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """More rows after the same ones are added; anything else begins anew."""
        old = len(self.rows)
        if old and len(rows) > old and rows[:old] == self.rows:
            self.beginInsertRows(QModelIndex(), old, len(rows) - 1)
            self.rows = rows
            self.endInsertRows()
        elif len(rows) == old:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(old - 1))
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()


class _Painter(QStyledItemDelegate):
    def __init__(self, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(option.rect.width(), self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(_ROW)
        area, state = option.rect, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            paint.box(painter, area.adjusted(4, 3, -4, -3), theme.colour("brand_soft"), radius=10)
            if state & QStyle.StateFlag.State_HasFocus:
                ring = area.adjusted(4, 3, -4, -3)
                paint.box(painter, ring, None, theme.colour("brand"), radius=10, width=2)
        elif index.row() + 1 < index.model().rowCount():
            painter.setPen(theme.colour("line"))
            painter.drawLine(area.left() + 18, area.bottom(), area.right() - 18, area.bottom())
        _paint_row(painter, area.adjusted(18, 0, -18, 0), row, chosen=chosen)
        painter.restore()


def _paint_row(painter: QPainter, area: QRect, row: Row, *, chosen: bool) -> None:
    strong = theme.colour("faint" if row.faded else "text")
    quiet = theme.colour("faint" if row.faded else "muted")
    left, right = area.left(), area.right()
    if row.icon:
        spot = QRect(left, area.center().y() - 11, 22, 22)
        icons.paint(painter, spot, row.icon, theme.colour("brand") if chosen else quiet)
        left += 36
        if right - left < _ROOM_FOR_TEXT:
            return
    one_line = not (row.detail or row.right_detail)
    top = QRect(left, area.top() + 11, right - left, 22)
    below = QRect(left, area.top() + 34, right - left, 18)
    if one_line:
        top = QRect(left, area.top(), right - left, area.height())
    wide = _paint_right(painter, top, row.right, "price", strong)
    if row.badge:
        room = top.adjusted(0, 0, -wide, 0)
        wide += _paint_badge(painter, room, row, narrow=room.width() < _ROOM_FOR_BADGE)
    ink = theme.colour("brand") if chosen and row.icon else strong
    paint.text(painter, top.adjusted(0, 0, -wide, 0), row.title, font("item"), ink)
    wide = _paint_right(painter, below, row.right_detail, "small", quiet)
    if row.detail:
        paint.text(painter, below.adjusted(0, 0, -wide, 0), row.detail, font("small"), quiet)


def _paint_right(painter: QPainter, area: QRect, words: str, role: str, ink: Any) -> int:
    """Right-aligned text; returns the width that the text on the left must keep free."""
    if not words:
        return 0
    align = paint.Align.AlignRight | paint.Align.AlignVCenter
    return paint.text(painter, area, words, font(role), ink, align) + 12


def _paint_badge(painter: QPainter, area: QRect, row: Row, *, narrow: bool) -> int:
    """A pill with its word; only a dot of its tone where the title needs the room."""
    if narrow:
        dot = QRect(area.right() - 9, area.center().y() - 4, 9, 9)
        known = row.badge_tone in {"accent", "good", "bad"}
        paint.box(painter, dot, theme.colour(row.badge_tone if known else "muted"), radius=4.5)
        return 18
    wide = QFontMetrics(font("tiny")).horizontalAdvance(row.badge) + 18
    pill = QRect(area.right() - wide, area.center().y() - 10, wide, 20)
    soft = f"{row.badge_tone}_soft" if row.badge_tone in {"accent", "good", "bad"} else "field"
    paint.box(painter, pill, theme.colour(soft), radius=10)
    ink = theme.colour(row.badge_tone if row.badge_tone != "quiet" else "muted")
    paint.text(painter, pill, row.badge, font("tiny"), ink, paint.Align.AlignCenter)
    return wide + 12


class RowList(QListView):
    """Arrows and touch choose, Enter opens.

    chosen    id of the row that a person moved to
    opened    id of the row on which Enter was pressed
    near_end  the end is almost in view: more rows may be loaded
    """

    chosen = Signal(object)
    opened = Signal(object)
    near_end = Signal()

    def __init__(self, name: str, *, height: int = 62) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(height, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._moved)
        self.activated.connect(lambda index: self.opened.emit(self._model.rows[index.row()].id))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._model.rows

    @property
    def current_id(self) -> int:
        """The id of the chosen row, or 0."""
        at = self.currentIndex().row()
        return self._model.rows[at].id if 0 <= at < len(self._model.rows) else 0

    def set_rows(self, rows: Sequence[Row], chosen: int = 0) -> None:
        """Show these, the one of id `chosen` marked; tells nobody."""
        self._quiet = True
        if tuple(rows) != self._model.rows:
            self._model.set_rows(tuple(rows))
        at = next((n for n, row in enumerate(rows) if row.id == chosen), -1)
        if at < 0:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        elif at != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self._model.index(at))
        self._quiet = False

    def step(self, by: int) -> None:
        """Move up or down, for keys that arrive while the focus is elsewhere."""
        if self._model.rows:
            at = min(max(self.currentIndex().row() + by, 0), len(self._model.rows) - 1)
            self.setCurrentIndex(self._model.index(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right lead out of the list: they are the screen's."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet and current.isValid():
            self.chosen.emit(self._model.rows[current.row()].id)

    def _scrolled(self, value: int) -> None:
        if value > self.verticalScrollBar().maximum() - _AHEAD:
            self.near_end.emit()
