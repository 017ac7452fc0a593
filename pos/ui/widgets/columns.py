"""A table of painted rows under a head: quick at any length, loaded page by page while scrolling."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
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
from pos.ui.widgets.box import column

Index = QModelIndex | QPersistentModelIndex
Tone = Literal["text", "name", "muted", "strong"]
_ROW: Final = Qt.ItemDataRole.UserRole
_HEIGHT: Final = 38
_TICK: Final = 34
_SIDE: Final = 10
_GAP: Final = 14
_AHEAD: Final = 400
_FADED: Final = 0.5
_NO_LIMIT: Final = (1 << 24) - 1
"""Qt's own largest height."""


@dataclass(frozen=True)
class TableColumn:
    """A column; `share` is its part of the width."""

    title: str
    share: float
    right: bool = False
    tone: Tone = "text"


@dataclass(frozen=True)
class Line:
    """A row: a cell for each column. `ticked` None has no box; `total` is written strong."""

    id: int
    cells: tuple[str, ...]
    ticked: bool | None = None
    total: bool = False
    faded: bool = False


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == _ROW:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return " · ".join(cell for cell in line.cells if cell)
        return None

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        """More after the same ones are added; as many as before repaint; else all begins anew."""
        old = len(self.lines)
        if old and len(lines) > old and lines[:old] == self.lines:
            self.beginInsertRows(QModelIndex(), old, len(lines) - 1)
            self.lines = lines
            self.endInsertRows()
        elif old and len(lines) == old:
            self.lines = lines
            self.dataChanged.emit(self.index(0), self.index(old - 1))
        else:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()


class _Places:
    """Where the columns stand in a width."""

    def __init__(self) -> None:
        self.columns: tuple[TableColumn, ...] = ()
        self.ticks = False
        self.room: QWidget | None = None
        """What the rows are painted on: narrower than the head while there is a scroll bar."""

    def areas(self, area: QRect) -> list[QRect]:
        """One area a column, from left to right."""
        left = area.left() + _SIDE + (_TICK if self.ticks else 0)
        right = area.left() + (self.room.width() if self.room else area.width())
        room = right - _SIDE - left
        whole = sum(one.share for one in self.columns) or 1
        found, at = [], float(left)
        for one in self.columns:
            wide = room * one.share / whole
            last = one is self.columns[-1]
            gap = 0 if last else _GAP
            found.append(QRect(round(at), area.top(), max(0, round(wide) - gap), area.height()))
            at += wide
        return found


class _Head(QWidget):
    def __init__(self, places: _Places) -> None:
        super().__init__()
        self._places = places
        self.setFixedHeight(_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        ink = theme.colour("muted")
        columns = self._places.columns
        for one, area in zip(columns, self._places.areas(self.rect()), strict=True):
            paint.text(painter, area, one.title, font("small-strong"), ink, _align(one))
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class _Painter(QStyledItemDelegate):
    def __init__(self, places: _Places, parent: QWidget) -> None:
        super().__init__(parent)
        self._places = places

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(option.rect.width(), _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(_ROW)
        area, state = option.rect, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            box = area.adjusted(0, 2, 0, -2)
            paint.box(painter, box, theme.colour("brand_soft"), radius=8)
        painter.setPen(theme.colour("line"))
        painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())
        if line.faded:
            painter.setOpacity(_FADED)
        if line.ticked is not None:
            _paint_tick(painter, area, ticked=line.ticked)
        _paint_cells(painter, area, self._places, line)
        painter.restore()


def _paint_cells(painter: QPainter, area: QRect, places: _Places, line: Line) -> None:
    for one, place, cell in zip(places.columns, places.areas(area), line.cells, strict=False):
        ink = theme.colour("muted" if one.tone == "muted" else "text")
        strong = line.total or one.tone == "strong"
        role = "body-strong" if strong else "item" if one.tone == "name" else "body"
        paint.text(painter, place, cell, font(role), ink, _align(one))


def _paint_tick(painter: QPainter, area: QRect, *, ticked: bool) -> None:
    spot = QRect(area.left() + _SIDE - 2, area.center().y() - 10, 21, 21)
    name = "check-square" if ticked else "square"
    icons.paint(painter, spot, name, theme.colour("brand" if ticked else "faint"))


def _align(one: TableColumn) -> paint.Align:
    side = paint.Align.AlignRight if one.right else paint.Align.AlignLeft
    return side | paint.Align.AlignVCenter


class _List(QListView):
    pressed_on = Signal(object)
    near_end = Signal()

    def __init__(self, name: str, places: _Places) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.lines = _Model(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Painter(places, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and 0 <= at < len(self.lines.lines):
            self.pressed_on.emit(self.lines.lines[at].id)
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.pressed_on.emit(self.lines.lines[index.row()].id)

    def _scrolled(self, value: int) -> None:
        if value > self.verticalScrollBar().maximum() - _AHEAD:
            self.near_end.emit()


class _Foot(QWidget):
    """The sums, under the last row and always in view."""

    def __init__(self, places: _Places) -> None:
        super().__init__()
        self._places = places
        self.line: Line | None = None
        self.setFixedHeight(_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self.line is None:
            return
        painter = QPainter(self)
        painter.setPen(theme.colour("line"))
        for at in (0, self.height() - 1):
            painter.drawLine(0, at, self.width(), at)
        _paint_cells(painter, self.rect(), self._places, self.line)


class Table(QWidget):
    """pressed: id of the row that was touched, or on which Space was pressed; near_end: load more."""

    pressed = Signal(object)
    near_end = Signal()

    def __init__(self, name: str, columns: Sequence[TableColumn]) -> None:
        super().__init__()
        self._places = _Places()
        self._head = _Head(self._places)
        self.list = _List(name, self._places)
        self._places.room = self.list.viewport()
        self.list.verticalScrollBar().rangeChanged.connect(self._repaint)
        self.list.pressed_on.connect(self.pressed)
        self.list.near_end.connect(self.near_end)
        self.setFocusProxy(self.list)
        self._foot = _Foot(self._places)
        self._foot.hide()
        body = column(self._head, self.list, self._foot, None, gap=0, margins=(12, 4, 12, 8))
        body.setStretch(1, 1)
        body.setStretch(3, 0)
        self.setLayout(body)
        self.set_columns(columns)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self.list.lines.lines

    def set_columns(self, columns: Sequence[TableColumn]) -> None:
        """Other columns from now on; the lines must come anew."""
        self._places.columns = tuple(columns)
        self._head.update()
        self.list.viewport().update()

    def _repaint(self) -> None:
        self._head.update()
        self._foot.update()

    def set_lines(self, lines: Sequence[Line], total: Line | None = None) -> None:
        """Show these, with `total` right under the last one, or at the foot of a long list."""
        self._foot.line = total
        self._foot.setVisible(total is not None)
        self._foot.update()
        self.list.setMaximumHeight(_HEIGHT * len(lines) if total else _NO_LIMIT)
        self._places.ticks = any(line.ticked is not None for line in lines)
        if tuple(lines) != self.lines:
            self.list.lines.set_lines(tuple(lines))
        self._head.update()
