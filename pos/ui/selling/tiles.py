"""The grid of goods: a list view in which each card is painted by us."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from pos.i18n import _
from pos.money import rupiah
from pos.ui import icons, theme
from pos.ui.desk import Desk
from pos.ui.fonts import font
from pos.ui.selling.card import PICTURE_RADIUS, CardDelegate
from pos.ui.selling.pictures import Pictures
from pos.ui.widgets import paint
from pos.ui.widgets.tip import plain_tip

if TYPE_CHECKING:
    from pos.services.queries.catalog import Tile

CARD_HEIGHT: Final = 152
_GAP: Final = 12
_NARROWEST: Final = 168
_WIDEST: Final = 206
Index = QModelIndex | QPersistentModelIndex


class TileModel(QAbstractListModel):
    """The tiles as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles: tuple[Tile, ...] = ()

    def show(self, tiles: "tuple[Tile, ...]", kept: int) -> None:
        """Other tiles, of which the first `kept` are the same as before."""
        if kept and kept == len(self.tiles):
            self.beginInsertRows(QModelIndex(), kept, len(tiles) - 1)
            self.tiles = tiles
            self.endInsertRows()
        else:
            self.beginResetModel()
            self.tiles = tiles
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Qt's hook."""
        return 0 if parent is not None and parent.isValid() else len(self.tiles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's hook; the delegate reads the tile itself."""
        tile = self.tiles[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{tile.name}, {rupiah(tile.price)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{tile.name}\n{tile.seller_name} · {tile.code}")
        return None


class TileView(QListView):
    """Cards in as many columns as fit. `picked` carries an item's id (object: 64 bits)."""

    picked = Signal(object)
    near_end = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._model = TileModel()
        self.setModel(self._model)
        self.pictures = Pictures(desk.till.catalog.picture_path, desk.run_aside, self._arrived)
        self.pictures.radius = PICTURE_RADIUS
        self._cards = CardDelegate(self._model, self.pictures, _GAP, self)
        self.setItemDelegate(self._cards)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(40)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(_("Goods"))
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; }")
        self.clicked.connect(lambda index: self._pick(index.row()))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.empty_text: Callable[[], str] = str
        self._columns = 0

    # -- what is shown -----------------------------------------------------------------

    def show_tiles(self, tiles: "tuple[Tile, ...]", kept: int, *, choose_first: bool) -> None:
        """Other tiles; while somebody searches, the first one is highlighted."""
        self._model.show(tiles, kept)
        if not kept:
            self.scrollToTop()
            if choose_first and tiles:
                self._choose(0)
        self.viewport().update()

    @property
    def chosen(self) -> "Tile | None":
        """The highlighted tile."""
        row = self.currentIndex().row()
        return self._model.tiles[row] if 0 <= row < len(self._model.tiles) else None

    def room(self) -> int:
        """How many tiles fill the view, and two rows to scroll."""
        rows = -(-self.viewport().height() // (CARD_HEIGHT + _GAP))
        return max(1, self._columns) * (rows + 2)

    def step(self, columns: int, rows: int) -> None:
        """Move the highlight, as arrow keys in the search field do."""
        count = len(self._model.tiles)
        if not count:
            return
        row = self.currentIndex().row()
        to = 0 if row < 0 else row + columns + rows * max(1, self._columns)
        if 0 <= to < count:
            self._choose(to)

    def _choose(self, row: int) -> None:
        index = self._model.index(row)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)

    def _pick(self, row: int) -> None:
        if 0 <= row < len(self._model.tiles):
            self.picked.emit(self._model.tiles[row].item_id)

    def _arrived(self, picture: str) -> None:
        if not picture:
            self.viewport().update()
        for row, tile in enumerate(self._model.tiles):
            if picture and tile.picture == picture:
                self.update(self._model.index(row))

    def _scrolled(self, value: int) -> None:
        if value > self.verticalScrollBar().maximum() - 2 * CARD_HEIGHT:
            self.near_end.emit()

    # -- Qt's hooks -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter picks; letters go on to the search field rather than jumping in the list."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._pick(self.currentIndex().row())
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit, each as wide as can be."""
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        self._columns = max(1, -(-(room + _GAP) // (_WIDEST + _GAP)))
        if room // self._columns < _NARROWEST:
            self._columns = max(1, room // _NARROWEST)
        grid = QSize(room // self._columns, CARD_HEIGHT + _GAP)
        if grid != self.gridSize():
            self.setGridSize(grid)
        super().resizeEvent(event)
        self.pictures.least = self._cards.least = self.room()
        if len(self._model.tiles) < self.room():
            self.near_end.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The list, or a calm word where there is nothing to show."""
        if self._model.tiles:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        middle = area.adjusted(0, area.height() // 3 - 40, 0, 0)
        middle.setHeight(48)
        icons.paint(painter, middle, "magnifying-glass", theme.colour("faint"))
        middle.translate(0, 58)
        middle.setHeight(26)
        muted = theme.colour("muted")
        words = self.empty_text()
        paint.text(painter, middle, words, font("body"), muted, paint.Align.AlignCenter)
