"""Paints one card of the grid: picture, badge, name, price, seller and count."""

from collections import OrderedDict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.i18n import _, language
from pos.money import rupiah, thousands
from pos.ui import icons, theme
from pos.ui.fonts import font
from pos.ui.selling.pictures import Pictures
from pos.ui.selling.placeholder import paint_placeholder
from pos.ui.widgets import paint

if TYPE_CHECKING:
    from pos.services.queries.catalog import Tile
    from pos.ui.selling.tiles import TileModel

PICTURE_HEIGHT: Final = 92
PICTURE_RADIUS: Final = theme.RADIUS - 1
_BADGE_INK: Final = QColor("#a14d12")
_BADGE: Final = QColor(255, 255, 255, 235)
_PICTURE_AT: Final = QPoint(1, 1)
"""Within the ring around the card, which is drawn before it."""
_BADGE_AT: Final = QPoint(8, 8)
_SOLD_VEIL: Final = 0.45
_MARKED: Final = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver
KEPT_BYTES: Final = 8 * 1024 * 1024


def badge_text(tile: "Tile") -> str:
    """What a card says over its picture; "" for a plain thing."""
    if tile.kind == "made_to_order":
        return _("to order")
    if tile.on_hand <= 0:
        return _("none left")
    return _("one of a kind") if tile.kind == "unique" else ""


class CardDelegate(QStyledItemDelegate):
    """No style, no sheet. A card is drawn once and kept while it is the same: of what a keystroke
    finds, most was in view before it.
    """

    def __init__(self, model: "TileModel", pictures: Pictures, gap: int, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._pictures = pictures
        self._gap = gap
        self._kept: OrderedDict[tuple[object, ...], QPixmap] = OrderedDict()
        self.least = 1
        """So many are kept whatever their size; see Pictures."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All are as large as the grid's cells."""
        del option, index
        return self._view.gridSize()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt's hook."""
        cell: QRect = option.rect
        grid = self._view.gridSize()
        size = QSize(grid.width() - self._gap, grid.height() - self._gap)
        painter.drawPixmap(cell.topLeft(), self._card(self._model.tiles[index.row()], size))
        state = option.state
        if state & _MARKED:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            paint.box(
                painter,
                QRect(cell.topLeft(), size),
                None,
                theme.colour("brand"),
                width=2 if chosen else 1,
            )

    def _card(self, tile: "Tile", size: QSize) -> QPixmap:
        ratio = self._view.devicePixelRatioF()
        picture = None
        if tile.picture:
            picture = self._pictures.get(tile.picture, _picture_size(size), ratio)
        shape = (size.width(), size.height(), ratio, theme.is_dark())
        look = (tile, picture is None, *shape, language())
        card = self._kept.get(look)
        if card is None:
            card = self._used(shape)
            with QPainter(card) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._draw(painter, size, tile, picture)
            self._kept[look] = card
        else:
            self._kept.move_to_end(look)
        return card

    def _used(self, shape: tuple[int, int, float, bool]) -> QPixmap:
        """A card to draw on: the one that was longest not seen, where there is no room for more."""
        empty = _empty(*shape)
        size = empty.width() * empty.height() * 4
        while len(self._kept) > max(self.least, KEPT_BYTES // size):
            _look, old = self._kept.popitem(last=False)
            if old.size() == empty.size():
                return old
        return empty.copy()

    def _draw(self, painter: QPainter, size: QSize, tile: "Tile", picture: QPixmap | None) -> None:
        """A whole card, over whatever was on it."""
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(0, 0, _empty(size.width(), size.height(), ratio, theme.is_dark()))
        faded = tile.on_hand <= 0 and tile.kind != "made_to_order"
        painter.setOpacity(_SOLD_VEIL if faded else 1)
        if picture is not None:
            painter.drawPixmap(_PICTURE_AT, picture)
        else:
            area = QRect(_PICTURE_AT, _picture_size(size))
            paint_placeholder(painter, area, tile.name, tile.seller_code, ratio, PICTURE_RADIUS)
        painter.setOpacity(1)
        words = badge_text(tile)
        if words:
            painter.drawPixmap(_BADGE_AT, _badge(words, size.width() - 16, ratio))
        self._paint_words(painter, QRect(QPoint(), size), tile)

    def _paint_words(self, painter: QPainter, card: QRect, tile: "Tile") -> None:
        left, wide = card.left() + 12, card.width() - 24
        top = card.top() + PICTURE_HEIGHT
        name = QRect(left, top + 6, wide, 22)
        paint.text_once(painter, name, tile.name, font("item"), theme.colour("text"))
        base = QRect(left, top + 28, wide, 24)
        ink = theme.colour("text")
        took = paint.text(painter, base, rupiah(tile.price), font("price"), ink)
        rest = base.adjusted(took + 8, 1, 0, 1)
        if rest.width() > 20:
            _paint_corner(painter, rest, tile)


def _paint_corner(painter: QPainter, area: QRect, tile: "Tile") -> None:
    """The seller, and how many are on the shelf where they are counted."""
    align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    muted, typeface = theme.colour("muted"), font("small")
    if tile.kind == "stock":
        count = thousands(tile.on_hand)
        paint.text(painter, area, count, font("small-strong"), muted, align)
        right = area.right() - paint.text_width(count, font("small-strong")) - 3
        mark = _stack(painter.device().devicePixelRatioF(), theme.is_dark())
        painter.drawPixmap(right - 13, area.top() + 5, mark)
        area = area.adjusted(0, 0, right - 18 - area.right(), 0)
    if paint.text_width(tile.seller_code, typeface) <= area.width():
        paint.text(painter, area, tile.seller_code, typeface, muted, align)


def _picture_size(card: QSize) -> QSize:
    return QSize(card.width() - 2, PICTURE_HEIGHT - 1)


def _blank(width: int, height: int, ratio: float) -> QPixmap:
    blank = QPixmap(round(width * ratio), round(height * ratio))
    blank.setDevicePixelRatio(ratio)
    blank.fill(Qt.GlobalColor.transparent)
    return blank


@lru_cache(maxsize=2)
def _empty(width: int, height: int, ratio: float, dark: bool) -> QPixmap:
    """An empty card on the screen's ground: nothing shines through, so it is copied as it is."""
    del dark
    drawn = QPixmap(round(width * ratio), round(height * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(theme.colour("ground"))
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(0, 0, width, height)
        paint.box(painter, area, theme.colour("surface"), theme.colour("line"))
    return drawn


@lru_cache(maxsize=2)
def _stack(ratio: float, dark: bool) -> QPixmap:
    """The mark before a count."""
    del dark
    drawn = _blank(13, 13, ratio)
    with QPainter(drawn) as painter:
        icons.paint(painter, QRect(0, 0, 13, 13), "stack", theme.colour("muted"))
    return drawn


@lru_cache(maxsize=16)
def _badge(words: str, widest: int, ratio: float) -> QPixmap:
    typeface = font("tiny")
    pill = QRect(0, 0, min(paint.text_width(words, typeface) + 16, widest), 20)
    drawn = _blank(pill.width(), pill.height(), ratio)
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, pill, _BADGE, radius=10)
        paint.text(painter, pill, words, typeface, _BADGE_INK, paint.Align.AlignCenter)
    return drawn
